"""What may be typed in to keep the tree of units?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from app.kernel import divisions
from app.units import labels, rules
from app.units.actions import UnitFacts
from app.units.models import Unit
from app.units.rules import UnitKind, UnitLevel
from app.web import words
from app.web.wtf import (
    HouseDateField,
    HouseForm,
    LineField,
    SelectField,
    chosen,
    options,
    required,
)


class DivisionField(LineField):
    """A division by its GB/T 2260 code, checked against the table in use."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Bound the length."""
        super().__init__(*args, most=6, **kwargs)
        self.knows_demo = False

    def pre_validate(self, form: Any) -> None:
        """Refuse a code that is none or that nobody issued."""
        super().pre_validate(form)
        if not rules.DIVISION.fullmatch(self.data or ""):
            raise ValidationError(words.refusal("unit_division_form", {}))
        if not divisions.name_of(self.data or "", demo=self.knows_demo):
            raise ValidationError(words.refusal("unit_division_unknown", {}))


class UnitForm(HouseForm):
    """A unit's facts."""

    name = LineField(_l("全称"), [required()], most=60)
    short_name = LineField(_l("简称"), [required()], most=20)
    kind = SelectField(_l("种类"), [chosen()], choices=options(labels.KINDS))
    level = SelectField(_l("层级"), [chosen()], choices=options(labels.LEVELS))
    division = DivisionField(_l("所在区划"), [required()], description=_l("GB/T 2260 六位代码"))
    number_word = LineField(_l("机关代字"), most=12, description=_l("文号年份前的字"))
    phone = LineField(_l("电话"), most=40)
    address = LineField(_l("地址"), most=120)

    def facts(self) -> UnitFacts:
        """Return what was typed."""
        return UnitFacts(
            name=self.name.data or "",
            short_name=self.short_name.data or "",
            kind=UnitKind(self.kind.data),
            level=UnitLevel(self.level.data),
            division_code=self.division.data or "",
            number_word=self.number_word.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
        )


class NewUnitForm(UnitForm):
    """A new unit: also its code, for good."""

    code = LineField(
        _l("单位代码"), [required()], most=30, description=_l("小写字母、数字、连字符，定了不再改")
    )


class MoveForm(HouseForm):
    """Below which unit."""

    parent = SelectField(_l("新的上级"), [chosen()])


class JurisdictionForm(HouseForm):
    """Over which division, from when."""

    division = DivisionField(_l("管辖区划"), [required()], description=_l("GB/T 2260 六位代码"))
    since = HouseDateField(_l("起始日"), [required()])


class LastDayForm(HouseForm):
    """The last day of something."""

    last_day = HouseDateField(_l("最后一日"), [required()])


class LineForm(HouseForm):
    """In which business, to whom."""

    business = SelectField(_l("业务"), [chosen()], choices=options(labels.BUSINESS))
    superior = SelectField(_l("报告对象"), [chosen()])


class ActForm(HouseForm):
    """An act of one button."""


def unit_choices(units: Iterable[Unit]) -> list[Any]:
    """Return units as choices, the depth shown by an indent, the first one empty."""
    found = {unit.code: "　" * unit.depth + unit.name for unit in units}
    return options(found, empty=_("请选择"))
