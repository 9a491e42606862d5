"""Does a letter have its double rules and its number where the letter form wants them?"""

import pytest

from tests.typesetting.conftest import SENTENCE

NEAR = 0.3


def test_the_organ_stands_30_mm_under_the_edge_of_the_paper(pressed):
    mark = pressed("letter").line(1, "澄州市市场监督管理局")
    assert mark.top + 0.03 * mark.size * 25.4 / 72 == pytest.approx(30, abs=NEAR)
    assert (mark.left + mark.right) / 2 == pytest.approx(106, abs=NEAR)


def test_the_red_double_rules_are_170_mm_wide(pressed):
    pdf = pressed("letter")
    mark = pdf.line(1, "澄州市市场监督管理局")
    red = [rule for rule in pdf.rules(1) if rule[4] == (1.0, 0.0, 0.0)]
    assert red
    for left, right, *_ in red:
        assert right - left == pytest.approx(170, abs=NEAR)
        assert (left + right) / 2 == pytest.approx(105, abs=NEAR)
    ink = mark.top + 0.97 * mark.size * 25.4 / 72
    assert min(rule[2] for rule in red) == pytest.approx(ink + 4, abs=NEAR)
    assert max(rule[2] + rule[3] for rule in red) == pytest.approx(297 - 20, abs=NEAR)


def test_the_number_ends_at_the_right_edge_under_the_rule(pressed):
    pdf = pressed("letter")
    number = pdf.line(1, "澄市监函〔2026〕45号")
    assert number.right == pytest.approx(184, abs=NEAR)
    upper = [rule for rule in pdf.rules(1) if rule[2] < 100]
    gap = number.top - max(rule[2] + rule[3] for rule in upper)
    assert gap == pytest.approx(16 * 7 / 8 * 25.4 / 72, abs=NEAR)


def test_the_first_page_has_no_number_and_the_second_has(pressed):
    pdf = pressed("letter", body=(SENTENCE,) * 14)
    assert pdf.pages == 2
    assert "—" not in pdf.text(1)
    assert pdf.lines(2)[-1].text == "— 2 —"


def test_copies_close_the_letter_without_an_issuing_line(pressed):
    pdf = pressed("letter", copies_to="临江省市场监督管理局")
    assert pdf.lines(1)[-1].text == "抄送：临江省市场监督管理局。"
    assert "印发" not in pdf.text()


CODE = {"check_code": "8F4K 27QM 61XD", "verify_url": "https://example.test/verify?code=X"}


def test_the_check_code_stands_between_the_type_area_and_the_lower_rules(pressed):
    pdf = pressed("letter", body=(SENTENCE,) * 14, **CODE)
    assert "核验码" not in pdf.text(2)
    code = pdf.line(1, "核验码：8F4K 27QM 61XD")
    assert 37 + 225 < code.top < 297 - 20 - 3
    assert pdf.faults() == []
    assert "核验码" not in pressed("letter").text()
