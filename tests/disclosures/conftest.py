"""Fixtures of the disclosures' tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.disclosures.rules import DisclosureState
from app.kernel.db import db, unit_of_work
from tests.support.make import disclosures as make


@pytest.fixture
def made(app: Flask) -> Callable[..., str]:
    """Return a builder that keeps a disclosure in a state and returns its reference."""

    def make_one(state: DisclosureState = DisclosureState.SUBMITTED, **over: Any) -> str:
        with app.app_context():
            return make.reference(state, **over)

    return make_one


@pytest.fixture
def decided(app: Flask) -> Callable[..., str]:
    """Return a builder that keeps a decided case and returns its reference."""

    def make_one(**over: Any) -> str:
        with app.app_context():
            with unit_of_work():
                kept = make.decided(**over).reference
            db.session.remove()
            return kept

    return make_one
