"""Is no acknowledged tip lost or doubled when the whole service is killed under load?

The short form; ``python -P -m tests.tools.kill --rounds 60`` is the long one.
"""

from __future__ import annotations

import pytest

from tests.tools import kill
from tests.tools.kill import Call, judge

ROUNDS = 3


@pytest.mark.slow
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nothing_is_lost_and_nothing_doubled(database: str) -> None:
    verdict = kill.run(ROUNDS, database)
    print(verdict)  # noqa: T201 - the figures belong to the result
    assert verdict.answered >= ROUNDS
    assert verdict.holds


def call(*numbers: str) -> list[Call]:
    return [Call("样例", "k", list(numbers))]


def test_the_judge_sees_a_lost_a_doubled_and_a_renumbered_call() -> None:
    assert judge(call("260922-001"), [("样例", "260922-001")], 0).holds
    assert judge(call("260922-001"), [], 0).lost == ["样例"]
    twice = [("样例", "260922-001"), ("样例", "260922-002")]
    assert judge(call("260922-001", "260922-002"), twice, 1).doubled == ["样例"]
    assert judge(call("260922-003"), [("样例", "260922-001")], 1).renumbered == ["样例"]


def test_an_unanswered_call_may_be_there_or_not() -> None:
    assert judge(call(), [], 0).holds
    assert judge(call(), [("样例", "260922-001")], 0).holds
