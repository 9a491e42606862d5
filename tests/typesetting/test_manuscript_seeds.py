"""Are the five real texts taken apart exactly, and set without losing a cell?"""

import dataclasses
from datetime import date

import pytest

from app.typesetting import Table, typeset
from app.typesetting.manuscript import Recognised, as_json, facts_of, recognise
from tests.support.pdf import Pdf
from tests.support.shared import shared_or_skip

LINE = 225 / 22


def seed(number):
    folder = shared_or_skip("seeds")
    return recognise(next(folder.glob(f"00{number}_*.txt")).read_text(encoding="utf-8"))


def front(found):
    return (
        found.head.text, found.number.text, found.one_line_title, found.addressees.text[:8],
        [organ.text for organ in found.organs], found.signed_on, found.note.text,
    )  # fmt: skip


def colophon(found):
    return found.issued_by.text, found.issued_on, found.copies_to.text, found.keywords.text


def headings(item):
    texts = [piece.block for piece in item.body if isinstance(piece.block, str)]
    return [text for text in texts if text[1:2] == "、"]


def names(found):
    return [name.text for name in found.attachments]


def table(item):
    (only,) = [piece.block for piece in item.body if isinstance(piece.block, Table)]
    return only


def press(found):
    kind = "letter" if found.letter else "notice"
    return Pdf(typeset(kind, facts_of(found), title=found.one_line_title, author="样例").content)


def test_a_letter_that_forwards_a_document_with_a_table_behind_it():
    found = seed(0)
    assert found.letter
    assert front(found) == (
        "江苏省质量技术监督局", "苏质监稽函〔2017〕45号",
        "转发《质检总局关于印发〈2017年“质检利剑”行动工作方案〉的通知》的通知", "各设区市质监局，",
        ["江苏省质量技术监督局"], date(2017, 5, 10), "",
    )  # fmt: skip
    assert names(found) == ["2017年全省“质检利剑”行动任务分解表"]
    inner, tasks = found.appended
    assert isinstance(inner, Recognised)
    assert front(inner) == (
        "国家质量监督检验检疫总局文件", "国质检执〔2017〕179号",
        "质检总局关于印发《2017年“质检利剑”行动工作方案》的通知", "各省、自治区、直",
        ["质检总局"], date(2017, 4, 19), "此件公开发布",
    )  # fmt: skip
    assert colophon(inner) == ("质检总局办公厅", date(2017, 4, 19), "", "")
    (plan,) = inner.appended
    assert plan.title.text == "2017年“质检利剑”行动工作方案"
    assert not plan.marked
    assert headings(plan) == ["一、行动目标", "二、主要任务", "三、工作措施", "四、工作要求"]
    broken = [piece.lines for piece in plan.body if piece.guessed]
    assert broken == [(47, 49), (59, 61), (75, 77), (83, 85)]
    assert tasks.marked
    grid = table(tasks)
    assert [cell.text for cell in grid.head[0]] == [
        "序号", "专项名称", "主要内容", "工作要求", "开展时间",
    ]  # fmt: skip
    assert [row[1].text for row in grid.rows] == [
        "地条钢", "农资打假", "电线电缆", "重点消费品", "建材产品", "车用汽柴油",
        "汽车配件", "超限超载",
    ]  # fmt: skip
    assert len(tasks.body) == 3  # the table and its two remarks


def test_a_notice_out_of_a_web_page():
    found = seed(1)
    assert front(found) == (
        "", "内质监执发〔2018〕39号", "内蒙古质监局关于印发2018年“质检利剑”行动工作方案的通知",
        "各盟市质监局、市", ["内蒙古自治区质量技术监督局"], date(2018, 4, 2), "",
    )  # fmt: skip
    assert found.number.guessed
    assert len(found.body) == 3
    (plan,) = found.appended
    assert headings(plan) == ["一、工作目标", "二、主要任务", "三、工作措施", "四、工作要求"]
    assert [line.lines[0] for line in found.left_out] == [1, 5, 6, 65, 66, 67, 68, 69]


def test_a_notice_whose_title_breaks_over_a_blank_line():
    found = seed(2)
    assert front(found) == (
        "", "赣市市监质监字〔2021〕13号",
        "赣州市市场监管局关于印发《赣州市电线电缆质量安全“联查联打联治”专项行动方案》的通知",
        "各县（市、区）市", ["赣州市市场监督管理局"], date(2021, 6, 22), "此件主动公开",
    )  # fmt: skip
    assert colophon(found) == ("赣州市市场监督管理局办公室", date(2021, 6, 22), "", "")
    (plan,) = found.appended
    assert plan.title.text.splitlines() == [
        "赣州市电线电缆质量安全", "“联查联打联治”专项行动方案",
    ]  # fmt: skip
    assert len(headings(plan)) == 5
    assert sum(str(piece.block)[:2] in {"1.", "2.", "3.", "4.", "5."} for piece in plan.body) == 11


