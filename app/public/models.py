"""What do we keep of those who knock? A keyed digest of the source and the hour, for a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Model, StrEnumType, UtcDateTime, one_of
from app.public.rules import Door


class DoorUse(Model):
    """One use of a public door by one source; never an address, never what was said."""

    __tablename__ = "public_door_use"
    __table_args__ = (
        one_of("door", Door),
        Index("ix_public_door_use_source", "door", "source_digest", "at"),
        Index("ix_public_door_use_at", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[Door] = mapped_column(StrEnumType(Door))
    source_digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
