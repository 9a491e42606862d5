"""Does ``admin create`` make one administrator of one kind, with a password shown once?"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from app.administration import commands
from app.administration.instance import Contents, note_contents
from app.cli import build_parser
from app.config import Settings
from app.kernel import audit
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError, Refused
from app.kernel.roles import ADMINISTRATORS
from app.people import actions, queries
from app.people.models import Person, Post
from app.units.models import Unit

pytestmark = pytest.mark.database
BROWSER = actions.Browser(agent="test", source_digest="test")


@pytest.fixture
def portal(context: None) -> Callable[..., int]:
    """Run a verb inside the application, as ``./portal`` would."""

    def run(*arguments: str) -> int:
        asked = build_parser().parse_args(arguments)
        return asked.act(asked)

    return run


def create(portal: Callable[..., int], account: str, role: str, *more: str) -> int:
    return portal(
        "admin", "create", account, "--name", "示范·管理", "--role", role, "--unit", "lj", *more
    )  # fmt: skip


def test_the_password_is_printed_once_and_signs_in_to_be_changed(portal, capsys):
    assert create(portal, "sample.system", "system_administrator", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    person = queries.by_account("sample.system")
    assert person.must_change_password
    assert answer["password"] not in person.password_hash
    assert actions.verify("sample.system", answer["password"], "", BROWSER).why == ""
    assert actions.verify("sample.system", answer["password"] + "x", "", BROWSER).why == "wrong"


def test_two_administrators_get_different_passwords(portal, capsys):
    create(portal, "sample.a", "system_administrator", "--json")
    create(portal, "sample.b", "audit_administrator", "--json")
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first["password"] != second["password"]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_each_kind_of_administrator_can_be_made(portal, role):
    assert create(portal, "sample.new", role.value) == 0
    held = queries.today_identity("sample.new", "lj").roles
    assert held == {role.value}


@pytest.mark.parametrize("second", sorted(ADMINISTRATORS))
def test_nobody_gets_a_second_role(portal, context, second):
    create(portal, "sample.one", "security_administrator")
    if second.value == "security_administrator":
        second = next(role for role in ADMINISTRATORS if role is not second)
    person = queries.by_account("sample.one")
    unit = db.session.scalar(select(Unit).where(Unit.code == "cz"))
    with unit_of_work(), pytest.raises(Refused, match="administrator_alone"):
        actions.grant_post(person, unit, second, by=None)


def test_an_account_that_exists_is_refused_and_nothing_is_kept(portal):
    create(portal, "sample.twice", "system_administrator")
    with pytest.raises(Refused, match="account_taken"):
        create(portal, "sample.twice", "audit_administrator")
    posts = db.session.scalars(select(Post).join(Person).where(Person.account == "sample.twice"))
    assert [post.role.value for post in posts] == ["system_administrator"]


def test_a_role_of_the_bureau_is_wrong_usage(portal):
    with pytest.raises(SystemExit) as ended:
        create(portal, "sample.x", "publisher")
    assert ended.value.code == 2


def test_an_unknown_unit_is_refused(portal):
    with pytest.raises(PortalError, match="no unit has the code nowhere"):
        portal(
            "admin", "create", "sample.x", "--name", "示范", "--role", "audit_administrator",
            "--unit", "nowhere",
        )  # fmt: skip


def test_a_first_unit_is_only_founded_once(portal):
    with pytest.raises(PortalError, match="units already"):
        create(portal, "sample.x", "audit_administrator", "--found", "样例局")


def test_the_trail_knows_and_does_not_tell_the_password(portal, capsys):
    create(portal, "sample.trail", "audit_administrator", "--json")
    password = json.loads(capsys.readouterr().out)["password"]
    events = audit.trail("person", "sample.trail")
    assert [entry.event for entry in events] == ["person.post_granted", "person.created"]
    assert all(password not in json.dumps(entry.facts) for entry in events)


def test_check_knows_that_demo_accounts_are_here(portal, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_INSTANCE_PATH", str(tmp_path / "instance"))
    Settings().secret("session")
    note_contents(tmp_path / "instance", Contents.DEMO)
    assert portal("check") == commands.REFUSED
    assert "FAULT demo: " in capsys.readouterr().out


def test_check_answers_a_program(portal, capsys, app: Flask):
    assert portal("check", "--json") == commands.REFUSED
    answer = json.loads(capsys.readouterr().out)
    assert answer["safe"] is False
    assert {"question", "fault", "remedy", "note", "warns"} == set(answer["findings"][0])
