"""What may be typed when a manuscript is brought in, and when its parts are corrected?"""

from __future__ import annotations

from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import Field, ValidationError

from app.kernel import plain
from app.kernel.errors import Refused
from app.manuscripts import labels
from app.manuscripts.sheet import ANNEX, DAYS, NEW, Part, Sheet
from app.typesetting.manuscript import Recognised, recognise, recognise_file
from app.typesetting.manuscript.lines import day_in
from app.web import words
from app.web.wtf import BlockField, HouseForm, LineField, RadioField, chosen, options, required

#: Of what a person writes in several lines, how many characters.
BLOCKS = {
    "title": 300, "addressees": 2_000, "body": plain.LONGEST, "attachments": 4_000,
    "signed_by": 1_000, "copies_to": 2_000, "distribution": 4_000,
}  # fmt: skip
ROWS = {"body": 16}
LONGEST_LINE = 300


class StartForm(HouseForm):
    """A text or a file; the file is read here and never lies on the shelf of files."""

    text = BlockField(_l("文稿文字"), most=plain.LONGEST, render_kw={"rows": 14})
    file = FileField(_l("文稿文件"))
    found: Recognised

    def validate(self, extra_validators: Any = None) -> bool:
        """Take the one that was given apart; what is wrong with it is said at its field."""
        if not super().validate(extra_validators):
            return False
        upload = self.file.data
        is_file = isinstance(upload, FileStorage) and bool(upload.filename)
        try:
            self.found = _recognised(self.text.text, upload if is_file else None)
        except Refused as refused:
            field = self.file if is_file else self.text
            field.errors = [words.refusal(refused.code, refused.facts)]
            return False
        return True


def _recognised(text: str, upload: FileStorage | None) -> Recognised:
    if upload is None and not text:
        raise Refused("manuscript_needed")
    if upload is None:
        found = recognise(text)
    elif text:
        raise Refused("manuscript_twice")
    else:
        found = recognise_file(upload.stream.read(), upload.filename or "")
    if not (found.title.text or found.body):
        raise Refused("manuscript_empty")
    return found


class DayField(LineField):
    """A day as it is printed, in figures or in characters."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no day."""
        super().pre_validate(form)
        if self.text and day_in(self.text) is None:
            raise ValidationError(
                _("这不是日期，请写成 2026年9月22日 或者 二〇二六年九月二十二日。")
            )


class SheetForm(HouseForm):
    """The parts of a manuscript; ``sheet_form`` adds a field for each."""

    letter = RadioField(_l("格式"), [chosen()], choices=options(labels.FORMS))

    def texts(self) -> dict[str, str]:
        """Return every part as typed."""
        return {
            field.name: field.text for field in self if isinstance(field, LineField | BlockField)
        }

    @property
    def is_letter(self) -> bool:
        """Whether the letter form was chosen."""
        return bool(self.letter.data == "letter")


class ActForm(HouseForm):
    """An act of one button."""


def sheet_form(sheet: Sheet) -> SheetForm:
    """Return the form of a sheet: what was sent, else what the sheet says."""
    parts = [*sheet.parts(), Part(NEW, ANNEX, sheet.facts)]
    fields = {f"{part.prefix}{name}": _field(part, name) for part in parts for name in part.names}
    made = cast("type[SheetForm]", type("PartsForm", (SheetForm,), fields))
    return made(data={**sheet.texts(), "letter": "letter" if sheet.letter else "notice"})


def _field(part: Part, name: str) -> Field:
    label = labels.PARTS[name]
    needed = not part.prefix and name in {"title", "body"}
    rules = (
        [required(_l("请填写标题。") if name == "title" else _l("请填写正文。"))] if needed else []
    )
    if name in DAYS:
        return DayField(label, most=40)
    if name in BLOCKS:
        rows = {"rows": ROWS.get(name, 2) if part.prefix != NEW else 2}
        return BlockField(label, rules, most=BLOCKS[name], render_kw=rows)
    return LineField(label, rules, most=LONGEST_LINE)
