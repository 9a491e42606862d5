"""What may be typed in to keep a code list?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import NumberRange

from app.web.wtf import (
    HouseDateField,
    HouseForm,
    IntegerField,
    LineField,
    SelectField,
    chosen,
    optional,
    options,
    required,
)

MOST_POSITION = 99_999


class NamesForm(HouseForm):
    """What an entry is called in both languages, and where it stands."""

    zh = LineField(_l("中文名称"), [required()], most=60)
    en = LineField(_l("英文名称"), [required()], most=120)
    position = IntegerField(
        _l("排序"),
        [
            optional(),
            NumberRange(0, MOST_POSITION, message=_l("排序是 0 到 99999 之间的整数。")),
        ],
    )


class AddForm(NamesForm):
    """A new entry."""

    code = LineField(_l("代码"), [required()], most=40)
    parent = SelectField(_l("上级类别"), validators=[optional()])

    def __init__(self, groups: dict[str, str], *args: Any, **kwargs: Any) -> None:
        """Take the entries that may stand above the new one, by code."""
        super().__init__(*args, **kwargs)
        self.parent.choices = options(groups, empty="—")


class RetireForm(HouseForm):
    """The last day on which an entry may be chosen."""

    # Asks for an answer, not for a day: an impossible day then keeps its own sentence.
    last_day = HouseDateField(_l("最后可选日"), [chosen(_l("请填写这一项。"))])


class ReinstateForm(HouseForm):
    """Nothing to type: the act itself."""
