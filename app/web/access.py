"""May this visitor open this address? Declared on every endpoint, checked before its view."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user

from app.kernel import permissions
from app.kernel.errors import NotAllowed
from app.kernel.identity import Identity

PUBLIC = "public"

View = Callable[..., ResponseReturnValue]
login_manager = LoginManager()


class SignedIn(Protocol):
    """What the people slice's session loader returns."""

    identity: Identity


def init_app(app: Flask) -> None:
    """Let Flask-Login read the session; the people slice registers the loader."""
    login_manager.session_protection = None  # our sessions are rows, ended on the server
    login_manager.init_app(app)


def viewer() -> Identity | None:
    """Return who is asking, or None for a visitor; the public face knows visitors only."""
    if "viewer" not in g:
        is_staff_face = current_app.config["SETTINGS"].face != "public"
        user = current_user if is_staff_face else None
        g.viewer = cast("SignedIn", user).identity if user and user.is_authenticated else None
    return cast("Identity | None", g.viewer)


def signed_in() -> Identity:
    """Return who is asking on a page that only staff reach."""
    who = viewer()
    if who is None:
        raise NotAllowed("desk:open")
    return who


def access(permission: str) -> Callable[[View], View]:
    """Guard a view by a permission (coarse: scope and subject are checked below)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            who = viewer()
            if who is None:
                return _not_signed_in()
            if not permissions.may(who, permission):
                raise NotAllowed(permission)
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def opened_for(subject: object) -> None:
    """Refuse (403) unless the permission of the address holds for this very record too.

    Said by every slice where it loads a record, so that nobody is shown the form of an act, or
    the faults of what they typed into it, when the act itself would be refused.
    """
    view = current_app.view_functions[request.endpoint or ""]
    permissions.require(signed_in(), cast("Any", view).access, subject)


def open_to_public(view: View) -> View:
    """Declare that anybody may open this address."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def safe_next(target: str | None) -> str | None:
    """Return a local address to go on to, or None: one leading slash, no host, no tricks."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return None
    if any(ord(ch) < 0x20 or ch == "\\" for ch in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def came_from() -> str | None:
    """Return the local page on which the reader pressed a button, when the browser says so."""
    page = urlsplit(request.referrer or "")
    return safe_next(page.path) if page.netloc == request.host else None


def _not_signed_in() -> Response:
    """Ask for a sign-in; what a lapsed session was about to send is shown back, never lost."""
    if request.method not in {"GET", "HEAD"}:
        abort(401)
    return turn_away(url_for("people.sign_in", next=safe_next(_asked())))


def _asked() -> str:
    """Return the address the reader sees: the page's own, not that of a fragment of it."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    if request.headers.get("HX-Request") == "true" and page.path:
        return f"{page.path}?{page.query}".rstrip("?")
    return request.full_path.rstrip("?")


def turn_away(address: str) -> Response:
    """Send the reader elsewhere and keep nothing; a fragment request leaves its page for it."""
    g.kept_back = True
    if request.headers.get("HX-Request") == "true":
        answer = make_response("", 204)
        answer.headers["HX-Redirect"] = address
        return answer
    return cast("Response", redirect(address, 303))
