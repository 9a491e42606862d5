"""What do we keep of a consultation? The question and the answer; nothing of who asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.tips.consultations.rules import ConsultationState
from app.tips.rules import Channel
from app.units.models import Unit


class Consultation(Versioned, Model):
    """One question and its answer."""

    __tablename__ = "consultation"
    __table_args__ = (one_of("state", ConsultationState), one_of("channel", Channel))

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[ConsultationState] = mapped_column(StrEnumType(ConsultationState))
    channel: Mapped[Channel] = mapped_column(StrEnumType(Channel))
    topic: Mapped[str]
    question: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    bureau: Mapped[Unit] = relationship()
