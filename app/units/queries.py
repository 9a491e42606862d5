"""What can be looked up about units: the tree, superiors, jurisdiction?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.units import rules
from app.units.models import ReportingLine, Unit, UnitJurisdiction
from app.units.rules import RECORD_HOLDERS, Business, UnitLevel


def within(path: InstrumentedAttribute[str], who: Identity) -> ColumnElement[bool]:
    """Return the SQL condition that a record's bureau path lies in the viewer's scope.

    The one scope clause of the house: own bureau and everything below it.  A sibling's path can
    never begin with ours, because every path ends in a slash.
    """
    return path.startswith(who.bureau_path, autoescape=True)


def by_code(code: str) -> Unit:
    """Return a unit by its code, or refuse (404)."""
    unit = db.session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound
    return unit


def by_id(unit_id: int) -> Unit:
    """Return a unit by its row."""
    return db.session.get_one(Unit, unit_id)


def tree() -> Sequence[Unit]:
    """Return all units, parents before children, siblings by code."""
    units = db.session.scalars(select(Unit)).all()
    codes = {str(unit.id): unit.code for unit in units}
    return sorted(
        units, key=lambda u: [codes.get(step, "") for step in u.path.strip("/").split("/")]
    )


def top() -> Unit:
    """Return the topmost unit of this installation, or refuse (404) while there is none yet."""
    unit = top_or_none()
    if unit is None:
        raise NotFound
    return unit


def top_or_none() -> Unit | None:
    """Return the topmost unit; none in an installation that was only just started empty."""
    return db.session.scalar(
        select(Unit).where(Unit.parent_id.is_(None)).order_by(Unit.id).limit(1)
    )


def divisions_known() -> dict[str, str]:
    """Return the divisions that some bureau has jurisdiction over, by code, with its short name."""
    query = (
        select(UnitJurisdiction.division_code, Unit.name)
        .join(Unit, Unit.id == UnitJurisdiction.unit_id)
        .where(UnitJurisdiction.valid_to.is_(None), Unit.is_active.is_(True))
        .order_by(UnitJurisdiction.division_code)
    )
    return {code: name.removesuffix("市场监督管理局") for code, name in db.session.execute(query)}


def bureau_of(unit: Unit) -> Unit:
    """Return the nearest unit at or above that holds records in its own name."""
    while unit.kind not in RECORD_HOLDERS and unit.parent is not None:
        unit = unit.parent
    return unit


def superior_of(unit: Unit, business: str = "") -> Unit | None:
    """Return the superior bureau in a line of business; the tree's unless a line says otherwise."""
    bureau = bureau_of(unit)
    lines = {line.business: line.superior for line in lines_of(bureau)}
    for asked in (business, Business.GENERAL):
        if asked in lines:
            return lines[asked]
    return bureau_of(bureau.parent) if bureau.parent else None


def bureaus_below(who: Identity) -> Sequence[Unit]:
    """Return the active bureaus in the viewer's subtree, the viewer's own first."""
    query = select(Unit).where(
        Unit.path.startswith(who.bureau_path, autoescape=True),
        Unit.kind.in_(RECORD_HOLDERS),
        Unit.is_active.is_(True),
    )
    return db.session.scalars(query.order_by(Unit.path)).all()


def all_bureaus() -> Sequence[Unit]:
    """Return every active bureau in the order of codes."""
    query = select(Unit).where(Unit.kind.in_(RECORD_HOLDERS), Unit.is_active.is_(True))
    return db.session.scalars(query.order_by(Unit.code)).all()


def parts_of(bureau_id: int) -> Sequence[Unit]:
    """Return the sections, corps and stations that act for a bureau."""
    bureau = by_id(bureau_id)
    query = select(Unit).where(
        Unit.path.startswith(bureau.path, autoescape=True),
        Unit.kind.not_in(RECORD_HOLDERS),
        Unit.is_active.is_(True),
    )
    return [
        u for u in db.session.scalars(query.order_by(Unit.code)) if bureau_of(u).id == bureau_id
    ]


