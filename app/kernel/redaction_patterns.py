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
    SUGGESTION = "suggestion"
    QUESTION = "question"


#: Finds that a person answers before anything is hidden.
ASKING = frozenset({Source.SUGGESTION, Source.QUESTION})


@dataclass(frozen=True, slots=True)
class Found:
    """A range of the folded text."""

    start: int
    end: int
    kind: Kind
    source: Source


GAP = r"[ \-.·]{0,3}"
DIGIT = rf"{GAP}[0-9]"
NOT_AFTER_DIGIT, NOT_BEFORE_DIGIT = r"(?<![0-9])", r"(?![0-9])"

_MONTH = rf"(?:0{GAP}[1-9]|1{GAP}[0-2])"
_DAY = rf"(?:0{GAP}[1-9]|[12]{DIGIT}|3{GAP}[01])"
RESIDENT_ID = re.compile(
    rf"{NOT_AFTER_DIGIT}[1-9](?:{DIGIT}){{5}}{GAP}(?:1{GAP}[89]|2{GAP}0)(?:{DIGIT}){{2}}"
    rf"{GAP}{_MONTH}{GAP}{_DAY}(?:{DIGIT}){{3}}{GAP}[0-9Xx](?![0-9A-Za-z])"
)
# Its three groups between signs that no number holds: 110105/19491231/002X, (110105)19491231(002X).
_SIGNS = r"[ \-_/~|\\,、()*]{0,2}"
GROUPED_ID = re.compile(
    rf"{NOT_AFTER_DIGIT}[1-9][0-9]{{5}}{_SIGNS}(?:1[89]|20)[0-9]{{2}}{_SIGNS}"
    rf"(?:0[1-9]|1[0-2]){_SIGNS}(?:0[1-9]|[12][0-9]|3[01]){_SIGNS}[0-9]{{3}}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
OLD_RESIDENT_ID = re.compile(
    rf"{NOT_AFTER_DIGIT}[1-6](?:{DIGIT}){{7}}{GAP}{_MONTH}{GAP}{_DAY}(?:{DIGIT}){{3}}{NOT_BEFORE_DIGIT}"
)
MASKED_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{5,13}[*×]{2,12}[0-9]{0,4}[0-9Xx]?")
LABELLED_ID = re.compile(
    r"(?:身份证|公民身份)(?:件)?(?:号码|号)?(?:为|是)?[: ]{0,3}([0-9*][0-9* \-.·]{8,56}[0-9Xx*])"
)
REGISTRATION_LABEL = re.compile(
    r"(?:注册号|信用代码|组织机构代码|许可证编?号|条码)(?:为|是)?[: ]{0,3}$"
)
# Behind these a number is a thing's own, however much it looks like a person's.
THING_LABEL = re.compile(
    r"(?:批号|批次号?|批次编号|订单号?|订单编号|运单号?|物流单号|快递单号|单号|流水号|序列号|出厂编号|"
    r"报告编号|样品编号|任务编号|编号|商品编码|条形码|条码|序号|货号|型号|[Ss][Nn])"
    r"(?:码)?(?:为|是)?[: ]{0,3}$"
)
LONGEST_LABEL = 16

BANK_CARD = re.compile(
    rf"{NOT_AFTER_DIGIT}(?:4|5{GAP}[1-5]|6{DIGIT}|3{GAP}5|9{DIGIT})(?:{DIGIT}){{13,18}}{NOT_BEFORE_DIGIT}"
)
LABELLED_ACCOUNT = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|银行卡|储蓄卡|信用卡)(?:号码|号)?(?:为|是)?[: ]{0,3}"
    r"([0-9][0-9 \-.·]{6,60}[0-9])"
)
_CHINA = rf"\(?(?:\+|00)?86\)?{GAP}"
MOBILE = re.compile(rf"{NOT_AFTER_DIGIT}(?:{_CHINA})?1{GAP}[3-9](?:{DIGIT}){{9}}{NOT_BEFORE_DIGIT}")
GROUPED_MOBILE = re.compile(
    r"(?<![0-9])1[3-9][0-9](?P<sign>[_/~|\\])[0-9]{4}(?P=sign)[0-9]{4}(?![0-9])"
)
MASKED_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9][*×]{3,5}[0-9]{3,4}(?![0-9])")
_INNER = r"(?:转|-|#|分机号?|[Ee][Xx][Tt]\.?)[: ]{0,2}[0-9]{1,5}"
_EXTENSION = rf"(?: ?\({_INNER}\)| ?{_INNER})?"
LANDLINE = re.compile(
    rf"(?<![0-9\-])\(?(?:0{GAP}1{GAP}0|0{GAP}2{DIGIT}|0{GAP}[3-9](?:{DIGIT}){{2}})[)\- .·]{{0,3}}"
    rf"[2-8](?:{DIGIT}){{6,7}}{_EXTENSION}{NOT_BEFORE_DIGIT}"
)
# From abroad the area's first 0 falls away.
INTERNATIONAL = re.compile(
    rf"(?<![0-9])\(?(?:\+|00)86\)?{GAP}\(?(?:10|2[0-9]|[3-9][0-9]{{2}})[)\- .·]{{0,3}}"
    rf"[2-8](?:{DIGIT}){{6,7}}{_EXTENSION}{NOT_BEFORE_DIGIT}"
)
LABELLED_PHONE = re.compile(
    r"(?:电话|传真|手机|联系方式)(?:号码|号)?(?:为|是)?[: ]{0,3}"
    rf"([2-8](?:[ \-.·]{{0,3}}[0-9]){{6,7}}{_EXTENSION})(?![0-9])"
)
# A line end may stand within; the space it left joins one more piece on either side of the sign.
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])(?![Ee]-?mail )[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}"
    r"(?: [A-Za-z0-9._%+\-]{1,63})?"
    r" ?@ ?[A-Za-z0-9\-]{1,63}(?: [A-Za-z0-9\-]{1,63}(?= ?\.))?"
    r"(?: ?\. ?[A-Za-z][A-Za-z0-9\-]{1,62}){1,4}"
)
_AT = r" ?(?:[\[({<【]at[\])}>】]|艾特| at ) ?"
_DOT = r" ?(?:\.|[\[({<【]dot[\])}>】]|点| dot ) ?"
SPELT_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{{0,63}}{_AT}[A-Za-z0-9\-]{{1,63}}"
    rf"(?:{_DOT}[A-Za-z][A-Za-z0-9\-]{{1,62}}){{1,4}}",
    re.IGNORECASE,
)
_ENDING = r"(?: ?\. ?(?:[A-Za-z][A-Za-z0-9\-]{1,20}|中国|公司|网络|网址)){1,3}"
IDEOGRAPHIC_EMAIL = re.compile(
    rf"[\u4e00-\u9fff]{{1,4}}@[A-Za-z0-9\-\u4e00-\u9fff]{{1,40}}{_ENDING}"
    rf"|(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}} ?@ ?[A-Za-z0-9\-]{{0,20}}"
    rf"[\u4e00-\u9fff]{{1,20}}{_ENDING}"
)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领] ?[A-HJ-NP-Za-hj-np-z]"
    r"[ ·•.\-]{0,2}(?=[A-Za-z ]{0,6}[0-9])[A-HJ-NP-Za-hj-np-z0-9](?: ?[A-HJ-NP-Za-hj-np-z0-9]){3}"
    r" ?[A-HJ-NP-Za-hj-np-z0-9挂学警港澳](?: ?[A-HJ-NP-Za-hj-np-z0-9])?(?![A-Za-z0-9])"
)
# The armed police's, and whatever is called a plate.
LABELLED_PLATE = re.compile(
    r"(?:车牌号码?|车牌|号牌号码|号牌)(?:为|是)?[: ]{0,3}([\u4e00-\u9fff]?[A-Za-z0-9]"
    r"(?:[ ·•.\-]{0,2}[A-Za-z0-9]){4,7})(?![A-Za-z0-9])"
)
POLICE_PLATE = re.compile(r"(?<![A-Za-z0-9])WJ ?[\u4e00-\u9fff]?[ ·•.\-]{0,2}[0-9]{4,5}[0-9A-Z]?")
PASSPORT = re.compile(
    rf"(?<![A-Za-z0-9\-])(?:(?:[Ee]{GAP}[A-Za-z]?|[DdSsPp]{GAP}[Ee]?|[Gg])(?:{DIGIT}){{7,8}}"
    rf"|[CcHhMm](?:{DIGIT}){{8}}(?:(?:{DIGIT}){{2}})?)(?![A-Za-z0-9\-])"
)
LABELLED_PASSPORT = re.compile(
    r"(?:护照|通行证|居住证|居留证|台胞证|回乡证|证件)(?:证件)?(?:号码|号)?(?:为|是)?[: ]{0,3}"
    r"([A-Za-z0-9](?:[ \-.·]{0,3}[A-Za-z0-9]){5,17})(?![A-Za-z0-9])"
)
_IS = r"(?:账号|帐号|号码|号|群|ID)?(?:为|是)?[: \"'“”‘’「『(\[]{0,4}"
SOCIAL = re.compile(
    r"(?:微信|薇信|[Vv]信|[Ww]e[Cc]hat|VX|vx|(?<![A-Za-z0-9])[Ww][Xx](?=号|ID| ?:)|加[Vv](?=[: ])|"
    r"[Qq][Qq]|支付宝|抖音|快手|微博|钉钉|小红书|闲鱼|旺旺)"
    rf"{_IS}((?![Ww]e[Cc]hat|[Aa]li[Pp]ay)[A-Za-z0-9][A-Za-z0-9_\-]{{0,19}}"
    r"(?: [A-Za-z0-9_\-]{1,19}){0,3})"
)
WECHAT_ID = re.compile(r"(?<![A-Za-z0-9])(wxid_[A-Za-z0-9]{6,24})")
SHORTEST_ACCOUNT = 5
# QQ numbers may be written like telephone numbers.
QQ = re.compile(rf"(?:[Qq]{GAP}[Qq]|扣扣|企鹅){_IS}([1-9](?:{DIGIT}){{4,11}})")


