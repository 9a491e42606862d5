"""Which words does a PDF draw, whatever hides them from the eye?

Every stream that can draw is read: pages, and the forms that pages, layers, stamps and patterns
call. Text is decoded glyph by glyph with the fonts' own tables, once in the order in which it is
drawn and once by its place on the paper, since a program may draw a line in any order.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Decode = Callable[[bytes], str]
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
LINE_HEIGHT = 4.0  # points; two strings nearer than this stand on one line


@dataclass(frozen=True, slots=True)
class Drawing:
    """The words of one stream."""

    where: str
    as_drawn: str
    by_place: str
    #: What simple fonts print, whatever their own tables say it reads as.
    by_code: str


def drawings(pdf: pikepdf.Pdf) -> Iterator[Drawing]:
    """The words of every page, then of every form and pattern in the file."""
    known: dict[tuple[int, int], Decode] = {}
    for number, page in enumerate(pdf.pages, start=1):
        yield _read(page, page.resources, f"page {number}", known)
    everywhere = _every_font(pdf)
    for number, item in enumerate(pdf.objects, start=1):
        if isinstance(item, pikepdf.Stream) and _draws(item):
            # A form without resources of its own takes its caller's; we take all there are.
            yield _read(item, item.get("/Resources", everywhere), f"form {number}", known)


def _draws(item: pikepdf.Stream) -> bool:
    return item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1


def _every_font(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    fonts = pikepdf.Dictionary()
    for page in pdf.pages:
        for name, font in (page.resources.get("/Font") or {}).items():
            fonts[name] = font
    return pikepdf.Dictionary(Font=fonts)


def _read(
    source: pikepdf.Page | pikepdf.Stream,
    resources: Any,
    where: str,
    known: dict[tuple[int, int], Decode],
) -> Drawing:
    given = dict((resources.get("/Font") or {}).items())
    fonts = {str(name): _decoder(font, known) for name, font in given.items()}
    simple = {str(name) for name, font in given.items() if font.get("/Subtype") != "/Type0"}
    pen = _Pen(fonts, frozenset(simple))
    for instruction in pikepdf.parse_content_stream(source):
        pen.follow(str(instruction.operator), list(instruction.operands))
    return Drawing(where, pen.as_drawn(), pen.by_place(), "".join(pen.coded))


def _decoder(font: pikepdf.Object, known: dict[tuple[int, int], Decode]) -> Decode:
    """A font's table, read once a file."""
    if not font.is_indirect:
        return to_unicode(font)
    key = font.objgen
    if key not in known:
        known[key] = to_unicode(font)
    return known[key]


def _latin(codes: bytes) -> str:
    return codes.decode("latin-1")


