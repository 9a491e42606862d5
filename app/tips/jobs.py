"""What does the queue do for tips? It prints older ones, so that doubles of them are found."""

from __future__ import annotations

from app.kernel import jobs
from app.kernel.db import db, unit_of_work
from app.tips import duplicates


@jobs.every("print_tips", minute="7,37")
def print_tips() -> None:
    """Print what has none yet, piece by piece, so that nobody waits long for the write door."""
    printed = True
    while printed:
        with unit_of_work():
            printed = duplicates.print_older() > 0
        db.session.remove()
