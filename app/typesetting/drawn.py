"""How does a finished file look, page by page, as drawings that any browser shows in a page?

Only for files that were typeset here: they draw outlines, rules and text with embedded typefaces,
and nothing else is understood.  Glyphs are drawn once and used by number; there is no style,
no script and no address in a drawing, so the strictest content policy lets it stand.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from markupsafe import Markup

from app.typesetting.leaks_drawn import UNMOVED, Matrix

THOUSAND = 1000
PAPER, EDGE = "#ffffff", "#8a94a6"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One page: its size in points, and the inside of an SVG element of that size."""

    width: float
    height: float
    inside: Markup


@dataclass(slots=True)
class _Face:
    """A typeface of the file: its outlines and how far each character moves on."""

    name: str
    font: TTFont
    widths: dict[int, float]
    usual: float
    outlines: Any = None
    used: dict[int, str] = field(default_factory=dict)

    def glyph(self, number: int) -> str:
        """Return under which name an outline is kept, in thousandths of the type size."""
        if number not in self.used:
            self.outlines = self.outlines or self.font.getGlyphSet()
            scale = THOUSAND / self.font["head"].unitsPerEm
            pen = SVGPathPen(self.outlines, ntos=lambda value: str(round(value)))
            self.outlines[self.font.getGlyphName(number)].draw(
                TransformPen(pen, (scale, 0, 0, scale, 0, 0))
            )
            self.used[number] = pen.getCommands()
        return f"{self.name}-{number}"


@dataclass(frozen=True, slots=True)
class _State:
    """What ``q`` keeps and ``Q`` brings back."""

    matrix: Matrix
    fill: str = "#000000"
    stroke: str = "#000000"
    width: float = 1.0


def drawings(content: bytes, most: int) -> list[Drawing]:
    """Draw the first pages of a file; the outlines all of them use stand in the first."""
    faces: dict[tuple[int, int], _Face] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        drawn = [_Page(page, faces).drawing() for page in pdf.pages[:most]]
    outlines = "".join(
        f'<path id="{face.name}-{number}" d="{path}"/>'
        for face in faces.values()
        for number, path in face.used.items()
    )
    first, *others = drawn
    defined = Markup(f"<defs>{outlines}</defs>")  # noqa: S704 - written here, of numbers
    return [replace(first, inside=defined + first.inside), *others]


