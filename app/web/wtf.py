"""What may be typed into a form of the house, and how is a mistake said at its field?"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Self, cast

from flask import g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from app.kernel import storage
from app.kernel.db import db
from app.kernel.errors import Refused, Stale
from app.web import uploads, words

__all__ = [
    "BlockField", "BooleanField", "HiddenField", "HouseDateField", "HouseForm", "IntegerField",
    "LineField", "MoneyField", "PhotoField", "RadioField", "SelectField", "SelectMultipleField",
    "TickField", "chosen", "optional", "options", "required",
]  # fmt: skip

LINE_LENGTH = 200
BLOCK_LENGTH = 20_000
MAX_MONEY = Decimal("1e12")


def options(words_by_value: Mapping[Any, Any], *, empty: Any = None) -> list[SelectChoice]:
    """Return a field's choices from words by value, with a first empty one when it is named."""
    first = [] if empty is None else [SelectChoice("", empty)]
    return [*first, *(SelectChoice(str(v), word) for v, word in words_by_value.items())]


class Required(DataRequired):
    """Something must be there; what could not be read keeps its own, better sentence."""

    def __call__(self, form: Any, field: Field) -> None:
        """Speak only where reading the field found no fault."""
        if not field.process_errors:
            super().__call__(form, field)


def in_words(name: str, value: str) -> str:
    """Tell what came under a name as its sender saw it: a choice in its words, never its code."""
    fields = (field for form in g.get("forms", ()) for field in form if field.name == name)
    field = next(fields, None)
    if isinstance(field, SelectField):
        told = {str(choice[0]): choice[1] for choice in field.iter_choices()}
        return f"{field.label.text}{_l('：')}{told[value]}" if value in told else value
    if isinstance(field, BooleanField):
        return str(field.label.text)
    return "" if isinstance(field, HiddenField) else value


def required(message: str | None = None) -> Required:
    """The field must be filled in."""
    return Required(message or _l("请填写这一项。"))


def chosen(message: str | None = None) -> InputRequired:
    """One answer must be chosen."""
    return InputRequired(message or _l("请选择一项。"))


def optional() -> Optional:
    """The field may stay empty."""
    return Optional()


def _fault_of_text(text: str, *, lines: bool) -> str | None:
    allowed = {"\n", "\t"} if lines else set()
    if "\ufffd" in text or any("\ud800" <= ch <= "\udfff" for ch in text):
        return str(_("这里有无法识别的字符，请重新输入。"))
    if any((ord(ch) < 0x20 and ch not in allowed) or ch == "\x7f" for ch in text):
        return str(_("这里有看不见的控制字符，请删去后重新输入。"))
    return None


def _showable(text: str) -> str:
    """Return what of a refused text a page can show again."""
    return "".join(ch for ch in text if ch in "\n\t" or (ord(ch) >= 0x20 and ch != "\x7f"))


class _TypedField(StringField):
    """Text within a length; refuses control characters and broken ones."""

    longest: int
    has_lines: bool

    def __init__(
        self, label: Any = None, validators: Any = None, *, most: int = 0, **kw: Any
    ) -> None:
        """Bound the length in characters."""
        message = _l("最多 %(max)d 个字，现在太长了。")
        bound = Length(max=most or self.longest, message=message)
        super().__init__(label, [*(validators or []), bound], **kw)

    @property
    def text(self) -> str:
        """What was typed, empty for nothing."""
        return self.data or ""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms asks so
        """Refuse characters that no keyboard meant."""
        fault = _fault_of_text(self.text, lines=self.has_lines)
        if fault:
            self.data = _showable(self.text)
            raise ValidationError(fault)


class LineField(_TypedField):
    """One line of text, trimmed."""

    longest, has_lines = LINE_LENGTH, False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Trim; keep what was typed for the page."""
        if valuelist:
            self.data = valuelist[0].strip()


class BlockField(_TypedField):
    """Several lines of text; line ends unified."""

    widget = TextArea()
    longest, has_lines = BLOCK_LENGTH, True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Unify line ends and trim."""
        if valuelist:
            self.data = valuelist[0].replace("\r\n", "\n").replace("\r", "\n").strip()


