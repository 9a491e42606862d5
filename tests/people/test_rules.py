"""Passwords, roles and locks, as the profile for GB/T 22239 asks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.kernel.errors import Refused
from app.kernel.roles import ADMINISTRATORS, Role
from app.people import rules

AT = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("Kurz-2026", "password_length"),
        ("x" * 129, "password_length"),
        ("alllowercase-", "password_kinds"),
        ("ALLUPPER123456", "password_kinds"),
        ("Lijian-Kabel-7", "password_obvious"),
        ("Zhang-12315-ok", "password_obvious"),
        ("my-Qs.inspector-1", "password_obvious"),
        ("Shijian-2026-ok", "password_obvious"),
    ],
)
def test_a_weak_password_is_refused_and_says_why(password, code):
    with pytest.raises(Refused) as refused:
        rules.check_password(password, account="qs.inspector")
    assert (refused.value.code, refused.value.field) == (code, "password")


@pytest.mark.parametrize(
    "password",
    ["Kabel-Trommel-7", "铜芯电缆-Kabel-26", "K" + "a1" * 60, "aB3 aB3 aB3 aB3"],
)
def test_a_long_password_of_three_kinds_is_taken(password):
    rules.check_password(password, account="qs.inspector")


@pytest.mark.parametrize("account", ["a", "-ab", "ab-", "a b", "张三", "a" * 41, "", "a/b", "A.B"])
def test_an_account_that_is_hard_to_type_is_refused(account):
    with pytest.raises(Refused) as refused:
        rules.check_account(account)
    assert refused.value.code == "account_form"


@pytest.mark.parametrize("account", ["ab", "qs.inspector2", "zhou-min", "a_1"])
def test_a_plain_account_is_taken(account):
    rules.check_account(account)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox 140 · Windows",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1",
            "Edge 140 · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 15) Chrome/139.0.0.0 Mobile Safari/537.36",
            "Chrome 139 · Android",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
            "Safari 18 · iPhone",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_named_as_a_person_knows_it(agent, name):
    assert rules.browser_of(agent) == name


@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
@pytest.mark.parametrize("other", list(Role))
def test_an_administrator_is_nothing_else(administrator, other):
    if administrator is other:
        rules.check_roles([administrator], other)
        return
    for held, new in (([administrator], other), ([other], administrator)):
        with pytest.raises(Refused) as refused:
            rules.check_roles(held, new)
        assert refused.value.code == "administrator_alone"


def test_staff_may_hold_several_posts():
    rules.check_roles([Role.INSPECTOR, Role.CASE_OFFICER], Role.UNIT_LEADER)


def test_the_fifth_failure_in_a_row_locks_for_half_an_hour():
    assert [rules.lock_after(n, AT) for n in range(1, 5)] == [None] * 4
    assert rules.lock_after(5, AT) == AT + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("told_to", "age", "must"),
    [
        (True, timedelta(0), True),
        (False, timedelta(days=90), False),
        (False, timedelta(days=91), True),
    ],
)
def test_a_given_or_an_old_password_must_be_changed(told_to, age, must):
    assert rules.must_change(told_to=told_to, changed_at=AT - age, at=AT) is must
