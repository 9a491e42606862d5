"""Are dates, money and words in the house form, and texts clean and comparable?"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import text
from app.kernel.text import BadText, Sought, TextFault

DAY = date(2026, 9, 22)
GAP, TIED = text.THIN_GAP, text.NO_BREAK


def test_a_day_is_written_in_both_languages():
    assert text.day(DAY) == "2026年9月22日"
    assert text.day(DAY, "en") == "22 September 2026"
    assert text.short_day(DAY) == "9月22日"
    assert text.short_day(DAY, "en") == "22 Sep"


def test_a_moment_is_a_day_with_hours_and_minutes():
    at = datetime(2026, 9, 22, 9, 5)  # noqa: DTZ001 - a reader's wall clock
    assert text.moment(at) == "2026年9月22日 09:05"
    assert text.moment(at, "en") == "22 September 2026, 09:05"


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("令121 第23条", "SAMR Order 121, Art. 23"),
        ("令121 第23条第5项", "SAMR Order 121, Art. 23(5)"),
        ("另有规定", "另有规定"),
    ],
)
def test_an_order_is_cited_in_both_languages(cited, said):
    assert text.law(cited) == cited
    assert text.law(cited, "en") == said


def test_thousands_are_parted_by_a_thin_gap_that_never_breaks():
    assert text.count(1240) == f"1{GAP}240"
    assert text.count(999) == "999"


def test_money_has_two_decimals_and_its_unit():
    assert text.money(Decimal(1864000)) == f"1{GAP}864{GAP}000.00{TIED}元"
    assert text.money(Decimal("0.5")) == f"0.50{TIED}元"
    assert text.money(Decimal(1864000), "en") == f"¥1{GAP}864{GAP}000.00"
    assert text.plain_money(Decimal("1864000.1")) == "1864000.10元"


def test_large_money_is_told_in_ten_thousands_rounded_half_up():
    assert text.wan(Decimal(1864000)) == f"186.40{TIED}万元"
    assert text.wan(Decimal("10049.99")) == f"1.00{TIED}万元"
    assert text.wan(Decimal(10050)) == f"1.01{TIED}万元"
    assert text.wan(Decimal(50)) == f"0.01{TIED}万元"
    assert text.wan(Decimal(123450000), "en") == f"¥12{GAP}345.00{TIED}×10k"


def test_a_fraction_of_a_fen_is_never_rounded_away():
    with pytest.raises(ValueError, match="exact"):
        text.money(Decimal("0.005"))


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0.56", "伍角陆分"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("376", "叁佰柒拾陆元整"),
        ("1005", "壹仟零伍元整"),
        ("1050", "壹仟零伍拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("10500", "壹万零伍佰元整"),
        ("30000", "叁万元整"),
        ("100000", "壹拾万元整"),
        ("123456.78", "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        ("1000500", "壹佰万零伍佰元整"),
        ("100000000", "壹亿元整"),
        ("300000005", "叁亿零伍元整"),
        ("1000000001.01", "壹拾亿零壹元零壹分"),
        ("3500000000000", "叁万伍仟亿元整"),
        ("1020304050607", "壹万零贰佰零叁亿零肆佰零伍万零陆佰零柒元整"),
    ],
)
def test_an_amount_is_said_in_capital_numerals(amount, said):
    assert text.capitals(Decimal(amount)) == said


def value_of(said):
    """Read capital numerals back, in another way than they are written."""
    body, _, small = said.replace("整", "").partition("元") if "元" in said else ("", "", said)
    total = section = digit = 0
    for sign in body:
        if sign in text.CAPITAL_DIGITS:
            digit = text.CAPITAL_DIGITS.index(sign)
        elif sign in "拾佰仟":
            section += digit * 10 ** ("拾佰仟".index(sign) + 1)
            digit = 0
        elif sign == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit) * 10**8
            section = digit = 0
    fen = 0
    for sign in small.replace("整", ""):
        if sign in text.CAPITAL_DIGITS:
            digit_of_fen = text.CAPITAL_DIGITS.index(sign)
        else:
            fen += digit_of_fen * {"角": 10, "分": 1}[sign]
    return Decimal(total + section + digit) + Decimal(fen) / 100


@given(st.decimals(min_value=0, max_value=Decimal("9999999999999999.99"), places=2))
def test_capital_numerals_say_exactly_the_amount(amount):
    said = text.capitals(amount)
    assert value_of(said) == amount
    assert "零零" not in said
    assert said.count("亿") < 2


@pytest.mark.parametrize("amount", ["-1", "0.001", "10000000000000000"])
def test_what_cannot_be_paid_is_not_said_in_capitals(amount):
    with pytest.raises(ValueError, match=r"capital|exact"):
        text.capitals(Decimal(amount))


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("样例五金店", None),
        ("第一行\n\t第二行\r\n", None),
        ("𠮷野家\U0002f800 﨑", None),
        ("\ud83d", TextFault.SURROGATE),
        ("好\udc00", TextFault.SURROGATE),
        ("坏字\ufffd", TextFault.UNDECODABLE),
        ("坏字\uffff", TextFault.UNDECODABLE),
        ("铃\x07", TextFault.CONTROL),
        ("\x00", TextFault.CONTROL),
        ("\x85", TextFault.CONTROL),
    ],
)
def test_what_cannot_be_kept_is_named(typed, fault):
    assert text.fault_of(typed) is fault


def test_a_line_is_trimmed_and_bare_of_hidden_characters():
    assert (
        text.clean_line("  样例\u200b五金店 \t 总店\r\n二楼\x07\u202e ") == "样例五金店 总店 二楼"
    )


def test_a_text_keeps_its_lines():
    assert text.clean_text("\r\n一  行\r二行 \n\n四行\n") == "一 行\n二行\n\n四行"


def test_letters_are_composed_but_rare_characters_stay_as_typed():
    assert text.clean_line("Cafe\u0301") == "Caf\u00e9"
    rare = "\ufa19\uf9b4\U0002f81a𠮷䶮堃\ue863"
    assert text.clean_line(rare) == rare


def test_a_lone_surrogate_is_refused_by_name():
    with pytest.raises(BadText) as refused:
        text.clean_line("店\ud800")
    assert refused.value.fault is TextFault.SURROGATE


@given(st.text())
def test_cleaning_twice_changes_nothing(typed):
    try:
        once = text.clean_text(typed)
    except BadText:
        return
    assert text.clean_text(once) == once
    assert text.fault_of(once) in {None, TextFault.UNDECODABLE}
    assert "\n" not in text.clean_line(typed)


def test_folding_makes_spellings_equal():
    assert text.fold("ＢＶ 2.5 电\u200b线（铜）") == text.fold("bv2.5电线(铜)") == "bv2.5电线(铜)"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("测试线缆有限公司", "csxlyxgs"),
        ("重庆样例电器厂", "cqyldqc"),
        ("BV 2.5 电线", "bv25dx"),
        ("样例（演示）五金店", "ylyswjd"),
        ("𠮷样店", "yd"),
    ],
)
def test_names_are_found_by_first_letters(name, letters):
    assert text.initials(name) == letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单样例", "syl"),
        ("解样例", "xyl"),
        ("曾样例", "zyl"),
        ("尉迟样例", "ycyl"),
        ("林样例", "lyl"),
    ],
)
def test_surnames_have_readings_of_their_own(name, letters):
    assert text.initials(name, person=True) == letters


def test_a_text_is_indexed_by_pairs_and_whole_words():
    assert text.bigrams("样例五金店 BV2.5电线，线") == [
        "样例", "例五", "五金", "金店", "店", "bv2", "5", "电线", "线",
    ]  # fmt: skip


def found(query, document):
    """Tell what a database answers: every condition holds for some word of the document."""
    words = text.bigrams(document)
    return all(
        any(word.startswith(condition.word) if condition.prefix else word == condition.word
            for word in words)
        for condition in text.sought(query)
    )  # fmt: skip


def test_a_query_of_one_character_is_the_beginning_of_a_pair():
    assert text.sought("五") == [Sought("五", prefix=True)]
    assert found("店", "样例五金店")
    assert found("样", "样例五金店")
    assert not found("铜", "样例五金店")


def test_rare_characters_and_documents_numbers_are_found():
    assert found("䶮", "演示䶮店")
    assert found("𠮷野", "演示𠮷野店")
    assert found("〔2026〕118号", "澄青市监处罚〔2026〕118号")


HAN = st.text(alphabet="样例五金店电线铜", min_size=1, max_size=12)


@given(HAN, st.data())
def test_every_fragment_of_a_name_is_found(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert found(name[start:end], name)
