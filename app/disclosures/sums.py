"""Which sums does a text name, and does it say the same in figures and in words?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from app.kernel.folding import fold

_FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟"
_PLAIN = "〇一二三四五六七八九十百千"
_SAME = str.maketrans(_FORMAL + "两貳參陸圆萬億", _PLAIN + "二二三六元万亿")
_NUMERALS = _FORMAL + _PLAIN + "两貳參陸万亿萬億"
_DIGITS = {sign: value for value, sign in enumerate(_PLAIN[:10])}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FIGURES = r"(?P<figures>[0-9][0-9,]*(?:\.[0-9]{1,2})?) ?(?P<wan>万)?元"
_SPELT = (
    rf"(?<![0-9.])(?P<spelt>[{_NUMERALS}]+(?:[元圆][{_NUMERALS}]{{0,2}}角?[{_NUMERALS}]{{0,2}}分?|"
    rf"角(?:[{_NUMERALS}]分)?|分)[整正]?)"
)
_NAMED = r"\(?(?:大写|小写|人民币|合计|共计|计|为|即)\)?[: ]{0,2}"
_BEFORE = rf"(?:{_NAMED}){{0,3}}[¥$]?[: ]{{0,2}}"
PAIRS = (
    re.compile(rf"{_FIGURES}[整正]? ?\( ?{_BEFORE}{_SPELT} ?\)"),
    re.compile(rf"{_FIGURES}[整正]? ?[,、] ?(?:人民币)?大写{_BEFORE}{_SPELT}"),
    re.compile(
        rf"{_SPELT} ?\( ?{_BEFORE}(?P<figures>[0-9][0-9,]*(?:\.[0-9]{{1,2}})?)"
        r"(?P<wan>万)?(?: ?元)?[整正]? ?\)"
    ),
)
_TOTAL = re.compile(
    r"(?:罚没款?(?:金额)?(?:合计|共计|总计|总额)|(?:合计|共计|总计)罚没款?(?:金额)?)"
    rf"[^0-9。;]{{0,12}}{_FIGURES}"
)
_AMOUNT = re.compile(_FIGURES)
_WORDS = re.compile(_SPELT)


def pairs(text: str) -> Iterator[tuple[Decimal, str, Decimal | None]]:
    """Each sum that a text names twice: in figures, its words, and what the words come to."""
    plain = fold(text).text
    for pattern in PAIRS:
        for found in pattern.finditer(plain):
            yield _value(found), found["spelt"], in_words(found["spelt"])


def totals(text: str) -> list[Decimal]:
    """What a text says everything paid comes to."""
    return [_value(found) for found in _TOTAL.finditer(fold(text).text)]


def named(text: str) -> set[Decimal]:
    """Every sum in a text, in figures or in words."""
    plain = fold(text).text
    spelt = {in_words(found["spelt"]) for found in _WORDS.finditer(plain)}
    return {_value(found) for found in _AMOUNT.finditer(plain)} | {one for one in spelt if one}


def _value(found: re.Match[str]) -> Decimal:
    bare = Decimal(found["figures"].replace(",", ""))
    return bare * 10_000 if found["wan"] else bare


def in_words(spelt: str) -> Decimal | None:
    """What 壹万贰仟元整 or 一万二千元 comes to; None for words that are no number."""
    bare = spelt.translate(_SAME).rstrip("整正")
    yuan, has_yuan, rest = bare.rpartition("元")
    jiao, has_jiao, fen = rest.rpartition("角")
    parts = (
        (yuan, has_yuan, Decimal(1)),
        (jiao.lstrip("〇"), has_jiao, Decimal("0.1")),
        (fen.removesuffix("分").lstrip("〇"), "分" if fen.endswith("分") else "", Decimal("0.01")),
    )
    total = Decimal(0)
    for digits, unit, worth in parts:
        number = _integer(digits) if digits else 0
        if number is None or (digits and not unit):
            return None
        total += number * worth
    return total


def _integer(words: str) -> int | None:
    """五十万三千 as a number; None where digits follow each other without a unit."""
    total = section = 0
    digit: int | None = None
    for sign in words:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            section += _UNITS[sign] * (1 if digit is None else digit)
            digit = None
        else:
            section += digit or 0
            if not section:
                return None
            total = (total + section) * 10**8 if sign == "亿" else total + section * 10**4
            section, digit = 0, None
    return total + section + (digit or 0)
