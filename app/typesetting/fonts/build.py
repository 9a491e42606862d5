"""How are the bundled typefaces made from the packages that publish them?

Run by a maintainer, never by the portal: ``python -m app.typesetting.fonts.build FOLDER``, where
FOLDER holds the Debian packages named in ``SOURCES`` (``apt-get download NAME`` fetches each).
Every file is derived, never merged: glyphs under the GPL and glyphs under the Open Font License
stay in separate files. The steps are the same for all: one face out of a collection, a repertoire,
quadratic outlines without hints (a static TrueType file is embedded fastest), one ascent and
descent for all roles so that a rare character never moves its line, a name of our own because the
originals' names are reserved.
"""

import bz2
import hashlib
import io
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

from app.typesetting.fonts.metrics import normalise

HERE = Path(__file__).parent

LARGEST_CURVE_ERROR = 1.0  # units of 1/1000 em, far below what a printer resolves
NAMED_AT = 3_849_984_000  # seconds since 1904: 2026-01-01, so that a rebuild gives the same bytes

FANDOL = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/"
NOTO = "usr/share/fonts/opentype/noto/"
WENKAI = "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
SOURCES = {
    "texlive-lang-chinese": "2022.20230122-1",
    "fonts-noto-cjk": "1:20220127+repack1-1",
    "fonts-noto-cjk-extra": "1:20220127+repack1-1",
    "fonts-lxgw-wenkai": "1.250+repack-1",
    "unicode-data": "15.0.0-1",
}
GENERAL_STANDARD = "usr/share/unicode/Unihan_OtherMappings.txt.bz2"
ASCII = frozenset(range(0x20, 0x7F))
EM_DASH = frozenset({0x2014})  # stands beside the page number, which is set in the fallback face
KOREAN_AND_KANA = (
    range(0x1100, 0x1200), range(0x3040, 0x3100), range(0x3130, 0x3190), range(0xA960, 0xA980),
    range(0xAC00, 0xD800),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """One bundled file: where it comes from and which characters it keeps."""

    role: str
    family: str
    package: str
    member: str
    face: str
    repertoire: Callable[["Repertoires"], frozenset[int]]
    licence: str


@dataclass(frozen=True, slots=True)
class Repertoires:
    """The character sets the recipes choose from, as code points."""

    standard: frozenset[int]
    fandol: frozenset[int]
    serif: frozenset[int]
    wenkai: frozenset[int]

    @property
    def usual(self) -> frozenset[int]:
        return self.standard | self.fandol

    @property
    def rare(self) -> frozenset[int]:
        skipped = {code for block in KOREAN_AND_KANA for code in block}
        return (self.serif - self.fandol - skipped) | EM_DASH

    @property
    def rare_in_kaiti(self) -> frozenset[int]:
        beyond_the_first_plane = frozenset(code for code in self.wenkai if code >= 0x20000)
        return (self.standard - self.fandol) | beyond_the_first_plane


GPL, OFL_NOTO, OFL_LXGW = "GPL-3.0-font-exception.txt", "OFL-1.1-Noto.txt", "OFL-1.1-LXGW.txt"
RECIPES = (
    Recipe("latin", "Lijian Latin", "fonts-noto-cjk-extra", NOTO + "NotoSerifCJK-Light.ttc",
           "Noto Serif CJK SC Light", lambda _sets: ASCII, OFL_NOTO),
    Recipe("fangsong", "Lijian Fangsong", "texlive-lang-chinese", FANDOL + "FandolFang-Regular.otf",
           "", lambda sets: sets.fandol, GPL),
    Recipe("kaiti", "Lijian Kaiti", "texlive-lang-chinese", FANDOL + "FandolKai-Regular.otf",
           "", lambda sets: sets.fandol, GPL),
    Recipe("xiaobiaosong", "Lijian Biaosong", "fonts-noto-cjk", NOTO + "NotoSerifCJK-Bold.ttc",
           "Noto Serif CJK SC Bold", lambda sets: sets.usual, OFL_NOTO),
    Recipe("heiti", "Lijian Heiti", "fonts-noto-cjk", NOTO + "NotoSansCJK-Regular.ttc",
           "Noto Sans CJK SC", lambda sets: sets.usual, OFL_NOTO),
    Recipe("kaiti-rare", "Lijian Kaiti Rare", "fonts-lxgw-wenkai", WENKAI,
           "", lambda sets: sets.rare_in_kaiti, OFL_LXGW),
    Recipe("fallback", "Lijian Fallback", "fonts-noto-cjk-extra", NOTO + "NotoSerifCJK-Light.ttc",
           "Noto Serif CJK SC Light", lambda sets: sets.rare, OFL_NOTO),
)  # fmt: skip


class Packages:
    """The downloaded Debian packages of one folder, opened as archives."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def package(self, name: str) -> Path:
        """The one file of this package, of the version the recipes were written for."""
        version = SOURCES[name].replace(":", "%3a")
        return next(self._folder.glob(f"{name}_{version}_*.deb"))

    def read(self, name: str, member: str) -> bytes:
        unpacked = subprocess.run(  # noqa: S603 — a maintainer's tool over files he downloaded
            ["dpkg-deb", "--fsys-tarfile", str(self.package(name))],  # noqa: S607
            check=True, capture_output=True,
        ).stdout  # fmt: skip
        with tarfile.open(fileobj=io.BytesIO(unpacked)) as archive:
            found = archive.extractfile(f"./{member}")
            if found is None:
                raise FileNotFoundError(member)
            return found.read()

    def font(self, name: str, member: str, face: str = "") -> Any:
        content = io.BytesIO(self.read(name, member))
        if not face:
            return TTFont(content, recalcTimestamp=False)
        faces = TTCollection(content, lazy=True).fonts
        chosen = next(font for font in faces if font["name"].getDebugName(4) == face)
        chosen.recalcTimestamp = False
        return chosen


def repertoires(packages: Packages) -> Repertoires:
    table = bz2.decompress(packages.read("unicode-data", GENERAL_STANDARD)).decode()
    standard = (line.split("\t")[0] for line in table.splitlines() if "\tkTGH\t" in line)
    fandol = packages.font("texlive-lang-chinese", FANDOL + "FandolFang-Regular.otf")
    serif = packages.font(
        "fonts-noto-cjk-extra", NOTO + "NotoSerifCJK-Light.ttc", "Noto Serif CJK SC Light"
    )
    return Repertoires(
        standard=frozenset(int(code.removeprefix("U+"), 16) for code in standard),
        fandol=frozenset(fandol.getBestCmap()),
        serif=frozenset(serif.getBestCmap()),
        wenkai=frozenset(packages.font("fonts-lxgw-wenkai", WENKAI).getBestCmap()),
    )


def keep(font: Any, characters: frozenset[int]) -> None:
    """Reduce ``font`` to ``characters``, without hints and without layout features."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def to_truetype(font: Any) -> None:
    """Replace the cubic outlines of ``font`` by quadratic ones; TrueType files are left alone."""
    if "CFF " not in font:
        return
    drawn, glyphs = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, LARGEST_CURVE_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), glyphs
    font["glyf"].compile(font)
    for name, glyph in glyphs.items():
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
                  "SizeOfInstructions", "ComponentElements", "Points", "Contours",
                  "CompositePoints", "CompositeContours", "ComponentDepth"):  # fmt: skip
        setattr(limits, f"max{field}", 0)
    limits.maxZones = 1
    del font["CFF "]
    font.sfntVersion = "\0\1\0\0"
    limits.recalc(font)