class _Page:
    """Reads the operators of one page and writes what they draw."""

    def __init__(self, page: pikepdf.Page, faces: dict[tuple[int, int], _Face]) -> None:
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        self.page, self.faces = page, faces
        self.width, self.height = right - left, top - bottom
        self.state = _State((1, 0, 0, -1, -left, top))  # paper counts upwards, screens down
        self.kept: list[_State] = []
        self.path: list[str] = []
        self.text: Matrix = UNMOVED
        self.face: _Face | None = None
        self.size = 1.0
        self.along = 0.0
        paper = f'<rect width="{self.width:.2f}" height="{self.height:.2f}"'
        self.out = [f'{paper} fill="{PAPER}" stroke="{EDGE}"/>']
        self.acts: dict[str, Callable[[Sequence[Any]], None]] = {
            "q": lambda _: self.kept.append(self.state),
            "Q": self._restore,
            "cm": self._move,
            "rg": lambda rgb: self._set(fill=_colour(rgb)),
            "RG": lambda rgb: self._set(stroke=_colour(rgb)),
            "w": lambda width: self._set(width=float(width[0])),
            "m": lambda point: self._trace("M", point),
            "l": lambda point: self._trace("L", point),
            "c": lambda points: self._trace("C", points),
            "h": lambda _: self._trace("Z", ()),
            "re": self._box,
            "n": lambda _: self.path.clear(),
            "S": lambda _: self._paint("none", self.state.stroke),
            "f": lambda _: self._paint(self.state.fill, "none"),
            "f*": lambda _: self._paint(self.state.fill, "none"),
            "B": lambda _: self._paint(self.state.fill, self.state.stroke),
            "Tf": self._choose,
            "Tm": self._place,
            "Tj": lambda words: self._write([words[0]]),
            "TJ": lambda words: self._write(words[0]),
        }

    def drawing(self) -> Drawing:
        """Follow every operator that draws, or moves what is drawn."""
        for step in pikepdf.parse_content_stream(self.page):
            act = self.acts.get(str(step.operator))
            if act is not None:
                act(list(step.operands))
        inside = Markup("".join(self.out))  # noqa: S704 - written here, of numbers
        return Drawing(self.width, self.height, inside)

    def _set(self, **changed: Any) -> None:
        self.state = replace(self.state, **changed)

    def _restore(self, _: Sequence[Any]) -> None:
        self.state = self.kept.pop()

    def _move(self, by: Sequence[Any]) -> None:
        self._set(matrix=_product(_matrix(by), self.state.matrix))

    def _trace(self, letter: str, numbers: Sequence[Any]) -> None:
        self.path.append(letter + " ".join(f"{float(number):.5g}" for number in numbers))

    def _box(self, edges: Sequence[Any]) -> None:
        x, y, width, height = (float(edge) for edge in edges)
        self.path.append(f"M{x:.7g} {y:.7g}h{width:.7g}v{height:.7g}h{-width:.7g}Z")

    def _paint(self, fill: str, stroke: str) -> None:
        line = f' stroke-width="{self.state.width:.4g}"' if stroke != "none" else ""
        self.out.append(
            f'<path transform="{_told(self.state.matrix)}" fill="{fill}" stroke="{stroke}"{line}'
            f' fill-rule="evenodd" d="{"".join(self.path)}"/>'
        )
        self.path.clear()

    def _choose(self, asked: Sequence[Any]) -> None:
        font = self.page.resources["/Font"][asked[0]]
        if font.objgen not in self.faces:
            self.faces[font.objgen] = _face(f"face{len(self.faces)}", font)
        self.face, self.size = self.faces[font.objgen], float(asked[1])

    def _place(self, matrix: Sequence[Any]) -> None:
        self.text, self.along = _matrix(matrix), 0.0

    def _write(self, words: Sequence[Any]) -> None:
        """Set glyphs one behind the other; numbers between them bring the next one closer."""
        if self.face is None:
            return
        scale, at = self.size / THOUSAND, 0.0
        drawn = []
        for part in words:
            if isinstance(part, pikepdf.String):
                for number in _numbers(bytes(part)):
                    drawn.append(f'<use href="#{self.face.glyph(number)}" x="{at:.0f}"/>')
                    at += self.face.widths.get(number, self.face.usual)
            else:
                at -= float(part)
        start = _product((scale, 0, 0, scale, self.along, 0), self.text)
        self.along += at * scale
        place = _told(_product(start, self.state.matrix))
        self.out.append(f'<g transform="{place}" fill="{self.state.fill}">{"".join(drawn)}</g>')


def _face(name: str, font: Any) -> _Face:
    kept = font.DescendantFonts[0]
    about = kept.FontDescriptor
    # PostScript outlines (a bureau's .otf) lie in the third kind of font file.
    file = about.get("/FontFile2") or about.FontFile3
    return _Face(
        name,
        TTFont(io.BytesIO(file.read_bytes())),
        dict(_widths(kept.W)),
        float(kept.get("/DW", THOUSAND)),
    )


def _widths(array: Any) -> Iterator[tuple[int, float]]:
    """Read a table of widths: a number and a list, or two numbers and one (ISO 32000-1, 9.7)."""
    rest = list(array)
    while rest:
        first, second = int(rest.pop(0)), rest.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + at, float(width)) for at, width in enumerate(second))
        else:
            width = float(rest.pop(0))
            yield from ((number, width) for number in range(first, int(second) + 1))


def _numbers(text: bytes) -> Iterator[int]:
    return (int.from_bytes(text[at : at + 2]) for at in range(0, len(text), 2))


def _colour(rgb: Sequence[Any]) -> str:
    return "#" + "".join(f"{round(float(part) * 255):02x}" for part in rgb)


def _matrix(numbers: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in numbers)
    return a, b, c, d, e, f


def _product(one: Matrix, other: Matrix) -> Matrix:
    """Apply ``one``, then ``other``."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t,
        e * q + f * s + u,
    )  # fmt: skip


def _told(matrix: Matrix) -> str:
    return f"matrix({' '.join(f'{number:.6g}' for number in matrix)})"
