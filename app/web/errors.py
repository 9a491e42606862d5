"""Which page does a refusal or a fault become?"""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, g, make_response, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError, Unauthorized

from app.kernel import permissions
from app.kernel.db import Writing, db
from app.kernel.errors import IllegalTransition, NotAllowed, NotFound, PortalError, Refused, Stale
from app.web import trail, words
from app.web.access import came_from
from app.web.pages import render_page
from app.web.wtf import in_words

log = structlog.get_logger()

#: Fields of a form that are the house's own and never shown back.
OWN_FIELDS = frozenset(
    {"csrf_token", "form_key", "version", "next", "password", "old_password", "totp"}
)


def init_app(app: Flask) -> None:
    """Register a page for every kind of refusal and for whatever nobody foresaw."""
    app.register_error_handler(PortalError, refused)
    app.register_error_handler(StaleDataError, _conflict)
    app.register_error_handler(IntegrityError, _conflict)
    app.register_error_handler(OperationalError, _unavailable)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(Unauthorized, _lapsed)
    app.register_error_handler(SecurityError, _strange_host)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def _page(status: int, template: str | None = None, **context: object) -> Response:
    db.session.rollback()
    Writing.switch(on=False)  # a page of refusal needs no lock
    g.has_failed = status >= 500
    if "typed" not in context:
        context["typed"] = _typed()
    context.setdefault("request_id", g.get("request_id", ""))
    return render_page(f"errors/{template or status}.html", "main", status=status, **context)


def _typed() -> list[tuple[str, str]]:
    """Return what the person had typed, so that a refusal never loses it."""
    sent = [
        (name, in_words(name, value))
        for name, value in request.form.items(multi=True)
        if name.rpartition("-")[2] not in OWN_FIELDS and value.strip()
    ]
    return [(name, told) for name, told in sent if told]


def refused(fault: PortalError) -> Response:
    """Answer one of the house's own refusals."""
    if isinstance(fault, NotAllowed):
        log.warning("denied", permission=fault.permission, endpoint=request.endpoint)
        who = [words.role(name) for name in permissions.roles_for(fault.permission)]
        return _page(403, permission=words.permission(fault.permission), who=who)
    if isinstance(fault, NotFound):
        return _page(404)
    if isinstance(fault, IllegalTransition | Stale):
        return _conflict(fault)
    if isinstance(fault, Refused):
        return _page(422, sentence=words.refusal(fault.code, fault.facts))
    return _unforeseen(fault)


def _conflict(fault: Exception) -> Response:
    log.info("conflict", kind=type(fault).__name__, endpoint=request.endpoint)
    db.session.rollback()
    subject = g.get("subject")
    return _page(409, subject=subject, trail=trail.lines_of(*subject[:2]) if subject else [])


def _unavailable(fault: Exception) -> Response:
    # The outcome of a failed commit is unknown: ask to send the same form again, never anew.
    log.error("database", **_circumstances(fault), exc_info=fault)
    return _page(503)


def _expired(_fault: CSRFError) -> Response:
    return _page(400, sentence=None, expired=True)


def _too_large(_fault: RequestEntityTooLarge) -> Response:
    most = current_app.config["SETTINGS"].max_upload_megabytes
    # The form is what was too large: it cannot be read again.
    return _page(413, typed=[], limit=f" {most} MB")


def _lapsed(_fault: Unauthorized) -> Response:
    return _page(401, address=url_for("people.sign_in", next=came_from()))


def _strange_host(_fault: SecurityError) -> Response:
    # No address of ours can be built for a host that is not ours: plain words, no page.
    return Response("400\n", 400, content_type="text/plain; charset=utf-8")


def _http(fault: HTTPException) -> Response:
    code = fault.code or 500
    if code in {404, 403, 429}:
        return _page(code, permission="")
    if 300 <= code < 400:
        return make_response(fault.get_response())
    if code >= 500:
        return _unforeseen(getattr(fault, "original_exception", None) or fault)
    return _page(code, "400", sentence=None, expired=False)


def _unforeseen(fault: Exception) -> Response:
    log.error("unforeseen", **_circumstances(fault), exc_info=fault)
    return _page(500)


def _circumstances(fault: Exception) -> dict[str, object]:
    return {
        "request_id": g.get("request_id", ""),
        "kind": type(fault).__name__,
        "endpoint": request.endpoint,
    }
