"""What does the regulation say about complaints and reports?

令121: 市场监督管理投诉举报处理办法 (in force since 2026-04-15); 令2: 市场监督管理行政处罚程序规定.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: Clock that a kind of tip starts when it arrives (令121 art. 15; 令2 art. 18).
ACCEPTANCE = "tip.acceptance"
VERIFICATION = "tip.verification"
#: Sixty calendar days from acceptance (令121 art. 23 no. 5).
MEDIATION = "tip.mediation"
#: Five working days to tell a named reporter whether a case is filed (令20 art. 31, no longer law).
NAMED_REPLY = "tip.named_reply"
#: A dispute older than this is not accepted (令121 art. 16 no. 4).
COMPLAINT_YEARS = 3
#: 令121 took the place of 令20; what was received before goes on under 令20.
NEW_LAW_SINCE = date(2026, 4, 15)
#: The form that asks for the complainant's requests one by one came with it.
WISHES_SINCE = NEW_LAW_SINCE


class TipKind(StrEnum):
    """A dispute of a consumer, or a report of a breach (令121 art. 3)."""

    COMPLAINT = "complaint"
    REPORT = "report"


class TipState(StrEnum):
    """How far a tip is."""

    RECEIVED = "received"
    RETURNED = "returned"
    ROUTED = "routed"
    ACCEPTED = "accepted"
    VERIFYING = "verifying"
    VERIFIED = "verified"
    DECLINED = "declined"
    NOT_FILED = "not_filed"
    FILED = "filed"
    CONCLUDED = "concluded"
    DISPUTED = "disputed"
    ESCALATED = "escalated"
    TRANSFERRED = "transferred"
    REDIRECTED = "redirected"
    MERGED = "merged"


class TipAction(StrEnum):
    """What people do with a tip."""

    ROUTE = "route"
    RETURN = "return"
    ACCEPT = "accept"
    DECLINE = "decline"
    BEGIN_VERIFICATION = "begin_verification"
    NOTE_FINDINGS = "note_findings"
    STOP_VERIFICATION = "stop_verification"
    FILE_CASE = "file_case"
    RETURN_TO_DECISION = "return_to_decision"
    DECIDE_NOT_TO_FILE = "decide_not_to_file"
    END_MEDIATION = "end_mediation"
    CONCLUDE = "conclude"
    TRANSFER = "transfer"
    REDIRECT = "redirect"
    MERGE = "merge"
    DISPUTE = "dispute"
    TAKE_OVER = "take_over"
    REFER = "refer"
    ESCALATE = "escalate"
    DESIGNATE = "designate"


class Channel(StrEnum):
    """By which way a tip came in (令121 art. 8)."""

    TELEPHONE = "telephone"
    WEB = "web"
    VISIT = "visit"
    LETTER = "letter"
    PLATFORM = "platform"
    TRANSFER = "transfer"


class Standing(StrEnum):
    """How the caller stands to the bureau."""

    REAL_NAME = "real_name"
    ANONYMOUS = "anonymous"
    ON_BEHALF = "on_behalf"


class IdKind(StrEnum):
    """By which paper a reporter is known (form of April 2026)."""

    RESIDENT = "resident"
    PASSPORT = "passport"
    RESIDENCE_PERMIT = "residence_permit"
    OTHER = "other"


class Wish(StrEnum):
    """What a complainant asks for (form of April 2026)."""

    REPAIR = "repair"
    REPLACE = "replace"
    RETURN = "return"
    MAKE_UP = "make_up"
    REFUND = "refund"
    COMPENSATE = "compensate"


class Ground(StrEnum):
    """Grounds for not accepting a complaint (令121 art. 16; 令20 art. 15 knows six of them)."""

    NOT_COMPETENT = "not_competent"
    HANDLED_ELSEWHERE = "handled_elsewhere"
    NOT_A_CONSUMER = "not_a_consumer"
    TOO_OLD = "too_old"
    PAPERS_MISSING = "papers_missing"
    IDENTITY_FALSE = "identity_false"
    OTHER = "other"


S, A = TipState, TipAction


def _aside(*states: TipState) -> Iterator[Transition]:
    """Yield the acts that end a tip here before anybody handled it."""
    for state in states:
        yield Transition(state, A.TRANSFER, S.TRANSFERRED, "tip:transfer", needs_reason=True)
        yield Transition(state, A.REDIRECT, S.REDIRECTED, "tip:transfer", needs_reason=True)
        yield Transition(state, A.MERGE, S.MERGED, "tip:combine")


WORKFLOW = Workflow(
    "tip",
    (
        Transition(S.RECEIVED, A.ROUTE, S.ROUTED, "tip:route"),
        Transition(S.RETURNED, A.ROUTE, S.ROUTED, "tip:route"),
        Transition(S.ROUTED, A.ROUTE, S.ROUTED, "tip:route"),
        *_aside(S.RECEIVED, S.RETURNED, S.ROUTED),
        Transition(S.RECEIVED, A.DECLINE, S.DECLINED, "tip:decline", needs_reason=True),
        Transition(S.RETURNED, A.DECLINE, S.DECLINED, "tip:decline", needs_reason=True),
        Transition(S.RETURNED, A.RETURN, S.RETURNED, "tip:return", needs_reason=True),
        Transition(S.ROUTED, A.ESCALATE, S.ESCALATED, "tip:return", needs_reason=True),
        Transition(S.RETURNED, A.ESCALATE, S.ESCALATED, "tip:return", needs_reason=True),
        Transition(S.ROUTED, A.DISPUTE, S.DISPUTED, "tip:dispute", needs_reason=True),
        Transition(S.DISPUTED, A.TAKE_OVER, S.ROUTED, "dispute:settle"),
        Transition(S.DISPUTED, A.REFER, S.ESCALATED, "dispute:settle", needs_reason=True),
        Transition(S.DISPUTED, A.DESIGNATE, S.ROUTED, "dispute:designate", needs_reason=True),
        Transition(S.ESCALATED, A.DESIGNATE, S.ROUTED, "dispute:designate", needs_reason=True),
        Transition(S.ROUTED, A.RETURN, S.RETURNED, "tip:return", needs_reason=True),
        Transition(S.ROUTED, A.ACCEPT, S.ACCEPTED, "tip:accept"),
        Transition(S.ROUTED, A.DECLINE, S.DECLINED, "tip:decline", needs_reason=True),
        Transition(S.ROUTED, A.BEGIN_VERIFICATION, S.VERIFYING, "tip:verify"),
        Transition(S.ACCEPTED, A.BEGIN_VERIFICATION, S.VERIFYING, "tip:verify"),
        Transition(S.ACCEPTED, A.END_MEDIATION, S.CONCLUDED, "tip:mediate", needs_reason=True),
        Transition(S.ACCEPTED, A.CONCLUDE, S.CONCLUDED, "tip:conclude", needs_reason=True),
        Transition(S.VERIFYING, A.NOTE_FINDINGS, S.VERIFIED, "tip:note"),
        Transition(S.VERIFYING, A.STOP_VERIFICATION, S.ROUTED, "tip:verify"),
        Transition(S.VERIFIED, A.FILE_CASE, S.FILED, "tip:note"),
        Transition(S.VERIFIED, A.RETURN_TO_DECISION, S.VERIFIED, "tip:note", needs_reason=True),
        Transition(
            S.VERIFIED, A.DECIDE_NOT_TO_FILE, S.NOT_FILED, "tip:decide_not_to_file",
            needs_reason=True,
        ),
        Transition(S.VERIFIED, A.CONCLUDE, S.CONCLUDED, "tip:conclude", needs_reason=True),
    ),
    start=(S.RECEIVED,),
    final=(
        S.DECLINED, S.NOT_FILED, S.FILED, S.CONCLUDED, S.TRANSFERRED, S.REDIRECTED, S.MERGED,
    ),
)  # fmt: skip

#: Only a dispute is accepted, declined (令121 art. 15) or settled without more; a report ends with
#: a case or a leader's reasoned decision against one (令2 art. 18).  The others fit both kinds.
ONLY_FOR = {
    A.ACCEPT: TipKind.COMPLAINT,
    A.DECLINE: TipKind.COMPLAINT,
    A.END_MEDIATION: TipKind.COMPLAINT,
    A.CONCLUDE: TipKind.COMPLAINT,
    A.DECIDE_NOT_TO_FILE: TipKind.REPORT,
    A.REDIRECT: TipKind.REPORT,
}
#: Acts that handle a tip: whoever did one of them no longer passes it from hand to hand.
HANDLING = frozenset({A.ACCEPT, A.BEGIN_VERIFICATION, A.DECLINE})
#: A section may do none of these by itself: it returns to its bureau's desk (令121 art. 41).
PASSING_ON = frozenset({A.ROUTE, A.TRANSFER, A.REDIRECT, A.DISPUTE})
OPEN = frozenset(TipState) - WORKFLOW.final


def fits(action: TipAction, kind: TipKind) -> bool:
    """Tell whether an act exists for this kind of tip."""
    return ONLY_FOR.get(action, kind) is kind


def clock_of(kind: TipKind) -> str:
    """Return the clock that runs from the day a tip of this kind arrives."""
    return ACCEPTANCE if kind is TipKind.COMPLAINT else VERIFICATION


@dataclass(frozen=True)
class Told:
    """What the reporter told, as far as the required contents go."""

    kinds: frozenset[TipKind]
    standing: Standing
    name: str
    phone: str
    facts: str
    subject: str
    address: str
    wishes: frozenset[Wish]
    bought_on: date | None


def check_contents(told: Told, *, today: date) -> None:
    """Refuse a tip without its required contents (令121 art. 10 and 28)."""
    for fault in faults_of(told, today=today):
        raise fault


def faults_of(told: Told, *, today: date) -> Iterator[Refused]:
    """Yield everything that a tip received on a day lacks."""
    if not told.kinds:
        yield Refused("kind_needed", field="kinds")
    if not told.facts:
        yield Refused("facts_needed", field="facts")
    if not told.subject and not told.address:
        yield Refused("subject_needed", field="subject_name")
    if told.bought_on and told.bought_on > today:
        yield Refused("bought_in_future", field="bought_on")
    if TipKind.COMPLAINT in told.kinds:
        yield from _faults_of_complaint(told, today)


def _faults_of_complaint(told: Told, today: date) -> Iterator[Refused]:
    if told.standing is Standing.ANONYMOUS:
        yield Refused("complaint_not_anonymous", field="standing")
    if not told.name:
        yield Refused("complaint_needs_name", field="caller_name")
    if not told.phone:
        yield Refused("complaint_needs_phone", field="phone")
    if not told.wishes and today >= WISHES_SINCE:
        yield Refused("complaint_needs_wish", field="wishes")


#: What a ground must be shown by (令121 art. 16): a field of the form, ``known_on`` a day.
GROUND_NEEDS = {
    Ground.NOT_COMPETENT: "shown_by",
    Ground.HANDLED_ELSEWHERE: "shown_by",
    Ground.NOT_A_CONSUMER: "shown_by",
    Ground.TOO_OLD: "known_on",
    Ground.PAPERS_MISSING: "shown_by",
    Ground.IDENTITY_FALSE: "shown_by",
    Ground.OTHER: "shown_by",
}


@dataclass(frozen=True)
class Order:
    """A version of the law of complaints, as far as a refusal goes: grounds in their order."""

    name: str
    article: str
    grounds: tuple[Ground, ...]


#: 市场监督管理投诉举报处理暂行办法, until 2026-04-14: neither false papers nor a false name.
ORDER_20 = Order("令20", "第15条", tuple(g for g in Ground if g is not Ground.IDENTITY_FALSE))
ORDER_121 = Order("令121", "第16条", tuple(Ground))


def order_at(received_on: date) -> Order:
    """Return the version under which a complaint received on a day is handled."""
    return ORDER_121 if received_on >= NEW_LAW_SINCE else ORDER_20


def is_told_by_name(kind: TipKind, standing: Standing) -> bool:
    """Tell whether somebody stands behind a report who can be told what was decided on it."""
    return kind is TipKind.REPORT and standing is not Standing.ANONYMOUS


#: Under which article a bureau is competent, by version and kind.
COMPETENCE = {
    (ORDER_20, TipKind.COMPLAINT): "第12条",
    (ORDER_20, TipKind.REPORT): "第25条",
    (ORDER_121, TipKind.COMPLAINT): "第13条",
    (ORDER_121, TipKind.REPORT): "第29条",
}


def competence(kind: TipKind, received_on: date) -> str:
    """Return the law and the article by which a bureau is proposed for a tip of a day."""
    order = order_at(received_on)
    return f"{order.name} {COMPETENCE[order, kind]}"


def check_ground(
    ground: Ground, *, shown_by: str, known_on: date | None, received_on: date
) -> None:
    """Refuse a ground that was not law yet, one without what it rests on, years not passed."""
    if ground not in order_at(received_on).grounds:
        raise Refused("ground_not_law", field="ground")
    if GROUND_NEEDS[ground] == "shown_by":
        if not shown_by:
            raise Refused(f"ground_{ground.value}", field="shown_by")
        return
    if known_on is None:
        raise Refused("ground_too_old", field="known_on")
    if not is_too_old(known_on, received_on):
        raise Refused("ground_not_too_old", field="known_on")


def is_too_old(bought_on: date | None, today: date) -> bool:
    """Tell whether three years have passed since the purchase: a hint, never a refusal."""
    if bought_on is None:
        return False
    anniversary = (bought_on.year + COMPLAINT_YEARS, bought_on.month, bought_on.day)
    return (today.year, today.month, today.day) > anniversary