def resident_ids(text: str) -> Iterator[Found]:
    for match in RESIDENT_ID.finditer(text):
        bare = re.sub(r"[^0-9Xx]", "", match.group()).upper()
        checked = resident_check(bare[:17]) == bare[17]
        source = Source.CHECKED if checked else _unless_a_things(text, match.start())
        yield Found(*match.span(), Kind.RESIDENT_ID, source)
    yield from _all(GROUPED_ID, Kind.RESIDENT_ID, Source.PATTERN)(text)
    yield from _all(MASKED_RESIDENT_ID, Kind.RESIDENT_ID, Source.PATTERN)(text)
    for match in LABELLED_ID.finditer(text):
        if not RESIDENT_ID.match(text, match.start(1)):  # else the next line's figures would join
            yield Found(*match.span(1), Kind.RESIDENT_ID, Source.LABELLED)


def old_resident_ids(text: str) -> Iterator[Found]:
    """Fifteen digits without a check digit; a sole trader's old registration number looks alike."""
    for match in OLD_RESIDENT_ID.finditer(text):
        if not _registration(text, match.start()):
            source = _unless_a_things(text, match.start(), end=match.end())
            yield Found(*match.span(), Kind.RESIDENT_ID, source)


def bank_cards(text: str) -> Iterator[Found]:
    for match in LABELLED_ACCOUNT.finditer(text):
        end = match.start(1) + (_card_end(match[1]) or len(match[1]))
        yield Found(match.start(1), end, Kind.BANK_CARD, Source.LABELLED)
    for match in BANK_CARD.finditer(text):
        end = _card_end(match.group())
        if end:
            source = _unless_a_things(text, match.start(), Source.CHECKED, end=match.end())
            yield Found(match.start(), match.start() + end, Kind.BANK_CARD, source)


