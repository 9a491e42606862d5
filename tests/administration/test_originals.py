"""Can evidence be taken out as it came, and never without a trace?"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app.cli import build_parser
from app.kernel import audit, storage
from app.kernel.db import unit_of_work
from app.kernel.errors import PortalError
from tests.support.make import tips as make

pytestmark = pytest.mark.database


@pytest.fixture
def photo(app: Flask) -> tuple[str, bytes]:
    """The number of a tip with one photo, and the photo as it was sent in."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "样例相机厂"
    Image.new("RGB", (40, 30), "#a40").save(out, "JPEG", exif=exif)
    with app.app_context():
        reference = make.tip()
        stored = storage.keep(io.BytesIO(out.getvalue()), "样例.jpg")
        with unit_of_work():
            storage.attach("tip", reference, stored, by_id=None)
    return reference, out.getvalue()


def run(app: Flask, *words: str | Path) -> int:
    asked = build_parser().parse_args(["original", *map(str, words)])
    with app.app_context():
        return int(asked.act(asked))


def test_an_original_is_listed_and_taken_out_with_a_reason(
    app: Flask, photo: tuple[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference, content = photo
    sha256, out = hashlib.sha256(content).hexdigest(), tmp_path / "原件.jpg"
    assert run(app, reference) == 0
    assert sha256 in capsys.readouterr().out
    assert run(app, reference, "--take", sha256, "--out", out, "--reason", "证据") == 0
    assert out.read_bytes() == content
    with app.app_context():
        last = audit.trail("tip", reference)[0]
    assert (last.event, last.facts) == (
        "storage.original_taken", {"sha256": sha256, "reason": "证据"},
    )  # fmt: skip


def test_nothing_is_taken_out_without_a_reason_from_elsewhere_or_over_a_file(
    app: Flask, photo: tuple[str, bytes], tmp_path: Path
) -> None:
    reference, content = photo
    sha256, out = hashlib.sha256(content).hexdigest(), tmp_path / "原件.jpg"
    for words in (
        (reference, "--take", sha256, "--out", out),
        (reference, "--take", "0" * 64, "--out", out, "--reason", "证据"),
        ("260922-999", "--take", sha256, "--out", out, "--reason", "证据"),
    ):
        with pytest.raises(PortalError):
            run(app, *words)
    assert run(app, "260922-999") == 1
    out.write_bytes(b"there already")
    with pytest.raises(PortalError):
        run(app, reference, "--take", sha256, "--out", out, "--reason", "证据")
    assert out.read_bytes() == b"there already"


def test_the_photo_as_it_came_lies_nowhere_in_the_clear(
    app: Flask, photo: tuple[str, bytes]
) -> None:
    _reference, content = photo
    with app.app_context():
        lying = [p.read_bytes() for p in storage.shelf().folder.rglob("*") if p.is_file()]
    assert lying
    assert not any(content in file or "样例相机厂".encode() in file for file in lying)
