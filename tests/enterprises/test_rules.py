"""What makes an entry of the register acceptable?"""

import pytest

from app.enterprises import rules
from app.enterprises.rules import EnterpriseKind, Particulars, checked
from app.kernel.errors import Refused
from tests.support.make.enterprises import credit_code

UNIT, TRADER, PERSON = EnterpriseKind


def refusal(**particulars):
    with pytest.raises(Refused) as refused:
        checked(Particulars(**{"name": "测试线缆有限公司", **particulars}))
    return refused.value.code, refused.value.field


def test_what_is_typed_takes_its_house_form():
    clean = checked(
        Particulars(
            name="  测试线缆\u200b有限公司 ",
            credit_code="９１９９０１０２ma0cq01a8u",
            phone="(0990) 8888 0000",
            address="人民路 218 号\t（南门）",
            fields=("circulation", "production", "nonsense"),
            products=("cement", "wire_cable", "cement"),
            aliases=("测试线缆", "", "测试线缆 有限公司", "测试线缆"),
        )
    )
    assert clean.name == "测试线缆有限公司"
    assert clean.credit_code == "91990102MA0CQ01A8U"
    assert clean.phone == "0990-88880000"
    assert clean.address == "人民路 218 号 （南门）"
    assert clean.fields == ("production", "circulation")
    assert clean.products == ("cement", "wire_cable")
    assert clean.aliases == ("测试线缆",)


@pytest.mark.parametrize(
    ("particulars", "code", "field"),
    [
        ({"name": " \u200b "}, "enterprise_needs_a_name", "name"),
        ({"name": "长" * 201}, "enterprise_name_too_long", "name"),
        ({"credit_code": "91990102MA0CQ01A8"}, "credit_code_length", "credit_code"),
        ({"credit_code": "91990102MAOCQ01A8U"}, "credit_code_character", "credit_code"),
        ({"credit_code": "01990102MA0CQ01A8U"}, "credit_code_authority", "credit_code"),
        ({"credit_code": "91990102MA0CQ01A8W"}, "credit_code_check", "credit_code"),
        ({"registration_number": "990121600012345"}, "registration_number_of_another_kind",
         "registration_number"),
        ({"phone": "88880000"}, "phone_area_code", "phone"),
        ({"phone": "138"}, "phone_length", "phone"),
        ({"phone": "林女士"}, "phone_character", "phone"),
        ({"phone": "--"}, "phone_empty", "phone"),
        ({"aliases": [f"演示{n}店" for n in range(11)]}, "enterprise_too_many_aliases", "aliases"),
        ({"aliases": ["长" * 201]}, "enterprise_name_too_long", "aliases"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_refused_at_its_field(particulars, code, field):
    assert refusal(**particulars) == (code, field)


def test_the_wrong_character_of_a_credit_code_is_counted():
    with pytest.raises(Refused) as refused:
        rules.credit_code("91990102MAOCQ01A8U", UNIT)
    assert refused.value.facts == {"at": 11}


@pytest.mark.parametrize(
    ("code", "kind", "refused"),
    [
        (credit_code(1), UNIT, None),
        (credit_code(1, sole_trader=True), TRADER, None),
        (credit_code(1), TRADER, "credit_code_of_another_kind"),
        (credit_code(1, sole_trader=True), UNIT, "credit_code_of_another_kind"),
        (credit_code(1), PERSON, "credit_code_of_a_person"),
        ("", PERSON, None),
    ],
)
def test_a_credit_code_fits_the_kind_of_its_bearer(code, kind, refused):
    if refused is None:
        assert rules.credit_code(code, kind) == code
    else:
        assert refusal(credit_code=code, kind=kind) == (refused, "credit_code")


def test_a_sole_trader_may_carry_an_old_registration_number():
    assert rules.registration_number("990121 6000 12345", TRADER) == "990121600012345"
    assert (
        refusal(registration_number="99012160001234", kind=TRADER)[0] == "registration_number_form"
    )
