"""What does the sheet say by which a reward is paid, without saying to whom?

The cashier sees number and amount; the reporter is known by the report's number and the query code
alone, and signs nothing here.
"""

from __future__ import annotations

from app.kernel.text import capitals, plain_money
from app.rewards.models import Reward
from app.rewards.rules import PERCENT, Grade
from app.typesetting import Cell, Document, NoticeFacts, Table, plain, typeset
from app.typesetting.compose import official_date

TITLE = "举报奖励发放单"
GRADES = {Grade.FIRST: "一级", Grade.SECOND: "二级", Grade.THIRD: "三级"}


#: Room for a hand that signs.
BLANK = "\u3000\n\u3000"


def sheet(reward: Reward) -> Document:
    """Set the sheet of an approved reward; raises ``TypesettingError``."""
    facts = NoticeFacts(
        title=TITLE,
        body=(Table(head=(), rows=_rows(reward)),),
        signed_by=reward.bureau.name,
        signed_on=reward.approved_on,
    )
    return typeset("notice", plain(facts), title=TITLE, author=reward.bureau.name)


def _pair(label: str, value: str) -> tuple[Cell, ...]:
    return Cell(label), Cell(value or "—", columns=3)


def _four(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text or "—") for text in texts)


def _rows(reward: Reward) -> tuple[tuple[Cell, ...], ...]:
    decision = reward.case.decision
    finance = (
        f"{official_date(reward.finance_on)}，{reward.finance_letter}" if reward.finance_on else ""
    )
    approved = official_date(reward.approved_on) if reward.approved_on else ""
    until = official_date(reward.claim_until) if reward.claim_until else ""
    return (
        _four("编号", reward.reference, "举报编号", reward.tip_reference),
        _four("案件编号", reward.case.label, "决定书文号", decision.number if decision else ""),
        _four(
            "奖励等级",
            f"{GRADES[reward.grade]}（{PERCENT[reward.grade]}%）",
            "罚没款",
            plain_money(reward.base),
        ),
        _pair("奖励金额", f"{plain_money(reward.amount)}（{capitals(reward.amount)}）"),
        _pair("商财政部门", finance),
        _four("批准日期", approved, "领取的最后日期", until),
        _pair("领取凭据", "举报编号和查询码，或者经办人核对身份；本单不写领取人姓名"),
        _four("经办人签字", BLANK, "复核人签字", BLANK),
        _four("发放日期", BLANK, "付款凭证号", reward.voucher or BLANK),
    )
