"""Which pages show the public log, its checkpoints and its proofs?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.kernel import notebook, publiclog, verify_publication
from app.kernel.errors import NotFound
from app.kernel.publiclog import LogEntry
from app.kernel.verify_publication import canonical
from app.public import queries
from app.public.log import labels
from app.web.access import open_to_public
from app.web.pages import Pagination, page_number, render_page

bp = Blueprint("publiclog", __name__, url_prefix="/log", template_folder="templates")
PER_PAGE = 50


@bp.context_processor
def _owner() -> dict[str, Any]:
    return {"site_owner": queries.owner()}


@bp.after_request
def _fresh(response: Response) -> Response:
    """Let anybody keep an answer, and ask again each time: the log grows."""
    response.headers.setdefault("Cache-Control", "public, no-cache")
    return response


def _plain(text: str, mimetype: str = "text/plain") -> Response:
    return Response(text, mimetype=mimetype)


@bp.get("")
@open_to_public
def index() -> ResponseReturnValue:
    """Show the log, newest entry first, and how to check it."""
    number = page_number()
    total = publiclog.size()
    page = Pagination(number=number, per_page=PER_PAGE, total=total)
    entries = publiclog.page(number, PER_PAGE)
    newest = publiclog.newest()
    return render_page("log/index.html", entries=entries, page=page, newest=newest, labels=labels)


@bp.get("/entries/<int:number>")
@open_to_public
def entry(number: int) -> ResponseReturnValue:
    """Show one entry and the proof that it is in the log of today."""
    found = _entry(number)
    size = publiclog.size()
    return render_page(
        "log/entry.html",
        entry=found,
        size=size,
        path=publiclog.inclusion(number, size),
        told=publiclog.history(found.reference, found.kind),
        canonical=canonical(found.leaf).decode(),
        labels=labels,
    )


def _entry(number: int) -> LogEntry:
    found = publiclog.at(number)
    if found is None:
        raise NotFound
    return found


@bp.get("/entries/<int:number>.json")
@open_to_public
def entry_json(number: int) -> ResponseReturnValue:
    """Give one entry with its proof in the log of ``size``, today's for none."""
    found, size = _entry(number), _asked("size", publiclog.size())
    try:
        path = publiclog.inclusion(number, size)
    except ValueError as fault:
        raise NotFound from fault
    told = {"leaf": found.leaf, "size": size, "path": path, "note": _entry(size - 1).note}
    return _plain(canonical(told).decode(), "application/json")


@bp.get("/consistency.json")
@open_to_public
def consistency() -> ResponseReturnValue:
    """Give the proof that the log of ``new`` begins with the log of ``old``."""
    old, new = _asked("old", 0), _asked("new", publiclog.size())
    try:
        path = publiclog.consistency(old, new)
    except ValueError as fault:
        raise NotFound from fault
    return _plain(canonical({"old": old, "new": new, "path": path}).decode(), "application/json")


def _asked(name: str, otherwise: int) -> int:
    typed = request.args.get(name, "")
    if not typed:
        return otherwise
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 15):
        raise NotFound
    return int(typed)


@bp.get("/checkpoint")
@open_to_public
def checkpoint() -> ResponseReturnValue:
    """Give the signed checkpoint of the whole log, or of its first ``size`` entries."""
    return _plain(_entry(_asked("size", publiclog.size()) - 1).note)


@bp.get("/key")
@open_to_public
def key() -> ResponseReturnValue:
    """Give the public key that the checkpoints are signed with."""
    return _plain(notebook.book().public + "\n")


@bp.get("/entries.jsonl")
@open_to_public
def entries() -> ResponseReturnValue:
    """Give all entries, one canonical line each."""
    lines = stream_with_context(publiclog.export())
    return Response(lines, mimetype="application/jsonl", headers=_saved_as("entries.jsonl"))


@bp.get("/verify_publication.py")
@open_to_public
def verifier() -> ResponseReturnValue:
    """Hand out the verifier that needs nothing of this site."""
    text = Path(verify_publication.__file__).read_text("utf-8")
    return Response(text, mimetype="text/x-python", headers=_saved_as("verify_publication.py"))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename={name}"}
