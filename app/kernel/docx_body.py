"""Which words of a story of a Word document are seen, and which stand there unseen?

A story is the body, a header, a note, a text box. The walk follows WordprocessingML (ISO/IEC
29500-1 §17): a word goes to the line it is read in, or to the place that keeps it from being read,
and to both where it is read and yet worth a look (tracked insertions, white words).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from app.kernel.docx_styles import Styles, is_faint, is_on, value
from app.kernel.docx_tables import Grid
from app.kernel.docx_values import SHOWN, Block, Paragraph, Part, Place, Table, lines_of

#: Properties, not words.
SILENT = frozenset({
    "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtEndPr", "proofErr", "rPrChange",
    "pPrChange", "tblPrEx", "commentReference", "annotationRef", "footnoteRef", "endnoteRef",
})  # fmt: skip
DRAWN = frozenset({"drawing", "pict", "object", "pgNum"})
SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
MOVED = {"ins": Place.INSERTED, "moveTo": Place.INSERTED, "del": Place.DELETED,
         "moveFrom": Place.DELETED}  # fmt: skip
#: What Word itself calls things; any other name was typed by somebody.
NAMED_BY_WORD = re.compile(
    r"_\w*|OLE_LINK\d+|(?:图片|图形|图表|文本框|矩形|圆角矩形|椭圆|直线|直接连接符|画布|组合|对象|文字方塊|"
    r"Picture|Image|Chart|Text ?Box|Rectangle|Oval|Line|Straight Connector|Canvas|Group|Object)"
    r" ?\d*|",
    re.IGNORECASE,
)


@dataclass
class Line:
    """A paragraph while it is read."""

    seen: list[str] = field(default_factory=list)
    aside: list[tuple[Place, list[str]]] = field(default_factory=list)
    starts_page: bool = False
    ends_page: bool = False

    def put(self, text: str, place: Place | None) -> None:
        """Add words; neighbours of one place become one text, however Word cut them."""
        if place is None or place in SHOWN:
            self.seen.append(text)
        if place is None:
            return
        if self.aside and self.aside[-1][0] is place:
            self.aside[-1][1].append(text)
        else:
            self.aside.append((place, [text]))

    def turn_page(self) -> None:
        """Note a page break, before the words or behind them."""
        if "".join(self.seen).strip():
            self.ends_page = True
        else:
            self.starts_page = True


@dataclass
class Body:
    """A walk through one story; ``parts`` fills with what is not plainly read."""

    where: str
    styles: Styles
    parts: list[Part] = field(default_factory=list)
    #: For each field that is open: whether we are still in its code.
    _codes: list[bool] = field(default_factory=list)
    _new_page: bool = False

    def note(self, place: Place, text: str) -> None:
        """Keep a text that is not plainly in the body."""
        if text.strip():
            self.parts.append(Part(place, text, self.where))

    def blocks(self, container: ET.Element) -> list[Block]:
        """The paragraphs and tables of a story; a deleted paragraph end joins with the next."""
        found: list[Block] = []
        joins = False
        for element, place in self._elements(container, None):
            if element.tag == "tbl":
                found.append(self._table(element))
                joins = False
                continue
            made = self._paragraph(element, place)
            before = found[-1] if joins and found else None
            if isinstance(before, Paragraph):
                found[-1] = Paragraph(
                    before.text + made.text, before.label, before.style, before.level,
                    before.align, before.new_page,
                )  # fmt: skip
            elif place is not Place.DELETED:
                found.append(made)
            joins = element.find("pPr/rPr/del") is not None
        return found

    def _elements(
        self, container: ET.Element, place: Place | None
    ) -> Iterator[tuple[ET.Element, Place | None]]:
        """Paragraphs and tables, through everything that only wraps them."""
        for child in container:
            if child.tag in {"p", "tbl"}:
                yield child, place
            elif child.tag == "AlternateContent":
                yield from self._elements(self._choice(child), place)
            elif child.tag == "altChunk":
                self.note(Place.EMBEDDED, f"altChunk {child.get('id', '')}")
            elif child.tag not in SILENT:
                self._described(child)
                yield from self._elements(child, self._moved(child, place))

    # --- a paragraph ------------------------------------------------------------------------------

    def _paragraph(self, element: ET.Element, place: Place | None) -> Paragraph:
        look = self.styles.look(element.find("pPr"))
        line = Line(starts_page=look.new_page or self._new_page)
        self._inline(element, Place.HIDDEN if look.is_hidden else place, line)
        for where, texts in line.aside:
            self.note(where, "".join(texts))
        self._new_page = line.ends_page
        return Paragraph(
            text="".join(line.seen),
            label=look.label if "".join(line.seen).strip() else "",
            style=look.style,
            level=look.level,
            align=look.align,
            new_page=line.starts_page,
        )

    def _inline(self, element: ET.Element, place: Place | None, line: Line) -> None:
        for child in element:
            if child.tag == "r":
                self._run(child, place, line)
            elif child.tag == "AlternateContent":
                self._inline(self._choice(child), place, line)
            elif child.tag == "t":  # of a formula
                line.put(child.text or "", place)
            elif child.tag not in SILENT:
                self._described(child)
                self._inline(child, self._moved(child, place), line)

    def _moved(self, element: ET.Element, place: Place | None) -> Place | None:
        """The place of what stands in a tracked change; its author is noted."""
        target = MOVED.get(element.tag)
        if target is None:
            return place
        self.note(Place.AUTHOR, element.get("author", ""))
        return place if place in {Place.DELETED, Place.HIDDEN} else target

    def _run(self, run: ET.Element, place: Place | None, line: Line) -> None:
        properties = run.find("rPr")
        if place is not Place.DELETED:
            if self._is_hidden(properties, was=place is Place.HIDDEN):
                place = Place.HIDDEN
            else:
                place = None if place is Place.HIDDEN else place
                place = Place.FAINT if place is None and is_faint(properties) else place
        self._signs(run, place, line)

    def _is_hidden(self, properties: ET.Element | None, *, was: bool) -> bool:
        if properties is None:
            return was
        if properties.find("vanish") is not None:
            return is_on(properties, "vanish")
        return was or self.styles.hides(value(properties, "rStyle"))

    def _signs(self, run: ET.Element, place: Place | None, line: Line) -> None:
        for child in run:
            if child.tag in {"t", "delText"}:
                line.put(child.text or "", Place.FIELD if any(self._codes) else place)
            elif child.tag in {"instrText", "delInstrText"}:
                line.put(child.text or "", Place.FIELD)
            elif child.tag in SIGNS:
                line.put(SIGNS[child.tag], None if place in SHOWN else place)
            else:
                self._set_in(child, place, line)

    def _set_in(self, child: ET.Element, place: Place | None, line: Line) -> None:
        """What a run holds besides letters."""
        if child.tag == "br":
            self._break(child, place, line)
        elif child.tag == "sym":
            line.put(_symbol(child), place)
        elif child.tag == "fldChar":
            self._field(child)
        elif child.tag in DRAWN:
            self._drawing(child)
        elif child.tag == "AlternateContent":
            self._signs(self._choice(child), place, line)
        elif child.tag == "ruby":
            self._ruby(child, place, line)

    @staticmethod
    def _break(element: ET.Element, place: Place | None, line: Line) -> None:
        if element.get("type") == "page":
            line.turn_page()
        else:
            line.put("\n", None if place in SHOWN else place)

    def _ruby(self, element: ET.Element, place: Place | None, line: Line) -> None:
        for base in element.findall("rubyBase"):
            self._inline(base, place, line)
        for above in element.findall("rt"):
            self._inline(above, Place.OTHER, line)

    def _field(self, element: ET.Element) -> None:
        """Between ``begin`` and ``separate`` stands the code, behind it what is shown."""
        kind = element.get("fldCharType")
        if kind == "begin":
            self._codes.append(True)
        elif kind == "separate" and self._codes:
            self._codes[-1] = False
        elif kind == "end" and self._codes:
            self._codes.pop()
        for one in element.iter():  # a form field of the old kind brings its help and default
            if one.tag in {"helpText", "statusText", "default", "listEntry"}:
                self.note(Place.FIELD, one.get("val", ""))

    # --- around the words -------------------------------------------------------------------------

    def _described(self, element: ET.Element) -> None:
        """Texts in the attributes of what wraps or marks words."""
        if element.tag == "fldSimple":
            self.note(Place.FIELD, element.get("instr", ""))
        elif element.tag == "hyperlink":
            self.note(Place.LINK, element.get("tooltip", ""))
        elif element.tag == "bookmarkStart":
            self._named(Place.BOOKMARK, element.get("name", ""))
        elif element.tag == "sdtPr":
            for name in ("alias", "tag"):
                self.note(Place.PROPERTY, value(element, name))
            for entry in element.iter("listItem"):
                self.note(Place.FIELD, entry.get("displayText", ""))

    def _named(self, place: Place, name: str) -> None:
        if not NAMED_BY_WORD.fullmatch(name):
            self.note(place, name)

    def _choice(self, element: ET.Element) -> ET.Element:
        """The first alternative; of the others only what it does not say itself."""
        alternatives = [*element.findall("Choice"), *element.findall("Fallback")]
        if not alternatives:
            return ET.Element("Choice")
        said = _all_text(alternatives[0])
        for other in alternatives[1:]:
            if (text := _all_text(other)) and text not in said:
                self.note(Place.OTHER, text)
        return alternatives[0]

    def _drawing(self, element: ET.Element) -> None:
        for name in ("descr", "title", "alt"):
            self.note(Place.ALT_TEXT, element.get(name, ""))
        self._named(Place.ALT_TEXT, element.get("name", ""))
        if element.tag == "textpath":  # letters bent to a shape: watermarks above all
            self.note(Place.TEXTBOX, element.get("string", ""))
        for child in element:
            if child.tag == "txbxContent":
                inside = Body(self.where, self.styles)
                text = "\n".join(lines_of(inside.blocks(child)))
                self.note(Place.TEXTBOX, text)
                self.parts += inside.parts
            elif child.tag == "AlternateContent":
                self._drawing(self._choice(child))
            elif child.tag == "t":
                self.note(Place.OTHER, child.text or "")
            else:
                self._drawing(child)

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, element: ET.Element) -> Table:
        properties = element.find("tblPr")
        for name in ("tblCaption", "tblDescription"):
            self.note(Place.ALT_TEXT, value(properties, name))
        grid = Grid()
        for row, place in _wrapped(element, "tr", None):
            settings = row.find("trPr")
            unseen = _unseen(settings, place)
            if unseen is not None:
                self._unread(row, unseen)
                continue
            grid.row(is_head=is_on(settings, "tblHeader"))
            grid.skip(value(settings, "gridBefore"))
            for cell, _ in _wrapped(row, "tc", None):
                blocks = tuple(self.blocks(cell))
                shown = grid.cell(cell.find("tcPr"), blocks)
                if not shown:  # a place covered from above shows nothing of its own
                    self.note(Place.HIDDEN, "\n".join(lines_of(blocks)))
        return grid.table()

    def _unread(self, row: ET.Element, place: Place) -> None:
        """Set down a deleted or hidden row as one text."""
        inside = Body(self.where, self.styles)
        lines = (
            lines_of(inside.blocks(row))
            if row.find("tc") is None
            else (line for cell in row.iter("tc") for line in lines_of(inside.blocks(cell)))
        )
        self.note(place, "\n".join(lines))
        self.parts += inside.parts


def _unseen(settings: ET.Element | None, place: Place | None) -> Place | None:
    if place is Place.DELETED or (settings is not None and settings.find("del") is not None):
        return Place.DELETED
    return Place.HIDDEN if is_on(settings, "hidden") else None


def _wrapped(
    element: ET.Element, tag: str, place: Place | None
) -> Iterator[tuple[ET.Element, Place | None]]:
    """The rows of a table or the cells of a row, through content controls and tracked changes."""
    for child in element:
        if child.tag == tag:
            yield child, place
        elif child.tag not in SILENT and child.tag not in {"p", "tbl", "tr", "tc"}:
            yield from _wrapped(child, tag, MOVED.get(child.tag, place))


def _all_text(element: ET.Element) -> str:
    return "".join(one.text or "" for one in element.iter() if one.tag in {"t", "delText"})


def _symbol(element: ET.Element) -> str:
    """A sign of a symbol font; those have no meaning outside their font."""
    code = element.get("char", "")
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
    return "" if number < 0x20 or 0xD800 <= number <= 0xF8FF else chr(number)
