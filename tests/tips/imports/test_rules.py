"""Is a foreign row read as it was meant, and is every fault of it told?"""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter

from app.kernel.errors import Refused
from app.tips.imports import tables
from app.tips.imports.headings import Field, check_mapping, recognised
from app.tips.imports.rules import Reading, Vocabulary, meant, moment_of
from app.tips.rules import Channel, Standing, TipKind, Wish

WORDS = Vocabulary(
    products={"电线电缆": "wire_cable"}, divisions={"青石县": "990121"}, today=date(2026, 9, 22)
)
ROW = {
    Field.NUMBER: "Y-1", Field.KIND: "投诉", Field.RECEIVED: "2026-09-21 09:30",
    Field.CHANNEL: "全国12315平台", Field.CALLER_NAME: "样例来件人", Field.PHONE: "13800000148",
    Field.SUBJECT: "样例五金店", Field.DIVISION: "青石县", Field.PRODUCT: "电线电缆",
    Field.BOUGHT: "2026/9/1", Field.AMOUNT: "1,376.50元", Field.WISHES: "退货、赔偿损失",
    Field.FACTS: "铜芯发黑",
}  # fmt: skip


def faults(**changed: str) -> list[tuple[str, str, str]]:
    reading = Reading(7, {**ROW, **{Field(k): v for k, v in changed.items()}}, WORDS)
    line = reading.line()
    assert (line is None) == bool(reading.faults)
    return [(f.field.value, f.code, f.value) for f in reading.faults]


def test_a_whole_row_is_read() -> None:
    line = Reading(7, ROW, WORDS).line()
    assert line is not None
    assert line.kinds == {TipKind.COMPLAINT}
    assert line.received == datetime(2026, 9, 21, 9, 30)  # noqa: DTZ001
    assert line.channel is Channel.PLATFORM
    assert (line.division, line.product) == ("990121", "wire_cable")
    assert (line.bought, line.amount) == (date(2026, 9, 1), Decimal("1376.50"))
    assert line.wishes == {Wish.RETURN, Wish.COMPENSATE}
    assert line.standing is Standing.REAL_NAME


