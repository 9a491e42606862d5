"""What may a foreign list's row say, and what is wrong with it, column by column?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from app.kernel.deadlines import load_statutes
from app.kernel.identifiers import BadIdentifier, phone
from app.kernel.text import BadText, clean_line, clean_text, fold, neutral
from app.tips import rules as tips
from app.tips.imports.headings import IDENTITY, Field
from app.tips.rules import Channel, Standing, TipKind, Wish

MOST_ROWS = 50_000
MOST_BYTES = 10 * 1024 * 1024
#: A list older than this is an archive, not work to be done.
OLDEST = date(2000, 1, 1)
MOST_MONEY = Decimal(10) ** 12


_BOTH = frozenset(TipKind)
KINDS = {
    "投诉": frozenset({TipKind.COMPLAINT}), "举报": frozenset({TipKind.REPORT}),
    "投诉举报": _BOTH, "投诉和举报": _BOTH, "投诉、举报": _BOTH, "投诉并举报": _BOTH,
}  # fmt: skip
CHANNELS = {
    "电话": Channel.TELEPHONE, "来电": Channel.TELEPHONE, "热线": Channel.TELEPHONE,
    "12345": Channel.TRANSFER, "12315": Channel.PLATFORM, "平台": Channel.PLATFORM,
    "互联网": Channel.WEB, "网上": Channel.WEB, "网络": Channel.WEB, "网站": Channel.WEB,
    "微信": Channel.WEB, "小程序": Channel.WEB, "app": Channel.WEB, "来访": Channel.VISIT,
    "来人": Channel.VISIT, "窗口": Channel.VISIT, "来信": Channel.LETTER, "来函": Channel.LETTER,
    "信件": Channel.LETTER, "转办": Channel.TRANSFER, "交办": Channel.TRANSFER,
    "移送": Channel.TRANSFER,
}  # fmt: skip
WISHES = {
    "退货": Wish.RETURN, "换货": Wish.REPLACE, "更换": Wish.REPLACE, "修理": Wish.REPAIR,
    "维修": Wish.REPAIR, "补足": Wish.MAKE_UP, "退款": Wish.REFUND, "退还": Wish.REFUND,
    "退费": Wish.REFUND, "赔偿": Wish.COMPENSATE, "赔付": Wish.COMPENSATE,
}  # fmt: skip
UNNAMED = frozenset({"", "匿名", "无", "不详", "未知", "-", "/", "匿名举报"})
_LENGTHS = {
    Field.NUMBER: 60, Field.CALLER_NAME: 60, Field.CALLER_ADDRESS: 200, Field.SUBJECT: 120,
    Field.SUBJECT_ADDRESS: 200, Field.SELLER: 120, Field.BRAND: 80, Field.BATCH: 80,
    Field.FACTS: 5000,
}  # fmt: skip
#: How exports keep a spreadsheet from rounding a long number: ="260922001".
_QUOTED = re.compile(r'^="([^"]*)"$')
_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?!\d)(.*)", re.DOTALL)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(?:\d{2})?)?")
_CLOCK = re.compile(r"(\d{1,2})\s*[:：时點点]\s*(\d{1,2})?")
_AFTERNOON = re.compile(r"下午|傍晚|晚|中午|p\.?m", re.IGNORECASE)
_MORNING = re.compile(r"上午|凌晨|早|a\.?m", re.IGNORECASE)
#: A moment with its zone, as programs write it.
_ZONED = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})")
_MONEY = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone
#: The bureau's wall clock: eight hours ahead all the year.
_WALL = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; ``value`` is empty for what identifies the caller."""

    row: int
    field: Field | None
    code: str
    value: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """Words of the house by which cells are read: names of products and of divisions."""

    products: Mapping[str, str] = field(default_factory=dict)
    divisions: Mapping[str, str] = field(default_factory=dict)
    today: date = date.max


@dataclass(frozen=True)
class Line:
    """One row, read: what was told, by whom, when (wall clock of the bureau)."""

    row: int
    number: str
    kinds: frozenset[TipKind]
    received: datetime
    channel: Channel
    words: Mapping[Field, str]
    division: str
    product: str
    bought: date | None
    amount: Decimal | None
    wishes: frozenset[Wish]

    @property
    def standing(self) -> Standing:
        """A row without a name is anonymous."""
        return Standing.REAL_NAME if self.words.get(Field.CALLER_NAME) else Standing.ANONYMOUS


