"""Do files go that no record names, and only those, however they race with an upload?"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func

from app.administration import backups, sweeping
from app.cli import build_parser
from app.disclosures.batches.rules import BatchState
from app.disclosures.rules import DisclosureState
from app.kernel import audit, clock, jobs, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.kernel.storage import Shelf
from app.notices import actions as notice_actions
from app.notices import queries as notice_queries
from app.people import queries as people
from tests.support.make import batches, disclosures, inspections, notices

pytestmark = pytest.mark.database
OLD = timedelta(days=8)
#: Where a kept file's digest stands as a fact about the past: nothing is opened through it.
MENTIONS = {"audit_entry", "public_log_entry", "job"}


@pytest.fixture(autouse=True)
def own_shelf(app: Flask, tmp_path: Path) -> Iterator[None]:
    """A shelf of this test's own: the house's holds what other tests' records name."""
    storage.install(Shelf(tmp_path / "shelf"))
    yield
    storage.install(Shelf(app.config["SETTINGS"].instance_path / "attachments"))


def put(content: bytes, *, age: timedelta = OLD) -> str:
    """Lay a file on the shelf that nobody names, of an age."""
    sha256, _size = storage.shelf().put(io.BytesIO(content))
    return aged(sha256, age)


def aged(sha256: str, age: timedelta = OLD) -> str:
    at = (clock.now() - age).timestamp()
    for path in (storage.shelf().path(sha256), storage.shelf().sealed_path(sha256)):
        if path.exists():
            os.utime(path, (at, at))
    return sha256


def shelf() -> list[str]:
    return [storage.digest_of(path) for path in storage.shelf().folder.glob("??/*")]


def is_kept(sha256: str) -> bool:
    return storage.shelf().path(sha256).exists()


def everything_that_is_kept() -> set[str]:
    """Let every slice keep what it keeps; returns the digests on the shelf."""
    shown = disclosures.reference(DisclosureState.PUBLISHED)
    batches.batch(shown, BatchState.PUBLISHED)
    inspections.task(closed=True)
    notice = notices.notice()
    photo = inspections.photo()
    with unit_of_work():
        drafter, reviewer, leader = (
            people.today_identity(f"cz.{role}") for role in ("drafter", "reviewer", "unit_leader")
        )
        made = notice_queries.by_reference(notice, drafter)
        notice_actions.add_files(made, [photo], by=drafter)
        notice_actions.submit(made, by=drafter)
        notice_actions.review(made, by=reviewer)
        job = notice_actions.sign(made, verify_root=notices.ROOT, by=leader).id
    db.session.remove()
    jobs.send(job)
    return set(shelf())


def name_it(sha256: str) -> None:
    """Let a record name a file."""
    stored = storage.Stored(sha256, 1, "image/jpeg", "样例.jpg", sha256)
    with unit_of_work():
        storage.attach("tip", "260922-001", stored, by_id=None)


