"""What do we keep of a manuscript that somebody has set?"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Model, UtcDateTime, Versioned


class Manuscript(Versioned, Model):
    """A text taken apart, sealed: only whoever brought it sees it, and not for long."""

    __tablename__ = "manuscript"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    title_sealed: Mapped[str]
    content_sealed: Mapped[str]
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"))


class ManuscriptFile(Model):
    """What became of it: the PDF, sealed, or why there is none. Gone when the text changes."""

    __tablename__ = "manuscript_file"

    manuscript_id: Mapped[int] = mapped_column(
        ForeignKey("manuscript.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    content_sealed: Mapped[str | None]
    size: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(default="")
    details: Mapped[list[str]] = mapped_column(JSON, default=list)
