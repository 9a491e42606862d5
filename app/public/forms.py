"""What may a visitor type in?  No account, so no session, no cookie and no token to carry."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from app.kernel.identifiers import BadIdentifier, phone
from app.public import labels, rules
from app.tips.intake import Account, Caller
from app.tips.rules import Standing, TipKind, Wish
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
    standing = RadioField(_l("您的身份"), [chosen()], choices=options(labels.STANDINGS))
    caller_name = LineField(_l("姓名"), most=60)
    phone = LineField(_l("电话"), most=30)
    photos = PhotoField(_l("照片"))

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
        if len(field.data or ()) > rules.MOST_PHOTOS:
            raise ValidationError(_l("最多 %(most)s 张照片。") % {"most": rules.MOST_PHOTOS})

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


class FileForm(OpenForm):
    """A file to be compared with what was published."""

    file = FileField(_l("PDF 文件"))

    def has_file(self) -> bool:
        """Tell whether a file came, and say at the field when none did."""
        if self.file.data:
            return True
        self.file.errors = [str(_l("请选择要核验的文件。"))]
        return False


def typed(sent: MultiDict[str, str]) -> list[str]:
    """Return what somebody wrote, to copy it: without keys and without the query code."""
    own = {"form_key", "version", "code"}
    return [text for name, text in sent.items(multi=True) if text.strip() and name not in own]
