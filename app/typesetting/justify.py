"""How is a Chinese line stretched to both edges of the type area?

WeasyPrint 70.0 justifies by widening spaces, and Chinese has none. ``install`` replaces that one
step: the slack of a line is shared out between all its characters as letter spacing, so that the
advance of the last character ends exactly at the right edge (GB/T 9704-2012, 5.2.3: the lines fill
the type area). The version is pinned in pyproject.toml; tests measure the edges in finished files.
"""

import math
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

# A slack wider than this share of the type size comes from a long unbreakable token (an address of
# a page, a serial number); spreading it would tear the words apart, so such a line stays ragged.
WIDEST_GAP = 0.4

# Of each letter spacing, half stands before the character, and WeasyPrint takes Pango's 1024ths for
# thousandths there; see ``_writable``.
EXACT = 1.024 / 2
ROOM = 0.1  # thousandths of the type size

_by_spaces = inline.justify_line


def install() -> None:
    """Make WeasyPrint justify Chinese lines between characters."""
    inline.justify_line = justify_line


def justify_line(context: Any, line: Any, slack: float) -> None:
    """Spread ``slack`` CSS pixels over the gaps of ``line``; without ideographs over its spaces."""
    texts = _texts(line)
    joined = "".join(text.text for text in texts)
    if not any(is_ideographic(character) for character in joined):
        _by_spaces(context, line, slack)
        return
    # Letter spacing also follows the last character, where it must not show.
    trailing = _letter_spacing(texts[-1].style)
    gaps = len(joined) - 1
    if gaps < 1:
        return
    extra = (slack + trailing) / gaps
    if extra <= WIDEST_GAP * line.style["font_size"]:
        _stretch(context, line, extra, 0.0)


def _writable(spacing: float, font_size: float) -> float:
    """The letter spacing that ends up as ``spacing`` in the file, both in CSS pixels.

    WeasyPrint writes 0.512 of a letter spacing as it is and cuts the rest down to whole thousandths
    of the type size: over 28 characters up to a quarter of a millimetre. The written width is
    therefore a broken line over the asked one; this is its inverse, at most half a step off.
    """
    step = font_size / 1000
    wanted = abs(spacing) / step
    cut = int(wanted / (1 + EXACT / (1 - EXACT)))
    # Where the next whole step is reached, with a little room for Pango's own rounding.
    before, after = ((cut + 1) / (1 - EXACT) + room for room in (-ROOM, ROOM))
    asked = (wanted - cut) / EXACT
    if asked > before:
        nearer_before = wanted - (before * EXACT + cut) < after * EXACT + cut + 1 - wanted
        asked = before if nearer_before else after
    return math.copysign(asked * step, spacing)


def is_ideographic(character: str) -> bool:
    """Whether ``character`` is set on the full square: an ideograph or CJK punctuation."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\ufe30" <= character <= "\ufe4f"
        or "\uff00" <= character <= "\uffef"
        or character >= "\U00020000"
    )


def _texts(box: Any) -> list[Any]:
    if isinstance(box, boxes.TextBox):
        return [box] if box.text else []
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        return [text for child in box.children for text in _texts(child)]
    return []


def _letter_spacing(style: Any) -> float:
    spacing = style["letter_spacing"]
    return 0.0 if spacing == "normal" else float(spacing)


def _stretch(context: Any, box: Any, extra: float, shift: float) -> float:
    """Move ``box`` by ``shift``, widen each character by ``extra``, return the new shift."""
    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        style = box.style.copy()
        before = _letter_spacing(style)
        style["letter_spacing"] = _writable(before + extra, style["font_size"])
        box.style = style
        if box.pango_layout.text != box.text:  # else it is set again with the new style when drawn
            box.pango_layout = create_layout(box.text, style, context, None, 0)
            box.pango_layout.deactivate()
        widened = extra * len(box.text)
        box.width += widened
        return shift + widened
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        start = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = _stretch(context, child, extra, shift)
        box.width += shift - start
        return shift
    box.translate(shift, 0)
    return shift
