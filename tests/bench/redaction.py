"""How long does the search of a decision of 5,000 characters take, beside the allowed 50 ms?"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from app.administration.benches import Figure
from app.kernel.redaction import Person, find, leaks
from tests.support.private import decisions

LENGTH = 5_000
ALLOWED = 50.0  # milliseconds for the whole search
ROUNDS = 30
PEOPLE = tuple(Person(name) for name in ("李小明", "王建国", "欧阳娜娜", "王丽", "陈样例"))


def figures() -> Iterator[Figure]:
    """Yield the search of an ordinary decision and of one that is nothing but private things."""
    ordinary = (
        "经查，当事人样例电器厂位于青石县示范路1号，法定代表人李小明，联系电话13800000148，"
        "自2026年3月起生产电热毯312条，货值金额93600.00元，上述事实有现场检查笔录为证。"
    ) * 100
    dense = "".join(text for text, _ in decisions(1, 20))
    for name, text in (("redaction, ordinary decision", ordinary), ("redaction, dense", dense)):
        part = text[:LENGTH]
        yield Figure(name, milliseconds(part), ALLOWED, 1.0)
    removed = [one.plain for _, planted in decisions(1, 20) for one in planted]
    began = time.perf_counter()
    leaks(dense, removed)
    yield Figure("leak search, 160 strings", (time.perf_counter() - began) * 1000, ALLOWED, 1.0)


def milliseconds(text: str) -> float:
    """Measure one search; the median of many."""
    took: list[float] = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        find(text, people=PEOPLE)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
