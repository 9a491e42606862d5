"""Are gaps, doubles and wrong levels found, and does renumbering leave nothing but order?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.notices.numbering import READ, chinese, faults, mark, renumbered
from app.notices.text import Grid, parts


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")]
)
def test_numbers_are_written_in_characters(number: int, written: str) -> None:
    assert chinese(number) == written
    assert READ[written] == number


@pytest.mark.parametrize(
    ("body", "code", "line", "found", "wanted"),
    [
        ("一、甲\n三、乙", "gap", 2, "三、", "二、"),
        ("一、甲\n一、乙", "double", 2, "一、", "二、"),
        ("二、甲", "gap", 1, "二、", "一、"),
        ("一、甲\n（一）乙\n二、丙\n（二）丁", "gap", 4, "（二）", "（一）"),
        ("（一）甲", "level", 1, "（一）", "（一）"),
        ("一、甲\n（1）乙", "level", 2, "（1）", "（1）"),
        ("一、甲\n1.乙\n3.丙", "gap", 3, "3.", "2."),
        ("一、甲\n（一）乙\n1.丙\n（1）丁\n（1）戊", "double", 5, "（1）", "（2）"),
        ("一、甲\n## 乙", "unnumbered", 2, "##", "二、"),
        ("一、甲\n正文\n# 附表\n二、乙", "gap", 4, "二、", "一、"),
    ],
)
def test_a_wrong_number_is_named(body: str, code: str, line: int, found: str, wanted: str) -> None:
    (fault,) = faults(body)
    assert (fault.code, fault.line, fault.found, fault.wanted) == (code, line, found, wanted)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "没有标题。",
        "一、甲\n（一）乙\n1.丙\n（1）丁\n（2）戊\n2.己\n（二）庚\n二、辛\n（一）壬",
        "一、甲\n1.乙\n2.丙\n二、丁\n1.戊",
        "1.甲\n2.乙",
        "一、甲\n# 附件\n一、乙",
        "3.5 毫米的电线\n第一、第二批",
        "十批次样例电线",
    ],
)
def test_right_numbers_are_left_alone(body: str) -> None:
    assert faults(body) == ()
    assert renumbered(body) == body


def test_renumbering_gives_headings_their_numbers() -> None:
    body = "## 甲\n### 乙\n正文\n### 丙\n## 丁\n#### 戊\n三、己\n（5）庚"
    assert renumbered(body) == "一、甲\n（一）乙\n正文\n（二）丙\n二、丁\n1.戊\n三、己\n1.庚"


LINES = st.lists(
    st.builds(mark, st.integers(1, 4), st.integers(1, 30)).map(lambda m: m + "样例")
    | st.sampled_from(["正文。", "## 标题", "##### 标题", "# 附件", "| 甲 | 乙 |"]),
    max_size=25,
)


@given(LINES)
def test_renumbered_text_has_no_fault_and_stays_as_it_is(lines: list[str]) -> None:
    once = renumbered("\n".join(lines))
    assert faults(once) == ()
    assert renumbered(once) == once
    assert len(once.splitlines()) == len(lines)


def test_a_text_is_paragraphs_tables_and_annexes() -> None:
    main, annex = parts(
        "正文。\n\n| 名称 | 批次 |\n| --- | ---: |\n| 样例\\|电线 | 20 |\n| 缺 |\n# 名单\n甲厂"
    )
    assert main.blocks == (
        "正文。",
        Grid(("名称", "批次"), (("样例|电线", "20"), ("缺", ""))),
    )
    assert (annex.title, annex.blocks) == ("名单", ("甲厂",))


@pytest.mark.parametrize("line", ["| 只有一行 |", "| 甲 |\n| 乙 |", "a | b", "|---|"])
def test_bars_that_make_no_table_stay_text(line: str) -> None:
    (main,) = parts(line)
    assert main.blocks == tuple(line.splitlines())
