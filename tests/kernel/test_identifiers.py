"""Are identifiers read as their standards say, and are wrong ones refused by name?"""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel import identifiers
from app.kernel.identifiers import BadIdentifier, Fault, PhoneKind
from tests.support.shared import samples

TODAY = date(2026, 9, 22)


def fault_of(read, text, **options):
    with pytest.raises(BadIdentifier) as refused:
        read(text, **options)
    return refused.value.fault


# Published in penalty decisions; the last one belongs to the demonstration.
VALID_CREDIT_CODES = [
    "91430281MA4RPB0K9W", "91340321MA2WJDPJ3L", "914302813256875680", "92350104MAD25W8C6E",
    "91990102MA0CQ01A8U",
]  # fmt: skip


@pytest.mark.parametrize("code", VALID_CREDIT_CODES)
def test_a_published_credit_code_is_accepted(code):
    assert identifiers.credit_code(code).text == code


@pytest.mark.parametrize(
    "typed",
    [
        "91430281ma4rpb0k9w",
        "９１４３０２８１ＭＡ４ＲＰＢ０Ｋ９Ｗ",
        " 9143 0281-MA4R PB0K 9W ",
        "91430281MA4RPB0K9W\u200b",
    ],
)
def test_spelling_of_a_credit_code_is_forgiven(typed):
    assert identifiers.credit_code(typed).text == "91430281MA4RPB0K9W"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.EMPTY),
        ("  ", Fault.EMPTY),
        ("91430281MA4RPB0K9", Fault.LENGTH),
        ("91430281MA4RPB0K9WW", Fault.LENGTH),
        ("91430281MA4RPBOK9W", Fault.CHARACTER),
        ("9143028IMA4RPB0K9W", Fault.CHARACTER),
        ("91A30281MA4RPB0K9W", Fault.CHARACTER),
        ("91430281MA4RPB0线9W", Fault.CHARACTER),
        ("01430281MA4RPB0K9W", Fault.AUTHORITY),
        ("91430281MA4RPB0K9X", Fault.CHECK),
        ("91430281MA4RPB0K8W", Fault.CHECK),
        ("19430281MA4RPB0K9W", Fault.CHECK),
    ],
)
def test_a_wrong_credit_code_is_refused_by_name(typed, fault):
    assert fault_of(identifiers.credit_code, typed) is fault


def test_the_organisation_part_has_its_own_check():
    body = "91430281MA4RPB0K8"
    forged = body + identifiers.credit_check(body)
    assert fault_of(identifiers.credit_code, forged) is Fault.ORGANISATION


def test_a_wrong_character_is_pointed_at():
    with pytest.raises(BadIdentifier) as refused:
        identifiers.credit_code("91430281MA4RPBOK9W")
    assert refused.value.at == 15


@given(st.sampled_from(VALID_CREDIT_CODES), st.integers(0, 17), st.integers(1, 30))
def test_every_single_slip_in_a_credit_code_is_found(code, at, shift):
    alphabet = identifiers.CREDIT_CHARACTERS
    other = alphabet[(alphabet.index(code[at]) + shift) % 31]
    with pytest.raises(BadIdentifier):
        identifiers.credit_code(code[:at] + other + code[at + 1 :])


def test_a_sole_trader_is_recognised_by_the_code():
    assert identifiers.credit_code("92350104MAD25W8C6E").is_sole_trader
    assert not identifiers.credit_code("914302813256875680").is_sole_trader
    assert identifiers.credit_code("914302813256875680").division == "430281"


def test_an_old_registration_number_has_fifteen_digits():
    assert identifiers.registration_number("4302 8160 0012 345") == "430281600012345"
    assert fault_of(identifiers.registration_number, "43028160001234") is Fault.LENGTH
    assert fault_of(identifiers.registration_number, "43028160001234X") is Fault.CHARACTER


def permit(prefix, born="19700101", order="001"):
    body = f"{prefix}{born}{order}"
    return body + identifiers.resident_check(body)


