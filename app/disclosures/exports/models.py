"""What do we keep of what was handed on?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.disclosures.exports.rules import Answer, Target
from app.disclosures.models import Publication
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.units.models import Unit


class Export(Versioned, Model):
    """One set of publications that was handed on; it keeps which, never their words.

    What was withdrawn since leaves the house no more, also not with an old export.
    """

    __tablename__ = "disclosure_export"
    __table_args__ = (
        one_of("target", Target),
        Index("ix_disclosure_export_scope", "unit_path", "target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    target: Mapped[Target] = mapped_column(StrEnumType(Target))
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    #: The latest change of the public face it holds; the next one begins after it.
    edition: Mapped[int]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    bureau: Mapped[Unit] = relationship()
    rows: Mapped[list[ExportRow]] = relationship(
        order_by="ExportRow.id", cascade="all, delete-orphan"
    )


class ExportRow(Model):
    """One publication within an export, and what the receiving system said about it."""

    __tablename__ = "disclosure_export_row"
    __table_args__ = (one_of("answer", Answer), UniqueConstraint("export_id", "publication_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("disclosure_export.id"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("disclosure_publication.id"), index=True)
    answer: Mapped[Answer] = mapped_column(StrEnumType(Answer), default=Answer.OPEN)
    message: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    publication: Mapped[Publication] = relationship()
