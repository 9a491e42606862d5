"""How does the house talk to its database, and through which door does it write?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, Connection, DateTime, Dialect, Engine, MetaData, String
from sqlalchemy import event as sa_event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, Session, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

CONSTRAINT_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

#: What a durable SQLite connection must answer (measured: NORMAL and OFF lose tips at a power cut).
DURABLE = {
    "journal_mode": "wal",
    "synchronous": "2",
    "foreign_keys": "1",
    "trusted_schema": "0",
    "secure_delete": "1",
    "cell_size_check": "1",
}
BUSY_TIMEOUT_MS = 15_000

E = TypeVar("E", bound=StrEnum)

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Model(DeclarativeBase):
    """Base of all tables; constraint names follow one convention so that they can be translated."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


db = SQLAlchemy(model_class=Model)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC; refuses naive values."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL keeps the zone; SQLite keeps text that sorts."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into what the database keeps."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        at = value.astimezone(UTC)
        return at if dialect.name == "postgresql" else at.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return an aware instant."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class StrEnumType(TypeDecorator[E]):
    """An enum kept by value in a string; pair it with ``one_of`` for the database's own check."""

    impl = String
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        """Remember which enum the strings belong to."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Store the value, refusing what the enum does not know."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:  # noqa: ARG002
        """Return the enum member."""
        return None if value is None else self.kind(value)


def one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    """Return the check that keeps a column inside an enum's values."""
    values = ", ".join(f"'{member.value}'" for member in kind)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


class Versioned:
    """A record with a workflow: two people changing it at once cannot both win."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy compare and raise the version on every update."""
        return {"version_id_col": cls.version}


class Writing:
    """The one door to writing: while open, transactions begin IMMEDIATE; else they only read."""

    is_open: ClassVar[ContextVar[bool]] = _writing

    @staticmethod
    @contextmanager
    def door() -> Iterator[None]:
        """Let transactions begun inside write."""
        token = _writing.set(True)
        try:
            yield
        finally:
            _writing.reset(token)

    @staticmethod
    def switch(*, on: bool) -> None:
        """Open or close the door for the rest of this request."""
        _writing.set(on)


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Run a command or a job as one write transaction: all of it is kept, or nothing."""
    session = cast("Session", db.session())
    session.rollback()
    with Writing.door():
        try:
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise


def wire(engine: Engine, *, synchronous: str = "FULL") -> None:
    """Give an engine the house's connection settings and its read or write transactions."""
    if engine.dialect.name == "sqlite":
        sa_event.listen(engine, "connect", _sqlite_connection(synchronous))
        sa_event.listen(engine, "begin", _sqlite_begin)
    else:
        sa_event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connection(synchronous: str) -> Any:
    def configure(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # the driver must not begin transactions of its own
        cursor = raw.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "trusted_schema=OFF",
            "secure_delete=ON",
            "cell_size_check=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return configure


def _sqlite_begin(connection: Connection) -> None:
    writing = _writing.get()
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
    # IMMEDIATE takes the write lock before the first read, so a number once read is still free.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql_begin(connection: Connection) -> None:
    if not _writing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def durability_faults(connection: Connection) -> list[str]:
    """Name every setting under which an acknowledged tip could be lost; empty when all is well."""
    if connection.dialect.name == "postgresql":
        answer = connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()
        return [] if answer == "on" else [f"synchronous_commit is {answer}, not on"]
    faults = []
    for pragma, wanted in DURABLE.items():
        found = str(connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one())
        if found != wanted:
            faults.append(f"{pragma} is {found}, not {wanted}")
    return faults


@sa_event.listens_for(Mapper, "before_delete")
def _refuse_delete(mapper: Mapper[Any], _connection: Connection, _target: object) -> None:
    """Guard append-only tables in the mapper too; the database has triggers of its own."""
    if getattr(mapper.class_, "append_only", False):
        raise PermissionError(f"{mapper.class_.__tablename__} is append-only")


@sa_event.listens_for(Mapper, "before_update")
def _refuse_update(mapper: Mapper[Any], _connection: Connection, target: object) -> None:
    session = Session.object_session(target)
    changed = session is not None and session.is_modified(target, include_collections=False)
    if changed and getattr(mapper.class_, "append_only", False):
        raise PermissionError(f"{mapper.class_.__tablename__} is append-only")
