"""What can be looked up about rewards, and which reports could still earn one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from app.cases.models import Case
from app.cases.rules import CaseState
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows, may
from app.kernel.waiting import Waiting
from app.rewards import rules
from app.rewards.models import Reward
from app.rewards.rules import Ground, RewardState
from app.tips import queries as tips
from app.tips.models import Reporter, Tip
from app.tips.rules import Standing, TipKind
from app.units import queries as units

PER_PAGE = 30
VIEWS = ("open", "paid", "stopped", "all", "possible")
#: The looks at a reporter that count as a check of who claims.
LOOKS = frozenset({"reward", "identity_check"})


def visible_to(who: Identity) -> Select[Reward]:
    """Return the rewards in the viewer's scope: own bureau and everything below it."""
    return select(Reward).where(units.within(Reward.unit_path, who))


def by_reference(reference: str, who: Identity) -> Reward:
    """Return a reward in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Reward.reference == reference))
    if found is None:
        raise NotFound
    return found


def case_of(tip: Tip) -> Case | None:
    """Return the case a report led to, its own or that of the report it was joined to."""
    numbers = [one for one in (tip.reference, tip.merged_into) if one]
    query = select(Case).where(Case.tip_reference.in_(numbers)).order_by(Case.id.desc())
    return db.session.scalars(query.limit(1)).one_or_none()


def base_of(case: Case) -> Decimal:
    """Return what a case fined and confiscated in money, in 元; goods are not money."""
    decision = case.decision
    return decision.fine + decision.confiscated_income if decision else Decimal(0)


def ground_of(tip: Tip, case: Case) -> Ground:
    """Return what a reward for a report would rest on."""
    reporter = tips.reporter_of(tip)
    taken = [r for r in of_case(case) if r.tip_reference == tip.reference]
    return Ground(
        kind=tip.kind,
        standing=reporter.standing,
        has_name=reporter.name_sealed is not None,
        case=case.state,
        drop_ground=case.drop_ground,
        is_taken=any(r.state in rules.COUNTED for r in taken),
    )


def of_case(case: Case) -> Sequence[Reward]:
    """Return the rewards of a case, the first one first."""
    query = select(Reward).where(Reward.case_id == case.id)
    return db.session.scalars(query.order_by(Reward.id)).all()


def of_tip(reference: str, who: Identity) -> Sequence[Reward]:
    """Return the rewards for a report in the viewer's scope."""
    query = visible_to(who).where(Reward.tip_reference == reference)
    return db.session.scalars(query.order_by(Reward.id)).all()


def promised(case: Case, *, but: Reward | None = None) -> Decimal:
    """Return what the reporters of a case are to get in all, one reward left out, in 元."""
    found = [r for r in of_case(case) if r.state in rules.COUNTED and r is not but]
    return sum((r.amount for r in found), Decimal(0))


def was_identity_seen(reward: Reward) -> bool:
    """Tell whether the reporter's identity was looked at, for this, since the reporter was told."""
    return any(
        entry.event == "tip.reporter_shown"
        and entry.facts.get("purpose") in LOOKS
        and reward.told_on is not None
        and clock.legal_day(entry.at) >= reward.told_on
        for entry in audit.trail("tip", reward.tip_reference)
    )


# --- the list ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filter:
    """How the list is narrowed; the address carries all of it."""

    view: str = "open"
    text: str = ""
    state: str = ""
    bureau: str = ""


def _narrowed(who: Identity, asked: Filter) -> Select[Reward]:
    query = visible_to(who)
    states = {
        "open": rules.OPEN,
        "paid": {RewardState.PAID},
        "stopped": rules.WORKFLOW.final - {RewardState.PAID},
    }.get(asked.view)
    if states is not None:
        query = query.where(Reward.state.in_(states))
    if asked.state:
        query = query.where(Reward.state == asked.state)
    if asked.bureau:
        query = query.where(Reward.unit_path == units.by_code(asked.bureau).path)
    if asked.text:
        query = query.join(Case, Case.id == Reward.case_id).where(
            or_(
                Reward.reference == asked.text,
                Reward.tip_reference == asked.text,
                Case.reference == asked.text,
                Case.title.contains(asked.text[:60], autoescape=True),
            )
        )
    return query


