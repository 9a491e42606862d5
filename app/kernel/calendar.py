"""Which days are worked, and on which day does a count of days end?

Everything here is arithmetic over published years: a year's notice names the days off and the
weekend days worked, and a year without a notice is refused, never guessed. Only a calendar asked
for ``allowing_provisional()`` answers for such a year; what it then assumes is written at
``FIXED_HOLIDAYS``, and every answer that rests on it says so.

Counting follows the rule the regulations share (令121 Art. 45, 令2 Art. 80, 令18 Art. 55): the day
of the event is not counted, the day after it is day 1.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

T = TypeVar("T")

DAY = timedelta(days=1)
SHIPPED = Path(__file__).with_name("calendar_data")

#: A century: nothing in the law is longer, so a longer count is a slip of the pen.
LONGEST_COUNT = 36_525

#: What a year without a notice is taken to be: Monday to Friday are worked except on the holidays
#: that fall on fixed days of the solar year (全国年节及纪念日放假办法, in force since 2025-01-01).
#: Spring Festival, Qingming, Dragon Boat and Mid-Autumn are not guessed, nor any bridging day,
#: nor any weekend day worked in exchange.
FIXED_HOLIDAYS: Mapping[tuple[int, int], str] = MappingProxyType(
    {
        (1, 1): "元旦",
        (5, 1): "劳动节",
        (5, 2): "劳动节",
        (10, 1): "国庆节",
        (10, 2): "国庆节",
        (10, 3): "国庆节",
    },
)


class CalendarNotPublished(LookupError):
    """No notice is known that says which days of ``year`` are worked."""

    def __init__(self, year: int) -> None:
        """Name the year that has no notice."""
        super().__init__(f"no working-day notice is known for {year}")
        self.year = year


class ScheduleFault(ValueError):
    """A year's schedule contradicts itself; ``code`` is a slug, ``day`` the day at fault."""

    def __init__(self, code: str, day: date) -> None:
        """Name the rule that is broken and the day that breaks it."""
        super().__init__(f"{code}: {day}")
        self.code = code
        self.day = day


class DayKind(StrEnum):
    """What a day of the calendar is."""

    WORKING = "working"
    MAKE_UP = "make_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class RollOver(StrEnum):
    """When a last day that is not worked moves to the first working day.

    The regulations say "法定节假日" and leave open whether an ordinary weekend is one; the house
    moves off every day of rest, and keeps both narrower readings as a setting of the rule.
    """

    REST_DAYS = "rest_days"
    HOLIDAYS = "holidays"
    NEVER = "never"


class StepKind(StrEnum):
    """Why a day stands in an explanation."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    SUSPENDED = "suspended"
    ROLLED = "rolled"


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the calendar knows it; ``name`` is the holiday it belongs to, if any."""

    on: date
    kind: DayKind
    name: str = ""
    is_provisional: bool = False

    @property
    def is_working(self) -> bool:
        """Whether the bureaus are open."""
        return self.kind in {DayKind.WORKING, DayKind.MAKE_UP}


@dataclass(frozen=True, slots=True)
class Step:
    """One day that was left out of a count, or put into it though it is a weekend day."""

    day: date
    kind: StepKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Counted(Generic[T]):
    """An answer and how it came about."""

    value: T
    steps: tuple[Step, ...] = ()
    is_provisional: bool = False
    #: Where the count ended before the last day moved off a day of rest.
    unrolled: date | None = None


