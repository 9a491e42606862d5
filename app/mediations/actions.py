"""What do people do at a mediation, from the question of consent to the notice of its end?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.kernel import audit, clock
from app.kernel.clock import LEGAL_ZONE
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.steps import allowed, reasoned
from app.kernel.workflow import Transition
from app.mediations import access as _policy  # noqa: F401 - declares the permissions
from app.mediations import queries, rules
from app.mediations.models import Complaint, Mediation, Session
from app.mediations.rules import (
    WORKFLOW,
    Ending,
    Letter,
    MediationAction,
    MediationState,
    Side,
    Way,
)
from app.people.models import Person
from app.tips import actions as tips
from app.tips.models import Tip
from app.tips.rules import MEDIATION
from app.tips.triage import findings

OPENED = audit.declare("mediation.opened", "tip")
CONSENT_NOTED = audit.declare("mediation.consent_noted", "side", "agrees")
BEGUN = audit.declare("mediation.begun", "mediator")
INVITED = audit.declare("mediation.invited", "planned_at", "complainant_way", "trader_way")
HELD = audit.declare("mediation.held", "complainant_came", "trader_came")
ENTRUSTED = audit.declare("mediation.entrusted", "to")
TEST_BEGUN = audit.declare("mediation.test_begun", "to", "reason")
RESULT_TAKEN = audit.declare("mediation.result_taken", "from_")
RECUSAL_ASKED = audit.declare("mediation.recusal_asked", "side", "reason")
RECUSAL_DECIDED = audit.declare("mediation.recusal_decided", "granted", "mediator", "reason")
JOINED = audit.declare("mediation.joined", "tip")
CLUE_REPORTED = audit.declare("mediation.clue_reported", "tip")
AGREED = audit.declare("mediation.agreed", "letter")
ENDED = audit.declare("mediation.ended", "ending", "reason")
TOLD = audit.declare("mediation.told", "complainant_way", "trader_way")


def available(mediation: Mediation, who: Identity) -> list[Transition]:
    """Return the acts this person may do now; what the record still lacks is not offered."""
    lacking = _not_yet(mediation)
    return [step for step in allowed(WORKFLOW, mediation, who) if step.action not in lacking]


def _not_yet(mediation: Mediation) -> set[MediationAction]:
    lacking = set()
    if not (mediation.complainant_consents and mediation.trader_consents):
        lacking.add(MediationAction.BEGIN)
    called = queries.open_session(mediation)
    lacking.add(MediationAction.INVITE if called else MediationAction.HOLD)
    if mediation.entrusted_to:
        lacking.add(MediationAction.ENTRUST)
    return lacking


def _step(mediation: Mediation, action: MediationAction, *, by: Identity, reason: str = "") -> None:
    mediation.state = MediationState(reasoned(WORKFLOW, mediation, action, by, reason).target)


def _trace(event: str, mediation: Mediation, by: Identity, **facts: audit.Fact) -> None:
    audit.record(event, "mediation", mediation.reference, by=by, **facts)


def open_(tip: Tip, *, by: Identity) -> Mediation:
    """Lay an accepted complaint on the table: both sides are asked whether they want to mediate."""
    require(by, rules.HOLD, tip)
    today = clock.today()
    mediation = Mediation(
        reference=f"T{today.year}-{next_number('mediation', str(today.year)):04d}",
        title=tip.title,
        trader=tip.subject_name or tip.seller,
        bureau=tip.bureau,
        unit_path=tip.unit_path,
        opened_at=clock.now(),
        opened_by_id=by.person_id,
        complaints=[Complaint(tip_reference=tip.reference)],
        sessions=[],
    )
    tips.begin_mediation(tip, mediation_reference=mediation.reference, by=by)
    db.session.add(mediation)
    _trace(OPENED, mediation, by, tip=tip.reference)
    return mediation


def note_consent(mediation: Mediation, side: Side, *, agrees: bool, by: Identity) -> None:
    """Note what a side answered; a later answer replaces an earlier one (art. 18)."""
    _step(mediation, MediationAction.CONSENT, by=by)
    if side is Side.COMPLAINANT:
        mediation.complainant_consents = agrees
    else:
        mediation.trader_consents = agrees
    _trace(CONSENT_NOTED, mediation, by, side=side.value, agrees=agrees)


def begin(mediation: Mediation, mediator: Person, *, by: Identity) -> None:
    """Begin with a mediator, both sides having agreed to mediate."""
    _step(mediation, MediationAction.BEGIN, by=by)
    rules.check_consents(
        complainant=mediation.complainant_consents, trader=mediation.trader_consents
    )
    mediation.mediator = mediator
    _trace(BEGUN, mediation, by, mediator=mediator.id)


@dataclass(frozen=True)
class Call:
    """When and where both sides are invited, and by which ways."""

    on: date
    hour: str
    place: str
    complainant_way: Way
    trader_way: Way


def invite(mediation: Mediation, call: Call, *, by: Identity) -> Session:
    """Invite both sides to a meeting; the former one must have been noted."""
    _step(mediation, MediationAction.INVITE, by=by)
    if queries.open_session(mediation) is not None:
        raise Refused("session_not_noted")
    planned_at = datetime.combine(call.on, rules.hour_of(call.hour), tzinfo=LEGAL_ZONE)
    if planned_at < clock.now():
        raise Refused("session_in_past", field="on")
    called = Session(
        mediation_id=mediation.id,
        planned_at=planned_at,
        place=call.place,
        complainant_way=call.complainant_way,
        trader_way=call.trader_way,
    )
    mediation.sessions.append(called)
    _trace(
        INVITED, mediation, by, planned_at=planned_at.strftime("%Y-%m-%d %H:%M"),
        complainant_way=call.complainant_way.value, trader_way=call.trader_way.value,
    )  # fmt: skip
    return called


def note_session(
    mediation: Mediation, *, complainant_came: bool, trader_came: bool, notes: str, by: Identity
) -> None:
    """Keep the minutes of the meeting that was called."""
    _step(mediation, MediationAction.HOLD, by=by)
    called = queries.open_session(mediation)
    if called is None:
        raise Refused("no_session")
    if called.planned_at > clock.now():
        raise Refused("session_not_held")
    called.complainant_came, called.trader_came = complainant_came, trader_came
    called.notes, called.noted_at = notes, clock.now()
    _trace(
        HELD, mediation, by, complainant_came=complainant_came, trader_came=trader_came
    )  # fmt: skip


def entrust(mediation: Mediation, *, to: str, by: Identity) -> None:
    """Let a consumer association mediate in the bureau's name, once and no further (art. 19)."""
    _step(mediation, MediationAction.ENTRUST, by=by)
    if mediation.entrusted_to:
        raise Refused("entrusted_already")
    mediation.entrusted_to, mediation.entrusted_on = to, clock.today()
    _trace(ENTRUSTED, mediation, by, to=to)


