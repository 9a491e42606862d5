"""What do we keep of questions, additions and judgements?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, one_of
from app.tips.conversations.rules import MessageKind
from app.units.models import Unit


class TipMessage(Model):
    """A question of the bureau, or something the reporter added."""

    __tablename__ = "tip_message"
    __table_args__ = (one_of("kind", MessageKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    tip_reference: Mapped[str] = mapped_column(index=True)
    kind: Mapped[MessageKind] = mapped_column(StrEnumType(MessageKind))
    text: Mapped[str]
    files: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Who asked; of a reporter nothing is kept here.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    #: A question: when it was answered.  An addition: when the bureau took note of it.
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TipSatisfaction(Model):
    """How a reporter judged the handling of a tip, once."""

    __tablename__ = "tip_satisfaction"
    __table_args__ = (CheckConstraint("score BETWEEN 1 AND 5", name="score_known"),)

    tip_reference: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    score: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    unit: Mapped[Unit] = relationship()
