"""What may be typed where a notice or a template is written?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.notices import labels
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


class NoticeForm(HouseForm):
    """What a notice says and to whom it goes."""

    kind = SelectField(_l("文种"), [chosen()], choices=options(labels.KINDS))
    title = LineField(_l("标题"), [required()], most=120)
    copies_to = LineField(_l("抄送"), most=300)
    replaces = SelectField(_l("替代的文件"), default="")
    addressees = TickField(_l("主送单位"))
    body = BlockField(_l("正文"), [required(_l("请填写正文。"))], most=20_000)
    openness = RadioField(
        _l("公开属性"), [chosen()], choices=options(labels.OPENNESS), default="open"
    )
    basis = LineField(_l("不主动公开的依据"), most=200)
    acknowledge_by = HouseDateField(_l("签收期限"))


class PeriodForm(HouseForm):
    """Which days a template's figures are counted over; it stands in the address."""

    since = HouseDateField(_l("统计起日"), [required()])
    until = HouseDateField(_l("统计止日"), [required()])


class TemplateForm(HouseForm):
    """A text to begin from."""

    name = LineField(_l("模板名称"), [required()], most=60)
    kind = SelectField(_l("文种"), [chosen()], choices=options(labels.KINDS))
    title = LineField(_l("标题"), [required()], most=120)
    body = BlockField(_l("正文"), [required(_l("请填写正文。"))], most=20_000)
    is_active = BooleanField(_l("可供拟稿选用"), default=True)
