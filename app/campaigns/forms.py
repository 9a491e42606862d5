"""What may be typed into the pages of campaigns?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.campaigns import labels
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    IntegerField,
    LineField,
    SelectField,
    TickField,
    chosen,
    optional,
    options,
    required,
)


class CampaignForm(HouseForm):
    """What the ordering document says."""

    title = LineField(_l("标题"), [required()], most=120)
    number = LineField(_l("发文字号"), most=60)
    issuer = LineField(_l("发文机关"), [required()], most=80)
    issued_on = HouseDateField(_l("成文日期"))
    starts_on = HouseDateField(_l("开始"), [required()])
    ends_on = HouseDateField(_l("结束"), [required()])
    period = LineField(_l("开展时间的原文"), most=60)
    summary = BlockField(_l("主要内容"), most=5000)
    areas = LineField(_l("重点区域"), most=200)
    products = TickField(_l("重点产品"))


class SpecialForm(HouseForm):
    """One row of the task table."""

    name = LineField(_l("专项名称"), [required()], most=60)
    content = BlockField(_l("主要内容"), [required()], most=3000)
    demands = BlockField(_l("工作要求"), most=3000)
    period = LineField(_l("开展时间"), most=60)


class DutyForm(HouseForm):
    """Something to be reported."""

    deliverable = LineField(_l("报送材料"), [required()], most=120)
    kind = SelectField(_l("频次"), [chosen()], choices=options(labels.DUTIES))
    due_on = HouseDateField(_l("报送日期"))
    day = IntegerField(_l("每月几日"), [optional()])
    special = SelectField(_l("所属专项"), default="")


class AssignForm(HouseForm):
    """Two officers sent under the campaign."""

    title = LineField(_l("任务"), [required()], most=80)
    place_name = LineField(_l("检查对象"), [required()], most=120)
    address = LineField(_l("地址"), most=200)
    product = SelectField(_l("产品"), default="")
    officer = SelectField(_l("检查员"), [chosen()])
    companion = SelectField(_l("同行执法人员"), [chosen()])
    due_on = HouseDateField(_l("完成期限"), [required()])


class ActForm(HouseForm):
    """An act of one button."""
