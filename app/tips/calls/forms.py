"""What may be typed while somebody is on the line?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.kernel import clock, storage
from app.kernel.identifiers import BadIdentifier, phone, resident_id
from app.tips import intake, labels
from app.tips.calls.labels import CONSULTATION, ID_KINDS, KINDS, REPLIES
from app.tips.calls.rules import Line, Reply, check_alone, seconds
from app.tips.rules import Channel, IdKind, Standing, TipKind, Wish
from app.web import words
from app.web.wtf import (
    BlockField,
    BooleanField,
    HiddenField,
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
#: Never part of a draft: they belong to one rendering, or are no text.
NOT_KEPT = frozenset({"csrf_token", "form_key", "version", "files", "draft", "began"})
#: Of one field in a draft, in characters; the form itself refuses earlier.
MOST_KEPT = 6000


class CallForm(HouseForm):
    """A whole call, in the order in which people talk."""

    draft = HiddenField()
    began = HiddenField()
    phone = LineField(_l("来电号码"), most=30)
    caller_name = LineField(_l("怎么称呼"), most=60)
    standing = RadioField(
        _l("身份"), [chosen()], choices=options(labels.STANDINGS), default="real_name"
    )
    principal = LineField(_l("代谁反映"), most=60)
    caller_address = LineField(_l("联系地址"), most=200)
    id_kind = SelectField(_l("证件"), choices=options(ID_KINDS, empty="—"), default="")
    id_number = LineField(_l("证件号码"), most=30)
    language = LineField(_l("语种、沟通需要"), most=40)
    channel = SelectField(
        _l("渠道"), choices=options(labels.CHANNELS), default=Channel.TELEPHONE.value
    )
    recording = LineField(_l("录音编号"), most=60)
    facts = BlockField(_l("来电人原话"), [required(_l("请记下来电人说的事。"))], most=5000)
    kinds = TickField(_l("是"), choices=options(KINDS))
    is_dangerous = BooleanField(_l("有人身危险"))
    is_for_trade = BooleanField(_l("买来经营用"))
    topic = SelectField(_l("咨询事项"), default="")
    answer = BlockField(_l("答复"), most=3000)
    subject_name = LineField(_l("被反映单位"), most=120)
    seller = LineField(_l("销售者"), most=120)
    division = SelectField(_l("属地"), default="")
    subject_address = LineField(_l("经营地址或网店"), most=200)
    subject_contact = LineField(_l("对方联系人"), most=60)
    subject_phone = LineField(_l("对方电话"), most=30)
    product = SelectField(_l("产品类别"), default="")
    brand_model = LineField(_l("品牌、型号"), most=80)
    batch = LineField(_l("批次、证书号"), most=80)
    bought_on = HouseDateField(_l("购买日期"))
    amount = MoneyField(_l("金额"))
    files = PhotoField(_l("照片、录音、凭证"), allowed=EVIDENCE, shrinks=True)
    wishes = TickField(_l("请求"), choices=options(labels.WISHES))
    reply = RadioField(_l("答复方式"), choices=options(REPLIES), default=Reply.TEXT.value)
    may_publish = BooleanField(_l("同意公示投诉信息"))
    may_entrust = BooleanField(_l("同意委托调解"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin a call: it has a draft's key and an hour before the first word is typed."""
        super().__init__(*args, **kwargs)
        self.draft.data = self.draft.data or uuid.uuid4().hex
        self.began.data = self.began.data or clock.now().isoformat(timespec="seconds")

    def validate_phone(self, field: LineField) -> None:
        """Refuse a number that no telephone has; foreign ones begin with + or 00."""
        field.data = _dialled(field.text)

    def validate_subject_phone(self, field: LineField) -> None:
        """Refuse a number that no telephone has."""
        field.data = _dialled(field.text)

    def validate_id_number(self, field: LineField) -> None:
        """Check what can be checked: the number of a resident has a check digit."""
        if self.id_kind.data == IdKind.RESIDENT and field.text:
            try:
                resident_id(field.text, today=clock.today())
            except BadIdentifier as fault:
                raise ValidationError(words.refusal("bad_resident_id", {})) from fault

    def check_kind(self) -> None:
        """Refuse a consultation that is also a tip, or has no topic."""
        check_alone(set(self.kinds.data or ()), CONSULTATION)

    @property
    def is_consultation(self) -> bool:
        """Whether the caller only asks."""
        return CONSULTATION in (self.kinds.data or ())

    @property
    def began_at(self) -> datetime:
        """When the page was opened; now, when the hidden field was tampered with."""
        try:
            began = datetime.fromisoformat(self.began.data or "")
        except ValueError:
            return clock.now()
        return began if began.tzinfo and began <= clock.now() else clock.now()

    @property
    def lasted(self) -> int:
        """For how many seconds the call has lasted, by the server's clock."""
        return seconds(self.began_at, clock.now())

    def account(self) -> intake.Account:
        """Return what was told; what cannot be read yet counts as not told."""
        return intake.Account(
            kinds=frozenset(kind for kind in TipKind if kind in (self.kinds.data or ())),
            facts=self.facts.text,
            subject_name=self.subject_name.text,
            subject_address=self.subject_address.text,
            subject_contact=self.subject_contact.text,
            subject_phone=self.subject_phone.text,
            division_code=self.division.data or "",
            seller=self.seller.text,
            product_code=self.product.data or "",
            brand_model=self.brand_model.text,
            batch=self.batch.text,
            bought_on=self.bought_on.data,
            amount=self.amount.amount,
            wishes=frozenset(wish for wish in Wish if wish in (self.wishes.data or ())),
            is_dangerous=self.is_dangerous.data,
            is_for_trade=self.is_for_trade.data,
            may_publish=self.may_publish.data,
            may_entrust=self.may_entrust.data,
        )

    def caller(self) -> intake.Caller:
        """Return who is calling."""
        return intake.Caller(
            standing=Standing(self.standing.data),
            name=self.caller_name.text,
            phone=self.phone.text,
            address=self.caller_address.text,
            id_kind=IdKind(self.id_kind.data) if self.id_kind.data else None,
            id_number=self.id_number.text,
            principal=self.principal.text,
        )

    def line(self) -> Line:
        """Return what the telephone tells."""
        return Line(
            self.began_at,
            Channel(self.channel.data),
            self.draft.data or "",
            self.recording.text,
            self.language.text,
            Reply(self.reply.data),
        )

    def dialled(self) -> str:
        """Return the caller's number in house form, empty while it is none yet."""
        try:
            return _dialled(self.phone.text)
        except ValidationError:
            return ""


class DiscardForm(HouseForm):
    """Throwing a draft away."""


def _dialled(typed: str) -> str:
    if not typed:
        return ""
    try:
        return phone(typed).number
    except BadIdentifier as fault:
        raise ValidationError(words.refusal("bad_phone", {})) from fault


def worth_keeping(sent: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the fields of a call that make its draft, each within bounds."""
    known = {name for name, value in vars(CallForm).items() if hasattr(value, "field_class")}
    return {
        name: [value[:MOST_KEPT] for value in values]
        for name, values in sent.items()
        if name in known - NOT_KEPT and any(values)
    }
