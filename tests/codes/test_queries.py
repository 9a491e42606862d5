"""What do the code lists answer?"""

from datetime import date

import pytest

from app.codes import actions, queries
from app.codes.actions import Names
from app.kernel.errors import NotFound

pytestmark = pytest.mark.database

DAY = date(2026, 9, 22)


@pytest.fixture
def keeper(identity):
    return identity("lj.system_administrator")


def test_choices_are_in_the_readers_language(context):
    assert dict(queries.choices("fields"))["circulation"] == "流通"
    assert dict(queries.choices("fields", "en"))["circulation"] == "Circulation"


def test_groups_stand_before_their_members(context):
    codes = [code for code, _ in queries.choices("products")]
    assert codes[:3] == ["industrial", "hazardous_chemical", "chemical_package"]
    assert codes.index("wire_cable") + 1 == codes.index("cable_pvc")
    assert len(codes) == len(set(codes))


def test_a_code_has_a_name_even_when_retired(writing, keeper):
    entry = queries.entry("violations", "obsolete_product")
    actions.retire(entry, date(2026, 9, 21), by=keeper)
    assert queries.label("violations", "obsolete_product") == "生产淘汰产品"
    assert not queries.is_choice("violations", "obsolete_product", DAY)
    assert queries.is_choice("violations", "obsolete_product", date(2026, 9, 21))
    assert "obsolete_product" not in dict(queries.choices("violations"))


def test_an_unknown_code_is_shown_as_it_is(context):
    assert queries.label("products", "steam_engine") == "steam_engine"
    assert queries.label("products", "") == ""


def test_a_new_name_is_read_at_once(writing, keeper):
    assert queries.label("topics", "metering") == "计量"
    entry = queries.entry("topics", "metering")
    actions.amend(entry, Names("计量和短斤缺两", "Measuring"), by=keeper)
    assert queries.label("topics", "metering") == "计量和短斤缺两"


def test_a_group_counts_everything_in_it(context):
    assert queries.below("products", "wire_cable") == {
        "wire_cable", "cable_pvc", "cable_rubber", "cable_control", "cable_power", "cable_overhead",
    }  # fmt: skip
    assert queries.below("products", "cement") == {"cement"}
    assert queries.below("products", "industrial") > queries.below("products", "wire_cable")


@pytest.mark.parametrize("ask", [queries.entries, queries.choices])
def test_an_unknown_list_is_not_found(context, ask):
    with pytest.raises(NotFound):
        ask("nonsense")


def test_an_unknown_entry_is_not_found(context):
    with pytest.raises(NotFound):
        queries.entry("products", "steam_engine")


def test_summaries_count_what_may_still_be_chosen(writing, keeper):
    before = {summary.name: summary for summary in queries.summaries(DAY)}
    entry = queries.entry("fields", "rural")
    actions.retire(entry, date(2026, 9, 21), by=keeper)
    after = {summary.name: summary for summary in queries.summaries(DAY)}
    assert after["fields"].total == before["fields"].total
    assert after["fields"].current == before["fields"].current - 1
    assert after["topics"] == before["topics"]
