"""What may be typed into the pages of rewards?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.rewards import labels
from app.web.wtf import (
    BlockField,
    BooleanField,
    HiddenField,
    HouseDateField,
    HouseForm,
    LineField,
    MoneyField,
    RadioField,
    SelectField,
    chosen,
    options,
    required,
)

DAY = _l("请填写日期。")


class ListFilter(Form):
    """How the list is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=60)
    state = SelectField(_l("状态"), default="")
    bureau = SelectField(_l("单位"), default="")


class ProposeForm(HouseForm):
    """Which grade, on what, and how much where it is not what the grade gives."""

    tip = HiddenField()
    grade = RadioField(_l("等级"), [chosen()], choices=options(labels.GRADES))
    basis = BlockField(
        _l("查实的举报事实和定级理由"), [required(_l("请写明理由。"))], most=2000
    )  # fmt: skip
    is_natural_person = BooleanField(_l("已核实：举报人是自然人，属于重大违法行为的实名举报"))
    amount = MoneyField(_l("奖励金额（元）"))
    share_reason = BlockField(_l("分配理由"), most=1000)


class ReviewForm(HouseForm):
    """What the reviewer says."""

    opinion = BlockField(_l("审核意见"), [required(_l("请写明意见。"))], most=500)


class ConsultForm(HouseForm):
    """When and by which letter the finance department was heard."""

    on = HouseDateField(_l("财政部门回复日期"), [required(DAY)])
    letter = LineField(_l("文号"), [required(_l("请填写文号。"))], most=60)


class ActForm(HouseForm):
    """An act of one button."""


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class TellForm(HouseForm):
    """When and how the reporter was told, where and until when it is claimed."""

    on = HouseDateField(_l("告知日期"), [required(DAY)])
    way = SelectField(_l("方式"), [chosen()], choices=options(labels.WAYS))
    contact = LineField(
        _l("领取地点和联系电话"), [required(_l("请写明到哪里领取、打什么电话。"))], most=120
    )
    claim_until = HouseDateField(_l("领取的最后日期"), [required(DAY)])


class ClaimForm(HouseForm):
    """By what whoever claims is known."""

    code = LineField(_l("查询码"), most=40)


class PayForm(HouseForm):
    """When it was paid."""

    on = HouseDateField(_l("发放日期"), [required(DAY)])
    voucher = LineField(_l("付款凭证号"), [required(_l("请填写凭证号。"))], most=60)
