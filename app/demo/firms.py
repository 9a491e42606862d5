"""Which enterprises does the demonstration know?"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import Any

from app.demo.agenda import Pace, Story
from app.demo.cast import Cast
from app.demo.texts import chance, dealt, read
from app.enterprises import actions
from app.enterprises import queries as enterprises
from app.enterprises.models import Enterprise
from app.enterprises.rules import EnterpriseKind, EnterpriseStatus, Particulars
from app.kernel.identifiers import credit_check, organisation_check
from app.kernel.roles import Role

TOTAL = 300
#: Registered together, as a list from the business register would be.
AT_ONCE = 50


@dataclass(frozen=True)
class Firm:
    """An enterprise as its inventor sees it."""

    serial: int
    name: str
    kind: EnterpriseKind
    trade: str
    division: str
    address: str
    representative: str
    field: str
    products: tuple[str, ...]
    key: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def makes(self) -> bool:
        """Whether it makes what it sells."""
        return self.field == "production"

    @property
    def place(self) -> str:
        """The street as a caller names it: county and road, no number."""
        return self.business_address.split(" ", 1)[0]

    @property
    def business_address(self) -> str:
        """The address below the province and city, as a decision writes it."""
        return self.address.split("市", 1)[1]

    @property
    def credit_code(self) -> str:
        """A credit code with the right check characters that belongs to nobody."""
        if self.kind is EnterpriseKind.PERSON:
            return ""
        organisation = f"MA{self.serial:04d}YL"
        category = "92" if self.kind is EnterpriseKind.SOLE_TRADER else "91"
        body = f"{category}{self.division}{organisation}{organisation_check(organisation)}"
        return body + credit_check(body)

    @property
    def phone(self) -> str:
        """A telephone number of the range that nobody has."""
        return f"138 0000 {self.serial:04d}"


def invent() -> list[Firm]:
    """Return all enterprises, the ones that stories name first."""
    written, rng = read("firms"), chance("firms")
    known = [_known(serial, row, written) for serial, row in enumerate(written["known"], start=1)]
    rest = TOTAL - len(known)
    places, trades = written["places"], written["trades"]
    where = dealt(rng, places, [place[2] for place in places], rest)
    what = dealt(rng, trades, [trade["share"] for trade in trades], rest)
    names = _Names(rng, {firm.name for firm in known})
    drawn = [
        _drawn(serial, place, trade, names)
        for serial, (place, trade) in enumerate(zip(where, what, strict=True), len(known) + 1)
    ]
    return known + drawn


def _known(serial: int, row: dict[str, Any], written: dict[str, Any]) -> Firm:
    trade = next(trade for trade in written["trades"] if trade["code"] == row["trade"])
    return Firm(
        serial=serial,
        name=row["name"],
        kind=EnterpriseKind(row["kind"]),
        trade=row["trade"],
        division=row["division"],
        address=row["address"],
        representative=row["representative"],
        field=row["field"],
        products=tuple(trade["products"]),
        key=row["key"],
        aliases=tuple(row.get("aliases", ())),
    )


class _Names:
    """Makes names that do not repeat and that nobody could take for real."""

    def __init__(self, rng: Random, taken: set[str]) -> None:
        self.rng, self._taken, self._written = rng, taken, read("firms")

    def firm(self, county: str, ending: str, *, is_unit: bool) -> str:
        """Return a name with its mark, sometimes led by its county."""
        while True:
            mark = self.rng.choice(self._written["marks"])
            word = self.rng.choice(self._written["words"])
            lead = county if is_unit and self.rng.random() < 0.25 else ""
            name = f"{lead}{mark}{word}{ending}"
            if name not in self._taken:
                self._taken.add(name)
                return name

    def person(self) -> str:
        """Return the name of somebody who does not exist."""
        written = self._written
        return f"{self.rng.choice(written['surnames'])}{self.rng.choice(written['given'])}"


def _drawn(serial: int, place: list[Any], trade: dict[str, Any], names: _Names) -> Firm:
    rng = names.rng
    division, whole, _share, streets = place
    is_unit = rng.random() < 0.42
    ending = rng.choice(trade["firms" if is_unit else "shops"])
    county = whole.split("市", 1)[1]
    field = "production" if is_unit and rng.random() < 0.6 else "circulation"
    products = trade["products"]
    return Firm(
        serial=serial,
        name=names.firm(county, ending, is_unit=is_unit),
        kind=EnterpriseKind.UNIT if is_unit else EnterpriseKind.SOLE_TRADER,
        trade=trade["code"],
        division=division,
        address=f"{whole}{rng.choice(streets)} {rng.randint(2, 398)} 号",
        representative=names.person(),
        field=field,
        products=tuple(sorted(rng.sample(products, k=rng.randint(1, len(products))))),
    )


class Register:
    """The enterprises once they are on file, by trade, place and key."""

    def __init__(self, firms: list[Firm]) -> None:
        """Sort the inventions; their references come when they are registered."""
        self.firms = firms
        self._references: dict[int, str] = {}
        self._keyed = {firm.key: firm for firm in firms if firm.key}
        self._lying: dict[tuple[str, str], list[Firm]] = defaultdict(list)
        for firm in firms:
            self._lying[firm.trade, firm.division].append(firm)

    def keyed(self, key: str) -> Firm:
        """Return an enterprise that stories name."""
        return self._keyed[key]

    def lying(self, trade: str, division: str, *, makes: bool) -> list[Firm]:
        """Return the unnamed makers or sellers of a trade in a division."""
        return [f for f in self._lying[trade, division] if not f.key and f.makes is makes]

    def on_file(self, firm: Firm) -> Enterprise:
        """Return the record of an enterprise."""
        return enterprises.by_reference(self._references[firm.serial])

    def story(self, cast: Cast, pace: Pace, age: int) -> Story:
        """Enter all enterprises on one day, some dozens at a time."""
        yield pace.begin(age)
        for at in range(0, len(self.firms), AT_ONCE):
            for firm in self.firms[at : at + AT_ONCE]:
                self._register(firm, cast)
            yield pace.after(0)

    def _register(self, firm: Firm, cast: Cast) -> None:
        particulars = Particulars(
            name=firm.name,
            kind=firm.kind,
            credit_code=firm.credit_code,
            legal_representative=firm.representative,
            address=firm.address,
            division_code=firm.division,
            contact=firm.representative,
            phone=firm.phone,
            status=_status(firm),
            fields=(firm.field,),
            products=firm.products,
            aliases=firm.aliases,
        )
        by = cast.who("cz", Role.TRIAGE_OFFICER)
        self._references[firm.serial] = actions.register(particulars, by=by).reference


def _status(firm: Firm) -> EnterpriseStatus:
    """Most do business; every now and then one has stopped."""
    if firm.key or firm.serial % 37:
        return EnterpriseStatus.ACTIVE
    return list(EnterpriseStatus)[1 + firm.serial // 37 % 3]
