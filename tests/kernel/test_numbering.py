"""Are numbers without gap and without double, however many write at once?"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from app.kernel.db import db, unit_of_work
from app.kernel.numbering import NumberSeries, next_number

pytestmark = pytest.mark.database

WRITERS = 16
TURNS = 40
#: Every tenth act fails after its number was taken.
FAILS_EVERY = 10


class GivenUp(Exception):
    """The act was refused after it had taken its number."""


@dataclass
class Outcome:
    """What a crowd of writers got."""

    kept: list[int] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)

    @property
    def doubled(self) -> list[int]:
        return sorted({n for n in self.kept if self.kept.count(n) > 1})

    @property
    def skipped(self) -> list[int]:
        return sorted(set(range(1, max(self.kept, default=0) + 1)) - set(self.kept))


def crowd(write: Callable[[bool], int]) -> Outcome:
    """Let all writers begin at once; ``write`` gets whether it must fail after taking a number."""
    outcome, gate = Outcome(), Barrier(WRITERS)

    def writer(seed: int) -> None:
        fails = [turn % FAILS_EVERY == 0 for turn in range(TURNS)]
        random.Random(seed).shuffle(fails)  # noqa: S311 - which turn fails is no secret
        gate.wait()
        for must_fail in fails:
            try:
                outcome.kept.append(write(must_fail))
            except GivenUp:
                continue
            except DBAPIError as fault:
                outcome.broken.append(fault)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writer, range(WRITERS)))
    return outcome


@pytest.fixture
def draw(app: Flask) -> Callable[[bool], int]:
    """Take a number as an act does."""

    def act(must_fail: bool) -> int:  # noqa: FBT001 - called by position from the crowd
        with app.app_context(), unit_of_work():
            number = next_number("case", "1/2026")
            if must_fail:
                raise GivenUp
        return number

    return act


def test_sixteen_writers_get_every_number_once(app: Flask, draw: Callable[[bool], int]) -> None:
    outcome = crowd(draw)
    expected = WRITERS * TURNS * (FAILS_EVERY - 1) // FAILS_EVERY
    assert not outcome.broken
    assert sorted(outcome.kept) == list(range(1, expected + 1))
    with app.app_context():
        assert db.session.get_one(NumberSeries, ("case", "1/2026")).last == expected


@contextmanager
def naive(app: Flask) -> Iterator[Callable[[bool], int]]:
    """Count as one must not: look up the highest number, add one, in a default transaction."""
    with app.app_context():
        address = db.engine.url
    engine = create_engine(address, pool_size=WRITERS)
    first = Barrier(WRITERS)
    turns = iter(range(WRITERS * TURNS))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE naive (number INTEGER)"))

    def act(must_fail: bool) -> int:  # noqa: FBT001 - called by position from the crowd
        with engine.connect() as connection:
            highest = connection.execute(text("SELECT coalesce(max(number), 0) FROM naive"))
            number = highest.scalar_one() + 1
            if next(turns) < WRITERS:
                first.wait()  # all have looked before the first one writes
            connection.execute(text("INSERT INTO naive VALUES (:n)"), {"n": number})
            if must_fail:
                connection.rollback()
                raise GivenUp
            connection.commit()
        return number

    yield act
    engine.dispose()


def test_the_crowd_catches_a_naive_count(app: Flask) -> None:
    """The control: highest number plus one doubles (or breaks) under the same crowd."""
    with naive(app) as act:
        outcome = crowd(act)
    assert outcome.doubled or outcome.broken


def test_a_number_given_up_is_given_again(app: Flask, draw: Callable[[bool], int]) -> None:
    assert draw(False) == 1
    with pytest.raises(GivenUp):
        draw(True)
    assert draw(False) == 2


def test_series_and_scopes_count_apart(writing: None) -> None:
    assert [next_number("case", "1/2026") for _ in range(3)] == [1, 2, 3]
    assert next_number("case", "1/2027") == 1
    assert next_number("case", "2/2026") == 1
    assert next_number("tip", "1/2026") == 1
    assert next_number("case", "1/2026") == 4


def test_no_number_is_taken_on_a_page_that_only_reads(context: None) -> None:
    with pytest.raises(DBAPIError):
        next_number("case", "1/2026")
    db.session.rollback()
