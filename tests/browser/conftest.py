"""Fixtures of the browser tests: one Chromium for all, one served application for each module."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from app.kernel import clock
from tests.conftest import NOW
from tests.support import databases
from tests.support.live import PATIENCE_MS, Live, Window, serving
from tests.tools import chromium

Open = Callable[..., Window]


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """The browser; where there is none the tests say so, on the build machine they fail."""
    if chromium.executable() is None and os.environ.get("CI") != "true":
        pytest.skip("browser tests: no Chromium here (apt-get install chromium, or ./portal test)")
    expect.set_options(timeout=PATIENCE_MS)
    with chromium.browser() as running:
        yield running


@pytest.fixture(scope="module")
def live(template: databases.Template) -> Iterator[Live]:
    """The application over this module's own copy of the database, on 22 September 2026."""
    template.copy()
    with clock.frozen(NOW), serving(template.app) as served:
        yield served


@pytest.fixture
def window(chrome: Browser, live: Live) -> Iterator[Open]:
    """Open windows; each fails its test at the end when it saw what must not happen."""
    opened: list[Window] = []

    def open_one(account: str | None = None, *, language: str = "zh", **kind: object) -> Window:
        opened.append(Window.open(chrome, live, **kind).be(account, language))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()
