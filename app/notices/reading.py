"""How is a notice read on a screen? The same facts that are typeset, in the same order, as HTML.

Every word is escaped; headings, tables and annexes are what they are in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from markupsafe import Markup, escape

from app.typesetting import LetterFacts, NoticeFacts
from app.typesetting.compose import official_date
from app.typesetting.facts import Block, Cell, Table
from app.typesetting.paragraphs import Paragraph, paragraphs

Facts: TypeAlias = NoticeFacts | LetterFacts
DEEPEST = 6


def as_html(facts: Facts, *, below: int = 1) -> Markup:
    """Return a document's text; its headings stand under a heading of the level ``below``."""
    return Markup("\n").join(
        [
            *_addressees(facts),
            *_body(facts.body, below),
            *_listed(facts.attachments),
            *_closing(facts),
            # A letter names its copies on its own page, a document in the colophon at the end.
            *(_ending(facts) if isinstance(facts, LetterFacts) else ()),
            *_annexes(facts, below),
            *(_ending(facts) if isinstance(facts, NoticeFacts) else ()),
        ]
    )


def _tag(name: str, text: object, style: str = "") -> Markup:
    opened = Markup('{0} class="{1}"').format(name, style) if style else Markup(name)  # noqa: S704
    return Markup("<{0}>{1}</{2}>").format(opened, text, Markup(name))  # noqa: S704 - a fixed tag


def _addressees(facts: Facts) -> Iterator[Markup]:
    if facts.addressees:
        yield _tag("p", f"{facts.addressees}：", "doc-party")


def _body(blocks: Sequence[Block], below: int) -> Iterator[Markup]:
    for block in paragraphs(tuple(blocks)):
        yield _table(block) if isinstance(block, Table) else _paragraph(block, below)


def _table(table: Table) -> Markup:
    """A table wider than the screen scrolls in its own frame."""
    head = Markup().join(_row(row, Markup('th scope="col"'), "th") for row in table.head)
    rows = Markup().join(_row(row, Markup("td"), "td") for row in table.rows)
    return Markup(
        '<div class="table-wrap" tabindex="0" role="region" aria-label="表格">'
        '<table class="table table-plain"><thead>{0}</thead><tbody>{1}</tbody></table></div>'
    ).format(head, rows)


def _row(cells: Sequence[Cell], opened: Markup, closed: str) -> Markup:
    return Markup("<tr>{0}</tr>").format(
        Markup().join(
            Markup("<{0}{1}{2}>{3}</{4}>").format(
                opened, _span("colspan", cell.columns), _span("rowspan", cell.rows), cell.text,
                closed,
            )
            for cell in cells
        )
    )  # fmt: skip


def _span(name: str, count: int) -> Markup:
    return Markup(' {0}="{1}"').format(name, count) if count > 1 else Markup()


def _paragraph(block: Paragraph, below: int) -> Markup:
    if block.level:  # 2 for 一、, as the document's title has 1
        return _tag(f"h{min(block.level - 1 + below, DEEPEST)}", block.lead)
    lead = _tag("strong", block.lead) if block.lead else ""
    return _tag("p", lead + escape(block.rest))


def _listed(names: Sequence[str]) -> Iterator[Markup]:
    several = len(names) > 1
    for place, name in enumerate(names, 1):
        yield _tag("p", ("附件：" if place == 1 else "") + (f"{place}." if several else "") + name)


def _closing(facts: Facts) -> Iterator[Markup]:
    yield _tag("p", facts.signed_by, "doc-signed")
    if facts.signed_on:
        yield _tag("p", official_date(facts.signed_on), "doc-signed")
    if facts.note:
        yield _tag("p", f"（{facts.note}）")


def _annexes(facts: Facts, below: int) -> Iterator[Markup]:
    for place, annex in enumerate(facts.annexes, 1):
        yield _tag("p", f"附件{place if len(facts.annexes) > 1 else ''}", "doc-party")
        yield _tag(f"h{min(1 + below, DEEPEST)}", annex.title, "doc-title")
        yield from _body(annex.body, below)


def _ending(facts: Facts) -> Iterator[Markup]:
    if facts.copies_to:
        yield _tag("p", f"抄送：{facts.copies_to.rstrip('。')}。")
    if isinstance(facts, NoticeFacts) and facts.issued_by and facts.issued_on:
        yield _tag("p", f"{facts.issued_by} {official_date(facts.issued_on)}印发")