def _card_end(run: str) -> int:
    """How far the longest card number in a run of digits reaches; 0 if none has a right check.

    Behind a card a line may begin with another number, so a run may also end before a gap.
    """
    ends = [len(run), *(gap.start() for gap in reversed(list(_GAPS.finditer(run))))]
    for end in ends:
        digits = re.sub(r"[^0-9]", "", run[:end])
        if len(digits) >= SHORTEST_CARD and luhn(digits):
            return end
    return 0


_GAPS = re.compile(r"[ \-.·]+")
SHORTEST_CARD = 14


def social_accounts(text: str) -> Iterator[Found]:
    """Accounts behind the name of a service."""
    for pattern in (QQ, SOCIAL, WECHAT_ID):
        for match in pattern.finditer(text):
            if len(match[1].replace(" ", "")) >= SHORTEST_ACCOUNT:
                yield Found(*match.span(1), Kind.SOCIAL, Source.LABELLED)


def luhn(digits: str) -> bool:
    """Whether the check digit of a payment card is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def numbers(pattern: re.Pattern[str], kind: Kind) -> Callable[[str], Iterator[Found]]:
    """Numbers that are told from a thing's own, and from amounts, by what stands around them."""

    def found(text: str) -> Iterator[Found]:
        for match in pattern.finditer(text):
            start, end = match.span()
            if not _is_amount(text, start, end) and not _is_document_number(text, start, end):
                yield Found(start, end, kind, _unless_a_things(text, start, end=end))

    return found


