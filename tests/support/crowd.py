"""What becomes of an act that several do at the same moment?"""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused


def race(app: Flask, act: Callable[[], object], times: int = 2) -> list[str]:
    """Do the same at the same time; returns how each ended."""
    told: list[str] = []
    start = Barrier(times)

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    act()
                told.append("done")
            except (Refused, IntegrityError, StaleDataError) as refused:
                told.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)
