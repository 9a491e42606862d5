"""What do people do with a case, from the proposal to file it to its closing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from app.cases import access as _policy  # noqa: F401 - the permissions must be declared
from app.cases import outcomes, queries, rules
from app.cases.deciding import Typed, Wording, amend_text, decide, draft, serve
from app.cases.models import Case
from app.cases.rules import (
    CaseAction,
    CaseState,
    ClosingGround,
    DropGround,
    Source,
    StatementKind,
)
from app.cases.steps import available, extra_acts, filed_on, move, step, stop, take_number
from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.models import Clock
from app.clocks.rules import Outcome
from app.enterprises.models import Enterprise
from app.inspections import actions as inspections
from app.inspections import queries as inspection_queries
from app.kernel import audit, clock, storage
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.roles import Role
from app.kernel.storage import Stored
from app.people import queries as people
from app.tips import actions as tips
from app.tips import queries as tip_queries
from app.tips.rules import TipState
from app.units import queries as units

__all__ = [
    "Proposal", "Typed", "Wording", "add_evidence", "amend_text", "available", "begin", "close",
    "decide", "decline", "draft", "drop", "extend", "extra_acts", "file", "inform",
    "note_statement", "pass_", "propose", "resume", "return_", "serve", "stay", "submit",
]  # fmt: skip

PROPOSED = audit.declare("case.proposed", "source", "task", "tip")
FILED = audit.declare("case.filed", "number")
NOT_FILED = audit.declare("case.not_filed", "reason")
BEGUN = audit.declare("case.begun")
SUBMITTED = audit.declare("case.submitted")
RETURNED = audit.declare("case.returned", "reason")
PASSED = audit.declare("case.passed", "opinion")
INFORMED = audit.declare("case.informed", "served_on")
STATEMENT_NOTED = audit.declare("case.statement_noted", "statement", "on")
CLOSED = audit.declare("case.closed", "ground")
DROPPED = audit.declare("case.dropped", "ground", "reason")
EVIDENCE_ADDED = audit.declare("case.evidence_added", "attachment", "sha256")
STAYED = audit.declare("case.stayed", "ground", "reason")
RESUMED = audit.declare("case.resumed")
EXTENDED = audit.declare("case.extended", "reason")

#: The word of the filing's own number series: 澄青市监立〔2026〕143号.
FILING_WORD = "立"


@dataclass(frozen=True)
class Proposal:
    """What a case officer writes to propose filing a case."""

    title: str
    source: Source
    party_name: str
    summary: str
    clue_on: date
    officer_one: int
    officer_two: int
    enterprise: Enterprise | None = None
    product_code: str = ""
    violation_code: str = ""
    goods_value: Decimal | None = None
    task_reference: str | None = None
    tip_reference: str | None = None


def propose(asked: Proposal, *, by: Identity) -> Case:
    """Propose to file a case: from a task with a problem, from a verified tip, or by hand."""
    bureau = units.by_id(by.bureau_id)
    require(by, "case:propose", bureau)
    today = clock.today()
    competent = {p.id for p in people.holders(Role.CASE_OFFICER, bureau.id, today)}
    rules.check_officers(asked.officer_one, asked.officer_two, competent=competent)
    rules.check_clue(asked.clue_on, today=today)
    tip_reference = _check_origin(asked, by)
    values = {**asdict(asked), "enterprise": asked.enterprise, "tip_reference": tip_reference}
    values["officer_one_id"] = values.pop("officer_one")
    values["officer_two_id"] = values.pop("officer_two")
    case = Case(
        **values,
        reference=_next_reference(today),
        bureau=bureau,
        unit_path=bureau.path,
        proposed_by_id=by.person_id,
        proposed_at=clock.now(),
        moved_at=clock.now(),
    )
    db.session.add(case)
    audit.record(
        PROPOSED, "case", case.reference, by=by,
        source=asked.source.value, task=asked.task_reference, tip=tip_reference,
    )  # fmt: skip
    if tip_reference is not None:
        tip = tip_queries.by_reference(tip_reference, by)
        tips.note_case_proposed(tip, case_reference=case.reference, by=by)
    else:  # a tip's own verification clock is this very term (令2 art. 18)
        clocks.start("case", case.reference, rules.FILING, asked.clue_on, by=by, is_main=True)
    return case


def _check_origin(asked: Proposal, by: Identity) -> str | None:
    """Refuse an origin that is not ours, not ripe or already a case; returns the tip behind it."""
    tip_reference = asked.tip_reference
    if asked.task_reference:
        task = inspection_queries.by_reference(asked.task_reference, by)
        require(by, "case:propose", task)
        if not task.has_problem:
            raise Refused("task_without_problem", field="task_reference")
        if _has_live(queries.of_task(task.reference, by)):
            raise Refused("origin_has_case", field="task_reference")
        tip_reference = task.tip_reference
    if tip_reference:
        tip = tip_queries.by_reference(tip_reference, by)
        require(by, "case:propose", tip)
        if tip.state is not TipState.VERIFIED:
            raise Refused("tip_not_verified", field="tip_reference")
        if _has_live(queries.of_tip(tip_reference, by)):
            raise Refused("origin_has_case", field="tip_reference")
    return tip_reference


def _has_live(cases: Sequence[Case]) -> bool:
    return any(case.state is not CaseState.NOT_FILED for case in cases)


def _next_reference(on: date) -> str:
    return f"A{on.year}-{next_number('case', str(on.year)):04d}"


def file(case: Case, *, by: Identity) -> None:
    """Approve the filing (立案): the number is taken and the term for the decision begins."""
    move(case, step(case, CaseAction.FILE, by=by))
    today = clock.today()
    case.number = take_number(case, FILING_WORD, today)
    case.filed_on, case.filed_by_id = today, by.person_id
    stop(case, rules.FILING, today, by=by)
    audit.record(FILED, "case", case.reference, by=by, number=case.number)
    clocks.start("case", case.reference, rules.DECISION, today, by=by, is_main=True)
    if case.task_reference:
        task = inspection_queries.by_reference(case.task_reference, by)
        inspections.note_case_filed(task, case_reference=case.reference, by=by)
    if case.tip_reference:
        tip = tip_queries.by_reference(case.tip_reference, by)
        tips.note_case_filed(tip, case_reference=case.reference, by=by)
    outcomes.tell(case, by)


def decline(case: Case, *, reason: str, by: Identity) -> None:
    """Decide not to file (不予立案), with the leader's reason (令2 art. 20)."""
    move(case, step(case, CaseAction.DECLINE, by=by, reason=reason), reason=reason)
    case.ended_on = clock.today()
    stop(case, rules.FILING, case.ended_on, by=by)
    audit.record(NOT_FILED, "case", case.reference, by=by, reason=reason)
    if case.tip_reference:
        tip = tip_queries.by_reference(case.tip_reference, by)
        tips.note_case_not_filed(tip, case_reference=case.reference, reason=reason, by=by)
    outcomes.tell(case, by)


