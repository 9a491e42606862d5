"""What may be typed into the pages of inspection tasks?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.inspections import labels
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    LineField,
    PhotoField,
    RadioField,
    SelectField,
    chosen,
    options,
    required,
)


class TaskFilter(Form):
    """How the list is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=60)
    kind = SelectField(_l("类别"), default="")
    product = SelectField(_l("产品"), default="")


class AssignForm(HouseForm):
    """Who goes where, for what, by when."""

    title = LineField(_l("任务"), [required()], most=80)
    kind = SelectField(_l("类别"), [chosen()], choices=options(labels.KINDS))
    place_name = LineField(_l("检查对象"), [required(_l("请填写检查对象。"))], most=120)
    address = LineField(_l("地址"), most=200)
    product = SelectField(_l("产品"), default="")
    what_to_check = BlockField(_l("检查要点"), most=2000)
    officer = SelectField(_l("检查员"), [chosen()])
    companion = SelectField(_l("同行执法人员"), [chosen()])
    due_on = HouseDateField(_l("完成期限"), [required(_l("请填写完成期限。"))])


class FindingsForm(HouseForm):
    """What was seen on the spot."""

    has_problem = RadioField(_l("检查结论"), choices=options(labels.VERDICTS))
    violation = SelectField(_l("涉嫌违法行为"), default="")
    findings = BlockField(_l("检查情况"), most=5000)
    photos = PhotoField(_l("现场照片"), shrinks=True)

    def verdict(self) -> bool | None:
        """Return the verdict, or None while none was chosen."""
        return {"yes": True, "no": False}.get(self.has_problem.data or "")


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class ActForm(HouseForm):
    """An act of one button."""