def begin_test(mediation: Mediation, *, tested_by: str, reason: str, by: Identity) -> None:
    """Have something tested or appraised: the sixty days stand still from today (art. 22)."""
    _step(mediation, MediationAction.TEST, by=by, reason=reason)
    for tip in queries.tips_of(mediation, by):
        running = clock_queries.running_clock("tip", tip.reference, MEDIATION)
        if running is not None and running.paused_on is None:
            clocks.suspend(
                running, on=clock.today(), ground=rules.TESTING_GROUND, reason=reason, by=by
            )
    mediation.tested_by, mediation.test_result = tested_by, ""
    _trace(TEST_BEGUN, mediation, by, to=tested_by, reason=reason)


def take_result(mediation: Mediation, *, result: str, by: Identity) -> None:
    """Take the result in: the sixty days run again."""
    _step(mediation, MediationAction.TAKE_RESULT, by=by)
    for tip in queries.tips_of(mediation, by):
        running = clock_queries.running_clock("tip", tip.reference, MEDIATION)
        if running is not None and running.paused_on is not None:
            clocks.resume(running, on=clock.today(), by=by)
    mediation.test_result = result
    _trace(RESULT_TAKEN, mediation, by, from_=mediation.tested_by)


def ask_recusal(mediation: Mediation, side: Side, *, reason: str, by: Identity) -> None:
    """Note that a side wants another mediator: mediation pauses until it is decided (art. 21)."""
    _step(mediation, MediationAction.RECUSE, by=by, reason=reason)
    mediation.recusal_by, mediation.recusal_reason = side, reason
    _trace(RECUSAL_ASKED, mediation, by, side=side.value, reason=reason)


def decide_recusal(
    mediation: Mediation, mediator: Person | None, *, reason: str, by: Identity
) -> None:
    """Decide on a recusal: a new mediator when it is granted, None when it is not."""
    _step(mediation, MediationAction.DECIDE_RECUSAL, by=by, reason=reason)
    if mediator is not None and mediator.id == mediation.mediator_id:
        raise Refused("same_mediator", field="mediator")
    mediation.mediator = mediator or mediation.mediator
    mediation.recusal_by, mediation.recusal_reason = None, ""
    _trace(
        RECUSAL_DECIDED, mediation, by, granted=mediator is not None,
        mediator=mediation.mediator_id, reason=reason,
    )  # fmt: skip


