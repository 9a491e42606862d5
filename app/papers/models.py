"""What do we keep of a document that was issued?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.mediations.rules import Way
from app.papers.rules import NAMED, PaperKind, Recipient
from app.units.models import Unit


class Paper(Versioned, Model):
    """One issued document: its words with places for the reporter's, never the words themselves."""

    __tablename__ = "paper"
    __table_args__ = (one_of("kind", PaperKind), one_of("recipient", Recipient))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[PaperKind] = mapped_column(StrEnumType(PaperKind))
    recipient: Mapped[Recipient] = mapped_column(StrEnumType(Recipient))
    number: Mapped[str] = mapped_column(unique=True)
    tip_reference: Mapped[str] = mapped_column(index=True)
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    served_on: Mapped[date | None]
    served_by: Mapped[Way | None] = mapped_column(StrEnumType(Way))

    bureau: Mapped[Unit] = relationship()

    @property
    def is_named(self) -> bool:
        """Whether the reporter's name is filled in when it is set."""
        return self.recipient in NAMED
