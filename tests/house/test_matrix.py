"""Does every role meet at every address exactly what the requirements give it?

``matrix.csv`` is written from the requirements, by hand; never make it from the code.  A row is an
endpoint and its method; ``about`` fills its address and query (``tests/support/make/everything.py`` says
with what; ``==`` gives the word itself), ``home`` is the place whose people the role columns speak of, and
``elsewhere`` what the same people of other places meet.  ``may`` is neither 403 nor 404.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.kernel import permissions
from app.kernel.db import db
from app.kernel.roles import ADMINISTRATORS, Role
from app.tips import queries as tips
from app.web.access import PUBLIC
from tests.support.make.everything import everything

pytestmark = pytest.mark.database
MATRIX = Path(__file__).with_name("matrix.csv")
#: The administrators of the test world sit in the province.
SEAT = "lj"
SignIn = Callable[[str], FlaskClient]


@dataclass(frozen=True)
class Cell:
    """One person at one address, and what the requirements say they meet."""

    method: str
    endpoint: str
    about: str
    account: str
    expected: str

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} ({self.about}) as {self.account}"


def rows() -> list[dict[str, str]]:
    with MATRIX.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cells(row: dict[str, str]) -> Iterator[Cell]:
    """Yield a row's cells: every role at home, then whoever may there, elsewhere."""
    head = row["method"], row["endpoint"], row["about"]
    for role in Role:
        place = SEAT if role in ADMINISTRATORS else row["home"]
        yield Cell(*head, f"{place}.{role.value}", row[role.value])
    for entry in row["elsewhere"].split():
        place, _, expected = entry.partition(":")
        for role in Role:
            if row[role.value] == "may" and role not in ADMINISTRATORS:
                yield Cell(*head, f"{place}.{role.value}", expected)


def staff_endpoints(app: Flask) -> set[tuple[str, str]]:
    """Return every address that is not open to everybody, by method."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if getattr(app.view_functions[rule.endpoint], "access", PUBLIC) != PUBLIC
    }


class House:
    """The application with one record of every kind; whatever is sent to it, nothing is kept."""

    def __init__(self, app: Flask, sign_in: SignIn) -> None:
        self.app = app
        self.known: dict[str, str | int] = {}
        self._sign_in = sign_in
        self._cookies: dict[str, str] = {}
        with app.app_context():
            self.known = everything()

    def client(self, account: str) -> FlaskClient:
        """Return a fresh browser with somebody's session, whatever was signed out before."""
        if account not in self._cookies:
            kept = self._sign_in(account).get_cookie("portal")
            assert kept is not None
            self._cookies[account] = kept.value
        browser = self.app.test_client()
        browser.set_cookie("portal", self._cookies[account])
        return browser

    def address(self, cell: Cell) -> str:
        given = dict(pair.split("=", 1) for pair in cell.about.split())
        values: dict[str, Any] = {
            name: value[1:] if value.startswith("=") else self.known[value]
            for name, value in given.items()
        }
        return self.app.url_map.bind("localhost").build(cell.endpoint, values, cell.method)

    def met(self, cell: Cell) -> str:
        """Send the request of a cell, an empty form for a POST; a fragment costs a third."""
        headers = {"HX-Request": "true"} if cell.expected != "may" or cell.method == "POST" else {}
        answer = self.client(cell.account).open(
            self.address(cell), method=cell.method, data={}, headers=headers
        )
        answer.close()
        lapsed = "/sign-in?next=" in answer.headers.get("Location", "")
        fine = answer.status_code in {200, 201, 204, 303, 400, 409, 422} and not lapsed
        return "may" if fine else str(answer.status_code)

    def faults(self, row: dict[str, str]) -> list[str]:
        found = [(cell, self.met(cell)) for cell in cells(row)]
        return [f"{c}: {met}, not {c.expected}" for c, met in found if met != c.expected]


@pytest.fixture
def house(app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> House:
    made = House(app, sign_in)
    known = {cell.account for row in rows() for cell in cells(row)}
    for account in sorted(known):
        made.client(account)
    with app.app_context():
        made.known["session"] = db.session.execute(
            db.text("SELECT min(id) FROM sign_in_session")
        ).scalar_one()
        # From here on nothing is kept: every cell meets the same house, in any order.
        monkeypatch.setattr(db.session, "commit", db.session.rollback)
    return made


def test_every_staff_address_has_its_row(app: Flask) -> None:
    written = {(row["method"], row["endpoint"]) for row in rows()}
    wanted = staff_endpoints(app)
    missing, idle = sorted(wanted - written), sorted(written - wanted)
    assert not missing, "write these rows from the requirements into matrix.csv"
    assert not idle, "these rows speak of nothing"


def test_every_cell_is_filled_in() -> None:
    for row in rows():
        for cell in cells(row):
            assert cell.expected in {"may", "403", "404"}, cell


def test_everybody_meets_what_the_requirements_say(house: House) -> None:
    faults = [fault for row in rows() for fault in house.faults(row)]
    assert not faults, "\n".join(faults)


def test_what_is_out_of_scope_reads_like_what_does_not_exist(house: House) -> None:
    for row in rows():
        strangers = [cell for cell in cells(row) if cell.expected == "404"]
        if row["method"] != "GET" or "reference=" not in row["about"] or not strangers:
            continue
        cell, reference = strangers[0], house.known[row["about"].split()[0].split("=")[1]]
        client, address = house.client(cell.account), house.address(cell)
        bodies = [
            client.get(address.replace(str(reference), name)).get_data(as_text=True)
            for name in (str(reference), "X000000")
        ]
        assert bodies[0].replace(str(reference), "X000000") == bodies[1], cell


def _row(method: str, endpoint: str) -> dict[str, str]:
    return next(r for r in rows() if (r["method"], r["endpoint"]) == (method, endpoint))


def test_a_lost_scope_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the scope of its query a stranger reads the tip."""
    row = _row("GET", "tips.show")
    assert house.faults(row) == []
    monkeypatch.setattr(tips, "within", lambda _column, _who: db.true())
    assert any("bs." in fault and "may, not 404" in fault for fault in house.faults(row))


def test_a_lost_condition_of_a_permission_is_found(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a permission that forgot its role or its place lets somebody through."""
    row = _row("POST", "tips.route")
    assert house.faults(row) == []
    clauses = permissions._policy["tip:route"]
    monkeypatch.setitem(permissions._policy, "tip:route", [clauses[0][:1]])
    assert any(fault.startswith("POST tips.route") for fault in house.faults(row))
    monkeypatch.setitem(permissions._policy, "tip:route", [clauses[0][1:]])
    assert any("as qs." in fault for fault in house.faults(row))
