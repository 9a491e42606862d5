"""What is the next number of a series? Without gaps and without doubles, on both databases."""

from __future__ import annotations

from sqlalchemy import String, bindparam, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.db import Model, db


class NumberSeries(Model):
    """The last number issued of one series within one scope (a bureau and year, say)."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String, primary_key=True)
    scope: Mapped[str] = mapped_column(String, primary_key=True)
    last: Mapped[int]


# One statement: the row lock (PostgreSQL) or the write lock (SQLite) is held until commit, so a
# rolled-back act gives its number back and nobody else can have seen it.
_NEXT = text(
    "INSERT INTO number_series (series, scope, last) VALUES (:series, :scope, 1) "
    "ON CONFLICT (series, scope) DO UPDATE SET last = number_series.last + 1 RETURNING last"
).bindparams(bindparam("series", type_=String), bindparam("scope", type_=String))


def next_number(series: str, scope: str) -> int:
    """Take the next number, starting at 1, inside the running write transaction."""
    return int(db.session.execute(_NEXT, {"series": series, "scope": scope}).scalar_one())
