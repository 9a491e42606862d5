"""Is this a credit code, a resident's number, a telephone number, a document number?

Each reader takes what a person typed and returns the thing in its house form, or raises
`BadIdentifier` with the kind of fault, never a sentence. Check digits follow GB 32100-2015
(unified social credit code), GB 11714-1997 (organisation code, its positions 9 to 17) and
GB 11643-1999 (citizen identity number).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with an identifier."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTER = "character"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    CHECK = "check"
    DIVISION = "division"
    DATE = "date"
    FUTURE = "future"
    AREA_CODE = "area_code"
    FORM = "form"
    YEAR = "year"


class BadIdentifier(ValueError):
    """An identifier that cannot be right; `fault` says why, `at` where (counted from 1)."""

    def __init__(self, fault: Fault, at: int | None = None) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.at = at


# What people type between the groups of a number, with the invisible characters of copied text.
_GAPS = re.compile(r"[\s\-_.·\u200b-\u200f\u2060\ufeff]+")


def _bare(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()


def _sized(text: str, length: int) -> str:
    bare = _bare(text)
    if not bare:
        raise BadIdentifier(Fault.EMPTY)
    if len(bare) != length:
        raise BadIdentifier(Fault.LENGTH)
    return bare


# --- unified social credit code, GB 32100-2015 ----------------------------------------------------

CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
AUTHORITIES = frozenset("123456789ANY")


@dataclass(frozen=True)
class CreditCode:
    """A unified social credit code whose check characters are right."""

    text: str

    @property
    def division(self) -> str:
        """Code of the division of registration (positions 3 to 8), as it was then."""
        return self.text[2:8]

    @property
    def is_sole_trader(self) -> bool:
        """Whether the holder is a 个体工商户 (registered by the market regulator, category 2)."""
        return self.text.startswith("92")


def credit_code(text: str) -> CreditCode:
    """Read a unified social credit code; full-width, lower case and gaps are forgiven.

    Faults: EMPTY, LENGTH (not 18), CHARACTER (outside the alphabet, or a letter in the division),
    AUTHORITY (first position), ORGANISATION (GB 11714 check of positions 9 to 17), CHECK.
    """
    bare = _sized(text, 18)
    for at, character in enumerate(bare, start=1):
        digits_only = 3 <= at <= 8
        if character not in (CREDIT_CHARACTERS[:10] if digits_only else CREDIT_CHARACTERS):
            raise BadIdentifier(Fault.CHARACTER, at)
    if bare[0] not in AUTHORITIES:
        raise BadIdentifier(Fault.AUTHORITY, 1)
    # The last character covers all others, so a slip of the pen is found here first.
    if credit_check(bare[:17]) != bare[17]:
        raise BadIdentifier(Fault.CHECK)
    if organisation_check(bare[8:16]) != bare[16]:
        raise BadIdentifier(Fault.ORGANISATION, 17)
    return CreditCode(bare)


def credit_check(body: str) -> str:
    """The 18th character for the first 17 (GB 32100-2015)."""
    pairs = zip(body, CREDIT_WEIGHTS, strict=True)
    total = sum(CREDIT_CHARACTERS.index(character) * weight for character, weight in pairs)
    return CREDIT_CHARACTERS[(31 - total % 31) % 31]


def organisation_check(body: str) -> str:
    """The ninth character of an organisation code (GB 11714-1997); A counts 10, Z counts 35."""
    pairs = zip(body, ORGANISATION_WEIGHTS, strict=True)
    rest = 11 - sum(int(character, 36) * weight for character, weight in pairs) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def registration_number(text: str) -> str:
    """Read the 15-digit registration number that old sole traders still carry.

    Only length and digits are checked: the numbers were given out before 2015 under rules that
    changed. Faults: EMPTY, LENGTH, CHARACTER.
    """
    bare = _sized(text, 15)
    for at, character in enumerate(bare, start=1):
        if character not in "0123456789":
            raise BadIdentifier(Fault.CHARACTER, at)
    return bare


# --- citizen identity number, GB 11643-1999 -------------------------------------------------------

RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"
# Provinces, and the residence permits for people of Hong Kong, Macau (81, 82) and Taiwan (83).
RESIDENT_PREFIXES = frozenset({
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
    "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
    "81", "82", "83",
})  # fmt: skip
FIRST_BIRTH_YEAR = 1900


@dataclass(frozen=True)
class ResidentId:
    """An identity number whose date and check character are right."""

    text: str
    born_on: date

    @property
    def is_foreigner(self) -> bool:
        """Whether this is a foreigner's permanent-residence card (leading 9)."""
        return self.text.startswith("9")

    @property
    def division(self) -> str:
        """Code of the division of first registration; empty on a foreigner's card."""
        return "" if self.is_foreigner else self.text[:6]