def test_the_photo_of_a_refused_form_goes_after_a_week(
    sign_in: Callable[..., FlaskClient], app: Flask
) -> None:
    with app.app_context():
        task = inspections.task(started=True)
        before = set(shelf())
    sent = {"photos": (io.BytesIO(inspections.picture()), "现场.jpg")}  # no findings were written
    answer = sign_in("qs.inspector").post(
        f"/inspections/{task}/close", data=sent, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    with app.app_context():
        left = set(shelf()) - before
        assert len(left) == 2, "the photo as it came and the copy for eyes"
        assert sweeping.sweep().files == 0, "too young"
        for sha256 in left:
            aged(sha256)
        assert sweeping.sweep(is_trial=True).files == 2
        assert left <= set(shelf())
        assert sweeping.sweep().files == 2
        assert not left & set(shelf())
        newest = audit.trail("storage", "shelf")[0]
        assert (newest.event, newest.facts["files"]) == ("storage.swept", 2)
        assert sweeping.sweep() == sweeping.Swept(0, 0, 0)
        assert len(audit.trail("storage", "shelf")) == 1


def test_what_any_slice_names_stays(app: Flask) -> None:
    with app.app_context():
        kept = everything_that_is_kept()
        orphan = put(b"orphan")
        for sha256 in kept:
            aged(sha256)
        assert sweeping.sweep().files == 1
        assert set(shelf()) == kept - {orphan}


def test_every_column_that_holds_a_kept_file_s_digest_is_known(app: Flask) -> None:
    """A slice's new column that is neither called so nor marked fails here, not in a sweep."""
    with app.app_context():
        kept, known = everything_that_is_kept(), storage.naming_columns()
        found = [
            str(column)
            for table in db.metadata.sorted_tables
            if table.name not in MENTIONS
            for column in table.columns
            if column not in known
            and any(digest in str(value) for value in db.session.scalars(db.select(column))
                    for digest in kept)
        ]  # fmt: skip
    assert not found, f"{found}: end the name in sha256, or mark the column with NAMES_FILES"
    assert {column.table.name for column in known} >= {"attachment", "notice_publication"}


def test_every_known_column_is_proved_in_a_backup(app: Flask) -> None:
    for column in storage.naming_columns():
        if not column.info.get("names_files"):  # those repeat what an attachment names
            assert column.name in backups.NAMING_FILES[column.table.name]


def test_an_upload_sent_again_makes_an_old_file_young(context: None) -> None:
    sha256 = put(b"again")
    before = clock.now() - sweeping.YOUNGEST
    found = sweeping.orphans(before)
    assert [(one.sha256, one.size) for one in found] == [(sha256, 5)]
    storage.shelf().put(io.BytesIO(b"again"))
    aged(sha256, timedelta(0))
    assert sweeping.remove(found, before) == []
    assert is_kept(sha256)


def test_a_record_that_came_meanwhile_saves_its_file(context: None) -> None:
    sha256 = put(b"just in time")
    before = clock.now() - sweeping.YOUNGEST
    found = sweeping.orphans(before)
    db.session.rollback()
    name_it(sha256)
    assert sweeping.remove(found, before) == []
    assert is_kept(sha256)


def test_two_sweeps_at_once_remove_and_count_once(context: None) -> None:
    put(b"twice")
    before = clock.now() - sweeping.YOUNGEST
    found = sweeping.orphans(before)
    db.session.rollback()
    assert sweeping.remove(found, before) == found
    assert sweeping.remove(found, before) == []


def test_an_upload_that_never_ended_goes_too(context: None) -> None:
    aside = storage.shelf().folder / "tmpsample"
    for age, there in ((timedelta(days=1), True), (OLD, False)):
        aside.write_bytes(b"half")
        at = (clock.now() - age).timestamp()
        os.utime(aside, (at, at))
        sweeping.sweep()
        assert aside.exists() is there


def test_no_age_under_a_week_is_taken(context: None) -> None:
    with pytest.raises(PortalError, match="never swept"):
        sweeping.sweep(timedelta(days=6))


@pytest.mark.parametrize(("hour", "there"), [(3, True), (4, False), (5, True)])
def test_the_queue_sweeps_once_a_night(context: None, hour: int, there: bool) -> None:  # noqa: FBT001
    with clock.frozen(datetime(2026, 9, 23, hour, 45, tzinfo=clock.LEGAL_ZONE)):
        sha256 = put(b"at night")
        sweeping.sweep_by_night()
        assert is_kept(sha256) is there


def test_no_file_is_named_by_a_column_of_another_type(context: None) -> None:
    assert not storage.named_among(["0" * 64])
    name_it("a" * 64)
    assert storage.named_among(["a" * 64, "b" * 64]) == {"a" * 64}
    assert db.session.scalar(db.select(func.count(storage.Attachment.id))) == 1


def test_the_verb_tells_before_it_acts(context: None, capsys: pytest.CaptureFixture[str]) -> None:
    sha256 = put(b"eight by")

    def told(*words: str) -> str:
        asked = build_parser().parse_args(["sweep", *words])
        assert asked.act(asked) == 0
        return capsys.readouterr().out

    would_go = {"removed": False, "files": 1, "bytes": 8, "unfinished": 0}
    assert json.loads(told("--dry-run", "--json")) == would_go
    assert told("--days", "30").startswith("0 files")
    assert is_kept(sha256)
    assert told() == "1 files of 8 bytes removed, 0 unfinished uploads\n"
    assert not is_kept(sha256)
