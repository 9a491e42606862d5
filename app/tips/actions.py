"""What do people do with a tip once it is in the house?"""

from __future__ import annotations

from dataclasses import dataclass

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.kernel import audit, clock, vault
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import allows, require
from app.kernel.workflow import Transition
from app.tips import queries, rules
from app.tips.models import Tip
from app.tips.rules import WORKFLOW, Ground, Standing, TipAction
from app.units import queries as units
from app.units.models import Unit

ROUTED = audit.declare("tip.routed", "from_unit", "to_unit")
RETURNED = audit.declare("tip.returned", "to_unit", "reason")
ACCEPTED = audit.declare("tip.accepted")
DECLINED = audit.declare("tip.declined", "ground", "reason")
VERIFICATION_BEGUN = audit.declare("tip.verification_begun", "task")
VERIFICATION_STOPPED = audit.declare("tip.verification_stopped", "task")
FINDINGS_NOTED = audit.declare("tip.findings_noted", "task", "has_problem")
CASE_FILED = audit.declare("tip.case_filed", "case")
NOT_FILED = audit.declare("tip.not_filed", "reason")
CONCLUDED = audit.declare("tip.concluded", "reason")
REPORTER_SHOWN = audit.declare("tip.reporter_shown", "purpose")

PURPOSES = ("contact", "mediation", "reward", "identity_check")


def available(tip: Tip, who: Identity) -> list[Transition]:
    """Return the acts this person may do on this tip now: table ∧ kind ∧ permission."""
    return [
        step
        for step in WORKFLOW.available(tip.state)
        if rules.fits(TipAction(step.action), tip.kind) and allows(who, step.permission, tip)
    ]


def _step(tip: Tip, action: TipAction, *, by: Identity, reason: str = "") -> None:
    """Require the permission, take the step, refuse a missing reason or the wrong kind."""
    permission = next(t.permission for t in WORKFLOW.transitions if t.action is action)
    require(by, permission, tip)
    step = WORKFLOW.step(tip.state, action)
    if not rules.fits(action, tip.kind):
        raise Refused("wrong_kind")
    if step.needs_reason and not reason:
        raise Refused("reason_needed", field="reason")
    tip.state = rules.TipState(step.target)


def _stop_clocks(tip: Tip, *, by: Identity) -> None:
    """What the law asked for was done: no clock of this tip runs on."""
    for running in clock_queries.clocks_of("tip", tip.reference):
        if running.stopped_on is None:
            clocks.stop(running, met_on=clock.today(), by=by)


def route(tip: Tip, to: Unit, *, by: Identity) -> None:
    """Send a tip to the bureau with jurisdiction: one's own or one below (分送, 令121 art. 41)."""
    sender = tip.bureau
    if not to.path.startswith(by.bureau_path):
        raise Refused("route_only_down", field="to")
    _step(tip, TipAction.ROUTE, by=by)
    tip.sender_id = sender.id
    tip.bureau, tip.unit_path = to, to.path
    audit.record(
        ROUTED, "tip", tip.reference, by=by, from_unit=sender.short_name, to_unit=to.short_name
    )


def return_(tip: Tip, *, reason: str, by: Identity) -> None:
    """Send a tip back to the desk that routed it; no unit passes it on by itself."""
    _step(tip, TipAction.RETURN, by=by, reason=reason)
    desk = units.by_id(tip.sender_id or tip.bureau_id)
    tip.bureau, tip.unit_path, tip.reason = desk, desk.path, reason
    audit.record(RETURNED, "tip", tip.reference, by=by, to_unit=desk.short_name, reason=reason)


def accept(tip: Tip, *, by: Identity) -> None:
    """Accept a complaint: the acceptance clock is met and the mediation clock begins."""
    _step(tip, TipAction.ACCEPT, by=by)
    _stop_clocks(tip, by=by)
    clocks.start("tip", tip.reference, rules.MEDIATION, clock.today(), by=by, is_main=True)
    audit.record(ACCEPTED, "tip", tip.reference, by=by)


def decline(tip: Tip, *, ground: Ground, reason: str, by: Identity) -> None:
    """Decline a complaint on one of the seven grounds, in words the complainant will read."""
    _step(tip, TipAction.DECLINE, by=by, reason=reason)
    tip.ground, tip.reason = ground, reason
    _stop_clocks(tip, by=by)
    audit.record(DECLINED, "tip", tip.reference, by=by, ground=ground.value, reason=reason)


def begin_verification(tip: Tip, *, task_reference: str, by: Identity) -> None:
    """Note that an inspection task verifies this tip."""
    _step(tip, TipAction.BEGIN_VERIFICATION, by=by)
    tip.task_reference = task_reference
    audit.record(VERIFICATION_BEGUN, "tip", tip.reference, by=by, task=task_reference)


def stop_verification(tip: Tip, *, task_reference: str, by: Identity) -> None:
    """Note that the inspection was called off: the tip waits for its handling again."""
    _step(tip, TipAction.STOP_VERIFICATION, by=by)
    tip.task_reference = None
    audit.record(VERIFICATION_STOPPED, "tip", tip.reference, by=by, task=task_reference)


def note_task_closed(tip: Tip, *, task_reference: str, has_problem: bool, by: Identity) -> None:
    """Note what the inspection found; the filing decision is next."""
    _step(tip, TipAction.NOTE_FINDINGS, by=by)
    audit.record(
        FINDINGS_NOTED, "tip", tip.reference, by=by, task=task_reference, has_problem=has_problem
    )


def note_case_filed(tip: Tip, *, case_reference: str, by: Identity) -> None:
    """Note that a case was filed from this tip; its verification clock is met."""
    _step(tip, TipAction.FILE_CASE, by=by)
    tip.case_reference = case_reference
    _stop_clocks(tip, by=by)
    audit.record(CASE_FILED, "tip", tip.reference, by=by, case=case_reference)


def decide_not_to_file(tip: Tip, *, reason: str, by: Identity) -> None:
    """End a report without a case, with the leader's reason (令2 art. 18 and 20)."""
    _step(tip, TipAction.DECIDE_NOT_TO_FILE, by=by, reason=reason)
    tip.reason = reason
    _stop_clocks(tip, by=by)
    audit.record(NOT_FILED, "tip", tip.reference, by=by, reason=reason)


def conclude(tip: Tip, *, reason: str, by: Identity) -> None:
    """End the handling of a tip with its result in words."""
    _step(tip, TipAction.CONCLUDE, by=by, reason=reason)
    tip.reason = reason
    _stop_clocks(tip, by=by)
    audit.record(CONCLUDED, "tip", tip.reference, by=by, reason=reason)


@dataclass(frozen=True)
class RevealedReporter:
    """A reporter's identity, opened for one look."""

    standing: Standing
    name: str
    phone: str
    address: str


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
    )
