"""Which terms does the law set, in which version, from when to when?

A legal rule is data with a validity: its versions stand in the ``*.toml`` files beside this one,
one file to a regulation, and a record keeps the version that held on its day. Numbers, events and
articles are there; the words are the portal's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from app.kernel.calendar import RollOver

SHIPPED = Path(__file__).parent


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"


class Effect(StrEnum):
    """What the last day means."""

    ACT_BY = "act_by"  # somebody must have acted by then
    LAPSES = "lapses"  # a right or a measure ends by itself
    NOT_BEFORE = "not_before"  # somebody may act only after that day


class NoSuchRule(LookupError):
    """No rule has this code, or no version of it held on that day."""

    def __init__(self, code: str, on: date | None = None) -> None:
        """Name the code, and the day for which no version holds."""
        super().__init__(f"no rule {code}" + (f" in force on {on}" if on else ""))
        self.code = code
        self.on = on


class VersionsOverlap(ValueError):
    """Two versions of one rule claim the same day."""


@dataclass(frozen=True, slots=True)
class ExtensionStep:
    """One extension the law allows; without a length the approver's decision fixes the end."""

    length: int | None
    unit: Unit
    approver_zh: str = ""
    approver_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRule:
    """One version of one term of law.

    ``exclusions`` are the grounds on which the clock stands still; ``source_note`` says how far
    the numbers were verified.
    """

    code: str
    title_zh: str
    title_en: str
    law: str
    law_en: str
    law_number: str
    article: str
    start_event_zh: str
    start_event_en: str
    length: int
    unit: Unit
    effect: Effect = Effect.ACT_BY
    exclusions: tuple[str, ...] = ()
    extensions: tuple[ExtensionStep, ...] = ()
    roll_over: RollOver = RollOver.REST_DAYS
    valid_from: date
    valid_to: date | None = None
    source_note: str = ""
    source_note_en: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this version was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Statutes:
    """All rules, each with its versions in order of time."""

    versions: Mapping[str, tuple[LegalRule, ...]]

    def at(self, code: str, on: date) -> LegalRule:
        """Return the version that held on a day; raises ``NoSuchRule``."""
        for rule in self.of(code):
            if rule.holds_on(on):
                return rule
        raise NoSuchRule(code, on)

    def of(self, code: str) -> tuple[LegalRule, ...]:
        """Return every version of a rule, oldest first; raises ``NoSuchRule``."""
        if code not in self.versions:
            raise NoSuchRule(code)
        return self.versions[code]

    def version(self, code: str, valid_from: date) -> LegalRule:
        """Return the version that a record names by the day it came into force."""
        for rule in self.of(code):
            if rule.valid_from == valid_from:
                return rule
        raise NoSuchRule(code, valid_from)

    def __iter__(self) -> Iterator[LegalRule]:
        """Go through all versions, by code and time."""
        for code in sorted(self.versions):
            yield from self.versions[code]


def rule_at(code: str, on: date) -> LegalRule:
    """Return the shipped rule version that held on a day; raises ``NoSuchRule``."""
    return load_statutes().at(code, on)


@cache
def load_statutes() -> Statutes:
    """Return the rules that come with the portal."""
    rules: list[LegalRule] = []
    for path in sorted(SHIPPED.glob("*.toml")):
        with path.open("rb") as file:
            rules += rules_from(tomllib.load(file))
    return collect(rules)


def collect(rules: Iterable[LegalRule]) -> Statutes:
    """Order rule versions by code and time; two versions of one rule never hold on one day."""
    versions: dict[str, list[LegalRule]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.code, rule.valid_from)):
        earlier = versions.setdefault(rule.code, [])
        if earlier and earlier[-1].holds_on(rule.valid_from):
            raise VersionsOverlap(f"{rule.code} on {rule.valid_from}")
        earlier.append(rule)
    return Statutes({code: tuple(found) for code, found in versions.items()})


def rules_from(table: Mapping[str, Any]) -> list[LegalRule]:
    """Read one statute's rules; what the file says once at its head holds for each of them."""
    head = {key: value for key, value in table.items() if key != "rules"}
    return [_rule({**head, **entry}) for entry in table["rules"]]


def _rule(entry: Mapping[str, Any]) -> LegalRule:
    fields = dict(entry)
    fields["unit"] = Unit(fields["unit"])
    fields["effect"] = Effect(fields.get("effect", Effect.ACT_BY))
    fields["roll_over"] = RollOver(fields.get("roll_over", RollOver.REST_DAYS))
    fields["exclusions"] = tuple(fields.get("exclusions", ()))
    fields["extensions"] = tuple(
        ExtensionStep(
            step.get("length"),
            Unit(step["unit"]),
            step.get("approver_zh", ""),
            step.get("approver_en", ""),
        )
        for step in fields.get("extensions", ())
    )
    return LegalRule(**fields)
