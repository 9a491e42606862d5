"""Are uploads what they say, free of what they hide, and kept so that they cannot be lost?"""

from __future__ import annotations

import hashlib
import io
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from app.kernel import storage, vault
from app.kernel.errors import Refused
from app.kernel.storage import Shelf
from app.kernel.vault import Vault
from tests.support import hostile
from tests.support.hostile import MARK, Hostile


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A shelf of this test's own; the house's comes back afterwards."""
    before = list(storage._shelves)
    own = Shelf(tmp_path / "shelf")
    storage.install(own)
    vaults = list(vault._vaults)
    vault.install(Vault(secrets.token_hex(32)))
    yield own
    storage._shelves[:] = before
    vault._vaults[:] = vaults


def files(shelf: Shelf) -> dict[str, bytes]:
    """Return everything on the shelf, half-written files included."""
    return {str(p): p.read_bytes() for p in shelf.folder.rglob("*") if p.is_file()}


def keep(sent: Hostile) -> storage.Stored:
    return storage.keep(io.BytesIO(sent.content), sent.name)


@pytest.mark.parametrize("sent", hostile.PICTURES, ids=lambda sent: sent.title)
def test_what_a_picture_hides_is_not_in_its_view(sent: Hostile, shelf: Shelf) -> None:
    stored = keep(sent)
    view = shelf.path(stored.view_sha256).read_bytes()
    assert shelf.original(stored.sha256) == sent.content, "the evidence stays as it came"
    assert hashlib.sha256(sent.content).hexdigest() == stored.sha256
    assert not any(MARK in lying for lying in files(shelf).values()), "and lies sealed"
    assert view != sent.content
    assert MARK not in view
    assert b"<script" not in view
    assert len(files(shelf)) == 2
    with Image.open(io.BytesIO(view)) as shown, Image.open(io.BytesIO(sent.content)) as was:
        assert not shown.getexif()
        assert not set(shown.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop",
                                      "background", "timestamp", "duration"}  # fmt: skip
        assert getattr(shown, "n_frames", 1) == 1
        turned = was.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        assert shown.size == (was.size[::-1] if turned else was.size)


@pytest.mark.parametrize("sent", hostile.REFUSED, ids=lambda sent: sent.title)
def test_a_refused_file_leaves_nothing_behind(sent: Hostile, shelf: Shelf) -> None:
    with pytest.raises(Refused) as refusal:
        keep(sent)
    assert refusal.value.facts["name"] == storage.clean_name(sent.name)
    assert files(shelf) == {}


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("nothing", "file_empty"),
        ("page as .jpg", "file_type"),
        ("drawing named photo", "file_not_what_it_says"),
        ("cut-off photo", "picture_unreadable"),
        ("fifty thousand squared", "picture_too_big"),
        ("too many pixels", "picture_too_big"),
        ("far too many pixels", "picture_too_big"),
        ("book that unpacks to 300 MB", "file_type"),
    ],
)
def test_a_refusal_says_what_is_wrong(title: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        keep(next(sent for sent in hostile.REFUSED if sent.title == title))
    assert refusal.value.code == code


def test_the_corpus_is_large_and_the_marks_are_really_in_it() -> None:
    assert len(hostile.PICTURES) + len(hostile.REFUSED) + len(hostile.NAMES) >= 170
    unmarked = {"animated png", "animated webp", "second picture"}
    for sent in hostile.PICTURES:
        packed = sent.title in {"packed text", "broken colour profile, png"}
        assert packed or sent.title in unmarked or MARK in sent.content, sent.title


@pytest.mark.parametrize(("sent", "kept"), hostile.NAMES.items())
def test_a_name_is_made_harmless(sent: str, kept: str) -> None:
    assert storage.clean_name(sent) == kept
    stored = storage.keep(io.BytesIO(hostile.saved("JPEG")), sent)
    assert stored.name == kept
    assert len(kept.encode()) < 255


@pytest.mark.parametrize("sent", ["", ".", "..", "/", "...", "\0", "..\\"])
def test_a_name_of_nothing_still_names_something(sent: str) -> None:
    assert storage.clean_name(sent) == "file"


def test_the_same_bytes_are_kept_once(shelf: Shelf) -> None:
    content = hostile.saved("PNG") + MARK
    first, second = (storage.keep(io.BytesIO(content), name) for name in ("a.png", "b.png"))
    assert first.sha256 == second.sha256 == hashlib.sha256(content).hexdigest()
    assert (first.name, second.name) == ("a.png", "b.png")
    assert len(files(shelf)) == 2


def test_a_file_too_large_or_unwelcome_is_refused(shelf: Shelf) -> None:
    with pytest.raises(Refused) as refusal:
        storage.keep(io.BytesIO(hostile.saved("JPEG")), "a.jpg", limit=100)
    assert refusal.value.code == "file_too_big"
    book = io.BytesIO(hostile.archive("xl/workbook.xml"))
    with pytest.raises(Refused) as refusal:
        storage.keep(book, "a.xlsx", allowed=storage.PHOTOS)
    assert refusal.value.code == "file_no_photo"
    assert files(shelf) == {}


def test_documents_are_known_by_their_content() -> None:
    for name, content in {
        "a.pdf": b"%PDF-1.7\n",
        "a.docx": hostile.archive("word/document.xml"),
        "a.xlsx": hostile.archive("xl/workbook.xml"),
        "a.mp3": b"ID3\x04",
        "a.wav": b"RIFF\0\0\0\0WAVE",
        "a.mp4": b"\0\0\0\x18ftypmp42",
    }.items():
        stored = storage.keep(io.BytesIO(content), name)
        assert name.endswith(storage.EXTENSIONS[stored.media_type])
        assert stored.view_sha256 == stored.sha256


class Failing(io.BytesIO):
    """A source that breaks off in the middle."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 0:
            raise OSError("样例：读取中断")
        return super().read(min(10, size or 10))


def test_a_broken_off_write_leaves_no_half_file(shelf: Shelf) -> None:
    with pytest.raises(OSError, match="中断"):
        shelf.put(Failing(b"%PDF-" + b"x" * 100))
    assert files(shelf) == {}


def test_bytes_are_synced_before_they_get_their_name(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_replace = storage.os.fsync, Path.replace
    monkeypatch.setattr(
        storage.os, "fsync", lambda handle: (steps.append("sync"), real_sync(handle))[1]
    )
    monkeypatch.setattr(
        Path, "replace", lambda self, to: (steps.append("name"), real_replace(self, to))[1]
    )
    shelf.put(io.BytesIO(b"%PDF-1.7"))
    assert steps == ["sync", "name", "sync", "sync"], "file, then name, then both folders"


def test_only_we_may_read_the_shelf(shelf: Shelf) -> None:
    assert shelf.folder.stat().st_mode & 0o077 == 0
    digest, _size = shelf.put(io.BytesIO(b"%PDF-1.7"))
    assert shelf.path(digest).stat().st_mode & 0o077 == 0


@pytest.mark.database
def test_a_file_belongs_to_its_record_alone(writing: None) -> None:
    stored = storage.keep(io.BytesIO(hostile.saved("JPEG")), "现场.jpg")
    row = storage.attach("tip", "260922-001", stored, by_id=None)
    assert storage.attachments_of("tip", "260922-001") == [row]
    assert storage.attachment_of("tip", "260922-001", row.id) is row
    assert storage.attachment_of("tip", "260922-002", row.id) is None
    assert storage.attachment_of("task", "260922-001", row.id) is None
