"""Does every role meet at every address exactly what the requirements give it?

``matrix.csv`` is written from the requirements, by hand; never make it from the code.  A row is an
endpoint and its method; ``about`` fills its address and query (``tests/support/make/everything.py``
says with what; ``==`` gives the word itself), ``home`` is the place whose people the role columns
speak of, and ``elsewhere`` what those who may at home meet at other places.  ``may`` is neither 403
nor 404: a rule or the record's state may still say no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.kernel import permissions
from app.kernel.db import db
from app.units import queries as units
from app.web import subjects
from app.web.access import PUBLIC
from tests.conftest import fresh
from tests.support.databases import Template
from tests.support.matrix import House, cells, rows

pytestmark = pytest.mark.database
#: Forms carry a fresh token each time.
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


def staff_endpoints(app: Flask) -> set[tuple[str, str]]:
    """Return every address that is not open to everybody, by method."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}
        if getattr(app.view_functions[rule.endpoint], "access", PUBLIC) != PUBLIC
    }


@pytest.fixture(scope="module")
def app(template: Template) -> Iterator[Flask]:
    """One house for the whole module: nothing that is asked of it is kept."""
    yield from fresh(template)


@pytest.fixture(scope="module")
def built(app: Flask) -> House:
    made = House(app)
    for account in sorted({cell.account for row in rows() for cell in cells(row)}):
        made.client(account)
    with app.app_context():
        made.known["session"] = db.session.execute(
            db.text("SELECT min(id) FROM sign_in_session")
        ).scalar_one()
    return made


@pytest.fixture
def house(built: House, monkeypatch: pytest.MonkeyPatch) -> House:
    with built.app.app_context():
        # From here on nothing is kept: every cell meets the same house, in any order.
        monkeypatch.setattr(db.session, "commit", db.session.rollback)
    return built


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
        if row["method"] != "GET" or not row["about"].startswith("reference=") or not strangers:
            continue
        cell, reference = strangers[0], house.known[row["about"].split()[0].split("=")[1]]
        client, address = house.client(cell.account), house.address(cell)
        bodies = [
            client.get(address.replace(str(reference), name)).get_data(as_text=True)
            for name in (str(reference), "X000000")
        ]
        one, other = (TOKEN.sub("", body).replace(str(reference), "X000000") for body in bodies)
        assert one == other, cell


def _row(method: str, endpoint: str) -> dict[str, str]:
    return next(r for r in rows() if (r["method"], r["endpoint"]) == (method, endpoint))


def test_a_lost_scope_is_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the scope of its query a stranger reads the tip."""
    row = _row("GET", "tips.show")
    assert house.faults(row) == []
    monkeypatch.setattr(units, "within", lambda _column, _who: db.true())
    monkeypatch.setattr(subjects, "opened_for", lambda _tip: None)
    assert any("bs." in fault and "may, not 404" in fault for fault in house.faults(row))


def test_a_lost_scope_alone_still_shows_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record's own guard stands behind the query's scope, and its answer is told apart."""
    monkeypatch.setattr(units, "within", lambda _column, _who: db.true())
    faults = house.faults(_row("GET", "tips.show"))
    assert faults
    assert all(fault.endswith("403, not 404") for fault in faults)


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
