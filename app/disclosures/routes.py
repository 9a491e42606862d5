"""Which pages of disclosures are there for staff?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue

from app.cases import queries as cases
from app.clocks import queries as clocks
from app.disclosures import actions, drafting, forms, labels, publications, queries, rules, texts
from app.disclosures import jobs as _jobs  # noqa: F401 - declares the work of the queue
from app.disclosures.acts import ACTS
from app.disclosures.models import Disclosure
from app.disclosures.redacting import Redaction, alike, compared
from app.disclosures.rules import DisclosureAction, Ground
from app.disclosures.summaries import Summary, shapes
from app.kernel import clock, jobs
from app.kernel.permissions import allows
from app.kernel.redaction import Kind
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.acts import RecordPage, offered, plain
from app.web.pages import Pagination, about, page_number, render_page, verify_root
from app.web.subjects import Subject
from app.web.transactions import after_commit
from app.web.wtf import HouseForm

F = TypeVar("F", bound=HouseForm)
bp = Blueprint("disclosures", __name__, url_prefix="/publicity", template_folder="templates")


# The list -----------------------------------------------------------------------------------------


@bp.get("/")
@access("disclosure:read")
def register() -> ResponseReturnValue:
    """Show what is still to be disclosed, and every disclosure."""
    who, today = signed_in(), clock.today()
    view, number = request.args.get("view", "pending"), page_number()
    view = view if view in queries.VIEWS else "all"
    form = forms.ListFilter(request.args)
    if view == "pending":
        found = queries.pending(who, page=number)
    else:
        found = queries.register(who, view, (form.q.data or "").strip(), page=number)
    return render_page(
        "disclosures/register.html",
        "register",
        found=found,
        view=view,
        filter=form,
        counts=queries.view_counts(who),
        declined=queries.declined_by_ground(who),
        punctuality=queries.punctuality(who, today),
        premises=queries.premises_kept(who),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=found.total),
        words_of=lambda running: clocks.words_of(running, today, clocks.calendar()),
        act_form=forms.ActForm,
        labels=labels,
    )


@bp.get("/panel/case/<reference>")
@access("disclosure:read")
def panel_for_case(reference: str) -> ResponseReturnValue:
    """Show a case's disclosures, as a panel of its page."""
    case = cases.by_reference(reference, signed_in())
    back = url_for("cases.show", reference=reference)
    return _panel("case-disclosures", back, queries.of_case(case.reference), case=case)


@bp.get("/panel/enterprise/<reference>")
@access("disclosure:read")
def panel_for_enterprise(reference: str) -> ResponseReturnValue:
    """Show an enterprise's disclosures, as a panel of its page."""
    back = url_for("enterprises.show", reference=reference)
    return _panel("enterprise-disclosures", back, queries.of_enterprise(reference, signed_in()))


def _panel(place: str, back: str, found: Sequence[Disclosure], case: Any = None) -> Response:
    return render_page(
        "disclosures/panel.html", "panel", place=place, back=back, found=found, case=case,
        form=forms.ActForm(), labels=labels,
    )  # fmt: skip


@bp.post("/cases/<reference>/start")
@access("disclosure:draft")
def start(reference: str) -> ResponseReturnValue:
    """Open a decided case for disclosure."""
    case = cases.by_reference(reference, signed_in())
    about("case", reference, url_for("cases.show", reference=reference))
    forms.ActForm().validate()
    return _done(drafting.start(case, by=signed_in()))


@bp.route("/cases/<reference>/decline", methods=["GET", "POST"])
@access("disclosure:decline")
def decline_case(reference: str) -> ResponseReturnValue:
    """Decide that a case's penalty is not shown, before anything was drafted."""
    case = Subject("case", "cases.show", cases.by_reference).load(reference)
    form = forms.DeclineForm()
    if request.method == "GET":
        if case.decision and case.decision.warning_only:
            form.ground.data = Ground.WARNING_ONLY.value
        return render_page("disclosures/decline.html", case=case, form=form)
    if form.validate():
        with form.refusals():
            ground, reason = Ground(form.ground.data), form.reason.data or ""
            return _done(actions.decline(case, ground=ground, reason=reason, by=signed_in()))
    return render_page("disclosures/decline.html", "decline", case=case, form=form, status=422)


