"""What do we keep of a request for credit repair?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.disclosures.models import Disclosure
from app.disclosures.repairs.rules import RepairState
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of

_LIVE = text("state IN ('received', 'incomplete', 'accepted', 'granted')")


class Repair(Versioned, Model):
    """A party's request to end the display of its penalty early, and what was decided."""

    __tablename__ = "disclosure_repair"
    __table_args__ = (
        one_of("state", RepairState),
        Index("ix_disclosure_repair_scope", "unit_path", "state"),
        # Two officers who enter the same request at once: the second is told so.
        Index(
            "uq_disclosure_repair_live",
            "disclosure_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[RepairState] = mapped_column(StrEnumType(RepairState))
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"))
    unit_path: Mapped[str]
    received_on: Mapped[date]
    #: Papers at hand (``rules.Paper``), and the conditions a person found to hold.
    papers: Mapped[list[str]] = mapped_column(JSON, default=list)
    conditions: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str] = mapped_column(default="")
    was_asked_more: Mapped[bool] = mapped_column(default=False)
    received_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    examined_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    disclosure: Mapped[Disclosure] = relationship()

    @property
    def title(self) -> str:
        """How people name it: the case it is about."""
        return self.disclosure.title
