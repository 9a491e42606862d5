"""Which pages of notices are there?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel import jobs, storage
from app.kernel.errors import NotFound, Refused
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.notices import actions, documents, forms, labels, numbering, queries
from app.notices import jobs as _jobs  # noqa: F401 - declares what the queue does
from app.notices.models import Notice
from app.notices.reading import as_html
from app.people import queries as people
from app.typesetting import TypesettingError
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.files import SANDBOX, send, send_kept
from app.web.pages import Pagination, page_number, render_page, verify_root
from app.web.subjects import Subject
from app.web.transactions import after_commit
from app.web.wtf import HouseForm

bp = Blueprint("notices", __name__, url_prefix="/notices-desk", template_folder="templates")


@bp.get("/")
@access("notice:read")
def register() -> ResponseReturnValue:
    """Show one's own notices and those that came to one's bureau."""
    number = page_number()
    view = request.args.get("view", "ours")
    view = view if view in queries.VIEWS else "all"
    found, total = queries.listed(signed_in(), view, page=number)
    return render_page(
        "notices/register.html",
        notices=found,
        view=view,
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


_subject = Subject("notice", "notices.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("notice:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one notice: its text, its addressees, what happened."""
    return _show(_load(reference))


def _show(notice: Notice, *, status: int = 200, **sent: Any) -> Response:
    who = signed_in()
    acts = {step.action.value for step in actions.available(notice, who)}
    return render_page(
        "notices/show.html",
        "record",
        status=status,
        notice=notice,
        acts=acts,
        forms=_forms(notice, acts, who, sent),
        text=as_html(documents.facts_of(notice), below=2),
        faults=[labels.fault(fault) for fault in numbering.faults(notice.body)],
        files=_files(notice),
        successor=queries.successor_of(notice),
        reviewer=people.name_of(notice.reviewed_by_id),
        drafter=people.name_of(notice.drafted_by_id),
        signer=people.name_of(notice.signed_by_id),
        fault=_fault(notice),
        lines=trail.lines(people.timeline("notice", notice.reference)),
        labels=labels,
    )


def _fault(notice: Notice) -> str:
    """Return why a signed notice did not go out; empty while nothing went wrong."""
    if not queries.is_stuck(notice):
        return ""
    job = jobs.by_id(notice.job_id) if notice.job_id else None
    return str(labels.FAULTS.get(job.fault if job else "", labels.NOT_SET))


def _files(notice: Notice) -> list[dict[str, Any]]:
    return [
        {
            "id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256,
            "url": url_for(
                "notices.attachment", reference=notice.reference, attachment_id=file.id
            ),
        }
        for file in documents.files_of(notice)
    ]  # fmt: skip


def _may_urge(notice: Notice, who: Identity) -> bool:
    missing = any(line.acknowledged_at is None for line in notice.addressees)
    return notice.state == "published" and missing and allows(who, "notice:urge", notice)


def _forms(notice: Notice, acts: set[str], who: Identity, sent: dict[str, Any]) -> dict[str, Any]:
    line = queries.line_of(notice, who)
    may_take_in = (
        line is not None
        and line.acknowledged_at is None
        and allows(who, "notice:acknowledge", notice)
    )
    is_stuck = "reopen" in acts and queries.is_stuck(notice)
    made: dict[str, Any] = {
        "submit": forms.ActForm(prefix="submit") if "submit" in acts else None,
        "files": forms.FilesForm(prefix="files") if "submit" in acts else None,
        "review": forms.ActForm(prefix="review") if "review" in acts else None,
        "urge": forms.ActForm(prefix="urge") if _may_urge(notice, who) else None,
        "sign": forms.ActForm(prefix="sign") if "sign" in acts else None,
        "return": forms.ReasonForm(prefix="return") if "return" in acts else None,
        "withdraw": forms.ReasonForm(prefix="withdraw") if "withdraw" in acts else None,
        "acknowledge": forms.ActForm(prefix="acknowledge") if may_take_in else None,
        "retry": forms.ActForm(prefix="retry") if is_stuck else None,
        "reopen": forms.ReasonForm(prefix="reopen") if is_stuck else None,
    }
    for name, form in made.items():
        if form is not None and name != "acknowledge":
            form.version.data = str(notice.version)
    return {**made, **sent}


F = TypeVar("F", bound=HouseForm)


def _act(
    reference: str, name: str, kind: type[F], act: Callable[[Notice, F], object]
) -> ResponseReturnValue:
    """Do one act of the record's page, or show the page again with what was wrong."""
    notice = _load(reference)
    form = kind(prefix=name)
    if form.carries(notice, lambda: act(notice, form)):
        return _done(notice)
    return _show(notice, status=422, **{name: form})


def _send(job: jobs.Job) -> None:
    job_id = job.id
    after_commit(lambda: jobs.send(job_id))


