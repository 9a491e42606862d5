"""Is every way in which title, summary and text can disagree found, with both places?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.cases.penalties import Item, PenaltyKind
from app.disclosures.consistency import Check, Told, disagreements
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
