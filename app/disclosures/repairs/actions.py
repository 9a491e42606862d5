"""What do people do with a request for credit repair: receive, accept, decide, carry out?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.disclosures import life
from app.disclosures import queries as disclosures
from app.disclosures.endings import end
from app.disclosures.models import Disclosure
from app.disclosures.repairs import access as _policy  # noqa: F401 - declares the permissions
from app.disclosures.repairs import queries, rules
from app.disclosures.repairs.models import Repair
from app.disclosures.repairs.rules import WORKFLOW, RepairAction, RepairState
from app.disclosures.rules import DisclosureState, Ending
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.steps import allowed, permitted
from app.kernel.workflow import Transition

KIND = "repair"
RECEIVED = audit.declare("repair.received", "disclosure", "papers")
ASKED_MORE = audit.declare("repair.asked_more", "reason")
COMPLETED = audit.declare("repair.completed", "papers")
ACCEPTED = audit.declare("repair.accepted")
REFUSED = audit.declare("repair.refused", "reason")
EXTENDED = audit.declare("repair.extended", "reason")
GRANTED = audit.declare("repair.granted", "reason")
DENIED = audit.declare("repair.denied", "reason")
APPLIED = audit.declare("repair.applied")
REVOKED = audit.declare("repair.revoked", "reason", "version")


def available(repair: Repair, who: Identity) -> set[RepairAction]:
    """Return what this person may do now: table ∧ permission ∧ second person."""
    acts = {RepairAction(step.action) for step in allowed(WORKFLOW, repair, who)}
    if who.person_id == repair.examined_by_id:
        acts -= {RepairAction.GRANT, RepairAction.DENY}
    return acts - {RepairAction.ASK_MORE} if repair.was_asked_more else acts


_take = partial(permitted, WORKFLOW)


def _move(repair: Repair, step: Transition) -> None:
    repair.state = RepairState(step.target)
    repair.moved_at = clock.now()


def _next_term(repair: Repair, stops: str, starts: str | None, by: Identity) -> None:
    """End one term and begin the next today."""
    running = clock_queries.running_clock(KIND, repair.reference, stops)
    if running is not None:
        clocks.stop(running, met_on=clock.today(), by=by)
        db.session.flush()
    if starts is not None:
        clocks.start(KIND, repair.reference, starts, clock.today(), by=by, is_main=True)


@dataclass(frozen=True)
class Request:
    """What came in."""

    received_on: date
    papers: Sequence[str]
    note: str = ""


def receive(disclosure: Disclosure, request: Request, *, by: Identity) -> Repair:
    """Enter a request about a shown penalty; the term to accept it runs from its receipt."""
    require(by, "repair:receive", disclosure)
    if disclosure.state is not DisclosureState.PUBLISHED:
        raise Refused("repair_not_shown")
    shown = disclosures.publication_of(disclosure)
    rules.check_received(
        request.received_on,
        published_on=disclosure.counted_from or shown.published_on,
        today=clock.today(),
    )
    underway = queries.live_of(disclosure)
    if underway is not None:
        raise Refused("repair_underway", reference=underway.reference)
    at = clock.now()
    year = clock.legal_day(at).year
    made = Repair(
        reference=f"F{year}-{next_number(KIND, str(year)):04d}",
        state=RepairState.RECEIVED,
        disclosure=disclosure,
        unit_path=disclosure.unit_path,
        received_on=request.received_on,
        papers=list(request.papers),
        note=request.note,
        received_by_id=by.person_id,
        created_at=at,
        moved_at=at,
    )
    db.session.add(made)
    clocks.start(KIND, made.reference, rules.ACCEPTANCE, request.received_on, by=by, is_main=True)
    audit.record(
        RECEIVED, KIND, made.reference, by=by,
        disclosure=disclosure.reference, papers=len(made.papers),
    )  # fmt: skip
    return made


def ask_more(repair: Repair, *, reason: str, by: Identity) -> None:
    """Ask the party, once, for what is missing."""
    step = _take(repair, RepairAction.ASK_MORE, by)
    rules.check_once(asked=repair.was_asked_more)
    rules.check_reason(reason)
    repair.was_asked_more, repair.reason = True, reason
    _next_term(repair, rules.ACCEPTANCE, None, by)
    _move(repair, step)
    audit.record(ASKED_MORE, KIND, repair.reference, by=by, reason=reason)


def complete(repair: Repair, *, papers: Sequence[str], by: Identity) -> None:
    """Enter what the party handed in afterwards; the term to accept begins anew."""
    step = _take(repair, RepairAction.COMPLETE, by)
    repair.papers = sorted({*repair.papers, *papers})
    _next_term(repair, rules.ACCEPTANCE, rules.ACCEPTANCE, by)
    _move(repair, step)
    audit.record(COMPLETED, KIND, repair.reference, by=by, papers=len(repair.papers))


def accept(repair: Repair, *, by: Identity) -> None:
    """Accept a complete request about a display that may be shortened and lasted long enough."""
    step = _take(repair, RepairAction.ACCEPT, by)
    _check_time(repair)
    rules.check_papers(repair.papers)
    repair.examined_by_id = by.person_id
    _next_term(repair, rules.ACCEPTANCE, rules.DECISION, by)
    _move(repair, step)
    audit.record(ACCEPTED, KIND, repair.reference, by=by)


def _check_time(repair: Repair) -> None:
    shown = disclosures.publication_of(queries.newest_version(repair.disclosure))
    rules.check_time(shown.tier, shown.earliest_end, repair.received_on)


def refuse(repair: Repair, *, reason: str, by: Identity) -> None:
    """Do not accept a request, with the reason told to the party."""
    step = _take(repair, RepairAction.REFUSE, by)
    rules.check_reason(reason)
    repair.reason = reason
    _next_term(repair, rules.ACCEPTANCE, None, by)
    _move(repair, step)
    audit.record(REFUSED, KIND, repair.reference, by=by, reason=reason)


def extend(repair: Repair, *, reason: str, by: Identity) -> None:
    """Allow, as the leader, ten more working days for the decision."""
    _take(repair, RepairAction.EXTEND, by)
    rules.check_reason(reason)
    running = clock_queries.running_clock(KIND, repair.reference, rules.DECISION)
    if running is None:
        raise Refused("clock_stopped")
    clocks.extend(running, on=clock.today(), reason=reason, approved_by=by.person_id, by=by)
    repair.moved_at = clock.now()
    audit.record(EXTENDED, KIND, repair.reference, by=by, reason=reason)


def grant(repair: Repair, *, conditions: Sequence[str], reason: str, by: Identity) -> None:
    """Decide, as a second person who found all conditions to hold, that the display ends."""
    step = _take(repair, RepairAction.GRANT, by)
    rules.check_other_person(by.person_id, examined_by=repair.examined_by_id)
    rules.check_conditions(conditions)
    _check_time(repair)
    repair.conditions = sorted(conditions)
    _decide(repair, step, reason, by)
    _next_term(repair, rules.DECISION, rules.EFFECT, by)
    audit.record(GRANTED, KIND, repair.reference, by=by, reason=reason)


def deny(repair: Repair, *, reason: str, by: Identity) -> None:
    """Decide, as a second person and with reason, that the display goes on."""
    step = _take(repair, RepairAction.DENY, by)
    rules.check_other_person(by.person_id, examined_by=repair.examined_by_id)
    rules.check_reason(reason)
    _decide(repair, step, reason, by)
    _next_term(repair, rules.DECISION, None, by)
    audit.record(DENIED, KIND, repair.reference, by=by, reason=reason)


def _decide(repair: Repair, step: Transition, reason: str, by: Identity) -> None:
    repair.decided_by_id, repair.decided_on, repair.reason = by.person_id, clock.today(), reason
    _move(repair, step)


def apply(repair: Repair, *, by: Identity) -> None:
    """Carry a granted repair out: the display ends, unless it ended by itself meanwhile."""
    step = _take(repair, RepairAction.APPLY, by)
    shown = queries.newest_version(repair.disclosure)
    if shown.state is DisclosureState.PUBLISHED:
        end(shown, Ending.REPAIRED, by=by)
    _next_term(repair, rules.EFFECT, None, by)
    _move(repair, step)
    audit.record(APPLIED, KIND, repair.reference, by=by)


def revoke(repair: Repair, *, reason: str, by: Identity) -> Disclosure:
    """Undo a repair got by deceit: the penalty is drafted to be shown for three years from today.

    Two persons release it like every other version.
    """
    step = _take(repair, RepairAction.REVOKE, by)
    rules.check_reason(reason)
    ended = queries.newest_version(repair.disclosure)
    version = life.again(ended, reason=reason, by=by)
    version.counted_from, version.term_rule = clock.today(), rules.DECEIT
    repair.reason = reason
    _move(repair, step)
    stopped = clock_queries.running_clock(KIND, repair.reference, rules.EFFECT)
    if stopped is not None:
        clocks.stop(stopped, met_on=clock.today(), by=by, outcome=Outcome.WITHDRAWN)
    audit.record(REVOKED, KIND, repair.reference, by=by, reason=reason, version=version.reference)
    return version
