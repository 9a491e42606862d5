"""Which pages show batches of typical cases to the world?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from app.disclosures.batches import publications
from app.disclosures.batches.publications import Bulletin
from app.disclosures.publications import PER_PAGE
from app.kernel import publiclog
from app.kernel.errors import NotFound
from app.kernel.publiclog import Kind
from app.kernel.query_codes import spoken
from app.public import labels, queries
from app.public.log import labels as log_labels
from app.web.access import open_to_public
from app.web.files import send_kept
from app.web.pages import Pagination, page_number, render_page

bp = Blueprint("publicbatches", __name__, url_prefix="/batches")


@bp.context_processor
def _owner() -> dict[str, Any]:
    return {"site_owner": queries.owner()}


@bp.after_request
def _fresh(response: Response) -> Response:
    """Let anybody keep an answer, and ask again each time: a case may be gone."""
    response.headers.setdefault("Cache-Control", "public, no-cache")
    return response


@bp.get("")
@open_to_public
def index() -> ResponseReturnValue:
    """Show the batches of typical cases, newest first."""
    number = page_number()
    found, total = publications.page(number, PER_PAGE)
    page = Pagination(number=number, per_page=PER_PAGE, total=total)
    return render_page("public/batches.html", batches=found, page=page)


@bp.get("/<reference>")
@open_to_public
def show(reference: str) -> ResponseReturnValue:
    """Show one batch: its cases that are shown, and the marks of the others."""
    batch = _found(reference)
    return render_page(
        "public/batch.html",
        batch=batch,
        code=spoken(batch.check_code),
        entries=publiclog.history(reference, Kind.BATCH),
        of=log_labels,
        labels=labels,
    )


def _found(reference: str) -> Bulletin:
    found = publications.by_reference(reference)
    if found is None:
        raise NotFound
    return found


@bp.get("/<reference>/file.pdf")
@open_to_public
def file(reference: str) -> ResponseReturnValue:
    """Send the bulletin; one that shows what has gone meanwhile leads to the page."""
    found = _found(reference)
    if not found.pdf_sha256:
        return redirect(url_for("publicbatches.show", reference=reference), 303)
    return send_kept(found.pdf_sha256, "application/pdf", found.file_name)
