"""Which pages of inspection tasks are there?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.codes import queries as codes
from app.enterprises import queries as enterprises
from app.inspections import actions, forms, labels, queries
from app.inspections.models import Task
from app.inspections.rules import TaskKind
from app.kernel import clock, storage
from app.kernel.identity import Identity
from app.people import queries as people
from app.tips import queries as tips
from app.tips.models import Tip
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.files import send
from app.web.i18n import locale
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import options

bp = Blueprint("inspections", __name__, url_prefix="/inspections", template_folder="templates")
USUAL_DAYS = timedelta(days=7)


@bp.get("/")
@access("task:read")
def board() -> ResponseReturnValue:
    """Show the tasks, nearest last day first; on a phone they are rows to touch."""
    who, today, number = signed_in(), clock.today(), page_number()
    view = request.args.get("view", "mine" if who.has("inspector") else "open")
    asked = queries.Filter(
        view=view if view in queries.VIEWS else "all",
        text=request.args.get("q", "").strip(),
        kind=request.args.get("kind", ""),
        product=request.args.get("product", ""),
    )
    found, total = queries.listed(who, asked, page=number, today=today)
    calendar = clocks.calendar()
    return render_page(
        "inspections/board.html",
        "tasks",
        tasks=found,
        asked=asked,
        filter=_filter_form(),
        counts=queries.view_counts(who, today),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        words_of=lambda day: clocks.words_for_day(day, today, calendar),
        labels=labels,
    )


def _filter_form() -> forms.TaskFilter:
    form = forms.TaskFilter(request.args)
    form.kind.choices = options(labels.KINDS, empty="—")
    form.product.choices = options(dict(codes.choices("products", locale())), empty="—")
    return form


@bp.get("/panel/enterprise/<reference>")
@access("task:read")
def panel_for_enterprise(reference: str) -> ResponseReturnValue:
    """Show the inspection tasks about an enterprise, as a panel of its page."""
    enterprise = enterprises.by_reference(reference)
    found = queries.of_enterprise(enterprise.id, signed_in())
    return render_page(
        "inspections/panel.html", "panel", tasks=found, enterprise=enterprise, labels=labels
    )


# Assigning ------------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
@access("task:assign")
def new() -> ResponseReturnValue:
    """Send two officers somewhere; from a tip, its facts are filled in."""
    who = signed_in()
    tip = _tip(request.values.get("tip", ""), who)
    form = _assign_form(who)
    if request.method == "GET":
        _prefill(form, tip)
        return render_page("inspections/new.html", form=form, tip=tip)
    if form.validate():
        if tip is not None:
            form.must_match(tip)
        with form.refusals():
            task = actions.assign(_errand(form, tip), *_officers(form, who), by=who, tip=tip)
            return redirect(url_for("inspections.show", reference=task.reference), 303)
    return render_page("inspections/new.html", "assign", form=form, tip=tip, status=422)


def _tip(reference: str, who: Identity) -> Tip | None:
    return tips.by_reference(reference, who) if reference else None


def _assign_form(who: Identity) -> forms.AssignForm:
    form = forms.AssignForm()
    form.product.choices = options(dict(codes.choices("products", locale())), empty="—")
    sent = {str(person.id): person.name for person in queries.inspectors(who)}
    form.officer.choices = form.companion.choices = options(sent)
    return form


def _officers(form: forms.AssignForm, who: Identity) -> tuple[Any, Any]:
    sent = {str(person.id): person for person in queries.inspectors(who)}
    return sent[form.officer.data], sent[form.companion.data]


def _prefill(form: forms.AssignForm, tip: Tip | None) -> None:
    form.due_on.data = clock.today() + USUAL_DAYS
    others = queries.inspectors(signed_in())[1:2]
    form.companion.data = str(others[0].id) if others else None
    if tip is None:
        return
    form.version.data = str(tip.version)
    form.kind.data = TaskKind.VERIFICATION.value
    form.title.data = tip.title
    form.place_name.data = tip.subject_name or tip.seller or tip.subject_address
    form.address.data, form.product.data = tip.subject_address, tip.product_code
    running = clocks.main_clock("tip", tip.reference)
    if running is not None and running.due_on is not None:
        form.due_on.data = min(form.due_on.day, max(running.due_on, clock.today()))


def _errand(form: forms.AssignForm, tip: Tip | None) -> actions.Errand:
    return actions.Errand(
        title=form.title.text,
        kind=TaskKind(form.kind.data),
        due_on=form.due_on.day,
        place_name=form.place_name.text,
        address=form.address.text,
        product_code=form.product.data or "",
        what_to_check=form.what_to_check.text,
        enterprise=tip.enterprise if tip else None,
    )


# The record -----------------------------------------------------------------------------------


_subject = Subject("task", "inspections.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("task:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one task: where, what to look at, what is missing, what was found."""
    return _show(_load(reference))


