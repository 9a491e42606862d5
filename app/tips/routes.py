"""Which pages of tips are there?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.codes import queries as codes
from app.enterprises import queries as enterprises
from app.kernel import clock, storage
from app.kernel.identity import Identity
from app.kernel.permissions import allows, may
from app.people import queries as people
from app.tips import access as _policy  # noqa: F401 - declares the permissions
from app.tips import actions, consumer, duplicates, forms, intake, labels, queries, replies
from app.tips import jobs as _routines  # noqa: F401 - declares what the queue does
from app.tips.conversations import labels as conversation_labels
from app.tips.conversations import queries as conversations
from app.tips.models import Tip
from app.tips.rules import OPEN, Ground, Order, Wish, order_at
from app.tips.triage import hops, possible
from app.tips.triage import labels as triage_labels
from app.tips.triage import queries as triage
from app.tips.triage.forms import BulkForm
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.files import send
from app.web.i18n import locale
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import options

bp = Blueprint("tips", __name__, url_prefix="/tips", template_folder="templates")


@bp.get("/")
@access("tip:read")
def inbox() -> ResponseReturnValue:
    """Show the queue, ordered by what the law makes urgent."""
    who, today = signed_in(), clock.today()
    asked = _filter(who)
    number = page_number()
    found = queries.queue(who, asked, page=number, today=today)
    calendar = clocks.calendar()  # once for all rows
    return render_page(
        "tips/inbox.html",
        "queue",
        queue=found,
        filter=_filter_form(who),
        asked=asked,
        counts=queries.view_counts(who, today),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=found.total),
        words_of=lambda running: clocks.words_of(running, today, calendar),
        labels=labels,
        bulk=_bulk_form(who),
    )


def _bulk_form(who: Identity) -> BulkForm | None:
    """Return the form of acts over many tips, for whoever may do them."""
    if not may(who, "tip:accept"):
        return None
    form = BulkForm(prefix="bulk")
    form.to.choices = options(possible.places(who), empty="—")
    form.back.data = request.full_path.rstrip("?")
    return form


def _products() -> dict[str, str]:
    return dict(codes.choices("products", locale()))


def _filter(who: Identity) -> queries.Filter:
    args = request.args
    view = args.get("view", _first_view(who))
    return queries.Filter(
        view=view if view in queries.VIEWS else "all",
        text=args.get("q", "").strip(),
        kind=args.get("kind", ""),
        channel=args.get("channel", ""),
        product=args.get("product", ""),
        bureau=_known_bureau(who, args.get("unit", "")),
    )


def _first_view(who: Identity) -> str:
    """Return what somebody comes for: to route, to see what was taken down, what is late below."""
    if who.has("triage_officer"):
        return "triage"
    if who.has("operator"):
        return "all"
    return "overdue" if len(units.bureaus_below(who)) > 1 else "ours"


def _known_bureau(who: Identity, code: str) -> str:
    return code if code in {unit.code for unit in units.bureaus_below(who)} else ""


def _filter_form(who: Identity) -> forms.QueueFilter:
    form = forms.QueueFilter(request.args)
    form.kind.choices = options(labels.KINDS, empty="—")
    form.channel.choices = options(labels.CHANNELS, empty="—")
    form.product.choices = options(_products(), empty="—")
    bureaus = {unit.code: unit.short_name for unit in units.bureaus_below(who)}
    form.unit.choices = options(bureaus, empty="—")
    return form


@bp.get("/panel/enterprise/<reference>")
@access("tip:read")
def panel_for_enterprise(reference: str) -> ResponseReturnValue:
    """Show the tips about an enterprise, as a panel of its page."""
    enterprise = enterprises.by_reference(reference)
    found = queries.of_enterprise(enterprise.id, signed_in())
    return render_page("tips/panel.html", "panel", tips=found, enterprise=enterprise, labels=labels)


# The record -------------------------------------------------------------------------------------

_subject = Subject("tip", "tips.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("tip:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one tip: head, facts, proposal, timeline."""
    return _show(_load(reference))


