"""Which strings in a text look like what must not be published about a natural person?

Each detector gives half-open ranges of the folded text. All expressions are linear: every
repetition is bounded or of one character class, and nothing optional precedes a repetition of
itself. Check digits raise confidence and never lower recall: a mistyped number still belongs to
somebody.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.identifiers import BadIdentifier, credit_code, resident_check


class Kind(StrEnum):
    """What is hidden."""

    PERSON = "person"
    RESIDENT_ID = "resident-id"
    PASSPORT = "passport"
    BANK_CARD = "bank-card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    EMAIL = "email"
    PLATE = "plate"
    SOCIAL = "social-account"
    ADDRESS = "address"
    OTHER = "other"


class Source(StrEnum):
    """Why it was found, from the surest to the least sure."""

    KNOWN = "known"
    CHECKED = "check-digit"
    LABELLED = "label"
    PATTERN = "pattern"
    VARIANT = "name-variant"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Found:
    """A range of the folded text."""

    start: int
    end: int
    kind: Kind
    source: Source


GAP = r"[ \-.·]{0,2}"
DIGIT = rf"{GAP}[0-9]"
NOT_AFTER_DIGIT, NOT_BEFORE_DIGIT = r"(?<![0-9])", r"(?![0-9])"

_MONTH = rf"(?:0{GAP}[1-9]|1{GAP}[0-2])"
_DAY = rf"(?:0{GAP}[1-9]|[12]{DIGIT}|3{GAP}[01])"
RESIDENT_ID = re.compile(
    rf"{NOT_AFTER_DIGIT}[1-9](?:{DIGIT}){{5}}{GAP}(?:1{GAP}[89]|2{GAP}0)(?:{DIGIT}){{2}}"
    rf"{GAP}{_MONTH}{GAP}{_DAY}(?:{DIGIT}){{3}}{GAP}[0-9Xx](?![0-9A-Za-z])"
)
OLD_RESIDENT_ID = re.compile(
    rf"{NOT_AFTER_DIGIT}[1-6](?:{DIGIT}){{7}}{GAP}{_MONTH}{GAP}{_DAY}(?:{DIGIT}){{3}}{NOT_BEFORE_DIGIT}"
)
MASKED_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{5,13}[*×]{2,12}[0-9]{0,4}[0-9Xx]?")
LABELLED_ID = re.compile(
    r"(?:身份证|公民身份)(?:件)?(?:号码|号)?(?:为|是)?[: ]{0,3}([0-9*][0-9* \-]{8,40}[0-9Xx*])"
)
REGISTRATION_LABEL = re.compile(
    r"(?:注册号|信用代码|组织机构代码|许可证编?号|条码)(?:为|是)?[: ]{0,3}$"
)
LONGEST_LABEL = 16

BANK_CARD = re.compile(
    rf"{NOT_AFTER_DIGIT}(?:4|5{GAP}[1-5]|6{DIGIT}|3{GAP}5|9{DIGIT})(?:{DIGIT}){{13,18}}{NOT_BEFORE_DIGIT}"
)
LABELLED_ACCOUNT = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|银行卡|储蓄卡|信用卡)(?:号码|号)?(?:为|是)?[: ]{0,3}"
    r"([0-9][0-9 \-]{6,44}[0-9])"
)
MOBILE = re.compile(
    rf"{NOT_AFTER_DIGIT}(?:(?:\+|00)?86{GAP})?1{GAP}[3-9](?:{DIGIT}){{9}}{NOT_BEFORE_DIGIT}"
)
MASKED_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9][*×]{3,5}[0-9]{3,4}(?![0-9])")
LANDLINE = re.compile(
    rf"(?<![0-9\-])\(?(?:0{GAP}1{GAP}0|0{GAP}2{DIGIT}|0{GAP}[3-9](?:{DIGIT}){{2}})[)\- ]{{0,3}}"
    rf"[2-8](?:{DIGIT}){{6,7}}(?:[\-转 ]{{1,3}}[0-9]{{1,5}})?{NOT_BEFORE_DIGIT}"
)
LABELLED_PHONE = re.compile(
    r"(?:电话|传真|手机|联系方式)(?:号码|号)?(?:为|是)?[: ]{0,3}([2-8][0-9 \-]{6,11})(?![0-9])"
)
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63} ?@ ?[A-Za-z0-9\-]{1,63}"
    r"(?: ?\. ?[A-Za-z][A-Za-z0-9\-]{1,62}){1,4}"
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领] ?[A-HJ-NP-Za-hj-np-z]"
    r"[ ·•.\-]{0,2}(?=[A-Za-z ]{0,6}[0-9])[A-HJ-NP-Za-hj-np-z0-9](?: ?[A-HJ-NP-Za-hj-np-z0-9]){3}"
    r" ?[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?: ?[A-HJ-NP-Za-hj-np-z0-9])?(?![A-Za-z0-9])"
)
PASSPORT = re.compile(
    r"(?<![A-Za-z0-9\-])(?:[EeGgDdSsPp][A-Za-z]?[0-9]{7,8}|[CcHhMm][0-9]{8}(?:[0-9]{2})?)(?![A-Za-z0-9\-])"
)
LABELLED_PASSPORT = re.compile(
    r"(?:护照|通行证)(?:号码|号)?(?:为|是)?[: ]{0,3}([A-Za-z0-9]{6,12})(?![A-Za-z0-9])"
)
SOCIAL = re.compile(
    r"(?:微信|[Ww]e[Cc]hat|VX|vx|[Qq][Qq])(?:账号|帐号|号码|号|群|ID)?(?:为|是)?[: ]{0,3}"
    r"([A-Za-z0-9][A-Za-z0-9_\-]{4,19})"
)


def resident_ids(text: str) -> Iterator[Found]:
    for match in RESIDENT_ID.finditer(text):
        bare = re.sub(r"[^0-9Xx]", "", match.group()).upper()
        checked = resident_check(bare[:17]) == bare[17]
        source = Source.CHECKED if checked else Source.PATTERN
        yield Found(*match.span(), Kind.RESIDENT_ID, source)
    yield from _all(MASKED_RESIDENT_ID, Kind.RESIDENT_ID, Source.PATTERN)(text)
    yield from _labelled(LABELLED_ID, Kind.RESIDENT_ID)(text)


def old_resident_ids(text: str) -> Iterator[Found]:
    """Fifteen digits without a check digit; a sole trader's old registration number looks alike."""
    for match in OLD_RESIDENT_ID.finditer(text):
        if not _registration(text, match.start()):
            yield Found(*match.span(), Kind.RESIDENT_ID, Source.PATTERN)


