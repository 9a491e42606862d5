"""Is the type area of GB/T 9704-2012 filled to the tenth of a millimetre?"""

from itertools import pairwise

import pytest

from app.typesetting import TypesettingError, typeset
from tests.typesetting.conftest import BUREAU, disclosure

LEFT, RIGHT, TOP, BOTTOM = 28, 184, 37, 262
NEAR = 0.3  # millimetres
STRAIGHT = 0.15  # millimetres, for the right edge of justified lines
# 28 characters with no mark at the 28th or 29th place: the line has no reason to be shorter.
HANZI = "示范市场监督管理局依法对样例企业产品质量进行监督抽查检验并责令其限期改正违法行为处以罚款"


def body(pdf, page):
    """The lines of the type area, without the page number."""
    return [line for line in pdf.lines(page) if line.top < BOTTOM]


@pytest.fixture(scope="module")
def full(pressed):
    return pressed("disclosure", decision=((HANZI * 60)[: 28 * 70],))


def test_a_full_page_has_22_lines_of_28_characters(full):
    lines = body(full, 3)
    assert [line.count for line in lines] == [28] * 22


def test_both_edges_of_every_full_line_are_straight(full):
    for line in body(full, 3):
        assert line.left == pytest.approx(LEFT, abs=NEAR)
        assert line.right == pytest.approx(RIGHT, abs=NEAR)


def test_the_lines_divide_the_type_area_evenly(full):
    tops = [line.top for line in body(full, 3)]
    steps = [below - above for above, below in pairwise(tops)]
    assert steps == pytest.approx([225 / 22] * 21, abs=0.05)
    assert tops[0] > TOP
    assert tops[-1] + 16 * 25.4 / 72 < BOTTOM + NEAR


def test_the_paper_is_a4(full):
    assert all(size == pytest.approx((210, 297), abs=0.1) for size in full.sizes)


def test_a_paragraph_begins_two_characters_in(full):
    first = full.line(2, "示范市场监督管理局依法")
    assert first.left == pytest.approx(LEFT + 2 * 156 / 28, abs=NEAR)
    assert first.right == pytest.approx(RIGHT, abs=NEAR)


RARE = "堃喆昇玥珺旻晞祎䶮㛃㵑𬎆𫚉𠮷"


@pytest.fixture(scope="module")
def rare(pressed):
    named = "".join(f"{sign}{HANZI[:26]}" for sign in RARE)
    return pressed("disclosure", decision=((named * 8)[: 28 * 70],))


def test_rare_characters_move_no_line(rare):
    tops = [line.top for line in body(rare, 3)]
    steps = [below - above for above, below in pairwise(tops)]
    assert len(tops) == 22
    assert steps == pytest.approx([225 / 22] * 21, abs=0.05)


def test_rare_characters_keep_both_edges(rare):
    for line in body(rare, 3):
        assert line.right == pytest.approx(RIGHT, abs=STRAIGHT)


def test_rare_characters_are_drawn_by_a_fallback_and_read_back(rare):
    assert set(RARE) <= set(rare.text())
    assert {"fangsong", "fallback-Light", "kaiti-rare"} <= rare.fonts


MIXED = (
    "当事人于2026年9月4日收到检验报告（编号：ZX2026-0611-03），货值93600.00元；依据"
    "GB/T 5023.3—2008第5.1条，“暖样”牌电热毯的电气强度、泄漏电流等3项不合格，《检验报告》已送达。"
)


def test_lines_with_figures_and_marks_keep_both_edges(pressed):
    pdf = pressed("disclosure", decision=(MIXED * 12,))
    for line in body(pdf, 3)[:-1]:
        assert line.right == pytest.approx(RIGHT, abs=STRAIGHT), line.text
        assert line.left == pytest.approx(LEFT, abs=NEAR), line.text


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(pressed):
    pdf = pressed("disclosure", decision=(MIXED * 12,))
    for line in body(pdf, 3):
        assert line.text[0] not in "，。、；：？！）》”"
        assert line.text[-1] not in "（《“"


def test_a_token_that_cannot_be_broken_is_not_torn_apart(pressed):
    token = "A0123456789012345678901234567890123456789"
    pdf = pressed("disclosure", decision=(f"示范编号为{token}，{HANZI}。",))
    short = pdf.line(2, "示范编号为")
    assert short.text == "示范编号为"
    assert short.right < RIGHT - 50
    assert pdf.line(2, token).left == pytest.approx(LEFT, abs=NEAR)


def test_the_page_number_stands_outside_and_7_mm_below(full):
    for page, edge in ((1, "right"), (2, "left"), (3, "right")):
        number = next(line for line in full.lines(page) if line.top > BOTTOM)
        assert number.text == f"— {page} —"
        assert number.size == pytest.approx(14, abs=0.1)
        one_character = 14 * 25.4 / 72
        if edge == "right":
            assert number.right == pytest.approx(RIGHT - one_character, abs=NEAR)
        else:
            assert number.left == pytest.approx(LEFT + one_character, abs=NEAR)
        # The dash is drawn 0.264 em above the base line, which lies 0.88 em below the top.
        dash = number.top + (0.88 - 0.264) * one_character
        assert dash == pytest.approx(BOTTOM + 7, abs=NEAR)


def test_body_text_is_fangsong_of_16_points(full):
    lines = body(full, 3)
    assert {font for line in lines for font in line.fonts} == {"fangsong"}
    assert all(line.size == pytest.approx(16, abs=0.1) for line in lines)


@pytest.mark.parametrize("sign", ["\U0001f600", "\ue000", "\x07", "\ud800", "\u202e", "𪜀"])
def test_a_character_without_a_glyph_stops_the_job_and_is_named(sign):
    with pytest.raises(TypesettingError) as caught:
        typeset("disclosure", disclosure(violation=f"样例{sign}"), title="样例", author=BUREAU)
    assert caught.value.fault == "missing-glyphs"
    assert caught.value.details == (f"U+{ord(sign):04X}",)


def test_invisible_characters_of_pasted_text_do_not_stop_it(pressed):
    pdf = pressed("disclosure", unit_name="样例\u200b电器\ufeff厂")
    assert "样例电器厂" in pdf.text(1)
