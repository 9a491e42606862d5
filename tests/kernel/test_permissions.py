"""Are permissions decided by role, place and subject, and refused otherwise?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.kernel import permissions
from app.kernel.errors import NotAllowed
from app.kernel.identity import Identity
from app.kernel.permissions import below, own_bureau, own_or_below, role, subject_is


@dataclass(frozen=True)
class Held:
    """A record of a bureau."""

    unit_path: str
    is_urgent: bool = False


urgent = subject_is("is_urgent", lambda _who, subject: getattr(subject, "is_urgent", False))
POLICY: permissions.Policy = {
    "sample:read": [[role("inspector", "leader"), own_or_below]],
    "sample:act": [[role("leader"), own_bureau], [role("inspector"), own_bureau, urgent]],
    "sample:urge": [[role("supervisor"), below]],
    "sample:open": [[permissions.anyone]],
}
CITY, COUNTY, SISTER = "/1/2/", "/1/2/3/", "/1/2/4/"


@pytest.fixture(autouse=True)
def _policy() -> Iterator[None]:
    permissions.register(POLICY)
    yield
    for name in POLICY:
        del permissions._policy[name]


def who(*roles: str, at: str = COUNTY) -> Identity:
    return Identity(
        person_id=1, name="样例", unit_id=9, unit_name="样例科", unit_path=at + "9/", bureau_id=3,
        bureau_name="样例局", bureau_path=at, roles=frozenset(roles),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("permission", "person", "subject", "allowed"),
    [
        ("sample:read", who("inspector"), Held(COUNTY), True),
        ("sample:read", who("inspector"), Held(SISTER), False),
        ("sample:read", who("inspector"), Held(CITY), False),
        ("sample:read", who("inspector", at=CITY), Held(COUNTY), True),
        ("sample:read", who("clerk"), Held(COUNTY), False),
        ("sample:act", who("leader"), Held(COUNTY), True),
        ("sample:act", who("leader", at=CITY), Held(COUNTY), False),
        ("sample:act", who("inspector"), Held(COUNTY), False),
        ("sample:act", who("inspector"), Held(COUNTY, is_urgent=True), True),
        ("sample:act", who("inspector"), Held(SISTER, is_urgent=True), False),
        ("sample:urge", who("supervisor", at=CITY), Held(COUNTY), True),
        ("sample:urge", who("supervisor", at=CITY), Held(CITY), False),
        ("sample:urge", who("supervisor"), Held(CITY), False),
        ("sample:open", who(), Held(SISTER), True),
    ],
)
def test_a_permission_needs_every_condition_of_one_clause(
    permission: str, person: Identity, subject: Held, *, allowed: bool
) -> None:
    assert permissions.allows(person, permission, subject) is allowed
    if allowed:
        permissions.require(person, permission, subject)
    else:
        with pytest.raises(NotAllowed) as refusal:
            permissions.require(person, permission, subject)
        assert refusal.value.permission == permission


def test_a_unit_whose_number_begins_alike_is_not_below() -> None:
    assert not permissions.allows(who("inspector", at="/1/2/"), "sample:read", Held("/1/21/"))


def test_without_a_subject_only_the_role_is_asked() -> None:
    assert permissions.may(who("inspector"), "sample:act")
    assert not permissions.may(who("clerk"), "sample:act")
    with pytest.raises(NotAllowed):
        permissions.require(who("clerk"), "sample:act")


def test_an_unknown_permission_is_a_fault_of_ours_never_a_yes() -> None:
    with pytest.raises(KeyError):
        permissions.may(who("leader"), "sample:unknown")
    with pytest.raises(KeyError):
        permissions.allows(who("leader"), "sample:unknown", Held(COUNTY))


def test_a_subject_without_a_place_is_a_fault_of_ours() -> None:
    with pytest.raises(TypeError, match="unit_path"):
        permissions.allows(who("leader"), "sample:act", object())


def test_a_permission_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        permissions.register({"sample:read": [[role("clerk")]]})
    permissions.register(POLICY)


def test_a_refusal_can_name_the_roles_that_may() -> None:
    assert permissions.roles_for("sample:act") == ["inspector", "leader"]
    assert permissions.roles_for("sample:unknown") == []
