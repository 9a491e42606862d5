"""What does the procedure ask of a case, from the proposal to file it to its closing?

令2: 市场监督管理行政处罚程序规定 (with orders 42 and 61); 处罚法: 中华人民共和国行政处罚法 (2021).
The terms themselves are dated rules of ``kernel.statutes``; here are their codes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: Clocks of a case: decide whether to file (art. 18), review (art. 55), statement (art. 57),
#: decision (art. 64), service (art. 81), payment (art. 72), closing (art. 77), publication
#: (令45 art. 9).
FILING = "case.filing"
REVIEW = "case.review"
STATEMENT = "case.statement"
DECISION = "case.decision"
SERVICE = "case.service"
PAYMENT = "penalty.payment"
CLOSING = "case.closing"
PUBLICATION = "disclosure.publish"


class CaseState(StrEnum):
    """How far a case is."""

    PROPOSED = "proposed"
    NOT_FILED = "not_filed"
    FILED = "filed"
    INVESTIGATING = "investigating"
    REVIEWING = "reviewing"
    REVIEWED = "reviewed"
    INFORMED = "informed"
    DECIDED = "decided"
    CLOSED = "closed"
    DROPPED = "dropped"


class CaseAction(StrEnum):
    """What people do with a case."""

    FILE = "file"
    DECLINE = "decline"
    BEGIN = "begin"
    SUBMIT = "submit"
    RETURN = "return"
    PASS = "pass"  # noqa: S105 - the review is passed
    INFORM = "inform"
    NOTE_STATEMENT = "note_statement"
    DECIDE = "decide"
    SERVE = "serve"
    CLOSE = "close"
    DROP = "drop"


class Source(StrEnum):
    """Where a case comes from (the five boxes of the forms of 2021)."""

    INSPECTION = "inspection"
    TIP = "tip"
    TRANSFER = "transfer"
    ASSIGNED = "assigned"
    OTHER = "other"


class StatementKind(StrEnum):
    """What the party did with the right to be heard (令2 art. 57)."""

    WAIVED = "waived"
    STATED = "stated"
    HEARD = "heard"


class DropGround(StrEnum):
    """How a case ends without a penalty (令2 art. 47 and 60)."""

    NO_PENALTY = "no_penalty"
    NOT_ESTABLISHED = "not_established"
    TRANSFERRED = "transferred"
    TRANSFERRED_CRIME = "transferred_crime"
    TERMINATED = "terminated"


class ClosingGround(StrEnum):
    """Why a decided case is closed (令2 art. 77 and the forms of 2021)."""

    PERFORMED = "performed"
    COURT_ENDED = "court_ended"
    OTHER = "other"


S, A = CaseState, CaseAction
WORKFLOW = Workflow(
    "case",
    (
        Transition(S.PROPOSED, A.FILE, S.FILED, "case:file"),
        Transition(S.PROPOSED, A.DECLINE, S.NOT_FILED, "case:file", needs_reason=True),
        Transition(S.FILED, A.BEGIN, S.INVESTIGATING, "case:investigate"),
        Transition(S.INVESTIGATING, A.SUBMIT, S.REVIEWING, "case:investigate"),
        Transition(S.REVIEWING, A.RETURN, S.INVESTIGATING, "case:review", needs_reason=True),
        Transition(S.REVIEWING, A.PASS, S.REVIEWED, "case:review"),
        Transition(S.REVIEWED, A.INFORM, S.INFORMED, "case:investigate"),
        Transition(S.INFORMED, A.NOTE_STATEMENT, S.INFORMED, "case:investigate"),
        Transition(S.INFORMED, A.DECIDE, S.DECIDED, "case:decide"),
        Transition(S.DECIDED, A.SERVE, S.DECIDED, "case:investigate"),
        Transition(S.DECIDED, A.CLOSE, S.CLOSED, "case:close"),
        Transition(S.FILED, A.DROP, S.DROPPED, "case:drop", needs_reason=True),
        Transition(S.INVESTIGATING, A.DROP, S.DROPPED, "case:drop", needs_reason=True),
        Transition(S.REVIEWED, A.DROP, S.DROPPED, "case:drop", needs_reason=True),
        Transition(S.INFORMED, A.DROP, S.DROPPED, "case:drop", needs_reason=True),
    ),
    start=(S.PROPOSED,),
    final=(S.NOT_FILED, S.CLOSED, S.DROPPED),
)

OPEN = frozenset(CaseState) - WORKFLOW.final
#: While evidence is still gathered and the decision still written.
BEFORE_DECISION = frozenset({S.FILED, S.INVESTIGATING, S.REVIEWING, S.REVIEWED, S.INFORMED})
#: The officers may write the decision from the investigation until it is made.
DRAFTING = frozenset({S.INVESTIGATING, S.REVIEWED, S.INFORMED})
WITH_DECISION = frozenset({S.DECIDED, S.CLOSED})
#: The road of the stage bar; the article under which each stage stands (令2).
STAGES = (
    (S.PROPOSED, "第18条"),
    (S.FILED, "第19条"),
    (S.INVESTIGATING, "第21条"),
    (S.REVIEWING, "第53条"),
    (S.REVIEWED, "第54条"),
    (S.INFORMED, "第57条"),
    (S.DECIDED, "第60条"),
    (S.CLOSED, "第77条"),
)


def are_apart(person_id: int, others: Collection[int | None]) -> bool:
    """Tell whether a person is none of those who handled the case before (令2 art. 49)."""
    return person_id not in others


def check_officers(one: int, two: int, *, competent: Collection[int]) -> None:
    """Refuse fewer than two officers, or one who is no case officer here (令2 art. 22)."""
    if one == two:
        raise Refused("officers_same", field="officer_two")
    for officer, field in ((one, "officer_one"), (two, "officer_two")):
        if officer not in competent:
            raise Refused("officer_not_here", field=field)


def check_clue(clue_on: date, *, today: date) -> None:
    """Refuse a clue found in the future: its day starts the filing term (令2 art. 18)."""
    if clue_on > today:
        raise Refused("clue_in_future", field="clue_on")


def check_declared(*, no_ground_for_recusal: bool) -> None:
    """Refuse to begin before both officers declared that nothing bars them (令2 art. 4)."""
    if not no_ground_for_recusal:
        raise Refused("recusal_undeclared", field="no_ground_for_recusal")


def check_notice(served_on: date, *, filed_on: date, today: date) -> None:
    """Refuse a notice of penalty served before the filing or in the future (令2 art. 57)."""
    if served_on < filed_on:
        raise Refused("notice_before_filing", field="served_on", filed=filed_on.isoformat())
    if served_on > today:
        raise Refused("day_in_future", field="served_on")


def check_statement(
    kind: StatementKind, on: date, *, outcome: str, notice_on: date, today: date
) -> None:
    """Refuse a statement before its notice, or one without the reasons for taking it up or not.

    令2 art. 62 no. 3: the decision says whether a statement was adopted and why.
    """
    if on < notice_on:
        raise Refused("statement_before_notice", field="on", notice=notice_on.isoformat())
    if on > today:
        raise Refused("day_in_future", field="on")
    if kind is not StatementKind.WAIVED and not outcome:
        raise Refused("statement_outcome_needed", field="outcome")


def check_decision_day(
    decided_on: date, *, filed_on: date, today: date, statement_until: date | None
) -> None:
    """Refuse a decision dated before the filing, in the future, or within the statement's term.

    令2 art. 57: five working days from service of the notice, counted by the clock; only an express
    waiver (``statement_until`` None) shortens them.
    """
    if decided_on < filed_on:
        raise Refused("decided_before_filing", field="decided_on", filed=filed_on.isoformat())
    if decided_on > today:
        raise Refused("day_in_future", field="decided_on")
    if statement_until is not None and decided_on <= statement_until:
        raise Refused("decided_too_early", field="decided_on", until=statement_until.isoformat())


def check_draft(*, written_at: datetime, heard_at: datetime | None) -> None:
    """Refuse a draft older than the notice or the statement it must answer (令2 art. 62 no. 3)."""
    if heard_at is not None and written_at < heard_at:
        raise Refused("draft_outdated")


def check_service(served_on: date, *, decided_on: date, today: date, already: date | None) -> None:
    """Refuse a second service, one before the decision, or one in the future (令2 art. 81)."""
    if already is not None:
        raise Refused("served_already", field="served_on", on=already.isoformat())
    if served_on < decided_on:
        raise Refused("served_before_decision", field="served_on", decided=decided_on.isoformat())
    if served_on > today:
        raise Refused("day_in_future", field="served_on")


def check_closing(arisen_on: date, *, served_on: date | None, today: date) -> None:
    """Refuse to close before the decision reached the party (令2 art. 77 and 81)."""
    if served_on is None:
        raise Refused("not_served")
    if arisen_on < served_on:
        raise Refused("closed_before_service", field="arisen_on", served=served_on.isoformat())
    if arisen_on > today:
        raise Refused("day_in_future", field="arisen_on")
