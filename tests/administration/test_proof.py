"""Does the proof of the trail find every kind of tampering, at every place?

The verifier is run as the stand-alone program it is, on the database file and on an export.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.kernel import audit, checkpoints, clock, verify_audit
from app.kernel.db import unit_of_work
from app.people import queries as people

pytestmark = pytest.mark.database
ROWS = 300
KEY = "11" * 32
TRY = audit.declare("test.tried", "number", "text", "flag", "nothing")
COLUMNS = "seq, at, event, subject_kind, subject_reference, by_id, unit_id, facts, previous, hash"


@pytest.fixture
def book(app, tmp_path):
    """A book of checkpoints of its own for each test."""
    kept = checkpoints.book()
    checkpoints.install(checkpoints.Book(tmp_path / "checkpoints", KEY))
    yield checkpoints.book()
    checkpoints.install(kept)


@pytest.fixture
def chain(app, book):
    """Three hundred entries, witnessed after every fiftieth and at the end."""
    with app.app_context(), unit_of_work():
        by = people.today_identity("qs.inspector")
        for number in range(audit.head()[0] + 1, ROWS + 1):
            audit.record(
                TRY, "tip", f"2609{number:03}", by=by if number % 3 else None,
                number=number, text=f"铜芯\u2028“{number}”", flag=number % 2 == 0, nothing=None,
            )  # fmt: skip
            if number % 50 == 0:
                book.write(*audit.head())
    return app


@pytest.fixture
def rows(chain):
    """The raw rows, to tamper with."""
    with chain.app_context():
        lines = list(audit.export())
    return [json.loads(line) for line in lines]


@pytest.fixture
def verdict(chain, book):
    """Examine rows as the stand-alone verifier does."""
    known = verify_audit.witnessed(book.path, book.path.with_suffix(".pub"))

    def examine(tampered):
        fault, seq, _hash = verify_audit.fault_of(tampered, known)
        return fault, seq

    return examine


def _rehashed(rows, start):
    """Chain rows anew from a position on, as somebody with the whole database could."""
    made = rows[:start]
    previous = made[-1]["hash"] if made else audit.FIRST
    for number, row in enumerate(rows[start:], start + 1):
        fresh = {k: v for k, v in row.items() if k != "hash"} | {
            "seq": number,
            "previous": previous,
        }
        previous = hashlib.sha256(audit.canonical(fresh)).hexdigest()
        made.append({**fresh, "hash": previous})
    return made


def test_an_untouched_trail_holds(verdict, rows):
    assert len(rows) == ROWS
    assert verdict(rows) == (None, ROWS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("event", "test.other"), ("subject_kind", "case"), ("subject_reference", "x"), ("by", 99),
        ("unit", 99), ("at", "2020-01-01T00:00:00.000000Z"), ("facts", {"number": 0}),
        ("hash", "0" * 64),
    ],
)  # fmt: skip
def test_an_edit_is_found_in_every_entry(verdict, rows, key, value):
    for at in range(ROWS):
        tampered = [*rows[:at], {**rows[at], key: value}, *rows[at + 1 :]]
        fault, held = verdict(tampered)
        assert fault, at
        assert held == at


def test_a_deletion_is_found_at_every_place(verdict, rows):
    for at in range(ROWS):
        fault, held = verdict([*rows[:at], *rows[at + 1 :]])
        assert fault, at
        assert held == at


def test_a_deletion_with_the_numbers_closed_up_is_found(verdict, rows):
    for at in range(ROWS - 1):
        closed = [{**row, "seq": row["seq"] - 1} for row in rows[at + 1 :]]
        assert verdict([*rows[:at], *closed])[0], at


def test_an_insertion_is_found_at_every_place(verdict, rows):
    for at in range(ROWS + 1):
        for number in (at, at + 1):
            foreign = {**rows[min(at, ROWS - 1)], "seq": number, "subject_reference": "planted"}
            assert verdict([*rows[:at], foreign, *rows[at:]])[0], at


def test_a_swap_of_neighbours_is_found_with_and_without_their_numbers(verdict, rows):
    for at in range(ROWS - 1):
        one, other = rows[at], rows[at + 1]
        assert verdict([*rows[:at], other, one, *rows[at + 2 :]])[0], at
        renumbered = [{**other, "seq": one["seq"]}, {**one, "seq": other["seq"]}]
        assert verdict([*rows[:at], *renumbered, *rows[at + 2 :]])[0], at


def test_a_cut_tail_is_found_wherever_it_is_cut(verdict, rows):
    for at in range(ROWS):
        fault, held = verdict(rows[:at])
        assert fault, at
        assert held == at


def test_a_whole_chain_made_anew_is_found_from_every_place(verdict, rows):
    for at in range(ROWS):
        changed = [*rows[:at], {**rows[at], "subject_reference": "planted"}, *rows[at + 1 :]]
        fault, _held = verdict(_rehashed(changed, at))
        assert fault, at
        assert "vouches for another" in fault


def test_without_the_checkpoints_a_chain_made_anew_would_pass(rows):
    """The control: the chain alone proves nothing against whoever can write all of it."""
    forged = _rehashed([{**rows[0], "subject_reference": "planted"}, *rows[1:]], 0)
    assert verify_audit.fault_of(forged, {})[0] is None


def test_an_export_read_from_a_file_holds_too(rows, verdict, tmp_path):
    trail = tmp_path / "trail.jsonl"
    trail.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert verdict(verify_audit.entries(trail)) == (None, ROWS)


def test_a_deleted_entry_with_the_rest_made_anew_is_found(verdict, rows):
    for at in range(0, ROWS, 7):
        assert verdict(_rehashed([*rows[:at], *rows[at + 1 :]], at))[0], at


# The program by itself ----------------------------------------------------------------------------


def _run(*arguments):
    program = Path(verify_audit.__file__)
    alone = [sys.executable, "-I", str(program), *map(str, arguments)]
    return subprocess.run(alone, capture_output=True, text=True, check=False)  # noqa: S603


def _database(chain):
    settings = chain.config["SETTINGS"]
    if settings.database_url:
        pytest.skip("the verifier reads an export where there is no SQLite file")
    with chain.app_context(), unit_of_work() as session:
        session.connection().exec_driver_sql("SELECT 1")
    with closing(sqlite3.connect(settings.instance_path / "portal.db")) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return settings.instance_path / "portal.db"


def test_the_program_reads_the_database_itself(chain, book):
    answer = _run(_database(chain), book.path, book.path.with_suffix(".pub"))
    assert answer.returncode == 0, answer.stderr
    assert "good up to entry 300" in answer.stdout
    assert "6 checkpoints" in answer.stdout


def test_the_program_finds_a_row_changed_behind_the_triggers(chain, book):
    path = _database(chain)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TRIGGER audit_entry_keep_UPDATE")
        raw.execute("UPDATE audit_entry SET subject_reference = 'planted' WHERE seq = 123")
        raw.commit()
    answer = _run(path, book.path, book.path.with_suffix(".pub"))
    assert answer.returncode == 1
    assert "entry 123 was changed" in answer.stdout


def test_the_program_refuses_checkpoints_of_another_key(chain, book, tmp_path):
    foreign = tmp_path / "foreign.pub"
    foreign.write_text(Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex())
    answer = _run(_database(chain), book.path, foreign)
    assert answer.returncode != 0
    assert "is not signed by this key" in answer.stderr


def test_the_program_imports_nothing_of_the_house():
    text = Path(verify_audit.__file__).read_text("utf-8")
    assert "app." not in "".join(line for line in text.splitlines() if "import" in line)
    assert len(text.splitlines()) <= 100


# What the house itself notices --------------------------------------------------------------------


def _tamper(app, statement):
    """Write past the triggers, as somebody with the database's own rights."""
    with app.app_context(), unit_of_work() as session:
        for trigger in ("UPDATE", "DELETE"):
            if app.config["SETTINGS"].database_url:
                session.connection().exec_driver_sql(
                    "DROP TRIGGER IF EXISTS audit_entry_keep ON audit_entry"
                )
            else:
                session.connection().exec_driver_sql(
                    f"DROP TRIGGER IF EXISTS audit_entry_keep_{trigger}"
                )
        session.connection().exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE audit_entry SET event = 'x' WHERE seq = 7", 7),
        ("DELETE FROM audit_entry WHERE seq = 7", 7),
        ("DELETE FROM audit_entry WHERE seq = 300", 300),
        ("DELETE FROM audit_entry WHERE seq > 100", 101),
        ("UPDATE audit_head SET seq = 299", 301),
        ("DELETE FROM audit_head", 301),
    ],
)
def test_the_house_finds_the_first_entry_that_does_not_hold(chain, statement, broken):
    _tamper(chain, statement)
    with chain.app_context():
        assert audit.first_broken() == broken


