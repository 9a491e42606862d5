"""What do people do with a tip once it is in the house?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.kernel import audit, clock, vault
from app.kernel.db import db
from app.kernel.deadlines import LegalRule, rule_at
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.kernel.steps import allowed
from app.kernel.workflow import Transition
from app.tips import queries, replies, rules
from app.tips.models import Tip
from app.tips.rules import WORKFLOW, Ground, Standing, TipAction
from app.tips.triage import hops
from app.tips.triage.models import Dispute
from app.tips.triage.rules import MOST_BOUNCES, HopKind
from app.units import queries as units
from app.units.models import Unit

ROUTED = audit.declare("tip.routed", "from_unit", "to_unit")
RETURNED = audit.declare("tip.returned", "to_unit", "reason")
ESCALATED = audit.declare("tip.escalated", "to_unit", "reason")
ACCEPTED = audit.declare("tip.accepted")
DECLINED = audit.declare("tip.declined", "ground", "reason")
VERIFICATION_BEGUN = audit.declare("tip.verification_begun", "task")
VERIFICATION_STOPPED = audit.declare("tip.verification_stopped", "task")
FINDINGS_NOTED = audit.declare("tip.findings_noted", "task", "has_problem")
CASE_PROPOSED = audit.declare("tip.case_proposed", "case")
CASE_NOT_FILED = audit.declare("tip.case_not_filed", "case", "reason")
MEDIATION_BEGUN = audit.declare("tip.mediation_begun", "mediation")
MEDIATION_ENDED = audit.declare("tip.mediation_ended", "mediation")
CASE_FILED = audit.declare("tip.case_filed", "case")
NOT_FILED = audit.declare("tip.not_filed", "reason")
CONCLUDED = audit.declare("tip.concluded", "reason")
REPORTER_SHOWN = audit.declare("tip.reporter_shown", "purpose")

PURPOSES = ("contact", "mediation", "reward", "identity_check", "paper")


def available(tip: Tip, who: Identity) -> list[Transition]:
    """Return the acts this person may do on this tip now: table ∧ kind ∧ permission."""
    return [
        step
        for step in allowed(WORKFLOW, tip, who)
        if rules.fits(TipAction(step.action), tip.kind)
        and not _is_barred(tip, TipAction(step.action))
    ]


def _is_barred(tip: Tip, action: TipAction) -> bool:
    """Tell whether an act is done elsewhere now: in the proposed case, or at the table."""
    if tip.state is rules.TipState.VERIFIED and tip.case_reference:
        return action in {TipAction.DECIDE_NOT_TO_FILE, TipAction.CONCLUDE}
    if tip.state is rules.TipState.ACCEPTED and tip.mediation_reference:
        return action in {TipAction.BEGIN_VERIFICATION, TipAction.CONCLUDE}
    return False


def step(
    tip: Tip, action: TipAction, *, by: Identity, reason: str = "", subject: object = None
) -> None:
    """Require the permission, take the step, refuse a missing reason or the wrong kind.

    ``subject`` is what the permission asks about where that is not the tip: a dispute.
    """
    require(by, WORKFLOW.permission(action), subject or tip)
    taken = WORKFLOW.step(tip.state, action)
    if action in rules.PASSING_ON and tip.section_id == by.unit_id:
        raise Refused("section_returns")
    if not rules.fits(action, tip.kind):
        raise Refused("wrong_kind")
    if taken.needs_reason and not reason:
        raise Refused("reason_needed", field="reason")
    if action in rules.HANDLING:
        tip.bounces = 0
    tip.state = rules.TipState(taken.target)


def stop_clocks(tip: Tip, *, by: Identity, outcome: Outcome | None = None) -> None:
    """What the law asked for was done, or is asked no longer: no clock of this tip runs on."""
    for running in clock_queries.clocks_of("tip", tip.reference):
        if running.stopped_on is None:
            clocks.stop(running, met_on=clock.today(), by=by, outcome=outcome)


def rule_at_receipt(tip: Tip, code: str) -> LegalRule:
    """Return the version of a term under which a tip was received: it goes on under that one."""
    return rule_at(code, clock.legal_day(tip.received_at))


def route(tip: Tip, to: Unit, *, by: Identity, feedback_on: date | None = None) -> None:
    """Send a tip to the bureau with jurisdiction: one's own or one below (分送, 令121 art. 41).

    To a section of one's own bureau it is handed inside: the bureau stays the holder, and the
    section either handles it or returns it to this desk.
    """
    require(by, "tip:route", tip)
    sender, goal = tip.bureau, units.bureau_of(to)
    if not to.path.startswith(by.bureau_path):
        raise Refused("route_only_down", field="to")
    if feedback_on is not None and feedback_on < clock.today():
        raise Refused("feedback_in_past", field="feedback_on")
    _check_passing_on(tip, to)
    step(tip, TipAction.ROUTE, by=by)
    if goal is not sender:
        tip.sender_id = sender.id
    tip.bureau, tip.unit_path = goal, goal.path
    tip.section_id = to.id if to is not goal else None
    tip.feedback_on = feedback_on
    hops.note(tip, sender, hops.Passage(HopKind.ROUTE, to, feedback_on=feedback_on), by=by)
    if goal is not sender:
        hops.tell(tip, by)
    audit.record(
        ROUTED, "tip", tip.reference, by=by, from_unit=sender.short_name, to_unit=to.short_name
    )


def _check_passing_on(tip: Tip, to: Unit) -> None:
    if tip.state is not rules.TipState.ROUTED:
        return
    if to.id == (tip.section_id or tip.bureau_id):
        raise Refused("already_there", field="to")
    if hops.is_designated(tip) and units.bureau_of(to).id != tip.bureau_id:
        raise Refused("designated")


def return_(tip: Tip, *, reason: str, by: Identity) -> None:
    """Send a tip back to the desk that routed it; no unit passes it on by itself.

    A section returns to its bureau's desk.  Between bureaus the third return in a row without an
    act of handling leads to their common superior instead, who designates (令121 art. 33).
    """
    if tip.section_id is not None:
        _return_from_section(tip, reason=reason, by=by)
        return
    if tip.state is rules.TipState.RETURNED and tip.sender_id in {None, tip.bureau_id}:
        raise Refused("nowhere_to_return")
    if hops.is_designated(tip):
        raise Refused("designated")
    desk = units.by_id(tip.sender_id or tip.bureau_id)
    superior = _superior_of_bounce(tip, desk)
    if superior is not None:
        _escalate(tip, superior, reason=reason, by=by)
        return
    origin = tip.bureau
    step(tip, TipAction.RETURN, by=by, reason=reason)
    tip.bounces += origin is not desk
    _lay_at(tip, desk, reason)
    hops.note(tip, origin, hops.Passage(HopKind.RETURN, desk, reason), by=by)
    tip.sender_id = hops.sender_of(tip, desk)
    audit.record(RETURNED, "tip", tip.reference, by=by, to_unit=desk.short_name, reason=reason)


def _return_from_section(tip: Tip, *, reason: str, by: Identity) -> None:
    section, desk = units.by_id(tip.section_id or 0), tip.bureau
    step(tip, TipAction.RETURN, by=by, reason=reason)
    _lay_at(tip, desk, reason)
    hops.note(tip, section, hops.Passage(HopKind.RETURN, desk, reason), by=by)
    audit.record(RETURNED, "tip", tip.reference, by=by, to_unit=desk.short_name, reason=reason)


def _lay_at(tip: Tip, desk: Unit, reason: str) -> None:
    tip.bureau, tip.unit_path, tip.reason = desk, desk.path, reason
    tip.section_id = tip.feedback_on = None


def _superior_of_bounce(tip: Tip, desk: Unit) -> Unit | None:
    """Return who settles it when this return is one too many; None while it is not."""
    if desk.id == tip.bureau_id or tip.bounces + 1 < MOST_BOUNCES:
        return None
    return hops.above_all(hops.bouncers(tip, desk))


def _escalate(tip: Tip, superior: Unit, *, reason: str, by: Identity) -> None:
    origin, today = tip.bureau, clock.today()
    others = hops.bouncers(tip, units.by_id(tip.sender_id or tip.bureau_id))
    step(tip, TipAction.ESCALATE, by=by, reason=reason)
    db.session.add(
        Dispute(
            tip_reference=tip.reference, claimant=origin, counterpart=others[1],
            superior=superior, reason=reason, is_bounced=True, opened_on=today, referred_on=today,
            referred_because=reason,
        )
    )  # fmt: skip
    _lay_at(tip, superior, reason)
    hops.note(tip, origin, hops.Passage(HopKind.ESCALATE, superior, reason), by=by)
    audit.record(ESCALATED, "tip", tip.reference, by=by, to_unit=superior.short_name, reason=reason)


def accept(tip: Tip, *, by: Identity) -> None:
    """Accept a complaint: the acceptance clock is met and the mediation clock begins."""
    step(tip, TipAction.ACCEPT, by=by)
    stop_clocks(tip, by=by)
    term = rule_at_receipt(tip, rules.MEDIATION)
    clocks.start("tip", tip.reference, term, clock.today(), by=by, is_main=True)
    audit.record(ACCEPTED, "tip", tip.reference, by=by)


@dataclass(frozen=True)
class Refusal:
    """On which ground a complaint is not accepted, and what shows it."""

    ground: Ground
    shown_by: str = ""
    known_on: date | None = None


def decline(tip: Tip, refusal: Refusal, *, reason: str, by: Identity) -> None:
    """Decline a complaint on one of the seven grounds, in words the complainant will read."""
    rules.check_ground(
        refusal.ground,
        shown_by=refusal.shown_by,
        known_on=refusal.known_on,
        received_on=clock.legal_day(tip.received_at),
    )
    step(tip, TipAction.DECLINE, by=by, reason=reason)
    ground = refusal.ground
    known = refusal.known_on.isoformat() if refusal.known_on else ""
    tip.ground, tip.ground_shown_by, tip.reason = ground, refusal.shown_by or known, reason
    stop_clocks(tip, by=by)
    audit.record(DECLINED, "tip", tip.reference, by=by, ground=ground.value, reason=reason)


def begin_verification(tip: Tip, *, task_reference: str, by: Identity) -> None:
    """Note that an inspection task verifies this tip; what mediation finds is reported there."""
    if tip.state is rules.TipState.ACCEPTED:
        _check_not_mediated(tip)
    step(tip, TipAction.BEGIN_VERIFICATION, by=by)
    tip.task_reference = task_reference
    audit.record(VERIFICATION_BEGUN, "tip", tip.reference, by=by, task=task_reference)


def stop_verification(tip: Tip, *, task_reference: str, by: Identity) -> None:
    """Note that the inspection was called off: the tip waits for its handling again."""
    step(tip, TipAction.STOP_VERIFICATION, by=by)
    tip.task_reference = None
    audit.record(VERIFICATION_STOPPED, "tip", tip.reference, by=by, task=task_reference)


def note_task_closed(tip: Tip, *, task_reference: str, has_problem: bool, by: Identity) -> None:
    """Note what the inspection found; the filing decision is next."""
    step(tip, TipAction.NOTE_FINDINGS, by=by)
    audit.record(
        FINDINGS_NOTED, "tip", tip.reference, by=by, task=task_reference, has_problem=has_problem
    )


def note_case_proposed(tip: Tip, *, case_reference: str, by: Identity) -> None:
    """Note that a case was proposed: the decision on this tip is the decision on that case."""
    tip.case_reference = case_reference
    audit.record(CASE_PROPOSED, "tip", tip.reference, by=by, case=case_reference)


def note_case_not_filed(tip: Tip, *, case_reference: str, reason: str, by: Identity) -> None:
    """Return a tip to its decision: the case it was proposed for is not filed.

    The verification clock runs on until the tip itself is decided (令2 art. 18).
    """
    step(tip, TipAction.RETURN_TO_DECISION, by=by, reason=reason)
    tip.case_reference = None
    audit.record(CASE_NOT_FILED, "tip", tip.reference, by=by, case=case_reference, reason=reason)


def note_case_filed(tip: Tip, *, case_reference: str, by: Identity) -> None:
    """Note that a case was filed from this tip: its verification clock is met.

    Under 令20 the one begins in which a named reporter is told.
    """
    step(tip, TipAction.FILE_CASE, by=by)
    tip.case_reference = case_reference
    stop_clocks(tip, by=by)
    replies.begin(tip, by=by)
    audit.record(CASE_FILED, "tip", tip.reference, by=by, case=case_reference)


def decide_not_to_file(tip: Tip, *, reason: str, by: Identity) -> None:
    """End a report without a case, with the leader's reason (令2 art. 18 and 20)."""
    step(tip, TipAction.DECIDE_NOT_TO_FILE, by=by, reason=reason)
    _check_nothing_pending(tip)
    tip.reason = reason
    stop_clocks(tip, by=by)
    replies.begin(tip, by=by)
    audit.record(NOT_FILED, "tip", tip.reference, by=by, reason=reason)


