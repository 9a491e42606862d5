"""Which pages of mediations are there?"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.kernel import clock
from app.mediations import access as _policy  # noqa: F401 - declares the permissions
from app.mediations import actions, forms, labels, queries, rules
from app.mediations.acts import ACTS
from app.mediations.models import Mediation
from app.people import queries as people
from app.tips import queries as tips
from app.tips.rules import Order
from app.web import navigation, trail
from app.web.access import access, opened_for, signed_in
from app.web.acts import RecordPage, offered
from app.web.pages import Pagination, about, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import HouseForm, options

bp = Blueprint("mediations", __name__, url_prefix="/mediations", template_folder="templates")

FORMS: dict[str, type[HouseForm]] = {
    "consent": forms.ConsentForm,
    "begin": forms.MediatorForm,
    "invite": forms.InviteForm,
    "hold": forms.MinutesForm,
    "take_result": forms.ResultForm,
    "decide_recusal": forms.DecisionForm,
    "tell": forms.NoticeForm,
    "agree": forms.AgreementForm,
    "entrust": forms.EntrustForm,
    "test": forms.TestForm,
    "recuse": forms.RecusalForm,
    "join": forms.JoinForm,
    "report_clue": forms.ClueForm,
    "end": forms.EndForm,
}


@bp.get("/")
@access("mediation:read")
def register() -> ResponseReturnValue:
    """Show the mediations, newest first, each with what is left of its time."""
    who, today, number = signed_in(), clock.today(), page_number()
    view = request.args.get("view", "open")
    view = view if view in queries.VIEWS else "all"
    text = request.args.get("q", "").strip()
    found, total = queries.listed(who, view=view, text=text, page=number)
    days = clocks.calendar()
    return render_page(
        "mediations/register.html",
        "rows",
        rows=found,
        view=view,
        text=text,
        filter=forms.RegisterFilter(request.args),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        words_of=lambda running: clocks.words_of(running, today, days),
        labels=labels,
    )


@bp.route("/new", methods=["GET", "POST"])
@access("mediation:hold")
def new() -> ResponseReturnValue:
    """Lay an accepted complaint on the table; one that lies there leads to its page."""
    who = signed_in()
    tip = tips.by_reference(request.values.get("tip", ""), who)
    about("tip", tip.reference, url_for("tips.show", reference=tip.reference))
    opened_for(tip)
    if tip.mediation_reference:
        return redirect(url_for("mediations.show", reference=tip.mediation_reference), 303)
    form = forms.ActForm()
    if form.sent_for(tip):
        with form.refusals():
            made = actions.open_(tip, by=who)
            return redirect(url_for("mediations.show", reference=made.reference), 303)
    form.version.data = form.version.data or str(tip.version)
    status = 422 if request.method == "POST" else 200
    return render_page("mediations/new.html", tip=tip, form=form, status=status)


_subject = Subject("mediation", "mediations.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("mediation:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one mediation: both sides, the meetings, what came out, what can be done."""
    return _show(_load(reference), {})


def _show(mediation: Mediation, sent: dict[str, HouseForm], *, status: int = 200) -> Response:
    today, who = clock.today(), signed_in()
    allowed = {step.action.value for step in actions.available(mediation, who)}
    fresh = partial(_form, mediation=mediation, formdata=None)
    tip_reference = mediation.tip_references[0]
    views = [
        *clocks.views("mediation", mediation.reference, today),
        *clocks.views("tip", tip_reference, today),
    ]
    return render_page(
        "mediations/show.html",
        "record",
        status=status,
        mediation=mediation,
        tips=queries.tips_of(mediation, who),
        acts=offered(ACTS, mediation, allowed, sent, fresh),
        clock=next((v for v in views if v.clock and v.clock.is_main), None),
        clocks=views,
        lines=trail.lines(people.timeline("mediation", mediation.reference)),
        labels=labels,
        order=(order := _order(mediation)),
        article=rules.ARTICLES[order],
    )


def _form(name: str, mediation: Mediation, **given: Any) -> HouseForm:
    """Return an act's form with the choices that only the record knows."""
    form: Any = FORMS[name](prefix=name, **given)
    if name in {"begin", "decide_recusal"}:
        people_here = {str(one.id): one.name for one in queries.mediators(signed_in())}
        empty = labels.ANSWERS["no"] if name == "decide_recusal" else None
        form.mediator.choices = options(people_here, empty=empty)
    if name == "end":
        form.ending.choices = options(labels.endings_of(_order(mediation)))
    if name == "join":
        others = {t.reference: f"{t.reference} {t.title}" for t in _joinable(mediation)}
        form.other.choices = options(others)
        there = [*mediation.tip_references, *others]
        form.representatives.choices = options({reference: reference for reference in there})
    return form  # type: ignore[no-any-return]


def _order(mediation: Mediation) -> Order:
    return queries.order_of(queries.tips_of(mediation, signed_in())[0])


def _joinable(mediation: Mediation) -> Any:
    return queries.joinable(mediation, signed_in())


RecordPage(_subject, form=_form, show=_show).offer(bp, *ACTS)
navigation.register(
    navigation.Entry("handling", 15, labels.RAIL, "mediations.register", "mediation:read")
)