def test_every_fault_of_a_row_is_told_at_its_column() -> None:
    told = faults(
        kind="咨询", received="昨天", channel="飞鸽", phone="12", bought_on="2026-13-01",
        amount="很多", division="远方", facts="", subject_name="",
    )  # fmt: skip
    assert {column for column, _code, _value in told} == {
        "kind", "received", "channel", "phone", "bought_on", "amount", "division", "facts",
        "subject_name",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"received": "2026-09-23"}, ("received", "import_in_future", "2026-09-23")),
        ({"received": "1899-01-01"}, ("received", "import_too_old", "1899-01-01")),
        # No clock of that day is kept: 令20 began in 2020, 令2 as it is in July 2021.
        ({"received": "2019-12-31", "bought_on": ""}, ("received", "import_too_old", "2019-12-31")),
        (
            {"kind": "举报", "received": "2021-07-14", "bought_on": ""},
            ("received", "import_too_old", "2021-07-14"),
        ),
        ({"amount": "12,5"}, ("amount", "import_bad_amount", "12,5")),
        ({"amount": "-5"}, ("amount", "import_bad_amount", "-5")),
        ({"amount": "1e3"}, ("amount", "import_bad_amount", "1e3")),
        ({"bought_on": "2026-09-22"}, ("bought_on", "bought_in_future", "2026-09-22")),
        ({"wishes": ""}, ("wishes", "complaint_needs_wish", "")),
        ({"facts": "坏" * 5001}, ("facts", "import_too_long", "坏" * 40)),
    ],
)
def test_one_fault(changed: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert faults(**changed) == [expected]


def test_what_identifies_the_caller_is_never_in_the_report() -> None:
    told = faults(caller_name="秘" * 70, phone="138秘密0000", caller_address="密" * 300)
    assert {value for _column, _code, value in told} == {""}


def test_before_the_form_of_april_2026_a_complaint_needs_no_list_of_requests() -> None:
    assert faults(wishes="", received="2026-04-14", bought_on="2026-04-01") == []
    assert faults(wishes="", received="2026-04-15", bought_on="2026-04-01") != []


@pytest.mark.parametrize("kind", ["举报", "举报件", "举报单", "举报工单"])
def test_a_kind_is_known_with_what_it_is_called_there(kind: str) -> None:
    line = Reading(2, {**ROW, Field.KIND: kind}, WORDS).line()
    assert line is not None
    assert line.kinds == {TipKind.REPORT}


@pytest.mark.parametrize("name", ["", "匿名", "无", "不详", "/"])
def test_a_row_without_a_name_is_anonymous(name: str) -> None:
    line = Reading(2, {**ROW, Field.KIND: "举报件", Field.CALLER_NAME: name}, WORDS).line()
    assert line is not None
    assert line.standing is Standing.ANONYMOUS


def test_a_product_our_list_does_not_know_stays_as_words() -> None:
    line = Reading(2, {**ROW, Field.PRODUCT: "样例牌充电宝"}, WORDS).line()
    assert line is not None
    assert (line.product, line.words[Field.BRAND]) == ("", "样例牌充电宝")


@pytest.mark.parametrize(
    "written",
    ["2026-09-21 09:30", "2026/9/21 9:30:15", "2026年9月21日 9时30分", "20260921093000",
     "46286.395833333336", "2026-09-21T09:30:00", "2026-09-21T01:30:00Z",
     "2026-09-21T09:30+08:00"],
)  # fmt: skip
def test_days_as_exports_and_spreadsheets_write_them(written: str) -> None:
    assert moment_of(written) == datetime(2026, 9, 21, 9, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [("下午3点20分", 15, 20), ("下午3点", 15, 0), ("15点", 15, 0), ("3:20 PM", 15, 20),
     ("12:05 AM", 0, 5), ("中午12点", 12, 0), ("凌晨12:10", 0, 10), ("晚上8点", 20, 0),
     ("上午 9:05", 9, 5)],
)  # fmt: skip
def test_either_clock_is_read(written: str, hour: int, minute: int) -> None:
    at = datetime(2026, 9, 21, hour, minute)  # noqa: DTZ001
    assert moment_of(f"2026年9月21日 {written}") == at


@pytest.mark.parametrize("written", ["", "2026", "2026-02-30", "21.09.2026", "9月21日", "abc"])
def test_what_is_no_day(written: str) -> None:
    assert moment_of(written) is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ('=HYPERLINK("http://x")', "'=HYPERLINK(\"http://x\")"), ("＝1+1", "'＝1+1"),
        ("@SUM(A1)", "'@SUM(A1)"), ("-1+2", "'-1+2"), ('="260922001"', "260922001"),
        ("样例=1", "样例=1"),
    ],
)  # fmt: skip
def test_formulas_are_neutralised(written: str, kept: str) -> None:
    assert meant(written) == kept


def test_headings_are_recognised_with_their_brackets_and_stars() -> None:
    assert recognised(["序号", "登记编号", "投诉内容（必填）", "*联系电话", "涉及主体名称"]) == {
        Field.NUMBER: 1, Field.FACTS: 2, Field.PHONE: 3, Field.SUBJECT: 4,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mapping", "field"),
    [({}, "facts"), ({Field.FACTS: 0, Field.KIND: 1, Field.RECEIVED: 2}, "subject_name"),
     ({Field.FACTS: 0, Field.KIND: 0, Field.RECEIVED: 2, Field.SUBJECT: 3}, "facts")],
)  # fmt: skip
def test_a_mapping_without_its_columns_is_refused(mapping: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_mapping(mapping)
    assert refused.value.field == field


def test_of_two_columns_for_one_thing_the_surer_one_counts() -> None:
    assert recognised(["受理时间", "登记时间", "商品名称", "产品类别"]) == {
        Field.RECEIVED: 1, Field.PRODUCT: 3,
    }  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "登记编号 业务类型 登记时间 问题描述 涉及主体名称 涉及主体地址 提供方姓名 提供方电话 诉求",
        "工单编号 工单类型 受理时间 工单内容 被投诉单位 被投诉方地址 投诉方 来电电话 投诉诉求",
        "举报单编号 件类型 登记日期时间 事实依据 被举报方名称 被举报方地址 举报方 手机 请求事项",
    ],
)
def test_the_headings_of_several_platforms_are_known(head: str) -> None:
    assert list(recognised(head.split())) == [
        Field.NUMBER, Field.KIND, Field.RECEIVED, Field.FACTS, Field.SUBJECT,
        Field.SUBJECT_ADDRESS, Field.CALLER_NAME, Field.PHONE, Field.WISHES,
    ]  # fmt: skip


