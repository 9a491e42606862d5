"""How is text compared whatever its form, and where in the original does a match lie?

Full-width and circled figures, letters of other scripts' digits, invisible characters, doubled
spaces and line ends all hide a number from a search. ``fold`` takes them away and keeps, for each
character that is left, its place in the original, so that a match can be marked there.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

NUMERALS = "〇零一二三四五六七八九幺两壹贰貳叁參肆伍陆陸柒捌玖"
_VALUES = dict(zip(NUMERALS, "0012345678912122334566789", strict=True))
# A written-out telephone number has no 十 or 百 in it; seven numerals in a row are never a
# quantity.
_SPELT = re.compile(
    rf"(?:[0-9{NUMERALS}][ \-.·]{{0,3}}){{7,}}"
    # … nor five of them behind the beginning of a number plate.
    rf"|(?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z])"
    rf"[ ·.\-]{{0,2}}(?:[0-9A-HJ-NP-Z{NUMERALS}] ?){{5,6}}"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; character ``i`` of it came from ``origins[i]`` of the original."""

    text: str
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original behind ``start:end`` of the folded text."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    """NFKC character by character, without invisible ones, digits in ASCII, single spaces."""
    folded: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for plain in _plain(character):
            if plain == " " and folded and folded[-1] == " ":
                continue
            folded.append(plain)
            origins.append(at)
    return Folded("".join(folded), tuple(origins))


def with_figures(folded: Folded) -> Folded:
    """The same text with long runs of Chinese numerals written as figures, place for place."""
    figures = _SPELT.sub(
        lambda run: "".join(_VALUES.get(sign, sign) for sign in run.group()), folded.text
    )
    return Folded(figures, folded.origins)


def squeezed(text: str) -> tuple[str, str]:
    """The two forms in which strings are compared in a leak check: as written, and with figures.

    Folded, lower case, without spaces and without what people put between the groups of a number.
    Two forms, because a short run of numerals is turned into figures only where others stand beside
    it.
    """
    folded = fold(text)
    return _bare(folded.text), _bare(with_figures(folded).text)


def _bare(text: str) -> str:
    return text.translate(_GAPS).casefold()


_GAPS = dict.fromkeys(map(ord, " -.·"))


@lru_cache(maxsize=20_000)
def _plain(character: str) -> str:
    """What one character is compared as; empty for the invisible, a space for all white space."""
    if "\x20" < character < "\x7f" or "\u4e00" <= character <= "\u9fff":
        return character
    # White space before category: line ends and tabs are control characters too.
    if character.isspace():
        return " "
    if character == "\u2212" or unicodedata.category(character) == "Pd":
        return "-"
    if unicodedata.category(character) in {"Cf", "Cc", "Mn", "Me"}:
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", character)
    return "".join(" " if part.isspace() else part for part in plain)
