"""Does the health check name what is missing, and do a bureau's own typefaces come first?"""

import io
import shutil
import tomllib

import pytest
from fontTools.ttLib import TTFont

from app import typesetting
from app.typesetting import faces, health, typeset
from app.typesetting.pool import Pool, Terms
from tests.support.pdf import Pdf
from tests.typesetting.conftest import BUREAU, disclosure


def test_this_machine_is_sound():
    found = health()
    assert found.sound, found
    assert found.missing_packages == found.damaged_typefaces == found.unusable_typefaces == ()


def test_a_missing_library_is_named_by_its_package(monkeypatch):
    monkeypatch.setitem(health.__globals__["LIBRARIES"], "libnowhere.so.0", "libharfbuzz-subset0")
    found = health()
    assert found.missing_packages == ("libharfbuzz-subset0",)
    assert not found.sound


def test_a_changed_or_missing_typeface_is_named(monkeypatch, tmp_path):
    shutil.copytree(faces.BUNDLED, tmp_path / "fonts")
    with (tmp_path / "fonts" / "LijianLatin.ttf").open("ab") as latin:
        latin.write(b"\0")
    (tmp_path / "fonts" / "LijianKaitiRare.ttf").unlink()
    monkeypatch.setattr(faces, "BUNDLED", tmp_path / "fonts")
    faces.bundled.cache_clear()
    try:
        assert sorted(health().damaged_typefaces) == ["LijianKaitiRare.ttf", "LijianLatin.ttf"]
    finally:
        monkeypatch.undo()
        faces.bundled.cache_clear()


@pytest.fixture
def own_folder(monkeypatch, tmp_path):
    """A bureau's folder: 楷体 under the name of 仿宋, with other metrics, and a broken 黑体."""
    kaiti = next(face for face in faces.bundled() if face.role == "kaiti")
    font = TTFont(io.BytesIO(kaiti.path.read_bytes()))
    font["hhea"].ascent, font["hhea"].descent = 1200, -500
    font["OS/2"].sTypoAscender, font["OS/2"].sTypoDescender = 1200, -500
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = 1200, 500
    font.save(tmp_path / "fangsong.ttf")
    (tmp_path / "heiti.ttf").write_bytes(b"\0\1\0\0 not a typeface")
    (tmp_path / "readme.txt").write_text("样例", encoding="utf-8")
    monkeypatch.setenv(faces.FOLDER_VARIABLE, str(tmp_path))
    pool = Pool(Terms(workers=1))
    monkeypatch.setattr(typesetting, "POOL", pool)
    yield tmp_path
    pool.close()


def test_a_bureaus_own_typefaces_come_first_and_keep_the_grid(own_folder):
    facts = disclosure(decision=("示范文书堃样例" * 250,))
    pdf = Pdf(typeset("disclosure", facts, title="样例", author=BUREAU).content)
    lines = [line for line in pdf.lines(3) if line.top < 262]
    assert {font for line in lines for font in line.fonts} == {"own-fangsong", "fallback-Light"}
    assert [line.count for line in lines] == [28] * 22
    assert pdf.faults() == []


def test_a_broken_typeface_is_passed_over_and_named(own_folder):
    found = health()
    assert found.unusable_typefaces == ("heiti.ttf",)
    assert found.sound
    assert typeset("disclosure", disclosure(), title="样例", author=BUREAU).pages == 2


def test_every_bundled_file_has_its_licence_and_the_common_metrics():
    for face in faces.bundled():
        with TTFont(face.path, lazy=True) as font:
            assert (font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap) == (
                880,
                -120,
                0,
            )
            assert font["name"].getDebugName(1).startswith("Lijian ")
            assert "Modified from" in font["name"].getDebugName(10)
            copyright_line = font["name"].getDebugName(0)
            assert copyright_line


def test_the_manifest_names_sources_licences_and_sums():
    manifest = tomllib.loads((faces.BUNDLED / "MANIFEST.toml").read_text(encoding="utf-8"))
    for font in manifest["font"]:
        assert (faces.BUNDLED / font["licence"]).is_file()
        assert font["source_package"]
        assert font["source_version"]
        assert len(font["source_sha256"]) == 64
    assert sum(font["size"] for font in manifest["font"]) < 40 * 1024**2
    listed = {font["file"] for font in manifest["font"]}
    assert {path.name for path in faces.BUNDLED.glob("*.[ot]tf")} == listed