def finish(font: Any) -> None:
    """Common metrics, no glyph names, a fixed date."""
    normalise(font)
    font["post"].formatType = 3.0
    font["head"].created = font["head"].modified = NAMED_AT


def rename(font: Any, family: str, origin: str) -> None:
    """Name ``font`` as ours, keep its authors and licence, and say that it was changed."""
    names = font["name"]
    kept = {number: names.getDebugName(number) for number in (0, 13, 14)}
    names.names = []
    post_script = family.replace(" ", "") + "-Regular"
    own = {
        1: family, 2: "Regular", 3: post_script, 4: family, 5: "Version 1.0", 6: post_script,
        10: f"Modified from {origin} by app/typesetting/fonts/build.py (repertoire, outlines, "
            "metrics, names)",
    }  # fmt: skip
    for number, text in sorted((kept | own).items()):
        if text:
            names.setName(text, number, 3, 1, 0x409)


def made(recipe: Recipe, packages: Packages, sets: Repertoires) -> bytes:
    font = packages.font(recipe.package, recipe.member, recipe.face)
    origin = font["name"].getDebugName(4)
    keep(font, recipe.repertoire(sets))
    to_truetype(font)
    finish(font)
    rename(font, recipe.family, origin)
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()


def entry(recipe: Recipe, content: bytes, package: Path) -> str:
    """The lines of MANIFEST.toml for one file."""
    return "\n".join(
        (
            "[[font]]",
            f'role = "{recipe.role}"',
            f'file = "{recipe.family.replace(" ", "")}.ttf"',
            f'family = "{recipe.family}"',
            f'sha256 = "{hashlib.sha256(content).hexdigest()}"',
            f"size = {len(content)}",
            f'licence = "licences/{recipe.licence}"',
            f'source_package = "{recipe.package}"',
            f'source_version = "{SOURCES[recipe.package]}"',
            f'source_sha256 = "{hashlib.sha256(package.read_bytes()).hexdigest()}"',
            f'source_file = "{Path(recipe.member).name}"',
            f'source_face = "{recipe.face}"',
            "",
        )
    )


def main(folder: Path) -> None:
    packages = Packages(folder)
    sets = repertoires(packages)
    entries = ["# Written by build.py; the health check compares the files with these sums.\n"]
    for recipe in RECIPES:
        content = made(recipe, packages, sets)
        (HERE / f"{recipe.family.replace(' ', '')}.ttf").write_bytes(content)
        entries.append(entry(recipe, content, packages.package(recipe.package)))
    (HERE / "MANIFEST.toml").write_text("\n".join(entries), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
