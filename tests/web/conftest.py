"""A bench with views that misbehave on purpose, in an application of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, redirect, request
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.kernel.db import Writing, db
from app.kernel.errors import IllegalTransition, NotFound, Refused, Stale
from app.kernel.numbering import next_number
from app.units import queries as units
from app.web.access import access, open_to_public, signed_in
from app.web.pages import about
from app.web.transactions import after_commit, open_door, writes_late
from app.web.wtf import HouseForm, LineField, PhotoField, required
from tests.support.apps import another

done: list[str] = []


class NameForm(HouseForm):
    name = LineField("名称", [required()], most=8)
    photos = PhotoField("照片")


@open_to_public
def write():
    """Take a number; answer as asked."""
    next_number("bench", "web")
    after_commit(lambda: done.append("sent"))
    status = int(request.args.get("status", "303"))
    return redirect("/bench/next", 303) if status == 303 else ("body", status)


@open_to_public
def raising():
    """Write where one may, then raise as asked."""
    if request.method == "POST":
        next_number("bench", "web")
    about("unit", "qs", "/units/qs")
    faults = {
        "refused": Refused("account_taken"), "stale": Stale(),
        "illegal": IllegalTransition("a", "b"),
        "missing": NotFound(), "fault": ZeroDivisionError("secret text"),
        "database": OperationalError("SELECT 1", {}, Exception("gone")),
    }  # fmt: skip
    raise faults[request.args["kind"]]


@open_to_public
def dirty():
    """A GET that tries to write."""
    next_number("bench", "web")
    return "written"


@open_to_public
def lost_race():
    """Somebody changes the row between our reading and our commit."""
    unit = units.by_code("qs")
    db.session.execute(text("UPDATE unit SET version = version + 1 WHERE code = 'qs'"))
    unit.phone = "0990-1"
    return redirect("/bench/next", 303)


@open_to_public
def doubled():
    """A second unit of the same name, found out at the commit."""
    units.by_code("qs").name = units.by_code("bs").name
    return redirect("/bench/next", 303)


@open_to_public
@writes_late
def late():
    """Something slow first; the door is opened by the view itself."""
    done.append("open" if Writing.is_open.get() else "closed")
    replayed = open_door()
    if replayed is not None:
        return replayed
    next_number("bench", "web")
    return redirect("/bench/next", 303)


@access("desk:open")
def form():
    """A form with a file."""
    sent = NameForm()
    if sent.validate():
        done.append(f"{sent.name.data} {len(sent.photos.stored)} {signed_in().unit_name}")
        return redirect("/bench/next", 303)
    return words_of(sent), 422


def words_of(sent: NameForm) -> str:
    return "\n".join(error for field in sent for error in field.errors)


def add_views(app: Flask) -> None:
    for view in (write, raising, lost_race, doubled, late, form):
        app.add_url_rule(f"/bench/{view.__name__}", view.__name__, view, methods=["POST"])
    app.add_url_rule("/bench/dirty", "dirty", dirty)
    app.add_url_rule("/bench/raising-page", "raising_page", raising)


@pytest.fixture
def bench(app: Flask) -> Iterator[Flask]:
    """The application with the misbehaving views."""
    done.clear()
    with another(app, add_views) as other:
        yield other


@pytest.fixture
def taken(app: Flask):
    """Return how many numbers the views took for good."""

    def count() -> int:
        with app.app_context():
            query = text("SELECT last FROM number_series WHERE series = 'bench'")
            return db.session.scalar(query) or 0

    return count
