"""What does a finished PDF show? Text, lines, fonts and positions, measured in the file itself."""

import io
from dataclasses import dataclass

import page as validator
import pdfplumber

POINT = 25.4 / 72  # millimetres
# Characters of one line share a baseline; a fallback typeface may differ by less than this.
SAME_LINE = 2.0  # points


@dataclass(frozen=True)
class Line:
    """One line of characters; edges in millimetres from the left and the top of the paper."""

    text: str
    left: float
    right: float
    top: float
    fonts: frozenset[str]
    size: float

    @property
    def count(self):
        return len(self.text)


class Pdf:
    """A file opened for measuring."""

    def __init__(self, content):
        self.content = content
        with pdfplumber.open(io.BytesIO(content)) as opened:
            self._chars = [list(page.chars) for page in opened.pages]
            self._rects = [[*page.rects, *page.lines] for page in opened.pages]
            self.sizes = [(page.width * POINT, page.height * POINT) for page in opened.pages]

    @property
    def pages(self):
        return len(self._chars)

    def text(self, page=None):
        """The text of one page (from 1) or of all, in drawing order, without line ends."""
        chosen = self._chars if page is None else [self._chars[page - 1]]
        return "".join(char["text"] for chars in chosen for char in chars)

    @property
    def fonts(self):
        """Names of the embedded typefaces, without the tag of their subset."""
        return {char["fontname"].partition("+")[2] for chars in self._chars for char in chars}

    def lines(self, page):
        """The lines of a page (from 1), from top to bottom."""
        rows = []
        for char in sorted(self._chars[page - 1], key=lambda char: char["bottom"]):
            if rows and abs(rows[-1][-1]["bottom"] - char["bottom"]) < SAME_LINE:
                rows[-1].append(char)
            else:
                rows.append([char])
        return [_line(sorted(row, key=lambda char: char["x0"])) for row in rows]

    def line(self, page, containing):
        return next(line for line in self.lines(page) if containing in line.text)

    def rules(self, page):
        """Horizontal rules and bars: left, right, top, thickness in millimetres, and colour."""
        return [
            (
                shape["x0"] * POINT, shape["x1"] * POINT, shape["top"] * POINT,
                (shape["bottom"] - shape["top"]) * POINT, shape["non_stroking_color"],
            )
            for shape in self._rects[page - 1]
            if shape["x1"] - shape["x0"] > 50
        ]  # fmt: skip

    def faults(self):
        """What the checker of PDF/A-3a and PDF/UA-1 objects to; empty for a conforming file."""
        profiles = (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1)
        return [
            str(fault)
            for profile in profiles
            for fault in validator.validate_pdf_bytes(self.content, profile=profile).failures
        ]


def _line(chars):
    shown = [char for char in chars if char["text"].strip()] or chars
    return Line(
        text="".join(char["text"] for char in chars),
        left=shown[0]["x0"] * POINT,
        right=max(char["x1"] for char in shown) * POINT,
        top=min(char["top"] for char in shown) * POINT,
        fonts=frozenset(char["fontname"].partition("+")[2] for char in shown),
        size=max(char["size"] for char in shown),
    )