def meant(written: str) -> str:
    """Return what a cell means, in a form that no spreadsheet takes for a formula later."""
    quoted = _QUOTED.match(written)
    return quoted.group(1) if quoted else neutral(written)


class Reading:
    """Reads one row; every fault of it is collected, none ends the reading."""

    def __init__(self, row: int, cells: Mapping[Field, str], words: Vocabulary) -> None:
        self.row, self.cells, self.vocabulary = row, cells, words
        self.faults: list[Fault] = []
        #: The row's own number, also of a row that something else is wrong with.
        self.number = ""

    def line(self) -> Line | None:
        """Return the row as a tip to be, or None when something in it is wrong."""
        words = {each: self._words(each) for each in _LENGTHS if each in self.cells}
        if fold(words.get(Field.CALLER_NAME, "")) in UNNAMED:
            words[Field.CALLER_NAME] = ""
        words[Field.PHONE] = self._phone()
        self.number = words.get(Field.NUMBER, "")
        kinds = self._kinds()
        product, spoken = self._product()
        words[Field.BRAND] = words.get(Field.BRAND) or spoken
        line = Line(
            row=self.row,
            number=self.number,
            kinds=kinds,
            received=self._received(kinds),
            channel=self._channel(),
            words=words,
            division=self._division(),
            product=product,
            bought=self._day(Field.BOUGHT),
            amount=self._amount(),
            wishes=frozenset(w for word, w in WISHES.items() if word in self._raw(Field.WISHES)),
        )
        self._contents(line)
        return None if self.faults else line

    def _fault(self, each: Field | None, code: str) -> None:
        shown = "" if each is None or each in IDENTITY else self._raw(each)[:40]
        if each is None or all(fault.field is not each for fault in self.faults):
            self.faults.append(Fault(self.row, each, code, shown))

    def _raw(self, each: Field) -> str:
        return neutral_number(self.cells.get(each, "").strip())

    def _words(self, each: Field) -> str:
        clean = clean_text if each is Field.FACTS else clean_line
        try:
            told = clean(meant(self.cells[each].strip()))
        except BadText:
            self._fault(each, "import_bad_text")
            return ""
        if len(told) > _LENGTHS[each]:
            self._fault(each, "import_too_long")
        return told

    def _phone(self) -> str:
        told = self._raw(Field.PHONE)
        if fold(told) in UNNAMED:
            return ""
        try:
            return str(phone(told).number)
        except BadIdentifier:
            self._fault(Field.PHONE, "bad_phone")
            return ""

    def _kinds(self) -> frozenset[TipKind]:
        told = fold(self._raw(Field.KIND))
        kinds = KINDS.get(told.removesuffix("件").removesuffix("单").removesuffix("工"))
        if kinds is None:
            self._fault(Field.KIND, "import_bad_kind")
        return kinds or frozenset()

    def _channel(self) -> Channel:
        told = fold(self._raw(Field.CHANNEL))
        if not told:
            return Channel.TRANSFER
        for word, channel in CHANNELS.items():
            if word in told:
                return channel
        self._fault(Field.CHANNEL, "import_bad_channel")
        return Channel.TRANSFER

    def _received(self, kinds: frozenset[TipKind]) -> datetime:
        told = self._raw(Field.RECEIVED)
        at = moment_of(told)
        if at is None:
            self._fault(Field.RECEIVED, "import_bad_date")
        elif at.date() > self.vocabulary.today:
            self._fault(Field.RECEIVED, "import_in_future")
        elif at.date() < oldest(kinds):
            self._fault(Field.RECEIVED, "import_too_old")
        return at or _EPOCH

    def _day(self, each: Field) -> date | None:
        told = self._raw(each)
        at = moment_of(told)
        if told and at is None:
            self._fault(each, "import_bad_date")
        return at.date() if at else None

    def _amount(self) -> Decimal | None:
        told = fold(self._raw(Field.AMOUNT)).strip("元¥￥")
        if not told:
            return None
        scale = 10_000 if told.endswith("万") else 1
        written = told.removesuffix("万")
        if _MONEY.fullmatch(written):
            amount = Decimal(written.replace(",", "")) * scale
            if amount < MOST_MONEY and amount == amount.quantize(Decimal("0.01")):
                return amount.quantize(Decimal("0.01"))
        self._fault(Field.AMOUNT, "import_bad_amount")
        return None

    def _division(self) -> str:
        told = fold(self._raw(Field.DIVISION))
        code = self.vocabulary.divisions.get(told, "")
        if told and not code:
            self._fault(Field.DIVISION, "import_bad_division")
        return code

    def _product(self) -> tuple[str, str]:
        """Return the code, or the words: a foreign list has products that ours does not know."""
        told = meant(self.cells.get(Field.PRODUCT, "").strip())
        code = self.vocabulary.products.get(fold(told), "")
        return code, "" if code else told[: _LENGTHS[Field.BRAND]]

    def _contents(self, line: Line) -> None:
        """Refuse what the intake would refuse, as of the day of receipt."""
        told = tips.Told(
            kinds=line.kinds,
            standing=line.standing,
            name=line.words.get(Field.CALLER_NAME, ""),
            phone=line.words.get(Field.PHONE, ""),
            facts=line.words.get(Field.FACTS, ""),
            subject=line.words.get(Field.SUBJECT, "") or line.words.get(Field.SELLER, ""),
            address=line.words.get(Field.SUBJECT_ADDRESS, ""),
            wishes=line.wishes,
            bought_on=line.bought,
        )
        on = max(line.received.date(), OLDEST)
        for refused in tips.faults_of(told, today=on):
            each = _COLUMNS.get(refused.field or "")
            if not (each is Field.BOUGHT and on == OLDEST):
                self._fault(each, refused.code)


