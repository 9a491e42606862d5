"""Who acts in the demonstration, and in which bureaus?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from app.demo.texts import read
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.people import actions as people
from app.people import credentials
from app.people import queries as people_queries
from app.people import rules as people_rules
from app.people.credentials import FirstPassword
from app.people.models import Person
from app.units import actions as units
from app.units import queries as unit_queries
from app.units.actions import UnitFacts
from app.units.models import Unit
from app.units.rules import Business, UnitKind, UnitLevel, holds_records

#: One password for every account of the demonstration; printed at the start, never for real use.
PASSWORD = "Bamboo-Bridge-58"  # noqa: S105 - made to be known
#: Since when the bureaus have had jurisdiction: before anything that is told.
COMPETENT_SINCE = date(2019, 1, 1)


@dataclass(frozen=True)
class Guide:
    """An account worth signing in with, and what to look at with it."""

    account: str
    name: str
    unit: str
    title: str
    shows: str


class Cast:
    """Finds who holds a role in a bureau, as an identity that may act."""

    def __init__(self) -> None:
        """Read the tables; the people themselves are made by ``found``."""
        rows = read("units")["rows"]
        self._above = {row[0]: row[1] for row in rows}
        self._kinds = {row[0]: UnitKind(row[4]) for row in rows}
        self._posts: dict[tuple[str, Role], list[tuple[str, str]]] = defaultdict(list)
        self._units: dict[str, list[str]] = {}
        for account, _name, posts in read("people")["rows"]:
            self._units[account] = [post[0] for post in posts]
            for unit, role, _title in posts:
                held = self._posts[self.bureau_of(unit), Role(role)]
                if account not in {holder for holder, _unit in held}:
                    held.append((account, unit))
        self._known: dict[tuple[str, str], Identity] = {}

    def bureau_of(self, unit: str) -> str:
        """Return the code of the bureau a unit acts for."""
        while not holds_records(self._kinds[unit]):
            unit = self._above[unit]
        return unit

    def has(self, bureau: str, role: Role) -> bool:
        """Tell whether anybody holds the role there."""
        return bool(self._posts.get((bureau, role)))

    def count(self, bureau: str, role: Role) -> int:
        """Return how many hold the role there."""
        return len(self._posts.get((bureau, role), ()))

    def who(self, bureau: str, role: Role, number: int = 0) -> Identity:
        """Return one of those who hold a role in a bureau, its sections and stations."""
        found = self._posts[bureau, role]
        return self._identity(*found[number % len(found)])

    def account(self, account: str, bureau: str = "") -> Identity:
        """Return somebody in their first post, or in their first one in a bureau."""
        units = [unit for unit in self._units[account] if bureau in ("", self.bureau_of(unit))]
        return self._identity(account, units[0])

    def _identity(self, account: str, unit: str) -> Identity:
        if (account, unit) not in self._known:
            self._known[account, unit] = people_queries.today_identity(account, unit)
        return self._known[account, unit]

    def pair(self, bureau: str, role: Role, number: int) -> tuple[Person, Person]:
        """Return two who hold a role in a bureau: who goes, and who goes along."""
        one, two = (self.who(bureau, role, number + step) for step in (0, 1))
        return person(one), person(two)


def person(who: Identity) -> Person:
    """Return the account of an identity."""
    return people_queries.by_id(who.person_id)


def found() -> None:
    """Make the units, the people and their posts, as the command line would."""
    made: dict[str, Unit] = {}
    for row in read("units")["rows"]:
        code, above, name, short, kind, level, division, word = row
        facts = UnitFacts(
            name, short, UnitKind(kind), UnitLevel(level), division, word,
            phone=f"0000-{division[2:]}{len(made):03d}", address=_seat(name),
        )  # fmt: skip
        made[code] = units.create(
            code, facts, parent=made.get(above), by=None, since=COMPETENT_SINCE
        )
    first = credentials.first_password()
    for account, name, posts in read("people")["rows"]:
        made_person, _words = people.create_person(account, name, by=None, first=first)
        for unit, role, title in posts:
            people.grant_post(made_person, made[unit], Role(role), by=None, title=title)


def _seat(name: str) -> str:
    """Return an address that says what it is."""
    place = name.removesuffix("市场监督管理局")
    return f"{place}演示路 1 号" if place != name else ""


def set_lines(cast: Cast) -> None:
    """Let a unit report to somebody else than the tree says, as the system administrator."""
    by = cast.account("chengyuan")
    for unit, superior, business in read("units")["lines"]:
        units.set_line(
            unit_queries.by_code(unit), unit_queries.by_code(superior), Business(business), by=by
        )


def hash_of_password() -> FirstPassword:
    """Hash the one password, once; slow, so before a write transaction begins."""
    return FirstPassword(PASSWORD, credentials.hash_password(PASSWORD), is_lasting=True)


def choose_password(chosen: FirstPassword) -> None:
    """Let everybody put the known password in place of the first one, each for themselves."""
    for account, _name, _posts in read("people")["rows"]:
        people_rules.check_password(chosen.words, account=account)
        by = people_queries.today_identity(account)
        credentials.change_password(person(by), chosen.hashed, by=by)


def guides() -> list[Guide]:
    """Return the accounts that walk the thread."""
    unit_names = {row[0]: row[3] for row in read("units")["rows"]}
    rows = {row[0]: row for row in read("people")["rows"]}
    found_guides = []
    for account, shows in read("people")["guides"]:
        _account, name, posts = rows[account]
        unit, _role, title = posts[0]
        found_guides.append(Guide(account, name, unit_names[unit], title, shows))
    return found_guides