def test_an_examination_in_pieces_finds_the_same(chain):
    with chain.app_context():
        assert all(audit.first_broken(n, n + 100) is None for n in (0, 100, 200))
        assert audit.first_broken(300) is None
        assert audit.first_broken(250, 350) == 301
        assert audit.first_broken(999) == 999
    _tamper(chain, "UPDATE audit_entry SET event = 'x' WHERE seq = 150")
    with chain.app_context():
        assert [audit.first_broken(n, n + 100) for n in (0, 100, 200)] == [None, 150, None]


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_the_trail(chain, verb):
    with (
        chain.app_context(),
        pytest.raises(Exception, match="append-only"),
        unit_of_work() as session,
    ):
        session.connection().exec_driver_sql(verb)


def test_the_mapper_refuses_too(chain):
    with chain.app_context(), pytest.raises(PermissionError), unit_of_work() as session:
        session.get_one(audit.AuditEntry, 5).event = "x"
    with chain.app_context(), pytest.raises(PermissionError), unit_of_work() as session:
        session.delete(session.get_one(audit.AuditEntry, 5))


def test_an_event_carries_exactly_its_keys(app):
    with app.app_context(), pytest.raises(ValueError, match="carries"), unit_of_work():
        audit.record(TRY, "tip", "x", by=None, number=1)
    with pytest.raises(ValueError, match="declared twice"):
        audit.declare("test.tried", "other")


