"""Which reports of the demonstration were rewarded?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from app.demo.agenda import Story
from app.demo.stage import Stage
from app.kernel import clock
from app.kernel.roles import Role
from app.mediations.rules import Way
from app.rewards import actions, queries
from app.rewards.actions import Notice, Proposal
from app.rewards.rules import Grade
from app.tips import actions as tips

BUREAU = "qs"
BASIS = "举报人提供了生产地点和批次，经查证属实并作出处罚（演示）。"
NOT_FIRST = "同一线索此前已由监督抽查掌握，不符合奖励条件（演示）。"
CONTACT = "青石县局二楼财务室（演示），0990-1234567"
#: The reporter has sixty days to claim it.
TO_CLAIM = timedelta(days=60)
#: Working days ago, the grade, and how far it goes.
ROADS = (
    (60, Grade.SECOND, "paid"),
    (40, Grade.THIRD, "refused"),
    (15, Grade.FIRST, "told"),
    (5, Grade.THIRD, "proposed"),
)


def stories(stage: Stage) -> Iterator[Story]:
    """Yield the road of each reward."""
    for age, grade, end in ROADS:
        yield _reward(stage, age, grade, end)


def _reward(stage: Stage, age: int, grade: Grade, end: str) -> Story:
    pace = stage.pace(f"reward/{end}")
    yield pace.begin(stage.workdays_ago(age))
    desk = stage.cast.who(BUREAU, Role.TRIAGE_OFFICER)
    found, _total = queries.possible(desk, page=1)
    if not found:
        return
    first = found[-1]
    told = Proposal(grade=grade, basis=BASIS, is_natural_person=True)
    reward = actions.propose(first.tip, first.case, told, by=desk)
    if end == "proposed":
        return
    yield pace.after(1, 1)
    reviewer = stage.cast.who(BUREAU, Role.REVIEWER)
    if end == "refused":
        actions.refuse(reward, reason=NOT_FIRST, by=reviewer)
        return
    actions.review(reward, opinion="等级和金额适当，同意。", by=reviewer)
    yield pace.after(1, 1)
    actions.approve(reward, by=stage.cast.who(BUREAU, Role.UNIT_LEADER))
    yield pace.after(1)
    today = clock.today()
    actions.tell(reward, Notice(today, Way.TELEPHONE, CONTACT, today + TO_CLAIM), by=desk)
    if end == "told":
        return
    yield pace.after(6, 4)
    tips.reveal_reporter(first.tip, purpose="reward", by=desk)
    actions.claim(reward, code="", by=desk)
    yield pace.after(2)
    actions.pay(reward, on=clock.today(), voucher="演示凭证 001", by=desk)