def join(mediation: Mediation, tip: Tip, *, representatives: list[str], by: Identity) -> None:
    """Take another complaint of the same dispute to this table; two of them speak for all."""
    _step(mediation, MediationAction.JOIN, by=by)
    if tip.unit_path != mediation.unit_path:
        raise Refused("join_elsewhere", field="other")
    tips.begin_mediation(tip, mediation_reference=mediation.reference, by=by)
    mediation.complaints.append(Complaint(mediation_id=mediation.id, tip_reference=tip.reference))
    chosen = set(representatives) & set(mediation.tip_references)
    rules.check_representatives(len(mediation.complaints), chosen)
    for complaint in mediation.complaints:
        complaint.is_representative = complaint.tip_reference in chosen
    _trace(JOINED, mediation, by, tip=tip.reference)


def report_clue(mediation: Mediation, *, facts: str, by: Identity) -> Tip:
    """Turn a breach found at the table into a report of its own, checked within 15 days (art. 27).

    The officers found it: it carries nobody's name and does not lead back to the complainant.
    """
    _step(mediation, MediationAction.REPORT_CLUE, by=by)
    first = queries.tips_of(mediation, by)[0]
    found = findings.open_report(first, facts=facts, term=rules.CLUE_CHECK, by=by)
    _trace(CLUE_REPORTED, mediation, by, tip=found.reference)
    return found


def agree(
    mediation: Mediation,
    *,
    terms: str,
    letter: Letter,
    are_represented_agreeing: bool,
    by: Identity,
) -> None:
    """Conclude with an agreement, and say whether a mediation letter is made of it (art. 24)."""
    _step(mediation, MediationAction.AGREE, by=by)
    rules.check_agreement(
        terms,
        is_joint=len(mediation.complaints) > 1,
        are_represented_agreeing=are_represented_agreeing,
    )
    mediation.terms, mediation.letter, mediation.ended_on = terms, letter, clock.today()
    for tip in queries.tips_of(mediation, by):
        tips.end_mediation(tip, reason=terms, by=by)
    _trace(AGREED, mediation, by, letter=letter.value)


def end(mediation: Mediation, ending: Ending, *, reason: str, by: Identity) -> None:
    """End a mediation without an agreement; both sides hear of it within seven working days."""
    complaints = queries.tips_of(mediation, by)
    running = clock_queries.main_clock("tip", complaints[0].reference)
    due_on, today = (running.due_on if running else None), clock.today()
    _step(mediation, MediationAction.END, by=by, reason=reason)
    rules.check_ending(
        ending,
        is_over=due_on is not None and today > due_on,
        has_test=bool(mediation.tested_by),
        order=queries.order_of(complaints[0]),
    )
    mediation.ending, mediation.reason, mediation.ended_on = ending, reason, today
    for tip in complaints:
        tips.end_mediation(tip, reason=reason, by=by)
    term = tips.rule_at_receipt(complaints[0], rules.NOTICE)
    clocks.start("mediation", mediation.reference, term, today, by=by, is_main=True)
    _trace(ENDED, mediation, by, ending=ending.value, reason=reason)


@dataclass(frozen=True)
class Notice:
    """On which day a side was told, and by which way."""

    on: date
    way: Way


def tell(mediation: Mediation, *, complainant: Notice, trader: Notice, by: Identity) -> None:
    """Note that both sides were told of the end; the later day meets the clock (art. 23)."""
    _step(mediation, MediationAction.TELL, by=by)
    for notice, field in ((complainant, "complainant_on"), (trader, "trader_on")):
        if notice.on > clock.today() or (mediation.ended_on and notice.on < mediation.ended_on):
            raise Refused("told_on", field=field)
    mediation.complainant_told_on, mediation.complainant_told_by = complainant.on, complainant.way
    mediation.trader_told_on, mediation.trader_told_by = trader.on, trader.way
    running = clock_queries.running_clock("mediation", mediation.reference, rules.NOTICE)
    if running is not None:
        clocks.stop(running, met_on=max(complainant.on, trader.on), by=by)
    _trace(
        TOLD, mediation, by, complainant_way=complainant.way.value, trader_way=trader.way.value
    )  # fmt: skip
