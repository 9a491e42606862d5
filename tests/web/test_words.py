"""Codes become sentences, once and in the reader's language."""

from __future__ import annotations

import pytest
from flask import Flask, g
from flask_babel import force_locale

from app.kernel import permissions
from app.web import words


@pytest.mark.database
def test_a_refusal_is_filled_with_its_facts(app):
    with app.test_request_context("/"):
        assert words.refusal("password_length", {"least": 10}) == "密码至少 10 位，最多 128 位。"
        with force_locale("en"):
            assert words.refusal("password_length", {"least": 10}).startswith(
                "A password has at least 10"
            )


@pytest.mark.database
def test_a_sentence_without_facts_may_hold_a_percent_sign(app):
    words.register(refusals={"test_percent": "增长 5% 以上"})
    assert words.refusal("test_percent", {}) == "增长 5% 以上"


def test_an_unknown_refusal_is_our_own_fault():
    with pytest.raises(KeyError):
        words.refusal("nobody_registered_this", {})


def test_unknown_events_permissions_and_roles_show_their_code():
    assert words.event("x.y") == "x.y"
    assert words.permission("x:y") == "x:y"
    assert words.role("emperor") == "emperor"


def test_nobody_gives_one_code_two_sentences():
    words.register(refusals={"test_once": "一"})
    words.register(refusals={"test_once": "一"})
    with pytest.raises(ValueError, match="two sentences"):
        words.register(refusals={"test_once": "二"})


@pytest.mark.database
def test_an_event_tells_its_detail_or_the_reason_given(app):
    with app.test_request_context("/"):
        assert words.detail("unit.moved", {"from_unit": "cz", "to_unit": "cy"}) == "由 cz 移至 cy"
        assert words.detail("x.y", {"reason": "铜芯发黑"}) == "铜芯发黑"
        assert words.detail("x.y", {}) == ""


@pytest.mark.database
def test_every_role_of_every_policy_has_its_word(app):
    for permission in permissions.declared():
        for role in permissions.roles_for(permission):
            assert words.role(role) != role, (permission, role)


def test_the_roles_of_a_permission_are_found_in_all_its_clauses():
    assert permissions.roles_for("unit:keep") == ["system_administrator"]
    assert permissions.roles_for("desk:open") == []
    assert permissions.roles_for("nobody:knows") == []


@pytest.mark.database
def test_a_day_of_the_trail_is_told_in_words(app: Flask) -> None:
    with app.test_request_context():
        told = words.detail("disclosure.overturned", {"on": "2026-09-22", "ground": "revoked"})
        assert "2026年9月22日" in told
        g.locale = "en"
        told = words.detail("disclosure.overturned", {"on": "2026-09-22", "ground": "revoked"})
        assert "22 September 2026" in told


@pytest.mark.database
def test_an_hour_of_the_trail_is_told_in_words(app: Flask) -> None:
    invited = {"planned_at": "2026-10-27 09:30"}
    with app.test_request_context("/"):
        assert words.detail("mediation.invited", invited) == "时间 2026年10月27日 09:30"
        g.locale = "en"
        assert words.detail("mediation.invited", invited).endswith("27 October 2026, 09:30")
        assert "27:30" in words.detail("mediation.invited", {"planned_at": "2026-10-27 27:30"})
