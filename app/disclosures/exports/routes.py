"""Which pages of exports are there for staff?"""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.disclosures.exports import actions, documents, forms, labels, queries
from app.disclosures.exports.models import Export
from app.disclosures.exports.rules import Format, Target
from app.kernel.errors import NotFound
from app.kernel.permissions import allows, may
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject

bp = Blueprint("exports", __name__, url_prefix="/publicity/exports", template_folder="templates")


@bp.get("/")
@access("export:read")
def register() -> ResponseReturnValue:
    """Show every export, the latest first."""
    return _register(forms.MakeForm(formdata=None))


def _register(form: forms.MakeForm, status: int = 200) -> Response:
    number = page_number()
    found, total = queries.register(signed_in(), page=number)
    return render_page(
        "exports/register.html",
        "register",
        status=status,
        found=found,
        counts={one.id: queries.counts(one) for one in found},
        form=form if may(signed_in(), "export:make") else None,
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


@bp.post("/make")
@access("export:make")
def make() -> ResponseReturnValue:
    """Put an export together."""
    form = forms.MakeForm()
    if form.validate():
        with form.refusals():
            target, everything = Target(form.target.data), form.scope.data == "all"
            return _done(actions.make(target, everything=everything, by=signed_in()))
    return _register(form, status=422)


_subject = Subject("export", "exports.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("export:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one export: its rows, its files, what was answered."""
    made = _load(reference)
    return _show(made, forms.ReceiptForm.offered_for(made))


def _show(made: Export, form: forms.ReceiptForm, status: int = 200) -> Response:
    return render_page(
        "exports/show.html",
        "record",
        status=status,
        made=made,
        form=form if allows(signed_in(), "export:receipt", made) else None,
        names=people.names([made.made_by_id]),
        lines=trail.lines(people.timeline("export", made.reference)),
        labels=labels,
    )


@bp.get("/<reference>/file.<kind>")
@access("export:read")
def download(reference: str, kind: str) -> ResponseReturnValue:
    """Send an export as a file, with what is published now and nothing else."""
    made = _load(reference)
    if kind not in set(Format):
        raise NotFound
    write, media_type = documents.WRITERS[Format(kind)]
    answer = Response(write(queries.table(made)), mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.reference}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/<reference>/receipts")
@access("export:receipt")
def receipts(reference: str) -> ResponseReturnValue:
    """Enter what the receiving system answered."""
    made, form = _load(reference), forms.ReceiptForm()
    if form.carries(made, lambda: actions.answer(made, form.lines.text, by=signed_in())):
        return _done(made)
    return _show(made, form, status=422)


navigation.register(
    navigation.Entry("publicity", 43, labels.RAIL, "exports.register", "export:read")
)
