"""What may be typed into the pages of tips?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.kernel import storage
from app.tips import labels
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    LineField,
    SelectField,
    chosen,
    options,
    required,
)

EVIDENCE = storage.DOCUMENTS


class QueueFilter(Form):
    """How the queue is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=60)
    kind = SelectField(_l("类别"), default="")
    channel = SelectField(_l("渠道"), default="")
    product = SelectField(_l("产品"), default="")
    unit = SelectField(_l("承办"), default="")


class RouteForm(HouseForm):
    """To which bureau a tip goes."""

    to = SelectField(_l("承办单位"), [chosen()])
    feedback_on = HouseDateField(_l("反馈日期"))


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class DeclineForm(ReasonForm):
    """Which of the seven grounds, and what the complainant will read."""

    ground = SelectField(_l("法定情形"), [chosen()])
    shown_by = LineField(_l("依据"), most=200)
    known_on = HouseDateField(_l("知道受侵害的日期"))


class RevealForm(HouseForm):
    """For what the reporter's identity is looked at."""

    purpose = SelectField(_l("查看用途"), [chosen()], choices=options(labels.PURPOSES))


class ActForm(HouseForm):
    """An act of one button."""
