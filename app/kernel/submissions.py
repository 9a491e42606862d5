"""Was this very form already sent? One rendered form is one act, however often it arrives."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Model, UtcDateTime, db, unit_of_work
from app.kernel.jobs import every

#: A page left open this long is not sent a second time by anybody's browser.
KEPT = timedelta(days=90)


class FormSubmission(Model):
    """The key of a rendered form and where its first sending led."""

    __tablename__ = "form_submission"

    key: Mapped[str] = mapped_column(primary_key=True)
    location: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def claim(key: str) -> str | None:
    """Claim a key for this transaction: None when it was free, else where it led the first time.

    On PostgreSQL a second sender waits here until the first commits or gives up; on SQLite the
    write lock already made it wait.
    """
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(FormSubmission).values(key=key, at=clock.now()).on_conflict_do_nothing()
    ).returning(FormSubmission.key)
    if db.session.execute(statement).first():
        return None
    return db.session.scalar(select(FormSubmission.location).where(FormSubmission.key == key))


def led_to(key: str, location: str) -> None:
    """Remember where a claimed key's act led, in the act's own transaction."""
    db.session.get_one(FormSubmission, key).location = location


@every("forget_submissions", minute="50")
def forget() -> None:
    """Drop the keys of forms that were sent long ago."""
    with unit_of_work() as session:
        session.execute(delete(FormSubmission).where(FormSubmission.at < clock.now() - KEPT))
