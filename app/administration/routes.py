"""Which pages do the three administrators have?"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from flask import (
    Blueprint,
    Response,
    current_app,
    redirect,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.administration import access as _policy  # noqa: F401 - declares the permissions
from app.administration import actions, labels, queries
from app.administration import jobs as _kinds  # noqa: F401 - declares what the queue does
from app.administration.forms import ActForm, TrailForm
from app.kernel import audit, checkpoints, clock, jobs, signature
from app.kernel.errors import NotFound
from app.kernel.permissions import may
from app.people import queries as people
from app.people.labels import SUBJECTS
from app.web import navigation, words
from app.web.access import access, signed_in
from app.web.pages import render_page
from app.web.transactions import after_commit
from app.web.wtf import options

bp = Blueprint(
    "administration", __name__, url_prefix="/administration", template_folder="templates"
)
MOST_SEQ = 2**62


def _idle() -> timedelta:
    return timedelta(minutes=current_app.config["SETTINGS"].idle_minutes)


@bp.get("/")
@access("administration:open")
def overview() -> ResponseReturnValue:
    """How big the house is, whether its trail holds, what its queue does, where to go on."""
    who = signed_in()
    here = [entry for group in navigation.rail(who) for entry in group["items"]]
    return render_page(
        "administration/overview.html",
        figures=queries.figures(clock.now(), _idle()),
        jobs=queries.job_counts(),
        head=audit.head(),
        last=next(iter(queries.verifications(1)), None),
        seal=signature.condition(),
        now=clock.now(),
        pages=[entry for entry in here if entry["group"] in {"administration", "archive"}],
        labels=labels,
    )


# The trail ----------------------------------------------------------------------------------------


def _trail_form() -> TrailForm:
    form = TrailForm(request.args)
    known = {name: words.event(name) for name in sorted(audit.declared())}
    form.event.choices = options(known, empty="—")
    form.kind.choices = options(
        {kind: SUBJECTS.get(kind, kind) for kind in queries.kinds()}, empty="—"
    )
    return form


def _before() -> int | None:
    raw = request.args.get("before", "")
    known = raw.isascii() and raw.isdigit() and len(raw) < 20
    return min(int(raw), MOST_SEQ) if known else None


@bp.get("/trail")
@access("audit:read")
def audit_trail() -> ResponseReturnValue:
    """Who did what, when: newest first, narrowed by the filter."""
    form = _trail_form()
    asked = queries.TrailFilter()
    if form.validate():
        asked = queries.TrailFilter(
            event=form.event.data,
            kind=form.kind.data,
            reference=(form.reference.data or "").strip(),
            account=(form.account.data or "").strip(),
            since=form.since.data,
            until=form.until.data,
        )
    page = queries.trail(signed_in(), asked, before=_before())
    args = {name: request.args[name] for name in form.data if request.args.get(name)}
    older = f"{request.path}?{urlencode({**args, 'before': page.older})}" if page.older else ""
    return render_page(
        "administration/trail.html",
        "entries",
        form=form,
        page=page,
        is_set=asked != queries.TrailFilter() or bool(_before()),
        older=older,
        subjects=SUBJECTS,
        detail=words.detail,
        fact=words.fact,
        names=labels.FACTS,
    )


@bp.get("/verification")
@access("audit:verify")
def verification() -> ResponseReturnValue:
    """Does the chain hold? The head, the checkpoints, earlier examinations."""
    last = checkpoints.book().last()
    return render_page(
        "administration/verification.html",
        head=audit.head(),
        last=last,
        signed_at=datetime.fromisoformat(last.at) if last else None,
        verifications=queries.verifications(),
        form=ActForm(),
    )


@bp.post("/verification")
@access("audit:verify")
def verify() -> ResponseReturnValue:
    """Examine the whole chain, in the queue."""
    job = actions.ask_for_verification(by=signed_in())
    after_commit(lambda: jobs.send(job.id))
    return redirect(url_for("administration.job", job_id=job.id), 303)


@bp.post("/trail/export")
@access("audit:export")
def export() -> ResponseReturnValue:
    """Hand the trail out as JSON lines, for the verifier that stands alone."""
    actions.note_export(by=signed_in())
    answer = Response(
        stream_with_context(audit.export()), content_type="application/jsonl; charset=utf-8"
    )
    name = f"audit-{clock.today():%Y%m%d}.jsonl"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@bp.post("/trail/checkpoints")
@access("audit:export")
def export_checkpoints() -> ResponseReturnValue:
    """Hand out the signed checkpoints, to be kept where this house cannot write."""
    actions.note_export(by=signed_in())
    book = checkpoints.book()
    lines = book.path.read_bytes() if book.path.exists() else b""
    answer = Response(lines, content_type="application/jsonl; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="checkpoints.jsonl"'
    return answer


# The queue ----------------------------------------------------------------------------------------


@bp.get("/jobs")
@access("job:read")
def job_list() -> ResponseReturnValue:
    """What the queue did and does."""
    found = queries.job_list()
    names = people.names([j.asked_by_id for j in found if j.asked_by_id is not None])
    return render_page(
        "administration/jobs.html", jobs=found, names=names, labels=labels, title_of=words.event
    )


@bp.get("/jobs/<job_id>")
@access("account:own")
def job(job_id: str) -> ResponseReturnValue:
    """How far a job is, one's own or with the right: a panel that asks again until it is done."""
    who, found = signed_in(), jobs.by_id(job_id)
    if found is None or not (found.asked_by_id == who.person_id or may(who, "job:read")):
        raise NotFound
    return render_page(
        "administration/job.html", "progress", job=found, labels=labels, title_of=words.event
    )


navigation.register(
    navigation.Entry(
        "administration", 60, _l("概览"), "administration.overview", "administration:open"
    ),
    navigation.Entry("administration", 66, _l("后台任务"), "administration.job_list", "job:read"),
    navigation.Entry(
        "administration", 67, _l("审计日志"), "administration.audit_trail", "audit:read"
    ),
    navigation.Entry(
        "administration", 68, _l("日志核验"), "administration.verification", "audit:verify"
    ),
)