def _show(task: Task, *, status: int = 200, **sent: Any) -> Response:
    today = clock.today()
    acts = {step.action.value for step in actions.available(task, signed_in())}
    return render_page(
        "inspections/show.html",
        "record",
        status=status,
        task=task,
        acts=acts,
        forms=_forms(task, acts, sent),
        due_words=clocks.words_for_day(task.due_on, today) if task.ended_at is None else None,
        lines=trail.lines(people.timeline("task", task.reference)),
        files=_files(task),
        product=codes.label("products", task.product_code, locale()) if task.product_code else "",
        violation=(
            codes.label("violations", task.violation_code, locale()) if task.violation_code else ""
        ),
        labels=labels,
    )


def _forms(task: Task, acts: set[str], sent: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "start": forms.ActForm(prefix="start") if "start" in acts else None,
        "findings": _findings_form() if "close" in acts else None,
        "cancel": forms.ReasonForm(prefix="cancel") if "cancel" in acts else None,
    }
    for form in made.values():
        if form is not None:
            form.version.data = str(task.version)
    return {**made, **sent}


def _findings_form() -> forms.FindingsForm:
    form = forms.FindingsForm()
    form.violation.choices = options(dict(codes.choices("violations", locale())), empty="—")
    return form


def _files(task: Task) -> list[dict[str, Any]]:
    return [
        {
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "media_type": file.media_type,
            "url": url_for(
                "inspections.attachment", reference=task.reference, attachment_id=file.id
            ),
        }
        for file in storage.attachments_of("task", task.reference)
    ]


@bp.get("/<reference>/files/<int:attachment_id>")
@access("task:read")
def attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    """Send one picture of a task."""
    task = _load(reference)
    return send(storage.attachment_of("task", task.reference, attachment_id))


@bp.post("/<reference>/start")
@access("task:start")
def start(reference: str) -> ResponseReturnValue:
    """Begin the visit."""
    task = _load(reference)
    form = forms.ActForm(prefix="start")
    if form.sent_for(task):
        actions.start(task, by=signed_in())
        return _done(task)
    return _show(task, start=form, status=422)


@bp.post("/<reference>/close")
@access("task:close")
def close(reference: str) -> ResponseReturnValue:
    """End the visit; says what is missing when something mandatory is."""
    who = signed_in()
    form = _findings_form()
    valid = form.validate()  # pictures are kept before the record is read
    task = _load(reference)
    if valid:
        form.must_match(task)
        with form.refusals():
            found = actions.Findings(
                text=form.findings.text,
                has_problem=form.verdict(),
                violation_code=form.violation.data or "",
                photos=form.photos.stored,
            )
            actions.close(task, found, by=who, tip=_tip(task.tip_reference or "", who))
            return _done(task)
    return _show(task, findings=form, status=422)


@bp.post("/<reference>/cancel")
@access("task:cancel")
def cancel(reference: str) -> ResponseReturnValue:
    """Call a task off."""
    who = signed_in()
    task = _load(reference)
    form = forms.ReasonForm(prefix="cancel")
    if form.sent_for(task):
        with form.refusals():
            tip = _tip(task.tip_reference or "", who)
            actions.cancel(task, reason=form.reason.text, by=who, tip=tip)
            return _done(task)
    return _show(task, cancel=form, status=422)


_counts = navigation.counting(queries.waiting)
navigation.register(
    navigation.Entry("handling", 20, labels.RAIL, "inspections.board", "task:read", _counts)
)
