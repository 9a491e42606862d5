"""What do we keep of a report that is not sent yet? One sealed text, for a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Model, UtcDateTime


class ReportDraft(Model):
    """Answers so far, sealed as a whole: they hold who is reporting.

    Only the visitor's browser knows the token; here lies its keyed digest.
    """

    __tablename__ = "report_draft"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
