"""What is the next number of a series? Without gaps and without doubles, on both databases."""

from __future__ import annotations

from sqlalchemy import Integer, String, bindparam, text
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
    "INSERT INTO number_series (series, scope, last) VALUES (:series, :scope, :count) "
    "ON CONFLICT (series, scope) DO UPDATE SET last = number_series.last + :count RETURNING last"
).bindparams(
    bindparam("series", type_=String),
    bindparam("scope", type_=String),
    bindparam("count", type_=Integer),
)


def next_number(series: str, scope: str) -> int:
    """Take the next number, starting at 1, inside the running write transaction."""
    return next_numbers(series, scope, 1)[0]


def next_numbers(series: str, scope: str, count: int) -> range:
    """Take so many numbers in a row, as many acts in one transaction would."""
    asked = {"series": series, "scope": scope, "count": count}
    last = int(db.session.execute(_NEXT, asked).scalar_one())
    return range(last - count + 1, last + 1)
