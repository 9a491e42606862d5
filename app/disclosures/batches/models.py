"""What do we keep of a batch of typical cases?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.disclosures.batches.rules import BatchState, title_of
from app.disclosures.models import Publication
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.units.models import Unit


class Batch(Versioned, Model):
    """Published penalties under one number; it keeps which, and what was said about them."""

    __tablename__ = "disclosure_batch"
    __table_args__ = (
        one_of("state", BatchState),
        UniqueConstraint("bureau_id", "year", "number"),
        Index("ix_disclosure_batch_scope", "unit_path", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[BatchState] = mapped_column(StrEnumType(BatchState))
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    #: What the cases have in common, as it stands in the title.
    subject: Mapped[str]
    foreword: Mapped[str]
    #: Drawn by the approval, and kept should it be taken back.
    year: Mapped[int | None]
    number: Mapped[int | None]
    #: Account numbers of everybody who changed it: none of them may release it.
    hands: Mapped[list[int]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: The file made last, how often it was made, and the publications whose words it holds.
    pdf_sha256: Mapped[str | None]
    pdf_size: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    held: Mapped[list[str]] = mapped_column(JSON, default=list)
    withdrawn_on: Mapped[date | None]
    #: Printed in every file of it, with the address where it is verified.
    check_code: Mapped[str | None] = mapped_column(unique=True)
    verify_root: Mapped[str] = mapped_column(default="")

    bureau: Mapped[Unit] = relationship()
    cases: Mapped[list[BatchCase]] = relationship(
        order_by="BatchCase.place", cascade="all, delete-orphan"
    )

    @property
    def title(self) -> str:
        """How people name it: with its number once it has one, by its subject before."""
        if self.year is None or self.number is None:
            return self.subject
        return title_of(self.year, self.number, self.subject)


class BatchCase(Model):
    """One publication within a batch: its place, and what the bureau says about it."""

    __tablename__ = "disclosure_batch_case"
    __table_args__ = (UniqueConstraint("batch_id", "publication_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("disclosure_batch.id"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("disclosure_publication.id"), index=True)
    place: Mapped[int]
    comment: Mapped[str] = mapped_column(default="")

    publication: Mapped[Publication] = relationship()