@dataclass(frozen=True)
class YearSchedule:
    """One year's notice: days off and weekend days worked, each with the holiday's name.

    A notice may reach back into the December before its year (the one for 2019 began on
    2018-12-30). Raises ``ScheduleFault`` when the notice contradicts itself.
    """

    year: int
    title: str
    holidays: Mapping[date, str]
    make_up_days: Mapping[date, str]
    office: str = "国务院办公厅"
    number: str = ""
    amended_by: tuple[str, ...] = ()
    is_shipped: bool = False

    def __post_init__(self) -> None:
        """Freeze both tables and check them."""
        object.__setattr__(self, "holidays", MappingProxyType(dict(self.holidays)))
        object.__setattr__(self, "make_up_days", MappingProxyType(dict(self.make_up_days)))
        first, last = date(self.year - 1, 12, 1), date(self.year, 12, 31)
        for day in (*self.holidays, *self.make_up_days):
            if not first <= day <= last:
                raise ScheduleFault("day_outside_year", day)
        for day in self.make_up_days:
            if day in self.holidays:
                raise ScheduleFault("day_off_and_worked", day)
            if day.weekday() < 5:
                raise ScheduleFault("make_up_day_is_a_weekday", day)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve hexadecimal digits that change when a day of the schedule changes."""
        days = [f"-{day}" for day in sorted(self.holidays)]
        days += [f"+{day}" for day in sorted(self.make_up_days)]
        return hashlib.sha256(f"{self.year}:{' '.join(days)}".encode()).hexdigest()[:12]


@dataclass(frozen=True)
class WorkCalendar:
    """The published years together; a later notice overrules an earlier one on the same day."""

    years: Mapping[int, YearSchedule]
    answers_unpublished: bool = False
    _off: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _worked: Mapping[date, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the notices over one another, oldest first."""
        off: dict[date, str] = {}
        worked: dict[date, str] = {}
        for _year, schedule in sorted(self.years.items()):
            for day, name in schedule.holidays.items():
                off[day] = name
                worked.pop(day, None)
            worked.update(schedule.make_up_days)  # ``day()`` looks here first
        object.__setattr__(self, "years", MappingProxyType(dict(self.years)))
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_worked", worked)

    def overlaid(self, schedules: Iterable[YearSchedule]) -> WorkCalendar:
        """Return a calendar in which these schedules replace, or add, their years."""
        return replace(self, years={**self.years, **{item.year: item for item in schedules}})

    def allowing_provisional(self) -> WorkCalendar:
        """Return a calendar that answers for unpublished years too, and says so."""
        return self if self.answers_unpublished else replace(self, answers_unpublished=True)

    def is_published(self, year: int) -> bool:
        """Whether the notice of this year is known."""
        return year in self.years

    def basis(self, first: date, last: date) -> str:
        """Name the schedules a count between two days rests on, for the record."""
        years = range(first.year, last.year + 1)
        return " ".join(
            f"{year}:{self.years[year].fingerprint if year in self.years else 'unpublished'}"
            for year in years
        )

    def day(self, on: date) -> Day:
        """Say what a day is; raises ``CalendarNotPublished`` where no notice covers it."""
        if on in self._worked:
            return Day(on, DayKind.MAKE_UP, self._worked[on])
        if on in self._off:
            return Day(on, DayKind.HOLIDAY, self._off[on])
        if on.year not in self.years:
            return self._assumed(on)
        return Day(on, DayKind.WORKING if on.weekday() < 5 else DayKind.WEEKEND)

    def _assumed(self, on: date) -> Day:
        if not self.answers_unpublished:
            raise CalendarNotPublished(on.year)
        name = FIXED_HOLIDAYS.get((on.month, on.day), "")
        kind = DayKind.WORKING if on.weekday() < 5 else DayKind.WEEKEND
        return Day(on, DayKind.HOLIDAY if name else kind, name, is_provisional=True)


def is_working_day(day: date, calendar: WorkCalendar) -> bool:
    """Whether the bureaus are open on this day."""
    return calendar.day(day).is_working


def add_working_days(start: date, length: int, calendar: WorkCalendar) -> date:
    """Return the ``length``-th working day after ``start``."""
    return explain_working_days(start, length, calendar).value


def explain_working_days(start: date, length: int, calendar: WorkCalendar) -> Counted[date]:
    """Count working days and name each day skipped, and each weekend day that did count."""
    _check_length(length)
    trace = _Trace(calendar)
    day = start
    while length:
        day += DAY
        length -= trace.note(day)
    return trace.counted(day)


def add_calendar_days(
    start: date,
    length: int,
    calendar: WorkCalendar,
    roll: RollOver = RollOver.REST_DAYS,
) -> date:
    """Return the last day of a term in calendar days, moved off a day of rest as ``roll`` says."""
    return explain_calendar_days(start, length, calendar, roll).value


def explain_calendar_days(
    start: date,
    length: int,
    calendar: WorkCalendar,
    roll: RollOver = RollOver.REST_DAYS,
) -> Counted[date]:
    """Count calendar days; keeps the original end and names each day the end moved over."""
    _check_length(length)
    return roll_over(start + length * DAY, calendar, roll)


def roll_over(
    day: date,
    calendar: WorkCalendar,
    roll: RollOver = RollOver.REST_DAYS,
) -> Counted[date]:
    """Move a last day to the first working day when it is not worked and the rule says so."""
    if roll is RollOver.NEVER:
        return Counted(day, unrolled=day)
    end = calendar.day(day)
    if end.is_working or (roll is RollOver.HOLIDAYS and end.kind is not DayKind.HOLIDAY):
        return Counted(day, is_provisional=end.is_provisional, unrolled=day)
    moved = explain_working_day_on_or_after(day, calendar)
    return replace(moved, unrolled=day)