def conclude(tip: Tip, *, reason: str, by: Identity) -> None:
    """End the handling of a tip with its result in words."""
    was = tip.state
    step(tip, TipAction.CONCLUDE, by=by, reason=reason)
    _check_nothing_pending(tip)
    if was is rules.TipState.ACCEPTED:
        _check_not_mediated(tip)
    tip.reason = reason
    stop_clocks(tip, by=by)
    audit.record(CONCLUDED, "tip", tip.reference, by=by, reason=reason)


def _check_nothing_pending(tip: Tip) -> None:
    if tip.case_reference is not None:
        raise Refused("case_pending", case=tip.case_reference)


def _check_not_mediated(tip: Tip) -> None:
    if tip.mediation_reference is not None:
        raise Refused("mediation_open", mediation=tip.mediation_reference)


def begin_mediation(tip: Tip, *, mediation_reference: str, by: Identity) -> None:
    """Note the table to which an accepted complaint came (令121 art. 18)."""
    require(by, "tip:mediate", tip)
    if tip.kind is not rules.TipKind.COMPLAINT or tip.state is not rules.TipState.ACCEPTED:
        raise Refused("not_accepted")
    _check_not_mediated(tip)
    tip.mediation_reference = mediation_reference
    audit.record(MEDIATION_BEGUN, "tip", tip.reference, by=by, mediation=mediation_reference)


