"""Is the summary complete and before the decision, and does it say how to verify the file?"""

import io
from datetime import date

import pikepdf
import pytest

from tests.typesetting.conftest import BUREAU, SENTENCE

LABELS = (
    "行政处罚决定书文号", "行政处罚当事人基本情况", "个人", "姓名（名称）", "注册号", "单位",
    "名称", "统一社会信用代码", "法定代表人（负责人）姓名", "违法行为类型", "行政处罚内容",
    "作出行政处罚决定机关名称", "作出行政处罚决定日期",
)  # fmt: skip
VALUES = ("青市监处罚〔2026〕118号", "样例电器厂", "91990121MA0CK02K3L", "李某某", "2026年9月4日")


def test_the_summary_has_every_row_of_the_rule(pressed):
    text = pressed("disclosure").text(1)
    for label in LABELS:
        assert label in text
    for value in (*VALUES, BUREAU):
        assert value in text


def test_what_is_not_known_is_a_dash(pressed):
    pdf = pressed("disclosure", unit_name="", unit_credit_code="", unit_representative="",
                  person_name="王某某", person_registration="")  # fmt: skip
    assert "王某某" in pdf.text(1)
    assert pdf.text(1).count("—") == 4 + 2  # four empty rows, two dashes at the page number


def test_the_decision_begins_on_a_new_page_after_the_summary(pressed):
    pdf = pressed("disclosure", opening=("当事人：样例电器厂",))
    assert [line.text for line in pdf.lines(2)[:4]] == [
        BUREAU, "行政处罚决定书", "青市监处罚〔2026〕118号", "当事人：样例电器厂",
    ]  # fmt: skip
    assert pdf.line(2, "当事人：").left == pytest.approx(28, abs=0.3)
    assert pdf.lines(2)[-2].text == "2026年9月4日"


def test_the_check_code_and_the_terms_stand_beside_the_square(pressed):
    pdf = pressed("disclosure", displayed_until=date(2027, 9, 22), version=2,
                  replaces="GS-2026-0100")  # fmt: skip
    text = pdf.text(1)
    for words in ("8F4K 27QM 61XD", "GS-2026-0118（第2版，更正GS-2026-0100）",
                  "2026年9月22日，公示至2027年9月22日"):  # fmt: skip
        assert words in text


def test_the_square_code_can_be_read_aloud(pressed):
    with pikepdf.open(_stream(pressed("disclosure"))) as pdf:
        spoken = [
            str(item.get("/Alt")) for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]  # fmt: skip
    assert spoken == ["核验二维码"]


def test_the_table_is_tagged_with_its_headers(pressed):
    with pikepdf.open(_stream(pressed("disclosure"))) as pdf:
        kinds = [
            str(item.S) for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem"
        ]  # fmt: skip
    assert kinds.count("/Table") == 1
    assert kinds.count("/TR") == 10
    assert kinds.count("/TD") == 10
    assert kinds.count("/TH") == 13


def _stream(pdf):
    return io.BytesIO(pdf.content)


@pytest.mark.parametrize("length", [1, 40, 200])
def test_a_decision_of_any_length_is_set_whole(pressed, length):
    texts = tuple(f"第{number}段。{SENTENCE}" for number in range(1, length + 1))
    text = pressed("disclosure", decision=texts).text().replace("\n", "")
    for number in range(1, length + 1):
        assert f"第{number}段。" in text


def test_what_follows_the_signature_stays_under_it(pressed):
    closing = ("（本局将公开）", "本文书一式三份。")
    pdf = pressed("disclosure", opening=("当事人：样例电器厂",), closing=closing)
    told = [line.text for line in pdf.lines(2)]
    at = told.index("2026年9月4日")
    assert told[at - 1 : at + 3] == [BUREAU, "2026年9月4日", *closing]