def working_day_on_or_after(day: date, calendar: WorkCalendar) -> date:
    """Return the day itself if it is worked, else the first working day after it."""
    return explain_working_day_on_or_after(day, calendar).value


def explain_working_day_on_or_after(day: date, calendar: WorkCalendar) -> Counted[date]:
    """Look forward for a working day and name each day passed over."""
    return _seek(day, DAY, calendar)


def last_working_day_on_or_before(day: date, calendar: WorkCalendar) -> date:
    """Return the day itself if it is worked, else the last working day before it."""
    return explain_last_working_day(day, calendar).value


def explain_last_working_day(day: date, calendar: WorkCalendar) -> Counted[date]:
    """Look back for a working day and name each day passed over."""
    return _seek(day, -DAY, calendar)


def working_days_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """Count the working days after ``first`` up to and including ``last``; negative if reversed."""
    if last < first:
        return -working_days_between(last, first, calendar)
    days = (last - first).days
    _check_length(days)
    return sum(calendar.day(first + n * DAY).is_working for n in range(1, days + 1))


def explain_working_days_between(first: date, last: date, calendar: WorkCalendar) -> Counted[int]:
    """Count working days between two days and name each day left out, or put in."""
    if last < first:
        reverse = explain_working_days_between(last, first, calendar)
        return replace(reverse, value=-reverse.value)
    _check_length((last - first).days)
    trace = _Trace(calendar)
    count = sum(trace.note(first + n * DAY) for n in range(1, (last - first).days + 1))
    return Counted(count, tuple(trace.steps), trace.is_provisional)


def as_step(day: Day) -> Step | None:
    """Say why a day stands out of a Monday-to-Friday count; None when it does not."""
    kinds = {
        DayKind.WEEKEND: StepKind.WEEKEND,
        DayKind.HOLIDAY: StepKind.HOLIDAY,
        DayKind.MAKE_UP: StepKind.MAKE_UP,
    }
    kind = kinds.get(day.kind)
    return Step(day.on, kind, day.name) if kind else None


class _Trace:
    """Walks the calendar and writes down what a reader of the count would ask about."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.steps: list[Step] = []
        self.is_provisional = False

    def note(self, on: date) -> bool:
        """Write down the day and say whether it is worked."""
        day = self.calendar.day(on)
        self.is_provisional = self.is_provisional or day.is_provisional
        step = as_step(day)
        if step:
            self.steps.append(step)
        return day.is_working

    def counted(self, end: date) -> Counted[date]:
        return Counted(end, tuple(self.steps), self.is_provisional, unrolled=end)


def _seek(start: date, stride: timedelta, calendar: WorkCalendar) -> Counted[date]:
    trace = _Trace(calendar)
    day = start
    while not trace.note(day):
        day += stride
    return trace.counted(day)


def _check_length(length: int) -> None:
    if not 0 <= length <= LONGEST_COUNT:
        raise ValueError(f"a term has 0 to {LONGEST_COUNT} days, not {length}")


def schedule_from(table: Mapping[str, object], *, is_shipped: bool = False) -> YearSchedule:
    """Build a schedule from its table form, the form of the shipped files."""
    return YearSchedule(
        year=int(str(table["year"])),
        title=str(table["title"]),
        office=str(table.get("office", "")),
        number=str(table.get("number", "")),
        amended_by=tuple(str(item) for item in _listed(table, "amended_by")),
        holidays=_named_days(_listed(table, "holidays")),
        make_up_days=_named_days(_listed(table, "make_up_days")),
        is_shipped=is_shipped,
    )


def _listed(table: Mapping[str, object], key: str) -> list[object]:
    found = table.get(key, [])
    return list(found) if isinstance(found, list) else []


def _named_days(groups: Iterable[object]) -> dict[date, str]:
    days: dict[date, str] = {}
    for group in groups:
        if isinstance(group, dict):
            for day in group["days"]:
                on = day if isinstance(day, date) else date.fromisoformat(day)
                days[on] = str(group["name"])
    return days


@cache
def load_shipped() -> WorkCalendar:
    """Return the years that come with the portal, 2004 to 2026."""
    schedules = {}
    for path in sorted(SHIPPED.glob("*.toml")):
        with path.open("rb") as file:
            schedule = schedule_from(tomllib.load(file), is_shipped=True)
        schedules[schedule.year] = schedule
    return WorkCalendar(schedules)
