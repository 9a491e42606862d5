"""Identities, posts, sessions, holders: with noise of other bureaus."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.roles import Role
from app.people import actions, queries
from app.people.models import Post, SignInSession
from app.units import queries as units

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
IDLE = timedelta(minutes=30)


def _post(account, unit, role, **period):
    person = queries.by_account(account)
    post = Post(person=person, unit=units.by_code(unit), role=role, **period)
    db.session.add(post)
    db.session.flush()
    return post


def _session(account, **changed):
    at = clock.now()
    values = {
        "token_hash": queries.token_hash(changed.pop("token", "t")),
        "began_at": at, "last_seen_at": at, "expires_at": at + timedelta(hours=12),
        "agent": "test", "source_digest": "s",
    }  # fmt: skip
    who = queries.today_identity(account)
    row = SignInSession(person_id=who.person_id, unit_id=who.unit_id, **(values | changed))
    db.session.add(row)
    db.session.flush()
    return row


def test_an_identity_carries_the_roles_of_one_unit_only():
    _post("qs.inspector", "qs", Role.CASE_OFFICER, valid_from=date(2026, 1, 1))
    _post("qs.inspector", "bs", Role.UNIT_LEADER, valid_from=date(2026, 1, 1))
    here = queries.today_identity("qs.inspector", "qs")
    there = queries.today_identity("qs.inspector", "bs")
    assert here.roles == {"inspector", "case_officer"}
    assert there.roles == {"unit_leader"}
    assert there.bureau_name == "白沙县市场监督管理局"


def test_a_station_acts_for_its_bureau():
    _post("qs.inspector", "qs-cg", Role.INSPECTOR, valid_from=date(2026, 1, 1))
    who = queries.today_identity("qs.inspector", "qs-cg")
    bureau = units.by_code("qs")
    assert (who.unit_name, who.bureau_id) == ("青石县市场监督管理局城关所", bureau.id)
    assert who.bureau_path == bureau.path
    assert who.unit_path.startswith(bureau.path)


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (date(2026, 9, 22), None, True),
        (date(2026, 9, 23), None, False),
        (date(2026, 1, 1), date(2026, 9, 22), True),
        (date(2026, 1, 1), date(2026, 9, 21), False),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_day(since, until, held):
    _post("qs.inspector", "bs", Role.REVIEWER, valid_from=since, valid_to=until)
    person = queries.by_account("qs.inspector")
    found = queries.held_posts(person.id, date(2026, 9, 22))
    assert (Role.REVIEWER in [post.role for post in found]) is held


def test_nobody_acts_in_a_closed_unit():
    units.by_code("qs").is_active = False
    person = queries.by_account("qs.inspector")
    assert queries.identity_of(person, None, clock.today()) is None
    with pytest.raises(NotFound):
        queries.today_identity("qs.inspector")


def test_lasting_posts_are_those_of_today_and_later():
    today = date(2026, 9, 22)
    _post("qs.inspector", "qs", Role.DRAFTER, valid_from=date(2026, 12, 1))
    _post(
        "qs.inspector",
        "qs",
        Role.PUBLISHER,
        valid_from=date(2025, 1, 1),
        valid_to=date(2026, 9, 21),
    )
    person = queries.by_account("qs.inspector")
    assert [p.role for p in queries.lasting_posts(person.id, today)] == [
        Role.INSPECTOR,
        Role.DRAFTER,
    ]


def test_holders_are_found_in_the_bureau_its_sections_and_stations_only():
    _post("bs.drafter", "qs-cg", Role.INSPECTOR, valid_from=date(2026, 1, 1))
    _post("bs.reviewer", "qs", Role.INSPECTOR, valid_from=date(2026, 10, 1))
    queries.by_account("qs.inspector2").is_active = False
    found = queries.holders(Role.INSPECTOR, units.by_code("qs").id, date(2026, 9, 22))
    assert {p.account for p in found} == {"qs.inspector", "bs.drafter"}


def test_a_session_lives_until_it_ends_goes_idle_or_grows_old():
    at = clock.now()
    row = _session("qs.inspector")
    assert queries.live_session("t", at, IDLE) is row
    assert queries.live_session("other", at, IDLE) is None
    assert queries.live_session("t", at + timedelta(minutes=29), IDLE) is row
    assert queries.live_session("t", at + timedelta(minutes=30), IDLE) is None
    row.last_seen_at = at + timedelta(hours=12) - timedelta(seconds=1)
    db.session.flush()
    assert queries.live_session("t", at + timedelta(hours=12, seconds=-1), IDLE) is row
    assert queries.live_session("t", at + timedelta(hours=12), IDLE) is None


def test_a_disabled_person_has_no_living_session():
    _session("qs.inspector")
    queries.by_account("qs.inspector").is_active = False
    db.session.flush()
    assert queries.live_session("t", clock.now(), IDLE) is None


def test_only_living_sessions_of_the_person_are_listed():
    at = clock.now()
    mine = _session("qs.inspector", token="a")
    _session("qs.inspector", token="b", ended_at=at)
    _session("qs.inspector", token="c", last_seen_at=at - IDLE)
    _session("bs.inspector", token="d")
    person = queries.by_account("qs.inspector")
    assert queries.sessions_of(person.id, at, IDLE) == [mine]
    assert len(queries.all_sessions(at, IDLE)) == 2


def test_the_directory_finds_by_name_or_account_page_by_page():
    found = queries.directory("QS.INSPECTOR", page=1, per_page=1)
    assert (found.total, [p.account for p in found.people]) == (2, ["qs.inspector"])
    second = queries.directory("青样·inspector", page=2, per_page=1)
    assert [p.account for p in second.people] == ["qs.inspector2"]
    assert queries.directory("%", page=1, per_page=9).total == 0


def test_the_timeline_names_people_and_units(identity):
    by = queries.today_identity("lj.system_administrator")
    person, _ = actions.create_person("qs.neu", "样例新人", by=by, password="Kabel-Trommel-7")
    line = queries.timeline("person", person.account)[0]
    assert (line.event, line.by, line.unit) == (
        "person.created",
        "省样·systemadministrator",
        "省局",
    )
    assert audit.trail("person", "nobody") == []
