"""What do people do with units: create, amend, move, close, give jurisdiction?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, func, select, update

from app.kernel import audit, clock
from app.kernel.db import Model, db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.units import queries, rules
from app.units.models import ReportingLine, Unit, UnitJurisdiction
from app.units.rules import Business, UnitKind, UnitLevel

CREATED = audit.declare("unit.created", "parent")
AMENDED = audit.declare("unit.amended", "name")
MOVED = audit.declare("unit.moved", "from_unit", "to_unit")
CLOSED = audit.declare("unit.closed")
REOPENED = audit.declare("unit.reopened")
JURISDICTION_ADDED = audit.declare("unit.jurisdiction_added", "division", "since")
JURISDICTION_ENDED = audit.declare("unit.jurisdiction_ended", "division", "last_day")
LINE_SET = audit.declare("unit.line_set", "business", "superior")
LINE_ENDED = audit.declare("unit.line_ended", "business", "superior")


@dataclass(frozen=True)
class UnitFacts:
    """What is written down about a unit, apart from its place in the tree."""

    name: str
    short_name: str
    kind: UnitKind
    level: UnitLevel
    division_code: str
    number_word: str = ""
    phone: str = ""
    address: str = ""


def _require(by: Identity | None) -> None:
    """Let the system administrator through, and the command line (nobody)."""
    if by is not None:
        require(by, "unit:keep")


def create(
    code: str,
    facts: UnitFacts,
    *,
    parent: Unit | None,
    by: Identity | None,
    since: date | None = None,
) -> Unit:
    """Make a unit; a bureau gets jurisdiction over its own division from ``since`` (today)."""
    _require(by)
    rules.check_code(code)
    if queries.by_code_or_none(code):
        raise Refused("unit_code_taken", field="code")
    if parent is not None:
        _locked_tree()
        db.session.refresh(parent)
    _check_name(facts.name, None)
    _check_place(facts, parent, height=0)
    unit = Unit(code=code, parent=parent, **vars(facts))
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{parent.path if parent else '/'}{unit.id}/"
    audit.record(CREATED, "unit", code, by=by, parent=parent.code if parent else "")
    if facts.kind is UnitKind.BUREAU:
        add_jurisdiction(unit, facts.division_code, since or clock.today(), by=by)
    return unit


def _check_name(name: str, unit: Unit | None) -> None:
    other = db.session.scalar(select(Unit).where(Unit.name == name))
    if other is not None and other is not unit:
        raise Refused("unit_name_taken", field="name")


def _check_place(facts: UnitFacts, parent: Unit | None, *, height: int) -> None:
    rules.check_place(
        kind=facts.kind,
        level=facts.level,
        above=parent.level if parent else None,
        depth=(parent.depth + 1 if parent else 0) + height,
    )


def _locked_tree() -> None:
    """Hold the tree still: two moves at once could else make a circle (PostgreSQL)."""
    db.session.execute(select(Unit.id).order_by(Unit.id).with_for_update()).all()


def amend(unit: Unit, facts: UnitFacts, *, by: Identity) -> None:
    """Change a unit's facts; its code and its place stay."""
    _require(by)
    _check_name(facts.name, unit)
    _check_place(facts, unit.parent, height=0)
    below = [(child.kind, child.level) for child in queries.children_of(unit)]
    rules.check_above(kind=facts.kind, level=facts.level, below=below)
    for name, value in vars(facts).items():
        setattr(unit, name, value)
    audit.record(AMENDED, "unit", unit.code, by=by, name=unit.short_name)


def move(unit: Unit, parent: Unit, *, by: Identity) -> None:
    """Put a unit with everything below it under another; every record held there follows."""
    _require(by)
    _locked_tree()
    db.session.refresh(unit)
    db.session.refresh(parent)
    if parent.path.startswith(unit.path):
        raise Refused("unit_below_itself", field="parent")
    if parent.id == unit.parent_id:
        raise Refused("unit_already_there", field="parent")
    if not parent.is_active:
        raise Refused("unit_is_closed", field="parent")
    facts = UnitFacts(unit.name, unit.short_name, unit.kind, unit.level, unit.division_code)
    _check_place(facts, parent, height=_height(unit))
    former = unit.parent.code if unit.parent else ""
    old, new = unit.path, f"{parent.path}{unit.id}/"
    unit.parent = parent
    db.session.flush()
    for column in path_columns():
        _rewrite(column, old, new)
    db.session.expire_all()
    audit.record(MOVED, "unit", unit.code, by=by, from_unit=former, to_unit=parent.code)


