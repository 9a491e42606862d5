"""Which acts does the page of a reward offer, and what does each of them do?"""

from __future__ import annotations

from typing import Any

from app.kernel.acts import Act
from app.kernel.identity import Identity
from app.mediations.rules import Way
from app.rewards import actions, rules
from app.rewards.models import Reward


def _tell(reward: Reward, typed: Any, by: Identity) -> None:
    notice = actions.Notice(
        typed.on.day, Way(typed.way.data), typed.contact.text, typed.claim_until.day
    )
    actions.tell(reward, notice, by=by)


#: In the order in which the page shows them.
ACTS: tuple[Act[Reward], ...] = (
    Act("review", rules.REVIEW, lambda r, typed, by: actions.review(
        r, opinion=typed.opinion.text, by=by)),
    Act("consult", rules.HANDLE, lambda r, typed, by: actions.consult(
        r, on=typed.on.day, letter=typed.letter.text, by=by)),
    Act("approve", rules.APPROVE, lambda r, _typed, by: actions.approve(r, by=by)),
    Act("tell", rules.HANDLE, _tell),
    Act("claim", rules.HANDLE, lambda r, typed, by: actions.claim(
        r, code=typed.code.text, by=by)),
    Act("pay", rules.HANDLE, lambda r, typed, by: actions.pay(
        r, on=typed.on.day, voucher=typed.voucher.text, by=by)),
    Act("give_up", rules.HANDLE, lambda r, typed, by: actions.give_up(
        r, reason=typed.reason.text, by=by)),
    Act("lapse", rules.HANDLE, lambda r, typed, by: actions.lapse(
        r, reason=typed.reason.text, by=by)),
    Act("refuse", rules.REFUSE, lambda r, typed, by: actions.refuse(
        r, reason=typed.reason.text, by=by), tone="refuse"),
)  # fmt: skip
