"""Which division does an address lie in, and how sure is that?

The resolver reads the names of divisions in a text and nothing else: no coordinates, no road
names, no guessing. Where one name fits several places it says so and lists them; where a name is
out of use it says since when; where nothing fits it refuses.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from app.kernel.division_table import (
    Division,
    DivisionTable,
    Former,
    Level,
    Named,
    Rank,
    table,
)

__all__ = [
    "Division", "DivisionTable", "Former", "Level", "Reason", "Resolution", "Status", "choices",
    "full_name_of", "name_of", "resolve", "table",
]  # fmt: skip

# An address longer than this is a story; its place stands at the beginning.
READ_CHARACTERS = 400

SEPARATORS = re.compile(r"[\W_]+")
# 北京路, 南京东路, 中山南二路: a place name that names a road.
ROAD = re.compile(r"[东西南北中]?[一二三四五六七八九十]?(?:路|街|大道|大街|巷|弄|胡同|桥)")
# 广州市场, 北京市民, 上海市面: the 市 belongs to the next word; 市民政局 is the office again.
NOT_A_CITY = re.compile(r"场|民(?!政)|面|售|价")
NOT_A_DISTRICT = re.compile(r"域|别|块|间")
UNKNOWN_PROVINCE = re.compile(r"^[\u3400-\u9fff]{2,3}省")
UNKNOWN_COUNTY = re.compile(r"[\u3400-\u9fff]{1,4}县")
ANY_PROVINCE = frozenset({"外省", "本省", "全省", "我省", "邻省", "跨省", "该省", "各省"})


class Status(StrEnum):
    """How an address was understood."""

    RESOLVED = "resolved"
    HISTORICAL = "historical"
    AMBIGUOUS = "ambiguous"
    UNRESOLVABLE = "unresolvable"


class Reason(StrEnum):
    """Why it was understood so; a page says it in words."""

    PATH = "path"
    SINGLE_NAME = "single_name"
    WITHIN = "within"
    FORMER_NAME = "former_name"
    UNKNOWN_BELOW = "unknown_below"
    SAME_NAME = "same_name"
    SEVERAL_PLACES = "several_places"
    CONTRADICTION = "contradiction"
    ABOLISHED = "abolished"
    UNKNOWN_PROVINCE = "unknown_province"
    NO_DIVISION = "no_division"
    EMPTY = "empty"


@dataclass(frozen=True)
class Resolution:
    """What the resolver found; `code` is empty unless resolved or historical."""

    status: Status
    reason_code: Reason
    code: str = ""
    name: str = ""
    matched_text: str = ""
    candidates: tuple[Division, ...] = ()
    town_code: str = ""
    former: Former | None = None


@dataclass(frozen=True)
class _Match:
    """One name found in the text, with everything it may mean."""

    start: int
    end: int
    text: str
    meanings: tuple[Named, ...]

    @property
    def rank(self) -> Rank:
        # Two characters such as 东区 or 沙县 are ordinary words as often as names.
        firm = min(meaning.rank for meaning in self.meanings)
        return Rank.SHORT if len(self.text) == 2 else firm


@dataclass
class _Chain:
    """Names that lie one in the other: 临江省, 澄州市, 青石县."""

    matches: list[_Match]
    meanings: list[Named]
    former: Former | None = None
    contradicts: bool = False

    @property
    def end(self) -> int:
        return self.matches[-1].end

    @property
    def text(self) -> str:
        return "".join(match.text for match in self.matches)

    @property
    def explicit(self) -> bool:
        """Whether the text names more than one floating county."""
        high = any(
            meaning.division is not None and meaning.division.level in (Level.PROVINCE, Level.CITY)
            for meaning in self.meanings
        )
        return len(self.matches) > 1 or high

    def codes(self) -> tuple[str, ...]:
        found = (meaning.division.code for meaning in self.meanings if meaning.division)
        return tuple(dict.fromkeys(found))


def resolve(address: str, within: str | None = None, *, demo: bool = False) -> Resolution:
    """Find the division an address lies in.

    `within` is the code of a division whose places are meant when a name fits several (a county
    bureau means its own 城关镇); a place named outside it is still found. `demo` adds the
    fictional province. About 0.1 ms once the table is loaded (some 20 ms, at the first call).
    """
    text = SEPARATORS.sub("", unicodedata.normalize("NFKC", address))[:READ_CHARACTERS]
    if not text:
        return Resolution(Status.UNRESOLVABLE, Reason.EMPTY)
    return _Reading(table(demo=demo), text, within).resolution()


def name_of(code: str, *, demo: bool = False) -> str:
    """Return the name that a code has today or had last (青石县); empty for an unknown code."""
    divisions = table(demo=demo)
    division = divisions.get(code)
    former = divisions.formers(code)
    return division.name if division else former[-1].name if former else ""


def full_name_of(code: str, *, demo: bool = False) -> str:
    """Return a division's name with everything above it (临江省澄州市青石县)."""
    return table(demo=demo).full_name(code)


