"""How is a kept file handed out, so that no browser ever runs it?"""

from __future__ import annotations

from urllib.parse import quote

from flask import Response, send_file

from app.kernel import storage
from app.kernel.errors import NotFound
from app.kernel.storage import Attachment

SANDBOX = "sandbox; default-src 'none'"


def send(attachment: Attachment | None) -> Response:
    """Send the clean copy of an attachment; pictures may show in the page, all else downloads."""
    if attachment is None:
        raise NotFound
    inline = attachment.media_type in storage.PHOTOS
    return send_kept(attachment.view_sha256, attachment.media_type, attachment.name, inline=inline)


def send_made(content: bytes, media_type: str, name: str) -> Response:
    """Send bytes made for this one answer; no cache keeps them."""
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cache-Control"] = "no-store"
    return answer


def send_kept(sha256: str, media_type: str, name: str, *, inline: bool = False) -> Response:
    """Send kept bytes under a name of ours."""
    path = storage.shelf().path(sha256)
    if not path.exists():
        raise NotFound
    answer = send_file(path, mimetype=media_type, etag=sha256, conditional=True, max_age=0)
    placed = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f"{placed}; filename*=UTF-8''{quote(name)}"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