@dataclass
class _Pen:
    """Follows a content stream; knows where each string begins (ISO 32000-1 §9.4)."""

    fonts: Mapping[str, Decode]
    simple: frozenset[str] = frozenset()
    coded: list[str] = field(default_factory=list)
    shown: list[tuple[float, float, str]] = field(default_factory=list)
    _decode: Decode = _latin
    _is_simple: bool = False
    _page: Matrix = UNMOVED
    _kept: list[Matrix] = field(default_factory=list)
    _line: Matrix = UNMOVED
    _leading: float = 0.0

    def follow(self, operator: str, operands: Sequence[object]) -> None:
        """Take one instruction; those that neither move nor show text do nothing."""
        act = _ACTS.get(operator)
        if act is not None:
            act(self, operands)

    def as_drawn(self) -> str:
        return "".join(text for _, _, text in self.shown)

    def by_place(self) -> str:
        lines = sorted(self.shown, key=lambda one: (-round(one[1] / LINE_HEIGHT), one[0]))
        return "".join(text for _, _, text in lines)

    def show(self, operands: Sequence[object]) -> None:
        self._put([bytes(operands[-1])])  # type: ignore[call-overload]

    def show_row(self, operands: Sequence[object]) -> None:
        strings = (part for part in operands[0] if isinstance(part, pikepdf.String))  # type: ignore[attr-defined]
        self._put([bytes(part) for part in strings])

    def _put(self, codes: Sequence[bytes]) -> None:
        if self._is_simple:
            self.coded.extend(map(_latin, codes))
        text = "".join(map(self._decode, codes))
        placed = _times(self._line, self._page)
        self.shown.append((placed[4], placed[5], text))

    def next_and_show(self, operands: Sequence[object]) -> None:
        self.next_line(())
        self.show(operands)

    def choose_font(self, operands: Sequence[object]) -> None:
        self._decode = self.fonts.get(str(operands[0]), _latin)
        self._is_simple = str(operands[0]) in self.simple

    def begin(self, _operands: Sequence[object]) -> None:
        self._line = UNMOVED

    def place(self, operands: Sequence[object]) -> None:
        self._line = _matrix(operands)

    def move(self, operands: Sequence[object]) -> None:
        across, up = _numbers(operands)
        self._line = _times((1.0, 0.0, 0.0, 1.0, across, up), self._line)

    def move_and_lead(self, operands: Sequence[object]) -> None:
        self._leading = -_numbers(operands)[1]
        self.move(operands)

    def lead(self, operands: Sequence[object]) -> None:
        (self._leading,) = _numbers(operands)

    def next_line(self, _operands: Sequence[object]) -> None:
        self.move((0.0, -self._leading))

    def keep(self, _operands: Sequence[object]) -> None:
        self._kept.append(self._page)

    def restore(self, _operands: Sequence[object]) -> None:
        self._page = self._kept.pop() if self._kept else self._page

    def transform(self, operands: Sequence[object]) -> None:
        self._page = _times(_matrix(operands), self._page)


_ACTS: dict[str, Callable[[_Pen, Sequence[object]], None]] = {
    "BT": _Pen.begin, "Tf": _Pen.choose_font, "Tm": _Pen.place, "Td": _Pen.move,
    "TD": _Pen.move_and_lead, "TL": _Pen.lead, "T*": _Pen.next_line, "Tj": _Pen.show,
    "TJ": _Pen.show_row, "'": _Pen.next_and_show, '"': _Pen.next_and_show, "q": _Pen.keep,
    "Q": _Pen.restore, "cm": _Pen.transform,
}  # fmt: skip


def _numbers(operands: Sequence[object]) -> tuple[float, ...]:
    return tuple(float(one) for one in operands)  # type: ignore[arg-type]


def _matrix(operands: Sequence[object]) -> Matrix:
    a, b, c, d, e, f = _numbers(operands)
    return (a, b, c, d, e, f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k,
        e * h + f * j + m,
    )  # fmt: skip


# --- fonts ---------------------------------------------------------------------------------------


CODE_WIDTH = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>")
TRIPLE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([0-9A-Fa-f<>\s]*)\])"
)


def to_unicode(font: pikepdf.Object) -> Decode:
    """How the codes of ``font`` read, by its ToUnicode table; as Latin where it has none."""
    table = font.get("/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        return _latin
    content = table.read_bytes()
    space = CODE_WIDTH.search(content)
    width = len(space[1]) // 2 if space else 1
    characters: dict[int, str] = {}
    for kind, section in SECTION.findall(content):
        characters.update(_pairs(section) if kind == b"bfchar" else _ranges(section))

    def decode(codes: bytes) -> str:
        units = (codes[at : at + width] for at in range(0, len(codes), width))
        return "".join(characters.get(int.from_bytes(unit), "") for unit in units)

    return decode


def _pairs(section: bytes) -> Iterator[tuple[int, str]]:
    for code, text in PAIR.findall(section):
        yield int(code, 16), _utf16(text)


def _ranges(section: bytes) -> Iterator[tuple[int, str]]:
    for first, last, text, array in TRIPLE.findall(section):
        codes = range(int(first, 16), int(last, 16) + 1)
        if text:
            start = _utf16(text)
            yield from (
                (code, start[:-1] + chr(ord(start[-1]) + at)) for at, code in enumerate(codes)
            )
        else:
            yield from zip(
                codes, map(_utf16, re.findall(rb"<([0-9A-Fa-f\s]+)>", array)), strict=False
            )


def _utf16(hexadecimal: bytes) -> str:
    return bytes.fromhex(hexadecimal.decode()).decode("utf-16-be", "replace")
