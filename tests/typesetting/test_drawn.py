"""Are finished files drawn with whatever typefaces a bureau brings, outlines of either kind?"""

import re
from functools import reduce

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from app import typesetting
from app.typesetting import faces, typeset
from app.typesetting.drawn import drawings
from app.typesetting.pool import Pool, Terms
from tests.support.pdf import Pdf
from tests.typesetting.conftest import BUREAU, notice


@pytest.fixture
def postscript_folder(monkeypatch, tmp_path):
    """A bureau's folder: 仿宋 with PostScript outlines, of the characters set below."""
    kaiti = next(face for face in faces.bundled() if face.role == "kaiti")
    with TTFont(kaiti.path) as font:
        postscript(font, "一示范样例。").save(tmp_path / "fangsong.otf")
    monkeypatch.setenv(faces.FOLDER_VARIABLE, str(tmp_path))
    pool = Pool(Terms(workers=1))
    monkeypatch.setattr(typesetting, "POOL", pool)
    yield
    pool.close()


def postscript(font, characters):
    """The same outlines as cubic curves in a CFF table."""
    known, shapes = font.getBestCmap(), font.getGlyphSet()
    names = [".notdef", *(known[ord(character)] for character in characters)]
    drawn = {}
    for name in names:
        pen = T2CharStringPen(shapes[name].width, shapes)
        shapes[name].draw(pen)
        drawn[name] = pen.getCharString()
    made = FontBuilder(font["head"].unitsPerEm, isTTF=False)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(each): known[ord(each)] for each in characters})
    made.setupCFF("Yangli-Fangsong", {}, drawn, {})
    made.setupHorizontalMetrics({name: (round(shapes[name].width), 0) for name in names})
    made.setupHorizontalHeader(ascent=font["hhea"].ascent, descent=font["hhea"].descent)
    made.setupNameTable({"familyName": "Yangli Fangsong", "styleName": "Regular"})
    made.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    made.setupPost()
    return made.font


def test_a_typeface_with_postscript_outlines_is_set_and_drawn(postscript_folder):
    facts = notice(body=("示范样例。" * 20,))
    content = typeset("notice", facts, title="样例", author=BUREAU).content
    assert any("own-fangsong" in font for line in Pdf(content).lines(1) for font in line.fonts)
    pages = drawings(content, 1)
    drawn = reduce(lambda text, page: text + page.inside, pages, "")
    outlines = re.findall(r'<path id="(face\d+)-\d+" d="M[^"]*C', drawn)
    assert outlines, "no cubic outline was drawn"
