"""Which pages of consultations are there?"""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.codes import queries as codes
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.people import queries as people
from app.tips.consultations import access as _policy  # noqa: F401 - declares the permissions
from app.tips.consultations import actions, forms, labels, queries
from app.tips.consultations.models import Consultation
from app.tips.consultations.rules import ConsultationState
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.i18n import locale
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import options

bp = Blueprint("consultations", __name__, url_prefix="/consultations", template_folder="templates")


@bp.get("/")
@access("consultation:read")
def register() -> ResponseReturnValue:
    """Show what people asked, newest first."""
    topics = dict(codes.choices("matters", locale()))
    view, topic = request.args.get("view", "open"), request.args.get("topic", "")
    filter_ = forms.ListFilter(request.args)
    filter_.topic.choices = options(topics, empty="—")
    number = page_number()
    found = queries.listed(signed_in(), view, topic if topic in topics else "", page=number)
    return render_page(
        "consultations/register.html",
        "register",
        found=found,
        filter=filter_,
        view=view if view in queries.VIEWS else "all",
        topic_of=_topic,
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=found.total),
        labels=labels,
    )


def _topic(code: str) -> str:
    return codes.label("matters", code, locale())


_load = Subject("consultation", "consultations.show", queries.by_reference).load


@bp.get("/<reference>")
@access("consultation:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one consultation."""
    return _show(_load(reference), forms.AnswerForm())


def _show(
    consultation: Consultation, form: forms.AnswerForm, status: int = 200
) -> ResponseReturnValue:
    form.version.data = form.version.data or str(consultation.version)
    may_answer = consultation.state is ConsultationState.OPEN and allows(
        signed_in(), "consultation:answer", consultation
    )
    return render_page(
        "consultations/show.html",
        "record",
        status=status,
        consultation=consultation,
        form=form if may_answer else None,
        topic=_topic(consultation.topic),
        lines=trail.lines(people.timeline("consultation", consultation.reference)),
        labels=labels,
    )


@bp.post("/<reference>/answer")
@access("consultation:answer")
def answer(reference: str) -> ResponseReturnValue:
    """Answer a question that was left open."""
    consultation = _load(reference)
    form = forms.AnswerForm()
    if form.sent_for(consultation):
        with form.refusals():
            actions.answer(consultation, form.answer.text, by=signed_in())
            return redirect(url_for("consultations.show", reference=reference), 303)
    return _show(consultation, form, 422)


def _counts(who: Identity) -> navigation.Counts:
    return navigation.Counts(queries.open_of(who))


navigation.register(
    navigation.Entry(
        "intake", 13, labels.RAIL, "consultations.register", "consultation:read", _counts
    ),
)
