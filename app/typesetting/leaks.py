"""Is a removed string still anywhere in a finished file, seen or unseen?

The file is read again by four readers that share no code path: the text as pypdf extracts it, the
text as the fonts' own tables decode it glyph by glyph, every string and name among the objects
(titles, bookmarks, link targets, metadata), and every decoded stream as bytes (attachments, XMP,
pictures' text). Colour, position and layer do not matter to any of them, so text under a black box
or in white is found too.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdf

from app.kernel.redaction import leaks

DEEPEST = 4  # files within files


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


def leakcheck(content: bytes, terms: Sequence[str], *, filename: str = "") -> list[Leak]:
    """Every place where one of ``terms`` is still found; an empty list lets the file go out.

    A file that cannot be read at all raises ``pikepdf.PdfError``: what cannot be checked is not
    published. Terms of one character are not searched (see ``redaction.leaks``).
    """
    extractions = [Extraction("file name", filename, filename), *_read(content, DEEPEST)]
    if not leaks([extraction.content for extraction in extractions], terms):
        return []  # one pass over everything is enough for a clean file, and some ten times faster
    found = (
        Leak(term, extraction.reader, extraction.where)
        for extraction in extractions
        for term in leaks(extraction.content, terms)
    )
    return list(dict.fromkeys(found))


def _read(content: bytes, deepest: int) -> Iterator[Extraction]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for reader in (_glyphs, _objects):
            yield from reader(pdf)
        for where, decoded in _streams(pdf):
            yield Extraction("decoded stream", where, decoded)
            yield from _inside(decoded, where, deepest)
    yield Extraction("raw bytes", "file", content)
    yield from _pypdf(content)


def _inside(decoded: bytes, where: str, deepest: int) -> Iterator[Extraction]:
    """What an attached file holds when it is itself a PDF or a ZIP (an office document)."""
    if deepest == 0:
        return
    if decoded.startswith(b"%PDF-"):
        for found in _read(decoded, deepest - 1):
            yield Extraction(found.reader, f"{where} > {found.where}", found.content)
    if decoded.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(decoded)) as archive:
            for name in archive.namelist():
                yield Extraction("attached archive", f"{where} > {name}", name)
                member = archive.read(name)
                yield Extraction("attached archive", f"{where} > {name}", member)
                yield Extraction("attached archive", f"{where} > {name}", _without_tags(member))
                yield from _inside(member, f"{where} > {name}", deepest - 1)


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


def _glyphs(pdf: pikepdf.Pdf) -> Iterator[Extraction]:
    """Text page by page in the order it is drawn, decoded with each font's ToUnicode table."""
    for number, page in enumerate(pdf.pages, start=1):
        fonts = {
            str(name): _to_unicode(font)
            for name, font in (page.resources.get("/Font") or {}).items()
        }
        yield Extraction("glyphs", f"page {number}", _drawn(page, fonts))


def _drawn(page: pikepdf.Page, fonts: dict[str, Callable[[bytes], str]]) -> str:
    text: list[str] = []
    decode: Callable[[bytes], str] = _latin
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator == "Tf":
            decode = fonts.get(str(operands[0]), _latin)
        elif operator in {"Tj", "'", '"'}:
            text.append(decode(bytes(operands[-1])))
        elif operator == "TJ":
            strings = (part for part in operands[0] if isinstance(part, pikepdf.String))
            text.append("".join(decode(bytes(part)) for part in strings))
    return "".join(text)


def _latin(codes: bytes) -> str:
    return codes.decode("latin-1")


CODE_WIDTH = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]+)>")
TRIPLE = re.compile(
    rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]+)>|\[([0-9A-Fa-f<>\s]*)\])"
)


def _to_unicode(font: pikepdf.Object) -> Callable[[bytes], str]:
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
