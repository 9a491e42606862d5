"""Is every way in which title, summary and text can disagree found, with both places?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.cases.penalties import Item, PenaltyKind
from app.disclosures.consistency import Check, Told, disagreements
from app.disclosures.sums import in_words
from tests.support.make.enterprises import credit_code

OTHER_ORGAN = "澄州市市场监督管理局"
FINE = "罚款12,000元（大写：壹万贰仟元整）"
ORGAN, NUMBER, PARTY = "青石县市场监督管理局", "青市监处罚〔2026〕118号", "测试线缆有限公司"
CODE = credit_code(1)
TOLD = Told(
    title="测试线缆有限公司销售不合格电线案",
    number=NUMBER,
    party_name=PARTY,
    credit_code=CODE,
    authority=ORGAN,
    decided_on=date(2026, 9, 4),
    penalty=("1. 罚款12000元；", "2. 没收违法所得345.67元。"),
    items=(
        Item(PenaltyKind.FINE, "罚款12000元", Decimal("12000.00")),
        Item(PenaltyKind.CONFISCATE_INCOME, "没收违法所得345.67元", Decimal("345.67")),
    ),
)
TEXT = f"""{ORGAN}
行政处罚决定书
{NUMBER}
当事人：{PARTY}
统一社会信用代码：{CODE}
2026年6月9日，本局检查当事人。2026年3月1日至2026年6月1日，当事人销售电线。
决定：1.罚款12,000元（大写：壹万贰仟元整）；2.没收违法所得345.67元，罚没款合计12345.67元。
{ORGAN}
2026年9月4日"""


def found(text=TEXT, **over):
    return [(one.check, one.here, one.there) for one in disagreements(text, replace(TOLD, **over))]


def test_a_text_of_one_piece_has_no_fault():
    assert found() == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (NUMBER, "青市监处罚〔2026〕181号", (Check.NUMBER, "青市监处罚〔2026〕181号", NUMBER)),
        (f"\n{NUMBER}", "", (Check.NUMBER_MISSING, NUMBER, "")),
        ("壹万贰仟元整", "壹万贰仟圆", None),
        ("壹万贰仟元整", "壹万贰佰元整", (Check.CAPITALS, "12000.00元", "壹万贰佰元整")),
        ("12,000元", "1.2万元", None),
        (FINE, "罚款13000元", (Check.AMOUNT_MISSING, "罚款12000元", "")),
        (FINE, "罚款壹万贰仟元整", None),
        ("合计12345.67元", "合计12435.67元", (Check.SUM, "12435.67元", "12345.67元")),
        ("2026年9月4日", "2026年9月14日", (Check.DAY, "2026年9月14日", "2026年9月4日")),
        ("2026年6月9日", "2026年6月31日", (Check.DAY_IMPOSSIBLE, "2026年6月31日", "")),
        ("至2026年6月1日", "至2026年2月1日", (Check.DAYS_REVERSED, "2026年3月1日", "2026年2月1日")),
        (CODE, credit_code(2), (Check.CODE, credit_code(2), CODE)),
        (CODE, CODE[:-1] + "I", (Check.CODE_WRONG, CODE[:-1] + "I", "")),
        (f"：{PARTY}", "：测试电缆有限公司", (Check.PARTY_MISSING, PARTY, "")),
        (f"{ORGAN}\n2026", f"{OTHER_ORGAN}\n2026", (Check.AUTHORITY, OTHER_ORGAN, ORGAN)),
        (f"{ORGAN}\n行政", f"{OTHER_ORGAN}\n行政", (Check.AUTHORITY, OTHER_ORGAN, ORGAN)),
        ("本局检查当事人", "本局检查测试线缆有限公同", (Check.PARTY, "测试线缆有限公同", PARTY)),
        ("本局检查当事人", "身份证号110105194912310021", (Check.RESIDENT, "…0021", "")),
        (
            "2026年6月9日",
            "于2026年6月8日告知，检查2026年12月9日",
            (Check.DAY_AFTER, "2026年12月9日", "2026年9月4日"),
        ),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_both_places(right, wrong, fault):
    assert right in TEXT
    assert found(TEXT.replace(right, wrong, 1)) == ([fault] if fault else [])


WRITTEN = (
    "罚款50,000元（大写：{}）", "罚款人民币50000.00元（大写人民币{}）",
    "罚款50000元（人民币大写：{}）",
    "罚款50000元整（{}）", "罚款５００００元（{}）", "罚款50000元，大写{}", "罚款5万元（{}）",
    "罚款人民币（大写）{}（小写：50000元）", "罚款（大写）：{}（￥：50000.00元）",
)  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("words", ["伍万元整", "伍万圆", "五万元"])
def test_words_that_come_to_the_same_agree(written, words):
    text = TEXT + written.format(words)
    assert found(text) == []


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("words", ["伍拾万元整", "伍仟圆整", "五十万元"])
def test_words_that_come_to_another_sum_are_told_however_they_are_written(written, words):
    assert (Check.CAPITALS, "50000.00元", words) in found(TEXT + written.format(words))


@pytest.mark.parametrize(
    ("words", "worth"),
    [
        ("拾万元整", "100000"), ("壹拾万零伍仟元", "105000"), ("壹佰零伍元伍角", "105.5"),
        ("壹佰元零伍分", "100.05"), ("伍角", "0.5"), ("两亿零三百元", "200000300"),
        ("一二元", None), ("万元", None),
    ],
)  # fmt: skip
def test_words_are_read_as_sums(words, worth):
    assert in_words(words) == (None if worth is None else Decimal(worth))


def test_a_sum_of_ten_thousands_is_not_taken_for_words():
    assert found(TEXT + "货值20万元（50000元已退），另20万元（30000元）") == []


def test_the_total_may_stand_before_its_name_and_figures_may_be_wide():
    assert (Check.SUM, "9999.00元", "12345.67元") in found(TEXT + "合计罚没款9999元")
    assert found(TEXT.replace("12,000元（大写：壹万贰仟元整）", "１２０００元")) == []


def test_the_title_and_the_summary_are_compared_too():
    other = "青市监处罚〔2025〕118号"
    assert found(title=f"{other}案") == [(Check.NUMBER, other, NUMBER)]
    assert (Check.AMOUNT_MISSING, "罚款12000元", "") in found(penalty=("1. 罚款1200元；",))


def test_a_number_written_in_another_way_is_the_same():
    assert found(TEXT.replace(NUMBER, "青市监处罚字[2026]第0118号")) == []


def test_hints_do_not_stop_a_release():
    text = TEXT.replace("本局检查当事人", "身份证号110105194912310021")
    (hint,) = disagreements(text, TOLD)
    assert not hint.blocks
    (fault,) = disagreements(TEXT.replace("壹万贰仟元整", "壹万元整"), TOLD)
    assert fault.blocks
