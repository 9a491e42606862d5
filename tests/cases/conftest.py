"""Fixtures of the cases' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime

import pytest

from app.kernel import clock


@pytest.fixture
def later() -> Iterator[Callable[[date], None]]:
    """Let the clock of the test stand at nine o'clock of a later day."""
    with ExitStack() as held:

        def go(on: date) -> None:
            at = datetime(on.year, on.month, on.day, 9, 0, tzinfo=clock.LEGAL_ZONE)
            held.enter_context(clock.frozen(at))

        yield go
