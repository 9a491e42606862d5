"""When is an act kept? A POST answered below 400 commits; every other request rolls back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app.kernel import permissions, submissions
from app.kernel.db import Writing, db
from app.web import uploads
from app.web.access import PUBLIC, came_from, viewer

V = TypeVar("V", bound=Callable[..., Any])

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def init_app(app: Flask) -> None:
    """Open, end and close the request's one transaction."""
    app.before_request(_open)
    app.after_request(_end)
    app.teardown_request(_close)


def writes_late(view: V) -> V:
    """Mark a view that first computes something slow and opens the write door by itself."""
    view.writes_late = True  # type: ignore[attr-defined]
    return view


def repeatable(view: V) -> V:
    """Mark a view that may be sent the same thing again and again: it keeps only the last."""
    view.repeatable = True  # type: ignore[attr-defined]
    return view


def open_door() -> ResponseReturnValue | None:
    """Begin to write; a form that was already acted upon is answered as the first time."""
    db.session.rollback()
    Writing.switch(on=True)
    key = _submission()
    if not key:
        return None
    g.form_key = key
    led = submissions.claim(key)
    if led is None:
        return None
    g.pop("form_key")
    # An act answered in place led nowhere: back to the page that its form stood on.
    return redirect(led or came_from() or "/", 303)


def _submission() -> str:
    """Return what makes this sending one act: the form's key, its content, its sender.

    A form with a prefix names its key ``x-form_key``.  The content belongs to it: who goes back,
    changes what they wrote and sends the same form again means another act.
    """
    fields = list(request.form.items(multi=True))
    if getattr(app_view(request.endpoint), "repeatable", False):
        return ""
    if not any(name.endswith("form_key") and value for name, value in fields):
        return ""
    who = viewer()
    files = [(name, file.filename) for name, file in request.files.items(multi=True)]
    sent = [field for field in fields if not field[0].endswith("csrf_token")]
    content = json.dumps([who and who.person_id, request.path, sorted(sent), sorted(files)])
    return hashlib.sha256(content.encode()).hexdigest()


def keep_now() -> None:
    """Keep the act before its answer is made: what follows is slow, and nobody may wait for it."""
    key = g.pop("form_key", None)
    if key is not None and Writing.is_open.get():
        submissions.led_to(key, "")
    db.session.commit()
    Writing.switch(on=False)


def after_commit(act: Callable[[], object]) -> None:
    """Run something once the act is safely kept (sending a job, say)."""
    g.setdefault("after_commit", []).append(act)


def _open() -> ResponseReturnValue | None:
    Writing.switch(on=False)
    if request.method not in UNSAFE:
        return None
    who = viewer()  # the session is looked up before the write lock is taken
    view = request.url_rule and app_view(request.endpoint)
    if view is None or getattr(view, "writes_late", False):
        return None
    permission = getattr(view, "access", PUBLIC)
    if who is not None and permission != PUBLIC and permissions.may(who, permission):
        uploads.keep_early()
    return open_door()


def app_view(endpoint: str | None) -> Callable[..., Any] | None:
    """Return the view function of an endpoint."""
    return current_app.view_functions.get(endpoint or "")


def _end(response: Response) -> Response:
    kept = request.method in UNSAFE and response.status_code < 400 and not g.get("kept_back")
    if not kept:
        db.session.rollback()
        return response
    key = g.pop("form_key", None)
    try:
        if key is not None and Writing.is_open.get():
            submissions.led_to(key, response.headers.get("Location", ""))
        db.session.commit()
    except SQLAlchemyError as fault:
        # Flask hands faults of this late hour to nobody: without this a lost race would be a 500.
        g.pop("after_commit", None)
        return current_app.make_response(current_app.handle_user_exception(fault))
    Writing.switch(on=False)
    for act in g.pop("after_commit", []):
        act()
    return response


def _close(_fault: BaseException | None) -> None:
    db.session.rollback()
    Writing.switch(on=False)
