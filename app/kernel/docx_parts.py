"""What is said in the parts of a Word document that are not its body?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from app.kernel.docx_body import Body
from app.kernel.docx_package import Package
from app.kernel.docx_styles import Styles
from app.kernel.docx_values import Part, Place, lines_of

STORIES = {"hdr": Place.HEADER, "ftr": Place.FOOTER, "glossaryDocument": Place.OTHER}
NOTES = {"footnotes": Place.FOOTNOTE, "endnotes": Place.ENDNOTE, "comments": Place.COMMENT}
#: Look and machinery; none of their texts is anybody's words.
MACHINERY = frozenset({
    "Types", "styles", "numbering", "fonts", "theme", "webSettings", "styleSheet", "datastoreItem",
})  # fmt: skip
AUTHORS = frozenset({"creator", "lastModifiedBy", "Manager"})
PROPERTIES = frozenset({
    "title", "subject", "keywords", "description", "category", "contentStatus", "Company",
    "HyperlinkBase",
})  # fmt: skip
FONT = ".odttf"


def parts_of(package: Package, main: str, styles: Styles) -> Iterator[Part]:
    """Every text outside the body, part by part, then link targets and files within the file."""
    for name, root in package.parts.items():
        if name != main and root.tag not in MACHINERY:
            yield from _texts(name, root, styles)
    for name, targets in package.relationships.items():
        for one in targets.values():
            if one.is_external:
                yield Part(Place.LINK, one.target, name)
    for name in package.others:
        if not name.endswith(FONT):
            yield Part(Place.EMBEDDED, name, name)


def _texts(name: str, root: ET.Element, styles: Styles) -> Iterator[Part]:
    if root.tag in STORIES:
        yield from _story(root, STORIES[root.tag], Body(name, styles))
    elif root.tag in NOTES:
        for note in root:
            if author := note.get("author", ""):
                yield Part(Place.AUTHOR, author, name)
            yield from _story(note, NOTES[root.tag], Body(name, styles))
    else:
        found = _READERS.get(root.tag, _anything)(root)
        yield from (Part(place, text, name) for place, text in found if text.strip())


def _story(root: ET.Element, place: Place, body: Body) -> Iterator[Part]:
    text = "\n".join(lines_of(body.blocks(root)))
    if text.strip():
        yield Part(place, text, body.where)
    yield from body.parts


Texts = Iterator[tuple[Place, str]]


def _core(root: ET.Element) -> Texts:
    """The properties of title page and author, and those of the program (``app.xml``)."""
    for one in root.iter():
        if one.tag in AUTHORS:
            yield Place.AUTHOR, one.text or ""
        elif one.tag in PROPERTIES:
            yield Place.PROPERTY, one.text or ""
        elif one.tag == "property":  # of a bureau's own kind
            yield Place.PROPERTY, f"{one.get('name', '')}: {''.join(one.itertext())}"


def _settings(root: ET.Element) -> Texts:
    for one in root.iter("docVar"):
        yield Place.PROPERTY, f"{one.get('name', '')}: {one.get('val', '')}"


def _people(root: ET.Element) -> Texts:
    for one in root.iter("person"):
        yield Place.AUTHOR, one.get("author", "")


def _anything(root: ET.Element) -> Texts:
    """Charts, diagrams, custom data, parts of a kind nobody has seen: all their words."""
    yield Place.OTHER, "\n".join(text.strip() for text in root.itertext() if text.strip())


_READERS: dict[str, Callable[[ET.Element], Texts]] = {
    "coreProperties": _core,
    "Properties": _core,
    "settings": _settings,
    "people": _people,
}
