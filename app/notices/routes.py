"""Which pages of notices are there?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.kernel import clock, jobs
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.notices import actions, forms, labels, queries, rules
from app.notices import jobs as _jobs  # noqa: F401 - declares what the queue does
from app.notices.models import Notice
from app.notices.rules import NoticeKind, Openness
from app.people import queries as people
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, opened_for, signed_in
from app.web.files import send_kept
from app.web.pages import Pagination, about, page_number, render_page
from app.web.transactions import after_commit
from app.web.wtf import options

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


def _form() -> forms.NoticeForm:
    form = forms.NoticeForm()
    own = signed_in().bureau_id
    form.addressees.choices = options(
        {unit.code: unit.name for unit in units.all_bureaus() if unit.id != own}
    )
    return form


def _text(form: forms.NoticeForm) -> actions.Text:
    return actions.Text(
        kind=NoticeKind(form.kind.data),
        title=form.title.text,
        body=form.body.text,
        openness=Openness(form.openness.data),
        basis=form.basis.text,
        acknowledge_by=form.acknowledge_by.data,
        addressees=[units.by_code(code) for code in form.addressees.data or ()],
    )


@bp.route("/new", methods=["GET", "POST"])
@access("notice:draft")
def new() -> ResponseReturnValue:
    """Write a notice."""
    form = _form()
    if request.method == "POST" and form.validate():
        with form.refusals():
            notice = actions.draft(_text(form), by=signed_in())
            return redirect(url_for("notices.show", reference=notice.reference), 303)
    status = 422 if request.method == "POST" else 200
    return render_page("notices/edit.html", "edit", form=form, notice=None, status=status)


def _load(reference: str) -> Notice:
    notice = queries.by_reference(reference, signed_in())
    about("notice", reference, url_for("notices.show", reference=reference))
    opened_for(notice)
    return notice


@bp.route("/<reference>/edit", methods=["GET", "POST"])
@access("notice:draft")
def edit(reference: str) -> ResponseReturnValue:
    """Change a draft."""
    notice = _load(reference)
    form = _form()
    if request.method == "POST":
        if form.validate():
            form.must_match(notice)
            with form.refusals():
                actions.amend(notice, _text(form), by=signed_in())
                return _done(notice)
        return render_page("notices/edit.html", "edit", form=form, notice=notice, status=422)
    form.process(
        kind=notice.kind.value, title=notice.title, body=notice.body, basis=notice.basis,
        openness=notice.openness.value, acknowledge_by=notice.acknowledge_by,
        addressees=[line.unit.code for line in notice.addressees], version=str(notice.version),
        form_key=form.form_key.data,
    )  # fmt: skip
    return render_page("notices/edit.html", "edit", form=form, notice=notice)


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
        paragraphs=[(rules.heading_level(p), p) for p in rules.paragraphs(notice.body)],
        drafter=people.name_of(notice.drafted_by_id),
        signer=people.name_of(notice.signed_by_id),
        has_failed=notice.state == "signed" and _has_failed(notice),
        lines=trail.lines(people.timeline("notice", notice.reference)),
        labels=labels,
    )


def _has_failed(notice: Notice) -> bool:
    return jobs.state_of(notice.job_id) is jobs.JobState.FAILED


def _forms(notice: Notice, acts: set[str], who: Identity, sent: dict[str, Any]) -> dict[str, Any]:
    line = queries.line_of(notice, who)
    may_take_in = (
        line is not None
        and line.acknowledged_at is None
        and allows(who, "notice:acknowledge", notice)
    )
    may_retry = notice.state == "signed" and allows(who, "notice:sign", notice)
    made: dict[str, Any] = {
        "submit": forms.ActForm(prefix="submit") if "submit" in acts else None,
        "sign": forms.ActForm(prefix="sign") if "sign" in acts else None,
        "return": forms.ReasonForm(prefix="return") if "return" in acts else None,
        "withdraw": forms.ReasonForm(prefix="withdraw") if "withdraw" in acts else None,
        "acknowledge": forms.ActForm(prefix="acknowledge") if may_take_in else None,
        "retry": forms.ActForm(prefix="retry") if may_retry and _has_failed(notice) else None,
    }
    for name, form in made.items():
        if form is not None and name != "acknowledge":
            form.version.data = str(notice.version)
    return {**made, **sent}


def _done(notice: Notice) -> ResponseReturnValue:
    return redirect(url_for("notices.show", reference=notice.reference), 303)


@bp.post("/<reference>/submit")
@access("notice:draft")
def submit(reference: str) -> ResponseReturnValue:
    """Send a draft to the leader."""
    notice = _load(reference)
    form = forms.ActForm(prefix="submit")
    if form.validate():
        form.must_match(notice)
        actions.submit(notice, by=signed_in())
        return _done(notice)
    return _show(notice, submit=form, status=422)


@bp.post("/<reference>/sign")
@access("notice:sign")
def sign(reference: str) -> ResponseReturnValue:
    """Sign a notice: number, typesetting, publication follow by themselves."""
    notice = _load(reference)
    form = forms.ActForm(prefix="sign")
    if form.validate():
        form.must_match(notice)
        with form.refusals():
            job_id = actions.sign(notice, by=signed_in()).id
            after_commit(lambda: jobs.send(job_id))
            return _done(notice)
    return _show(notice, sign=form, status=422)


@bp.post("/<reference>/retry")
@access("notice:sign")
def retry(reference: str) -> ResponseReturnValue:
    """Typeset a signed notice again after a fault."""
    notice = _load(reference)
    form = forms.ActForm(prefix="retry")
    if form.validate():
        form.must_match(notice)
        job_id = actions.retry(notice, by=signed_in()).id
        after_commit(lambda: jobs.send(job_id))
        return _done(notice)
    return _show(notice, retry=form, status=422)


@bp.post("/<reference>/return")
@access("notice:sign")
def return_(reference: str) -> ResponseReturnValue:
    """Send a notice back to its drafter."""
    notice = _load(reference)
    form = forms.ReasonForm(prefix="return")
    if form.validate():
        form.must_match(notice)
        with form.refusals():
            actions.return_(notice, reason=form.reason.text, by=signed_in())
            return _done(notice)
    return _show(notice, status=422, **{"return": form})


@bp.post("/<reference>/acknowledge")
@access("notice:acknowledge")
def acknowledge(reference: str) -> ResponseReturnValue:
    """Take a notice in for one's bureau."""
    notice = _load(reference)
    form = forms.ActForm(prefix="acknowledge")
    if form.validate():
        actions.acknowledge(notice, by=signed_in())
        return _done(notice)
    return _show(notice, acknowledge=form, status=422)


@bp.post("/<reference>/withdraw")
@access("notice:withdraw")
def withdraw(reference: str) -> ResponseReturnValue:
    """Withdraw a notice; its public mark stays."""
    notice = _load(reference)
    form = forms.ReasonForm(prefix="withdraw")
    if form.validate():
        form.must_match(notice)
        with form.refusals():
            actions.withdraw(notice, reason=form.reason.text, by=signed_in())
            return _done(notice)
    return _show(notice, withdraw=form, status=422)


@bp.get("/<reference>/file.pdf")
@access("notice:read")
def pdf(reference: str) -> ResponseReturnValue:
    """Send the typeset notice."""
    notice = _load(reference)
    if notice.pdf_sha256 is None:
        raise NotFound
    return send_kept(notice.pdf_sha256, "application/pdf", f"{notice.number}.pdf")


def _counts(who: Identity) -> navigation.Counts:
    today = clock.today()
    lines = queries.waiting(who, today)
    return navigation.Counts(len(lines), sum(line.is_overdue(today) for line in lines))


navigation.register(
    navigation.Entry("publicity", 41, labels.RAIL, "notices.register", "notice:read", _counts)
)
