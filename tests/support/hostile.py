"""Which files would somebody send to harm the house? Generated, never kept in the repository.

``PICTURES`` open as pictures and carry something hidden: the stored view must be free of it.
``REFUSED`` must be turned away with nothing left behind.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, TiffImagePlugin
from PIL.PngImagePlugin import PngInfo

#: What every hidden part carries; no view may hold it.
MARK = b"HIDDEN-SAMPLE-MARK"
SCRIPT = b"<html><script>alert('" + MARK + b"')</script></html>"
PHP = b"<?php /* " + MARK + b" */ system($_GET[0]); ?>"


@dataclass(frozen=True)
class Hostile:
    """A file and the name it is sent under."""

    title: str
    name: str
    content: bytes


def _drawn(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    gradient = Image.linear_gradient("L").resize(size)
    return gradient.convert(mode)


def saved(form: str, mode: str = "RGB", **options: object) -> bytes:
    """Return a small picture of a form."""
    out = io.BytesIO()
    _drawn(mode).save(out, form, **options)
    return out.getvalue()


def _exif(*, orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x0110] = "样例厂", MARK.decode()
    exif[0x9C9C] = MARK
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (TiffImagePlugin.IFDRational(29), TiffImagePlugin.IFDRational(30))
    return exif


def _segment(marker: int, payload: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(payload) + 2) + payload


def _jpeg_with(*segments: bytes) -> bytes:
    plain = saved("JPEG")
    return plain[:2] + b"".join(segments) + plain[2:]


def _chunk(kind: bytes, payload: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + payload))
    return struct.pack(">I", len(payload)) + kind + payload + check


def _png_with(*chunks: bytes) -> bytes:
    plain = saved("PNG")
    return plain[:33] + b"".join(chunks) + plain[33:]


def _thumbnail() -> bytes:
    inner = saved("JPEG", comment=MARK)
    return _segment(0xE1, b"Exif\0\0" + inner)


def _animated(form: str) -> bytes:
    first, second = _drawn(), _drawn().rotate(180)
    out = io.BytesIO()
    first.save(out, form, save_all=True, append_images=[second], duration=50)
    return out.getvalue()


def _text(kind: str) -> bytes:
    info = PngInfo()
    if kind == "iTXt":
        info.add_itxt("XML:com.adobe.xmp", MARK.decode())
    else:
        info.add_text("Comment", MARK.decode(), zip=kind == "zTXt")
    return saved("PNG", pnginfo=info)


def _mpo() -> bytes:
    out = io.BytesIO()
    first, second = _drawn(), _drawn().rotate(180)
    first.save(out, "MPO", save_all=True, append_images=[second])
    return out.getvalue()


def archive(*names: str, content: bytes = MARK) -> bytes:
    """Return a zip archive with entries of these names."""
    out = io.BytesIO()
    how = zipfile.ZIP_STORED if content == MARK else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", how) as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


def _pictures() -> dict[str, tuple[str, bytes]]:
    jpeg, png = saved("JPEG"), saved("PNG")
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x>" + MARK + b"</x>"
    return {
        "page after a photo": ("a.jpg", jpeg + SCRIPT),
        "page in a photo's comment": ("a.jpg", _jpeg_with(_segment(0xFE, SCRIPT))),
        "program in a photo's comment": ("a.jpeg", _jpeg_with(_segment(0xFE, PHP))),
        "program after a photo": ("a.jpg", jpeg + PHP),
        "archive after a photo": ("a.jpg", jpeg + archive("a.txt")),
        "archive after a drawing": ("a.png", png + archive("a.class")),
        "document after a photo": ("a.jpg", jpeg + b"%PDF-1.7 " + MARK),
        "place and device": ("a.jpg", saved("JPEG", exif=_exif())),
        "turned photo": ("a.jpg", saved("JPEG", exif=_exif(orientation=6))),
        "place and device, webp": ("a.webp", saved("WEBP", exif=_exif())),
        "place and device, png": ("a.png", saved("PNG", exif=_exif())),
        "embedded thumbnail": ("a.jpg", _jpeg_with(_thumbnail())),
        "huge exif": ("a.jpg", _jpeg_with(_segment(0xE1, (MARK * 3700)[:65_000]))),
        "xmp": ("a.jpg", _jpeg_with(_segment(0xE1, xmp))),
        "iptc": ("a.jpg", _jpeg_with(_segment(0xED, b"Photoshop 3.0\0" + MARK))),
        "foreign segment": ("a.jpg", _jpeg_with(_segment(0xEF, SCRIPT))),
        "broken colour profile": ("a.jpg", saved("JPEG", icc_profile=MARK * 9)),
        "broken colour profile, png": ("a.png", saved("PNG", icc_profile=MARK * 9)),
        "second picture": ("a.jpg", _mpo()),
        "text": ("a.png", _text("tEXt")),
        "packed text": ("a.png", _text("zTXt")),
        "xmp, png": ("a.png", _text("iTXt")),
        "private chunk": ("a.png", _png_with(_chunk(b"prVt", SCRIPT))),
        "page after a drawing": ("a.png", png + SCRIPT),
        "animated png": ("a.png", _animated("PNG")),
        "animated webp": ("a.webp", _animated("WEBP")),
        "print colours": ("a.jpg", saved("JPEG", "CMYK", comment=MARK)),
        "grey": ("a.jpg", saved("JPEG", "L", comment=MARK)),
        "palette": ("a.png", saved("PNG", "P") + MARK),
        "see-through": ("a.png", saved("PNG", "RGBA") + MARK),
        "sixteen bits": ("a.png", saved("PNG", "I;16") + MARK),
        "lossless": ("a.webp", saved("WEBP", lossless=True, xmp=MARK)),
        "capital extension": ("A.JPG", jpeg + MARK),
    }


def _bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    empty = _chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + empty + _chunk(b"IEND", b"")


def _wide_jpeg(width: int, height: int) -> bytes:
    plain = saved("JPEG")
    at = plain.index(b"\xff\xc0") + 5
    return plain[:at] + struct.pack(">HH", height, width) + plain[at + 4 :]


def _packed(kind: bytes, head: bytes) -> bytes:
    return _png_with(_chunk(kind, head + zlib.compress(b"\0" * 80_000_000, 9)))


def _foreign() -> dict[str, tuple[str, bytes]]:
    """Files of other kinds under names we welcome."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    entity = b'<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg>&x;</svg>'
    gif, tiff = saved("GIF"), saved("TIFF")
    contents = {
        "page": SCRIPT, "drawing with script": svg, "drawing with entity": entity,
        "windows program": b"MZ\x90\0" + MARK, "linux program": b"\x7fELF\x02\x01\x01" + MARK,
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n" + MARK, "gif": gif, "tiff": tiff,
        "gif and archive": gif + archive("a.class"), "bitmap": saved("BMP"), "php": PHP,
        "script": b"#!/bin/sh\nid\n", "bare archive": archive("a.txt"), "zeros": b"\0" * 4096,
        "heic": b"\0\0\0\x18ftypheic" + MARK, "utf-16 page": SCRIPT.decode().encode("utf-16"),
    }  # fmt: skip
    return {
        f"{title} as .{ending}": (f"a.{ending}", content)
        for title, content in contents.items()
        for ending in ("jpg", "png", "webp", "pdf", "docx", "xlsx")
    }


