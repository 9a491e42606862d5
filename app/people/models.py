"""What do we keep of a person, a post and a session?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.kernel.roles import Role
from app.units.models import Unit


class Person(Versioned, Model):
    """Somebody who may sign in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    password_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    totp_sealed: Mapped[str | None]
    totp_last_step: Mapped[int] = mapped_column(default=0)
    #: "zh", "en", or empty while the person has not chosen.
    language: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    posts: Mapped[list[Post]] = relationship(back_populates="person", order_by="Post.id")


class FormerPassword(Model):
    """A password that may not be used again soon."""

    __tablename__ = "former_password"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    password_hash: Mapped[str]


class Post(Model):
    """A role of a person in a unit, from a day to a day."""

    __tablename__ = "post"
    __table_args__ = (one_of("role", Role), Index("ix_post_unit_role", "unit_id", "role"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(StrEnumType(Role))
    title: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship()

    def is_held(self, on: date) -> bool:
        """Tell whether the post is held on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class SignInSession(Model):
    """One signed-in browser; the token itself is only in the browser, its hash is here."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    agent: Mapped[str]
    source_digest: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()


class SignInFailure(Model):
    """A failed attempt by source; kept a day, to slow one source without locking others."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_source", "source_digest", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
