"""Does every address say who may open it, and does reading never write?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kernel import permissions
from app.kernel.db import Writing, db
from app.people.models import Person
from app.web import words
from app.web.access import PUBLIC

pytestmark = pytest.mark.database

#: Every address that anybody may open without signing in, by hand: a new one is a decision.
OPEN = {
    "static", "healthz", "metrics", "language", "people.sign_in", "patterns.show",
}  # fmt: skip


def endpoints(app: Flask) -> list[str]:
    return sorted({rule.endpoint for rule in app.url_map.iter_rules()})


def test_every_endpoint_declares_who_may_open_it(app: Flask) -> None:
    undeclared = [
        endpoint
        for endpoint in endpoints(app)
        if endpoint != "static" and not hasattr(app.view_functions[endpoint], "access")
    ]
    assert not undeclared, f"add @access(...) or @open_to_public: {undeclared}"


def test_only_the_public_slice_and_the_door_are_open(app: Flask) -> None:
    open_ones = {
        endpoint
        for endpoint in endpoints(app)
        if getattr(app.view_functions[endpoint], "access", PUBLIC) == PUBLIC
    }
    public = ("public.", "publiclog.", "publicreport.", "publicbatches.")
    assert {endpoint for endpoint in open_ones if not endpoint.startswith(public)} <= OPEN


def test_every_guard_names_a_declared_permission_with_words(app: Flask) -> None:
    declared = permissions.declared()
    _refusals, _events, named = words.known()
    for endpoint in endpoints(app):
        guard = getattr(app.view_functions[endpoint], "access", PUBLIC)
        assert guard == PUBLIC or guard in declared, f"{endpoint}: {guard}"
    assert not set(declared) - set(named), "permissions without words"


def test_a_visitor_reaches_no_staff_address(app: Flask, visitor: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        guard = getattr(app.view_functions[rule.endpoint], "access", PUBLIC)
        if guard == PUBLIC or "GET" not in (rule.methods or ()):
            continue
        address = app.url_map.bind("localhost").build(
            rule.endpoint, dict.fromkeys(rule.arguments, "1"), force_external=False
        )
        answer = visitor.get(address)
        assert answer.status_code == 303, rule
        assert answer.headers["Location"].startswith("/sign-in"), rule


def test_reading_cannot_write(app: Flask) -> None:
    with app.app_context():
        person = db.session.query(Person).first()
        person.name = "改名"
        with pytest.raises(DBAPIError):
            db.session.flush()
        db.session.rollback()


def test_a_get_never_commits_even_when_its_view_tries(app: Flask) -> None:
    """The control: a view that opens the door by hand and changes a row, asked by GET."""

    def dirty() -> str:
        Writing.switch(on=True)
        db.session.rollback()
        db.session.execute(text("UPDATE person SET name = 'x'"))
        return "done"

    with app.test_request_context("/"):
        app.preprocess_request()
        dirty()
        app.process_response(app.make_response("done"))
    with app.app_context():
        assert db.session.query(Person).filter_by(name="x").count() == 0


def test_a_refused_post_writes_nothing(sign_in: Callable[..., FlaskClient], app: Flask) -> None:
    client = sign_in("cz.operator")
    answer = client.post("/tips/new", data={"facts": ""})
    assert answer.status_code == 422
    with app.app_context():
        assert db.session.execute(text("SELECT count(*) FROM tip")).scalar_one() == 0
        assert db.session.execute(text("SELECT count(*) FROM form_submission")).scalar_one() == 0


def test_post_addresses_refuse_get_and_cross_site(app: Flask, sign_in: Callable[..., Any]) -> None:
    client = sign_in("cz.operator")
    answer = client.post("/tips/new", data={"facts": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