def bank_cards(text: str) -> Iterator[Found]:
    yield from _labelled(LABELLED_ACCOUNT, Kind.BANK_CARD)(text)
    for match in BANK_CARD.finditer(text):
        bare = re.sub(r"[^0-9]", "", match.group())
        if luhn(bare):
            yield Found(*match.span(), Kind.BANK_CARD, Source.CHECKED)


def luhn(digits: str) -> bool:
    """Whether the check digit of a payment card is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _registration(text: str, start: int) -> bool:
    return bool(REGISTRATION_LABEL.search(text[max(0, start - LONGEST_LABEL) : start]))


def _all(pattern: re.Pattern[str], kind: Kind, source: Source) -> Callable[[str], Iterator[Found]]:
    def found(text: str) -> Iterator[Found]:
        return (Found(*match.span(), kind, source) for match in pattern.finditer(text))

    return found


def _labelled(pattern: re.Pattern[str], kind: Kind) -> Callable[[str], Iterator[Found]]:
    def found(text: str) -> Iterator[Found]:
        return (Found(*match.span(1), kind, Source.LABELLED) for match in pattern.finditer(text))

    return found


CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{18}(?![0-9A-Za-z])")


def credit_codes(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of unified social credit codes: they identify the unit and stay."""
    for match in CREDIT_CODE.finditer(text):
        try:
            credit_code(match.group())
        except BadIdentifier:
            continue
        yield match.span()


# In the order in which they win where two claim the same characters.
DETECTORS: tuple[Callable[[str], Iterator[Found]], ...] = (
    resident_ids,
    _labelled(LABELLED_PASSPORT, Kind.PASSPORT),
    bank_cards,
    old_resident_ids,
    _all(MOBILE, Kind.MOBILE, Source.PATTERN),
    _all(MASKED_MOBILE, Kind.MOBILE, Source.PATTERN),
    _all(LANDLINE, Kind.LANDLINE, Source.PATTERN),
    _labelled(LABELLED_PHONE, Kind.LANDLINE),
    _all(EMAIL, Kind.EMAIL, Source.PATTERN),
    _all(PLATE, Kind.PLATE, Source.PATTERN),
    _labelled(SOCIAL, Kind.SOCIAL),
    _all(PASSPORT, Kind.PASSPORT, Source.PATTERN),
)
