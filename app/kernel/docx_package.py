"""What is inside an office document's archive, opened so that it cannot hurt us?

The archive comes from a stranger: it may unpack to gigabytes, declare entities that grow without
end, nest elements until the stack breaks, hold one name twice, be locked, or carry macros. All of
that is refused before a word is read. Names lose their namespaces, so that the transitional and
the strict form of ISO/IEC 29500 read alike.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from app.kernel.errors import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_UNPACKED = 120 * MEGABYTE
MOST_XML = 30 * MEGABYTE  # of one part
MOST_ENTRIES = 3_000
MOST_ELEMENTS = 600_000  # in all parts; a decision of 60 pages has some 40,000
DEEPEST = 120  # elements within elements
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, and a .docx locked with a password
RELATIONSHIPS = ".rels"


@dataclass(frozen=True, slots=True)
class Relationship:
    """What one part of the archive points at."""

    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True)
class Package:
    """The parsed parts of an archive by name, the names of all others, and what points where."""

    parts: Mapping[str, ET.Element]
    others: tuple[str, ...]
    relationships: Mapping[str, Mapping[str, Relationship]]

    def main(self) -> str:
        """The name of the part that is the document itself; refuses a file without one."""
        for one in self.relationships.get("", {}).values():
            if one.kind == "officeDocument" and one.target in self.parts:
                return one.target
        raise Refused("docx_broken")


def unpack(content: bytes) -> Package:
    """Open an office document. Refuses: docx_old, docx_too_big, docx_macros, docx_broken."""
    if content.startswith(OLD_OFFICE):
        raise Refused("docx_old")
    if len(content) > MOST_BYTES:
        raise Refused("docx_too_big", limit=MOST_BYTES // MEGABYTE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except (
        zipfile.BadZipFile, zlib.error, ET.ParseError, EOFError, OSError, RuntimeError, ValueError,
    ) as fault:  # fmt: skip
        # RuntimeError is what zipfile says of a locked member and of a packing it does not know.
        raise Refused("docx_broken") from fault


def _read(archive: zipfile.ZipFile) -> Package:
    _check(archive.infolist())
    budget = _Budget(MOST_ELEMENTS)
    parts: dict[str, ET.Element] = {}
    relationships: dict[str, Mapping[str, Relationship]] = {}
    others: list[str] = []
    for entry in archive.infolist():
        name = entry.filename.lstrip("/")
        if name.endswith(RELATIONSHIPS):
            owner = _owner(name)
            relationships[owner] = _relationships(_parsed(archive.read(entry), budget), owner)
        elif name.lower().endswith(".xml"):
            parts[name] = _parsed(archive.read(entry), budget)
        elif name and not name.endswith("/"):  # a damaged list may hold an empty name
            others.append(name)
    return Package(parts, tuple(others), relationships)


def _check(entries: list[zipfile.ZipInfo]) -> None:
    """Look at the archive's own list only; nothing is unpacked yet.

    ``zipfile`` never unpacks more of a member than the list declares, so a list that lies gives a
    wrong checksum and not a full disk.
    """
    names = [entry.filename.lstrip("/").lower() for entry in entries]
    if any(posixpath.basename(name).startswith("vbaproject") for name in names):
        raise Refused("docx_macros")
    if len(set(names)) < len(names):
        raise Refused("docx_broken")  # another reader might take the other one
    too_long = any(
        entry.file_size > MOST_XML for entry in entries if not _is_picture(entry.filename)
    )
    if (
        too_long
        or len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
    ):
        raise Refused("docx_too_big", limit=MOST_BYTES // MEGABYTE)


def _is_picture(name: str) -> bool:
    return not name.lower().endswith((".xml", RELATIONSHIPS))


def _owner(name: str) -> str:
    """The part whose relationships these are: ``word/_rels/document.xml.rels`` speaks of it."""
    folder, _, file = name.rpartition("_rels/")
    return folder + file.removesuffix(RELATIONSHIPS)


def _relationships(root: ET.Element, owner: str) -> dict[str, Relationship]:
    found: dict[str, Relationship] = {}
    for one in root.iter("Relationship"):
        target, is_external = one.get("Target", ""), one.get("TargetMode") == "External"
        if not is_external:
            joined = posixpath.join("/", posixpath.dirname(owner), target)
            target = posixpath.normpath(joined).lstrip("/")
        kind = one.get("Type", "").rpartition("/")[2]
        found[one.get("Id", "")] = Relationship(kind, target, is_external)
    return found


class _Budget:
    """How many elements may still come, over all parts of one archive."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Refused("docx_too_big", limit=MOST_BYTES // MEGABYTE)


class _Builder(ET.TreeBuilder):
    """Builds a tree without namespaces; gives up at a document type, at depth and at number."""

    def __init__(self, budget: _Budget) -> None:
        super().__init__()
        self._budget = budget
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ET.Element:
        self._budget.take()
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refused("docx_broken")
        bare = {name.rpartition("}")[2]: value for name, value in attrs.items()}
        return super().start(tag.rpartition("}")[2], bare)

    def end(self, tag: str, /) -> ET.Element:
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])

    def doctype(self, _name: str, _public: str | None, _system: str | None, /) -> None:
        """Office documents have none; entities that expand or fetch can only be declared here."""
        raise Refused("docx_broken")


def _parsed(content: bytes, budget: _Budget) -> ET.Element:
    parser = ET.XMLParser(target=_Builder(budget))  # noqa: S314 - the builder refuses declarations
    parser.feed(content)
    root = parser.close()
    if not isinstance(root, ET.Element):
        raise Refused("docx_broken")
    return root
