"""The tree, scope, superiors and jurisdiction, with noise of siblings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.kernel.db import db
from app.kernel.errors import NotFound
from app.people import queries as people
from app.people.models import Post
from app.units import queries
from app.units.models import ReportingLine, Unit, UnitJurisdiction
from app.units.rules import UnitKind, UnitLevel

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("writing")]
TODAY = date(2026, 9, 22)


def _unit(code, parent, kind=UnitKind.SECTION, level=UnitLevel.COUNTY, **values):
    above = queries.by_code(parent)
    unit = Unit(
        code=code, name=f"样例{code}", short_name=code, kind=kind, level=level, parent=above,
        division_code=above.division_code, **values,
    )  # fmt: skip
    db.session.add(unit)
    db.session.flush()
    unit.path = f"{above.path}{unit.id}/"
    db.session.flush()
    return unit


def test_the_tree_has_parents_before_children_and_siblings_by_code():
    assert [u.code for u in queries.tree()] == [
        "lj",
        "cy",
        "dl",
        "cz",
        "bs",
        "qs",
        "qs-cg",
        "qs-jc",
    ]
    assert [u.depth for u in queries.tree()] == [0, 1, 2, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("account", "seen"),
    [
        ("lj.auditor", {"lj", "cy", "dl", "cz", "bs", "qs"}),
        ("cz.auditor", {"cz", "bs", "qs"}),
        ("qs.auditor", {"qs"}),
        ("dl.auditor", {"dl"}),
    ],
)
def test_the_scope_is_the_own_bureau_and_everything_below(account, seen):
    who = people.today_identity(account)
    assert {u.code for u in queries.bureaus_below(who)} == seen
    found = db.session.query(Unit).filter(
        queries.within(Unit.path, who), Unit.kind == UnitKind.BUREAU
    )
    assert {u.code for u in found} == seen


def test_a_path_that_begins_with_the_same_figures_is_not_below():
    one, twelve = queries.by_code("lj"), _unit("x", "lj")
    one_path = one.path
    twelve.path = one_path.rstrip("/") + "2/"
    db.session.flush()
    who = people.today_identity("lj.auditor")
    assert twelve not in db.session.query(Unit).filter(queries.within(Unit.path, who)).all()


def test_a_section_and_a_station_act_for_their_bureau():
    inner = _unit("qs-jc-1", "qs-jc")
    bureau = queries.by_code("qs")
    assert queries.bureau_of(inner) is bureau
    assert {u.code for u in queries.parts_of(bureau.id)} == {"qs-jc", "qs-cg", "qs-jc-1"}
    assert queries.parts_of(queries.by_code("cz").id) == []


def test_an_institute_holds_records_of_its_own():
    institute = _unit("cz-zj", "cz", UnitKind.INSTITUTE, UnitLevel.CITY)
    section = _unit("cz-zj-1", "cz-zj", level=UnitLevel.CITY)
    assert queries.bureau_of(section) is institute
    assert section not in queries.parts_of(queries.by_code("cz").id)


def test_the_superior_is_the_trees_unless_a_line_says_otherwise():
    station, city, province = (queries.by_code(c) for c in ("qs-cg", "cz", "lj"))
    county = queries.by_code("qs")
    assert queries.superior_of(station) is city
    assert queries.superior_of(province) is None
    db.session.add(ReportingLine(unit=county, superior=province, business="campaigns"))
    db.session.flush()
    assert queries.superior_of(station, "campaigns") is province
    assert queries.superior_of(county, "cases") is city
    db.session.add(ReportingLine(unit=county, superior=queries.by_code("cy"), business="general"))
    db.session.flush()
    assert queries.superior_of(county, "cases").code == "cy"
    assert queries.superior_of(county, "campaigns") is province


@pytest.mark.parametrize(
    ("one", "other", "above"),
    [
        ("qs", "bs", "cz"),
        ("qs", "dl", "lj"),
        ("qs", "cz", "lj"),
        ("lj", "cz", None),
        ("qs", "qs", "cz"),
    ],
)
def test_the_common_superior_settles_a_dispute(one, other, above):
    found = queries.common_superior(queries.by_code(one), queries.by_code(other))
    assert (found.code if found else None) == above


@pytest.mark.parametrize(
    ("division", "level", "found"),
    [
        ("990121", UnitLevel.COUNTY, "qs"),
        ("990122", UnitLevel.COUNTY, "bs"),
        ("990121", UnitLevel.CITY, "cz"),
        ("990121", UnitLevel.PROVINCE, "lj"),
        ("990123", UnitLevel.COUNTY, "cz"),
        ("110101", UnitLevel.COUNTY, None),
    ],
)
def test_the_competent_bureau_is_the_nearest_at_or_above_the_asked_level(division, level, found):
    unit = queries.competent(division, TODAY, level=level)
    assert (unit.code if unit else None) == found


def test_competence_follows_the_dates_of_a_jurisdiction():
    row = db.session.query(UnitJurisdiction).filter_by(division_code="990121").one()
    row.valid_to = TODAY - timedelta(days=1)
    db.session.add(
        UnitJurisdiction(unit=queries.by_code("bs"), division_code="990121", valid_from=TODAY)
    )
    db.session.flush()
    assert queries.competent("990121", TODAY).code == "bs"
    assert queries.competent("990121", TODAY - timedelta(days=1)).code == "qs"


def test_a_closed_bureau_is_not_competent():
    queries.by_code("qs").is_active = False
    db.session.flush()
    assert queries.competent("990121", TODAY).code == "cz"


def test_ancestors_children_and_possible_parents():
    corps = queries.by_code("qs-jc")
    assert [u.code for u in queries.ancestors_of(corps)] == ["lj", "cz", "qs"]
    assert [u.code for u in queries.children_of(queries.by_code("cz"))] == ["bs", "qs"]
    assert {u.code for u in queries.possible_parents(queries.by_code("cz"))} == {"lj", "cy", "dl"}


def test_a_row_of_another_unit_is_not_found():
    row = queries.jurisdictions_of(queries.by_code("bs"))[0]
    with pytest.raises(NotFound):
        queries.jurisdiction(queries.by_code("qs"), row.id)
    with pytest.raises(NotFound):
        queries.line(queries.by_code("qs"), 1)
    with pytest.raises(NotFound):
        queries.by_code("nowhere")


def test_posts_of_a_unit_do_not_leak_into_its_sibling():
    found = people.posts_in(queries.by_code("qs"), TODAY)
    assert all(isinstance(post, Post) and post.unit.code == "qs" for post in found)
    assert [post.role for post in found][:2] == ["operator", "triage_officer"]
