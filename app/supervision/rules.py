"""What does the house ask of listed supervision (挂牌督办)?

No order of SAMR on listed supervision is public: whoever lists gives the dates. What is fixed here
follows published rules of other fields (安委〔2010〕6号, 环办〔2009〕117号) and common sense; every
number is a default that the form shows and the person may change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow

#: Defaults offered by the forms, not law: working days for an answer to an urging letter.
ANSWER_DAYS = 5
#: Default term of a listing in calendar days, after the sixty days of 安委〔2010〕6号.
LISTING_DAYS = 60
#: As many demands as the form of a listing has rows.
MOST_DEMANDS = 6


class ListingState(StrEnum):
    """How far a listing is."""

    LISTED = "listed"
    APPLIED = "applied"
    DELISTED = "delisted"
    WITHDRAWN = "withdrawn"


class ListingAction(StrEnum):
    """What people do with a listing."""

    REPORT = "report"
    JUDGE = "judge"
    URGE = "urge"
    ANSWER = "answer"
    EXTEND = "extend"
    APPLY = "apply"
    RETURN = "return"
    DELIST = "delist"
    WITHDRAW = "withdraw"
    ANNOUNCE = "announce"
    RETRACT = "retract"


class SubjectKind(StrEnum):
    """What may be listed (seeds 000, 001, 003)."""

    CASE = "case"
    ENTERPRISE = "enterprise"
    AREA = "area"
    ISSUE = "issue"


class DemandState(StrEnum):
    """How a demand stands."""

    OPEN = "open"
    REPORTED = "reported"
    MET = "met"


class Rung(StrEnum):
    """The ladder of urging: reminder, assignment, supervision letter."""

    REMINDER = "reminder"
    ASSIGNMENT = "assignment"
    SUPERVISION = "supervision"


LADDER = tuple(Rung)

S, A = ListingState, ListingAction
WORKFLOW = Workflow(
    "listing",
    (
        Transition(S.LISTED, A.REPORT, S.LISTED, "listing:report"),
        Transition(S.LISTED, A.JUDGE, S.LISTED, "listing:judge"),
        Transition(S.APPLIED, A.JUDGE, S.APPLIED, "listing:judge"),
        Transition(S.LISTED, A.URGE, S.LISTED, "listing:urge"),
        Transition(S.LISTED, A.ANSWER, S.LISTED, "listing:answer"),
        Transition(S.APPLIED, A.ANSWER, S.APPLIED, "listing:answer"),
        Transition(S.LISTED, A.EXTEND, S.LISTED, "listing:extend", needs_reason=True),
        Transition(S.LISTED, A.APPLY, S.APPLIED, "listing:apply"),
        Transition(S.APPLIED, A.RETURN, S.LISTED, "listing:delist", needs_reason=True),
        Transition(S.APPLIED, A.DELIST, S.DELISTED, "listing:delist"),
        Transition(S.LISTED, A.WITHDRAW, S.WITHDRAWN, "listing:withdraw", needs_reason=True),
        Transition(S.LISTED, A.ANNOUNCE, S.LISTED, "listing:announce"),
        Transition(S.APPLIED, A.ANNOUNCE, S.APPLIED, "listing:announce"),
        Transition(S.LISTED, A.RETRACT, S.LISTED, "listing:announce"),
        Transition(S.APPLIED, A.RETRACT, S.APPLIED, "listing:announce"),
        Transition(S.DELISTED, A.RETRACT, S.DELISTED, "listing:announce"),
        Transition(S.WITHDRAWN, A.RETRACT, S.WITHDRAWN, "listing:announce"),
    ),
    start=(S.LISTED,),
    final=(S.DELISTED, S.WITHDRAWN),
)
LIVE = frozenset({S.LISTED, S.APPLIED})


@dataclass(frozen=True)
class Asked:
    """One demand as it is made."""

    text: str
    due_on: date


@dataclass(frozen=True)
class Sent:
    """One urging letter, as far as the ladder is concerned."""

    rung: Rung
    answer_due_on: date
    answered: bool

    def is_late(self, today: date) -> bool:
        """Tell whether its answer is missing past its day."""
        return not self.answered and self.answer_due_on < today


def check_listing(due_on: date, demands: Sequence[Asked], *, today: date) -> None:
    """Refuse a listing without demands, or with days that have passed or lie beyond its end."""
    if due_on < today:
        raise Refused("day_in_past", field="due_on")
    if not demands:
        raise Refused("demand_needed", field="demand_1")
    if len(demands) > MOST_DEMANDS:
        raise Refused("too_many_demands", field="demand_1", most=MOST_DEMANDS)
    for number, demand in enumerate(demands, start=1):
        if demand.due_on < today:
            raise Refused("day_in_past", field=f"due_{number}")
        if demand.due_on > due_on:
            raise Refused("demand_after_listing", field=f"due_{number}", due=due_on.isoformat())


def next_rung(sent: Sequence[Sent], *, today: date) -> Rung:
    """Return the rung of the next letter: it rises when the last one stayed unanswered.

    While the last letter may still be answered in time no other is sent; an answered one is
    followed by a letter of the same rung, for what was won is not lost.
    """
    if not sent:
        return Rung.REMINDER
    last = sent[-1]
    if last.answered:
        return last.rung
    if not last.is_late(today):
        raise Refused("urging_pending", due=last.answer_due_on.isoformat())
    return LADDER[min(LADDER.index(last.rung) + 1, len(LADDER) - 1)]


def check_urging(demands: Sequence[DemandState], *, answer_due_on: date, today: date) -> None:
    """Refuse to urge where nothing is open, or with a day for the answer that has passed."""
    if all(state is not DemandState.OPEN for state in demands):
        raise Refused("nothing_open")
    if answer_due_on < today:
        raise Refused("day_in_past", field="answer_due_on")


def check_extension(new_due_on: date, *, old_due_on: date, today: date) -> None:
    """Refuse an extension that shortens, or that ends before today."""
    if new_due_on <= old_due_on:
        raise Refused("extension_shortens", field="new_due_on", due=old_due_on.isoformat())
    if new_due_on < today:
        raise Refused("day_in_past", field="new_due_on")


def check_report(state: DemandState) -> None:
    """Refuse to report again what is met already."""
    if state is DemandState.MET:
        raise Refused("demand_met")


def check_verdict(state: DemandState, *, met: bool, reason: str) -> None:
    """Refuse a verdict on what nobody reported, and a "not met" that does not say why."""
    if state is not DemandState.REPORTED:
        raise Refused("demand_not_reported")
    if not met and not reason:
        raise Refused("reason_needed", field="reason")


def check_application(demands: Sequence[DemandState]) -> None:
    """Refuse an application while a demand was not even reported."""
    waiting = sum(state is DemandState.OPEN for state in demands)
    if waiting:
        raise Refused("demands_unreported", number=waiting)


def check_delisting(demands: Sequence[DemandState]) -> None:
    """Refuse to delist while one demand is not met (features SUP-05, SUP-10)."""
    unmet = sum(state is not DemandState.MET for state in demands)
    if unmet:
        raise Refused("demands_open", number=unmet)
