"""Items, sums, party and text of a decision, as the law and real decisions have them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.cases import documents, penalties
from app.cases.documents import DecisionFacts
from app.cases.penalties import Item, Party, PartyKind, PenaltyKind
from app.cases.rules import StatementKind
from app.kernel.errors import Refused
from tests.support.make.enterprises import credit_code

K = PenaltyKind
PARTY = Party(PartyKind.UNIT, "样例电器有限公司", credit_code(7), "", "样例法人乙", "青石县")


def fine(amount: str = "6000.00", text: str = "罚款") -> Item:
    return Item(K.FINE, text, Decimal(amount))


def refused(code: str) -> object:
    return pytest.raises(Refused, match=f"^{code}$")


def test_items_add_up_by_kind_exactly() -> None:
    items = [
        fine("0.10"), fine("0.20"), Item(K.CONFISCATE_INCOME, "没收", Decimal("903.70")),
        Item(K.CONFISCATE_GOODS, "没收电线 20 卷", Decimal("1864000.00")), Item(K.WARNING, "警告"),
    ]  # fmt: skip
    sums = penalties.totals(items)
    assert sums.fine == Decimal("0.30")
    assert sums.confiscated_income == Decimal("903.70")
    assert sums.confiscated_goods == Decimal("1864000.00")
    assert sums.payable == Decimal("904.00")


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ([K.WARNING], True),
        ([K.WARNING, K.ORDER], True),
        ([K.WARNING, K.FINE], False),
        ([K.CIRCULAR], False),
        ([K.ORDER], False),
    ],
)
def test_only_a_mere_warning_stays_unpublished(kinds: list[PenaltyKind], *, expected: bool) -> None:
    items = [Item(kind, "内容", Decimal(1) if kind is K.FINE else None) for kind in kinds]
    assert penalties.is_warning_only(items) is expected


@pytest.mark.parametrize(
    ("items", "code", "field"),
    [
        ([], "no_penalty", "kind_1"),
        ([Item(K.ORDER, "责令改正")], "no_penalty", "kind_1"),
        ([Item(K.WARNING, "")], "item_without_words", "text_1"),
        ([Item(K.FINE, "罚款")], "amount_needed", "amount_1"),
        ([fine("0.00")], "amount_needed", "amount_1"),
        ([fine("0.005")], "amount_impossible", "amount_1"),
        ([fine("-5.00")], "amount_impossible", "amount_1"),
        ([Item(K.WARNING, "警告", Decimal("5.00"))], "amount_not_here", "amount_1"),
        ([fine(), Item(K.CONFISCATE_INCOME, "没收")], "amount_needed", "amount_2"),
        ([fine()] * 9, "too_many_items", "kind_1"),
    ],
)
def test_impossible_items_are_refused_at_their_field(
    items: list[Item], code: str, field: str
) -> None:
    with refused(code) as caught:
        penalties.check_items(items)
    assert caught.value.field == field


def test_goods_may_be_confiscated_without_a_known_value() -> None:
    penalties.check_items([Item(K.CONFISCATE_GOODS, "没收电线 20 卷")])


@pytest.mark.parametrize(
    ("party", "code"),
    [
        (Party(PartyKind.UNIT, "样例公司", "", "", "样例法人"), "party_code_needed"),
        (Party(PartyKind.SOLE_TRADER, "样例店", "", "", "样例店主"), "party_code_needed"),
        (Party(PartyKind.UNIT, "样例公司", credit_code(7)), "representative_needed"),
        (
            Party(PartyKind.UNIT, "样例公司", "91990121MA00000700", "", "样例法人"),
            "credit_code_wrong",
        ),
    ],
)
def test_a_party_is_named_with_code_and_representative(party: Party, code: str) -> None:
    with refused(code):
        penalties.checked_party(party)


def test_a_person_and_an_old_sole_trader_have_no_credit_code() -> None:
    penalties.checked_party(Party(PartyKind.PERSON, "样例某甲"))
    trader = Party(PartyKind.SOLE_TRADER, "样例店", "", "990121600000012", "样例店主")
    penalties.checked_party(trader)


def test_a_credit_code_is_kept_in_house_form() -> None:
    typed = Party(PartyKind.UNIT, "样例公司", credit_code(7).lower(), "", "样例法人")
    assert penalties.checked_party(typed).credit_code == credit_code(7)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("处罚款40000元，上缴国库", "40000.00"),
        ("罚款人民币2040元（贰仟零肆拾圆整）", "2040.00"),
        ("没收广告费用903.70元", "903.70"),
        ("罚款1,864,000元", "1864000.00"),
        ("罚款 1 864 000.00 元", "1864000.00"),
        ("罚款5万元", "50000.00"),
        ("罚款1.2万元", "12000.00"),
        ("罚款壹万贰仟元整", "12000.00"),
        ("罚款壹万贰仟圆整", "12000.00"),
    ],
)
def test_a_sum_is_found_however_a_decision_writes_it(text: str, amount: str) -> None:
    assert penalties.says(text, Decimal(amount))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("罚款16000元", "6000.00"), ("罚款6000.50元", "6000.00"), ("罚款6000日", "6000.00")],
)
def test_another_sum_is_not_taken_for_it(text: str, amount: str) -> None:
    assert not penalties.says(text, Decimal(amount))


def facts(*items: Item, **over: object) -> DecisionFacts:
    given = {
        "bureau": "青石县市场监督管理局", "party": PARTY, "violation_title": "销售不合格产品",
        "laws_broken": "《产品质量法》第三十九条", "laws_applied": "《产品质量法》第五十条",
        "items": items or (fine(),), "facts": "经查，样例事实。", "evidence": "笔录一份。",
        "statement": "当事人放弃陈述申辩。", "reasons": "样例理由。", "performance": "样例履行。",
        "remedies": documents.remedies_text("青石县市场监督管理局"), **over,
    }  # fmt: skip
    return DecisionFacts(**given)  # type: ignore[arg-type]


def test_the_draft_names_everything_in_the_order_of_the_form() -> None:
    text = documents.decision_text(facts())
    order = [
        "青石县市场监督管理局", "行政处罚决定书", "【文号】", "当事人：样例电器有限公司",
        "统一社会信用代码：", "法定代表人（负责人）：样例法人乙",
        "经查", "笔录一份", "放弃陈述申辩",
        "本局认为", "违反了《产品质量法》第三十九条", "依据《产品质量法》第五十条", "1．罚款",
        "6000.00元（大写：陆仟元整）", "样例履行", "青石县人民政府", "【日期】", "向社会公开",
    ]  # fmt: skip
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    penalties.check_text(text, party=PARTY.name, items=[fine()])


def test_the_remedy_is_the_local_peoples_government_not_the_bureau_above() -> None:
    text = documents.remedies_text("澄州市市场监督管理局")
    assert "澄州市人民政府" in text
    assert "六十日" in text
    assert "六个月" in text
    assert "上一级" not in text
    assert documents.government_of("样例机构") == "本级人民政府"


def test_fine_and_income_are_summed_once_more_in_capitals() -> None:
    income = Item(K.CONFISCATE_INCOME, "没收违法所得", Decimal("7.84"))
    text = documents.decision_text(facts(income, fine("1500.00")))
    assert "合计1507.84元（大写：壹仟伍佰零柒元捌角肆分）" in text


def test_the_default_performance_says_fifteen_days_and_three_per_cent() -> None:
    said = documents.performance_text(penalties.totals([fine("40000.00")]))
    assert "十五日" in said
    assert "百分之三" in said
    assert "40000.00元（大写：肆万元整）" in said


def test_a_mere_warning_is_not_announced_to_the_public() -> None:
    assert "向社会公开" not in documents.decision_text(
        facts(Item(K.WARNING, "警告"), is_published=False)
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (None, "没有陈述"),
        (StatementKind.WAIVED, "放弃"),
        (StatementKind.STATED, "不采纳，理由充分"),
        (StatementKind.HEARD, "听证"),
    ],
)
def test_the_statement_and_what_became_of_it_is_told(
    kind: StatementKind | None, words: str
) -> None:
    said = documents.statement_text(date(2026, 9, 1), kind, "不采纳，理由充分。")
    assert "2026年9月1日" in said
    assert words in said
    assert documents.statement_text(None, kind, "") == ""


TEXT = "青石县局 【文号】 样例电器有限公司 罚款6000元 【日期】"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT.replace("【文号】", "某号"), "text_number_place"),
        (TEXT + "【文号】", "text_number_place"),
        (TEXT.replace("【日期】", ""), "text_date_place"),
        (TEXT.replace("样例电器有限公司", "他人"), "text_lacks_party"),
        (TEXT.replace("6000", "5000"), "text_lacks_amount"),
    ],
)
def test_a_text_that_contradicts_its_fields_is_refused(text: str, code: str) -> None:
    penalties.check_text(TEXT, party=PARTY.name, items=[fine()])
    with refused(code):
        penalties.check_text(text, party=PARTY.name, items=[fine()])


def test_number_and_day_take_their_places() -> None:
    sealed = penalties.seal_text(
        TEXT, number="澄青市监处罚〔2026〕1号", decided_on=date(2026, 9, 2)
    )
    assert "澄青市监处罚〔2026〕1号" in sealed
    assert "2026年9月2日" in sealed
    assert "【" not in sealed
