"""What do the pages of the calendar, of the legal terms and of a count show?"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from app.clocks import labels, queries, sentences
from app.clocks.rules import LAST_YEAR, Asked, extensions_taken
from app.kernel.calendar import DayKind, WorkCalendar
from app.kernel.deadlines import (
    Due,
    LegalRule,
    NoSuchRule,
    TermFault,
    compute,
    load_statutes,
    words,
)
from app.kernel.errors import Refused


@dataclass(frozen=True)
class Month:
    """One month of the calendar page: stretches off and worked, and how many days are worked."""

    first: date
    off: tuple[str, ...]
    worked: tuple[str, ...]
    working_days: int


def months(year: int, days: WorkCalendar) -> list[Month]:
    """Lay out a year for the page of the calendar, plain weekends left out."""
    found = []
    for month in range(1, 13):
        length = monthrange(year, month)[1]
        shown = [days.day(date(year, month, day)) for day in range(1, length + 1)]
        found.append(
            Month(
                first=shown[0].on,
                off=sentences.stretches(day for day in shown if day.kind is DayKind.HOLIDAY),
                worked=sentences.stretches(day for day in shown if day.kind is DayKind.MAKE_UP),
                working_days=sum(day.is_working for day in shown),
            )
        )
    return found


def listed_years(days: WorkCalendar, this_year: int) -> list[int]:
    """Return the years the calendar page shows, newest first: next year always among them."""
    years = {*days.years, this_year + 1}
    return sorted((year for year in years if year <= LAST_YEAR), reverse=True)


def rules_by_law(sought: str = "") -> dict[str, list[LegalRule]]:
    """Return rule versions under the name of their law, those that hold a text if one is given."""
    found: dict[str, list[LegalRule]] = {}
    for rule in load_statutes():
        if sought.casefold() in _searchable(rule):
            found.setdefault(labels.law(rule), []).append(rule)
    return found


def _searchable(rule: LegalRule) -> str:
    told = (rule.code, rule.title_zh, rule.title_en, rule.law, rule.law_number, rule.article)
    return " ".join(told).casefold()


def countable() -> dict[str, str]:
    """Return every rule's title by its code, for choosing one to count."""
    statutes = load_statutes()
    newest = [statutes.of(code)[-1] for code in sorted(statutes.versions)]
    return {rule.code: f"{labels.title(rule)} · {labels.basis(rule)}" for rule in newest}


def counted_for(asked: Asked, days: WorkCalendar) -> Due:
    """Count a term that somebody asks about; raises ``Refused`` at the field that is wrong."""
    rule = _asked_rule(asked)
    try:
        return compute(
            rule,
            asked.start,
            calendar=days,
            suspensions=asked.suspensions,
            extensions=extensions_taken(rule, asked.extended, asked.until),
        )
    except TermFault as fault:
        raise Refused("count_impossible") from fault


def _asked_rule(asked: Asked) -> LegalRule:
    statutes = load_statutes()
    try:
        if asked.under is not None:
            return statutes.version(asked.code, asked.under)
        return statutes.at(asked.code, asked.start)
    except NoSuchRule as fault:
        raise Refused("count_no_rule", field="code", day=asked.start.isoformat()) from fault


def explained(due: Due, today: date) -> queries.ClockView:
    """Return a count with its words, for the page that counts on request."""
    return queries.explained(due, queries.labelled(words(due, today, queries.calendar())))
