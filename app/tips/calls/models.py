"""What do we keep of a call, and of one not registered yet?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Model, StrEnumType, UtcDateTime, one_of
from app.tips.calls.rules import Reply


class CallDraft(Model):
    """What an operator has typed so far, sealed as a whole: it holds who is calling."""

    __tablename__ = "call_draft"
    __table_args__ = (UniqueConstraint("operator_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    operator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    #: Empty once the call was registered or the draft thrown away: what a late saving finds.
    sealed: Mapped[str]


class CallRecord(Model):
    """The call behind a tip: when, how long, where its recording is."""

    __tablename__ = "call_record"
    __table_args__ = (one_of("reply", Reply),)

    tip_reference: Mapped[str] = mapped_column(primary_key=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Until it was registered; 0 when the page was left open.
    seconds: Mapped[int]
    recording: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    reply: Mapped[Reply] = mapped_column(StrEnumType(Reply))