def _show(tip: Tip, *, status: int = 200, **forms_sent: Any) -> Response:
    who = signed_in()
    acts = {step.action.value for step in actions.available(tip, who)}
    views = clocks.views("tip", tip.reference, clock.today())
    proposal = queries.proposal(tip, on=clock.today(), demo=intake.has_demo_divisions())
    return render_page(
        "tips/show.html",
        "record",
        status=status,
        tip=tip,
        acts=acts,
        proposal=proposal,
        forms=_forms(tip, acts, proposal, forms_sent),
        clock=_main(views),
        clocks=views,
        lines=trail.lines(people.timeline("tip", tip.reference)),
        files=_files(tip),
        related=queries.same_enterprise(tip, who),
        labels=labels,
        wishes=[str(labels.WISHES[Wish(value)]) for value in tip.wishes],
        product=codes.label("products", tip.product_code, locale()) if tip.product_code else "",
        revealed=forms_sent.get("revealed"),
        way=_way(tip, who, views),
        order=_order(tip),
        weighed=consumer.weighed(tip) if "decline" in acts else (),
        is_too_old="decline" in acts and consumer.is_too_old(tip),
        talk=_talk(tip, who),
    )


def _talk(tip: Tip, who: Identity) -> dict[str, Any]:
    """Return what the page says of questions to the reporter, additions and judgement."""
    anew = conversations.restartable(tip)
    return {
        "messages": conversations.of_tip(tip),
        "may_ask": tip.state in OPEN and allows(who, "tip:ask", tip),
        "unread": conversations.unread(tip),
        "restart_on": anew[1] if anew else None,
        "rating": conversations.rating(tip.reference),
        "labels": conversation_labels,
    }


def _way(tip: Tip, who: Identity, views: list[clocks.ClockView]) -> dict[str, Any]:
    """Return what the page says of a tip's way, its company and what else can be done with it."""
    main = _main(views)
    return {
        "acts": [(name, triage_labels.ACTS[name]) for name in possible.pages(tip, who, main)],
        "passages": hops.of(tip.reference),
        "merged": triage.merged_into(tip, who),
        "linked": triage.linked_with(tip, who),
        "remarks": triage.remarks_of(tip.reference),
        "dispute": triage.dispute_seen(tip.reference, who),
        "master": tip.merged_into,
        "alike": duplicates.of_tip(tip, who) if allows(who, "tip:combine", tip) else (),
        "labels": triage_labels,
    }


def _main(views: list[clocks.ClockView]) -> clocks.ClockView | None:
    return next((view for view in views if view.clock and view.clock.is_main), None)


def _forms(
    tip: Tip, acts: set[str], proposal: queries.Proposal, sent: dict[str, Any]
) -> dict[str, Any]:
    """Return a form for each act that is possible now; one that came back keeps what was typed."""
    made: dict[str, Any] = {
        "return": forms.ReasonForm(prefix="return") if "return" in acts else None,
        "accept": forms.ActForm(prefix="accept") if "accept" in acts else None,
        "decline": _decline_form(tip) if "decline" in acts else None,
        "not_file": forms.ReasonForm(prefix="not_file") if "decide_not_to_file" in acts else None,
        "conclude": forms.ReasonForm(prefix="conclude") if "conclude" in acts else None,
        "reveal": forms.RevealForm(prefix="reveal"),
        "route": None,
    }
    if "route" in acts:
        made["route"] = _route_form(signed_in())
        made["route"].to.data = proposal.unit.code if proposal.unit else None
    for form in made.values():
        if form is not None:
            form.version.data = str(tip.version)
    return {**made, **{name: form for name, form in sent.items() if name in made}}


def _route_form(who: Identity) -> forms.RouteForm:
    form = forms.RouteForm(prefix="route")
    form.to.choices = options(possible.places(who))
    return form


def _decline_form(tip: Tip) -> forms.DeclineForm:
    """Return the form with the grounds that were law when the complaint was received."""
    form = forms.DeclineForm(prefix="decline")
    form.ground.choices = options(labels.grounds_of(_order(tip)))
    return form


def _order(tip: Tip) -> Order:
    return order_at(clock.legal_day(tip.received_at))


