"""What do we keep of an objection?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.disclosures.models import Disclosure
from app.disclosures.objections.rules import Answer, ObjectionState
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of


class Objection(Versioned, Model):
    """What a party holds against what is shown about it, and the bureau's answer."""

    __tablename__ = "disclosure_objection"
    __table_args__ = (
        one_of("state", ObjectionState),
        one_of("answer", Answer),
        Index("ix_disclosure_objection_scope", "unit_path", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ObjectionState] = mapped_column(StrEnumType(ObjectionState))
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    unit_path: Mapped[str]
    received_on: Mapped[date]
    #: The last day for the answer, as the bureau set it.
    answer_by: Mapped[date]
    claims: Mapped[str]
    finding: Mapped[str] = mapped_column(default="")
    answer: Mapped[Answer | None] = mapped_column(StrEnumType(Answer))
    answer_text: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    received_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    examined_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: The answer as a letter, once the queue has set it.
    letter_sha256: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    disclosure: Mapped[Disclosure] = relationship()

    @property
    def title(self) -> str:
        """How people name it: the case it is about."""
        return self.disclosure.title

    @property
    def is_late(self) -> bool:
        """Whether the answer came after its last day."""
        return self.answered_on is not None and self.answered_on > self.answer_by
