"""Is an enterprise found by whatever people know of it?"""

import pytest
from sqlalchemy import event, text

from app.enterprises import actions, queries
from app.enterprises.queries import Filter
from app.enterprises.rules import EnterpriseKind, EnterpriseStatus, Particulars
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotFound
from tests.support.make.enterprises import credit_code, enterprise

pytestmark = pytest.mark.database


@pytest.fixture
def inspector(identity):
    return identity("qs.inspector")


@pytest.fixture
def known(writing, inspector):
    """A handful of enterprises, and noise of other places."""
    return {
        found.name: found
        for found in (
            enterprise(inspector, "测试线缆有限公司", credit_code=credit_code(1),
                       fields=("production",), products=("cable_pvc",), aliases=("老测试电线厂",)),
            enterprise(inspector, "样例五金店", kind=EnterpriseKind.SOLE_TRADER,
                       registration_number="990121600012345", fields=("circulation",),
                       products=("wire_cable", "cement")),
            enterprise(inspector, "演示建材经营部", division_code="990122", products=("cement",)),
            enterprise(inspector, "示范BV2.5电线（总店）", division_code="990221",
                       status=EnterpriseStatus.REVOKED),
            enterprise(inspector, "重庆样例电器厂", division_code="500118", fields=("production",)),
        )
    }  # fmt: skip


def names(**asked):
    return {row.name for row in queries.search(Filter(**asked)).rows}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("线缆", {"测试线缆有限公司"}),
        ("样例", {"样例五金店", "重庆样例电器厂"}),
        ("五", {"样例五金店"}),
        ("店", {"样例五金店", "示范BV2.5电线（总店）"}),
        ("老测试", {"测试线缆有限公司"}),
        ("电线厂", {"测试线缆有限公司"}),
        ("测试 有限", {"测试线缆有限公司"}),
        ("测试 五金", set()),
        ("例样", set()),
        ("线有", set()),
        ("CSXL", {"测试线缆有限公司"}),
        ("cqyl", {"重庆样例电器厂"}),
        ("ＢＶ2.5", {"示范BV2.5电线（总店）"}),
        ("(总店)", {"示范BV2.5电线（总店）"}),
        (credit_code(1), {"测试线缆有限公司"}),
        (credit_code(1)[:9].lower(), {"测试线缆有限公司"}),
        ("990121600012345", {"样例五金店"}),
        ("Q000002", {"样例五金店"}),
        ("q2", {"样例五金店"}),
        ("%", set()),
        ("_", set()),
        ("，", set()),
    ],
)
def test_a_fragment_finds_its_enterprise(known, typed, found):
    assert names(text=typed) == found


def test_neighbouring_pairs_of_name_and_alias_do_not_make_a_name(known):
    assert names(text="老测试线缆") == set()
    assert names(text="公司老") == set()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"division": "990121"}, {"测试线缆有限公司", "样例五金店"}),
        ({"division": "990100"}, {"测试线缆有限公司", "样例五金店", "演示建材经营部"}),
        ({"division": "990200"}, {"示范BV2.5电线（总店）"}),
        ({"field": "production"}, {"测试线缆有限公司", "重庆样例电器厂"}),
        ({"product": "wire_cable"}, {"测试线缆有限公司", "样例五金店"}),
        ({"product": "cement"}, {"样例五金店", "演示建材经营部"}),
        ({"status": "revoked"}, {"示范BV2.5电线（总店）"}),
        ({"text": "样例", "division": "990100"}, {"样例五金店"}),
    ],
)
def test_filters_narrow_the_register(known, asked, found):
    assert names(**asked) == found


def test_a_page_tells_how_many_there_are(known):
    found = queries.search(Filter(), page=1)
    assert (len(found.rows), found.total) == (5, 5)
    assert found.rows[0].reference == "Q000005"
    assert queries.search(Filter(), page=2).rows == []


def test_suggestions_begin_with_what_begins_so(known, inspector):
    enterprise(inspector, "老样例五金批发部")
    assert queries.suggestions("样例")[0].name != "老样例五金批发部"
    assert [row.name for row in queries.suggestions("样例五金")] == [
        "样例五金店",
        "老样例五金批发部",
    ]
    assert queries.suggestions("  ") == ()
    assert len(queries.suggestions("店", limit=1)) == 1


def test_the_one_enterprise_of_a_name_is_found_by_name_or_alias(known, inspector):
    assert queries.by_name("测试线缆 有限公司").reference == "Q000001"
    assert queries.by_name("老测试电线厂").reference == "Q000001"
    assert queries.by_name("测试线缆") is None
    assert queries.by_name("") is None
    enterprise(inspector, "样例五金店", division_code="990122")
    assert queries.by_name("样例五金店") is None


def test_an_enterprise_is_found_by_its_codes(known):
    assert queries.by_credit_code(credit_code(1)).name == "测试线缆有限公司"
    assert queries.by_credit_code(credit_code(2)) is None
    assert queries.by_reference("Q000002").name == "样例五金店"
    with pytest.raises(NotFound):
        queries.by_reference("Q999999")


def test_a_long_or_strange_query_is_bounded(known):
    assert names(text="样例" * 500) == set()
    assert names(text=" ".join(["样例"] * 50)) == {"样例五金店", "重庆样例电器厂"}


def test_a_fragment_is_found_by_index_and_not_by_reading_the_register(known, app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("SQLite explains its plan in a way a test can read")
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append((a[2], a[3])))
    queries.suggestions("线缆")
    statement, parameters = seen[-1]
    plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    steps = [row[-1] for row in plan]
    assert not [
        step for step in steps if step.startswith("SCAN enterprise") and "USING" not in step
    ]


def test_all_of_hundreds_are_found_and_the_first_few_suggested(app, inspector):
    with app.app_context():
        with unit_of_work():
            for serial in range(600):
                particulars = Particulars(
                    name=f"演示第{serial}五金电器经营部", division_code="990121",
                    credit_code=credit_code(serial),
                )  # fmt: skip
                actions.register(particulars, by=inspector)
            db.session.execute(text("ANALYZE"))
        assert queries.search(Filter(text="五金电器")).total == 600
        assert len(queries.suggestions("五金")) == 8