def _height(unit: Unit) -> int:
    """Return how many storeys stand below a unit."""
    below = select(Unit).where(Unit.path.startswith(unit.path, autoescape=True))
    return max(found.depth for found in db.session.scalars(below)) - unit.depth


def path_columns() -> list[Column[str]]:
    """Return every column that holds a unit's path: ``unit.path`` and all named ``…_path``."""
    return [
        column
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith("_path") or (table.name, column.name) == ("unit", "path")
    ]


def _rewrite(column: Column[str], old: str, new: str) -> None:
    """Give a whole subtree its new beginning, one statement a table."""
    statement = (
        update(column.table)
        .where(column.startswith(old, autoescape=True))
        .values({column.name: new + func.substr(column, len(old) + 1)})
    )
    db.session.execute(statement, execution_options={"synchronize_session": False})


def close(unit: Unit, *, by: Identity) -> None:
    """Close a unit: nobody acts in it any more; what it did stays readable."""
    _require(by)
    if not unit.is_active:
        raise Refused("unit_is_closed")
    if any(child.is_active for child in queries.children_of(unit)):
        raise Refused("unit_has_parts")
    unit.is_active = False
    audit.record(CLOSED, "unit", unit.code, by=by)


def reopen(unit: Unit, *, by: Identity) -> None:
    """Take a closed unit into use again."""
    _require(by)
    if unit.parent is not None and not unit.parent.is_active:
        raise Refused("parent_is_closed")
    unit.is_active = True
    audit.record(REOPENED, "unit", unit.code, by=by)


def add_jurisdiction(
    unit: Unit, division: str, since: date, *, by: Identity | None
) -> UnitJurisdiction:
    """Give a unit jurisdiction over a division (GB/T 2260 code) from a day on."""
    _require(by)
    if not rules.DIVISION.fullmatch(division):
        raise Refused("unit_division_form", field="division")
    for row in queries.holding(division):
        meets = rules.overlap(since, None, other=(row.valid_from, row.valid_to))
        if meets and row.unit_id == unit.id:
            raise Refused("jurisdiction_held", field="division")
        if meets and _is_rival(unit, row.unit):
            raise Refused("jurisdiction_taken", field="division", unit=row.unit.short_name)
    row = UnitJurisdiction(unit=unit, division_code=division, valid_from=since)
    db.session.add(row)
    audit.record(
        JURISDICTION_ADDED, "unit", unit.code, by=by, division=division, since=since.isoformat()
    )
    return row


def _is_rival(unit: Unit, other: Unit) -> bool:
    """Two bureaus of one level cannot both be competent; a branch or station may share."""
    return (
        other.is_active and unit.kind is other.kind is UnitKind.BUREAU and unit.level is other.level
    )


def end_jurisdiction(row: UnitJurisdiction, last_day: date, *, by: Identity) -> None:
    """Say until when a unit had jurisdiction; the history stays."""
    _require(by)
    if row.valid_to is not None:
        raise Refused("jurisdiction_over", field="last_day")
    rules.check_period(row.valid_from, last_day)
    row.valid_to = last_day
    audit.record(
        JURISDICTION_ENDED, "unit", row.unit.code, by=by,
        division=row.division_code, last_day=last_day.isoformat(),
    )  # fmt: skip


def set_line(unit: Unit, superior: Unit, business: Business, *, by: Identity) -> ReportingLine:
    """Let a unit report to another superior in one line of business."""
    _require(by)
    if superior.id == unit.id or not superior.is_active:
        raise Refused("line_superior", field="superior")
    if any(line.business == business for line in queries.lines_of(unit)):
        raise Refused("line_held", field="business")
    line = ReportingLine(unit=unit, superior=superior, business=business.value)
    db.session.add(line)
    audit.record(
        LINE_SET, "unit", unit.code, by=by, business=business.value, superior=superior.code
    )
    return line


def end_line(line: ReportingLine, *, by: Identity) -> None:
    """Let the tree decide again; the trail keeps what was."""
    _require(by)
    db.session.delete(line)
    audit.record(
        LINE_ENDED, "unit", line.unit.code, by=by,
        business=line.business, superior=line.superior.code,
    )  # fmt: skip
