"""Do head, rule, title and signature stand where GB/T 9704-2012 puts them?"""

import pytest

from app.typesetting import Annex
from tests.typesetting.conftest import BUREAU, SENTENCE

NEAR = 0.3
LINE = 225 / 22
CHARACTER = 16 * 25.4 / 72
RED = (1.0, 0.0, 0.0)


def test_the_organs_mark_is_red_and_35_mm_below_the_type_area(pressed):
    pdf = pressed("notice")
    mark = pdf.line(1, f"{BUREAU}文件")
    ink = mark.top + 0.03 * mark.size * 25.4 / 72
    assert ink == pytest.approx(37 + 35, abs=NEAR)
    assert (mark.left + mark.right) / 2 == pytest.approx(106, abs=NEAR)
    assert mark.fonts == {"xiaobiaosong-Bold"}
    colours = {char["non_stroking_color"] for char in pdf._chars[0] if char["text"] == "文"}
    assert RED in colours


def test_a_long_mark_still_fits_one_line(pressed):
    name = "临江省澄州市青石县示范新区市场监督管理局文件"
    mark = pressed("notice", head=name).line(1, name)
    assert mark.right - mark.left <= 156 + NEAR


def test_the_rule_is_as_wide_as_the_type_area_and_4_mm_under_the_number(pressed):
    pdf = pressed("notice")
    number = pdf.line(1, "青市监〔2026〕31号")
    ((left, right, top, _, colour),) = pdf.rules(1)
    assert (left, right) == pytest.approx((28, 184), abs=NEAR)
    assert top - (number.top + CHARACTER) == pytest.approx(4, abs=NEAR)
    assert colour == RED
    assert (number.left + number.right) / 2 == pytest.approx(106, abs=NEAR)


def test_two_lines_stand_free_above_the_number_and_above_the_title(pressed):
    pdf = pressed("notice")
    mark, number = pdf.line(1, "文件"), pdf.line(1, "31号")
    ((_, _, rule, thickness, _),) = pdf.rules(1)
    title = pdf.lines(1)[2]
    slack = (LINE - CHARACTER) / 2
    gap = number.top - (mark.top + mark.size * 25.4 / 72)
    assert gap == pytest.approx(2 * LINE + slack, abs=NEAR)
    title_slack = (LINE - 22 * 25.4 / 72) / 2
    assert title.top - rule - thickness == pytest.approx(2 * LINE + title_slack, abs=NEAR)


def test_the_title_is_centred_and_keeps_words_whole(pressed):
    pdf = pressed("notice")
    lines = [line for line in pdf.lines(1) if line.size == pytest.approx(22, abs=0.1)]
    assert [line.text for line in lines] == [
        f"{BUREAU}关于开展电线电缆", "产品质量安全专项整治行动的通知",
    ]  # fmt: skip
    for line in lines:
        assert (line.left + line.right) / 2 == pytest.approx(106, abs=NEAR)
        assert line.fonts == {"xiaobiaosong-Bold"}


def test_addressees_stand_flush_a_line_under_the_title(pressed):
    pdf = pressed("notice", addressees="各所：")
    line = pdf.line(1, "各所：")
    assert line.left == pytest.approx(28, abs=NEAR)
    assert line.text == "各所："


def test_headings_are_told_apart_by_typeface(pressed):
    pdf = pressed("notice")
    assert pdf.line(1, "一、示范目标").fonts == {"heiti"}
    assert pdf.line(1, "（一）示范任务。").fonts == {"kaiti", "fangsong"}
    assert pdf.line(1, "1.检查台账").fonts == {"latin-Light", "fangsong"}


@pytest.mark.parametrize("organ", [BUREAU, "示范局"])
def test_without_a_seal_signature_and_date_are_two_characters_apart(pressed, organ):
    pdf = pressed("notice", signed_by=organ)
    signature, day = pdf.lines(1)[-3:-1]
    assert (signature.text, day.text) == (organ, "2026年3月9日")
    assert day.left - signature.left == pytest.approx(2 * CHARACTER, abs=NEAR)
    assert max(signature.right, day.right) == pytest.approx(184 - 2 * CHARACTER, abs=NEAR)


