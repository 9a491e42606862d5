"""Which pages make an official document of any text?"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.kernel import jobs
from app.manuscripts import actions, forms, labels, queries, sheet
from app.manuscripts import jobs as _work  # noqa: F401 - declares what the queue does
from app.manuscripts.models import Manuscript, ManuscriptFile
from app.manuscripts.sheet import NEW, Part, Sheet
from app.typesetting import Fault, Table
from app.typesetting.paragraphs import paragraphs
from app.typesetting.tables import width_in_columns
from app.web import navigation
from app.web.access import access, signed_in
from app.web.files import SANDBOX
from app.web.pages import render_page
from app.web.subjects import Subject
from app.web.transactions import after_commit, open_door, writes_late

bp = Blueprint("manuscripts", __name__, url_prefix="/manuscripts", template_folder="templates")
#: A text far too long is still read, so that it can be refused at its field and shown again.
MOST_FORM_BYTES = 8 * 1024 * 1024


@bp.url_value_preprocessor
def _read_long_texts(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.max_form_memory_size = MOST_FORM_BYTES


@bp.route("/", methods=["GET", "POST"])
@access("manuscript:typeset")
@writes_late
def start() -> ResponseReturnValue:
    """Bring a text in; it is taken apart before the write door opens and kept sealed."""
    who, form = signed_in(), forms.StartForm()
    if form.validate_on_submit():
        replayed = open_door()
        if replayed is not None:
            return replayed
        manuscript = actions.take(sheet.of(form.found), by=who)
        return _done(manuscript)
    return render_page(
        "manuscripts/start.html",
        form=form,
        manuscripts=queries.newest(who),
        labels=labels,
        status=422 if form.is_submitted() else 200,
    )


_subject = Subject("manuscript", "manuscripts.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("manuscript:typeset")
def show(reference: str) -> ResponseReturnValue:
    """Show what was recognised, for correction, and what became of it."""
    manuscript = _load(reference)
    held = queries.sheet_of(manuscript)
    form = forms.sheet_form(held)
    made = queries.file_of(manuscript)
    if made is not None and made.fault:
        _blame(form, held, made)
    return _show(manuscript, held, form)


def _show(
    manuscript: Manuscript, held: Sheet, form: forms.SheetForm, *, status: int = 200
) -> Response:
    form.version.data = form.version.data or str(manuscript.version)
    state = jobs.state_of(manuscript.job_id)
    return render_page(
        "manuscripts/show.html",
        "result",
        status=status,
        manuscript=manuscript,
        sheet=held,
        form=form,
        parts=[*held.parts(), Part(NEW, sheet.ANNEX, held.facts)],
        new=NEW,
        blocks={part.prefix: paragraphs(part.facts.body) for part in held.parts()},
        file=queries.file_of(manuscript),
        is_under_way=state in actions.UNDER_WAY,
        has_failed=state is jobs.JobState.FAILED,
        act_form=forms.ActForm(prefix="act"),
        labels=labels,
    )


def _blame(form: forms.SheetForm, held: Sheet, made: ManuscriptFile) -> None:
    """Say at its field what the typesetter could not do."""
    for field in _blamed(form, held, made):
        field.errors = [*field.errors, labels.fault(made.fault, _within(field, made))]


def _within(field: Any, made: ManuscriptFile) -> list[str]:
    if made.fault != Fault.MISSING_GLYPHS:
        return made.details
    signs = zip(labels.signs(made.details), made.details, strict=True)
    return [point for sign, point in signs if sign in (field.data or "")]


def _blamed(form: forms.SheetForm, held: Sheet, made: ManuscriptFile) -> list[Any]:
    if made.fault == Fault.MISSING_GLYPHS:
        return [form[name] for name in form.texts() if _within(form[name], made)]
    if made.fault == Fault.TABLE_TOO_WIDE:
        return [
            form[f"{part.prefix}body"]
            for part in held.parts()
            if any(
                isinstance(block, Table) and str(width_in_columns(block)) in made.details
                for block in part.facts.body
            )
        ]
    return [form.body] if made.fault in {Fault.TOO_LONG, Fault.TOO_MANY_PAGES} else []


@bp.post("/<reference>")
@access("manuscript:typeset")
def correct(reference: str) -> ResponseReturnValue:
    """Take corrections in and, if asked, have the document set."""
    manuscript = _load(reference)
    held = queries.sheet_of(manuscript)
    form = forms.sheet_form(held)
    if not form.validate():
        return _show(manuscript, held, form, status=422)
    form.must_match(manuscript)
    corrected = held.corrected(form.texts(), letter=form.is_letter)
    actions.correct(manuscript, corrected, by=signed_in())
    if request.form.get("then") == "typeset":
        job_id = actions.ask(manuscript, by=signed_in()).id
        after_commit(lambda: jobs.send(job_id))
    return _done(manuscript)


@bp.post("/<reference>/drop")
@access("manuscript:typeset")
def drop(reference: str) -> ResponseReturnValue:
    """Throw a manuscript away."""
    manuscript = _load(reference)
    actions.drop(manuscript, by=signed_in())
    return redirect(url_for("manuscripts.start"), 303)


@bp.get("/<reference>/file.pdf")
@access("manuscript:typeset")
def pdf(reference: str) -> ResponseReturnValue:
    """Send the typeset manuscript."""
    manuscript = _load(reference)
    content = queries.content_of(manuscript)
    answer = Response(content, mimetype="application/pdf")
    name = queries.sheet_of(manuscript).facts.title.replace("\n", "")[:80] or _("文稿排版")
    answer.headers["Content-Disposition"] = (
        f"attachment; filename*=UTF-8''{quote(name, safe='')}.pdf"
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


navigation.register(
    navigation.Entry("publicity", 45, labels.RAIL, "manuscripts.start", "manuscript:typeset")
)
