"""In which order does the demonstration happen? By the calendar, each act at its own instant.

A story is a generator: it yields the instant of its next act and is resumed then, with the clock
held at that instant.  Whatever would happen after now does not happen, so records stay under way
just as they would in a bureau.  A story that yields a job waits until the job was done, by the
same code and in the same transactions as the queue would do it.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from app.demo.texts import chance
from app.kernel import clock, jobs
from app.kernel.calendar import (
    WorkCalendar,
    add_working_days,
    last_working_day_on_or_before,
    working_day_on_or_after,
)
from app.kernel.db import unit_of_work

#: Acts kept together: a commit syncs the disk, and a few hundred of them are enough.
BATCH = 80
OPENS, CLOSES = time(8, 40), time(17, 50)


@dataclass(frozen=True)
class Sent:
    """A job that was asked for and has to be done before the story goes on."""

    job_id: str


Story = Generator[datetime | Sent, None, None]


@dataclass
class Agenda:
    """All stories, the next act of each, and the present."""

    now: datetime
    _heap: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def add(self, story: Story) -> None:
        """Take a story up; it says by itself when it begins."""
        at = next(story)
        if isinstance(at, Sent):
            raise TypeError("a story begins with an instant")
        self._put(at, story)

    def _put(self, at: datetime, story: Story) -> None:
        if at <= self.now:
            heapq.heappush(self._heap, (at, next(self._numbers), story))

    def run(self) -> None:
        """Let everything happen, oldest first."""
        while self._heap:
            with unit_of_work():
                asked = self._some()
            if asked is not None:
                at, job, story = asked
                with clock.frozen(at):
                    jobs.run(job.job_id)
                self._put(at + timedelta(minutes=1), story)

    def _some(self) -> tuple[datetime, Sent, Story] | None:
        """Do the next acts of one transaction; a job that was asked for ends it."""
        for _ in range(BATCH):
            if not self._heap:
                return None
            at, _number, story = heapq.heappop(self._heap)
            with clock.frozen(at):
                following = next(story, None)
            if isinstance(following, Sent):
                return at, following, story
            if following is not None:
                if following < at:
                    raise ValueError(f"a story goes back from {at} to {following}")
                self._put(following, story)
        return None


class Pace:
    """The instants of one story: working days, office hours, never back."""

    def __init__(self, seed: str, days: WorkCalendar, today: date) -> None:
        """Begin nowhere; the first instant asked for sets the story's time."""
        self.chance = chance(f"pace/{seed}")
        self._days, self._today = days, today
        self.at = datetime.min.replace(tzinfo=clock.LEGAL_ZONE)

    @property
    def day(self) -> date:
        """The legal day the story is at."""
        return self.at.date()

    def fork(self, seed: str) -> Pace:
        """Return the pace of another story that begins where this one is now."""
        other = Pace(seed, self._days, self._today)
        other.at = self.at
        return other

    def begin(self, age: int, *, always: bool = False) -> datetime:
        """Begin so many days before today; ``always`` also on days off and in the evening."""
        day = self._today - timedelta(days=age)
        if always:
            return self._move(self._between(day, time(8, 5), time(20, 50)))
        return self._move(self._office(last_working_day_on_or_before(day, self._days)))

    def after(self, least: int, spread: int = 0) -> datetime:
        """Go on so many working days later; none means within the next hour or so."""
        wait = least + self.chance.randint(0, spread)
        if wait:
            return self._move(self._office(add_working_days(self.day, wait, self._days)))
        soon = self.at + timedelta(minutes=self.chance.randint(6, 55))
        if soon.date() > self.day or soon.time() > time(22, 0):
            return self.after(1)
        return self._move(soon)

    def on(self, offset: int) -> datetime:
        """Go on at a day counted from today, moved to the working day before if need be."""
        day = last_working_day_on_or_before(self._today + timedelta(days=offset), self._days)
        return self._move(self._office(day))

    def later_than(self, at: datetime) -> datetime:
        """Go on within the hours after an instant that was fixed."""
        return self._move(at + timedelta(minutes=self.chance.randint(45, 120)))

    def past(self, day: date) -> datetime:
        """Go on at the first working day after a day."""
        return self._move(
            self._office(working_day_on_or_after(day + timedelta(days=1), self._days))
        )

    def _office(self, day: date) -> datetime:
        return self._between(day, OPENS, CLOSES)

    def _between(self, day: date, first: time, last: time) -> datetime:
        begins = datetime.combine(day, first, clock.LEGAL_ZONE)
        span = datetime.combine(day, last, clock.LEGAL_ZONE) - begins
        return begins + timedelta(seconds=self.chance.randint(0, int(span.total_seconds())))

    def _move(self, at: datetime) -> datetime:
        soonest = self.at + timedelta(minutes=2) if self.at.year > 1 else at
        self.at = max(at, soonest)
        return self.at
