"""What waits, in the order of the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.desk import rules
from app.desk.rules import Urgency
from app.kernel.deadlines import DueWords, WordKind
from app.kernel.waiting import Waiting, in_order

TODAY = date(2026, 9, 22)
SINCE = datetime(2026, 9, 1, tzinfo=UTC)


def _line(reference, due_on=None, kind=None, ask="tip.triage", since=SINCE):
    due = DueWords(kind, 3) if kind else None
    return Waiting(ask, "tip", reference, "样例", "tips.show", since, due_on, due)


@pytest.mark.parametrize(
    ("due_on", "kind", "urgency"),
    [
        (TODAY - timedelta(days=1), WordKind.OVERDUE, Urgency.OVERDUE),
        (TODAY, WordKind.TODAY, Urgency.TODAY),
        (TODAY + timedelta(days=2), WordKind.NEAR, Urgency.NEAR),
        (TODAY + timedelta(days=2), WordKind.LEFT, Urgency.LATER),
        (TODAY + timedelta(days=90), WordKind.PROVISIONAL, Urgency.LATER),
        (TODAY + timedelta(days=2), None, Urgency.LATER),
        (None, WordKind.PAUSED, Urgency.UNDATED),
        (None, None, Urgency.UNDATED),
    ],
)
def test_urgency_follows_the_last_day_and_the_deadlines_own_words(due_on, kind, urgency):
    assert rules.urgency_of(_line("a", due_on, kind), TODAY) is urgency


def test_groups_stand_by_urgency_and_empty_ones_are_left_out():
    lines = in_order(
        [
            _line("old", since=SINCE - timedelta(days=9)),
            _line("later", TODAY + timedelta(days=30), WordKind.LEFT),
            _line("young"),
            _line("late", TODAY - timedelta(days=2), WordKind.OVERDUE),
            _line("later still", TODAY - timedelta(days=1), WordKind.OVERDUE),
        ]
    )
    found = [
        (group.urgency, [line.reference for line in group.lines])
        for group in rules.grouped(lines, TODAY)
    ]
    assert found == [
        (Urgency.OVERDUE, ["late", "later still"]),
        (Urgency.LATER, ["later"]),
        (Urgency.UNDATED, ["old", "young"]),
    ]


def test_asks_are_counted_the_most_frequent_first():
    asks = ["b", "a", "a", "c", "b", "a"]
    assert list(rules.counted(_line("x", ask=ask) for ask in asks).items()) == [
        ("a", 3),
        ("b", 2),
        ("c", 1),
    ]


def test_nothing_waits():
    assert rules.grouped([], TODAY) == []
    assert rules.counted([]) == {}
