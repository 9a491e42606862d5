"""What may be typed into the pages of a mediation?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.mediations import labels
from app.web.wtf import (
    BlockField,
    BooleanField,
    HouseDateField,
    HouseForm,
    LineField,
    RadioField,
    SelectField,
    TickField,
    chosen,
    options,
    required,
)

DAY = _l("请填写日期。")


class RegisterFilter(Form):
    """How the register is narrowed."""

    q = LineField(_l("查找"), most=60)


class ActForm(HouseForm):
    """An act of one button."""


class ConsentForm(HouseForm):
    """Which side answered what."""

    side = RadioField(_l("哪一方"), [chosen()], choices=options(labels.SIDES))
    answer = RadioField(_l("是否同意调解"), [chosen()], choices=options(labels.ANSWERS))


class MediatorForm(HouseForm):
    """Who mediates."""

    mediator = SelectField(_l("调解人员"), [chosen()])


class InviteForm(HouseForm):
    """When, where, and by which ways both sides are invited."""

    on = HouseDateField(_l("日期"), [required(DAY)])
    hour = LineField(_l("时间"), [required(_l("请填写时间。"))], most=5)
    place = LineField(_l("地点"), [required(_l("请填写地点。"))], most=100)
    complainant_way = SelectField(_l("怎样通知投诉人"), [chosen()], choices=options(labels.WAYS))
    trader_way = SelectField(_l("怎样通知被投诉人"), [chosen()], choices=options(labels.WAYS))


class MinutesForm(HouseForm):
    """Who came and what was said."""

    complainant_came = RadioField(_l("投诉人"), [chosen()], choices=options(labels.CAME))
    trader_came = RadioField(_l("被投诉人"), [chosen()], choices=options(labels.CAME))
    notes = BlockField(_l("调解记录"), [required(_l("请写明内容。"))], most=5000)


class EntrustForm(HouseForm):
    """To whom the mediation is entrusted."""

    to = LineField(_l("受托组织"), [required(_l("请写明委托给谁。"))], most=100)


class TestForm(HouseForm):
    """Who tests, and what."""

    tested_by = LineField(_l("鉴定检测机构"), [required(_l("请写明机构名称。"))], most=100)
    reason = BlockField(_l("鉴定检测什么"), [required(_l("请写明内容。"))], most=500)


class ResultForm(HouseForm):
    """What came out."""

    result = BlockField(_l("结果"), [required(_l("请写明内容。"))], most=2000)


class RecusalForm(HouseForm):
    """Who asks for another mediator, and why."""

    side = RadioField(_l("申请人"), [chosen()], choices=options(labels.SIDES))
    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class DecisionForm(HouseForm):
    """Whether somebody else mediates."""

    mediator = SelectField(_l("新的调解人员"), default="")
    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class JoinForm(HouseForm):
    """Which complaint comes to the table, and who speaks for all."""

    other = SelectField(_l("并入的投诉"), [chosen()])
    representatives = TickField(_l("代表人（按投诉编号）"))


class ClueForm(HouseForm):
    """What breach came to light."""

    facts = BlockField(_l("发现的违法线索"), [required(_l("请写明内容。"))], most=5000)


class AgreementForm(HouseForm):
    """What both sides agreed on."""

    terms = BlockField(_l("协议内容"), [required(_l("请写明协议内容。"))], most=5000)
    letter = RadioField(_l("调解书"), [chosen()], choices=options(labels.LETTERS))
    are_represented_agreeing = BooleanField(_l("被代表人同意（共同投诉）"))


class EndForm(HouseForm):
    """Which of the eight endings, and why."""

    ending = SelectField(_l("法定情形"), [chosen()])
    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=1000)


class NoticeForm(HouseForm):
    """When and how both sides were told."""

    complainant_on = HouseDateField(_l("告知投诉人"), [required(DAY)])
    complainant_way = SelectField(_l("方式"), [chosen()], choices=options(labels.WAYS))
    trader_on = HouseDateField(_l("告知被投诉人"), [required(DAY)])
    trader_way = SelectField(_l("方式"), [chosen()], choices=options(labels.WAYS))
