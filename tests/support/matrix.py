"""What do the requirements give each role at each address, and what does it meet there?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.kernel.roles import ADMINISTRATORS, Role
from tests.support.make.everything import everything
from tests.support.sessions import signed_in

MATRIX = Path(__file__).parents[1] / "house" / "matrix.csv"
#: The administrators of the test world sit in the province.
SEAT = "lj"


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


class House:
    """The application with one record of every kind; whatever is sent to it, nothing is kept."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.known: dict[str, str | int] = {}
        self._cookies: dict[str, str] = {}
        with app.app_context():
            self.known = everything()

    def client(self, account: str) -> FlaskClient:
        """Return a fresh browser with somebody's session, whatever was signed out before."""
        if account not in self._cookies:
            kept = signed_in(self.app, account).get_cookie("portal")
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
