"""What may the system administrator do with code lists, and what does the trail say of it?"""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.codes import actions, queries
from app.codes.actions import Names
from app.codes.models import CodeEntry
from app.kernel import audit
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused

pytestmark = pytest.mark.database

NAMES = Names("演示产品", "Sample product")


@pytest.fixture
def keeper(identity):
    return identity("lj.system_administrator")


def events(reference):
    return [entry.event for entry in audit.trail("code_entry", reference)]


def test_the_defaults_are_installed_once(writing):
    count = db.session.scalar(select(func.count()).select_from(CodeEntry))
    assert count > 150
    assert actions.install_defaults() == 0
    assert db.session.scalar(select(func.count()).select_from(CodeEntry)) == count
    assert len(audit.trail("code_list", "all")) == 1


def test_installing_again_adds_what_is_missing_and_keeps_what_was_changed(writing, keeper):
    changed = queries.entry("sources", "media")
    actions.amend(changed, Names("媒体", "Media"), by=keeper)
    db.session.execute(CodeEntry.__table__.delete().where(CodeEntry.code == "covert_visit"))
    db.session.expire_all()
    assert actions.install_defaults() == 1
    assert queries.entry("sources", "covert_visit").name_zh == "暗访"
    assert queries.entry("sources", "media").name_zh == "媒体"


def test_an_added_entry_may_be_chosen_from_today(writing, keeper):
    entry = actions.add("products", "sample_product", NAMES, parent="building", by=keeper)
    assert (entry.valid_from, entry.parent_code) == (date(2026, 9, 22), "building")
    assert queries.label("products", "sample_product") == "演示产品"
    assert not queries.is_choice("products", "sample_product", date(2026, 9, 21))
    codes = [code for code, _ in queries.choices("products")]
    assert codes[codes.index("sample_product") - 1] == "scaffold_fastener"
    assert events("products/sample_product") == ["code_list.entry_added"]


@pytest.mark.parametrize(
    ("code", "parent", "refusal"),
    [
        ("Sample", "", "code_form"),
        ("cement", "", "code_taken"),
        ("sample", "steam_engine", "code_parent_unknown"),
    ],
)
def test_an_unfit_entry_is_refused(writing, keeper, code, parent, refusal):
    with pytest.raises(Refused) as refused:
        actions.add("products", code, NAMES, parent=parent, by=keeper)
    assert refused.value.code == refusal


def test_groups_may_not_be_nested_without_end(writing, keeper):
    above = ""
    for level in range(4):
        actions.add("topics", f"level_{level}", NAMES, parent=above, by=keeper)
        above = f"level_{level}"
    with pytest.raises(Refused) as refused:
        actions.add("topics", "level_4", NAMES, parent=above, by=keeper)
    assert refused.value.code == "code_too_deep"


def test_a_retired_code_is_never_given_to_anything_else(writing, keeper):
    entry = queries.entry("topics", "other_topic")
    actions.retire(entry, date(2026, 9, 1), by=keeper)
    with pytest.raises(Refused) as refused:
        actions.add("topics", "other_topic", NAMES, by=keeper)
    assert refused.value.code == "code_taken"


def test_renaming_leaves_the_former_name_in_the_trail(writing, keeper):
    entry = queries.entry("topics", "price")
    actions.amend(entry, Names("价格违法", "Price offences", position=5), by=keeper)
    (line,) = audit.trail("code_entry", "topics/price")
    assert (line.facts["former_zh"], line.facts["name_zh"]) == ("价格", "价格违法")
    assert queries.entries("topics")[0].code == "price"


def test_a_retired_entry_can_be_reinstated(writing, keeper):
    entry = queries.entry("topics", "price")
    actions.retire(entry, date(2026, 9, 1), by=keeper)
    actions.reinstate(entry, by=keeper)
    assert queries.is_choice("topics", "price", date(2026, 9, 22))
    assert events("topics/price") == ["code_list.entry_reinstated", "code_list.entry_retired"]


@pytest.mark.parametrize("account", ["lj.security_administrator", "lj.unit_leader", "qs.inspector"])
def test_only_the_system_administrator_keeps_lists(writing, identity, account):
    who, entry = identity(account), queries.entry("topics", "price")
    for act in (
        lambda: actions.add("topics", "sample", NAMES, by=who),
        lambda: actions.amend(entry, NAMES, by=who),
        lambda: actions.retire(entry, date(2026, 9, 1), by=who),
        lambda: actions.reinstate(entry, by=who),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert events("topics/price") == []
