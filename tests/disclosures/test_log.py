"""Is every publishing and withdrawal in the public log, and does the file prove it offline?"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import page as validator
import pikepdf
import pytest
from flask import Flask

from app.disclosures import actions, publications
from app.disclosures.rules import DisclosureState
from app.kernel import logged_file, notebook, publiclog, storage, verify_publication
from app.kernel.db import unit_of_work
from app.kernel.errors import Refused
from app.kernel.publiclog import Act
from app.kernel.verify_publication import BEGIN, FAULTS, ROOM, canonical, examine
from tests.support.make import disclosures as make

pytestmark = pytest.mark.database
S = DisclosureState


@pytest.fixture
def published(app: Flask) -> tuple[str, bytes]:
    """A publication made by the queue: its number and its file."""
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        shown = publications.by_reference(reference)
        with storage.shelf().open(shown.pdf.sha256) as file:
            return reference, file.read()


@pytest.fixture
def key(app: Flask) -> str:
    return notebook.book().public


def test_publishing_and_withdrawing_are_entries(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.WITHDRAWN)
        published, withdrawn = publiclog.history(reference)
        assert (published.act, withdrawn.act) == (Act.PUBLISH, Act.WITHDRAW)
        assert withdrawn.reason == "revoked"
        assert published.record is not None
        assert (withdrawn.record, withdrawn.body) == (published.record, published.body)
        assert publiclog.size() == 2


def test_nothing_is_logged_of_a_publication_that_is_refused(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise Refused("content_changed")

    with app.app_context():
        monkeypatch.setattr(actions, "publish", refuse)
        make.reference(S.PUBLISHED)
        assert publiclog.size() == 0
        monkeypatch.undo()


def test_the_file_proves_itself_and_holds_its_record(
    published: tuple[str, bytes], app: Flask, key: str
) -> None:
    reference, content = published
    leaf = examine(content, key, {})["leaf"]
    with app.app_context():
        entry = publiclog.latest(reference)
        assert entry is not None
        assert leaf == entry.leaf
        value = publications.by_reference(reference).value
    assert value is not None
    with pikepdf.open(io.BytesIO(content)) as pdf:
        record = pdf.attachments["record.json"].get_file().read_bytes()
        carried = json.loads(pdf.attachments["log-entry.json"].get_file().read_bytes())
    assert hashlib.sha256(record).hexdigest() == entry.record
    assert json.loads(record)["party_name"] == value.party_name
    assert carried[1]["leaf"] == entry.leaf


def test_the_file_with_its_entry_passes_both_standards(published: tuple[str, bytes]) -> None:
    for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
        assert validator.validate_pdf_bytes(published[1], profile=profile).failures == []


def test_a_flipped_bit_anywhere_is_found(published: tuple[str, bytes], key: str) -> None:
    content = published[1]
    room = content.index(BEGIN) + len(BEGIN)
    spread = range(0, len(content), max(1, len(content) // 900))
    entry = range(room - len(BEGIN), room + 2400)
    for at in (*spread, *entry, room + ROOM - 1, room + ROOM, len(content) - 1):
        for bit in (1, 32, 128):
            forged = bytearray(content)
            forged[at] ^= bit
            with pytest.raises(FAULTS):
                examine(bytes(forged), key, {})


def test_what_is_added_cut_or_exchanged_is_found(published: tuple[str, bytes], key: str) -> None:
    content = published[1]
    room = content.index(BEGIN) + len(BEGIN)
    carried = json.loads(content[room : room + ROOM])
    blank = content.replace(content[room : room + ROOM], b" " * ROOM)
    more = {**carried, "more": 1}
    loose = json.dumps(carried, sort_keys=True).encode().ljust(ROOM)
    forged = (
        content + b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
        content[:-1],
        b"",
        b"%PDF-1.7",
        blank,
        content + BEGIN,
        content[:room] + loose + content[room + ROOM :],
        logged_file.filled(blank, more),
        logged_file.filled(blank, {**carried, "path": [*carried["path"], "00" * 32]}),
        logged_file.filled(blank, {**carried, "note": carried["note"] + "\n"}),
        logged_file.filled(blank, {**carried, "leaf": carried["leaf"] | {"act": "correct"}}),
        logged_file.filled(blank, {**carried, "leaf": []}),
        content[:room] + (b"[" * ROOM) + content[room + ROOM :],
    )
    for file in forged:
        with pytest.raises(FAULTS):
            examine(file, key, {})
    assert logged_file.filled(blank, carried) == content


def test_another_house_cannot_vouch_for_it(
    published: tuple[str, bytes], key: str, tmp_path: Path
) -> None:
    other = notebook.Notebook(tmp_path, "7" * 64)
    with pytest.raises(FAULTS):
        examine(published[1], other.public, {})
    # Nor this one, for another history of the same length than the one it published.
    with pytest.raises(FAULTS):
        examine(published[1], key, {1: b"\0" * 32})


def test_a_file_without_room_is_not_published() -> None:
    with pytest.raises(ValueError, match="no room"):
        logged_file.filled(b"%PDF-1.7", {})
    with pytest.raises(ValueError, match="no room"):
        logged_file.filled(logged_file.BLANK, {"long": "x" * ROOM})


def run(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
    """Run the verifier as a stranger does: alone in an empty folder."""
    return subprocess.run(  # noqa: S603 - this interpreter, our own program
        [sys.executable, "-I", *map(str, arguments)], capture_output=True, text=True, check=False
    )


@pytest.fixture
def taken_home(published: tuple[str, bytes], app: Flask, tmp_path: Path) -> dict[str, Path]:
    """Everything a stranger might take home, and what somebody might make of it."""
    with app.app_context():
        with unit_of_work():
            publiclog.follow(Act.WITHDRAW, published[0], reason="void")
        log, first, newest = "".join(publiclog.export()), publiclog.at(0), publiclog.newest()
        assert first is not None
        assert newest is not None
        again = log.splitlines(keepends=True)[1].replace('"index":1', '"index":2')
        files = {
            "verify_publication.py": Path(verify_publication.__file__).read_bytes(),
            "file.pdf": published[1],
            "bad.pdf": published[1].replace(b"/Type", b"/Tipe", 1),
            "log.jsonl": log.encode(),
            "long.jsonl": (log + again).encode(),
            "bad.jsonl": log.replace("withdraw", "withdrew").encode(),
            "short.jsonl": log.splitlines(keepends=True)[0].encode(),
            "key": notebook.book().public.encode(),
            "checkpoint": newest.note.encode(),
            "checkpoints": (first.note + newest.note).encode(),
            "forged": newest.note.replace("\n2\n", "\n3\n").encode(),
            "leaf": canonical(first.leaf) + b"\n",
        }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in files}


def test_the_verifier_stands_alone_and_is_short() -> None:
    text = Path(verify_publication.__file__).read_text("utf-8")
    assert len(text.splitlines()) < 100
    assert "import app" not in text
    assert "from app" not in text


@pytest.mark.parametrize("checkpoint", ["checkpoint", "checkpoints"])
def test_the_verifier_tells_genuine_from_changed(
    taken_home: dict[str, Path], checkpoint: str
) -> None:
    at = taken_home
    options = ("--key", at["key"], "--checkpoint", at[checkpoint])
    found = run(at["verify_publication.py"], at["file.pdf"], *options)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout == at["leaf"].read_text("utf-8")
    found = run(at["verify_publication.py"], at["log.jsonl"], *options)
    assert (found.returncode, found.stdout) == (0, "2 entries\n")
    for bad in ("bad.pdf", "bad.jsonl", "short.jsonl", "long.jsonl"):
        found = run(at["verify_publication.py"], at[bad], *options)
        assert found.returncode == 1, bad
        assert found.stderr.startswith("not genuine: ")


def test_the_verifier_trusts_only_what_the_key_signed(taken_home: dict[str, Path]) -> None:
    at = taken_home
    given = (at["verify_publication.py"], at["file.pdf"], "--key", at["key"])
    assert run(*given).returncode == 0
    assert run(*given, "--checkpoint", at["forged"]).returncode == 1
    log = (at["verify_publication.py"], at["log.jsonl"], "--key", at["key"])
    assert run(*log).returncode == 1, "nothing vouches for the log"
    assert run(at["verify_publication.py"], "none.pdf", "--key", at["key"]).returncode == 2