def competent(division: str, on: date, *, level: UnitLevel = UnitLevel.COUNTY) -> Unit | None:
    """Return the bureau with jurisdiction over a division on a day, of the asked level.

    Where the level has none there (a city without districts), the nearest one above answers.
    """
    query = (
        select(Unit, UnitJurisdiction.division_code)
        .join(UnitJurisdiction, UnitJurisdiction.unit_id == Unit.id)
        .where(
            Unit.is_active.is_(True),
            UnitJurisdiction.valid_from <= on,
            or_(UnitJurisdiction.valid_to.is_(None), UnitJurisdiction.valid_to >= on),
            UnitJurisdiction.division_code.startswith(division[:2], autoescape=True),
        )
    )
    asked = rules.ORDER.index(level)
    fitting = [
        unit
        for unit, code in db.session.execute(query)
        if rules.covers(code, division) and rules.ORDER.index(unit.level) <= asked
    ]
    return max(fitting, key=lambda u: (rules.ORDER.index(u.level), u.path), default=None)


def common_superior(one: Unit, other: Unit) -> Unit | None:
    """Return the nearest bureau above both, who settles a dispute of competence (令121 art. 33)."""
    shared = [
        step
        for step, twin in zip(
            one.path.strip("/").split("/"), other.path.strip("/").split("/"), strict=False
        )
        if step == twin
    ]
    for step in reversed(shared):
        unit = by_id(int(step))
        if unit.kind in RECORD_HOLDERS and unit.id not in {one.id, other.id}:
            return unit
    return None


def lines_of(unit: Unit) -> Sequence[ReportingLine]:
    """Return the reporting lines of a unit that differ from the tree."""
    query = select(ReportingLine).where(ReportingLine.unit_id == unit.id)
    return db.session.scalars(query.order_by(ReportingLine.business)).all()


def jurisdictions_of(unit: Unit) -> Sequence[UnitJurisdiction]:
    """Return a unit's divisions, present and past."""
    query = select(UnitJurisdiction).where(UnitJurisdiction.unit_id == unit.id)
    return db.session.scalars(
        query.order_by(UnitJurisdiction.valid_to.is_(None).desc(), UnitJurisdiction.division_code)
    ).all()


def by_code_or_none(code: str) -> Unit | None:
    """Return a unit by its code, if there is one."""
    return db.session.scalar(select(Unit).where(Unit.code == code))


def children_of(unit: Unit) -> Sequence[Unit]:
    """Return the units right below one, closed ones last."""
    query = select(Unit).where(Unit.parent_id == unit.id)
    return db.session.scalars(query.order_by(Unit.is_active.desc(), Unit.code)).all()


def ancestors_of(unit: Unit) -> Sequence[Unit]:
    """Return the units above one, the highest first."""
    steps = [int(step) for step in unit.path.strip("/").split("/")][:-1]
    found = {u.id: u for u in db.session.scalars(select(Unit).where(Unit.id.in_(steps)))}
    return [found[step] for step in steps]


def possible_parents(unit: Unit | None) -> Sequence[Unit]:
    """Return the active units that one may be put below: none of its own subtree."""
    return [
        other
        for other in tree()
        if other.is_active and (unit is None or not other.path.startswith(unit.path))
    ]


def jurisdiction(unit: Unit, row_id: int) -> UnitJurisdiction:
    """Return one of a unit's jurisdictions, or refuse (404)."""
    row = db.session.get(UnitJurisdiction, row_id)
    if row is None or row.unit_id != unit.id:
        raise NotFound
    return row


def line(unit: Unit, row_id: int) -> ReportingLine:
    """Return one of a unit's reporting lines, or refuse (404)."""
    row = db.session.get(ReportingLine, row_id)
    if row is None or row.unit_id != unit.id:
        raise NotFound
    return row


def holding(division: str) -> Sequence[UnitJurisdiction]:
    """Return who has, had or will have jurisdiction over exactly this division."""
    query = select(UnitJurisdiction).where(UnitJurisdiction.division_code == division)
    return db.session.scalars(query.order_by(UnitJurisdiction.valid_from)).all()


def short_names(ids: Sequence[int]) -> dict[int, str]:
    """Return short names by row."""
    query = select(Unit.id, Unit.short_name).where(Unit.id.in_(set(ids)))
    return {row.id: row.short_name for row in db.session.execute(query)}
