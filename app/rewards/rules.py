"""What does a report of a grave breach earn its reporter (国市监稽规〔2021〕4号)?

The measures give grades, shares, floors, a cap for each case and the sum from which the finance
department is heard; they give a reward only after the case is closed with the breach proved, and
only to a natural person who reported under a real name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.cases.rules import CaseState, DropGround
from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow
from app.tips.rules import Standing, TipKind


class Grade(StrEnum):
    """How much the report did for the case."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


#: The share of what was fined and confiscated, in per cent.
PERCENT = {Grade.FIRST: 5, Grade.SECOND: 3, Grade.THIRD: 1}
#: The least, in 元: also where the share comes to less, or nothing was fined.
FLOOR = {Grade.FIRST: Decimal(5000), Grade.SECOND: Decimal(3000), Grade.THIRD: Decimal(1000)}
#: The most for one case, all its reporters together, in 元.
CAP = Decimal(1_000_000)
#: A single reward of so much or more is laid before the finance department first, in 元.
FINANCE_FROM = Decimal(500_000)
#: An end of a case in which the breach stands although no penalty followed (令2 art. 60 no. 2).
PROVED_ENDS = frozenset({DropGround.NO_PENALTY})


class RewardState(StrEnum):
    """How far a reward is."""

    PROPOSED = "proposed"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    TOLD = "told"
    CLAIMED = "claimed"
    PAID = "paid"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    LAPSED = "lapsed"


class RewardAction(StrEnum):
    """What people do with a reward."""

    REVIEW = "review"
    CONSULT = "consult"
    APPROVE = "approve"
    REFUSE = "refuse"
    TELL = "tell"
    CLAIM = "claim"
    PAY = "pay"
    GIVE_UP = "give_up"
    LAPSE = "lapse"


class Check(StrEnum):
    """By what whoever claimed a reward was known to be the reporter."""

    CODE = "code"
    IDENTITY = "identity"


S, A = RewardState, RewardAction
HANDLE, REVIEW, APPROVE, REFUSE = (
    "reward:handle", "reward:review", "reward:approve", "reward:refuse",
)  # fmt: skip

WORKFLOW = Workflow(
    "reward",
    (
        Transition(S.PROPOSED, A.REVIEW, S.REVIEWED, REVIEW),
        Transition(S.PROPOSED, A.REFUSE, S.REFUSED, REFUSE, needs_reason=True),
        Transition(S.REVIEWED, A.CONSULT, S.REVIEWED, HANDLE),
        Transition(S.REVIEWED, A.APPROVE, S.APPROVED, APPROVE),
        Transition(S.REVIEWED, A.REFUSE, S.REFUSED, REFUSE, needs_reason=True),
        Transition(S.APPROVED, A.TELL, S.TOLD, HANDLE),
        Transition(S.TOLD, A.CLAIM, S.CLAIMED, HANDLE),
        Transition(S.TOLD, A.GIVE_UP, S.GIVEN_UP, HANDLE, needs_reason=True),
        Transition(S.TOLD, A.LAPSE, S.LAPSED, HANDLE, needs_reason=True),
        Transition(S.CLAIMED, A.PAY, S.PAID, HANDLE),
        Transition(S.CLAIMED, A.GIVE_UP, S.GIVEN_UP, HANDLE, needs_reason=True),
    ),
    start=(S.PROPOSED,),
    final=(S.PAID, S.REFUSED, S.GIVEN_UP, S.LAPSED),
)
OPEN = frozenset(RewardState) - WORKFLOW.final
#: What counts towards the cap of a case: money that is meant, promised or paid.
COUNTED = OPEN | {S.PAID}
#: From the approval on there is a sheet for the cashier.
WITH_SHEET = frozenset({S.APPROVED, S.TOLD, S.CLAIMED, S.PAID})


@dataclass(frozen=True)
class Ground:
    """What a reward would rest on: a report, who made it, and the case it led to."""

    kind: TipKind
    standing: Standing
    has_name: bool
    case: CaseState
    drop_ground: DropGround | None = None
    #: A reward for this report of this case is under way or was paid.
    is_taken: bool = False


def is_proved(case: CaseState, drop_ground: DropGround | None) -> bool:
    """Tell whether a case is closed with the breach proved, fined or not."""
    return case is CaseState.CLOSED or (case is CaseState.DROPPED and drop_ground in PROVED_ENDS)


def check_ground(ground: Ground) -> None:
    """Refuse a reward that the measures do not give."""
    if ground.kind is not TipKind.REPORT:
        raise Refused("reward_not_a_report")
    if ground.standing is not Standing.REAL_NAME or not ground.has_name:
        raise Refused("reward_not_real_name")
    if not is_proved(ground.case, ground.drop_ground):
        raise Refused("reward_not_proved")
    if ground.is_taken:
        raise Refused("reward_taken")


def figure(grade: Grade, base: Decimal) -> Decimal:
    """Return what a grade gives on fines and confiscated money, in 元: share, floor and cap.

    Counted in whole fen; half a fen goes up.
    """
    share = (int(base * 100) * PERCENT[grade] + 50) // 100
    return min(max(Decimal(share).scaleb(-2), FLOOR[grade]), CAP)


def check_amount(
    amount: Decimal, *, figure: Decimal, promised: Decimal, is_shared: bool, reason: str
) -> None:
    """Refuse more than the grade gives or the case's cap leaves, and a share without its reason.

    ``promised`` is what other reporters of the case are to get, in 元. Who was first and how those
    who reported together share is decided by people: the reason keeps why.
    """
    if not 0 < amount <= figure:
        raise Refused("reward_amount", field="amount", most=f"{figure:.2f}")
    if amount + promised > CAP:
        raise Refused("reward_cap", field="amount", left=f"{max(CAP - promised, Decimal(0)):.2f}")
    if (is_shared or amount != figure) and not reason:
        raise Refused("reward_share_reason", field="share_reason")


def needs_finance(amount: Decimal) -> bool:
    """Tell whether the finance department is heard before the approval."""
    return amount >= FINANCE_FROM


def check_finance(amount: Decimal, heard_on: date | None) -> None:
    """Refuse to approve a great reward before the finance department was heard."""
    if needs_finance(amount) and heard_on is None:
        raise Refused("reward_finance_first")


def check_between(on: date, *, since: date | None, today: date, field: str) -> None:
    """Refuse a day before the one it follows, and a day to come."""
    if on > today or (since is not None and on < since):
        raise Refused("reward_day", field=field)


def check_claim_until(until: date, told_on: date) -> None:
    """Refuse a last day for claiming that is not after the day of telling."""
    if until <= told_on:
        raise Refused("reward_claim_until", field="claim_until")


def check_lapsed(until: date | None, today: date) -> None:
    """Refuse to let a reward lapse that may still be claimed."""
    if until is None or today <= until:
        raise Refused("reward_still_open")
