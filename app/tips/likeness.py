"""How alike are two accounts of what happened, and by which marks is a likely double found?

Finding goes by *prints*: whole numbers kept for every tip, of which doubles share at least one.  A
print stands for the same enterprise, the same name, batch or product in the same place, or for a
sample of the words of a name or of the text (MinHash: two texts that share most pairs of
characters share a sample with a probability that depends on nothing else, least of all on how many
tips there are).  Scoring then compares the few that were found, part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from random import Random
from typing import ClassVar

from rapidfuzz import fuzz

from app.kernel.text import bigrams, fold

#: Two samples make one print: common pairs of characters alone bring nobody together.
TEXT_PRINTS = 8
NAME_PRINTS = 5
#: A text this long says enough; a statement of ten pages is no better recognised.
MOST_TEXT = 600
#: Half a year ends the effect of time: the same defect told later is more often a new one.
FADES_DAYS = 180
#: Below this a candidate is not worth a glance; from the second on it is called likely.
WORTH_SHOWING = 0.45
LIKELY = 0.7
#: What an enterprise's name says of its form, not of itself.
_FORMS = re.compile(
    r"(股份|集团|责任|有限|公司|分公司|总店|分店|商行|门店|旗舰店|专卖店|经营部|\W)"
)
_NUMBER = re.compile(r"\d+")
_WIDTH = 64
_MODULUS = (1 << _WIDTH) - 1
#: Always the same multipliers: prints are kept, and must mean tomorrow what they mean today.
_DRAWN = Random(20260415)  # noqa: S311 - a fixed permutation, no secret
_PERMUTATIONS = [
    (_DRAWN.getrandbits(_WIDTH) | 1, _DRAWN.getrandbits(_WIDTH))
    for _ in range(max(2 * TEXT_PRINTS, NAME_PRINTS))
]


@dataclass(frozen=True)
class Story:
    """What is compared of a tip: never who told it."""

    facts: str = ""
    names: tuple[str, ...] = ()
    enterprise_id: int | None = None
    address: str = ""
    division_code: str = ""
    product_code: str = ""
    brand_model: str = ""
    batch: str = ""
    told_on: date | None = None


@dataclass(frozen=True)
class Parts:
    """How alike two stories are in each respect, 0 to 1; None where one of them says nothing."""

    enterprise: float | None
    product: float | None
    place: float | None
    time: float | None
    text: float | None

    WEIGHTS: ClassVar = {
        "enterprise": 0.35,
        "text": 0.3,
        "product": 0.15,
        "place": 0.1,
        "time": 0.1,
    }

    def named(self) -> dict[str, float | None]:
        """Return the parts by name, heaviest first."""
        return {name: getattr(self, name) for name in self.WEIGHTS}

    @property
    def score(self) -> float:
        """The weighted mean of what both stories tell; one respect alone proves little."""
        told = {name: part for name, part in self.named().items() if part is not None}
        weight = sum(self.WEIGHTS[name] for name in told)
        mean = sum(self.WEIGHTS[name] * part for name, part in told.items()) / max(weight, 0.6)
        if self.enterprise is not None and self.enterprise < 0.3 and (self.text or 0) < 0.8:
            return min(mean, WORTH_SHOWING)
        elsewhere = self.place is not None and self.place < 0.5
        # The same defect in another place, nobody named: worth a glance, no double.
        return min(mean, LIKELY - 0.01) if self.enterprise is None and elsewhere else mean


def prints_of(story: Story) -> list[int]:
    """Return the prints of a story, each once; never none, so that it is known to be printed."""
    return sorted({_number(mark) for mark in _marks(story)})


def _marks(story: Story) -> Iterator[str]:
    yield "text:" + fold(story.facts)
    if story.enterprise_id:
        yield f"enterprise:{story.enterprise_id}"
    for name in story.names:
        if bare := bare_name(name):
            yield f"name:{bare}"
            yield from (f"name {at}:{low}" for at, low in enumerate(_lowest(bare, NAME_PRINTS)))
    if batch := fold(story.batch):
        yield f"batch:{batch}"
    if story.product_code and story.division_code:
        yield f"place:{story.division_code}:{story.product_code}"
    lows = _lowest(story.facts[:MOST_TEXT], 2 * TEXT_PRINTS)
    pairs = zip(lows[::2], lows[1::2], strict=True)
    yield from (f"text {at}:{one}:{other}" for at, (one, other) in enumerate(pairs))


def bare_name(name: str) -> str:
    """Return a name without what only says its legal form; the whole of it if that is all."""
    folded = fold(name)
    return _FORMS.sub("", folded) or folded


def _lowest(text: str, count: int) -> list[int]:
    """Return the lowest number of the text's words under each of so many permutations."""
    words = [_number(word) & _MODULUS for word in bigrams(text) if len(word) > 1]
    if not words:
        return []
    return [
        min((factor * word + shift) & _MODULUS for word in words)
        for factor, shift in _PERMUTATIONS[:count]
    ]