def listed(who: Identity, asked: Filter, *, page: int) -> tuple[Sequence[Reward], int]:
    """Return a page of the list, newest first, and how many there are."""
    query = _narrowed(who, asked)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Reward.id.desc()).options(
        selectinload(Reward.case), selectinload(Reward.bureau)
    )
    return db.session.scalars(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), total


def exported(who: Identity, asked: Filter) -> Sequence[Reward]:
    """Return the whole list, narrowed as the page is."""
    query = _narrowed(who, asked).options(selectinload(Reward.case), selectinload(Reward.bureau))
    return db.session.scalars(query.order_by(Reward.id)).all()


@dataclass(frozen=True)
class Sum:
    """How many rewards are in a state, and what they come to, in 元."""

    state: RewardState
    count: int
    amount: Decimal


def sums(who: Identity) -> list[Sum]:
    """Return the sums by state in the order of the road, only where there are any."""
    query = (
        select(Reward.state, func.count(), func.sum(Reward.amount))
        .where(units.within(Reward.unit_path, who))
        .group_by(Reward.state)
    )
    found = {state: Sum(state, count, amount) for state, count, amount in db.session.execute(query)}
    return [found[state] for state in RewardState if state in found]


@dataclass(frozen=True)
class Possible:
    """A real-name report whose case is closed with the breach proved, and no reward yet."""

    tip: Tip
    case: Case


def _possible() -> Select[Tip, Case]:
    led = or_(Case.tip_reference == Tip.reference, Case.tip_reference == Tip.merged_into)
    closed = or_(
        Case.state == CaseState.CLOSED,
        and_(Case.state == CaseState.DROPPED, Case.drop_ground.in_(rules.PROVED_ENDS)),
    )
    rewarded = exists().where(Reward.case_id == Case.id, Reward.tip_reference == Tip.reference)
    return (
        select(Tip, Case)
        .join(Case, led)
        .join(Reporter, Reporter.id == Tip.reporter_id)
        .where(closed, Tip.kind == TipKind.REPORT, ~rewarded)
        .where(Reporter.standing == Standing.REAL_NAME, Reporter.name_sealed.is_not(None))
        .options(selectinload(Case.decision), selectinload(Case.bureau))
        .order_by(Case.ended_on.desc(), Tip.id)
    )


def possible(who: Identity, *, page: int) -> tuple[Sequence[Possible], int]:
    """Return reports that could earn a reward; whether the breach was grave, people judge."""
    query = _possible().where(units.within(Case.unit_path, who))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = db.session.execute(query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return [Possible(tip, case) for tip, case in rows], total


def possible_of_case(case: Case) -> Sequence[Tip]:
    """Return the reports of one case that could earn a reward."""
    rows = db.session.execute(_possible().where(Case.id == case.id)).all()
    return [tip for tip, _case in rows]


# --- what waits ----------------------------------------------------------------------------------

#: What each state asks, and by which permission.
ASKS = {
    RewardState.PROPOSED: ("reward.review", rules.REVIEW),
    RewardState.REVIEWED: ("reward.approve", rules.APPROVE),
    RewardState.APPROVED: ("reward.tell", rules.HANDLE),
    RewardState.CLAIMED: ("reward.pay", rules.HANDLE),
}
TO_CONSULT = ("reward.consult", rules.HANDLE)


def ask_of(reward: Reward) -> tuple[str, str] | None:
    """Return what a reward waits for now, and the permission of who does it."""
    is_unheard = rules.needs_finance(reward.amount) and reward.finance_on is None
    if reward.state is RewardState.REVIEWED and is_unheard:
        return TO_CONSULT
    return ASKS.get(reward.state)


def waiting(who: Identity, today: date) -> list[Waiting]:  # noqa: ARG001 - the desk asks all alike
    """Return the own bureau's rewards that wait for this person; no term of law runs on them."""
    if not (may(who, rules.REVIEW) or may(who, rules.HANDLE)):
        return []
    query = (
        select(Reward)
        .where(Reward.unit_path == who.bureau_path, Reward.state.in_(list(ASKS)))
        .options(selectinload(Reward.case))
    )
    lines = []
    for reward in db.session.scalars(query.order_by(Reward.id)):
        asked = ask_of(reward)
        if asked is not None and allows(who, asked[1], reward):
            lines.append(
                Waiting(
                    ask=asked[0],
                    kind="reward",
                    reference=reward.reference,
                    title=reward.case.title,
                    endpoint="rewards.show",
                    since=reward.moved_at,
                    due_on=None,
                    due=None,
                )
            )
    return lines