@bp.post("/<reference>/submit")
@access("notice:draft")
def submit(reference: str) -> ResponseReturnValue:
    """Send a draft to review."""
    return _act(reference, "submit", forms.ActForm, lambda n, _f: actions.submit(n, by=signed_in()))


@bp.post("/<reference>/review")
@access("notice:review")
def review(reference: str) -> ResponseReturnValue:
    """Pass a draft on to the leader."""
    return _act(reference, "review", forms.ActForm, lambda n, _f: actions.review(n, by=signed_in()))


@bp.post("/<reference>/sign")
@access("notice:sign")
def sign(reference: str) -> ResponseReturnValue:
    """Sign a notice: number, typesetting, publication follow by themselves."""
    return _act(
        reference,
        "sign",
        forms.ActForm,
        lambda n, _f: _send(actions.sign(n, verify_root=verify_root(), by=signed_in())),
    )


@bp.post("/<reference>/retry")
@access("notice:sign")
def retry(reference: str) -> ResponseReturnValue:
    """Typeset a signed notice again after a fault."""
    return _act(
        reference,
        "retry",
        forms.ActForm,
        lambda n, _f: _send(actions.retry(n, verify_root=verify_root(), by=signed_in())),
    )


@bp.post("/<reference>/reopen")
@access("notice:sign")
def reopen(reference: str) -> ResponseReturnValue:
    """Take the signature back from a notice that could not go out."""
    return _act(
        reference, "reopen", forms.ReasonForm,
        lambda n, f: actions.reopen(n, reason=f.reason.text, by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/return")
@access("notice:return")
def return_(reference: str) -> ResponseReturnValue:
    """Send a notice back to its drafter."""
    return _act(
        reference, "return", forms.ReasonForm,
        lambda n, f: actions.return_(n, reason=f.reason.text, by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/acknowledge")
@access("notice:acknowledge")
def acknowledge(reference: str) -> ResponseReturnValue:
    """Take a notice in for one's bureau."""
    return _act(
        reference, "acknowledge", forms.ActForm,
        lambda n, _f: actions.acknowledge(n, by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/urge")
@access("notice:urge")
def urge(reference: str) -> ResponseReturnValue:
    """Remind the bureaus that have not taken a notice in."""
    return _act(reference, "urge", forms.ActForm, lambda n, _f: actions.urge(n, by=signed_in()))


@bp.post("/<reference>/withdraw")
@access("notice:withdraw")
def withdraw(reference: str) -> ResponseReturnValue:
    """Withdraw a notice; its public mark stays."""
    return _act(
        reference, "withdraw", forms.ReasonForm,
        lambda n, f: actions.withdraw(n, reason=f.reason.text, by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/files")
@access("notice:draft")
def add_files(reference: str) -> ResponseReturnValue:
    """Let files go with a draft."""
    return _act(
        reference, "files", forms.FilesForm,
        lambda n, f: actions.add_files(n, f.files.stored, by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/files/<int:attachment_id>/remove")
@access("notice:draft")
def remove_file(reference: str, attachment_id: int) -> ResponseReturnValue:
    """Take a file out of a draft."""
    notice = _load(reference)
    file = storage.attachment_of(documents.KIND, reference, attachment_id)
    if file is None:
        raise NotFound
    actions.remove_file(notice, file, by=signed_in())
    return _done(notice)


@bp.get("/<reference>/files/<int:attachment_id>")
@access("notice:read")
def attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    """Send a file that goes with a notice."""
    notice = _load(reference)
    return send(storage.attachment_of(documents.KIND, notice.reference, attachment_id))


@bp.get("/<reference>/preview.pdf")
@access("notice:read")
def preview(reference: str) -> ResponseReturnValue:
    """Send the pages as they would be printed now; nothing is kept."""
    notice = _load(reference)
    try:
        content = documents.typeset_notice(notice).content
    except TypesettingError as fault:
        details = "、".join(str(detail) for detail in fault.details)
        raise Refused("cannot_typeset", details=details) from fault
    return Response(content, mimetype="application/pdf", headers=PREVIEW)


#: Shown by the browser itself, never kept by it.
PREVIEW = {
    "Content-Disposition": "inline; filename=preview.pdf",
    "Content-Security-Policy": SANDBOX,
}


@bp.get("/<reference>/file.pdf")
@access("notice:read")
def pdf(reference: str) -> ResponseReturnValue:
    """Send the typeset notice."""
    notice = _load(reference)
    if notice.pdf_sha256 is None:
        raise NotFound
    return send_kept(notice.pdf_sha256, "application/pdf", f"{notice.number}.pdf")


_counts = navigation.counting(queries.waiting)
navigation.register(
    navigation.Entry("publicity", 41, labels.RAIL, "notices.register", "notice:read", _counts)
)