# The record ---------------------------------------------------------------------------------------


_subject = Subject("disclosure", "disclosures.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("disclosure:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one disclosure: original and result side by side, marks, checks, history."""
    return _show(_load(reference), {})


@bp.get("/<reference>/job")
@access("disclosure:read")
def job(reference: str) -> ResponseReturnValue:
    """Show how far the file is, as a panel that asks again by itself while it is made."""
    return _show(_load(reference), {}, block="job")


def _show(
    disclosure: Disclosure,
    sent: dict[str, HouseForm],
    *,
    block: str = "record",
    status: int = 200,
) -> Response:
    redacted = Redaction.of(disclosure)
    case = queries.case_of(disclosure)
    sides = compared(redacted)
    running = clocks.running_clock(
        "disclosure", disclosure.reference, rules.WITHDRAWAL
    ) or clocks.running_clock("case", case.reference, rules.PUBLICATION)
    return render_page(
        "disclosures/show.html",
        block,
        status=status,
        disclosure=disclosure,
        case=case,
        clock=clocks.view(running, clock.today()) if running else None,
        compared=sides,
        shapes=_shapes(disclosure, ["".join(piece.text for piece in left) for left, _ in sides]),
        marks=redacted.marks,
        checks=drafting.checks(disclosure),
        disagreements=drafting.disagreements(disclosure),
        alike=alike(redacted.marks),
        source=texts.hidden_in(disclosure),
        changes=texts.changes(disclosure),
        names=people.names([*disclosure.hands, disclosure.approved_by_id or 0]),
        job=queries.job_of(disclosure),
        newer=queries.version_after(disclosure),
        lines=trail.lines(people.timeline("disclosure", disclosure.reference)),
        public=publications.build(disclosure, "") if disclosure.original else None,
        labels=labels,
        **_forms(disclosure, redacted, sent),
    )


def _shapes(disclosure: Disclosure, lines: list[str]) -> list[str]:
    if not disclosure.original:
        return []
    kept = Summary.from_row(disclosure.summary)
    return shapes(lines, authority=kept.authority, number=kept.number, decided_on=kept.decided_on)


def _forms(
    disclosure: Disclosure, redacted: Redaction, sent: dict[str, HouseForm]
) -> dict[str, Any]:
    """Return the forms of what this person may do now; one sent back keeps its text."""
    who = signed_in()
    available = actions.available(disclosure, who)
    editable = DisclosureAction.AMEND in available
    may_retry = queries.may_retry(disclosure) and allows(who, "disclosure:approve", disclosure)
    made: dict[str, Any] = {
        "marks_form": forms.MarksForm.made_for(redacted.marks, drafting.keep_grounds(disclosure))
        if editable
        else None,
        "mark_form": forms.MarkForm() if editable else None,
        "text_form": forms.TextForm(formdata=None) if editable else None,
        "words_form": forms.WordsForm(formdata=None) if editable and disclosure.corrects else None,
        "approve_form": forms.ApproveForm() if DisclosureAction.APPROVE in available else None,
        "retry_form": forms.ActForm() if may_retry else None,
    }
    if made["approve_form"]:
        made["approve_form"].content.data = actions.content_hash(disclosure)
    allowed = {action.value for action in available} | ({"hide_certain"} if editable else set())
    found = offered(
        ACTS, disclosure, allowed, sent, lambda name: forms.OF_ACTS[name](formdata=None)
    )
    acts = [(act, form.apart(act.name), labels.BUTTONS[act.name]) for act, form in found]
    made |= {name: form for name, form in sent.items() if name in made}
    for form in made.values():
        if form is not None and form not in sent.values():
            form.version.data = str(disclosure.version)
    return {**made, "acts": acts, "editable": editable}


@bp.route("/<reference>/summary", methods=["GET", "POST"])
@access("disclosure:draft")
def summary(reference: str) -> ResponseReturnValue:
    """Word the rows of the summary."""
    disclosure = _load(reference)
    if request.method == "GET":
        form = _summary_form(disclosure)
        return render_page("disclosures/summary.html", disclosure=disclosure, form=form)
    form = forms.SummaryForm()
    if form.sent_for(disclosure):
        with form.refusals():
            drafting.amend(disclosure, form.amendment(), by=signed_in())
            return _done(disclosure)
    return render_page(
        "disclosures/summary.html", "draft", disclosure=disclosure, form=form, status=422
    )


def _summary_form(disclosure: Disclosure) -> forms.SummaryForm:
    kept = Summary.from_row(disclosure.summary)
    form = forms.SummaryForm(
        data={
            **vars(kept),
            "penalty": "\n".join(kept.penalty),
            "is_mitigated": disclosure.is_mitigated,
            "in_key_field": disclosure.in_key_field,
            "restricted_until": disclosure.restricted_until,
        }
    )
    form.version.data = str(disclosure.version)
    return form


@bp.post("/<reference>/marks")
@access("disclosure:draft")
def marks(reference: str) -> ResponseReturnValue:
    """Keep the rulings on the marks."""
    disclosure = _load(reference)
    form = forms.MarksForm.made_for(
        Redaction.of(disclosure).marks, drafting.keep_grounds(disclosure)
    )
    form.must_match(disclosure)
    if form.validate():
        with form.refusals():
            drafting.rule_on(disclosure, form.rulings(), by=signed_in(), grounds=form.grounds())
            return _done(disclosure)
    return _show(disclosure, {"marks_form": form}, status=422)


def _file_of(sent: Any) -> tuple[bytes, str]:
    if not sent:
        return b"", ""
    sent.stream.seek(0)  # every upload of a form was looked at before
    return sent.stream.read(), sent.filename or ""


def _carry_out(
    reference: str, name: str, kind: type[F], act: Callable[[Disclosure, F], object]
) -> ResponseReturnValue:
    """Do what a form of the page asks for, or show the page again with what was wrong."""
    disclosure = _load(reference)
    form = kind()
    if form.carries(disclosure, lambda: act(disclosure, form)):
        return _done(disclosure)
    return _show(disclosure, {name: form}, status=422)


@bp.post("/<reference>/text")
@access("disclosure:draft")
def text(reference: str) -> ResponseReturnValue:
    """Take the served decision from a file."""
    return _carry_out(
        reference, "text_form", forms.TextForm,
        lambda d, f: texts.take_text(d, *_file_of(f.file.data), by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/reword")
@access("disclosure:draft")
def reword(reference: str) -> ResponseReturnValue:
    """Put right some words of a text that is being corrected."""
    return _carry_out(
        reference, "words_form", forms.WordsForm,
        lambda d, f: texts.reword(d, f.old.text, f.new.text, by=signed_in()),
    )  # fmt: skip


@bp.post("/<reference>/mark")
@access("disclosure:draft")
def mark(reference: str) -> ResponseReturnValue:
    """Hide words that were not proposed."""

    def add(disclosure: Disclosure, form: forms.MarkForm) -> None:
        kind, reason = Kind(form.kind.data), form.reason.text
        drafting.add_mark(disclosure, form.text.text, kind, reason=reason, by=signed_in())

    return _carry_out(reference, "mark_form", forms.MarkForm, add)


@bp.post("/<reference>/approve")
@access("disclosure:approve")
def approve(reference: str) -> ResponseReturnValue:
    """Release, as the second person, exactly what was on the page."""

    def release(disclosure: Disclosure, form: forms.ApproveForm) -> None:
        job = actions.approve(
            disclosure,
            seen=form.content.data or "",
            verify_root=verify_root(),
            by=signed_in(),
            premises=bool(form.premises.data),
        )
        _send(job)

    return _carry_out(reference, "approve_form", forms.ApproveForm, release)


@bp.post("/<reference>/retry")
@access("disclosure:approve")
def retry(reference: str) -> ResponseReturnValue:
    """Have the file made again after a failure."""
    return _carry_out(
        reference, "retry_form", forms.ActForm,
        lambda d, _f: _send(actions.retry(d, by=signed_in())),
    )  # fmt: skip


def _send(job: jobs.Job) -> None:
    job_id = job.id
    after_commit(lambda: jobs.send(job_id))


RecordPage(_subject, form=plain(forms.OF_ACTS), show=_show).offer(bp, *ACTS)
_counts = navigation.counting(queries.waiting)
navigation.register(
    navigation.Entry(
        "publicity", 40, labels.RAIL, "disclosures.register", "disclosure:read", _counts
    )
)
