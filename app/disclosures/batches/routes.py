"""Which pages of batches are there for staff?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.disclosures.batches import actions, forms, labels, publications, queries
from app.disclosures.batches import jobs as _jobs  # noqa: F401 - declares the work of the queue
from app.disclosures.batches.models import Batch
from app.disclosures.batches.rules import BatchAction
from app.kernel import clock, jobs
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.files import send_kept
from app.web.pages import Pagination, page_number, render_page, verify_root
from app.web.subjects import Subject
from app.web.transactions import after_commit
from app.web.wtf import HouseForm

bp = Blueprint("batches", __name__, url_prefix="/publicity/batches", template_folder="templates")


@bp.get("/")
@access("batch:read")
def register() -> ResponseReturnValue:
    """Show every batch, the latest first."""
    return _register(forms.StartForm(formdata=None))


def _register(form: forms.StartForm, status: int = 200) -> Response:
    number = page_number()
    found, total = queries.register(signed_in(), page=number)
    return render_page(
        "batches/register.html",
        "register",
        status=status,
        found=found,
        form=form if may(signed_in(), "batch:draft") else None,
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


@bp.post("/start")
@access("batch:draft")
def start() -> ResponseReturnValue:
    """Begin a batch; its cases are chosen on the next page."""
    form = forms.StartForm()
    if form.validate():
        with form.refusals():
            made = actions.start(form.frame(), by=signed_in())
            return redirect(url_for("batches.amend", reference=made.reference), 303)
    return _register(form, status=422)


_subject = Subject("batch", "batches.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("batch:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one batch: frame, cases, how far its bulletin is, history."""
    return _show(_load(reference), {})


def _show(batch: Batch, sent: dict[str, HouseForm], status: int = 200) -> Response:
    allowed = actions.available(batch, signed_in())
    may_retry = queries.may_retry(batch) and BatchAction.RETURN in allowed
    return render_page(
        "batches/show.html",
        "record",
        status=status,
        batch=batch,
        bulletin=publications.bulletin_of(batch),
        may_amend=BatchAction.AMEND in allowed,
        retry_form=_form_of(batch, forms.ActForm) if may_retry else None,
        job=jobs.by_id(batch.job_id) if batch.job_id and batch.state == "approved" else None,
        names=people.names(batch.hands),
        lines=trail.lines(people.timeline("batch", batch.reference)),
        acts=_acts(batch, sent),
        labels=labels,
    )


def _form_of(batch: Batch, kind: type[HouseForm]) -> HouseForm:
    form = kind(formdata=None)
    form.version.data = str(batch.version)
    return form


def _acts(batch: Batch, sent: dict[str, HouseForm]) -> list[tuple[str, HouseForm, Any]]:
    allowed = actions.available(batch, signed_in())
    found = []
    for name, kind in forms.OF_ACTS.items():
        if BatchAction(name) in allowed or name in sent:
            form = sent.get(name) or _form_of(batch, kind)
            for field in form:
                field.id = field.label.field_id = f"{name}-{field.short_name}"
            found.append((name, form, labels.BUTTONS[name]))
    return found


@bp.route("/<reference>/amend", methods=["GET", "POST"])
@access("batch:draft")
def amend(reference: str) -> ResponseReturnValue:
    """Choose the cases, order them and comment on each."""
    batch = _load(reference)
    if BatchAction.AMEND not in actions.available(batch, signed_in()):
        return _done(batch)
    form = forms.CasesForm.made_for(batch, queries.offered(signed_in(), batch))
    if request.method == "GET":
        form.version.data = str(batch.version)
        return render_page("batches/amend.html", batch=batch, form=form, labels=labels)
    if form.validate():
        form.must_match(batch)
        with form.refusals():
            actions.amend(batch, form.frame(), form.choice(), by=signed_in())
            return redirect(url_for("batches.amend", reference=reference), 303)
    return render_page(
        "batches/amend.html", "draft", batch=batch, form=form, labels=labels, status=422
    )


def _act(reference: str, name: str, do: Callable[[Batch, str], jobs.Job | None]) -> Response:
    """Do an act of the record page; a job it asks for is sent after the commit."""
    batch, form = _load(reference), forms.OF_ACTS[name]()
    if form.validate():
        form.must_match(batch)
        with form.refusals():
            reason = form["reason"].text if "reason" in form else ""
            job = do(batch, reason)
            if job is not None:
                sent = job.id
                after_commit(lambda: jobs.send(sent))
            return _done(batch)
    return _show(batch, {name: form}, status=422)


@bp.post("/<reference>/submit")
@access("batch:draft")
def submit(reference: str) -> ResponseReturnValue:
    """Hand the batch to the second person."""
    return _act(reference, "submit", lambda b, _r: actions.submit(b, by=signed_in()))


@bp.post("/<reference>/drop")
@access("batch:draft")
def drop(reference: str) -> ResponseReturnValue:
    """Give a draft up."""
    return _act(reference, "drop", lambda b, _r: actions.drop(b, by=signed_in()))


@bp.post("/<reference>/return", endpoint="return")
@access("batch:approve")
def return_(reference: str) -> ResponseReturnValue:
    """Give the batch back with a reason."""
    return _act(reference, "return", lambda b, r: actions.return_(b, reason=r, by=signed_in()))


@bp.post("/<reference>/approve")
@access("batch:approve")
def approve(reference: str) -> ResponseReturnValue:
    """Release the batch, number it and have its bulletin set."""
    return _act(reference, "approve", lambda b, _r: _approve(b))


def _approve(batch: Batch) -> jobs.Job:
    return actions.approve(batch, verify_root=verify_root(), by=signed_in())


@bp.post("/<reference>/retry")
@access("batch:approve")
def retry(reference: str) -> ResponseReturnValue:
    """Have the bulletin set again after a failure."""
    return _act(reference, "approve", lambda b, _r: actions.retry(b, by=signed_in()))


@bp.post("/<reference>/withdraw")
@access("batch:withdraw")
def withdraw(reference: str) -> ResponseReturnValue:
    """Take a published batch back."""
    return _act(reference, "withdraw", lambda b, r: actions.withdraw(b, reason=r, by=signed_in()))


@bp.get("/<reference>/file.pdf")
@access("batch:read")
def file(reference: str) -> ResponseReturnValue:
    """Send the bulletin, as long as everything in it is shown."""
    bulletin = publications.bulletin_of(_load(reference))
    if not bulletin.pdf_sha256:
        raise NotFound
    return send_kept(bulletin.pdf_sha256, "application/pdf", bulletin.file_name)


def _counts(who: Identity) -> navigation.Counts:
    return navigation.Counts(len(queries.waiting(who, clock.today())), 0)


navigation.register(
    navigation.Entry("publicity", 44, labels.RAIL, "batches.register", "batch:read", _counts)
)