AMOUNT_END = re.compile(r"(?:\.[0-9]{1,4})? ?[万亿]?元(?![旦月宵])")


def _is_amount(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in {"¥", "$"} or bool(AMOUNT_END.match(text, end))


def _is_document_number(text: str, start: int, end: int) -> bool:
    """Whether it runs from a bracketed year to 号: 〔2026〕062026000257号."""
    return text[start - 1 : start] in {"〕", "]", "】"} and text[end : end + 1] == "号"


DECIMAL = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
AROUND = 40  # characters; how far a row of measured values is looked at on either side


def _is_row_of_decimals(text: str, start: int, end: int) -> bool:
    """Whether digits are a row of measured values (0.25 0.31 1.42), not one number with gaps."""
    if "." not in text[start:end] or " " not in text[start:end]:
        return False
    before = re.search(r"[0-9. ]*$", text[max(0, start - AROUND) : start])
    after = re.match(r"[0-9. ]*", text[end : end + AROUND])
    row = (before.group() if before else "") + text[start:end] + (after.group() if after else "")
    values = row.rstrip(". ").split()
    return len(values) > 2 and all(map(DECIMAL.fullmatch, values)) and row.count(".") > 1


def _unless_a_things(
    text: str, start: int, otherwise: Source = Source.PATTERN, *, end: int = 0
) -> Source:
    """A question where the words before a number say that it is a batch's or an order's.

    So is one that looks like a row of measured values.
    """
    before = text[max(0, start - LONGEST_LABEL) : start]
    is_doubtful = THING_LABEL.search(before) or _is_row_of_decimals(text, start, end)
    return Source.QUESTION if is_doubtful else otherwise


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
        # Figures alone may pass both checks; then only the word before them makes it a unit's.
        is_person = (
            RESIDENT_ID.fullmatch(match.group())
            and resident_check(match.group()[:17]) == match.group()[17].upper()
        )
        if not is_person or _registration(text, match.start()):
            yield match.span()


# In the order in which they win where two claim the same characters.
DETECTORS: tuple[Callable[[str], Iterator[Found]], ...] = (
    resident_ids,
    _labelled(LABELLED_PASSPORT, Kind.PASSPORT),
    bank_cards,
    numbers(MOBILE, Kind.MOBILE),
    _all(GROUPED_MOBILE, Kind.MOBILE, Source.PATTERN),
    old_resident_ids,
    _all(MASKED_MOBILE, Kind.MOBILE, Source.PATTERN),
    numbers(INTERNATIONAL, Kind.LANDLINE),
    numbers(LANDLINE, Kind.LANDLINE),
    _labelled(LABELLED_PHONE, Kind.LANDLINE),
    _all(EMAIL, Kind.EMAIL, Source.PATTERN),
    _all(SPELT_EMAIL, Kind.EMAIL, Source.PATTERN),
    _all(IDEOGRAPHIC_EMAIL, Kind.EMAIL, Source.PATTERN),
    _all(PLATE, Kind.PLATE, Source.PATTERN),
    _labelled(LABELLED_PLATE, Kind.PLATE),
    _all(POLICE_PLATE, Kind.PLATE, Source.PATTERN),
    social_accounts,
    numbers(PASSPORT, Kind.PASSPORT),
)
