"""Creating, amending, moving, closing; jurisdiction and reporting lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.kernel import audit
from app.kernel.db import db
from app.kernel.errors import NotAllowed, Refused
from app.people import queries as people
from app.tips import actions as routing
from app.units import actions, queries
from app.units.actions import UnitFacts
from app.units.rules import Business, UnitKind, UnitLevel
from tests.support.make import tips

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
FACTS = UnitFacts(
    "样例县市场监督管理局", "样例县局", UnitKind.BUREAU, UnitLevel.COUNTY, "990123", "澄样市监"
)
TODAY = date(2026, 9, 22)


def _by(account="lj.system_administrator"):
    return people.today_identity(account)


def _refusal(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def _paths():
    return {unit.code: unit.path for unit in queries.tree()}


def test_a_new_bureau_stands_below_its_parent_and_is_competent_from_today():
    unit = actions.create("yl", FACTS, parent=queries.by_code("cz"), by=_by())
    db.session.flush()
    assert unit.path == f"{queries.by_code('cz').path}{unit.id}/"
    assert queries.competent("990123", TODAY) is unit
    assert [e.event for e in audit.trail("unit", "yl")] == [
        "unit.jurisdiction_added",
        "unit.created",
    ]


def test_the_first_unit_of_all_has_nobody_above():
    unit = actions.create("zj", replace(FACTS, level=UnitLevel.NATION), parent=None, by=None)
    assert (unit.path, unit.depth) == (f"/{unit.id}/", 0)


def test_a_station_gets_no_jurisdiction_of_its_own():
    facts = replace(FACTS, kind=UnitKind.STATION, level=UnitLevel.TOWN)
    unit = actions.create("qs-dg", facts, parent=queries.by_code("qs"), by=_by())
    db.session.flush()
    assert queries.jurisdictions_of(unit) == []


@pytest.mark.parametrize(
    ("code", "changed", "refusal"),
    [
        ("qs", {}, "unit_code_taken"),
        ("Q S", {}, "unit_code_form"),
        ("yl", {"name": "青石县市场监督管理局"}, "unit_name_taken"),
        ("yl", {"level": UnitLevel.PROVINCE}, "unit_above_parent"),
        ("yl", {"level": UnitLevel.CITY}, "bureau_beside_bureau"),
        ("yl", {"division_code": "990121"}, "jurisdiction_taken"),
    ],
)
def test_a_unit_that_cannot_be_is_refused(code, changed, refusal):
    facts = replace(FACTS, **changed)
    assert (
        _refusal(lambda: actions.create(code, facts, parent=queries.by_code("cz"), by=_by()))
        == refusal
    )


def test_amending_keeps_code_and_place():
    unit = queries.by_code("qs")
    path = unit.path
    kept = replace(FACTS, name="青石市样例局", division_code="990121")
    actions.amend(unit, kept, by=_by())
    assert (unit.code, unit.path, unit.name) == ("qs", path, "青石市样例局")
    assert _refusal(lambda: actions.amend(unit, replace(kept, level=UnitLevel.CITY), by=_by())) == (
        "bureau_beside_bureau"
    )
    city = queries.by_code("cz")
    lowered = replace(FACTS, name=city.name, kind=UnitKind.SECTION, level=UnitLevel.TOWN)
    assert _refusal(lambda: actions.amend(city, lowered, by=_by())) == "unit_below_child"


def test_a_whole_subtree_moves_and_nothing_else():
    before = _paths()
    actions.move(queries.by_code("qs"), queries.by_code("cy"), by=_by())
    after = _paths()
    new = queries.by_code("cy").path
    number = queries.by_code("qs").id
    assert after["qs"] == f"{new}{number}/"
    for part in ("qs-jc", "qs-cg"):
        assert after[part] == f"{new}{number}/{queries.by_code(part).id}/"
    unmoved = set(before) - {"qs", "qs-jc", "qs-cg"}
    assert {code: after[code] for code in unmoved} == {code: before[code] for code in unmoved}
    assert queries.superior_of(queries.by_code("qs-cg")).code == "cy"
    told = audit.trail("unit", "qs")[0]
    assert (told.event, told.facts) == ("unit.moved", {"from_unit": "cz", "to_unit": "cy"})


def test_every_record_follows_its_bureau():
    triage = people.today_identity("cz.triage_officer")
    tip, stranger = (tips.receipt().tips[0] for _ in range(2))
    routing.route(tip, queries.by_code("qs"), by=triage)
    routing.route(stranger, queries.by_code("bs"), by=triage)
    kept = stranger.unit_path
    actions.move(queries.by_code("qs"), queries.by_code("cy"), by=_by())
    assert tip.unit_path == queries.by_code("qs").path
    assert stranger.unit_path == kept
    who, former = people.today_identity("cy.unit_leader"), people.today_identity("cz.unit_leader")
    assert tip.unit_path.startswith(who.bureau_path)
    assert not tip.unit_path.startswith(former.bureau_path)


def test_every_table_that_names_a_bureau_also_carries_a_path_that_follows():
    tables = {column.table.name for column in actions.path_columns()}
    holding = {
        table.name
        for table in db.metadata.sorted_tables
        if {"bureau_id", "reference"} <= set(table.c.keys()) and "unit_path" in table.c
    }
    assert "unit" in tables
    assert holding <= tables


@pytest.mark.parametrize(
    ("unit", "parent", "refusal"),
    [
        ("cz", "qs", "unit_below_itself"),
        ("cz", "cz", "unit_below_itself"),
        ("qs", "cz", "unit_already_there"),
        ("cz", "cy", "bureau_beside_bureau"),
        ("cz", "dl", "unit_above_parent"),
    ],
)
def test_a_move_that_makes_no_tree_is_refused(unit, parent, refusal):
    before = _paths()
    one, other = queries.by_code(unit), queries.by_code(parent)
    assert _refusal(lambda: actions.move(one, other, by=_by())) == refusal
    assert _paths() == before


def test_a_move_counts_the_storeys_below():
    facts = UnitFacts("", "", UnitKind.SECTION, UnitLevel.TOWN, "990121")
    above = queries.by_code("qs")
    for number in range(9):
        named = replace(facts, name=f"样例科{number}", short_name=f"样{number}")
        above = actions.create(f"s{number}", named, parent=above, by=_by())
    assert above.depth == 11
    deep = replace(facts, name="样例深科", short_name="深")
    actions.create("deep", deep, parent=above, by=_by())
    low = queries.by_code("qs-jc")
    assert _refusal(lambda: actions.move(queries.by_code("s0"), low, by=_by())) == "unit_too_deep"


def test_a_unit_closes_when_nothing_in_use_stands_below_it():
    bureau = queries.by_code("qs")
    assert _refusal(lambda: actions.close(bureau, by=_by())) == "unit_has_parts"
    for code in ("qs-jc", "qs-cg", "qs"):
        actions.close(queries.by_code(code), by=_by())
    assert _refusal(lambda: actions.close(bureau, by=_by())) == "unit_is_closed"
    assert (
        _refusal(lambda: actions.reopen(queries.by_code("qs-cg"), by=_by())) == "parent_is_closed"
    )
    other = queries.by_code("bs")
    assert _refusal(lambda: actions.move(other, bureau, by=_by())) == "unit_is_closed"
    actions.reopen(bureau, by=_by())
    assert bureau.is_active


def test_a_jurisdiction_passes_from_one_bureau_to_the_next():
    row = queries.jurisdictions_of(queries.by_code("qs"))[0]
    sibling = queries.by_code("bs")
    assert _refusal(lambda: actions.add_jurisdiction(sibling, "990121", TODAY, by=_by())) == (
        "jurisdiction_taken"
    )
    actions.end_jurisdiction(row, date(2026, 9, 30), by=_by())
    actions.add_jurisdiction(sibling, "990121", date(2026, 10, 1), by=_by())
    db.session.flush()
    assert queries.competent("990121", date(2026, 9, 30)).code == "qs"
    assert queries.competent("990121", date(2026, 10, 1)).code == "bs"
    assert _refusal(lambda: actions.end_jurisdiction(row, TODAY, by=_by())) == "jurisdiction_over"
    again = queries.jurisdictions_of(sibling)[0]
    assert _refusal(lambda: actions.end_jurisdiction(again, date(2019, 1, 1), by=_by())) == (
        "ends_before_it_begins"
    )


def test_the_same_division_twice_or_a_wrong_code_is_refused():
    unit = queries.by_code("qs")
    assert _refusal(lambda: actions.add_jurisdiction(unit, "990121", TODAY, by=_by())) == (
        "jurisdiction_held"
    )
    for wrong in ("99012", "0990121", "99012x", "０９９０１２"):
        assert _refusal(lambda w=wrong: actions.add_jurisdiction(unit, w, TODAY, by=_by())) == (
            "unit_division_form"
        )


def test_a_branch_may_share_its_bureaus_division():
    facts = replace(FACTS, kind=UnitKind.BRANCH, name="样例分局")
    branch = actions.create("qs-fj", facts, parent=queries.by_code("cz"), by=_by())
    actions.add_jurisdiction(branch, "990121", TODAY, by=_by())


def test_a_reporting_line_is_set_and_ended():
    unit, other = queries.by_code("qs"), queries.by_code("lj")
    line = actions.set_line(unit, other, Business.CAMPAIGNS, by=_by())
    assert queries.superior_of(unit, "campaigns") is other
    assert (
        _refusal(lambda: actions.set_line(unit, other, Business.CAMPAIGNS, by=_by())) == "line_held"
    )
    assert (
        _refusal(lambda: actions.set_line(unit, unit, Business.CASES, by=_by())) == "line_superior"
    )
    actions.end_line(line, by=_by())
    db.session.flush()
    assert queries.superior_of(unit, "campaigns").code == "cz"
    assert [e.event for e in audit.trail("unit", "qs")] == ["unit.line_ended", "unit.line_set"]


@pytest.mark.parametrize(
    "account", ["lj.security_administrator", "lj.audit_administrator", "qs.unit_leader"]
)
def test_only_the_system_administrator_keeps_the_tree(account):
    by, unit, parent = _by(account), queries.by_code("qs"), queries.by_code("cy")
    row = queries.jurisdictions_of(unit)[0]
    for act in (
        lambda: actions.create("yl", FACTS, parent=parent, by=by),
        lambda: actions.amend(unit, FACTS, by=by),
        lambda: actions.move(unit, parent, by=by),
        lambda: actions.close(unit, by=by),
        lambda: actions.reopen(unit, by=by),
        lambda: actions.add_jurisdiction(unit, "990123", TODAY, by=by),
        lambda: actions.end_jurisdiction(row, TODAY, by=by),
        lambda: actions.set_line(unit, parent, Business.CASES, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
