"""Does each colophon close the last even page of its own document (GB/T 9704-2012, 7.4)?"""

from datetime import date
from types import SimpleNamespace

import pytest

from app.typesetting.colophons import TOP_MARGIN, TYPE_AREA_BOTTOM, Place, bearers, places
from tests.typesetting.conftest import BUREAU, SENTENCE, letter, notice

NEAR = 0.3
CHARACTER = 16 * 25.4 / 72
RED = (1.0, 0.0, 0.0)
COLOPHON = {
    "copies_to": "澄州市市场监督管理局，青石县人民政府办公室",
    "issued_by": f"{BUREAU}办公室",
    "issued_on": date(2026, 3, 10),
}


def bars(pdf, page):
    """Tops and bottoms of the black rules of a page."""
    return [(top, top + height) for _, _, top, height, colour in pdf.rules(page) if colour != RED]


def last_bar(pdf, page):
    return max(bottom for _, bottom in bars(pdf, page))


def numbered(pdf):
    return [
        any(line.text.startswith("— ") and line.top > 262 for line in pdf.lines(page))
        for page in range(1, pdf.pages + 1)
    ]


@pytest.mark.parametrize(
    ("paragraphs", "pages", "numbers"),
    [
        (1, 2, [True, True]),  # the text ends on page 1: the colophon goes to page 2
        (3, 2, [True, True]),  # it ends on page 2
        (12, 2, [True, True]),  # it ends on page 2 with room to spare
        (13, 4, [True, True, False, False]),  # it fills page 2: a blank page, then the colophon
        (24, 4, [True] * 4),  # it ends on page 3
    ],
)
def test_the_colophon_closes_the_last_even_page(pressed, paragraphs, pages, numbers):
    pdf = pressed("notice", body=(SENTENCE,) * paragraphs, **COLOPHON)
    assert pdf.pages == pages
    assert numbered(pdf) == numbers
    assert last_bar(pdf, pages) == pytest.approx(262, abs=NEAR)
    assert "抄送：" in pdf.text(pages)
    assert pdf.line(pages, "印发").text == f"{BUREAU}办公室2026年3月10日印发"


def test_the_colophon_never_covers_the_text(pressed):
    for paragraphs in range(12, 18):
        pdf = pressed("notice", body=(SENTENCE,) * paragraphs, **COLOPHON)
        top = min(top for top, _ in bars(pdf, pdf.pages))
        text = [line for line in pdf.lines(pdf.pages) if line.size > 15]
        assert all(line.top + CHARACTER <= top for line in text)


def test_copies_are_set_in_14_points_one_character_in(pressed):
    many = "，".join(f"示范{number}局" for number in "一二三四五六七八九") + "，样例办公室"
    pdf = pressed("notice", copies_to=many, issued_by="样例办公室")
    first, second = pdf.lines(2)[:2]
    fourteen = 14 * 25.4 / 72
    assert first.left == pytest.approx(28 + fourteen, abs=NEAR)
    assert first.right <= 184 - fourteen + NEAR
    assert second.left == pytest.approx(28 + 4 * fourteen, abs=NEAR)
    assert second.text.endswith("。")


CODE = {"check_code": "8F4K 27QM 61XD", "verify_url": "https://example.test/verify?code=X"}


@pytest.mark.parametrize("paragraphs", [3, 13])
def test_the_check_code_stands_under_the_colophon_and_moves_nothing(pressed, paragraphs):
    facts = {"body": (SENTENCE,) * paragraphs, "issued_by": BUREAU}
    plain, coded = pressed("notice", **facts), pressed("notice", **facts, **CODE)
    last = plain.pages
    assert coded.pages == last
    code = next(line for line in coded.lines(last) if "核验码" in line.text)
    assert code.top > 37 + 225
    assert coded.faults() == []
    assert coded.text().replace("核验码：8F4K 27QM 61XD", "") == plain.text()


# A document forwarded -----------------------------------------------------------------------------


def forwarded(paragraphs, **changes):
    return notice(body=(SENTENCE,) * paragraphs, **COLOPHON | {"issued_by": "样例办公室"} | changes)


def closings(pdf):
    """The pages with a colophon at the lower edge of the type area."""
    return [
        page
        for page in range(1, pdf.pages + 1)
        if bars(pdf, page) and last_bar(pdf, page) == pytest.approx(262, abs=NEAR)
    ]


@pytest.mark.parametrize(
    ("outer", "inner", "closed", "pages"),
    [
        (1, 1, [2, 4], 4),  # it is page 2 and has room there; then a blank page, and ours
        (1, 3, [4, 6], 6),  # it ends on page 3: its colophon is page 4
        (3, 1, [4, 6], 6),  # it is page 3
    ],
)
def test_a_forwarded_document_is_closed_by_its_own(pressed, outer, inner, closed, pages):
    pdf = pressed("notice", body=(SENTENCE,) * outer, annexes=(forwarded(inner),), **COLOPHON)
    assert closings(pdf) == closed
    assert pdf.pages == pages
    assert "样例办公室" in pdf.text(closed[0])
    assert f"{BUREAU}办公室" in pdf.text(closed[1])
    assert pdf.faults() == []


def test_a_letter_may_forward_a_document_too(pressed):
    pdf = pressed("letter", annexes=(forwarded(1), notice(title="样例附表说明")))
    assert closings(pdf) == [2]
    assert pdf.pages == 3


def test_colophons_are_counted_in_the_order_in_which_documents_end():
    innermost, inner = forwarded(1, title="样例三"), forwarded(1, title="样例二")
    outer = notice(annexes=(notice(annexes=(innermost,)), inner), **COLOPHON)
    assert [one.title for one in bearers(outer)] == ["样例三", "样例二", outer.title]
    assert list(bearers(letter())) == []


def tried(*found):
    """Pages of a trial: the page and depth at which each text ends, and each colophon."""
    pages = [SimpleNamespace(anchors={}) for _ in range(max(ends for _, ends, _ in found))]
    for index, (text, ends, depth) in enumerate(found):
        pages[text - 1].anchors[f"end-of-text-{index}"] = (0, 0)
        pages[ends - 1].anchors[f"end-of-colophon-{index}"] = (0, depth)
    return pages


EDGE = TOP_MARGIN + TYPE_AREA_BOTTOM


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([(2, 2, EDGE)], [Place.SAME_PAGE]),
        ([(2, 2, EDGE + 1)], [Place.AFTER_BLANK]),
        ([(2, 3, 200)], [Place.AFTER_BLANK]),
        ([(1, 2, 200)], [Place.NEXT_PAGE]),
        # The first takes a page more than in the trial, so the second ends on an even one.
        ([(1, 1, 200), (3, 3, 200)], [Place.NEXT_PAGE, Place.SAME_PAGE]),
        # It took that page in the trial as well.
        ([(1, 2, 200), (4, 4, 200)], [Place.NEXT_PAGE, Place.SAME_PAGE]),
        # Two colophons never share a page.
        ([(2, 2, 200), (2, 2, 300)], [Place.SAME_PAGE, Place.AFTER_BLANK]),
        ([(2, 3, 200), (3, 3, 300)], [Place.AFTER_BLANK, Place.AFTER_BLANK]),
    ],
)
def test_each_colophon_moves_those_behind_it(found, wanted):
    assert places(tried(*found), len(found)) == wanted
