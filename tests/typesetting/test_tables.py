"""Do tables keep every cell, their heads and their place on upright and landscape pages?"""

import pytest

from app.typesetting import Annex, Cell, Fault, NoticeFacts, Table, TypesettingError, plain, restore
from app.typesetting.tables import layout
from tests.typesetting.conftest import BUREAU, SENTENCE, notice

NEAR = 0.3
MM = 25.4 / 72


def table(columns, rows, text="样例数值"):
    head = (
        (Cell("类别", 1, 2), Cell("合计项目", columns - 1)),
        tuple(Cell(f"指标{place:02}") for place in range(1, columns)),
    )
    body = tuple(
        (Cell(f"行{row:03}"), *(Cell(text) for _ in range(1, columns))) for row in range(rows)
    )
    return Table(head=head, rows=body)


@pytest.mark.parametrize(("columns", "landscape"), [(3, False), (6, False), (14, True), (25, True)])
def test_only_a_table_that_does_not_fit_lies_on_its_side(columns, landscape):
    plan = layout(table(columns, 1))
    assert plan.landscape is landscape
    assert sum(plan.widths) == pytest.approx(225 if landscape else 156, abs=0.1)
    assert plan.size >= 7.5


def test_a_table_without_room_for_its_columns_is_refused():
    with pytest.raises(TypesettingError) as refused:
        layout(table(60, 1))
    assert refused.value.fault is Fault.TABLE_TOO_WIDE
    assert refused.value.details == ("60",)


def test_a_small_table_stays_between_the_paragraphs(pressed):
    pdf = pressed("notice", body=(SENTENCE, table(4, 3), "在表之后。"))
    assert {round(width) for width, _ in pdf.sizes} == {210}
    left = min(shape["x0"] for shape in pdf._rects[0]) * MM
    right = max(shape["x1"] for shape in pdf._rects[0]) * MM
    assert (left, right) == pytest.approx((28, 184), abs=NEAR)
    assert pdf.faults() == []


@pytest.fixture
def statistics(pressed):
    annex = Annex(title="样例统计表", body=(table(25, 40),))
    return pressed(
        "notice", body=(SENTENCE,), annexes=(annex,), copies_to="示范局", issued_by="示范办"
    )


def test_a_wide_table_repeats_its_head_on_every_landscape_page(statistics):
    sides = [page for page, (width, _) in enumerate(statistics.sizes, 1) if width > 290]
    assert len(sides) >= 3
    for page in sides:
        assert "合计项目" in statistics.text(page)
        assert all(f"指标{place:02}" in statistics.text(page) for place in range(1, 25))
        for char in statistics._chars[page - 1]:
            if char["upright"]:
                assert char["x0"] * MM >= 35 - NEAR
                assert char["x1"] * MM <= 297 - 37 + NEAR
                assert char["top"] * MM >= 28 - NEAR
                assert char["bottom"] * MM <= 210 - 26 + NEAR
    text = "".join(statistics.text(page) for page in sides)
    assert all(text.count(f"行{row:03}") == 1 for row in range(40))
    assert text.count("样例数值") == 40 * 24
    assert statistics.faults() == []


def test_the_number_of_a_landscape_page_stands_where_the_others_have_it(statistics):
    """The page lies with its top at the left edge of the upright ones: turned back, all agree."""
    upright = [char for char in statistics._chars[0] if char["text"] == "—"][-1]
    below = upright["top"] * MM - 262
    beside = 184 - upright["x1"] * MM
    for page, (width, _) in enumerate(statistics.sizes, 1):
        if width < 290:
            continue
        turned = [char for char in statistics._chars[page - 1] if not char["upright"]]
        assert "".join(char["text"] for char in turned) == f"— {page} —"
        assert max(char["x1"] for char in turned) * MM == pytest.approx(35 - below, abs=NEAR)
        if page % 2:
            end = max(char["bottom"] for char in turned) * MM
            assert end == pytest.approx(184 - beside, abs=NEAR)
        else:
            begin = min(char["top"] for char in turned) * MM
            assert begin == pytest.approx(28 + beside, abs=NEAR)


def test_the_colophon_behind_a_landscape_page_stands_on_an_upright_even_page(statistics):
    assert statistics.pages % 2 == 0
    assert statistics.sizes[-1][0] == pytest.approx(210, abs=NEAR)
    assert "抄送：" in statistics.text(statistics.pages)


def test_markup_in_a_cell_is_text(pressed):
    hostile = "<script>x</script><style>p{}</style>&amp;"
    pdf = pressed("notice", body=(Table(head=((Cell(hostile),),), rows=((Cell(hostile),),)),))
    assert pdf.text(1).replace(" ", "").count(hostile) == 2


def test_tables_and_forwarded_documents_survive_the_way_through_json():
    inner = notice(body=(table(3, 1),), annexes=(Annex(title="样例", body=("样例",)),))
    facts = notice(body=("样例", table(3, 2)), annexes=(inner, Annex(title="样例", body=())))
    assert restore(NoticeFacts, plain(facts)) == facts


def test_a_forwarded_document_has_its_own_head_on_its_own_page(pressed):
    inner = notice(
        head="样例厅文件", number="样〔2025〕8号", copies_to="样例办", issued_by="样例室"
    )
    pdf = pressed("notice", body=(SENTENCE,), annexes=(inner,))
    mark = pdf.line(2, "样例厅文件")
    assert mark.top + 0.03 * mark.size * MM == pytest.approx(72, abs=NEAR)
    assert "抄送：样例办。" in pdf.text()
    assert pdf.line(2, BUREAU)
    assert pdf.faults() == []


def test_the_old_colophon_carries_its_fields(pressed):
    pdf = pressed(
        "notice", keywords="样例 检查 通知", distribution=("本局：各处室。",),
        proofread_by="校对：样例甲", issued_by="示范办", dated_in_characters=True,
    )  # fmt: skip
    last = pdf.text(pdf.pages)
    assert all(
        part in last for part in ("主题词：样例 检查 通知", "本局：各处室。", "校对：样例甲")
    )
    assert "二〇二六年三月九日" in pdf.text()
    assert pdf.faults() == []
