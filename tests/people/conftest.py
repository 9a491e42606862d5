"""How does a test come to the pages of people, and change what is kept of them?"""

from __future__ import annotations

import pytest

from app.kernel.db import unit_of_work
from app.people import queries
from tests.support.page import Page
from tests.support.world import PASSWORD

NEW = "Kabel-Trommel-7"
WRONG = "账号、密码或动态口令不对，或者账号已锁定。连续 5 次不对，锁定 30 分钟。"


@pytest.fixture
def guarded(app, monkeypatch):
    """The application with its forged-request check switched on, as it runs in earnest."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


@pytest.fixture
def changed(app):
    """Change a person in the database, as somebody else would meanwhile."""

    def change(account="qs.inspector", **values):
        with app.app_context(), unit_of_work():
            person = queries.by_account(account)
            for name, value in values.items():
                setattr(person, name, value)

    return change


def opened(client, address="/sign-in", **kwargs):
    """Return the page at an address, the sign-in page for none."""
    return Page(client, client.get(address, follow_redirects=True, **kwargs))


def enter(page, account="qs.inspector", password=PASSWORD, **fields):
    """Send the sign-in page as somebody."""
    return page.submit("登录", account=account, password=password, **fields)