@pytest.mark.parametrize(
    "number",
    [
        "11010519491231002X", permit("440524", "19800101"),
        permit("810000"), permit("820000"), permit("830000"), permit("330113"), permit("653228"),
        permit("911156"), permit("931840"),
    ],
)  # fmt: skip
def test_a_resident_number_is_accepted(number):
    assert identifiers.resident_id(number, today=TODAY).text == number


def test_the_check_character_matches_both_numbers_printed_in_the_standard():
    assert identifiers.resident_check("11010519491231002") == "X"
    assert identifiers.resident_check("44052418800101001") == "4"


def test_a_small_x_and_gaps_in_a_resident_number_are_forgiven():
    read = identifiers.resident_id("110105 19491231 002x", today=TODAY)
    assert (read.text, read.born_on) == ("11010519491231002X", date(1949, 12, 31))
    assert read.division == "110105"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.EMPTY),
        ("110105491231002", Fault.LENGTH),
        ("1101051949123100AX", Fault.CHARACTER),
        ("X1010519491231002X", Fault.CHARACTER),
        ("00010519491231002X", Fault.DIVISION),
        (permit("990121"), Fault.DIVISION),
        (permit("110105", "20260230"), Fault.DATE),
        (permit("110105", "18991231"), Fault.DATE),
        (permit("110105", "20260923"), Fault.FUTURE),
        ("110105194912310021", Fault.CHECK),
    ],
)
def test_a_wrong_resident_number_is_refused_by_name(typed, fault):
    assert fault_of(identifiers.resident_id, typed, today=TODAY) is fault


def test_who_is_born_today_may_have_a_number():
    assert identifiers.resident_id(permit("110105", "20260922"), today=TODAY).born_on == TODAY


def test_a_foreigners_card_names_no_division():
    card = identifiers.resident_id(permit("911156"), today=TODAY)
    assert card.is_foreigner
    assert card.division == ""


@pytest.mark.parametrize(
    ("typed", "kind", "number", "display"),
    [
        ("13800000148", PhoneKind.MOBILE, "13800000148", "138 0000 0148"),
        ("+86 138-0000-0148", PhoneKind.MOBILE, "13800000148", "138 0000 0148"),
        ("0086 16600000148", PhoneKind.MOBILE, "16600000148", "166 0000 0148"),
        ("１９９００００００００", PhoneKind.MOBILE, "19900000000", "199 0000 0000"),
        ("010-62340000", PhoneKind.LANDLINE, "01062340000", "010-62340000"),
        ("(0731) 8888 0000", PhoneKind.LANDLINE, "073188880000", "0731-88880000"),
        ("0571-8888000", PhoneKind.LANDLINE, "05718888000", "0571-8888000"),
        ("+86 731 88880000", PhoneKind.LANDLINE, "073188880000", "0731-88880000"),
        ("0731-12315", PhoneKind.LANDLINE, "073112315", "0731-12315"),
        ("400-800-0000", PhoneKind.SERVICE, "4008000000", "400-800-0000"),
        ("12315", PhoneKind.SHORT, "12315", "12315"),
        ("12345", PhoneKind.SHORT, "12345", "12345"),
        ("95588", PhoneKind.SHORT, "95588", "95588"),
        ("110", PhoneKind.SHORT, "110", "110"),
        ("+852 2345 0000", PhoneKind.FOREIGN, "+85223450000", "+85223450000"),
    ],
)
def test_a_telephone_number_is_read(typed, kind, number, display):
    read = identifiers.phone(typed)
    assert (read.kind, read.number, read.display) == (kind, number, display)


