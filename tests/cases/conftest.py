"""Fixtures of the cases' tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.cases.rules import CaseState
from tests.support.days import morning
from tests.support.make import cases as make


@pytest.fixture
def later() -> Iterator[Callable[[date], None]]:
    """Let the clock of the test stand at nine o'clock of a later day."""
    with ExitStack() as held:

        def go(on: date) -> None:
            held.enter_context(morning(on))

        yield go


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    """Return a builder that keeps a case in a state and returns its reference."""

    def make_one(state: CaseState = CaseState.INVESTIGATING, **over: Any) -> str:
        with app.app_context():
            return make.reference(state, **over)

    return make_one