def begin(case: Case, *, no_ground_for_recusal: bool, by: Identity) -> None:
    """Begin the investigation, both officers having declared that nothing bars them."""
    found = step(case, CaseAction.BEGIN, by=by)
    rules.check_declared(no_ground_for_recusal=no_ground_for_recusal)
    move(case, found)
    case.recusal_declared_at = clock.now()
    audit.record(BEGUN, "case", case.reference, by=by)


def submit(case: Case, *, report: str, by: Identity) -> None:
    """Hand in the final report for review: the reviewer's term begins."""
    move(case, step(case, CaseAction.SUBMIT, by=by))
    case.report = report
    audit.record(SUBMITTED, "case", case.reference, by=by)
    clocks.start("case", case.reference, rules.REVIEW, clock.today(), by=by)


def return_(case: Case, *, reason: str, by: Identity) -> None:
    """Send the case back to its officers (令2 art. 54)."""
    move(case, step(case, CaseAction.RETURN, by=by, reason=reason), reason=reason)
    stop(case, rules.REVIEW, clock.today(), by=by)
    audit.record(RETURNED, "case", case.reference, by=by, reason=reason)


def pass_(case: Case, *, opinion: str, by: Identity) -> None:
    """Agree with the officers' proposal (令2 art. 54)."""
    move(case, step(case, CaseAction.PASS, by=by))
    case.reviewed_by_id, case.reviewed_on = by.person_id, clock.today()
    case.review_opinion = opinion
    stop(case, rules.REVIEW, case.reviewed_on, by=by)
    audit.record(PASSED, "case", case.reference, by=by, opinion=opinion)


def inform(case: Case, *, served_on: date, notice: str, by: Identity) -> None:
    """Note that the notice of penalty was served: the party's five working days begin."""
    found = step(case, CaseAction.INFORM, by=by)
    rules.check_notice(served_on, filed_on=filed_on(case), today=clock.today())
    move(case, found)
    case.notice_on, case.notice_text = served_on, notice
    case.heard_at = clock.now()
    audit.record(INFORMED, "case", case.reference, by=by, served_on=served_on.isoformat())
    clocks.start("case", case.reference, rules.STATEMENT, served_on, by=by)


