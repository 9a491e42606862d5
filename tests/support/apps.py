"""How does a test get an application of its own, with routes or settings nobody else has?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask

from app import create_app, install
from app.kernel.db import db


@contextmanager
def another(
    app: Flask, add: Callable[[Flask], object] | None = None, **changed: Any
) -> Iterator[Flask]:
    """Build a second application over this test's database, and put the first back after."""
    other = create_app(app.config["SETTINGS"].model_copy(update=changed))
    other.config["WTF_CSRF_ENABLED"] = app.config["WTF_CSRF_ENABLED"]
    if add is not None:
        add(other)
    try:
        yield other
    finally:
        with other.app_context():
            db.session.remove()
            db.engine.dispose()
        install(app, app.config["SETTINGS"])
