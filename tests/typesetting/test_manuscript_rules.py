"""Which forms of each element does the recogniser know? Invented texts, one rule each."""

from datetime import date

import pytest

from app.kernel.errors import Refused
from app.typesetting import Table
from app.typesetting.manuscript import Recognised, as_json, facts_of, recognise, recognise_file

TEXT = """澄州市示范局文件

澄示〔2026〕3号

关于开展样例检查的通知

各县（区）示范局：

现将样例检查的有关要求通知如下。

一、示范目标

（一）逐户检查。各地要建立样例台账。

附件：1.样例统计表
      2.样例分解表。

澄州市示范局

2026年3月9日

（此件主动公开）

附件1

样例统计表

名称	数量
样例甲	3

附件2

样例分解表

样例分解的说明。

抄送：澄州市样例办公室，临江省示范厅。
澄州市示范局办公室    2026年3月10日印发
"""


def changed(old, new):
    assert old in TEXT
    return recognise(TEXT.replace(old, new))


def test_every_element_of_a_complete_document():
    found = recognise(TEXT)
    assert found.head.text == "澄州市示范局文件"
    assert found.title.text == "关于开展样例检查的通知"
    assert found.addressees.text == "各县（区）示范局"
    assert [piece.block for piece in found.body][1:] == [
        "一、示范目标", "（一）逐户检查。各地要建立样例台账。",
    ]  # fmt: skip
    assert [name.text for name in found.attachments] == ["样例统计表", "样例分解表"]
    assert [item.title.text for item in found.appended] == ["样例统计表", "样例分解表"]
    assert all(item.marked for item in found.appended)
    assert found.copies_to.text == "澄州市样例办公室，临江省示范厅"
    assert (found.issued_by.text, found.issued_on) == ("澄州市示范局办公室", date(2026, 3, 10))
    assert not found.left_out
    assert not any(source["guessed"] for source in as_json(found)["sources"])


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("澄示[2026]3号", "澄示〔2026〕3号"),
        ("澄示［2026］3 号", "澄示〔2026〕3号"),
        ("澄示（2026）3号", "澄示〔2026〕3号"),
        ("澄示【2026】3号", "澄示〔2026〕3号"),
        ("澄示〔 2026 〕第 03号", "澄示〔2026〕第03号"),
        ("2026年第3号", "2026年第3号"),
        ("第12号", "第12号"),
    ],
)
def test_numbers_in_old_and_new_brackets(written, number):
    assert changed("澄示〔2026〕3号", written).number.text == number


@pytest.mark.parametrize("between", ["    ", "\n"])
def test_the_signer_stands_beside_or_under_the_number(between):
    found = changed("澄示〔2026〕3号", f"澄示〔2026〕3号{between}签发人：样例甲　样例乙")
    assert (found.number.text, found.signer.text) == ("澄示〔2026〕3号", "样例甲 样例乙")


def test_serial_secrecy_and_urgency_above_the_head():
    found = recognise("000012\n内部★1年\n特急\n" + TEXT)
    assert (found.serial.text, found.secrecy.text, found.urgency.text) == (
        "000012", "内部★1年", "特急",
    )  # fmt: skip


def test_an_unmarked_title_is_a_guess():
    found = changed("关于开展样例检查的通知", "样例检查若干问题")
    assert found.title.text == "样例检查若干问题"
    assert found.title.guessed


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026 年 3 月 9 日", date(2026, 3, 9)),
        ("2026年03月09日", date(2026, 3, 9)),
        ("二〇二六年三月九日", date(2026, 3, 9)),
        ("二○二六年十二月三十一日", date(2026, 12, 31)),
        ("二零二六年十月二十日", date(2026, 10, 20)),
    ],
)
def test_days_in_figures_and_in_characters(written, day):
    found = changed("2026年3月9日", written)
    assert found.signed_on == day
    assert facts_of(found).dated_in_characters == written.startswith("二")


def test_a_day_that_does_not_exist_is_none():
    assert changed("2026年3月9日", "2026年2月30日").signed_on is None


def test_several_organs_sign_together():
    found = changed("澄州市示范局\n\n2026", "澄州市示范局\n\n澄州市样例委员会\n\n2026")
    assert [organ.text for organ in found.organs] == ["澄州市示范局", "澄州市样例委员会"]
    assert facts_of(found).signed_by == "澄州市示范局\n澄州市样例委员会"


def test_signature_and_day_on_one_line():
    found = changed("澄州市示范局\n\n2026年3月9日", "澄州市示范局    2026年3月9日")
    assert ([organ.text for organ in found.organs], found.signed_on) == (
        ["澄州市示范局"], date(2026, 3, 9),
    )  # fmt: skip