def resident_id(text: str, *, today: date) -> ResidentId:
    """Read a citizen's number, a residence permit's or a foreigner's permanent-residence card's.

    The place code is checked by province only: codes of counties changed too often for a table to
    say that a person's number is wrong. Faults: EMPTY, LENGTH (not 18), CHARACTER, DIVISION, DATE,
    FUTURE (born after `today`), CHECK.
    """
    bare = _sized(text, 18)
    for at, character in enumerate(bare, start=1):
        if character not in ("0123456789X" if at == 18 else "0123456789"):
            raise BadIdentifier(Fault.CHARACTER, at)
    if not _known_place(bare):
        raise BadIdentifier(Fault.DIVISION, 1)
    try:
        born_on = date(int(bare[6:10]), int(bare[10:12]), int(bare[12:14]))
    except ValueError as fault:
        raise BadIdentifier(Fault.DATE, 7) from fault
    if born_on > today:
        raise BadIdentifier(Fault.FUTURE, 7)
    if born_on.year < FIRST_BIRTH_YEAR:
        raise BadIdentifier(Fault.DATE, 7)
    if resident_check(bare[:17]) != bare[17]:
        raise BadIdentifier(Fault.CHECK)
    return ResidentId(bare, born_on)


def resident_check(body: str) -> str:
    """The 18th character for the first 17 (GB 11643-1999)."""
    pairs = zip(body, RESIDENT_WEIGHTS, strict=True)
    return RESIDENT_CHECKS[sum(int(digit) * weight for digit, weight in pairs) % 11]


def _known_place(bare: str) -> bool:
    # A foreigner's card: 9, the two digits of the issuing province, three of the nationality.
    return bare[1:3] in RESIDENT_PREFIXES if bare[0] == "9" else bare[:2] in RESIDENT_PREFIXES


# --- telephone ------------------------------------------------------------------------------------