@pytest.mark.parametrize("typed", ["02088880000转12", "020-88880000-12", "(020)8888 0000 ext. 12"])
def test_an_extension_is_kept_apart(typed):
    read = identifiers.phone(typed)
    assert (read.number, read.extension) == ("02088880000", "12")
    assert read.display == "020-88880000 转 12"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.EMPTY),
        ("--", Fault.EMPTY),
        ("林女士", Fault.CHARACTER),
        ("88880000", Fault.AREA_CODE),
        ("1380000014", Fault.LENGTH),
        ("138000001488", Fault.LENGTH),
        ("12800000148", Fault.LENGTH),
        ("026-88880000", Fault.LENGTH),
    ],
)
def test_a_wrong_telephone_number_is_refused_by_name(typed, fault):
    assert fault_of(identifiers.phone, typed) is fault


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("东市监处罚〔2026〕854号", "东市监处罚〔2026〕854号"),
        ("怀市监处罚〔2025〕415号", "怀市监处罚〔2025〕415号"),
        ("甬仑市监处罚〔2026〕549号", "甬仑市监处罚〔2026〕549号"),
        ("杭高新（滨）市监处罚〔2026〕187号", "杭高新（滨）市监处罚〔2026〕187号"),
        ("醴市监处罚字〔2025〕142号", "醴市监处罚〔2025〕142号"),
        ("醴市监行处字〔2022〕第054号", "醴市监行处〔2022〕54号"),
        ("沪市监静处〔2026〕062026000257号", "沪市监静处〔2026〕62026000257号"),
        ("诸公(应)行罚决字[2026]05172号", "诸公（应）行罚决〔2026〕5172号"),
        ("榕农(肥料)罚〔2025〕2号", "榕农（肥料）罚〔2025〕2号"),
        ("苏质监稽函〔2017〕45号", "苏质监稽函〔2017〕45号"),
        ("国市监质监发〔2022〕30号", "国市监质监发〔2022〕30号"),
        ("赣市市监质监字〔2021〕13号", "赣市市监质监〔2021〕13号"),
        ("内质监执发〔2018〕39号", "内质监执发〔2018〕39号"),
        ("国质检执[2018]78号", "国质检执〔2018〕78号"),
        ("澄市监举告﹝2026﹞第12号", "澄市监举告〔2026〕12号"),
        ("澄市监举告（2026）第12号", "澄市监举告〔2026〕12号"),
        ("澄市监举告【2026】12号", "澄市监举告〔2026〕12号"),
        ("澄市监举告［２０２６］１２号", "澄市监举告〔2026〕12号"),
        (" 澄市监举告 〔2026〕 12 号 ", "澄市监举告〔2026〕12号"),
        ("澄市监举告〔2026〕12", "澄市监举告〔2026〕12号"),
        ("澄市监举告〔2026〕12-1号", "澄市监举告〔2026〕12-1号"),
        ("澄市监举告〔2026〕12号之一", "澄市监举告〔2026〕12-1号"),
        ("澄市监举告〔2026〕12号之十二", "澄市监举告〔2026〕12-12号"),
    ],
)
def test_every_spelling_of_a_document_number_has_one_key(typed, key):
    read = identifiers.document_number(typed)
    assert read.key == key
    assert read.original == typed.strip()
    assert identifiers.document_number(read.key).key == key


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.EMPTY),
        ("12号", Fault.FORM),
        ("×市监××﹝年﹞第×号", Fault.FORM),
        ("澄市监处罚2026第12号", Fault.FORM),
        ("〔2026〕12号", Fault.FORM),
        ("澄市监处罚〔1926〕12号", Fault.YEAR),
        ("澄市监处罚〔9999〕12号", Fault.YEAR),
    ],
)
def test_what_is_no_document_number_is_refused_by_name(typed, fault):
    assert fault_of(identifiers.document_number, typed) is fault


@pytest.mark.parametrize("sample", samples("penalties"), ids=lambda path: path.name)
def test_the_numbers_of_published_decisions_are_read(sample):
    for number in re.findall(r"文号：(\S+)", sample.read_text(encoding="utf-8")):
        read = identifiers.document_number(number)
        assert read.key == number
        assert read.organ.endswith("市监处罚")
