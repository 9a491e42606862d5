"""What do all stories of the demonstration share: the day, the people, the enterprises?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from app.demo.agenda import Agenda, Pace
from app.demo.cast import Cast
from app.demo.firms import Firm, Register
from app.demo.photos import Album
from app.demo.texts import chance, read
from app.kernel.calendar import WorkCalendar, last_working_day_on_or_before
from app.kernel.deadlines import compute, rule_at
from app.tips.rules import TipKind, clock_of

#: Where the demonstration's files say they can be verified: the address ./portal run serves.
VERIFY_ROOT = "http://127.0.0.1:8000/verify"

#: Bureaus with a whole team, and their divisions: they file cases.
TEAMS = {"qs": "990121", "bs": "990122", "dh": "990103", "wj": "990102", "dl": "990221"}
#: Bureaus that only visit and mediate.
SMALL = {"np": "990104", "fl": "990302"}
#: To which desk the calls of a bureau's division come first.
DESKS = {"qs": "cz", "bs": "cz", "dh": "cz", "wj": "cz", "np": "cz", "dl": "ny", "fl": "lj"}


@dataclass
class Stage:
    """Everything a story needs."""

    today: date
    days: WorkCalendar
    agenda: Agenda
    cast: Cast
    firms: Register
    album: Album
    #: References of records that one story makes and another looks up, by key.
    cases: dict[str, str] = field(default_factory=dict)
    campaigns: dict[str, str] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    #: The first tip of each call, by the seed of its story.
    tips: dict[str, str] = field(default_factory=dict)

    def pace(self, seed: str) -> Pace:
        """Return the instants of one story."""
        return Pace(seed, self.days, self.today)

    def desk(self, bureau: str) -> str:
        """Return the bureau at whose desk the calls of a division come in."""
        return DESKS.get(bureau, bureau)

    def workdays_ago(self, number: int) -> int:
        """Return the age in days of the last working day before so many working days."""
        day = self.today
        for _ in range(number):
            day = last_working_day_on_or_before(day - timedelta(days=1), self.days)
        return (self.today - day).days

    def age_due_today(self, kind: TipKind) -> int:
        """Return how long ago a tip came whose term ends today, else just before."""
        rule = clock_of(kind)
        ages = range(1, 40)
        left = {age: self._due(rule, age) - self.today for age in ages}
        return min(ages, key=lambda age: (left[age] > timedelta(0), abs(left[age])))

    def _due(self, rule: str, age: int) -> date:
        day = self.today - timedelta(days=age)
        return compute(rule_at(rule, day), day, calendar=self.days).due_on

    def years(self) -> dict[str, str]:
        """Return the years that titles are filled with."""
        return {"year": str(self.today.year), "last_year": str(self.today.year - 1)}


@dataclass(frozen=True)
class Goods:
    """What was found at an enterprise: how much of what, and what it is worth."""

    product: str
    noun: str
    unit: str
    price: int
    quantity: int
    tested: str

    @property
    def found(self) -> str:
        """How an officer names it: 电线 86 卷."""
        return f"{self.noun} {self.quantity} {self.unit}"

    def findings(self, rng: Random, firm: Firm, *, problem: bool) -> str:
        """Return what the officers wrote."""
        written = rng.choice(read("handling")["problem" if problem else "fine"])
        return str(
            written.format(
                shop=firm.name, goods=self.noun, quantity=f" {self.quantity} ", unit=self.unit
            )
        )


def goods(seed: str, product: str, *, quantity: int = 0, price: int = 0) -> Goods:
    """Return what was found, by chance or as a story has it."""
    rng = chance(f"goods/{seed}")
    row: list[Any] = read("handling")["goods"][product]
    noun, unit, least, most, few, many, tested = row
    return Goods(
        product=product,
        noun=noun,
        unit=unit,
        price=price or rng.randint(least, most),
        quantity=quantity or rng.randint(few, many),
        tested=tested,
    )
