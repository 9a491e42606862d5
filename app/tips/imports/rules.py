"""What may a foreign list's row say, and what is wrong with it, column by column?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.identifiers import BadIdentifier, phone
from app.kernel.text import BadText, clean_line, clean_text, fold, neutral
from app.tips import rules as tips
from app.tips.rules import Channel, Standing, TipKind, Wish

MOST_ROWS = 50_000
MOST_BYTES = 10 * 1024 * 1024
#: A list older than this is an archive, not work to be done.
OLDEST = date(2000, 1, 1)
MOST_MONEY = Decimal(10) ** 12


class Field(StrEnum):
    """What a column can be."""

    NUMBER = "number"
    KIND = "kind"
    RECEIVED = "received"
    CHANNEL = "channel"
    CALLER_NAME = "caller_name"
    PHONE = "phone"
    CALLER_ADDRESS = "caller_address"
    SUBJECT = "subject_name"
    SUBJECT_ADDRESS = "subject_address"
    SELLER = "seller"
    DIVISION = "division"
    PRODUCT = "product"
    BRAND = "brand_model"
    BATCH = "batch"
    BOUGHT = "bought_on"
    AMOUNT = "amount"
    WISHES = "wishes"
    FACTS = "facts"


#: What may not be shown again, be it in a report of faults.
IDENTITY = frozenset({Field.CALLER_NAME, Field.PHONE, Field.CALLER_ADDRESS})
REQUIRED = (Field.FACTS, Field.KIND, Field.RECEIVED)
#: By which headings columns are recognised; the first word of a field is the one we print.
HEADINGS: Mapping[Field, tuple[str, ...]] = {
    Field.NUMBER: (
        "登记编号", "编号", "工单编号", "工单号", "投诉举报编号", "投诉编号", "举报编号", "流水号",
        "业务编号", "受理编号", "单号",
    ),
    Field.KIND: (
        "类别", "类型", "信息类别", "信息类型", "业务类型", "登记类型", "诉求类型", "件别",
    ),
    Field.RECEIVED: (
        "登记时间", "登记日期", "接收时间", "接收日期", "收到时间", "收到日期", "来电时间",
        "提交时间", "投诉时间", "举报时间", "来件时间", "日期",
    ),
    Field.CHANNEL: ("渠道", "来源", "信息来源", "登记方式", "接收方式", "来源渠道", "受理渠道"),
    Field.CALLER_NAME: (
        "姓名", "投诉人", "举报人", "投诉人姓名", "举报人姓名", "提供方姓名", "提供方名称",
        "来电人", "来件人", "诉求人", "反映人", "消费者姓名",
    ),
    Field.PHONE: (
        "联系电话", "电话", "手机", "手机号", "联系方式", "提供方电话", "投诉人电话", "举报人电话",
        "来电号码", "投诉人联系电话",
    ),
    Field.CALLER_ADDRESS: ("联系地址", "提供方地址", "投诉人地址", "举报人地址", "通讯地址"),
    Field.SUBJECT: (
        "被反映单位", "涉及主体名称", "涉及主体", "涉事主体", "被投诉人", "被投诉人名称",
        "被举报人", "被举报单位", "被投诉单位", "企业名称", "经营者名称", "商家名称", "当事人",
    ),
    Field.SUBJECT_ADDRESS: (
        "经营地址", "涉及主体地址", "被投诉人地址", "被举报人地址", "企业地址", "经营者地址",
        "单位地址", "地址", "事发地址",
    ),
    Field.SELLER: ("销售者", "网店", "店铺名称", "平台店铺", "销售单位"),
    Field.DIVISION: ("属地", "行政区划", "区划代码", "所属区域", "区县", "辖区"),
    Field.PRODUCT: ("产品类别", "商品类别", "客体类别", "产品", "商品", "商品名称", "产品名称"),
    Field.BRAND: ("品牌型号", "品牌、型号", "品牌", "型号", "规格型号"),
    Field.BATCH: ("批次", "批号", "生产批号", "证书号", "批次、证书号"),
    Field.BOUGHT: ("购买日期", "消费时间", "购买时间", "消费日期", "交易时间", "纠纷发生时间"),
    Field.AMOUNT: ("金额", "涉案金额", "消费金额", "争议金额", "涉及金额", "交易金额"),
    Field.WISHES: ("请求", "诉求", "投诉请求", "诉求内容", "具体请求"),
    Field.FACTS: (
        "来电人原话", "投诉内容", "举报内容", "问题描述", "反映内容", "内容", "事由", "主要内容",
        "投诉举报内容", "情况描述", "事实和理由",
    ),
}  # fmt: skip
_KNOWN = {fold(word): each for each, words in HEADINGS.items() for word in words}
_BRACKETS = re.compile(r"[（(][^）)]*[）)]|[*＊:：]")
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
_CLOCK = re.compile(r"(\d{1,2})\s*[:：时點点]\s*(\d{1,2})")
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone


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


def recognised(headings: Sequence[str]) -> dict[Field, int]:
    """Return which column is which, as far as its heading tells; the first of two like ones."""
    found: dict[Field, int] = {}
    for at, heading in enumerate(headings):
        known = _KNOWN.get(fold(_BRACKETS.sub("", heading)))
        if known is not None:
            found.setdefault(known, at)
    return found


def head_row(rows: Sequence[Sequence[str]]) -> int:
    """Return the row that holds the headings: lists often carry a title or two above them."""
    scores = [len(recognised(row)) for row in rows[:10]]
    best = max(scores, default=0)
    if best >= 2:
        return scores.index(best)
    return next((at for at, row in enumerate(rows[:10]) if sum(map(bool, row)) > 1), 0)


def check_mapping(mapping: Mapping[Field, int]) -> None:
    """Refuse a mapping without the columns that every tip needs, or that uses one twice."""
    for each in REQUIRED:
        if each not in mapping:
            raise Refused("import_column_needed", field=each.value)
    if Field.SUBJECT not in mapping and Field.SUBJECT_ADDRESS not in mapping:
        raise Refused("import_column_needed", field=Field.SUBJECT.value)
    columns = list(mapping.values())
    for each, column in mapping.items():
        if columns.count(column) > 1:
            raise Refused("import_column_twice", field=each.value)


def meant(written: str) -> str:
    """Return what a cell means, in a form that no spreadsheet takes for a formula later."""
    quoted = _QUOTED.match(written)
    return quoted.group(1) if quoted else neutral(written)


class Reading:
    """Reads one row; every fault of it is collected, none ends the reading."""

    def __init__(self, row: int, cells: Mapping[Field, str], words: Vocabulary) -> None:
        self.row, self.cells, self.vocabulary = row, cells, words
        self.faults: list[Fault] = []

    def line(self) -> Line | None:
        """Return the row as a tip to be, or None when something in it is wrong."""
        words = {each: self._words(each) for each in _LENGTHS if each in self.cells}
        if fold(words.get(Field.CALLER_NAME, "")) in UNNAMED:
            words[Field.CALLER_NAME] = ""
        words[Field.PHONE] = self._phone()
        product, spoken = self._product()
        words[Field.BRAND] = words.get(Field.BRAND) or spoken
        line = Line(
            row=self.row,
            number=words.get(Field.NUMBER, ""),
            kinds=self._kinds(),
            received=self._received(),
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
        kinds = KINDS.get(fold(self._raw(Field.KIND)).removesuffix("件"))
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

    def _received(self) -> datetime:
        told = self._raw(Field.RECEIVED)
        at = moment_of(told)
        if at is None:
            self._fault(Field.RECEIVED, "import_bad_date")
        elif at.date() > self.vocabulary.today:
            self._fault(Field.RECEIVED, "import_in_future")
        elif at.date() < OLDEST:
            self._fault(Field.RECEIVED, "import_too_old")
        return at or _EPOCH

    def _day(self, each: Field) -> date | None:
        told = self._raw(each)
        at = moment_of(told)
        if told and at is None:
            self._fault(each, "import_bad_date")
        return at.date() if at else None

    def _amount(self) -> Decimal | None:
        told = fold(self._raw(Field.AMOUNT)).replace(",", "").strip("元¥￥")
        if not told:
            return None
        scale = 10_000 if told.endswith("万") else 1
        try:
            amount = Decimal(told.removesuffix("万")) * scale
            if 0 <= amount < MOST_MONEY and amount == amount.quantize(Decimal("0.01")):
                return amount.quantize(Decimal("0.01"))
        except InvalidOperation:
            pass
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


def moment_of(told: str) -> datetime | None:
    """Read a day, with or without its time, as exports and spreadsheets write it."""
    told = told.strip()
    if _SERIAL.fullmatch(told):
        return _EPOCH + timedelta(days=float(told))
    packed = _PACKED.fullmatch(told)
    if packed:
        year, month, day, hour, minute = (int(part or 0) for part in packed.groups())
    else:
        written = _DAY.match(told)
        if written is None:
            return None
        year, month, day = (int(part) for part in written.groups()[:3])
        time = _CLOCK.search(written.group(4))
        hour, minute = (int(part) for part in time.groups()) if time else (0, 0)
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the zone is the bureau's
    except ValueError:
        return None


def repeated(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """Yield each row whose number stood in an earlier row, with that row."""
    first: dict[str, int] = {}
    for row, number in lines:
        if number in first:
            yield row, first[number]
        else:
            first[number] = row