def test_an_old_colophon_and_a_day_in_characters():
    found = seed(3)
    assert front(found) == (
        "", "", "关于印发《全国质检系统产品质量和食品安全专项整治行动方案》的通知",
        "各直属检验检疫局",
        [], date(2007, 8, 23), "",
    )  # fmt: skip
    assert facts_of(found).dated_in_characters
    assert colophon(found) == (
        "国家质检总局办公厅", date(2007, 8, 23), "国务院办公厅",
        "质检 产品质量 食品安全 专项整治 通知",
    )  # fmt: skip
    assert [line.text[:6] for line in found.distribution] == ["本局：局领导"]
    assert found.proofread_by.text == "录入：王侃 校对：贾俊红"


def test_a_table_of_24_columns_under_a_head_of_three_rows():
    found = seed(4)
    assert front(found) == (
        "国家市场监督管理总局文件", "国市监质监发〔2022〕30号",
        "市场监管总局关于印发《2022年重点工业产品质量安全排查治理专项行动工作方案》的通知",
        "各省、自治区、直", [], None, "此件公开发布",
    )  # fmt: skip
    plan, statistics = found.appended
    assert names(plan) == ["重点工业产品质量安全排查治理专项行动情况统计表"]
    assert statistics.title.text == names(plan)[0]
    grid = table(statistics)
    assert [(cell.text, cell.columns, cell.rows) for cell in grid.head[0]] == [
        ("产品类别", 1, 3), ("风险排查", 4, 1), ("监督抽查", 8, 1), ("风险监测", 3, 1),
        ("案件查办", 4, 1), ("行纪衔接", 1, 1), ("质量技术帮扶", 3, 1), ("约谈", 1, 1),
    ]  # fmt: skip
    assert [cell.columns for cell in grid.head[1]] == [2, 2, 4, 4, *[1] * 12]
    assert [cell.rows for cell in grid.head[1]] == [1, 1, 1, 1, *[2] * 12]
    assert [len(row) for row in grid.head] == [8, 16, 12]
    assert [row[0].text.replace(" ", "") for row in grid.rows] == [
        "危险化学品", "危险化学品包装物", "车载常压罐体", "钢筋", "水泥", "电线电缆", "燃气具",
        "烟花爆竹", "电动自行车", "电动自行车充电器和电池",
    ]  # fmt: skip
    pdf = press(found)
    assert pdf.faults() == []
    landscape = [page for page, (width, _) in enumerate(pdf.sizes, 1) if width > 290]
    assert len(landscape) >= 2
    assert landscape[-1] == pdf.pages
    for page in landscape:
        for row in grid.head:
            for cell in row:
                assert cell.text in pdf.text(page)
    rows = "".join(pdf.text(page) for page in landscape)
    assert all(row[0].text.replace(" ", "") in rows.replace(" ", "") for row in grid.rows)


@pytest.mark.parametrize("number", range(5))
def test_every_seed_fills_its_pages_and_passes_both_standards(number):
    found = seed(number)
    pdf = press(found)
    assert pdf.faults() == []
    body = [line for line in pdf.lines(4) if line.size == pytest.approx(16, abs=0.1)]
    assert len(body) == 22
    assert body[1].top - body[0].top == pytest.approx(LINE, abs=0.1)
    full = [line for line in body if line.right > 183.5]
    assert full
    assert all(line.right == pytest.approx(184, abs=0.3) for line in full)
    for page, (width, height) in enumerate(pdf.sizes, 1):
        for char in pdf._chars[page - 1]:
            assert 0 < char["x0"] * 25.4 / 72 < width
            assert 0 < char["top"] * 25.4 / 72 < height


@pytest.mark.parametrize("number", range(5))
def test_no_line_of_a_seed_is_lost(number):
    """Every line is a source of some part; only blank ones are of none."""
    folder = shared_or_skip("seeds")
    text = next(folder.glob(f"00{number}_*.txt")).read_text(encoding="utf-8")
    used = set(_sources(recognise(text)))
    marks = {"附件"}
    for place, line in enumerate(text.splitlines(), 1):
        if line.strip() and line.strip() not in marks:
            assert place in used, line[:30]
    assert as_json(recognise(text))["title"]


def _sources(value):
    if dataclasses.is_dataclass(value):
        yield from getattr(value, "lines", ())
        for field in dataclasses.fields(value):
            yield from _sources(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _sources(item)
