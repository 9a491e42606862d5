"""What do people do with a reward, from the proposal to the payment?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.cases.models import Case
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.steps import allowed, reasoned
from app.kernel.workflow import Transition
from app.mediations.rules import Way
from app.rewards import access as _policy  # noqa: F401 - declares the permissions
from app.rewards import queries, rules
from app.rewards.models import Reward
from app.rewards.rules import WORKFLOW, Check, Grade, RewardAction, RewardState
from app.tips import tracking
from app.tips.models import Tip

KIND = "reward"
PROPOSED = audit.declare("reward.proposed", "tip", "case", "grade", "amount")
REVIEWED = audit.declare("reward.reviewed")
CONSULTED = audit.declare("reward.consulted", "on", "letter")
APPROVED = audit.declare("reward.approved", "amount")
REFUSED = audit.declare("reward.refused", "reason")
TOLD = audit.declare("reward.told", "on", "way")
CLAIMED = audit.declare("reward.claimed", "on", "check")
PAID = audit.declare("reward.paid", "on", "amount")
GIVEN_UP = audit.declare("reward.given_up", "reason")
LAPSED = audit.declare("reward.lapsed", "reason")


def available(reward: Reward, who: Identity) -> list[Transition]:
    """Return the acts this person may do now; what the record still lacks is not offered."""
    barred = _not_yet(reward)
    return [step for step in allowed(WORKFLOW, reward, who) if step.action not in barred]


def _not_yet(reward: Reward) -> set[RewardAction]:
    is_unheard = rules.needs_finance(reward.amount) and reward.finance_on is None
    barred = {RewardAction.APPROVE if is_unheard else RewardAction.CONSULT}
    if reward.claim_until is not None and clock.today() <= reward.claim_until:
        barred.add(RewardAction.LAPSE)
    return barred


def _step(reward: Reward, action: RewardAction, *, by: Identity, reason: str = "") -> None:
    taken = reasoned(WORKFLOW, reward, action, by, reason)
    if taken.target != reward.state:
        reward.moved_at = clock.now()
    reward.state = RewardState(taken.target)
    if reward.state in WORKFLOW.final:
        reward.ended_on, reward.reason = clock.today(), reason


def _trace(event: str, reward: Reward, by: Identity, **facts: audit.Fact) -> None:
    audit.record(event, KIND, reward.reference, by=by, **facts)


@dataclass(frozen=True)
class Proposal:
    """What a reward is proposed for; without an amount it is what the grade gives."""

    grade: Grade
    basis: str
    #: Whoever proposes has made sure of it: a firm that reports earns nothing.
    is_natural_person: bool
    amount: Decimal | None = None
    share_reason: str = ""


def propose(tip: Tip, case: Case, told: Proposal, *, by: Identity) -> Reward:
    """Propose a reward for a report whose case is closed with the breach proved."""
    require(by, "reward:propose", case)
    rules.check_ground(queries.ground_of(tip, case))
    if not told.is_natural_person:
        raise Refused("reward_natural_person", field="is_natural_person")
    base, others = queries.base_of(case), queries.promised(case)
    figure = rules.figure(told.grade, base)
    amount = figure if told.amount is None else told.amount
    rules.check_amount(
        amount, figure=figure, promised=others, is_shared=others > 0, reason=told.share_reason
    )
    at, year = clock.now(), clock.today().year
    made = Reward(
        reference=f"R{year}-{next_number(KIND, str(year)):04d}",
        state=RewardState.PROPOSED,
        case=case,
        tip_reference=tip.reference,
        bureau=case.bureau,
        unit_path=case.unit_path,
        grade=told.grade,
        base=base,
        figure=figure,
        amount=amount,
        basis=told.basis,
        share_reason=told.share_reason,
        proposed_by_id=by.person_id,
        proposed_at=at,
        moved_at=at,
    )
    db.session.add(made)
    _trace(
        PROPOSED, made, by, tip=tip.reference, case=case.reference, grade=told.grade.value,
        amount=f"{amount:.2f}",
    )  # fmt: skip
    return made


def review(reward: Reward, *, opinion: str, by: Identity) -> None:
    """Agree, as somebody who did not propose it, to grade and amount."""
    _step(reward, RewardAction.REVIEW, by=by)
    reward.reviewed_by_id, reward.reviewed_on = by.person_id, clock.today()
    reward.opinion = opinion
    _trace(REVIEWED, reward, by)


def consult(reward: Reward, *, on: date, letter: str, by: Identity) -> None:
    """Note when and by which letter the finance department was heard on a great reward."""
    _step(reward, RewardAction.CONSULT, by=by)
    if not rules.needs_finance(reward.amount):
        raise Refused("reward_no_finance")
    proposed_on = clock.legal_day(reward.proposed_at)
    rules.check_between(on, since=proposed_on, today=clock.today(), field="on")
    reward.finance_on, reward.finance_letter = on, letter
    _trace(CONSULTED, reward, by, on=on.isoformat(), letter=letter)


def approve(reward: Reward, *, by: Identity) -> None:
    """Approve a reward as the leader: everything the measures ask for is looked at once more."""
    _step(reward, RewardAction.APPROVE, by=by)
    if not rules.is_proved(reward.case.state, reward.case.drop_ground):
        raise Refused("reward_not_proved")
    rules.check_finance(reward.amount, reward.finance_on)
    others = queries.promised(reward.case, but=reward)
    rules.check_amount(
        reward.amount, figure=reward.figure, promised=others, is_shared=False,
        reason=reward.share_reason,
    )  # fmt: skip
    reward.approved_by_id, reward.approved_on = by.person_id, clock.today()
    _trace(APPROVED, reward, by, amount=f"{reward.amount:.2f}")


def refuse(reward: Reward, *, reason: str, by: Identity) -> None:
    """Say, at the review or instead of the approval, that there is no reward, and why."""
    _step(reward, RewardAction.REFUSE, by=by, reason=reason)
    _trace(REFUSED, reward, by, reason=reason)


@dataclass(frozen=True)
class Notice:
    """When and how the reporter was told, where it can be claimed and until when."""

    on: date
    way: Way
    contact: str
    claim_until: date


def tell(reward: Reward, notice: Notice, *, by: Identity) -> None:
    """Note that the reporter was told; from now on the page of progress says how to claim it."""
    _step(reward, RewardAction.TELL, by=by)
    rules.check_between(notice.on, since=reward.approved_on, today=clock.today(), field="on")
    rules.check_claim_until(notice.claim_until, notice.on)
    reward.told_on, reward.told_way = notice.on, notice.way
    reward.contact, reward.claim_until = notice.contact, notice.claim_until
    _trace(TOLD, reward, by, on=notice.on.isoformat(), way=notice.way.value)


def claim(reward: Reward, *, code: str, by: Identity) -> None:
    """Note that the reporter claims it, known by the query code or by a look at the identity.

    The code is compared and dropped; the look is the usual one, with its purpose in the trail.
    """
    _step(reward, RewardAction.CLAIM, by=by)
    if code:
        if not tracking.progress(reward.tip_reference, code):
            raise Refused("reward_code_wrong", field="code")
        check = Check.CODE
    else:
        if not queries.was_identity_seen(reward):
            raise Refused("reward_unchecked", field="code")
        check = Check.IDENTITY
    reward.claimed_on, reward.checked_by = clock.today(), check
    _trace(CLAIMED, reward, by, on=clock.today().isoformat(), check=check.value)


def pay(reward: Reward, *, on: date, voucher: str, by: Identity) -> None:
    """Note when it was paid, and the number of the cashier's voucher."""
    _step(reward, RewardAction.PAY, by=by)
    rules.check_between(on, since=reward.claimed_on, today=clock.today(), field="on")
    reward.paid_on, reward.voucher = on, voucher
    _trace(PAID, reward, by, on=on.isoformat(), amount=f"{reward.amount:.2f}")


def give_up(reward: Reward, *, reason: str, by: Identity) -> None:
    """Note that the reporter does not want it."""
    _step(reward, RewardAction.GIVE_UP, by=by, reason=reason)
    _trace(GIVEN_UP, reward, by, reason=reason)


def lapse(reward: Reward, *, reason: str, by: Identity) -> None:
    """Let a reward lapse that nobody claimed by the day the reporter was told."""
    until = reward.claim_until
    _step(reward, RewardAction.LAPSE, by=by, reason=reason)
    rules.check_lapsed(until, clock.today())
    _trace(LAPSED, reward, by, reason=reason)
