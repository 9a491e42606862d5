"""What do a Word document's styles and lists say about a paragraph or a run?

Only what changes words or their place is read: the level in the outline, the alignment, whether
words are hidden or too faint to be seen, and the number that Word draws before a paragraph and
that therefore stands in no text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

OFF = frozenset({"0", "false", "off"})
ALIGNMENTS = {"start": "left", "end": "right", "both": "justify", "distribute": "justify"}
DEEPEST_STYLE = 12
SMALLEST = 4  # half-points; below is not read by anybody
PALEST = 0xF4


def is_on(properties: ET.Element | None, name: str) -> bool:
    """Whether a switch such as ``vanish`` stands among properties and is not switched off."""
    found = None if properties is None else properties.find(name)
    return found is not None and found.get("val", "true") not in OFF


def value(properties: ET.Element | None, path: str) -> str:
    """The value of one property; empty where there is none."""
    found = None if properties is None else properties.find(path)
    return "" if found is None else found.get("val", "")


def is_faint(properties: ET.Element | None) -> bool:
    """White on nothing, or smaller than can be read."""
    size = value(properties, "sz")
    if size.isdigit() and int(size) <= SMALLEST:
        return True
    colour = value(properties, "color")
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return False
    has_ground = properties is not None and (
        properties.find("highlight") is not None or properties.find("shd") is not None
    )
    return not has_ground and min(bytes.fromhex(colour)) >= PALEST


@dataclass(frozen=True)
class Look:
    """What applies to a paragraph, its own settings before those of its style."""

    style: str = ""
    level: int | None = None
    align: str = ""
    new_page: bool = False
    label: str = ""
    is_hidden: bool = False


@dataclass
class Styles:
    """The styles by id, and the lists with how far each has counted."""

    by_id: Mapping[str, ET.Element]
    lists: Lists

    @classmethod
    def of(cls, roots: Iterable[ET.Element]) -> Styles:
        """Take styles and lists from the parts that hold them."""
        by_id: dict[str, ET.Element] = {}
        lists = Lists()
        for root in roots:
            if root.tag == "styles":
                by_id |= {style.get("styleId", ""): style for style in root.findall("style")}
            elif root.tag == "numbering":
                lists.take(root)
        return cls(by_id, lists)

    def chain(self, style_id: str) -> list[ET.Element]:
        """A style and what it is based on, nearest first."""
        found: list[ET.Element] = []
        while style_id in self.by_id and len(found) < DEEPEST_STYLE:
            found.append(self.by_id[style_id])
            style_id = value(found[-1], "basedOn")
        return found

    def hides(self, style_id: str) -> bool:
        """Whether words in this style are hidden."""
        for style in self.chain(style_id):
            properties = style.find("rPr")
            if properties is not None and properties.find("vanish") is not None:
                return is_on(properties, "vanish")
        return False

    def look(self, properties: ET.Element | None) -> Look:
        """What applies to a paragraph; counts its list on, so ask once for each, in order."""
        style_id = value(properties, "pStyle")
        chain = self.chain(style_id)
        sources = [properties, *(style.find("pPr") for style in chain)]
        level = _first(sources, "outlineLvl")
        align = _first(sources, "jc")
        number = _first(sources, "numPr/numId")
        depth = _first(sources, "numPr/ilvl")
        return Look(
            style=value(chain[0], "name") if chain else style_id,
            level=int(level) + 1 if level.isdigit() and int(level) < 9 else None,
            align=ALIGNMENTS.get(align, align),
            new_page=any(is_on(source, "pageBreakBefore") for source in sources[:2]),
            label=self.lists.label(number, int(depth) if depth.isdigit() else 0),
            is_hidden=self.hides(style_id),
        )


def _first(sources: Iterable[ET.Element | None], path: str) -> str:
    return next((found for source in sources if (found := value(source, path))), "")


# --- lists ---------------------------------------------------------------------------------------

LEVELS = 9


@dataclass
class Lists:
    """The lists of a document and where each stands."""

    kinds: dict[str, dict[int, ET.Element]] = field(default_factory=dict)
    kind_of: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def take(self, root: ET.Element) -> None:
        """Read the definitions."""
        for kind in root.findall("abstractNum"):
            levels = {_number(level.get("ilvl", "0")): level for level in kind.findall("lvl")}
            self.kinds[kind.get("abstractNumId", "")] = levels
        for one in root.findall("num"):
            self.kind_of[one.get("numId", "")] = value(one, "abstractNumId")

    def label(self, number: str, depth: int) -> str:
        """The next label of a list at a depth; empty for no list, and for bullets' pictures."""
        kind = self.kind_of.get(number, "")
        levels = self.kinds.get(kind, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(kind, [_start(levels.get(at)) - 1 for at in range(LEVELS)])
        counts[depth] += 1
        for deeper in range(depth + 1, LEVELS):
            counts[deeper] = _start(levels.get(deeper)) - 1
        pattern = value(levels[depth], "lvlText")
        drawn = re.sub(
            r"%([1-9])",
            lambda sign: _written(levels, counts, int(sign[1]) - 1, depth),
            pattern,
        )
        return "".join(sign for sign in drawn if unicodedata.category(sign) != "Co")


def _written(levels: Mapping[int, ET.Element], counts: list[int], at: int, depth: int) -> str:
    count = counts[at] if at <= depth else 0
    # A level in legal style shows those above it in figures: 1.1 under 一、.
    shape = "decimal" if is_on(levels.get(depth), "isLgl") else value(levels.get(at), "numFmt")
    return _SHAPES.get(shape, str)(max(count, _start(levels.get(at))))


def _start(level: ET.Element | None) -> int:
    return _number(value(level, "start") or "1")


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 6 else 0


def _counted(number: int) -> str:
    """一, 十, 十一, 二十 … 九十九; figures above."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    ten = {0: "", 1: "十"}.get(tens, f"{digits[tens]}十")
    return ten + (digits[ones] if ones else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 0 < number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
             (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for worth, sign in signs if number < 400 else ():
        times, number = divmod(number, worth)
        written += sign * times
    return written or str(number)


def _stem(number: int) -> str:
    return "甲乙丙丁戊己庚辛壬癸"[number - 1] if 0 < number <= 10 else str(number)


_SHAPES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        (
            "chineseCounting", "chineseCountingThousand", "taiwaneseCounting",
            "taiwaneseCountingThousand", "japaneseCounting", "ideographDigital",
        ),
        _counted,
    ),
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalZero": "{:02d}".format,
    "ideographTraditional": _stem,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _number: "",
}  # fmt: skip