_COLUMNS = {
    "kinds": Field.KIND, "facts": Field.FACTS, "subject_name": Field.SUBJECT,
    "bought_on": Field.BOUGHT, "standing": Field.CALLER_NAME, "caller_name": Field.CALLER_NAME,
    "phone": Field.PHONE, "wishes": Field.WISHES,
}  # fmt: skip


def neutral_number(written: str) -> str:
    """Return a cell as it was meant: without the ="…" or the apostrophe around a number."""
    quoted = _QUOTED.match(written)
    return quoted.group(1) if quoted else written.removeprefix("'")


def oldest(kinds: Iterable[TipKind]) -> date:
    """Return the first day whose law is kept here for tips of these kinds.

    What came before it would have no clock.
    """
    rules = [load_statutes().of(tips.clock_of(kind)) for kind in kinds]
    return max((versions[0].valid_from for versions in rules), default=OLDEST)


def moment_of(told: str) -> datetime | None:
    """Read a day, with or without its time, as exports and spreadsheets write it."""
    told = told.strip()
    if _SERIAL.fullmatch(told):
        return _EPOCH + timedelta(days=float(told))
    packed = _PACKED.fullmatch(told)
    written = _DAY.match(told)
    if packed:
        parts = tuple(int(part or 0) for part in packed.groups())
    elif written:
        parts = (*map(int, written.groups()[:3]), *_hour_and_minute(written.group(4)))
    else:
        return None
    try:
        if _ZONED.fullmatch(told):
            return datetime.fromisoformat(told).astimezone(_WALL).replace(tzinfo=None)
        year, month, day, hour, minute = parts
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the zone is the bureau's
    except ValueError:
        return None


def _hour_and_minute(told: str) -> tuple[int, int]:
    """Read a time of day, by either clock: 下午3点20分 is 15:20."""
    time = _CLOCK.search(told)
    if time is None:
        return 0, 0
    hour, minute = int(time.group(1)), int(time.group(2) or 0)
    if hour < 12 and _AFTERNOON.search(told):
        hour += 12
    elif hour == 12 and _MORNING.search(told):
        hour = 0
    return hour, minute


def repeated(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield each row whose number stood in an earlier row, with that row."""
    first: dict[str, int] = {}
    for row, number in lines:
        if number in first:
            yield row, first[number]
        else:
            first[number] = row
