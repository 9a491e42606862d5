"""How do the tips of a list enter the house: all of them at once, or none?

What needs no write door is looked up before it opens; then everything is written in a few great
statements, so that nobody at a telephone waits for a list of ten thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise
from typing import Any, cast

from sqlalchemy import Table, insert

from app.clocks import actions as clocks
from app.enterprises import queries as enterprises
from app.kernel import audit, clock, vault
from app.kernel.db import db
from app.kernel.identity import Identity
from app.kernel.numbering import next_numbers
from app.kernel.permissions import require
from app.kernel.query_codes import new_code
from app.tips import duplicates, intake, rules
from app.tips.intake import Account, Caller
from app.tips.likeness import prints_of
from app.tips.models import Reporter, Tip
from app.tips.rules import Channel, TipKind
from app.units import queries as units
from app.units.models import Unit


@dataclass(frozen=True)
class Arrival:
    """A tip of a list, with everything looked up that needs no write door."""

    account: Account
    caller: Caller
    channel: Channel
    at: datetime
    bureau: Unit
    enterprise_id: int | None
    prints: Sequence[int]


class LookUp:
    """Looks up what belongs to the tips of a list; each thing is asked once."""

    def __init__(self, names: Iterable[str], by: Identity | None) -> None:
        """Take every name the list mentions, and who brings it: nobody stands for the verb."""
        self._enterprises = enterprises.ids_by_name(names)
        self._top = units.by_id(by.bureau_id) if by else units.top()
        demo = intake.has_demo_divisions()
        self._division: Callable[[str], str] = cache(
            lambda address: intake.division_of(address, self._top, demo=demo)
        )
        self._desk: Callable[[str], Unit] = cache(
            lambda code: self._top if by else intake.desk_of(code, self._top)
        )

    def arrival(
        self, account: Account, caller: Caller, *, channel: Channel, at: datetime
    ) -> Arrival:
        """Return one tip ready to be written."""
        division = account.division_code or self._division(account.subject_address)
        placed = replace(account, division_code=division)
        enterprise_id = self._enterprises.get(account.subject_name)
        story = duplicates.story_about(placed, enterprise_id, clock.legal_day(at))
        return Arrival(
            placed, caller, channel, at, self._desk(division), enterprise_id, prints_of(story)
        )


def receive_all(arrivals: Sequence[Arrival], *, by: Identity | None) -> list[list[int]]:
    """Take the tips of a list in, each with the clock of its own day of receipt.

    Returns the keys of the records that each became: two for a row that is both (令121 art. 9).
    """
    if by is not None:
        require(by, "tip:register")
    reporters = _insert(Reporter, [_reporter(each.caller) for each in arrivals])
    rows: list[dict[str, Any]] = []
    spans: list[range] = []
    for each, reporter_id in zip(arrivals, reporters, strict=True):
        made = _rows(each, reporter_id, by)
        spans.append(range(len(rows), len(rows) + len(made)))
        rows += made
    _number(rows)
    ids = _insert(Tip, rows)
    printed = zip(arrivals, spans, strict=True)
    duplicates.add_all((ids[at], each.prints) for each, span in printed for at in span)
    _begin(rows, by)
    return [[ids[at] for at in span] for span in spans]


def _insert(model: type[Reporter | Tip], rows: Sequence[dict[str, Any]]) -> Sequence[int]:
    """Write rows below the mapper, which has nothing to add; returns their keys in order."""
    table = cast("Table", model.__table__)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return db.session.scalars(statement, rows).all()


def _reporter(caller: Caller) -> dict[str, Any]:
    """Return a reporter's row; nobody is told the query code of a tip that came with a list."""
    told = {"name": caller.name, "phone": caller.phone, "address": caller.address}
    sealed = {
        f"{name}_sealed": vault.seal(value, field=f"reporter.{name}") if value else None
        for name, value in told.items()
    }
    return {
        "standing": caller.standing,
        "phone_index": vault.blind_index(caller.phone, field="phone") if caller.phone else None,
        "code_index": vault.blind_index(new_code(), field="code"),
        **sealed,
    }


def _rows(each: Arrival, reporter_id: int, by: Identity | None) -> list[dict[str, Any]]:
    shared = {
        "channel": each.channel,
        "received_at": each.at,
        "received_by_id": by.person_id if by else None,
        "bureau_id": each.bureau.id,
        "unit_path": each.bureau.path,
        "enterprise_id": each.enterprise_id,
        "reporter_id": reporter_id,
        "twin_reference": None,
    }
    kinds = [kind for kind in TipKind if kind in each.account.kinds]
    return [{**shared, **intake.told_columns(each.account, kind)} for kind in kinds]


def _number(rows: Sequence[dict[str, Any]]) -> None:
    """Give the rows the next numbers of their days; two that share a reporter are one call."""
    scopes = [f"{clock.legal_day(row['received_at']):%y%m%d}" for row in rows]
    taken = {
        scope: iter(next_numbers("tip", scope, count)) for scope, count in Counter(scopes).items()
    }
    for row, scope in zip(rows, scopes, strict=True):
        row["reference"] = intake.reference_of(scope, next(taken[scope]))
    for one, other in pairwise(rows):
        if one["reporter_id"] == other["reporter_id"]:
            one["twin_reference"] = other["reference"]
            other["twin_reference"] = one["reference"]


def _begin(rows: Sequence[dict[str, Any]], by: Identity | None) -> None:
    begun = [
        (row["reference"], rules.clock_of(row["kind"]), clock.legal_day(row["received_at"]))
        for row in rows
    ]
    clocks.start_all("tip", begun, by=by)
    told = [
        (row["reference"], {"channel": row["channel"].value, "tip_kind": row["kind"].value})
        for row in rows
    ]
    audit.record_all(intake.RECEIVED, "tip", told, by=by)
