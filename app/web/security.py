"""What does every answer carry so that a browser stays on our side?"""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

from app.config import Settings
from app.web.access import viewer

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000; includeSubDomains"
#: For a static file whose address holds its content (``static_url``).
FOR_GOOD = "public, max-age=31536000, immutable"


def init_app(app: Flask, settings: Settings) -> None:
    """Set cookies, limits and headers."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-portal" if settings.https else "portal",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=settings.max_upload_megabytes * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=300,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.https,
    )
    app.before_request(_same_site)

    @app.after_request
    def headers(response: Response) -> Response:
        return _dress(response, https=settings.https)


def _same_site() -> None:
    """Refuse a cross-site POST by the browser's own word, before any token is looked at."""
    g.request_id = uuid.uuid4().hex[:12]
    if request.method not in {"GET", "HEAD", "OPTIONS"} and not _from_here():
        abort(403)


def _from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _dress(response: Response, *, https: bool) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if https:
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if request.endpoint == "static":
        if "v" in request.args:
            response.headers["Cache-Control"] = FOR_GOOD
        return response
    response.vary.update(["HX-Request", "Cookie"])
    # The viewer last: after a fault of the database nothing may ask it again.
    if response.status_code >= 400 or request.method != "GET" or viewer() is not None:
        response.headers["Cache-Control"] = "no-store"
    return response
