"""Does the database keep what it acknowledged, and is there one door to writing?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import StaticPool

from app.kernel.db import (
    BUSY_TIMEOUT_MS,
    StrEnumType,
    UtcDateTime,
    Writing,
    db,
    durability_faults,
    unit_of_work,
    wire,
)
from app.kernel.jobs import Job, JobState
from app.tips.models import Tip
from tests.support.make import tips

pytestmark = pytest.mark.database

#: A statement that weakens a connection, and the setting that must then be named.
WEAKENINGS = {
    "sqlite": {
        "PRAGMA synchronous=NORMAL": "synchronous is 1",
        "PRAGMA synchronous=OFF": "synchronous is 0",
        "PRAGMA journal_mode=DELETE": "journal_mode is delete",
        "PRAGMA foreign_keys=OFF": "foreign_keys is 0",
        "PRAGMA trusted_schema=ON": "trusted_schema is 1",
        "PRAGMA secure_delete=OFF": "secure_delete is 0",
        "PRAGMA cell_size_check=OFF": "cell_size_check is 0",
    },
    "postgresql": {
        "SET synchronous_commit = off": "synchronous_commit is off",
        "SET synchronous_commit = local": "synchronous_commit is local",
    },
}
INSERT = text(
    "INSERT INTO form_submission (key, location, at) VALUES ('k', '', '2026-01-01 00:00:00')"
)
COUNT = text("SELECT count(*) FROM form_submission")


@pytest.fixture
def engine(app: Flask) -> Iterator[Engine]:
    """The test's database as production opens it: with every setting on."""
    with app.app_context():
        address = db.engine.url
    made = create_engine(address)
    wire(made)
    yield made
    made.dispose()


def test_a_connection_of_the_house_is_durable(engine: Engine) -> None:
    with engine.connect() as connection:
        assert durability_faults(connection) == []


def test_every_weakened_setting_is_found_by_name(engine: Engine) -> None:
    for statement, fault in WEAKENINGS[engine.dialect.name].items():
        weak = create_engine(engine.url, poolclass=StaticPool)
        wire(weak)
        raw = weak.raw_connection()  # some settings do not change inside a transaction
        raw.cursor().execute(statement)
        raw.commit()
        raw.close()
        with weak.connect() as connection:
            found = durability_faults(connection)
        weak.dispose()
        assert [f for f in found if f.startswith(fault)], f"{statement}: {found}"


def test_a_writer_waits_for_its_turn_rather_than_fail(engine: Engine) -> None:
    question = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    wanted = {"sqlite": str(BUSY_TIMEOUT_MS), "postgresql": "0"}
    with engine.connect() as connection:
        answer = connection.exec_driver_sql(question[engine.dialect.name]).scalar_one()
    assert str(answer) == wanted[engine.dialect.name]
    assert BUSY_TIMEOUT_MS >= 10_000


def test_a_transaction_cannot_write_unless_the_door_is_open(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(DBAPIError):
            connection.execute(INSERT)
        connection.rollback()
        with Writing.door():
            connection.execute(INSERT)
            connection.commit()
        with pytest.raises(DBAPIError):
            connection.execute(text("DELETE FROM form_submission"))
        connection.rollback()
        assert connection.execute(COUNT).scalar_one() == 1


def test_a_reader_is_not_held_up_by_a_writer(engine: Engine) -> None:
    with engine.connect() as writer, engine.connect() as reader:
        with Writing.door():
            writer.execute(INSERT)
        assert reader.execute(COUNT).scalar_one() == 0
        writer.rollback()


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_a_unit_of_work_keeps_all_or_nothing(context: None, fault: type[BaseException]) -> None:
    def fail() -> None:
        with unit_of_work() as session:
            session.execute(INSERT)
            raise fault

    with pytest.raises(fault):
        fail()
    assert db.session.execute(COUNT).scalar_one() == 0
    with unit_of_work() as session:
        session.execute(INSERT)
    assert db.session.execute(COUNT).scalar_one() == 1
    with pytest.raises(DBAPIError):
        db.session.execute(text("DELETE FROM form_submission"))


def test_of_two_changes_of_one_record_the_second_is_refused(app: Flask) -> None:
    def meet(reference: str) -> None:
        with unit_of_work() as session:
            tip = session.scalars(select(Tip).where(Tip.reference == reference)).one()
            session.execute(text("UPDATE tip SET version = version + 1"))
            tip.seller = "样例商行"

    with app.app_context():
        reference = tips.tip()
        with pytest.raises(StaleDataError):
            meet(reference)


def test_the_database_itself_knows_the_states(context: None) -> None:
    with unit_of_work() as session:
        session.execute(
            text(
                "INSERT INTO job (id, kind, arguments, state, done, total, fault, asked_at) "
                "VALUES ('j', 'k', '{}', 'waiting', 0, 1, '', '2026-01-01 00:00:00')"
            )
        )
    assert db.session.get_one(Job, "j").state is JobState.WAITING
    with pytest.raises(IntegrityError), unit_of_work() as session:
        session.execute(text("UPDATE job SET state = 'lost' WHERE id = 'j'"))


class Colour(StrEnum):
    RED = "red"


def test_an_enum_column_refuses_a_stranger_and_gives_back_members(engine: Engine) -> None:
    column = StrEnumType(Colour)
    assert column.process_bind_param("red", engine.dialect) == "red"
    assert column.process_result_value("red", engine.dialect) is Colour.RED
    with pytest.raises(ValueError, match="blue"):
        column.process_bind_param("blue", engine.dialect)


def test_an_instant_needs_its_zone_and_comes_back_aware(context: None) -> None:
    at = datetime(2026, 9, 22, 2, 42, 7, 123456, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(at.replace(tzinfo=None), db.engine.dialect)
    with unit_of_work() as session:
        session.add(Job(id="j", kind="k", arguments={}, asked_at=at))
    kept = db.session.get_one(Job, "j").asked_at
    assert kept == at
    assert kept.utcoffset() is not None


def test_a_foreign_key_holds(context: None) -> None:
    with pytest.raises((IntegrityError, OperationalError)), unit_of_work() as session:
        session.execute(text("UPDATE post SET unit_id = 999999"))
