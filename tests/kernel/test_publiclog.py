"""Does the public log only grow, without gap, and does it prove what it holds?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kernel import merkle, notebook, proof, publiclog
from app.kernel.db import Writing, db, unit_of_work
from app.kernel.publiclog import Act, Deed, LogEntry
from app.kernel.verify_publication import canonical, opened

pytestmark = pytest.mark.database

WRITERS, TURNS = 16, 8


class GivenUp(Exception):
    """The act was refused after it had appended."""


@pytest.fixture(autouse=True)
def _nothing_outside(app: Flask) -> None:
    """The database is a fresh copy; what was signed over another one lies in the same folder."""
    notebook.book().path.unlink(missing_ok=True)


def fill(count: int) -> None:
    """Append invented entries, all in one act."""
    with unit_of_work():
        for number in range(count):
            publiclog.append(Deed(act=Act.PUBLISH, reference=f"G2026-{number:04}"))


def test_an_entry_is_numbered_hashed_signed_and_proved(app: Flask) -> None:
    with app.app_context():
        fill(67)
        key, seen = notebook.book().public, publiclog.size()
        assert seen == 67
        newest = publiclog.newest()
        assert newest is not None
        size, root = opened(newest.note, key)
        assert size == 67
        for index in range(size):
            entry = publiclog.at(index)
            assert entry is not None
            leaf = merkle.leaf_hash(canonical(entry.leaf))
            assert entry.hashes.startswith(leaf.hex())
            proof = [bytes.fromhex(step) for step in publiclog.inclusion(index, size)]
            assert merkle.is_included(index, size, leaf, proof, root)
            then = opened(entry.note, key)
            growth = [bytes.fromhex(step) for step in publiclog.consistency(index + 1, size)]
            assert merkle.is_grown(then, (size, root), growth)


def test_sixteen_acts_at_once_make_one_line(app: Flask) -> None:
    gate = Barrier(WRITERS)

    def act(reference: str, *, fails: bool) -> None:
        with app.app_context(), unit_of_work():
            publiclog.append(Deed(act=Act.PUBLISH, reference=reference))
            if fails:
                raise GivenUp

    def writer(number: int) -> None:
        gate.wait()
        for turn in range(TURNS):
            with suppress(GivenUp):
                act(f"G{number}-{turn}", fails=turn % 4 == 3)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writer, range(WRITERS)))
    kept = WRITERS * TURNS * 3 // 4
    with app.app_context():
        lines = [line.encode().rstrip() for line in publiclog.export()]
        assert len(lines) == publiclog.size() == publiclog.counted() == kept
        assert len({publiclog.at(index).reference for index in range(kept)}) == kept
        assert proof.first_fault() is None
        written = [opened(note, notebook.book().public)[0] for note in notebook.book().notes()]
        assert sorted(written) == list(range(1, kept + 1))


def test_what_is_rolled_back_was_never_said(app: Flask) -> None:
    def refused() -> None:
        with unit_of_work():
            publiclog.append(Deed(act=Act.PUBLISH, reference="G2026-0002"))
            raise GivenUp

    with app.app_context():
        fill(1)
        with pytest.raises(GivenUp):
            refused()
        fill(1)
        assert publiclog.size() == 2
        assert len(list(notebook.book().notes())) == 2
        assert proof.first_fault() is None


def test_a_later_act_names_the_same_version_record_and_file(writing: None) -> None:
    given = {"reference": "G2026-0001", "version": 2, "record": "a" * 64, "body": "b" * 64}
    publiclog.append(Deed(act=Act.PUBLISH, **given))
    entry = publiclog.follow(Act.WITHDRAW, "G2026-0001", reason="void")
    assert {name: getattr(entry, name) for name in given} == given
    assert (entry.index, entry.act, entry.reason) == (1, Act.WITHDRAW, "void")
    assert publiclog.latest("G2026-0001") == entry
    assert [found.act for found in publiclog.history("G2026-0001")] == [Act.PUBLISH, Act.WITHDRAW]
    assert publiclog.latest("G2026-0009") is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE public_log_entry SET reason = 'x'", "DELETE FROM public_log_entry"],
)
def test_the_database_itself_refuses_to_change_it(app: Flask, statement: str) -> None:
    with app.app_context():
        fill(2)
        with pytest.raises(DBAPIError, match="append-only"), unit_of_work() as session:
            session.execute(text(statement))
        with pytest.raises(PermissionError, match="append-only"), unit_of_work() as session:
            session.get_one(LogEntry, 0).reason = "x"
        with pytest.raises(PermissionError, match="append-only"), unit_of_work() as session:
            session.delete(session.get_one(LogEntry, 0))


# Whoever holds the database -----------------------------------------------------------------------

UNLOCK = {
    "sqlite": (
        "DROP TRIGGER public_log_entry_keep_UPDATE", "DROP TRIGGER public_log_entry_keep_DELETE",
    ),
    "postgresql": ("DROP TRIGGER public_log_entry_keep ON public_log_entry",),
}  # fmt: skip
#: What somebody might do to entry 5 of 12, and the entry at which the examination stops.
REST = "at, act, kind, reference, version, record, body, reason, hashes, note"
TAMPERINGS = {
    "an entry altered": ("UPDATE {log} SET reason = 'void' WHERE {i} = 5", 5),
    "an entry deleted": ("DELETE FROM {log} WHERE {i} = 5", 5),
    "the tail cut": ("DELETE FROM {log} WHERE {i} >= 5", 5),
    "a subtree replaced": (
        "UPDATE {log} SET hashes = (SELECT hashes FROM {log} WHERE {i} = 1) WHERE {i} = 5", 5,
    ),
    "a checkpoint replaced": (
        "UPDATE {log} SET note = (SELECT note FROM {log} WHERE {i} = 4) WHERE {i} = 5", 5,
    ),
    "two acts exchanged": ("UPDATE {log} SET version = 7 - version WHERE {i} IN (5, 6)", 5),
    "an entry inserted": (
        "INSERT INTO {log} SELECT 12, {rest} FROM {log} WHERE {i} = 5", 12,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_a_log_changed_behind_our_back_is_found(app: Flask, kind: str) -> None:
    statement, found_at = TAMPERINGS[kind]
    with app.app_context():
        fill(12)
        assert proof.first_fault() is None
        with unit_of_work() as session:
            for unlock in UNLOCK[db.engine.dialect.name]:
                session.execute(text(unlock))
            named = statement.format(log="public_log_entry", i='"index"', rest=REST)
            session.execute(text(named))
        assert proof.first_fault() == found_at


def test_a_log_written_anew_is_denied_by_what_lies_outside(app: Flask) -> None:
    """Even with our key: the database is consistent in itself, and another one."""
    with app.app_context():
        fill(12)
        with unit_of_work() as session:
            for unlock in UNLOCK[db.engine.dialect.name]:
                session.execute(text(unlock))
            session.execute(text('DELETE FROM public_log_entry WHERE "index" >= 7'))
            session.execute(text("UPDATE number_series SET last = 7 WHERE series = 'public-log'"))
        outside = list(notebook.book().notes())
        fill(5)
        notebook.book().path.write_text("".join(outside[:7]), "utf-8")
        assert proof.first_fault() is None, "nothing inside the database shows it"
        notebook.book().path.write_text("".join(outside), "utf-8")
        assert proof.first_fault() == 7


def test_no_entry_is_made_on_a_page_that_only_reads(context: None) -> None:
    assert not Writing.is_open.get()
    with pytest.raises(DBAPIError):
        publiclog.append(Deed(act=Act.PUBLISH, reference="G2026-0001"))
    db.session.rollback()