def note_statement(
    case: Case, *, kind: StatementKind, on: date, outcome: str, by: Identity
) -> None:
    """Note what the party said, or that the party waived it, and what became of it."""
    found = step(case, CaseAction.NOTE_STATEMENT, by=by)
    notice_on = case.notice_on or on
    rules.check_statement(kind, on, outcome=outcome, notice_on=notice_on, today=clock.today())
    move(case, found)
    case.statement_kind, case.statement_on, case.statement_outcome = kind, on, outcome
    case.heard_at = clock.now()
    if kind is StatementKind.WAIVED:
        stop(case, rules.STATEMENT, on, by=by)
    audit.record(
        STATEMENT_NOTED, "case", case.reference, by=by, statement=kind.value, on=on.isoformat()
    )


def close(case: Case, *, ground: ClosingGround, arisen_on: date, by: Identity) -> None:
    """Close a decided and served case (结案); whether in time is counted from the ground's day."""
    found = step(case, CaseAction.CLOSE, by=by)
    today = clock.today()
    served_on = case.decision.served_on if case.decision else None
    rules.check_closing(arisen_on, served_on=served_on, today=today)
    move(case, found)
    case.closing_ground, case.ended_on = ground, today
    paid = None if ground is ClosingGround.PERFORMED else Outcome.WITHDRAWN
    stop(case, rules.PAYMENT, arisen_on, by=by, outcome=paid)
    clocks.start("case", case.reference, rules.CLOSING, arisen_on, by=by)
    stop(case, rules.CLOSING, today, by=by)
    audit.record(CLOSED, "case", case.reference, by=by, ground=ground.value)


def drop(case: Case, *, ground: DropGround, reason: str, by: Identity) -> None:
    """End a case without a penalty, on one of the five grounds and with the leader's reason."""
    move(case, step(case, CaseAction.DROP, by=by, reason=reason), reason=reason)
    case.drop_ground, case.ended_on = ground, clock.today()
    for running in clock_queries.clocks_of("case", case.reference):
        if running.stopped_on is None:
            clocks.stop(running, met_on=case.ended_on, by=by, outcome=Outcome.WITHDRAWN)
    audit.record(DROPPED, "case", case.reference, by=by, ground=ground.value, reason=reason)


def add_evidence(case: Case, files: Sequence[Stored], *, by: Identity) -> None:
    """Add evidence; each file's SHA-256 is fixed in the trail."""
    require(by, "case:investigate", case)
    if case.state not in rules.BEFORE_DECISION:
        raise IllegalTransition(case.state.value, "add_evidence")
    if not files:
        raise Refused("files_needed", field="files")
    for stored in files:
        kept = storage.attach("case", case.reference, stored, by_id=by.person_id)
        audit.record(
            EVIDENCE_ADDED, "case", case.reference, by=by, attachment=kept.id, sha256=kept.sha256
        )


def stay(case: Case, *, ground: str, on: date, reason: str, by: Identity) -> None:
    """Let the decision's term stand still on a ground of the law (令2 art. 64), such as testing."""
    require(by, "case:investigate", case)
    running = _decision_clock(case, "stay")
    clocks.suspend(running, on=on, ground=ground, reason=reason, by=by)
    audit.record(STAYED, "case", case.reference, by=by, ground=ground, reason=reason)


def resume(case: Case, *, on: date, by: Identity) -> None:
    """Let the decision's term run again; the day it is resumed on is the last one left out."""
    require(by, "case:investigate", case)
    clocks.resume(_decision_clock(case, "resume"), on=on, by=by)
    audit.record(RESUMED, "case", case.reference, by=by)


def extend(case: Case, *, reason: str, until: date | None, by: Identity) -> None:
    """Lengthen the decision's term: thirty days, then to an end fixed in council (令2 art. 64)."""
    require(by, "case:extend", case)
    running = _decision_clock(case, "extend")
    if not reason:
        raise Refused("reason_needed", field="reason")
    clocks.extend(
        running, on=clock.today(), reason=reason, approved_by=by.person_id, by=by, until=until
    )
    audit.record(EXTENDED, "case", case.reference, by=by, reason=reason)


def _decision_clock(case: Case, act: str) -> Clock:
    running = clock_queries.running_clock("case", case.reference, rules.DECISION)
    if running is None:
        raise IllegalTransition(case.state.value, act)
    return running
