"""What may be typed into the pages of notices?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.notices import labels
from app.web.wtf import (
    BlockField,
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


class NoticeForm(HouseForm):
    """What a notice says and to whom it goes."""

    kind = SelectField(_l("文种"), [chosen()], choices=options(labels.KINDS))
    title = LineField(_l("标题"), [required()], most=120)
    addressees = TickField(_l("主送单位"))
    body = BlockField(_l("正文"), [required(_l("请填写正文。"))], most=20_000)
    openness = RadioField(
        _l("公开属性"), [chosen()], choices=options(labels.OPENNESS), default="open"
    )
    basis = LineField(_l("不主动公开的依据"), most=200)
    acknowledge_by = HouseDateField(_l("签收期限"))


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class ActForm(HouseForm):
    """An act of one button."""