def test_a_rolled_back_act_leaves_no_entry_and_no_gap(app):
    facts = {"number": 1, "text": "", "flag": False, "nothing": None}

    def give_up() -> None:
        with unit_of_work():
            audit.record(TRY, "tip", "x", by=None, **facts)
            raise KeyError

    with app.app_context():
        before = audit.head()[0]
        with pytest.raises(KeyError):
            give_up()
        with unit_of_work():
            assert audit.record(TRY, "tip", "x", by=None, **facts).seq == before + 1
        assert audit.first_broken() is None


# Checkpoints --------------------------------------------------------------------------------------


def test_the_hourly_routine_witnesses_a_head_once(chain, book):
    with chain.app_context():
        with unit_of_work():
            audit.record(TRY, "tip", "x", by=None, number=1, text="", flag=False, nothing=None)
        before = len(list(book.checkpoints()))
        checkpoints.witness_hourly()
        checkpoints.witness_hourly()
        last = book.last()
        assert len(list(book.checkpoints())) == before + 1
        assert (last.seq, last.hash) == audit.head()
        assert last.at == audit.instant(clock.now())
        assert book.is_genuine(last)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET event = 'x' WHERE seq = 301",
        "UPDATE audit_entry SET hash = '0' WHERE seq = 300",
    ],
)
def test_the_hourly_routine_never_vouches_for_what_does_not_hold(chain, book, statement):
    with chain.app_context(), unit_of_work():
        audit.record(TRY, "tip", "x", by=None, number=1, text="", flag=False, nothing=None)
    _tamper(chain, statement)
    with chain.app_context():
        checkpoints.witness_hourly()
    assert book.last().seq == 300


def test_the_hourly_routine_is_not_fooled_by_a_chain_made_anew(chain, book, rows):
    with chain.app_context(), unit_of_work():
        audit.record(TRY, "tip", "x", by=None, number=1, text="", flag=False, nothing=None)
    with chain.app_context():
        newest = json.loads(next(audit.export(ROWS)))
    forged = _rehashed([*rows[:-1], {**rows[-1], "subject_reference": "planted"}, newest], ROWS - 1)
    for row in forged[-2:]:
        _tamper(
            chain,
            f"UPDATE audit_entry SET subject_reference = '{row['subject_reference']}',"  # noqa: S608
            f" previous = '{row['previous']}', hash = '{row['hash']}' WHERE seq = {row['seq']}",
        )
    _tamper(chain, f"UPDATE audit_head SET hash = '{forged[-1]['hash']}'")  # noqa: S608
    with chain.app_context():
        assert audit.first_broken() is None
        checkpoints.witness_hourly()
    assert book.last().seq == ROWS


def test_nothing_is_witnessed_of_an_empty_trail(app, book):
    _tamper(app, "DELETE FROM audit_entry")
    _tamper(app, "DELETE FROM audit_head")
    with app.app_context():
        checkpoints.witness_hourly()
    assert book.last() is None


def test_a_forged_checkpoint_is_denied(chain, book):
    lines = book.path.read_text().splitlines()
    forged = json.loads(lines[2]) | {"hash": "0" * 64}
    book.path.write_text("\n".join([*lines[:2], json.dumps(forged), *lines[3:]]) + "\n")
    with chain.app_context():
        assert checkpoints.first_denied(book.checkpoints()) == 150
    with pytest.raises(ValueError, match="line 3"):
        verify_audit.witnessed(book.path, book.path.with_suffix(".pub"))


def test_the_key_is_not_in_the_book(book, chain):
    for path in book.path.parent.iterdir():
        assert KEY not in path.read_text()
