"""What do we keep of a notice, its addressees and what was made public?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.kernel.storage import NAMES_FILES
from app.notices.rules import NoticeKind, NoticeState, Openness
from app.units.models import Unit


class Notice(Versioned, Model):
    """One official notice."""

    __tablename__ = "notice"
    __table_args__ = (
        one_of("state", NoticeState),
        one_of("kind", NoticeKind),
        one_of("openness", Openness),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str | None] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(StrEnumType(NoticeKind))
    state: Mapped[NoticeState] = mapped_column(
        StrEnumType(NoticeState), default=NoticeState.DRAFTING
    )
    title: Mapped[str]
    body: Mapped[str]
    openness: Mapped[Openness] = mapped_column(StrEnumType(Openness))
    basis: Mapped[str] = mapped_column(default="")
    copies_to: Mapped[str] = mapped_column(default="")
    #: The published notice that this one takes the place of.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"))
    #: The figures that came from the unit's own records: place, value, source, days.
    figures: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    acknowledge_by: Mapped[date | None]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(index=True)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    signed_on: Mapped[date | None]
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"))
    pdf_sha256: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")

    bureau: Mapped[Unit] = relationship()
    replaces: Mapped[Notice | None] = relationship(remote_side="Notice.id")
    addressees: Mapped[list[Addressee]] = relationship(
        back_populates="notice", order_by="Addressee.id"
    )


class Addressee(Model):
    """A bureau a notice goes to, and when somebody there took it in (签收)."""

    __tablename__ = "notice_addressee"
    __table_args__ = (UniqueConstraint("notice_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    urged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    urged_times: Mapped[int] = mapped_column(default=0)

    notice: Mapped[Notice] = relationship(back_populates="addressees")
    unit: Mapped[Unit] = relationship()


class NoticePublication(Model):
    """What the world may read: a frozen value, never the notice itself."""

    __tablename__ = "notice_publication"
    __table_args__ = (Index("ix_notice_publication_order", "published_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(StrEnumType(NoticeKind))
    number: Mapped[str]
    title: Mapped[str]
    unit: Mapped[str]
    #: What was typeset, and in which form: the page shows the same.
    template: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    files: Mapped[list[dict[str, Any]]] = mapped_column(JSON, info=NAMES_FILES)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: Printed in the file; what went out before there were codes has none.
    check_code: Mapped[str | None] = mapped_column(unique=True)
    pdf_sha256: Mapped[str]
    pdf_size: Mapped[int]
    replaces: Mapped[str] = mapped_column(default="")
    replaced_by: Mapped[str] = mapped_column(default="")
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(default="")


class NoticeTemplate(Versioned, Model):
    """A text to begin from, with named places for the unit's own figures."""

    __tablename__ = "notice_template"
    __table_args__ = (one_of("kind", NoticeKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[NoticeKind] = mapped_column(StrEnumType(NoticeKind))
    title: Mapped[str]
    body: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
