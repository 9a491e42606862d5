"""What may people do with the register, and what does the trail say of it?"""

import pytest

from app.codes import queries as codes
from app.enterprises import actions, queries
from app.enterprises.models import EnterpriseWord
from app.enterprises.rules import EnterpriseKind, EnterpriseStatus, Particulars, replace
from app.kernel import audit
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused
from tests.support.make.enterprises import credit_code, enterprise

pytestmark = pytest.mark.database


@pytest.fixture
def inspector(identity):
    return identity("qs.inspector")


def events(reference):
    return [entry.event for entry in audit.trail("enterprise", reference)]


def change(found, by, **changes):
    actions.amend(found, replace(actions.particulars_of(found), **changes), by=by)


def test_an_enterprise_gets_a_number_and_a_keeper(writing, inspector):
    found = enterprise(inspector, credit_code=credit_code(1))
    assert (found.reference, found.bureau.code) == ("Q000001", "qs")
    assert found.unit_path == found.bureau.path
    assert events("Q000001") == ["enterprise.registered"]
    (line,) = audit.trail("enterprise", "Q000001")
    assert line.facts == {"kind": "unit", "division": "990121"}


def test_the_bureau_of_the_place_keeps_the_entry_whoever_registers_it(writing, inspector):
    assert enterprise(inspector, "演示建材经营部", division_code="990122").bureau.code == "bs"
    assert enterprise(inspector, "示范电器厂", division_code="990102").bureau.code == "cz"
    assert enterprise(inspector, "外省样例厂", division_code="330106").bureau.code == "qs"


@pytest.mark.parametrize(
    ("address", "division"),
    [
        ("青石县人民路 218 号", "990121"),
        ("临江省澄州市白沙县窑头镇 3 组", "990122"),
        ("城关镇解放路 1 号", "990121"),
        ("襄樊市襄城区檀溪路", "420602"),
    ],
)
def test_the_address_tells_the_division(writing, inspector, address, division):
    found = enterprise(inspector, address=address, division_code="")
    assert found.division_code == division


@pytest.mark.parametrize(
    ("address", "refusal"),
    [
        ("", "division_needed"),
        ("朝阳区建国路", "division_ambiguous"),
        ("人民路 218 号", "division_unknown"),
        ("东北省人民路", "division_unknown"),
    ],
)
def test_an_address_that_does_not_tell_asks_for_the_division(writing, inspector, address, refusal):
    with pytest.raises(Refused) as refused:
        enterprise(inspector, address=address, division_code="")
    assert (refused.value.code, refused.value.field) == (refusal, "division_code")


def test_a_credit_code_belongs_to_one_enterprise(writing, inspector):
    first = enterprise(inspector, credit_code=credit_code(1))
    with pytest.raises(Refused) as refused:
        enterprise(inspector, "另一家测试公司", credit_code=credit_code(1))
    assert refused.value.code == "credit_code_taken"
    assert refused.value.facts == {"name": first.name, "reference": "Q000001"}


def test_a_namesake_in_the_same_place_is_pointed_out(writing, inspector):
    enterprise(inspector, "样例五金店", kind=EnterpriseKind.SOLE_TRADER)
    with pytest.raises(Refused) as refused:
        enterprise(inspector, "样例 五金店", kind=EnterpriseKind.SOLE_TRADER)
    assert (refused.value.code, refused.value.facts["reference"]) == ("enterprise_known", "Q000001")
    trader = credit_code(2, sole_trader=True)
    enterprise(inspector, "样例五金店", kind=EnterpriseKind.SOLE_TRADER, credit_code=trader)
    enterprise(inspector, "样例五金店", kind=EnterpriseKind.SOLE_TRADER, division_code="990122")


def test_a_refused_entry_leaves_no_gap_in_the_numbers(writing, inspector):
    enterprise(inspector)
    with pytest.raises(Refused):
        enterprise(inspector)
    assert enterprise(inspector, "样例电器厂").reference == "Q000002"


def test_a_product_must_be_in_the_list(writing, inspector):
    with pytest.raises(Refused) as refused:
        enterprise(inspector, products=("steam_engine",))
    assert (refused.value.code, refused.value.field) == ("product_unknown", "products")
    assert enterprise(inspector, products=("wire_cable",)).products == ["wire_cable"]
    assert codes.label("products", "wire_cable") == "电线电缆"


def test_a_change_is_kept_and_named_in_the_trail(writing, inspector):
    found = enterprise(inspector, products=("cement", "rebar"), fields=("production",))
    change(found, inspector, phone="0990-88880000", products=("cement", "glass"),
           status=EnterpriseStatus.SUSPENDED)  # fmt: skip
    assert found.phone == "0990-88880000"
    assert sorted(found.products) == ["cement", "glass"]
    assert found.fields == ["production"]
    assert found.version == 2
    line = audit.trail("enterprise", found.reference)[0]
    assert line.facts == {"changed": "phone,status,products"}


def test_changing_nothing_leaves_no_trace(writing, inspector):
    found = enterprise(inspector, products=("rebar", "cement"), aliases=("老厂",))
    change(found, inspector)
    assert events(found.reference) == ["enterprise.registered"]
    assert found.version == 1


def test_a_name_given_up_is_still_found(writing, inspector):
    found = enterprise(inspector, "测试线缆有限公司")
    change(found, inspector, name="测试电工材料有限公司")
    assert found.aliases == ["测试线缆有限公司"]
    assert queries.by_name("测试线缆有限公司") is found
    assert queries.by_name("测试电工材料有限公司") is found
    change(found, inspector, aliases=())
    assert queries.by_name("测试线缆有限公司") is None
    words = db.session.query(EnterpriseWord.word).filter_by(enterprise_id=found.id)
    assert "线缆" not in {word for (word,) in words}


def test_moving_an_enterprise_moves_its_keeper(writing, identity):
    city = identity("cz.inspector")
    found = enterprise(city)
    assert found.bureau.code == "qs"
    change(found, city, division_code="990122")
    assert found.bureau.code == "bs"


REGISTER = Particulars(name="测试电器厂", division_code="990121")


@pytest.mark.parametrize(
    "account", ["qs.triage_officer", "qs.inspector", "bs.case_officer", "lj.inspector"]
)
def test_who_meets_enterprises_registers_them(writing, identity, account):
    assert actions.register(REGISTER, by=identity(account)).reference == "Q000001"


@pytest.mark.parametrize("account", ["qs.operator", "qs.unit_leader", "lj.system_administrator"])
def test_nobody_else_registers_an_enterprise(writing, identity, account):
    with pytest.raises(NotAllowed):
        actions.register(REGISTER, by=identity(account))


@pytest.mark.parametrize(
    ("account", "may"),
    [
        ("qs.inspector", True),
        ("qs.triage_officer", True),
        ("cz.case_officer", True),
        ("lj.inspector", True),
        ("bs.inspector", False),
        ("dl.inspector", False),
        ("cy.case_officer", False),
        ("qs.operator", False),
        ("qs.unit_leader", False),
        ("cz.reviewer", False),
    ],
)
def test_the_bureau_of_the_place_and_those_above_amend(writing, identity, inspector, account, may):
    who = identity(account)
    found = enterprise(inspector)
    if may:
        change(found, who, contact="样某")
        assert found.contact == "样某"
    else:
        with pytest.raises(NotAllowed):
            change(found, who, contact="样某")
        assert found.contact == ""