# The files --------------------------------------------------------------------------------------

TEXT = '清单\n登记编号,类别,投诉内容\nY-1,投诉,"一撕就裂，\n还发烫"\nY-2,举报,发黑\n\n'


@pytest.mark.parametrize(
    ("encoding", "form"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_text_of_every_encoding_is_read_the_same(encoding: str, form: str) -> None:
    table = tables.read(TEXT.encode(encoding))
    assert (table.form, table.first) == (form, 3)
    assert list(table.headings) == ["登记编号", "类别", "投诉内容"]
    assert table.rows[0][2] == "一撕就裂，\n还发烫"
    assert len(table.rows) == 2


def test_a_book_is_read_by_values_and_a_formula_never_as_itself() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["登记编号", "类别", "联系电话", "登记时间", "投诉内容"])
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(1, 0, ["Y-1", "投诉", 13800000148])
        sheet.write_datetime(1, 3, datetime(2026, 9, 21, 9, 30), day)  # noqa: DTZ001
        sheet.write_formula(1, 4, '=HYPERLINK("http://example.com","发黑")', None, "发黑")
    table = tables.read(out.getvalue())
    assert list(table.rows[0]) == ["Y-1", "投诉", "13800000148", "2026-09-21 09:30", "发黑"]


HEAD = ["登记编号", "类别", "登记时间", "投诉内容"]
LINE = ["Y-1", "举报", "2026-09-21", "发黑"]


def book_of(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return out.getvalue()


def test_the_list_of_a_book_is_found_behind_its_instructions() -> None:
    table = tables.read(book_of(说明=[["请填第二张表"], ["谢谢"]], 数据=[HEAD, LINE]))
    assert list(table.rows[0]) == LINE


def test_of_two_lists_in_a_book_none_is_dropped_silently() -> None:
    with pytest.raises(Refused, match="import_two_lists"):
        tables.read(book_of(九月=[HEAD, LINE], 十月=[HEAD, LINE]))
    assert len(tables.read(book_of(九月=[HEAD, LINE], 空=[HEAD])).rows) == 1


def test_an_amount_is_read_as_the_spreadsheet_shows_it() -> None:
    assert tables.read(book_of(一=[HEAD, [*LINE[:3], 19.9 * 3]])).rows[0][3] == "59.7"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_headings_tell_what_separates_the_cells(separator: str) -> None:
    written = separator.join(HEAD) + "\n"
    written += separator.join([*LINE[:3], '"' + "电线,铜芯;发黑|" * 9 + '"']) + "\n"
    assert list(tables.read(written.encode()).headings) == HEAD


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_empty"), (b"\xff\xff\xff", "import_unreadable"),
        (b"a,b\n1\x00,2\n", "import_unreadable"), (b"PK\x03\x04none", "import_unreadable"),
        ("类别,内容\n".encode(), "import_empty"), (b"x" * (10 * 2**20 + 1), "import_too_large"),
        (b"a,b\n" + b"1,2\n" * 50_001, "import_too_many"),
        (b"a,b\n" + b"z" * 200_000 + b",1\n", "import_unreadable"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        tables.read(content)
    assert refused.value.code == code


def test_a_book_that_unpacks_to_a_mountain_is_not_unpacked(monkeypatch) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_row(0, 0, ["类别", "内容"])
    monkeypatch.setattr(tables, "MOST_UNPACKED", 100)
    with pytest.raises(Refused, match="import_too_large"):
        tables.read(out.getvalue())