def choices(within: str, *, demo: bool = False) -> list[tuple[str, str]]:
    """Return a division and everything down to its counties, for a selection list.

    Below the first level the names carry the one above (澄州市 青石县), so that two districts of
    one name are told apart.
    """
    divisions = table(demo=demo)
    found: list[tuple[str, str]] = []
    waiting = [division for division in (divisions.get(within),) if division]
    while waiting:
        division = waiting.pop()
        if division.level is not Level.TOWN:
            above = divisions.get(division.above) if division.code != within else None
            city = above if above and above.level is Level.CITY and above.code != within else None
            found.append((division.code, f"{city.name} {division.name}" if city else division.name))
            waiting += reversed(divisions.children(division.code))
    return found


@dataclass
class _Reading:
    """One text being read."""

    divisions: DivisionTable
    text: str
    within: str | None
    chains: list[_Chain] = field(default_factory=list)
    abolished: Former | None = None

    def resolution(self) -> Resolution:
        matches = list(self._matches())
        unknown = UNKNOWN_PROVINCE.match(self.text)
        begins_with_a_name = bool(matches) and matches[0].start == 0
        if unknown and not begins_with_a_name and unknown.group() not in ANY_PROVINCE:
            return Resolution(
                Status.UNRESOLVABLE, Reason.UNKNOWN_PROVINCE, matched_text=unknown.group()
            )
        for match in matches:
            self._place(match)
        chains = _distinct([chain for chain in self.chains if self._holds(chain)], self.divisions)
        if not chains:
            return self._nothing()
        if len(chains) > 1:
            return self._several(chains)
        return self._one(chains[0])

    def _matches(self) -> Iterable[_Match]:
        position = 0
        while position < len(self.text):
            match = self._match_at(position)
            if match:
                yield match
            position = match.end if match else position + 1

    def _match_at(self, start: int) -> _Match | None:
        for length in self.divisions.lengths.get(self.text[start], ()):
            text = self.text[start : start + length]
            meanings = self.divisions.names.get(text) if len(text) == length else None
            if meanings and _is_a_name(text, self.text[start + length :]):
                return _Match(start, start + length, text, tuple(meanings))
        return None

    def _place(self, match: _Match) -> None:
        """Add a name to the chain it continues, or begin a new chain with it."""
        living = [meaning for meaning in match.meanings if meaning.division]
        chain = self.chains[-1] if self.chains else None
        adjacent = chain is not None and match.start == chain.end
        if chain and (adjacent or match.rank < Rank.SHORT):
            below = [meaning for meaning in living if self._lies_below(meaning, chain)]
            if below:
                self._extend(chain, match, below)
                return
            if any(self._lies_above(meaning, chain) for meaning in living):
                return
        gone = _abolished(match, chain.codes() if chain else ())
        if gone:
            self.abolished = self.abolished or gone
            return
        if chain and not adjacent and match.rank is Rank.SHORT:
            return
        firm = _firmest(living)
        former = firm[0].former if all(meaning.former for meaning in firm) else None
        contradicts = adjacent and match.rank < Rank.SHORT
        self.chains.append(_Chain([match], firm, former, contradicts))

    def _extend(self, chain: _Chain, match: _Match, below: list[Named]) -> None:
        firm = _firmest(below)
        chain.matches.append(match)
        chain.meanings = firm
        chain.former = chain.former or firm[0].former

    def _lies_below(self, meaning: Named, chain: _Chain) -> bool:
        code = meaning.division.code if meaning.division else ""
        above = {division.code for division in self.divisions.path(code)[:-1]}
        return bool(above & set(chain.codes()))

    def _lies_above(self, meaning: Named, chain: _Chain) -> bool:
        """Whether a name only repeats what the chain already says (北京市北京市朝阳区)."""
        code = meaning.division.code if meaning.division else ""
        return any(self.divisions.contains(code, placed) for placed in chain.codes())

    def _holds(self, chain: _Chain) -> bool:
        """Whether a chain is firm enough: a full name, two names in a row, or nothing else said."""
        if self._holds_alone(chain):
            return True
        inside = [code for code in chain.codes() if self._is_within(code)]
        return chain.matches[0].start == 0 and len(inside) == 1

    def _holds_alone(self, chain: _Chain) -> bool:
        several = len(chain.matches) > 1
        return several or chain.matches[0].rank < Rank.SHORT or chain.text == self.text

    def _is_within(self, code: str) -> bool:
        return bool(self.within) and self.divisions.contains(self.within or "", code)

    def _nothing(self) -> Resolution:
        if self.abolished:
            return Resolution(
                Status.UNRESOLVABLE,
                Reason.ABOLISHED,
                matched_text=self.abolished.name,
                former=self.abolished,
            )
        return Resolution(Status.UNRESOLVABLE, Reason.NO_DIVISION)

    def _several(self, chains: list[_Chain]) -> Resolution:
        contradiction = any(chain.contradicts for chain in chains)
        return Resolution(
            Status.AMBIGUOUS,
            Reason.CONTRADICTION if contradiction else Reason.SEVERAL_PLACES,
            matched_text="".join(chain.text for chain in chains),
            candidates=self._divisions(code for chain in chains for code in chain.codes()),
        )

    def _one(self, chain: _Chain) -> Resolution:
        codes = chain.codes()
        reason = Reason.PATH if len(chain.matches) > 1 else Reason.SINGLE_NAME
        if len(codes) > 1 or not self._holds_alone(chain):
            codes = tuple(code for code in codes if self._is_within(code))
            reason = Reason.WITHIN
        if len(codes) != 1:
            candidates = self._divisions(codes or chain.codes())
            return Resolution(
                Status.AMBIGUOUS, Reason.SAME_NAME, matched_text=chain.text, candidates=candidates
            )
        return self._found(chain, codes[0], self._qualified(chain, reason))

    def _qualified(self, chain: _Chain, reason: Reason) -> Reason:
        if chain.former:
            return Reason.FORMER_NAME
        if self.abolished:
            return Reason.ABOLISHED
        city = any(m.division and m.division.level is Level.CITY for m in chain.meanings)
        unknown = city and UNKNOWN_COUNTY.match(self.text[chain.end :])
        return Reason.UNKNOWN_BELOW if unknown else reason

    def _found(self, chain: _Chain, code: str, reason: Reason) -> Resolution:
        path = self.divisions.path(code)
        town = path[-1] if path[-1].level is Level.TOWN else None
        division = path[-2] if town else path[-1]
        return Resolution(
            Status.HISTORICAL if chain.former else Status.RESOLVED,
            reason,
            division.code,
            division.name,
            chain.text,
            town_code=town.code if town else "",
            former=chain.former or self.abolished,
        )

    def _divisions(self, codes: Iterable[str]) -> tuple[Division, ...]:
        found = (self.divisions.get(code) for code in dict.fromkeys(codes))
        return tuple(division for division in found if division)


