"""How are dates, money and words written in the house form, and made clean and comparable?

Nothing here knows a request: whoever formats passes the locale, "zh" or "en". Documents are always
Chinese and use the functions without a locale.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

# --- dates ----------------------------------------------------------------------------------------

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(on: date, locale: str = "zh") -> str:
    """2026年9月22日, 22 September 2026."""
    if locale == "zh":
        return f"{on.year}年{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def short_day(on: date, locale: str = "zh") -> str:
    """9月22日, 22 Sep: where the year is plain from the context."""
    if locale == "zh":
        return f"{on.month}月{on.day}日"
    return f"{on.day} {MONTHS[on.month - 1][:3]}"


def moment(at: datetime, locale: str = "zh") -> str:
    """2026年9月22日 14:05, 22 September 2026, 14:05; `at` already in the zone of the reader."""
    return f"{day(at, locale)}{' ' if locale == 'zh' else ', '}{at:%H:%M}"


def law(cited: str, locale: str = "zh") -> str:
    """令121 第23条, SAMR Order 121, Art. 23: an order of the administration in its short form."""
    if locale == "zh":
        return cited
    ordered = re.sub(r"令(\d+) ?", r"SAMR Order \1, ", cited)
    return re.sub(r"第(\d+)项", r"(\1)", re.sub(r"第(\d+)条", r"Art. \1", ordered))


# --- numbers and money ----------------------------------------------------------------------------

THIN_GAP = "\u202f"
"""Narrow no-break space between thousands: a number never parts at a line end."""
NO_BREAK = "\u00a0"
CENT = Decimal("0.01")


def count(number: int) -> str:
    """1 240, with a thin gap."""
    return f"{number:,}".replace(",", THIN_GAP)


def money(amount: Decimal, locale: str = "zh") -> str:
    """1 864 000.00 元, ¥1 864 000.00: exact to the fen, never parted from its unit."""
    figures = f"{_fen(amount):,}".replace(",", THIN_GAP)
    return f"{figures}{NO_BREAK}元" if locale == "zh" else f"¥{figures}"


def plain_money(amount: Decimal) -> str:
    """1864000.00元, as official documents write it."""
    return f"{_fen(amount)}元"


def wan(amount: Decimal, locale: str = "zh") -> str:
    """An amount in 元 told in 万元 with two decimals, half up: 186.40 万元, ¥186.40 ×10k."""
    tens = (Decimal(amount) / 10_000).quantize(CENT, ROUND_HALF_UP)
    figures = f"{tens:,}".replace(",", THIN_GAP)
    return f"{figures}{NO_BREAK}万元" if locale == "zh" else f"¥{figures}{NO_BREAK}×10k"


def _fen(amount: Decimal) -> Decimal:
    exact = Decimal(amount).quantize(CENT)
    if exact != amount:
        raise ValueError("money is exact to the fen")
    return exact


CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
CAPITAL_PLACES = ("", "拾", "佰", "仟")
CAPITAL_GROUPS = ("", "万", "亿", "万亿")
CAPITAL_LIMIT = Decimal(10) ** 16


def capitals(amount: Decimal) -> str:
    """The amount in capital numerals: 壹万贰仟叁佰肆拾伍元陆角柒分, 叁万元整.

    Zeros inside are said once (壹仟零伍元整); 整 closes an amount without fen. Exact for every
    amount below 10^16 元; ValueError for a negative one, a larger one, or a fraction of a fen.
    """
    exact = _fen(amount)
    if not 0 <= exact < CAPITAL_LIMIT:
        raise ValueError("capital numerals are for amounts from 0 to 10^16")
    yuan, fen = divmod(int(exact * 100), 100)
    jiao, fen = divmod(fen, 10)
    said = f"{_capital_integer(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{said or '零元'}整"
    if jiao:
        said += f"{CAPITAL_DIGITS[jiao]}角"
    elif yuan:
        said += "零"
    return said + (f"{CAPITAL_DIGITS[fen]}分" if fen else "整")


def _capital_integer(number: int) -> str:
    groups: list[str] = []
    place = 0
    while number:
        number, group = divmod(number, 10_000)
        if group:
            above = "零" if number and group < 1000 else ""
            groups.append(f"{above}{_capital_group(group)}{CAPITAL_GROUPS[place]}")
        elif number and groups and not groups[-1].startswith("零"):
            groups.append("零")
        place += 1
    return _one_hundred_million("".join(reversed(groups)))


def _one_hundred_million(said: str) -> str:
    # 叁万亿伍仟亿 is said 叁万伍仟亿: the 亿 stands once.
    return said.replace("万亿", "万", 1) if said.count("亿") > 1 else said


def _capital_group(group: int) -> str:
    said = ""
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            said += CAPITAL_DIGITS[digit] + CAPITAL_PLACES[place]
        elif said and group % 10**place and not said.endswith("零"):
            said += "零"
    return said


def document_number(word: str, year: int, number: int) -> str:
    """澄青市监处罚〔2026〕118号: issuer and kind, year, number, as GB/T 9704 writes it."""
    return f"{word}〔{year}〕{number}号"


# --- clean text -----------------------------------------------------------------------------------


class TextFault(StrEnum):
    """What makes a text unfit to be kept."""

    SURROGATE = "surrogate"
    UNDECODABLE = "undecodable"
    CONTROL = "control"


class BadText(ValueError):
    """A text that cannot be kept; `fault` names the reason."""

    def __init__(self, fault: TextFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


_SURROGATE = re.compile(r"[\ud800-\udfff]")
# U+FFFD stands where bytes could not be read; U+FFFE and U+FFFF are never characters.
_UNDECODABLE = re.compile(r"[\ufffd-\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Marks that only turn or hide text: bidirectional overrides, zero width, byte order mark.
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
# NFC would replace these by look-alikes; a person's name keeps the form it was registered in.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_SPACES = re.compile(r"[^\S\n]+")


def fault_of(text: str) -> TextFault | None:
    """What is wrong with a typed text, if anything: a form says it at the field.

    Tab and line ends are no fault here; whether a field has lines is the field's business.
    """
    if _SURROGATE.search(text):
        return TextFault.SURROGATE
    if _UNDECODABLE.search(text):
        return TextFault.UNDECODABLE
    return TextFault.CONTROL if _CONTROL.search(text) else None


def clean_text(text: str) -> str:
    """Several lines, fit to be kept: NFC, no control or hidden characters, spaces collapsed.

    Rare characters stay as typed, also those that NFC would unify. BadText for a lone surrogate.
    """
    if _SURROGATE.search(text):
        raise BadText(TextFault.SURROGATE)
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    bare = _INVISIBLE.sub("", _CONTROL.sub("", unified))
    parts = _COMPATIBILITY.split(bare)
    composed = "".join(
        part if at % 2 else unicodedata.normalize("NFC", part) for at, part in enumerate(parts)
    )
    lines = [_SPACES.sub(" ", line).strip() for line in composed.split("\n")]
    return "\n".join(lines).strip("\n")


def clean_line(text: str) -> str:
    """One line, fit to be kept: as `clean_text`, with line ends turned into spaces."""
    return " ".join(clean_text(text).split())


def fold(text: str) -> str:
    """The form in which two spellings are the same: NFKC, case, no spaces, no hidden characters."""
    bare = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return "".join(bare.casefold().split())


# --- quick find by first letters ------------------------------------------------------------------

# Surnames whose reading as a name differs from the character's usual one.
SURNAMES = {
    "单": "s", "仇": "q", "解": "x", "区": "o", "查": "z", "曾": "z", "朴": "p", "盖": "g",
    "乐": "y", "缪": "m", "翟": "z", "燕": "y", "员": "y", "黑": "h", "逄": "p", "种": "c",
    "折": "s", "能": "n", "句": "g", "祭": "z", "隗": "w", "阚": "k", "訾": "z", "召": "s",
    "繁": "p", "秘": "b", "乜": "n", "宿": "s", "冼": "x", "覃": "q", "万俟": "mq", "尉迟": "yc",
    "长孙": "zs", "单于": "cy", "澹台": "tt",
}  # fmt: skip


def initials(text: str, *, person: bool = False) -> str:
    """First letters for quick find: 测试线缆有限公司 → csxlyxgs; figures and letters stay.

    `person` reads the first characters as a surname (单 is Shan, 解 is Xie).
    """
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 0.25 s that a start need not take

    folded = fold(text)
    head = next((s for s in (folded[:2], folded[:1]) if person and s in SURNAMES), "")
    read = lazy_pinyin(folded[len(head) :], style=Style.FIRST_LETTER, errors=_letters_and_figures)
    return SURNAMES.get(head, "") + "".join(read)


def _letters_and_figures(unread: str) -> str:
    return "".join(character for character in unread if character.isascii() and character.isalnum())


# --- words for the index --------------------------------------------------------------------------

_HAN = r"\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_HAN_RUN = re.compile(rf"[{_HAN}]")


def bigrams(text: str) -> list[str]:
    """The words under which a text is indexed, each once, in order of appearance.

    Runs of Han characters give every pair of neighbours and their last character alone, so that a
    single character can be searched as the beginning of a word; other letters and figures give
    whole words. The same list feeds both databases.
    """
    return list(dict.fromkeys(word for run in _runs(text) for word in _words(run)))


@dataclass(frozen=True)
class Sought:
    """One condition of a search; all of them must hold."""

    word: str
    prefix: bool = False


def sought(text: str) -> list[Sought]:
    """What an indexed text must contain to be found by a query: pairs, or the start of a pair."""
    return list(dict.fromkeys(condition for run in _runs(text) for condition in _conditions(run)))


def _runs(text: str) -> Iterator[str]:
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return (found.group() for found in _RUN.finditer(folded))


def _words(run: str) -> list[str]:
    if not _HAN_RUN.match(run):
        return [run]
    return [run[at : at + 2] for at in range(len(run))]


def _conditions(run: str) -> list[Sought]:
    if not _HAN_RUN.match(run):
        return [Sought(run)]
    if len(run) == 1:
        return [Sought(run, prefix=True)]
    return [Sought(run[at : at + 2]) for at in range(len(run) - 1)]


#: With one of these a spreadsheet begins a formula; so do their full-width forms for some.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠\t\r\n\0]")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe goes before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
