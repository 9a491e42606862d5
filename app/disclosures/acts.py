"""Which acts does the record page of a disclosure offer, and what does each of them do?"""

from __future__ import annotations

from app.disclosures import actions, drafting, life, queries
from app.disclosures.models import Disclosure
from app.disclosures.rules import Ground, WithdrawalGround
from app.kernel.acts import Act

#: In the order in which the page shows them; approving and retrying also send a job.
ACTS: tuple[Act[Disclosure], ...] = (
    Act("submit", "disclosure:draft", lambda d, _typed, by: actions.submit(d, by=by), "primary"),
    Act(
        "hide_certain",
        "disclosure:draft",
        lambda d, _typed, by: drafting.hide_certain(d, by=by),
    ),
    Act(
        "return",
        "disclosure:approve",
        lambda d, typed, by: actions.return_(d, reason=typed.reason.data, by=by),
    ),
    Act(
        "revoke",
        "disclosure:approve",
        lambda d, typed, by: actions.revoke(d, reason=typed.reason.data, by=by),
        "refuse",
    ),
    Act(
        "decline",
        "disclosure:decline",
        lambda d, typed, by: actions.decline(
            queries.case_of(d),
            ground=Ground(typed.ground.data),
            reason=typed.reason.data,
            by=by,
            disclosure=d,
        ),
        "refuse",
    ),
    Act(
        "withdraw",
        "disclosure:withdraw",
        lambda d, typed, by: actions.withdraw(
            d,
            ground=WithdrawalGround(typed.ground.data),
            reason=typed.reason.data,
            by=by,
            overturned_on=typed.overturned_on.data,
        ),
        "refuse",
    ),
    Act(
        "correct",
        "disclosure:draft",
        lambda d, typed, by: life.correct(d, reason=typed.reason.data, by=by),
    ),
    Act(
        "overturn",
        "disclosure:overturn",
        lambda d, typed, by: life.overturn(
            d, ground=WithdrawalGround(typed.ground.data), on=typed.overturned_on.day, by=by
        ),
    ),
    Act(
        "drop",
        "disclosure:draft",
        lambda d, typed, by: life.drop(d, reason=typed.reason.data, by=by),
        "refuse",
    ),
)
