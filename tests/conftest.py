"""Fixtures of the house: one application, a fresh copy of the database for each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient

from app import create_app, install
from app.config import Settings
from app.kernel import clock
from app.kernel.db import Writing, db, unit_of_work
from app.kernel.identity import Identity
from app.people import queries as people
from app.typesetting.pool import Pool
from tests.support import databases, world
from tests.support.page import Page
from tests.support.sessions import signed_in

#: "Today" of the pictures and of the law's own examples: Tuesday 22 September 2026, 10:42.
NOW = datetime(2026, 9, 22, 10, 42, tzinfo=clock.LEGAL_ZONE)


def unmarked(items: Iterable[pytest.Item]) -> set[str]:
    """Return the tests that get a copy of the database and would not run on both."""
    return {
        item.nodeid.partition("[")[0]
        for item in items
        if "template" in getattr(item, "fixturenames", ())
        and not any(map(item.get_closest_marker, ("database", "browser")))
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run nothing while a test hides from the second database."""
    if found := unmarked(items):
        raise pytest.UsageError(f"mark them pytest.mark.database: {', '.join(sorted(found))}")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[databases.Template]:
    """A migrated database with the test world in it, made once."""
    folder = tmp_path_factory.mktemp("instance")
    try:
        settings = Settings(
            instance_path=folder, testing=True, jobs_immediate=True, sqlite_synchronous="OFF",
            trusted_hosts="localhost,127.0.0.1", demo=True,
            database_url=databases.begin(os.environ.get("PORTAL_TEST_DATABASE", "sqlite")),
        )  # fmt: skip
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), clock.frozen(NOW):
            databases.migrate(app)
            world.build()
        made = databases.Template(app, settings)
        yield made
        made.let_go()
    finally:
        databases.end()


@pytest.fixture(autouse=True)
def _typesetting_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document takes 0.2 s to set: never while the write lock is held, whoever asks."""
    ask = Pool.ask

    def unlocked(pool: Pool, job: bytes) -> dict[str, Any]:
        assert not Writing.is_open.get(), "a document is set inside a write transaction"
        return ask(pool, job)

    monkeypatch.setattr(Pool, "ask", unlocked)


def fresh(template: databases.Template) -> Iterator[Flask]:
    """Yield the application over a copy of the database, on 22 September 2026."""
    template.copy()
    install(template.app, template.settings)  # another test may have built another application
    with clock.frozen(NOW):
        yield template.app


@pytest.fixture
def app(template: databases.Template) -> Iterator[Flask]:
    """The application over this test's own copy of the database."""
    yield from fresh(template)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """An application context, for tests below the pages."""
    with app.app_context():
        yield
        db.session.rollback()


@pytest.fixture
def writing(context: None) -> Iterator[None]:
    """A context in which actions may write, kept at the end."""
    with unit_of_work():
        yield


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """A browser that has not signed in."""
    return app.test_client()


@pytest.fixture
def identity(app: Flask) -> Callable[..., Identity]:
    """Return the identity of an account of the test world."""

    def of(account: str, unit: str | None = None) -> Identity:
        # Inside a test's own context its transaction answers; a second one would wait for it.
        with nullcontext() if has_app_context() else app.app_context():
            return people.today_identity(account, unit)

    return of


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., FlaskClient]:
    """Return a browser signed in as an account (the sign-in page has tests of its own)."""
    return partial(signed_in, app)


@pytest.fixture
def open_page(sign_in: Callable[..., FlaskClient], visitor: FlaskClient) -> Callable[..., Page]:
    """Open an address as an account (None: a visitor) and return the checked page."""

    def go(address: str, account: str | None = None, **kwargs: Any) -> Page:
        client = sign_in(account) if account else visitor
        return Page(client, client.get(address, follow_redirects=True, **kwargs))

    return go


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent
