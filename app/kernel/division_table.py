"""Which administrative divisions are there, what lies in what, and what did they use to be?

Codes follow GB/T 2260 (six digits: province, prefecture, county); townships, known only for the
demonstration province, carry the nine digits of GB/T 10114. The tables are a dated snapshot:
`division_data/MANIFEST.toml` names source, licence and day, `division_source.py` rebuilds them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path

FILES = Path(__file__).parent / "division_data"

# Peoples whose name stands before 自治州, 自治县 or 自治旗; those of one character need their 族.
PEOPLES = (
    "柯尔克孜|哈萨克|维吾尔|塔吉克|达斡尔|鄂温克|鄂伦春|布依|朝鲜|土家|哈尼|傈僳|拉祜|景颇|仫佬|"
    "布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|怒族|保安|裕固|独龙|基诺|东乡|纳西|蒙古"
)
PEOPLE = rf"(?:(?:{PEOPLES})族?|[壮回藏苗彝侗瑶白傣黎佤畲水土羌满怒京各]族)"
AUTONOMOUS = re.compile(rf"^(?P<stem>.+?){PEOPLE}+自治(?P<kind>[州县旗区])$")
SUFFIX = re.compile(r"(?:特别行政区|自治[区州县旗]|地区|[新特林]区|[省市县区旗盟])$")
# Former names that are ordinary words today: 市郊区 in an address means the outskirts.
ORDINARY = frozenset({"市郊区", "市中区", "直属区", "中心区"})


class Level(StrEnum):
    """How far down a division stands."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


class Rank(IntEnum):
    """How firmly a piece of text names a division; lower is firmer."""

    FULL = 0
    COLLOQUIAL = 1
    FORMER = 2
    SHORT = 3


@dataclass(frozen=True)
class Division:
    """One division of today's table."""

    code: str
    name: str
    above: str

    @property
    def level(self) -> Level:
        if len(self.code) == 9:
            return Level.TOWN
        if self.code.endswith("0000"):
            return Level.PROVINCE
        return Level.CITY if self.code.endswith("00") else Level.COUNTY

    @property
    def short(self) -> str:
        """The name as spoken, without its kind: 澄州, 内蒙古, 恩施; the full name if too short."""
        autonomous = AUTONOMOUS.match(self.name)
        stem = autonomous["stem"] if autonomous else ""
        if len(stem) < 2:  # 内蒙古自治区 is not the 内 of the Mongols
            stem = SUFFIX.sub("", self.name)
        return stem if len(stem) > 1 else self.name


@dataclass(frozen=True)
class Former:
    """A division that is no more: until which year, by which change, and what it is today."""

    code: str
    name: str
    year: int
    change: str
    today: str
    """Code of today's division, empty where the source knows no single successor."""


@dataclass(frozen=True)
class Named:
    """What one name can mean."""

    division: Division | None
    rank: Rank
    former: Former | None = None


class DivisionTable:
    """The table in memory, with the lookups that everything else is made of."""

    def __init__(self, divisions: Iterable[Division], formers: Iterable[Former]) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._below: dict[str, list[Division]] = defaultdict(list)
        for division in self._by_code.values():
            self._below[division.above].append(division)
        self._formers: dict[str, list[Former]] = defaultdict(list)
        for former in formers:
            self._formers[former.code].append(former)
        self.names: dict[str, list[Named]] = defaultdict(list)
        for name, named in self._every_name():
            self.names[name].append(named)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self.names:
            lengths[name[0]].add(len(name))
        self.lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def get(self, code: str) -> Division | None:
        """Today's division of that code."""
        return self._by_code.get(code)

    def path(self, code: str) -> tuple[Division, ...]:
        """The division with everything above it, province first; empty for an unknown code."""
        found: list[Division] = []
        division = self._by_code.get(code)
        while division:
            found.append(division)
            division = self._by_code.get(division.above)
        return tuple(reversed(found))

    def full_name(self, code: str) -> str:
        """临江省澄州市青石县, or an empty string for an unknown code."""
        return "".join(division.name for division in self.path(code))

    def children(self, code: str = "") -> tuple[Division, ...]:
        """What lies directly below, in the order of codes; the provinces for an empty code."""
        return tuple(sorted(self._below.get(code, ()), key=lambda division: division.code))

    def contains(self, above: str, code: str) -> bool:
        """Tell whether `code` is `above` or lies anywhere below it."""
        return any(division.code == above for division in self.path(code))

    def formers(self, code: str) -> tuple[Former, ...]:
        """Former divisions that carried this code."""
        return tuple(self._formers.get(code, ()))

    def today(self, code: str) -> Division | None:
        """The division a code stands for today: itself, or what its former bearer became."""
        if code in self._by_code:
            return self._by_code[code]
        successors = {former.today for former in self._formers.get(code, ()) if former.today}
        return self._by_code.get(successors.pop()) if len(successors) == 1 else None

    def _every_name(self) -> Iterator[tuple[str, Named]]:
        for division in self._by_code.values():
            yield division.name, Named(division, Rank.FULL)
            if division.level is Level.TOWN:
                continue
            if division.short != division.name:
                yield division.short, Named(division, Rank.SHORT)
            if spoken := _colloquial(division):
                yield spoken, Named(division, Rank.COLLOQUIAL)
        seen: set[tuple[str, str]] = set()
        for former in (former for found in self._formers.values() for former in found):
            key = (former.name, former.today or former.code)
            if key in seen or not _still_said(former.name):
                continue
            seen.add(key)
            yield from self._former_names(former)

    def _former_names(self, former: Former) -> Iterator[tuple[str, Named]]:
        division = self._by_code.get(former.today)
        if division and division.name == former.name:
            return
        yield former.name, Named(division, Rank.FORMER, former)
        stem = SUFFIX.sub("", former.name)
        if division and former.code.endswith("00") and len(stem) > 1 and stem != division.short:
            yield stem, Named(division, Rank.SHORT, former)


def _still_said(former_name: str) -> bool:
    return former_name not in ORDINARY and not (len(former_name) == 2 and former_name[-1] == "区")


def _colloquial(division: Division) -> str | None:
    autonomous = AUTONOMOUS.match(division.name)
    if autonomous is None or len(autonomous["stem"]) < 2:
        return None
    kind = "自治区" if autonomous["kind"] == "区" else autonomous["kind"]
    return f"{autonomous['stem']}{kind}"


def _rows(name: str) -> Iterator[list[str]]:
    lines = (FILES / name).read_text(encoding="utf-8").splitlines()
    for line in lines[1:]:
        yield line.split("\t")


@cache
def table(*, demo: bool = False) -> DivisionTable:
    """The vendored table; with `demo` also the fictional province 990000 of the demonstration."""
    sources = ("", "demo_") if demo else ("",)
    divisions = [
        Division(code, name, above)
        for source in sources
        for code, name, above in _rows("demo.tsv" if source else "current.tsv")
    ]
    formers = [
        Former(code, name, int(year), change, today)
        for source in sources
        for code, name, year, change, today in _rows(f"{source}former.tsv")
    ]
    return DivisionTable(divisions, formers)
