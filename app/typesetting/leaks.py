"""Is a removed string still anywhere in a finished file, seen or unseen?

The file is read again by readers that share no code path: the text as pypdf extracts it, the
text as the fonts' own tables decode it glyph by glyph (as drawn, and by its place on the paper),
every string and name among the objects (titles, bookmarks, link targets, metadata), and every
decoded stream as bytes (attachments, XMP, pictures' text); what an update has replaced is read as
it was before. Colour, position and layer do not matter to any of them, so text under a black box or
in white is found too. Pages, feeds and other plain files are read as they stand, without their
tags, and with every escape undone.
"""

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pikepdf
import pypdf
import pypdf.errors

from app.kernel import logged_file
from app.kernel.redaction import leaks
from app.typesetting.leaks_drawn import drawings

DEEPEST = 4  # files within files
MOST_UNPACKED = 200 * 1024 * 1024
MOST_UPDATES = 100
END_MARK = re.compile(rb"%%EOF\r?\n?")
MARKED = re.compile(r"[<%&\\]")


class Unusable(Exception):
    """A file that cannot be read to its end; what cannot be checked does not go out."""


@dataclass(frozen=True, slots=True)
class Leak:
    """One removed string found again; ``where`` is a page or an object, never a quotation."""

    term: str
    reader: str
    where: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one reader saw in one place."""

    reader: str
    where: str
    content: str | bytes


class Reread:
    """A file read again to its last corner; any number of removed strings may be asked of it.

    A file that cannot be read at all raises ``pikepdf.PdfError``: what cannot be checked is not
    published.
    """

    def __init__(self, content: bytes, *, filename: str = "") -> None:
        """Read; a page of text takes some 30 ms."""
        self._content = content
        named = Extraction("file name", filename, filename)
        self._filename, self._seen = filename, [named, *_read(content, DEEPEST)]

    def leaks(self, terms: Sequence[str]) -> list[Leak]:
        """Every place where one of ``terms`` is still found; an empty list lets the file go out.

        Terms of one character are not searched (see ``redaction.leaks``).
        """
        return _search(self._seen, terms)

    def leaks_once_filled(self, final: bytes, terms: Sequence[str]) -> list[Leak]:
        """The same for the bytes that go out, with the file's log entry and signature written in.

        Only these are read, which takes no time that a write transaction would feel; a file that
        differs in anything else is read again as a whole.
        """
        added = logged_file.written(self._content, final)
        if added is None:
            return Reread(final, filename=self._filename).leaks(terms)
        return _search([*_plain(added)], terms)


def leakcheck(content: bytes, terms: Sequence[str], *, filename: str = "") -> list[Leak]:
    """Every place where one of ``terms`` is found in a file, read for this one question."""
    return Reread(content, filename=filename).leaks(terms)


def leakcheck_file(content: bytes, terms: Sequence[str], *, filename: str = "") -> list[Leak]:
    """The same for a file of any kind, from anybody: PDF, page, feed, JSON, text, archive.

    ``Unusable`` for an empty file, a broken or locked one, and one that unpacks without end.
    """
    if not content:
        raise Unusable("empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unusable("an old or locked office file")
    try:
        if b"%PDF-" in content[:1024]:
            return leakcheck(content, terms, filename=filename)
        if filename.lower().endswith(".pdf"):
            raise Unusable("not a PDF")
        found = [Extraction("file name", filename, filename), *_plain(content)]
        return _search([*found, *_inside(content, "file", DEEPEST)], terms)
    except pikepdf.PasswordError as fault:
        raise Unusable("locked with a password") from fault
    except (
        pikepdf.PdfError, pypdf.errors.PyPdfError, zipfile.BadZipFile,
        zlib.error, EOFError, OSError, RuntimeError, RecursionError, ValueError,
    ) as fault:  # fmt: skip
        raise Unusable(str(fault) or type(fault).__name__) from fault


def _plain(content: bytes) -> Iterator[Extraction]:
    """A page, a feed, an entry of an index: as it stands, as it is read, with escapes undone."""
    text = content.decode("utf-8", "replace")
    yield Extraction("raw bytes", "file", content)
    yield Extraction("text", "file", text)
    yield Extraction("text", "without tags", html.unescape(_without_tags(content)))
    yield Extraction("text", "escapes undone", unquote(html.unescape(text)))


def _search(extractions: Sequence[Extraction], terms: Sequence[str]) -> list[Leak]:
    if not leaks([extraction.content for extraction in extractions], terms):
        return []  # one pass over everything is enough for a clean file, and some ten times faster
    found = (
        Leak(term, extraction.reader, extraction.where)
        for extraction in extractions
        for term in leaks(extraction.content, terms)
    )
    return list(dict.fromkeys(found))


def _read(content: bytes, deepest: int) -> Iterator[Extraction]:
    yield from _revision(content, deepest)
    yield from _earlier(content, deepest)


def _revision(content: bytes, deepest: int) -> Iterator[Extraction]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        yield from _drawn(pdf)
        yield from _objects(pdf)
        for where, decoded in _streams(pdf):
            yield Extraction("decoded stream", where, decoded)
            yield from _inside(decoded, where, deepest)
    yield Extraction("raw bytes", "file", content)
    yield from _pypdf(content)


def _earlier(content: bytes, deepest: int) -> Iterator[Extraction]:
    """What the file held before its updates: each begins behind the end mark of the one before."""
    ends = [mark.end() for mark in END_MARK.finditer(content)][:-1]
    if len(ends) > MOST_UPDATES:
        raise Unusable(f"more than {MOST_UPDATES} updates")
    for number, end in enumerate(ends, start=1):
        try:
            found = list(_revision(content[:end], deepest))
        except (pikepdf.PdfError, pypdf.errors.PyPdfError):
            continue  # the end mark of a file made for the web stands at its beginning
        for one in found:
            yield Extraction(one.reader, f"before update {number} > {one.where}", one.content)


def _inside(decoded: bytes, where: str, deepest: int) -> Iterator[Extraction]:
    """What an attached file holds when it is itself a PDF or a ZIP (an office document)."""
    if deepest == 0:
        return
    if decoded.startswith(b"%PDF-"):
        for found in _read(decoded, deepest - 1):
            yield Extraction(found.reader, f"{where} > {found.where}", found.content)
    if decoded.startswith(b"\x1f\x8b"):
        yield from _unpacked(decoded, where, deepest)
    if decoded.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(decoded)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise Unusable(f"{where} unpacks to more than {MOST_UNPACKED} bytes")
            for name in archive.namelist():
                yield Extraction("attached archive", f"{where} > {name}", name)
                member = archive.read(name)
                yield Extraction("attached archive", f"{where} > {name}", member)
                yield Extraction("attached archive", f"{where} > {name}", _without_tags(member))
                yield from _inside(member, f"{where} > {name}", deepest - 1)


def _unpacked(packed: bytes, where: str, deepest: int) -> Iterator[Extraction]:
    """What a gzip file holds."""
    with gzip.open(io.BytesIO(packed)) as file:
        member = file.read(MOST_UNPACKED + 1)
    if len(member) > MOST_UNPACKED:
        raise Unusable(f"{where} unpacks to more than {MOST_UNPACKED} bytes")
    yield Extraction("attached archive", where, member)
    yield from _inside(member, f"{where} > unpacked", deepest - 1)


def _without_tags(content: bytes) -> str:
    """Text of a marked-up file in one piece, since an office program cuts words into runs."""
    return re.sub(r"<[^>]*>", "", content.decode("utf-8", "replace"))


def _pypdf(content: bytes) -> Iterator[Extraction]:
    reader = pypdf.PdfReader(io.BytesIO(content))
    pages = [page.extract_text() for page in reader.pages]
    for number, text in enumerate(pages, start=1):
        yield Extraction("pypdf", f"page {number}", text)
    # A name may be divided between two pages.
    yield Extraction("pypdf", "all pages", "".join(_unnumbered(text) for text in pages))
    if reader.metadata:
        yield Extraction("pypdf", "metadata", "\n".join(map(str, reader.metadata.values())))


def _unnumbered(text: str) -> str:
    """A page's text without the line that is nothing but its number."""
    return "\n".join(line for line in text.splitlines() if not re.fullmatch(r"\W*\d+\W*", line))