def _refused() -> dict[str, tuple[str, bytes]]:
    jpeg, png, webp = saved("JPEG"), saved("PNG"), saved("WEBP")
    book = ("xl/workbook.xml", "[Content_Types].xml")
    return {
        **_foreign(),
        "nothing": ("a.jpg", b""),
        "drawing named photo": ("a.jpg", png),
        "photo named drawing": ("a.png", jpeg),
        "photo named webp": ("a.webp", jpeg),
        "webp named photo": ("a.jpg", webp),
        "photo named document": ("a.pdf", jpeg),
        "photo named program": ("a.exe", jpeg),
        "photo without extension": ("photo", jpeg),
        "photo with two extensions": ("a.jpg.php", jpeg),
        "photo with direction mark": ("a\u202egpj.exe", jpeg),
        "cut-off photo": ("a.jpg", jpeg[: len(jpeg) // 2]),
        "cut-off drawing": ("a.png", png[: len(png) // 2]),
        "cut-off webp": ("a.webp", webp[: len(webp) // 2]),
        "head of a photo": ("a.jpg", jpeg[:3]),
        "page with a photo's head": ("a.jpg", b"\xff\xd8\xff\xe0" + SCRIPT),
        "page with a drawing's head": ("a.png", b"\x89PNG\r\n\x1a\n" + SCRIPT),
        "fifty thousand squared": ("a.png", _bomb()),
        "too many pixels": ("a.jpg", _wide_jpeg(8000, 6000)),
        "far too many pixels": ("a.jpg", _wide_jpeg(65_000, 65_000)),
        "text that unpacks to 80 MB": ("a.png", _packed(b"zTXt", b"Comment\0\0")),
        "profile that unpacks to 80 MB": ("a.png", _packed(b"iCCP", b"p\0\0")),
        "book that unpacks to 300 MB": (
            "a.xlsx", archive(*book, "xl/big.xml", content=b"\0" * 100_000_000),
        ),
        "book that climbs out": ("a.xlsx", archive(*book, "../../evil.sh")),
        "book with an absolute entry": ("a.xlsx", archive(*book, "/etc/cron.d/evil")),
        "book with a backslash entry": ("a.xlsx", archive(*book, "..\\..\\evil.bat")),
        "letter with macros": ("a.docx", archive("word/document.xml", "word/vbaProject.bin")),
        "broken archive": ("a.xlsx", archive(*book)[:-30]),
        "letter named book": ("a.xlsx", archive("word/document.xml")),
    }  # fmt: skip


def _all(made: Callable[[], dict[str, tuple[str, bytes]]]) -> list[Hostile]:
    return [Hostile(title, name, content) for title, (name, content) in made().items()]


PICTURES = _all(_pictures)
REFUSED = _all(_refused)

#: A name as sent, and what may be kept of it.
NAMES = {
    "../../etc/passwd.jpg": "passwd.jpg",
    "..\\..\\windows\\win.jpg": "win.jpg",
    "/etc/cron.d/a.jpg": "a.jpg",
    "a\0.jpg": "a.jpg",
    "a\r\nSet-Cookie: x.jpg": "aSet-Cookie x.jpg",
    "photo\u202egpj.jpg": "photogpj.jpg",
    "\ufeff样\u200b例.jpg": "样例.jpg",
    "a.jpg.": "a.jpg",
    " a.jpg ": "a.jpg",
    "a<b>|c?.jpg": "abc.jpg",
    "CON.jpg": "_CON.jpg",
    "nul.tar.jpg": "_nul.tar.jpg",
    "Com1.jpg": "_Com1.jpg",
    "console.jpg": "console.jpg",
    "样例\ud800.jpg": "样例.jpg",
    "样" * 300 + ".jpg": "样" * 60 + ".jpg",
    "x" * 300 + ".jpg": "x" * 180 + ".jpg",
}
