"""Which campaigns does the demonstration keep: five of public documents, and its own?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from app.campaigns import actions
from app.campaigns.actions import Document, DutyText, SpecialText
from app.campaigns.models import Campaign
from app.campaigns.rules import DutyKind
from app.demo.agenda import Pace, Story
from app.demo.stage import Stage
from app.demo.texts import read
from app.kernel.identity import Identity
from app.kernel.roles import Role


def stories(stage: Stage, age: int) -> Iterator[Story]:
    """Yield how the documents came on file, and how the own campaigns went."""
    for number, row in enumerate(read("campaigns")["campaigns"]):
        yield _on_file(stage, stage.pace(f"campaign/{number}"), row, age)
    for row in read("campaigns")["own"]:
        yield _own(stage, stage.pace(f"campaign/{row['key']}"), row)


def _on_file(stage: Stage, pace: Pace, row: dict[str, Any], age: int) -> Story:
    """Keep what a document ordered long ago: entered, issued and closed by the province."""
    yield pace.begin(age)
    drafter, leader = stage.cast.who("lj", Role.DRAFTER), stage.cast.who("lj", Role.UNIT_LEADER)
    campaign = _drafted(row, _document(row), by=drafter)
    yield pace.after(1)
    actions.issue(campaign, by=leader)
    yield pace.after(0)
    actions.close(campaign, by=leader)


def _own(stage: Stage, pace: Pace, row: dict[str, Any]) -> Story:
    begins = min(row.get("issued", -6), row["starts"])
    yield pace.on(begins)
    drafter = stage.cast.who(row["bureau"], Role.DRAFTER)
    dated = _dated(stage, row)
    campaign = _drafted(dated, _document(dated), by=drafter)
    stage.campaigns[row["key"]] = campaign.reference
    if row["fate"] == "draft":
        return
    yield pace.after(1)
    leader = stage.cast.who(row["bureau"], Role.UNIT_LEADER)
    actions.issue(campaign, by=leader)
    if row["fate"] == "closed":
        yield pace.on(row["ends"])
        actions.close(campaign, by=leader)


def _dated(stage: Stage, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with days in place of numbers of days, and years in its titles."""

    def day(offset: object) -> object:
        return stage.today + timedelta(days=offset) if isinstance(offset, int) else offset

    dated = row | {"starts_on": day(row["starts"]), "ends_on": day(row["ends"])}
    dated["issued_on"] = day(row.get("issued"))
    dated["title"] = row["title"].format(**stage.years())
    dated["number"] = row.get("number", "").format(**stage.years())
    dated["duties"] = [[*duty[:2], day(duty[2]), *duty[3:]] for duty in row["duties"]]
    return dated


def _document(row: dict[str, Any]) -> Document:
    return Document(
        title=row["title"],
        issuer=row["issuer"],
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        number=row.get("number", ""),
        issued_on=row.get("issued_on"),
        period=row["period"],
        summary=row["summary"],
        areas=row["areas"],
        products=row["products"],
        goals=row["goals"],
    )


def _drafted(row: dict[str, Any], document: Document, *, by: Identity) -> Campaign:
    """Write a campaign down with its task table and everything it wants reported."""
    campaign = actions.draft(document, by=by)
    rows = [actions.add_special(campaign, SpecialText(*text), by=by) for text in row["specials"]]
    for duty in row["duties"]:
        actions.add_duty(campaign, _duty(duty, rows), by=by)
    return campaign


def _duty(row: Sequence[Any], specials: Sequence[Any]) -> DutyText:
    deliverable, kind, due_on, day, note, special = row
    return DutyText(
        deliverable=deliverable,
        kind=DutyKind(kind),
        due_on=due_on if isinstance(due_on, date) else None,
        day=day or None,
        note=note,
        special=specials[special - 1] if special else None,
    )
