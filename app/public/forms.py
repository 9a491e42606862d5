"""What may a visitor type in?  No account, so no session, no cookie and no token to carry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import ValidationError

from app.kernel import storage
from app.kernel.errors import Refused
from app.kernel.identifiers import BadIdentifier, phone
from app.public import labels, rules
from app.tips.conversations import labels as conversation_labels
from app.tips.intake import Account, Caller
from app.tips.rules import Standing, TipKind, Wish
from app.units import queries as units
from app.web import words
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    LineField,
    MoneyField,
    PhotoField,
    RadioField,
    SelectField,
    TickField,
    chosen,
    optional,
    options,
    required,
)


class VisitorForm(HouseForm):
    """A form of somebody without a session: there is no authority to forge, so no token."""

    class Meta:
        """Without a session there is nothing to bind a token to."""

        csrf: ClassVar[bool] = False


#: What people wrote, in the order in which it was asked; photos are chosen again.
WRITTEN = (
    "kinds", "facts", "subject_name", "subject_address", "division", "brand_model", "bought_on",
    "amount", "wishes", "standing", "caller_name", "phone",
)  # fmt: skip


def in_words(field: Any) -> str:
    """Return a field's answer in words, as it was typed even where it cannot be read."""
    if getattr(field, "choices", None):
        given = {str(one) for one in field.data} if isinstance(field.data, list) else {field.data}
        told = [str(c.label) for c in field.iter_choices() if c.value and c.value in given]
        return "、".join(told)
    return " ".join(text for text in field.raw_data or () if isinstance(text, str)).strip()


class ReportForm(VisitorForm):
    """What happened, about whom, and who says so."""

    kinds = TickField(
        _l("您要做什么？"),
        [chosen(_l("请选择投诉、举报，或者都选。"))],
        choices=options(labels.KINDS),
    )
    facts = BlockField(_l("发生了什么？"), [required(_l("请写下发生了什么。"))], most=5000)
    brand_model = LineField(_l("什么产品、品牌、型号"), most=80)
    subject_name = LineField(_l("店名、厂名或网店名"), most=120)
    subject_address = LineField(_l("地址、网址或直播间"), most=200)
    division = SelectField(_l("在哪个县区"), default="")
    bought_on = HouseDateField(_l("购买日期"), [optional()])
    amount = MoneyField(_l("花了多少钱"))
    wishes = TickField(_l("您的请求"), choices=options(labels.WISHES))
    standing = RadioField(
        _l("您的身份"), [chosen(_l("请选择留名还是匿名。"))], choices=options(labels.STANDINGS)
    )
    caller_name = LineField(_l("姓名"), most=60)
    phone = LineField(_l("电话"), most=30)
    photos = PhotoField(_l("照片"), shrinks=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the counties and districts that some bureau answers for."""
        super().__init__(*args, **kwargs)
        self.division.choices = options(units.divisions_known(), empty="—")

    def written(self, names: Iterable[str] = WRITTEN) -> list[tuple[Any, str]]:
        """Return what was asked and what was written, to read over or to copy; nothing is lost."""
        found = [(self[name].label.text, in_words(self[name])) for name in names if name in self]
        return [(label, told) for label, told in found if told] or found

    def validate_phone(self, field: LineField) -> None:
        """Refuse a number that no telephone in China has."""
        if not field.data:
            return
        try:
            field.data = phone(field.data).number
        except BadIdentifier as fault:
            raise ValidationError(words.refusal("bad_phone", {})) from fault

    def validate_photos(self, field: PhotoField) -> None:
        """Refuse more photos than anybody would look at."""
        try:
            rules.check_photos(len(field.data or ()))
        except Refused as refused:
            raise ValidationError(words.refusal(refused.code, refused.facts)) from refused

    def kinds_told(self) -> frozenset[TipKind]:
        """Return what the visitor wants."""
        return frozenset(TipKind(value) for value in self.kinds.data or ())

    def wishes_told(self) -> frozenset[Wish]:
        """Return what a complainant asks for."""
        return frozenset(Wish(value) for value in self.wishes.data or ())

    def account(self) -> Account:
        """Return what was told, and about whom."""
        return Account(
            kinds=self.kinds_told(),
            facts=self.facts.data or "",
            subject_name=self.subject_name.data or "",
            subject_address=self.subject_address.data or "",
            division_code=self.division.data or "",
            brand_model=self.brand_model.data or "",
            bought_on=self.bought_on.data,
            amount=self.amount.amount,
            wishes=self.wishes_told(),
        )

    def caller(self) -> Caller:
        """Return who says so; of somebody anonymous nothing is taken, typed or not."""
        if self.standing.data == Standing.ANONYMOUS:
            return Caller(Standing.ANONYMOUS)
        name, number = self.caller_name.data or "", self.phone.data or ""
        return Caller(Standing.REAL_NAME, name, number)


class OpenForm(VisitorForm):
    """A question, which may be asked again: no key that makes it count once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the key and the version of forms that act."""
        super().__init__(*args, **kwargs)
        del self.form_key
        del self.version


class TrackForm(OpenForm):
    """Number and query code, as the receipt has them."""

    number = LineField(_l("受理号"), [required(_l("请填写受理号。"))], most=20)
    code = LineField(_l("查询码"), [required(_l("请填写查询码。"))], most=30)


class AddForm(VisitorForm):
    """What a reporter adds to what was told, or answers."""

    text = BlockField(_l("补充的情况或者回答"), most=5000)
    files = PhotoField(_l("照片、凭证、录音"), allowed=storage.DOCUMENTS, shrinks=True)

    def validate_files(self, field: PhotoField) -> None:
        """Refuse more files than anybody would look at."""
        try:
            rules.check_photos(len(field.data or ()))
        except Refused as refused:
            raise ValidationError(words.refusal(refused.code, refused.facts)) from refused

    def written(self) -> list[tuple[Any, str]]:
        """Return what was written, to copy it."""
        return [(self.text.label.text, self.text.text)]


class RateForm(VisitorForm):
    """How content a reporter is with the handling."""

    score = RadioField(
        _l("您对办理结果满意吗？"), [chosen()], choices=options(conversation_labels.SCORES)
    )
    text = BlockField(_l("想说的话"), most=500)


class FileForm(OpenForm):
    """A file to be compared with what was published."""

    file = FileField(_l("PDF 文件"))

    def has_file(self) -> bool:
        """Tell whether a file came, and say at the field when none did."""
        if self.file.data:
            return True
        self.file.errors = [str(_l("请选择要核验的文件。"))]
        return False