class HouseDateField(DateField):
    """A day; an impossible one is said at the field and kept as typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an ISO day; an empty field is no day."""
        if not any(typed.strip() for typed in valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as fault:
            raise ValueError(_("没有这一天，请按 2026-09-22 的样子填写。")) from fault

    @property
    def day(self) -> date:
        """The day of a required field that was found good."""
        return cast("date", self.data)


class TickField(SelectMultipleField):
    """Several answers of a few, each a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MoneyField(StringField):
    """An amount in 元 with at most two decimals, exact."""

    amount: Decimal | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed; ``amount`` is the exact value."""
        if valuelist:
            self.data = valuelist[0].strip()

    def process_data(self, value: Any) -> None:
        """Show a stored amount with two decimals."""
        self.data = "" if value is None else f"{value:.2f}"

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms asks so
        """Read the amount exactly; thin gaps and commas between thousands are allowed."""
        typed = (self.data or "").replace(",", "").replace(" ", "").replace("\u2009", "")
        if not typed:
            return
        try:
            value = Decimal(typed)
        except InvalidOperation as fault:
            raise ValidationError(_("请填写金额，如 1240.50。")) from fault
        if not value.is_finite() or value < 0 or value >= MAX_MONEY:
            raise ValidationError(_("金额须为零或正数，且不超过一万亿元。"))
        if value != value.quantize(Decimal("0.01")):
            raise ValidationError(_("金额最多到分（两位小数）。"))
        self.amount = value.quantize(Decimal("0.01"))


class PhotoField(MultipleFileField):
    """Files, checked and kept before the transaction; ``stored`` holds what was kept."""

    def __init__(
        self,
        label: Any = None,
        validators: Any = None,
        *,
        allowed: frozenset[str] = storage.PHOTOS,
        shrinks: bool = False,
        **kw: Any,
    ) -> None:
        """Say which media types are welcome, and whether script may make photos smaller."""
        super().__init__(label, validators, **kw)
        self.allowed, self.shrinks = allowed, shrinks
        self.stored: list[storage.Stored] = []

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Leave out the empty part that browsers send when nothing was chosen."""
        self.data = [f for f in valuelist if isinstance(f, FileStorage) and f.filename]

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms asks so
        """Check and keep every file; one that is refused names itself."""
        for upload in self.data or []:
            try:
                self.stored.append(uploads.kept(upload, self.allowed))
            except Refused as refused:
                raise ValidationError(words.refusal(refused.code, refused.facts)) from refused


class HouseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Base of every form: one key per rendering, the version it was rendered from."""

    form_key = HiddenField()
    version = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give a freshly rendered form its key; a sent one keeps the key it came with."""
        super().__init__(*args, **kwargs)
        if not self.form_key.data:
            self.form_key.data = uuid.uuid4().hex
        g.setdefault("forms", []).append(self)

    def must_match(self, record: Any) -> None:
        """Refuse (409) when the record changed since this form was rendered."""
        if self.version.data and self.version.data != str(record.version):
            raise Stale

    def sent_for(self, record: Any) -> bool:
        """Tell whether a sound form came back that was rendered from the record as it stands."""
        if not self.validate_on_submit():
            return False
        self.must_match(record)
        return True

    def carries(self, record: Any, act: Callable[[], object]) -> bool:
        """Do the act if a sound form came back; tells whether it was done."""
        if self.sent_for(record):
            with self.refusals():
                act()
                return True
        return False

    def apart(self, name: str) -> Self:
        """Give the fields ids of their own: several forms stand on one page."""
        for field in self:
            field.id = field.label.field_id = f"{name}-{field.short_name}"
        return self

    @classmethod
    def offered_for(cls, record: Any, **kwargs: Any) -> Self:
        """Return an untouched form that knows the version of the record it is shown for."""
        form = cls(formdata=None, **kwargs)
        form.version.data = str(record.version)
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; a field sent twice where one was asked is refused (400)."""
        for field in self:
            many = isinstance(field, SelectMultipleField | MultipleFileField)
            if not many and len(request.form.getlist(field.name)) > 1:
                field.errors = [*field.errors, _("这一项重复提交了。")]
                return False
        return bool(super().validate(extra_validators))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn a rule's refusal inside the block into an error at its field, nothing written."""
        try:
            yield
        except Refused as refused:
            db.session.rollback()
            sentence = words.refusal(refused.code, refused.facts)
            field: Field | None = getattr(self, refused.field, None) if refused.field else None
            if field is None:
                self.form_errors.append(sentence)
            else:
                field.errors = [*field.errors, sentence]
            # A key claimed by a refused act is given back with the rollback.