def _objects(pdf: pikepdf.Pdf) -> Iterator[Extraction]:
    """Every string and name in the file, each object on its own and all in one row."""
    for number, item in enumerate(pdf.objects, start=1):
        strings = list(_strings(item))
        for text in strings:
            yield Extraction("objects", f"object {number}", text)
            if MARKED.search(text):  # rich text, addresses, script: bytes are searched for escapes
                yield Extraction("objects", f"object {number}", _without_tags(text.encode()))
                yield Extraction("objects", f"object {number}", text.encode())
        if len(strings) > 1:
            yield Extraction("objects", f"object {number}", "".join(strings))
    trailer = list(_strings(pdf.trailer))
    yield Extraction("objects", "trailer", "\n".join(trailer))


def _strings(item: object, depth: int = 0) -> Iterator[str]:
    if isinstance(item, pikepdf.String | pikepdf.Name):
        yield str(item)
    elif isinstance(item, pikepdf.Array):
        for part in item.as_list():
            yield from _direct(part, depth)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for name, part in item.items():
            yield str(name)
            yield from _direct(part, depth)


def _direct(part: object, depth: int) -> Iterator[str]:
    """Only what is written inside the object; what it refers to is visited as an object itself."""
    if depth < 50 and not (isinstance(part, pikepdf.Object) and part.is_indirect):
        yield from _strings(part, depth + 1)


def _streams(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    for number, item in enumerate(pdf.objects, start=1):
        if isinstance(item, pikepdf.Stream):
            try:
                yield f"object {number}", item.read_bytes()
            except pikepdf.PdfError:  # a filter of pictures: compressed as it stands in the file
                yield f"object {number}", item.read_raw_bytes()


def _drawn(pdf: pikepdf.Pdf) -> Iterator[Extraction]:
    for drawing in drawings(pdf):
        yield Extraction("glyphs", drawing.where, drawing.as_drawn)
        yield Extraction("glyphs by place", drawing.where, drawing.by_place)
        yield Extraction("glyphs by code", drawing.where, drawing.by_code)
