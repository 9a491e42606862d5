"""What may be typed into the pages of tips?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form, ValidationError

from app.kernel import storage
from app.kernel.identifiers import BadIdentifier, phone
from app.tips import labels
from app.tips.rules import Channel, TipKind, Wish
from app.web import words
from app.web.wtf import (
    BlockField,
    BooleanField,
    HouseDateField,
    HouseForm,
    LineField,
    MoneyField,
    PhotoField,
    RadioField,
    SelectField,
    TickField,
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


class CallForm(HouseForm):
    """A whole call, in the order in which people talk."""

    phone = LineField(_l("来电号码"), most=30)
    caller_name = LineField(_l("怎么称呼"), most=60)
    standing = RadioField(
        _l("身份"), [chosen()], choices=options(labels.STANDINGS), default="real_name"
    )
    channel = SelectField(
        _l("渠道"), choices=options(labels.CHANNELS), default=Channel.TELEPHONE.value
    )
    facts = BlockField(_l("来电人原话"), [required(_l("请记下来电人说的事。"))], most=5000)
    kinds = TickField(_l("是"), choices=options(labels.KINDS))
    is_dangerous = BooleanField(_l("有人身危险"))
    subject_name = LineField(_l("被反映单位"), most=120)
    seller = LineField(_l("销售者"), most=120)
    division = SelectField(_l("属地"), default="")
    subject_address = LineField(_l("经营地址或网店"), most=200)
    product = SelectField(_l("产品类别"), default="")
    brand_model = LineField(_l("品牌、型号"), most=80)
    batch = LineField(_l("批次、证书号"), most=80)
    bought_on = HouseDateField(_l("购买日期"))
    amount = MoneyField(_l("金额"))
    wishes = TickField(_l("请求"), choices=options(labels.WISHES))
    caller_address = LineField(_l("联系地址"), most=200)
    files = PhotoField(_l("照片、录音、凭证"), allowed=EVIDENCE)

    def validate_phone(self, field: LineField) -> None:
        """Refuse a number that no telephone in China has."""
        if not field.data:
            return
        try:
            field.data = phone(field.data).number
        except BadIdentifier as fault:
            raise ValidationError(words.refusal("bad_phone", {})) from fault

    def kinds_told(self) -> frozenset[TipKind]:
        """Return what the call is."""
        return frozenset(TipKind(value) for value in self.kinds.data or ())

    def wishes_told(self) -> frozenset[Wish]:
        """Return what the complainant asks for."""
        return frozenset(Wish(value) for value in self.wishes.data or ())


class RouteForm(HouseForm):
    """To which bureau a tip goes."""

    to = SelectField(_l("承办单位"), [chosen()])
    feedback_on = HouseDateField(_l("反馈日期"))


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class DeclineForm(ReasonForm):
    """Which of the seven grounds, and what the complainant will read."""

    ground = SelectField(_l("法定情形"), [chosen()], choices=options(labels.GROUNDS))
    shown_by = LineField(_l("依据"), most=200)
    known_on = HouseDateField(_l("知道受侵害的日期"))


class RevealForm(HouseForm):
    """For what the reporter's identity is looked at."""

    purpose = SelectField(_l("查看用途"), [chosen()], choices=options(labels.PURPOSES))


class ActForm(HouseForm):
    """An act of one button."""