class PhoneKind(StrEnum):
    """What sort of number it is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SERVICE = "service"
    SHORT = "short"
    FOREIGN = "foreign"


@dataclass(frozen=True)
class Phone:
    """A telephone number: digits for comparing, groups for reading."""

    kind: PhoneKind
    number: str
    extension: str = ""

    @property
    def display(self) -> str:
        """138 0000 0148, 0731-88881234, 400-800-1234, with 转 before an extension."""
        end = f" 转 {self.extension}" if self.extension else ""
        return f"{self._grouped()}{end}"

    def _grouped(self) -> str:
        number = self.number
        if self.kind is PhoneKind.MOBILE:
            return f"{number[:3]} {number[3:7]} {number[7:]}"
        if self.kind is PhoneKind.SERVICE:
            return f"{number[:3]}-{number[3:6]}-{number[6:]}"
        if self.kind is PhoneKind.LANDLINE:
            return AREA_CODE.sub(lambda area: f"{area.group()}-", number, count=1)
        return number


AREA_CODE = re.compile(r"010|02[0-57-9]|0[3-9]\d\d")
_PUNCTUATION = re.compile(r"[\s()./·\u200b-\u200f]+")
# 转 801, or a hyphen after a whole subscriber number; 138-0000-0148 has no extension.
_EXTENSION = re.compile(r"(?:转|分机|EXT|X|#|,)(\d{1,6})$|(?<=\d{7})-(\d{1,5})$")
_COUNTRY = re.compile(r"^(?:\+|00)86(?=\d)")
_PHONES = (
    (PhoneKind.MOBILE, re.compile(r"1[3-9]\d{9}")),
    (PhoneKind.SERVICE, re.compile(r"[48]00[1-9]\d{6}")),
    (PhoneKind.LANDLINE, re.compile(rf"(?:{AREA_CODE.pattern})(?:[2-8]\d{{6,7}}|12[1-6]\d\d)")),
    # Emergency, government hotlines (12315, 12345 …), operators, and the 95/96 service numbers.
    (PhoneKind.SHORT, re.compile(r"1[12]\d|12[1-6]\d\d|100\d\d|9[56]\d{3}(?:\d{1,3})?")),
    (PhoneKind.FOREIGN, re.compile(r"(?:\+|00)(?!86)[1-9]\d{6,14}")),
)


def phone(text: str) -> Phone:
    """Read a telephone number: mobile, landline with area code, 400/800, short code, foreign.

    Spaces, hyphens, brackets, +86 and full-width digits are forgiven; an extension is kept apart.
    Faults: EMPTY, CHARACTER, AREA_CODE (a landline without one), LENGTH.
    """
    typed = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text)).upper()
    found = _EXTENSION.search(typed)
    extension = (found[1] or found[2]) if found else ""
    bare = (typed[: found.start()] if found else typed).replace("-", "")
    if not bare:
        raise BadIdentifier(Fault.EMPTY)
    home = _COUNTRY.sub("", bare)
    # +86 731 … drops the 0 of the area code.
    tried = (home,) if home == bare else (home, f"0{home}")
    for number in tried:
        for kind, pattern in _PHONES:
            if pattern.fullmatch(number):
                return Phone(kind, number, extension)
    raise BadIdentifier(_phone_fault(home))


def _phone_fault(bare: str) -> Fault:
    if not re.fullmatch(r"\+?[0-9]+", bare):
        return Fault.CHARACTER
    return Fault.AREA_CODE if re.fullmatch(r"[2-8]\d{6,7}", bare) else Fault.LENGTH


# --- document numbers -----------------------------------------------------------------------------

_GAPS_OF_DOCUMENTS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_OPEN, _CLOSE = r"[〔\[(【〖]", r"[〕\])】〗]"
_DOCUMENT = re.compile(
    rf"(?P<organ>.{{2,40}}?)字?{_OPEN}(?P<year>\d{{4}})年?{_CLOSE}"
    r"第?(?P<serial>\d{1,18})(?:-(?P<part>\d{1,3}))?(?:号(?:之(?P<sub>[一二三四五六七八九十]{1,3}))?)?"
)
_ORGAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z0-9()]+")
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)}
FIRST_DOCUMENT_YEAR, LAST_DOCUMENT_YEAR = 1949, 2199


@dataclass(frozen=True)
class DocumentNumber:
    """A document number as written, with the key under which all its spellings are one."""

    original: str
    organ: str
    year: int
    serial: int
    part: int = 0

    @property
    def key(self) -> str:
        """The form for comparing and for issuing: 东市监处罚〔2026〕854号."""
        part = f"-{self.part}" if self.part else ""
        return f"{self.organ}〔{self.year}〕{self.serial}{part}号"


def document_number(text: str) -> DocumentNumber:
    """Read the number of an official document.

    Forgiven: every kind of bracket round the year, 字 before it, 第 and leading zeros after it,
    gaps, full-width figures, a missing 号. Kept: a part (12-1号, 12号之一). Faults: EMPTY, FORM,
    YEAR.
    """
    original = text.strip()
    # NFKC turns ﹝ into 〔 and full-width brackets into plain ones.
    folded = _GAPS_OF_DOCUMENTS.sub("", unicodedata.normalize("NFKC", original))
    if not folded:
        raise BadIdentifier(Fault.EMPTY)
    found = _DOCUMENT.fullmatch(folded)
    if found is None or not _ORGAN.fullmatch(found["organ"]):
        raise BadIdentifier(Fault.FORM)
    year = int(found["year"])
    if not FIRST_DOCUMENT_YEAR <= year <= LAST_DOCUMENT_YEAR:
        raise BadIdentifier(Fault.YEAR)
    organ = found["organ"].replace("(", "（").replace(")", "）")
    part = int(found["part"] or 0) or _numeral(found["sub"] or "")
    return DocumentNumber(original, organ, year, int(found["serial"]), part)


def _numeral(text: str) -> int:
    """一 to 九十九 as a number; 0 for nothing."""
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)