def _files(tip: Tip) -> list[dict[str, Any]]:
    return [
        {
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "url": url_for("tips.attachment", reference=tip.reference, attachment_id=file.id),
        }
        for file in storage.attachments_of("tip", tip.reference)
    ]


@bp.get("/<reference>/files/<int:attachment_id>")
@access("tip:read")
def attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    """Send one file of a tip."""
    tip = _load(reference)
    return send(storage.attachment_of("tip", tip.reference, attachment_id))


@bp.post("/<reference>/route")
@access("tip:route")
def route(reference: str) -> ResponseReturnValue:
    """Send a tip to the bureau with jurisdiction."""
    tip = _load(reference)
    form = _route_form(signed_in())
    if form.sent_for(tip):
        with form.refusals():
            to, feedback_on = units.by_code(form.to.data), form.feedback_on.data
            actions.route(tip, to, by=signed_in(), feedback_on=feedback_on)
            return _done(tip)
    return _show(tip, route=form, status=422)


@bp.post("/<reference>/return")
@access("tip:return")
def return_(reference: str) -> ResponseReturnValue:
    """Send a tip back to the desk that routed it."""
    tip = _load(reference)
    form = forms.ReasonForm(prefix="return")
    if form.carries(tip, lambda: actions.return_(tip, reason=form.reason.text, by=signed_in())):
        return redirect(url_for("tips.inbox"), 303)
    return _show(tip, status=422, **{"return": form})


@bp.post("/<reference>/accept")
@access("tip:accept")
def accept(reference: str) -> ResponseReturnValue:
    """Accept a complaint."""
    tip = _load(reference)
    form = forms.ActForm(prefix="accept")
    if form.carries(tip, lambda: actions.accept(tip, by=signed_in())):
        return _done(tip)
    return _show(tip, accept=form, status=422)


@bp.post("/<reference>/decline")
@access("tip:decline")
def decline(reference: str) -> ResponseReturnValue:
    """Decline a complaint on one of the seven grounds."""
    tip = _load(reference)
    form = _decline_form(tip)
    if form.sent_for(tip):
        with form.refusals():
            refusal = actions.Refusal(
                Ground(form.ground.data), form.shown_by.text, form.known_on.data
            )
            actions.decline(tip, refusal, reason=form.reason.text, by=signed_in())
            return _done(tip)
    return _show(tip, decline=form, status=422)


@bp.post("/<reference>/not-file")
@access("tip:decide_not_to_file")
def not_file(reference: str) -> ResponseReturnValue:
    """End a report without a case."""
    tip = _load(reference)
    form = forms.ReasonForm(prefix="not_file")
    if form.sent_for(tip):
        with form.refusals():
            actions.decide_not_to_file(tip, reason=form.reason.text, by=signed_in())
            return _done(tip)
    return _show(tip, not_file=form, status=422)


@bp.post("/<reference>/conclude")
@access("tip:conclude")
def conclude(reference: str) -> ResponseReturnValue:
    """End the handling of a tip with its result."""
    tip = _load(reference)
    form = forms.ReasonForm(prefix="conclude")
    if form.carries(tip, lambda: actions.conclude(tip, reason=form.reason.text, by=signed_in())):
        return _done(tip)
    return _show(tip, conclude=form, status=422)


@bp.post("/<reference>/reporter")
@access("reporter:read")
def reporter(reference: str) -> ResponseReturnValue:
    """Open the reporter's identity for one look; the look is written down before it is shown."""
    tip = _load(reference)
    form = forms.RevealForm(prefix="reveal")
    if form.validate():
        with form.refusals():
            revealed = actions.reveal_reporter(tip, purpose=form.purpose.data, by=signed_in())
            return _show(tip, revealed=revealed)
    return _show(tip, reveal=form, status=422)


def _counts(who: Identity) -> navigation.Counts:
    """Count what waits in the queue, and the reporters who wait to be told (令20 art. 31)."""
    found = queries.waiting_counts(who, clock.today()), replies.owed_counts(who, clock.today())
    return navigation.Counts(*map(sum, zip(*found, strict=True)))


navigation.register(
    navigation.Entry("intake", 11, labels.RAIL_QUEUE, "tips.inbox", "tip:read", _counts),
)