@pytest.mark.parametrize("organ", [BUREAU, "示范局"])
def test_with_a_seal_the_signature_is_centred_over_the_date(pressed, organ):
    pdf = pressed("notice", sealed=True, signed_by=organ)
    signature, day = pdf.lines(1)[-3:-1]
    assert day.right == pytest.approx(184 - 4 * CHARACTER, abs=NEAR)
    centre = (day.left + day.right) / 2
    assert (signature.left + signature.right) / 2 == pytest.approx(centre, abs=NEAR)


def test_a_note_stands_in_brackets_under_the_date(pressed):
    pdf = pressed("notice", body=(SENTENCE,), note="此件公开发布")
    note = pdf.line(1, "此件公开发布")
    assert note.text == "（此件公开发布）"
    assert note.left == pytest.approx(28 + 2 * 156 / 28, abs=NEAR)
    assert note.top - pdf.line(1, "2026年3月9日").top == pytest.approx(LINE, abs=NEAR)


def test_attachments_are_numbered_only_when_there_are_several(pressed):
    one = pressed("notice", body=(SENTENCE,), attachments=("示范统计表",)).line(1, "示范统计表")
    assert one.text.strip() == "附件：示范统计表"
    names = ("示范统计表", "示范分解表")
    pdf = pressed("notice", title="关于示范的通知", body=(SENTENCE,), attachments=names)
    first, second = pdf.line(1, "1.示范统计表"), pdf.line(1, "2.示范分解表")
    assert first.text.strip() == "附件：1.示范统计表"
    start = min(char["x0"] for char in pdf._chars[0] if char["text"] == "2" and _in(char, second))
    ones = [char["x0"] for char in pdf._chars[0] if char["text"] == "1" and _in(char, first)]
    assert start == pytest.approx(ones[0], abs=1)


def _in(char, line):
    return abs(char["top"] * 25.4 / 72 - line.top) < 1


def test_each_annex_begins_a_page_with_its_mark(pressed):
    annexes = tuple(Annex(title=title, body=(SENTENCE,)) for title in ("示范统计表", "示范分解表"))
    pdf = pressed("notice", annexes=annexes)
    for page, title in ((2, "示范统计表"), (3, "示范分解表")):
        mark, heading = pdf.lines(page)[:2]
        assert mark.text == f"附件{page - 1}"
        assert mark.left == pytest.approx(28, abs=NEAR)
        assert mark.fonts == {"heiti"}
        assert heading.text == title
        half = (heading.size - mark.size) * 25.4 / 72 / 2  # a larger type begins higher in its line
        assert heading.top - mark.top == pytest.approx(2 * LINE - half, abs=NEAR)


def test_a_document_to_a_superior_names_its_signer(pressed):
    pdf = pressed("notice", signer="样例甲")
    line = pdf.line(1, "签发人")
    assert line.text.endswith("签发人：样例甲")
    assert line.left == pytest.approx(28 + CHARACTER, abs=NEAR)
    assert line.right == pytest.approx(184 - CHARACTER, abs=NEAR)
    assert {"kaiti", "fangsong"} <= line.fonts


def test_serial_secrecy_and_urgency_stand_in_the_upper_left_corner(pressed):
    pdf = pressed("notice", serial="000001", secrecy="内部★1年", urgency="特急")
    first, second, third = pdf.lines(1)[:3]
    assert (first.text, second.text, third.text) == ("000001", "内部★1年", "特急")
    assert all(line.left == pytest.approx(28, abs=NEAR) for line in (first, second, third))
    assert third.fonts == {"heiti"}


def test_without_a_head_two_lines_still_part_number_and_title(pressed):
    pdf = pressed("notice", head="")
    number, title = pdf.line(1, "〔2026〕"), pdf.line(1, "关于")
    larger = (22 - 16) * 25.4 / 72 / 2
    assert title.top - number.top == pytest.approx(3 * LINE - larger, abs=NEAR)