@pytest.mark.parametrize(
    "note", ["（此件依申请公开）", "(此件公开发布)", "（联系人：样例甲，电话：000-0000）"]
)
def test_notes_in_brackets(note):
    assert changed("（此件主动公开）", note).note.text == note[1:-1]


def test_a_broken_paragraph_is_joined_and_a_short_line_is_not():
    wrapped = "样例检查分为准备、实施、总结三个阶段，各地应当在规定的期限内完成并报送\n\n检查结果。"
    found = changed("现将样例检查的有关要求通知如下。", f"{wrapped}\n联系电话：000-0000\n短行")
    texts = [piece.block for piece in found.body]
    assert texts[0] == wrapped.replace("\n\n", "")
    assert found.body[0].guessed
    assert texts[1:3] == ["联系电话：000-0000", "短行"]


def test_a_bare_organ_over_a_number_of_a_letter_is_a_letter():
    found = recognise(TEXT.replace("示范局文件", "示范局").replace("澄示〔", "澄示函〔"))
    assert found.letter
    assert facts_of(found).organ == "澄州市示范局"


def test_an_issued_plan_is_not_called_an_annex():
    found = changed("附件1\n\n样例统计表", "样例检查工作方案")
    plan = found.appended[0]
    assert (plan.title.text, plan.marked) == ("样例检查工作方案", True)  # it holds only a table
    found = changed("附件1\n\n样例统计表\n", "样例检查工作方案\n\n样例方案的说明。\n")
    assert (found.appended[0].title.text, found.appended[0].marked) == ("样例检查工作方案", False)


def test_a_forwarded_document_keeps_its_own_elements_and_ends_with_its_colophon():
    inner = TEXT.replace("澄州市示范局", "临江省样例厅").replace("〔2026〕3号", "〔2025〕8号")
    found = changed("附件1\n\n样例统计表\n\n名称	数量\n样例甲	3\n", inner)
    forwarded, annex = found.appended
    assert isinstance(forwarded, Recognised)
    assert forwarded.number.text == "澄示〔2025〕8号"
    assert forwarded.issued_by.text == "临江省样例厅办公室"
    assert annex.title.text == "样例分解表"
    assert found.issued_by.text == "澄州市示范局办公室"


BARS = """| 类别 | 风险排查 | | 约谈 |
| | 企业 | 问题 | |
|---|---|---|---|
| 样例 | 1 | 2 | 3\\|4 |"""
TABS = "类别\t风险排查\t\t约谈\n\t企业\t问题\t\n样例\t1\t2\t3|4"


@pytest.mark.parametrize("typed", [BARS, TABS])
def test_a_head_of_two_rows_with_spans(typed):
    found = changed("名称	数量\n样例甲	3", typed)
    table = found.appended[0].body[0].block
    assert isinstance(table, Table)
    assert [[(c.text, c.columns, c.rows) for c in row] for row in table.head] == [
        [("类别", 1, 2), ("风险排查", 2, 1), ("约谈", 1, 2)], [("企业", 1, 1), ("问题", 1, 1)],
    ]  # fmt: skip
    assert [[cell.text for cell in row] for row in table.rows] == [["样例", "1", "2", "3|4"]]


def test_columns_set_under_each_other_with_spaces():
    found = changed(
        "名称	数量\n样例甲	3", "名称    数量   单位\n样例甲    3    台\n样例乙    4    台"
    )
    table = found.appended[0].body[0].block
    assert [cell.text for cell in table.rows[1]] == ["样例乙", "4", "台"]


def test_markdown_marks_are_taken_away():
    found = recognise(
        "# 样例工作要点\n\n各所：\n\n## 一、示范\n\n**重点**检查样例。\n\n- 第一项。\n"
    )
    assert found.title.text == "样例工作要点"
    assert [piece.block for piece in found.body] == ["一、示范", "重点检查样例。", "第一项。"]


def test_nothing_comes_of_nothing():
    assert recognise("") == Recognised()
    assert not recognise("\n \n").title.text


def test_a_text_in_the_old_encoding_is_read():
    assert recognise_file(TEXT.encode("gb18030"), "样例.TXT") == recognise(TEXT)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "manuscript_empty"),
        (TEXT.encode(), "a.pdf", "manuscript_type"),
        (b"\xff\xfe\x00\x00\x01", "a.txt", "text_unreadable"),
        ("样".encode() * 100_001, "a.md", "text_too_long"),
        (b"not a Word file", "a.docx", "docx_broken"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content, name, code):
    with pytest.raises(Refused) as refused:
        recognise_file(content, name)
    assert refused.value.code == code
