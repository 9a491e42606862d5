"""What may be typed when a foreign list is brought in?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError

from app.tips.imports import labels, rules
from app.tips.imports.headings import Field
from app.web import words
from app.web.wtf import HouseForm, LineField, SelectField, optional, options


class UploadForm(HouseForm):
    """The list; it is read here and sealed, and never lies on the shelf of files."""

    file = FileField(_l("文件"))

    def validate_file(self, field: FileField) -> None:
        """Refuse a form without a file, and one too large before any of it is read."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(_l("请选择文件。"))
        content = field.data.stream.read(rules.MOST_BYTES + 1)
        if len(content) > rules.MOST_BYTES:
            raise ValidationError(words.refusal("import_too_large", {}))
        self.content = content


class MappingForm(HouseForm):
    """Which column is which; a select for every field, in the order of ``labels.FIELDS``."""

    source = LineField(_l("来源"), most=40)
    save_as = LineField(_l("保存对应关系为"), [optional()], most=40)

    def offer(self, headings: Sequence[str], chosen: Mapping[str, int]) -> None:
        """Offer the headings of the file; choose what was recognised unless something was sent."""
        known = {str(at): word or f"({at + 1})" for at, word in enumerate(headings)}
        for each in Field:
            field = self[each.value]
            field.choices = options(known, empty="—")
            if not self.is_submitted():
                field.data = str(chosen[each.value]) if each.value in chosen else ""

    def columns(self) -> dict[Field, int]:
        """Return the columns that were named."""
        return {each: int(self[each.value].data) for each in Field if self[each.value].data}

    def column_fields(self) -> list[SelectField]:
        """Return the selects in the order in which they are shown."""
        return [self[each.value] for each in labels.FIELDS]


for _each in Field:
    setattr(MappingForm, _each.value, SelectField(labels.FIELDS[_each], default=""))


class ActForm(HouseForm):
    """An act of one button."""
