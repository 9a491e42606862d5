"""Which bureaus and people does every test find in its database?

A small tree of the fictional 临江省: two cities, counties beside each other, one corps and one
station, and in each bureau one person per role.  Accounts read ``<place>.<role>``: ``qs`` is
青石县, ``bs`` its sibling 白沙县, ``cz`` their city 澄州, ``lj`` the province, ``dl`` a county of
another city.
"""

from __future__ import annotations

from datetime import date

from app.clocks import queries as _clocks_loaded  # noqa: F401 - tables must be known
from app.codes import actions as codes
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.kernel.roles import ADMINISTRATORS, Role
from app.people import actions as people
from app.people.models import Person, Post
from app.units.models import Unit, UnitJurisdiction
from app.units.rules import UnitKind, UnitLevel

PASSWORD = "Qingshi-Sample-26"
SINCE = date(2020, 1, 1)

#: code, name, short name, kind, level, parent, division, number word
UNITS = (
    ("lj", "临江省市场监督管理局", "省局", "bureau", "province", None, "990000", "临市监"),
    ("cz", "澄州市市场监督管理局", "澄州市局", "bureau", "city", "lj", "990100", "澄市监"),
    ("qs", "青石县市场监督管理局", "青石县局", "bureau", "county", "cz", "990121", "澄青市监"),
    ("qs-jc", "青石县市场监督管理局稽查大队", "稽查大队", "corps", "county", "qs", "990121", ""),
    ("qs-cg", "青石县市场监督管理局城关所", "城关所", "station", "town", "qs", "990121", ""),
    ("bs", "白沙县市场监督管理局", "白沙县局", "bureau", "county", "cz", "990122", "澄白市监"),
    ("cy", "南屏市市场监督管理局", "南屏市局", "bureau", "city", "lj", "990200", "屏市监"),
    ("dl", "东陵县市场监督管理局", "东陵县局", "bureau", "county", "cy", "990221", "屏陵市监"),
)  # fmt: skip

SURNAMES = {"lj": "省样", "cz": "市样", "qs": "青样", "bs": "白样", "cy": "屏样", "dl": "陵样"}


def build() -> None:
    """Fill an empty database with the tree, its people and the shipped code lists."""
    hashed = people.hash_password(PASSWORD)
    with unit_of_work():
        units = _units()
        codes.install_defaults()
        for place in SURNAMES:
            for role in Role:
                if role not in ADMINISTRATORS:
                    _person(f"{place}.{role.value}", units[place], role, hashed)
        for role in sorted(ADMINISTRATORS):
            _person(f"lj.{role.value}", units["lj"], role, hashed)
        # A second natural person for every two-person rule.
        for role in (Role.INSPECTOR, Role.CASE_OFFICER, Role.PUBLISHER, Role.REVIEWER):
            _person(f"qs.{role.value}2", units["qs"], role, hashed)


def _units() -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for code, name, short, kind, level, parent, division, word in UNITS:
        unit = Unit(
            code=code, name=name, short_name=short, kind=UnitKind(kind), level=UnitLevel(level),
            parent=made.get(parent or ""), division_code=division, number_word=word,
        )  # fmt: skip
        db.session.add(unit)
        db.session.flush()
        unit.path = (unit.parent.path if unit.parent else "/") + f"{unit.id}/"
        made[code] = unit
        if kind == "bureau":
            db.session.add(UnitJurisdiction(unit=unit, division_code=division, valid_from=SINCE))
    return made


def _person(account: str, unit: Unit, role: Role, hashed: str) -> None:
    # Not through the action: hashing one password eighty times would take most of a minute.
    at = clock.now()
    person = Person(
        account=account, name=name_of(account), password_hash=hashed, password_changed_at=at,
        created_at=at,
    )  # fmt: skip
    db.session.add(person)
    db.session.flush()
    db.session.add(Post(person=person, unit=unit, role=role, valid_from=SINCE))


def name_of(account: str) -> str:
    """Return the invented name of an account."""
    place, _, role = account.partition(".")
    return SURNAMES[place] + "·" + role.replace("_", "")
