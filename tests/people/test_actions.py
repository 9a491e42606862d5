"""Signing in and out, passwords, second factor, accounts and posts."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import pairwise

import pyotp
import pytest

from app.kernel import audit, clock, vault
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused
from app.kernel.roles import Role
from app.people import actions, credentials, queries
from app.people.actions import Browser, SignedIn, Verdict
from app.people.models import SignInFailure, SignInSession
from app.units import queries as units
from tests.support.world import PASSWORD

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
HERE = Browser("Firefox", "source-1")
LASTS = timedelta(hours=12)
NEW = "Kabel-Trommel-7"


def _sign_in(account="qs.inspector", password=PASSWORD, code="", browser=HERE):
    answer = actions.sign_in(actions.verify(account, password, code, browser), browser, lasts=LASTS)
    db.session.flush()
    return answer


def _person(account="qs.inspector"):
    return queries.by_account(account)


def _by(account="lj.system_administrator"):
    return queries.today_identity(account)


def _events(account="qs.inspector"):
    return [(e.event, e.facts) for e in audit.trail("person", account)]


# Signing in ---------------------------------------------------------------------------------------


def test_the_right_password_opens_a_session_and_only_its_hash_is_kept():
    answer = _sign_in()
    assert isinstance(answer, SignedIn)
    row = db.session.query(SignInSession).one()
    assert row.token_hash == queries.token_hash(answer.token)
    assert answer.token not in str(vars(row))
    assert row.expires_at - row.began_at == LASTS
    assert _events() == [("person.signed_in", {"second_factor": False})]


def test_the_account_is_read_in_any_case_of_letters():
    assert isinstance(_sign_in("QS.Inspector"), SignedIn)


def test_unknown_wrong_disabled_and_locked_cost_the_same_and_say_the_same():
    _person("bs.inspector").is_active = False
    _person("cz.inspector").locked_until = clock.now() + timedelta(minutes=5)
    db.session.flush()
    whys = set()
    fastest: dict[str, float] = {}
    for _ in range(5):
        for account in ("nobody.here", "qs.inspector", "bs.inspector", "cz.inspector"):
            began = time.perf_counter()
            whys.add(actions.verify(account, "Wrong-Password-1", "", HERE).why)
            took = time.perf_counter() - began
            fastest[account] = min(took, fastest.get(account, took))
    assert whys == {"wrong", "locked"}
    # One hash each; a busy machine blurs the figures, a missing hash would show fiftyfold.
    assert max(fastest.values()) < 3 * min(fastest.values())


def test_the_fifth_wrong_password_locks_this_account_for_half_an_hour_and_no_other():
    for _ in range(5):
        assert _sign_in(password="Wrong-Password-1").why == "wrong"
    assert _sign_in().why == "locked"
    assert isinstance(_sign_in("qs.case_officer"), SignedIn)
    with clock.frozen(clock.now() + timedelta(minutes=30, seconds=1)):
        assert isinstance(_sign_in(), SignedIn)


def test_a_success_forgives_earlier_failures():
    for _ in range(2):
        for _ in range(4):
            _sign_in(password="Wrong-Password-1")
        assert isinstance(_sign_in(), SignedIn)


def test_a_source_that_fails_too_often_is_slowed_without_hurting_another_source():
    for number in range(20):
        _sign_in(f"nobody.{number}", "Wrong-Password-1")
    assert _sign_in().why == "source_slowed"
    assert isinstance(_sign_in(browser=Browser("Firefox", "source-2")), SignedIn)
    with clock.frozen(clock.now() + timedelta(minutes=5, seconds=1)):
        assert isinstance(_sign_in(), SignedIn)


def test_a_verdict_is_looked_at_again_under_the_lock():
    verdict = actions.verify("qs.inspector", PASSWORD, "", HERE)
    _person().locked_until = clock.now() + timedelta(minutes=1)
    assert actions.sign_in(verdict, HERE, lasts=LASTS).why == "locked"
    _person().locked_until = None
    _person().is_active = False
    assert actions.sign_in(verdict, HERE, lasts=LASTS).why == "wrong"


def test_nobody_signs_in_without_a_post():
    for post in _person().posts:
        post.valid_to = date(2026, 9, 21)
    db.session.flush()
    assert _sign_in() == Verdict(_person().id, "no_post")


def test_failures_are_written_down_without_the_password():
    _sign_in(password="Wrong-Password-1")
    _sign_in("nobody.here")
    assert _events() == [("person.sign_in_refused", {"why": "wrong"})]
    assert db.session.query(SignInFailure).count() == 2


# The second factor --------------------------------------------------------------------------------


def _enrolled():
    person = _person()
    secret = pyotp.random_base32()
    person.totp_sealed = vault.seal(secret, field=credentials.TOTP_FIELD)
    db.session.flush()
    return pyotp.TOTP(secret)


def test_with_a_second_factor_the_password_alone_does_not_open():
    totp = _enrolled()
    assert _sign_in().why == "code_needed"
    assert _sign_in(code="000000").why == "code_wrong"
    assert isinstance(_sign_in(code=totp.at(clock.now())), SignedIn)
    assert _events()[0] == ("person.signed_in", {"second_factor": True})


@pytest.mark.parametrize("drift", [-30, 0, 30])
def test_a_clock_half_a_minute_wrong_still_works(drift):
    totp = _enrolled()
    assert isinstance(_sign_in(code=totp.at(clock.now() + timedelta(seconds=drift))), SignedIn)


@pytest.mark.parametrize("drift", [-90, 90])
def test_an_older_or_later_code_does_not(drift):
    totp = _enrolled()
    assert _sign_in(code=totp.at(clock.now() + timedelta(seconds=drift))).why == "code_wrong"


def test_a_code_works_once():
    totp = _enrolled()
    code = totp.at(clock.now())
    assert isinstance(_sign_in(code=code), SignedIn)
    assert _sign_in(code=code).why == "code_wrong"
    earlier = totp.at(clock.now() - timedelta(seconds=30))
    assert _sign_in(code=earlier).why == "code_wrong"


def test_two_browsers_racing_with_one_code_open_one_session():
    code = _enrolled().at(clock.now())
    verdicts = [actions.verify("qs.inspector", PASSWORD, code, HERE) for _ in range(2)]
    answers = [actions.sign_in(verdict, HERE, lasts=LASTS) for verdict in verdicts]
    assert isinstance(answers[0], SignedIn)
    assert answers[1].why == "code_wrong"


@pytest.mark.parametrize("written", ["full", "spaced"])
def test_a_code_typed_full_width_or_spaced_is_understood(written):
    code = _enrolled().at(clock.now())
    full = "".join(chr(ord(ch) + 0xFEE0) for ch in code)
    typed = full if written == "full" else f"{code[:3]} {code[3:]}"
    assert isinstance(_sign_in(code=typed), SignedIn)


@pytest.mark.parametrize("typed", ["１２３", "Ω", "\ud800", "' or 1=1", "9" * 12])
def test_a_strange_code_is_only_wrong(typed):
    _enrolled()
    assert _sign_in(code=typed).why == "code_wrong"


def test_an_offer_is_taken_up_with_a_code_and_dropped_with_the_next():
    person, by = _person(), _by("qs.inspector")
    offer = credentials.totp_offer(person)
    again = credentials.totp_offer(person, offer.sealed)
    assert again.secret == offer.secret
    totp = pyotp.TOTP(offer.secret)
    with pytest.raises(Refused) as refused:
        credentials.take_totp(person, offer, "000000", by=by)
    assert refused.value.code == "totp_code"
    credentials.take_totp(person, offer, totp.at(clock.now()), by=by)
    assert offer.secret not in (person.totp_sealed or "")
    with pytest.raises(Refused):
        credentials.drop_totp(person, totp.at(clock.now()), by=by)
    with clock.frozen(clock.now() + timedelta(seconds=30)):
        credentials.drop_totp(person, totp.at(clock.now()), by=by)
    assert person.totp_sealed is None


def test_an_offer_to_somebody_else_cannot_be_taken():
    offer = credentials.totp_offer(_person("bs.inspector"))
    with pytest.raises(Refused):
        credentials.totp_offer(_person(), offer.sealed)


def test_only_the_security_administrator_revokes_a_lost_factor():
    _enrolled()
    with pytest.raises(NotAllowed):
        credentials.revoke_totp(_person(), by=_by("lj.system_administrator"))
    _sign_in_row()
    credentials.revoke_totp(_person(), by=_by("lj.security_administrator"))
    assert _person().totp_sealed is None
    assert db.session.query(SignInSession).one().ended_at is not None


def _sign_in_row(account="qs.inspector"):
    at = clock.now()
    who = queries.today_identity(account)
    row = SignInSession(
        token_hash=f"{account}{time.perf_counter()}", person_id=who.person_id, unit_id=who.unit_id,
        agent="", source_digest="", began_at=at, last_seen_at=at, expires_at=at + LASTS,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


# Passwords ----------------------------------------------------------------------------------------


def test_a_changed_password_ends_every_other_session():
    mine, other = _sign_in_row(), _sign_in_row()
    stranger = _sign_in_row("bs.inspector")
    by = _by("qs.inspector")
    by = type(by)(**{**vars(by), "session_id": mine.id})
    hashed = credentials.new_password(_person(), PASSWORD, NEW)
    credentials.change_password(_person(), hashed, by=by)
    db.session.flush()
    for row in (mine, other, stranger):
        db.session.refresh(row)
    assert [row.ended_at is None for row in (mine, other, stranger)] == [True, False, True]
    assert isinstance(_sign_in(password=NEW), SignedIn)
    assert _sign_in().why == "wrong"


def test_the_old_password_is_asked_and_the_last_five_do_not_come_back():
    person, by = _person(), _by("qs.inspector")
    with pytest.raises(Refused) as refused:
        credentials.new_password(person, "Wrong-Password-1", NEW)
    assert refused.value.field == "old_password"
    chain = [PASSWORD, *(f"Kabel-Trommel-{n}" for n in range(5))]
    for old, new in pairwise(chain):
        credentials.change_password(person, credentials.new_password(person, old, new), by=by)
        db.session.flush()
    for used in chain[1:]:
        with pytest.raises(Refused) as refused:
            credentials.new_password(person, chain[-1], used)
        assert refused.value.code == "password_used"
    assert credentials.new_password(person, chain[-1], PASSWORD)


def test_nobody_changes_another_ones_password():
    with pytest.raises(Refused):
        credentials.change_password(_person(), "x", by=_by())


def test_a_reset_gives_a_password_to_be_changed_and_ends_all_sessions():
    row, first = _sign_in_row(), credentials.first_password()
    credentials.reset_password(_person(), first, by=_by())
    db.session.refresh(row)
    assert row.ended_at is not None
    assert _person().must_change_password
    assert isinstance(_sign_in(password=first.words), SignedIn)
    assert first.words not in str(_events())


# Accounts and posts -------------------------------------------------------------------------------


def test_an_account_is_made_with_a_one_time_password():
    person, told = actions.create_person("qs.NEU", "样例新人", by=_by())
    assert person.account == "qs.neu"
    assert person.must_change_password
    assert credentials.matches(person.password_hash, told)
    with pytest.raises(Refused) as refused:
        actions.create_person("QS.neu", "样例新人", by=_by())
    assert refused.value.code == "account_taken"


@pytest.mark.parametrize(
    "account", ["lj.security_administrator", "lj.audit_administrator", "qs.unit_leader"]
)
def test_only_the_system_administrator_keeps_accounts(account):
    by, person = _by(account), _person()
    first = credentials.FirstPassword("a", "b")
    for act in (
        lambda: actions.create_person("x.y", "样例", by=by, first=first),
        lambda: actions.amend_person(person, name="样例", phone="", is_active=True, by=by),
        lambda: credentials.reset_password(person, first, by=by),
        lambda: actions.unlock(person, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_disabled_account_loses_its_sessions_at_once():
    row = _sign_in_row()
    actions.amend_person(_person(), name="样例", phone="0990-1", is_active=False, by=_by())
    db.session.refresh(row)
    assert row.ended_at is not None
    me = _person("lj.system_administrator")
    with pytest.raises(Refused) as refused:
        actions.amend_person(me, name="样例", phone="", is_active=False, by=_by())
    assert refused.value.code == "not_yourself"


def test_unlocking_lets_in_again():
    for _ in range(5):
        _sign_in(password="Wrong-Password-1")
    actions.unlock(_person(), by=_by())
    assert isinstance(_sign_in(), SignedIn)


def test_the_security_administrator_grants_and_ends_posts():
    by = _by("lj.security_administrator")
    row = _sign_in_row()
    post = actions.grant_post(_person(), units.by_code("bs"), Role.REVIEWER, by=by)
    assert queries.today_identity("qs.inspector", "bs").roles == {"reviewer"}
    actions.end_post(post, by=by)
    db.session.flush()
    db.session.refresh(row)
    assert row.ended_at is not None
    assert queries.today_identity("qs.inspector", "bs").unit_id == units.by_code("qs").id
    told = [event for event, _ in _events()]
    assert told == ["person.post_ended", "person.post_granted"]


@pytest.mark.parametrize(
    "account", ["lj.system_administrator", "lj.audit_administrator", "qs.unit_leader"]
)
def test_nobody_else_does(account):
    person = _person()
    with pytest.raises(NotAllowed):
        actions.grant_post(person, units.by_code("qs"), Role.REVIEWER, by=_by(account))
    with pytest.raises(NotAllowed):
        actions.end_post(person.posts[0], by=_by(account))


def test_the_three_powers_never_meet_in_one_person_not_even_later():
    by = _by("lj.security_administrator")
    unit = units.by_code("lj")
    later = date(2027, 1, 1)
    person, _ = actions.create_person("lj.neu", "样例新人", by=None, password=NEW)
    actions.grant_post(person, unit, Role.SYSTEM_ADMINISTRATOR, by=by, since=later)
    db.session.flush()
    for role in (Role.AUDIT_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.INSPECTOR):
        with pytest.raises(Refused) as refused:
            actions.grant_post(person, unit, role, by=by)
        assert refused.value.code == "administrator_alone"


def test_nobody_grants_to_themselves_or_twice_or_in_a_closed_unit():
    by = _by("lj.security_administrator")
    unit = units.by_code("qs")
    with pytest.raises(Refused) as refused:
        actions.grant_post(_person("lj.security_administrator"), unit, Role.INSPECTOR, by=by)
    assert refused.value.code == "no_self_grant"
    with pytest.raises(Refused) as refused:
        actions.grant_post(_person(), unit, Role.INSPECTOR, by=by)
    assert refused.value.code == "post_held"
    unit.is_active = False
    with pytest.raises(Refused) as refused:
        actions.grant_post(_person(), unit, Role.REVIEWER, by=by)
    assert refused.value.code == "unit_is_closed"


def test_one_acts_only_in_ones_own_posts():
    row, by = _sign_in_row(), _by("qs.inspector")
    with pytest.raises(Refused):
        actions.act_in(row.id, units.by_code("bs"), by=by)
    actions.grant_post(
        _person(), units.by_code("bs"), Role.REVIEWER, by=_by("lj.security_administrator")
    )
    actions.act_in(row.id, units.by_code("bs"), by=by)
    assert row.unit_id == units.by_code("bs").id


def test_a_strangers_session_is_ended_by_the_security_administrator_only():
    row = _sign_in_row()
    for account in ("lj.system_administrator", "lj.audit_administrator", "bs.inspector"):
        with pytest.raises(NotAllowed):
            actions.end_session(row, by=_by(account))
    actions.end_session(row, by=_by("lj.security_administrator"))
    assert row.ended_at is not None