def _is_a_name(name: str, following: str) -> bool:
    """Tell a division's name from the beginning of another word (北京路, 广州市场)."""
    if name.endswith("市"):
        return not NOT_A_CITY.match(following)
    if name.endswith("区"):
        return not NOT_A_DISTRICT.match(following)
    return not ROAD.match(following)


def _abolished(match: _Match, here: tuple[str, ...]) -> Former | None:
    """A former division without successor, if the name can mean that only, or here does."""
    gone = [m.former for m in match.meanings if m.former and m.division is None]
    if len(gone) == len(match.meanings):
        return gone[0]
    return next((f for f in gone if any(f.code[:4] == code[:4] for code in here)), None)


def _firmest(meanings: list[Named]) -> list[Named]:
    rank = min(meaning.rank for meaning in meanings)
    return [meaning for meaning in meanings if meaning.rank == rank]


def _distinct(chains: list[_Chain], divisions: DivisionTable) -> list[_Chain]:
    """The chains that say something of their own.

    After a path of several names a lone county further on is a remark (近白沙县); a chain whose
    place another one only makes more exact says nothing new.
    """
    if chains and chains[0].explicit:
        chains = [chains[0], *(c for c in chains[1:] if c.explicit or c.contradicts)]
    return [
        chain
        for chain in chains
        if not any(
            other is not chain and _covers(chain, other, divisions) and
            (not _covers(other, chain, divisions) or chains.index(other) < chains.index(chain))
            for other in chains
        )
    ]  # fmt: skip


def _covers(wide: _Chain, narrow: _Chain, divisions: DivisionTable) -> bool:
    return all(
        any(divisions.contains(above, code) for above in wide.codes()) for code in narrow.codes()
    )
