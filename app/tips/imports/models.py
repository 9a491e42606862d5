"""What do we keep of a list on its way in, and of what came in before?"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of


class ImportState(StrEnum):
    """How far a list is."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    CHECKED = "checked"
    KEEPING = "keeping"
    KEPT = "kept"


class TipImport(Versioned, Model):
    """One uploaded list: how its columns are read and what the dry run found."""

    __tablename__ = "tip_import"
    __table_args__ = (one_of("state", ImportState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_path: Mapped[str] = mapped_column(index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    filename: Mapped[str]
    form: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    headings: Mapped[list[str]] = mapped_column(JSON)
    columns: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    state: Mapped[ImportState] = mapped_column(
        StrEnumType(ImportState), default=ImportState.UPLOADED
    )
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"))
    row_count: Mapped[int]
    new_count: Mapped[int] = mapped_column(default=0)
    known_count: Mapped[int] = mapped_column(default=0)
    wrong_count: Mapped[int] = mapped_column(default=0)
    fault_count: Mapped[int] = mapped_column(default=0)


class TipImportFile(Model):
    """The list itself, sealed as a whole; gone as soon as it is kept or dropped."""

    __tablename__ = "tip_import_file"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("tip_import.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    content_sealed: Mapped[str]


class TipImportFault(Model):
    """One wrong cell of a dry run; never what stands in a column of the caller's."""

    __tablename__ = "tip_import_fault"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(
        ForeignKey("tip_import.id", ondelete="CASCADE"), index=True
    )
    row: Mapped[int]
    field: Mapped[str] = mapped_column(default="")
    code: Mapped[str]
    value: Mapped[str] = mapped_column(default="")


class TipImportMapping(Model):
    """How a bureau reads the lists of one source, by their headings."""

    __tablename__ = "tip_import_mapping"
    __table_args__ = (UniqueConstraint("unit_path", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_path: Mapped[str]
    name: Mapped[str]
    headings: Mapped[dict[str, str]] = mapped_column(JSON)


class ImportedNumber(Model):
    """A number of a foreign list that is a tip of ours already: the same list twice is one."""

    __tablename__ = "tip_imported_number"

    source: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    tip_id: Mapped[int] = mapped_column(ForeignKey("tip.id"), index=True)
