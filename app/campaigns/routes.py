"""Which pages of campaigns are there?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.campaigns import actions, forms, labels, queries
from app.campaigns.models import Campaign
from app.campaigns.rules import DutyKind
from app.codes import queries as codes
from app.inspections import labels as task_labels
from app.inspections import queries as tasks
from app.inspections.actions import Errand
from app.inspections.rules import TaskKind
from app.kernel import clock
from app.kernel.permissions import allows
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.i18n import locale
from app.web.pages import render_page
from app.web.subjects import Subject
from app.web.wtf import options

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns", template_folder="templates")
USUAL_DAYS = timedelta(days=14)


@bp.get("/")
@access("campaign:read")
def register() -> ResponseReturnValue:
    """Show the campaigns that concern the viewer."""
    return render_page("campaigns/register.html", lines=queries.listed(signed_in()), labels=labels)


@bp.route("/new", methods=["GET", "POST"])
@access("campaign:draft")
def new() -> ResponseReturnValue:
    """Write a campaign down from its document."""
    form = forms.CampaignForm()
    form.products.choices = options(_products())
    if request.method == "GET":
        form.issuer.data = signed_in().bureau_name
        return render_page("campaigns/new.html", form=form)
    if form.validate():
        with form.refusals():
            campaign = actions.draft(_document(form), by=signed_in())
            return redirect(url_for("campaigns.show", reference=campaign.reference), 303)
    return render_page("campaigns/new.html", "draft", form=form, status=422)


def _products() -> dict[str, str]:
    return dict(codes.choices("products", locale()))


def _document(form: forms.CampaignForm) -> actions.Document:
    return actions.Document(
        title=form.title.text,
        issuer=form.issuer.text,
        starts_on=form.starts_on.day,
        ends_on=form.ends_on.day,
        number=form.number.text,
        issued_on=form.issued_on.data,
        period=form.period.text,
        summary=form.summary.text,
        areas=form.areas.text,
        products=form.products.data or (),
    )


_subject = Subject("campaign", "campaigns.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("campaign:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one campaign: its document, task table, reporting calendar and tasks."""
    return _show(_load(reference))


def _show(campaign: Campaign, *, status: int = 200, **sent: Any) -> Response:
    who, today = signed_in(), clock.today()
    acts = {step.action.value for step in actions.available(campaign, who)}
    return render_page(
        "campaigns/show.html",
        "record",
        status=status,
        campaign=campaign,
        acts=acts,
        forms=_forms(campaign, acts, sent),
        days=queries.calendar_of(campaign, today),
        tasks=tasks.of_campaign(campaign.reference, who),
        lines=trail.lines(people.timeline("campaign", campaign.reference)),
        product_words=[codes.label("products", code, locale()) for code in campaign.products],
        labels=labels,
        task_labels=task_labels,
    )


def _forms(campaign: Campaign, acts: set[str], sent: dict[str, Any]) -> dict[str, Any]:
    who = signed_in()
    drafting = allows(who, "campaign:draft", campaign) and campaign.state != "closed"
    sending = allows(who, "campaign:assign", campaign) and campaign.state == "running"
    made: dict[str, Any] = {
        "issue": forms.ActForm(prefix="issue") if "issue" in acts else None,
        "close": forms.ActForm(prefix="close") if "close" in acts else None,
        "special": forms.SpecialForm(prefix="special") if drafting else None,
        "duty": _duty_form(campaign) if drafting else None,
        "assign": _assign_form() if sending else None,
    }
    for name in ("issue", "close"):
        if made[name] is not None:
            made[name].version.data = str(campaign.version)
    return {**made, **sent}


def _duty_form(campaign: Campaign) -> forms.DutyForm:
    form = forms.DutyForm(prefix="duty")
    form.special.choices = options({s.position: s.name for s in campaign.specials}, empty="—")
    return form


def _assign_form() -> forms.AssignForm:
    form = forms.AssignForm(prefix="assign")
    sent = {str(person.id): person.name for person in tasks.inspectors(signed_in())}
    form.officer.choices = form.companion.choices = options(sent)
    form.product.choices = options(_products(), empty="—")
    if request.method == "GET":
        form.due_on.data = clock.today() + USUAL_DAYS
    return form


@bp.post("/<reference>/specials")
@access("campaign:draft")
def add_special(reference: str) -> ResponseReturnValue:
    """Add a row to the task table."""
    campaign = _load(reference)
    form = forms.SpecialForm(prefix="special")
    if form.validate():
        with form.refusals():
            text = actions.SpecialText(
                form.name.text, form.content.text, form.demands.text, form.period.text
            )
            actions.add_special(campaign, text, by=signed_in())
            return _done(campaign)
    return _show(campaign, special=form, status=422)


@bp.post("/<reference>/duties")
@access("campaign:draft")
def add_duty(reference: str) -> ResponseReturnValue:
    """Add something to be reported."""
    campaign = _load(reference)
    form = _duty_form(campaign)
    if form.validate():
        with form.refusals():
            rows = {str(special.position): special for special in campaign.specials}
            text = actions.DutyText(
                deliverable=form.deliverable.text,
                kind=DutyKind(form.kind.data),
                due_on=form.due_on.data,
                day=form.day.data,
                special=rows.get(form.special.data or ""),
            )
            actions.add_duty(campaign, text, by=signed_in())
            return _done(campaign)
    return _show(campaign, duty=form, status=422)


@bp.post("/<reference>/issue")
@access("campaign:issue")
def issue(reference: str) -> ResponseReturnValue:
    """Issue the campaign to every bureau below."""
    campaign = _load(reference)
    form = forms.ActForm(prefix="issue")
    if form.sent_for(campaign):
        actions.issue(campaign, by=signed_in())
        return _done(campaign)
    return _show(campaign, issue=form, status=422)


@bp.post("/<reference>/close")
@access("campaign:close")
def close(reference: str) -> ResponseReturnValue:
    """End the campaign."""
    campaign = _load(reference)
    form = forms.ActForm(prefix="close")
    if form.sent_for(campaign):
        actions.close(campaign, by=signed_in())
        return _done(campaign)
    return _show(campaign, close=form, status=422)


@bp.post("/<reference>/tasks")
@access("campaign:assign")
def assign(reference: str) -> ResponseReturnValue:
    """Send two of one's own officers under this campaign."""
    who = signed_in()
    campaign = _load(reference)
    form = _assign_form()
    if form.validate():
        with form.refusals():
            sent = {str(person.id): person for person in tasks.inspectors(who)}
            errand = Errand(
                title=form.title.text,
                kind=TaskKind.SWEEP,
                due_on=form.due_on.day,
                place_name=form.place_name.text,
                address=form.address.text,
                product_code=form.product.data or "",
            )
            officers = (sent[form.officer.data], sent[form.companion.data])
            task = actions.assign(campaign, errand, *officers, by=who)
            return redirect(url_for("inspections.show", reference=task.reference), 303)
    return _show(campaign, assign=form, status=422)


navigation.register(
    navigation.Entry("handling", 21, labels.RAIL, "campaigns.register", "campaign:read")
)
