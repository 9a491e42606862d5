"""Which pages of objections are there for staff?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.disclosures import queries as disclosures
from app.disclosures.objections import actions, forms, labels, queries
from app.disclosures.objections import jobs as _jobs  # noqa: F401 - declares the work of the queue
from app.disclosures.objections.models import Objection
from app.disclosures.objections.rules import Answer, ObjectionAction
from app.kernel import clock, jobs
from app.kernel.errors import NotFound
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.files import send_kept
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject
from app.web.transactions import after_commit
from app.web.wtf import HouseForm

bp = Blueprint(
    "objections", __name__, url_prefix="/publicity/objections", template_folder="templates"
)


@bp.get("/")
@access("objection:read")
def register() -> ResponseReturnValue:
    """Show every objection, the latest first."""
    number = page_number()
    found, total = queries.register(signed_in(), page=number)
    today, calendar = clock.today(), clocks.calendar()
    return render_page(
        "objections/register.html",
        "register",
        found=found,
        words_of=lambda day: clocks.words_for_day(day, today, calendar),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


@bp.route("/of/<reference>", methods=["GET", "POST"])
@access("objection:receive")
def receive(reference: str) -> ResponseReturnValue:
    """Enter an objection to a publication."""
    disclosure = Subject("disclosure", "disclosures.show", disclosures.by_reference).load(reference)
    form = forms.ReceiveForm()
    if request.method == "GET":
        form.received_on.data = clock.today()
        return render_page("objections/receive.html", disclosure=disclosure, form=form)
    if form.validate():
        with form.refusals():
            return _done(actions.receive(disclosure, form.claim(), by=signed_in()))
    return render_page(
        "objections/receive.html", "draft", disclosure=disclosure, form=form, status=422
    )


_subject = Subject("objection", "objections.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("objection:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one objection: claims, finding, answer, history."""
    return _show(_load(reference), {})


@bp.get("/<reference>/letter.pdf")
@access("objection:read")
def letter(reference: str) -> ResponseReturnValue:
    """Send the answer as a letter."""
    objection = _load(reference)
    if objection.letter_sha256 is None:
        raise NotFound
    return send_kept(objection.letter_sha256, "application/pdf", f"{objection.reference}.pdf")


def _show(objection: Objection, sent: dict[str, HouseForm], status: int = 200) -> Response:
    named = (objection.received_by_id, objection.examined_by_id, objection.answered_by_id)
    return render_page(
        "objections/show.html",
        "record",
        status=status,
        objection=objection,
        due_words=clocks.words_for_day(objection.answer_by, clock.today()),
        names=people.names([one for one in named if one is not None]),
        lines=trail.lines(people.timeline("objection", objection.reference)),
        acts=_acts(objection, sent),
        labels=labels,
    )


def _acts(objection: Objection, sent: dict[str, HouseForm]) -> list[tuple[str, HouseForm, Any]]:
    allowed = actions.available(objection, signed_in())
    found = []
    for name, kind in forms.OF_ACTS.items():
        if ObjectionAction(name) in allowed or name in sent:
            form = sent.get(name) or kind.offered_for(objection)
            found.append((name, form.apart(name), labels.BUTTONS[name]))
    return found


@bp.post("/<reference>/examine")
@access("objection:examine")
def examine(reference: str) -> ResponseReturnValue:
    """Write down what was found."""
    objection, form = _load(reference), forms.ExamineForm()
    if form.sent_for(objection):
        with form.refusals():
            actions.examine(objection, finding=form.reason.text, by=signed_in())
            return _done(objection)
    return _show(objection, {"examine": form}, status=422)


@bp.post("/<reference>/answer")
@access("objection:answer")
def answer(reference: str) -> ResponseReturnValue:
    """Answer the party, and have the letter set."""
    objection, form = _load(reference), forms.AnswerForm()
    if form.sent_for(objection):
        with form.refusals():
            to = Answer(form.answer.data)
            job = actions.answer(objection, to, form.reason.text, by=signed_in()).id
            after_commit(lambda: jobs.send(job))
            return _done(objection)
    return _show(objection, {"answer": form}, status=422)


_counts = navigation.counting(queries.waiting)
navigation.register(
    navigation.Entry("publicity", 42, labels.RAIL, "objections.register", "objection:read", _counts)
)