def end_mediation(tip: Tip, *, reason: str, by: Identity) -> None:
    """End the handling of a complaint with what came out at the table; its clocks are met."""
    step(tip, TipAction.END_MEDIATION, by=by, reason=reason)
    tip.reason = reason
    stop_clocks(tip, by=by)
    audit.record(MEDIATION_ENDED, "tip", tip.reference, by=by, mediation=tip.mediation_reference)


@dataclass(frozen=True)
class RevealedReporter:
    """A reporter's identity, opened for one look."""

    standing: Standing
    name: str
    phone: str
    address: str
    id_kind: rules.IdKind | None = None
    id_number: str = ""


def reveal_reporter(tip: Tip, *, purpose: str, by: Identity) -> RevealedReporter:
    """Open the reporter's identity for one look: purpose required, written down before shown."""
    require(by, "reporter:read", tip)
    if purpose not in PURPOSES:
        raise Refused("purpose_needed", field="purpose")
    sealed = queries.reporter_of(tip)
    audit.record(REPORTER_SHOWN, "tip", tip.reference, by=by, purpose=purpose)

    def opened(name: str, value: str | None) -> str:
        return vault.unseal(value, field=f"reporter.{name}") if value else ""

    return RevealedReporter(
        sealed.standing,
        opened("name", sealed.name_sealed),
        opened("phone", sealed.phone_sealed),
        opened("address", sealed.address_sealed),
        sealed.id_kind,
        opened("id_number", sealed.id_number_sealed),
    )
