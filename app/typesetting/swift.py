"""Which small steps of WeasyPrint, taken thousands of times a document, are done with less work?

Functions of WeasyPrint 70.0 get one in front of them that knows the common case and asks the
original for every other. The same values come out: ``tests/typesetting/test_speed.py`` compares the
files made with and without them byte for byte. The version is pinned in pyproject.toml.
"""

from typing import Any

from weasyprint import css
from weasyprint.css.properties import Dimension
from weasyprint.layout import inline, percent, preferred
from weasyprint.pdf import fonts
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from app.typesetting.justify import is_ideographic

# These depend on each other or on all ancestors.
ENTANGLED = frozenset(("display", "float", "page", "position"))
LOGICAL = {
    (name, direction): logical(block="ttb", inline=direction)
    for name, logical in css.PHYSICAL_FUNCTIONS.items()
    for direction in ("ltr", "rtl")
}
FACE = (
    "direction", "lang", "font_language_override", "font_family", "font_size", "font_style",
    "font_stretch", "font_weight", "font_kerning", "font_variant_ligatures",
    "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
    "font_variation_settings", "text_decoration_line",
)  # fmt: skip
FEATURES = FACE[8:16]
# An ideograph may end a line, so a line and a half of them tell where the first one ends.
LINES_TRIED = 1.5
TAIL = 8  # characters behind the first line that are looked at

_originals = (
    (css.ComputedStyle, "__missing__", css.ComputedStyle.__missing__),
    (percent, "resolve_one_percentage", percent.resolve_one_percentage),
    (line_break.Layout, "setup", line_break.Layout.setup),
    (inline, "split_first_line", line_break.split_first_line),
    (preferred, "split_first_line", line_break.split_first_line),
    (fonts, "get_pango_font_hb_face", fonts.get_pango_font_hb_face),
    (fonts, "get_hb_object_data", fonts.get_hb_object_data),
)
_computed, _used, _prepared, _first_line, _, _face, _content = (
    original for _, _, original in _originals
)


def install() -> None:
    """Make WeasyPrint take the short ways."""
    ways = (computed, used, prepared, first_line, first_line, face, content)
    for (owner, name, _), way in zip(_originals, ways, strict=True):
        setattr(owner, name, way)


def uninstall() -> None:
    """Give WeasyPrint its own ways back, to compare."""
    for owner, name, original in _originals:
        setattr(owner, name, original)


def computed(style: Any, name: str) -> Any:
    """The value of a property that no rule sets: the parent's if inherited, else the initial."""
    parent = style.parent_style
    if (
        parent is None
        or name in style.cascaded
        or name in ENTANGLED
        or name.startswith("text_decoration_")
        or (name in css.PHYSICAL_FUNCTIONS and LOGICAL[name, style["direction"]] in style.cascaded)
    ):
        return _computed(style, name)
    if name in css.INHERITED or name.startswith("__"):
        value = parent[name]
    elif name in css.INITIAL_NOT_COMPUTED:
        return _computed(style, name)
    else:
        value = css.INITIAL_VALUES[name]
    style[name] = value
    return value


def used(box: Any, name: str, whole: float) -> None:
    """Set the used length ``name`` of ``box`` from its computed one; ``whole`` is 100 %."""
    value = box.style[name]
    if type(value) is Dimension and value.unit in ("px", "%"):
        length = whole * value.value / 100 if value.unit == "%" else value.value
        setattr(box, name, length)
    else:
        _used(box, name, whole)


def prepared(layout: Any, style: Any) -> None:
    """Give ``layout`` what Pango needs to know; the same for every text in the same face."""
    known = style.font_config.__dict__.setdefault("known_faces", {})
    key = tuple([style[name] for name in FACE])
    if key not in known:
        known[key] = _described(style)
    described = known[key]
    if described is None:
        _prepared(layout, style)
        return
    context, layout.language, description = described
    layout.style = style
    layout.first_line_direction = 0
    layout.ascent = layout.underline_position = layout.strikethrough_position = None
    layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, description)


def _described(style: Any) -> tuple[Any, Any, Any] | None:
    """Pango's context, language and font description; None where the original must do more."""
    special = (
        style["text_decoration_line"] != "none"
        or style["font_language_override"] != "normal"
        or not style["lang"]
        or font_features(*(style[name] for name in FEATURES))
    )
    if special:
        return None
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _kept = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    return context, language, get_font_description(style)


def first_line(
    text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any
) -> Any:
    """Split ``text`` from what is needed of it, where the original shapes four lines for one."""
    size = style["font_size"]
    if max_width and size * 4 < max_width < line_break.inf:
        short = text[: int(max_width / size * LINES_TRIED) + TAIL]
        if len(short) < len(text) and "\n" not in short and is_ideographic(short[-1]):
            made = _first_line(short, style, context, max_width, *rest, **named)
            resume = made[2]
            if resume is not None and _goes_on(short, resume):
                return made
    return _first_line(text, style, context, max_width, *rest, **named)


def _goes_on(short: str, resume: int) -> bool:
    """Whether enough follows the first line that nothing further could have changed it."""
    left = short.encode()[resume:].decode()
    return len(left) > TAIL and all(map(is_ideographic, left[:2]))


# Pango's faces by address. The references keep them, so that no address is given out again.
_faces: dict[int, tuple[Any, bytes]] = {}


def face(pango_font: Any) -> Any:
    """The face of a font, with its file remembered: several megabytes, asked for every time."""
    found = _face(pango_font)
    address = int(ffi.cast("uintptr_t", found))
    if address not in _faces:
        _faces[address] = (found, _content(found))
    return _faces[address][0]


def content(hb_object: Any, ot_color: str | None = None, glyph: int | None = None) -> Any:
    """The file of a face, or a picture in it."""
    known = _faces.get(int(ffi.cast("uintptr_t", hb_object))) if ot_color is None else None
    return known[1] if known else _content(hb_object, ot_color, glyph)