def _number(mark: str) -> int:
    """Return 64 bits of a mark, signed as both databases keep them."""
    digest = blake2b(mark.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def compare(one: Story, other: Story) -> Parts:
    """Compare two stories in the five respects."""
    return Parts(
        enterprise=_enterprise(one, other),
        product=_product(one, other),
        place=_place(one, other),
        time=_time(one.told_on, other.told_on),
        text=_text(one.facts, other.facts),
    )


def _enterprise(one: Story, other: Story) -> float | None:
    if one.enterprise_id and one.enterprise_id == other.enterprise_id:
        return 1.0
    pairs = [(a, b) for a in _bare(one.names) for b in _bare(other.names)]
    if not pairs:
        return None
    best = max(_names_alike(a, b) for a, b in pairs)
    # Half the characters in common is nothing: 样例五金店 and 样例茶叶店.
    likeness = _stretched(best, 0.6)
    both_known = one.enterprise_id and other.enterprise_id
    return min(likeness, 0.5) if both_known else likeness


def _names_alike(one: str, other: str) -> float:
    """Compare two bare names; people leave the place before a name out, or put it there."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) >= 4 and (one.endswith(other) or other.endswith(one)):
        return 0.95
    return fuzz.ratio(one, other) / 100


def _bare(names: Iterable[str]) -> list[str]:
    return [bare for name in names if (bare := bare_name(name))]


def _stretched(ratio: float, nothing: float) -> float:
    return max(0.0, (ratio - nothing) / (1 - nothing))


def _product(one: Story, other: Story) -> float | None:
    if one.batch and other.batch:
        return 1.0 if fold(one.batch) == fold(other.batch) else 0.3
    models = fold(one.brand_model), fold(other.brand_model)
    alike = fuzz.ratio(*models) / 100 if all(models) else None
    if one.product_code and other.product_code:
        same = one.product_code == other.product_code
        return max(0.9, alike or 0) if same else 0.0
    return alike


def _place(one: Story, other: Story) -> float | None:
    addresses = fold(one.address), fold(other.address)
    if min(map(len, addresses)) >= 4:
        alike = fuzz.partial_ratio(*addresses) / 100
        numbers = [_NUMBER.findall(address) for address in addresses]
        if all(numbers) and numbers[0] != numbers[1]:
            return min(alike, 0.4)  # another house, perhaps of the same street
        if alike > 0.8:
            return alike
    if one.division_code and other.division_code:
        return 0.7 if one.division_code == other.division_code else 0.0
    return _stretched(fuzz.ratio(*addresses) / 100, 0.4) if all(addresses) else None


def _time(one: date | None, other: date | None) -> float | None:
    if one is None or other is None:
        return None
    return max(0.0, 1 - abs((one - other).days) / FADES_DAYS)


def _text(one: str, other: str) -> float | None:
    """Compare by pairs of characters, so that an order of sentences turned round costs little."""
    told = [set(bigrams(text[:MOST_TEXT])) for text in (one, other)]
    if not all(told):
        return None
    shared = len(told[0] & told[1])
    dice = 2 * shared / (len(told[0]) + len(told[1]))
    # A short call about what a long letter tells: nearly all of the short one is in the long one.
    within = shared / min(map(len, told)) if min(map(len, told)) >= 12 else 0.0
    order = fuzz.ratio(fold(one[:MOST_TEXT]), fold(other[:MOST_TEXT])) / 100
    return max(dice, 0.9 * within, _stretched(order, 0.2))
