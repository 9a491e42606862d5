"""Which typeface plays which part in a document, and are the files the ones we shipped?

Roles follow GB/T 9704-2012: body text in 仿宋, titles in 小标宋, first-level headings in 黑体,
second-level headings in 楷体. A bureau that owns licensed typefaces puts them into one folder, each
named after its role (``fangsong.ttf``, ``xiaobiaosong.otf`` …); they then come before the bundled
ones, which stay behind them for the characters they lack.
"""

import hashlib
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

BUNDLED = Path(__file__).parent / "fonts"
FOLDER_VARIABLE = "PORTAL_FONTS_FOLDER"
ROLES = ("fangsong", "xiaobiaosong", "heiti", "kaiti")
SUFFIXES = (".ttf", ".otf")


@dataclass(frozen=True, slots=True)
class Face:
    """One typeface file and the family name under which stylesheets ask for it."""

    role: str
    family: str
    path: Path
    bundled: bool
    sha256: str = ""


@cache
def bundled() -> tuple[Face, ...]:
    """The typefaces of MANIFEST.toml."""
    manifest = tomllib.loads((BUNDLED / "MANIFEST.toml").read_text(encoding="utf-8"))
    return tuple(
        Face(
            font["role"], font["role"], BUNDLED / font["file"], bundled=True, sha256=font["sha256"]
        )
        for font in manifest["font"]
    )


def licensed() -> tuple[Face, ...]:
    """The bureau's own typefaces, in the order of the roles; none unless a folder is configured."""
    folder = os.environ.get(FOLDER_VARIABLE, "")
    if not folder:
        return ()
    candidates = ((role, Path(folder) / (role + end)) for role in ROLES for end in SUFFIXES)
    return tuple(
        Face(role, f"own-{role}", path, bundled=False)
        for role, path in candidates
        if path.is_file()
    )


def damaged() -> list[str]:
    """Names of bundled files that are missing or are not the bytes the manifest promises."""
    return [
        face.path.name
        for face in bundled()
        if not face.path.is_file()
        or hashlib.sha256(face.path.read_bytes()).hexdigest() != face.sha256
    ]
