"""Which pages of listed supervision are there?"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.cases import queries as cases
from app.clocks import queries as clocks
from app.enterprises import figures
from app.enterprises import queries as enterprises
from app.kernel import clock, storage
from app.kernel.errors import NotFound, Refused
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.people import queries as people
from app.supervision import actions, documents, forms, labels, prefill, queries
from app.supervision import board as boards
from app.supervision.acts import ACTS, OfferedAct
from app.supervision.models import Demand, Listing
from app.supervision.rules import DemandState, SubjectKind
from app.typesetting import TypesettingError
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.acts import RecordPage, plain
from app.web.files import send, send_made
from app.web.pages import render_page
from app.web.subjects import Subject
from app.web.wtf import HouseForm, options

bp = Blueprint("supervision", __name__, url_prefix="/supervision", template_folder="templates")

FORMS: dict[str, type[HouseForm]] = {
    "answer": forms.AnswerForm,
    "apply": forms.ApplyForm,
    "delist": forms.ActForm,
    "urge": forms.UrgeForm,
    "return": forms.ReasonForm,
    "extend": forms.ExtendForm,
    "announce": forms.AnnounceForm,
    "retract": forms.ActForm,
    "withdraw": forms.ReasonForm,
    "report": forms.ReportForm,
    "judge": forms.VerdictForm,
}


# The board --------------------------------------------------------------------------------------


@bp.get("/")
@access("listing:read")
def board() -> ResponseReturnValue:
    """Show what we list, what is listed on us, and what those below list."""
    who, today = signed_in(), clock.today()
    asked = _asked(who)
    return render_page(
        "supervision/board.html",
        "board",
        board=boards.board(who, asked, today=today),
        asked=asked,
        filter=_filter_form(who),
        seen_at=clock.now(),
        offer=lambda row: boards.offer(row, who),
        steps=_steps,
        labels=labels,
    )


def _steps(row: boards.Row) -> list[dict[str, Any]]:
    """Return the ladder's rungs with their words, as the component wants them."""
    return [{"word": labels.RUNGS[step.rung], "state": step.state} for step in row.ladder]


def _asked(who: Identity) -> boards.Filter:
    args = request.args
    view, kind = args.get("view", "live"), args.get("kind", "")
    bureaus = {unit.code for unit in units.bureaus_below(who)}
    return boards.Filter(
        view=view if view in boards.VIEWS else "live",
        kind=kind if kind in set(SubjectKind) else "",
        bureau=args.get("unit", "") if args.get("unit", "") in bureaus else "",
    )


def _filter_form(who: Identity) -> forms.BoardFilter:
    form = forms.BoardFilter(request.args)
    form.kind.choices = options(labels.KINDS, empty="—")
    bureaus = {unit.code: unit.short_name for unit in units.bureaus_below(who)}
    form.unit.choices = options(bureaus, empty="—")
    return form


# Panels of other slices' records ----------------------------------------------------------------


@bp.get("/panel")
@access("listing:read")
def panel() -> ResponseReturnValue:
    """Show the listings of a case or an enterprise, as a panel of its page."""
    kind, reference = request.args.get("kind", ""), request.args.get("reference", "")
    if kind not in {SubjectKind.CASE, SubjectKind.ENTERPRISE}:
        raise NotFound
    return _panel(SubjectKind(kind), reference)


@bp.get("/panel/enterprise/<reference>")
@access("listing:read")
def panel_for_enterprise(reference: str) -> ResponseReturnValue:
    """Show an enterprise's listings, as a panel of its page."""
    return _panel(SubjectKind.ENTERPRISE, reference)


def _panel(kind: SubjectKind, reference: str) -> Response:
    who, today = signed_in(), clock.today()
    subject: Any
    if kind is SubjectKind.CASE:
        subject, back = cases.by_reference(reference, who), "cases.show"
        holder = subject.bureau
    else:
        subject, back = enterprises.by_reference(reference), "enterprises.show"
        holder = subject.bureau
    calendar = clocks.calendar()
    found = queries.of_subject(kind, reference, who)
    return render_page(
        "supervision/panel.html",
        "panel",
        rows=[boards.row_of(listing, today, calendar) for listing in found],
        may_list=allows(who, "listing:list", holder),
        kind=kind,
        reference=reference,
        back=url_for(back, reference=reference),
        labels=labels,
    )


# A new listing ----------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
@access("listing:list")
def new() -> ResponseReturnValue:
    """List a case, an enterprise, an area or an issue."""
    if request.method == "GET":
        kind, reference = request.args.get("kind", ""), request.args.get("reference", "")
        told = prefill.listing_values(kind, reference, signed_in())
        return render_page("supervision/new.html", form=_listing_form(told))
    form = _listing_form()
    if form.validate():
        with form.refusals():
            listing = actions.list_(_order(form), by=signed_in())
            return redirect(url_for("supervision.show", reference=listing.reference), 303)
    return render_page("supervision/new.html", "listing", form=form, status=422)


def _listing_form(told: dict[str, Any] | None = None) -> forms.ListingForm:
    form = forms.ListingForm(data=told)
    below = [unit for unit in units.bureaus_below(signed_in()) if unit.id != signed_in().bureau_id]
    form.handling.choices = options({unit.code: unit.name for unit in below}, empty="—")
    return form


def _order(form: forms.ListingForm) -> actions.Order:
    return actions.Order(
        subject_kind=SubjectKind(form.subject_kind.data),
        subject_reference=form.subject_reference.data or "",
        handling=units.by_code(form.handling.data),
        title=form.title.data or "",
        reason=form.reason.data or "",
        basis=form.basis.data or "",
        contact=form.contact.data or "",
        due_on=cast("date", form.due_on.data),
        demands=form.demands(),
    )


# The record -------------------------------------------------------------------------------------


_subject = Subject("listing", "supervision.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.post("/<reference>/demands/<int(max=99):position>/report")
@access("listing:report")
def report(reference: str, position: int) -> ResponseReturnValue:
    """Report on one demand."""
    listing, form = _load(reference), forms.ReportForm()
    if form.sent_for(listing):
        with form.refusals():
            files = form.files.stored
            actions.report(
                listing, position, text=form.text.data or "", files=files, by=signed_in()
            )
            return _done(listing)
    return _show(listing, {f"report-{position}": form}, status=422)


@bp.post("/<reference>/demands/<int(max=99):position>/judge")
@access("listing:judge")
def judge(reference: str, position: int) -> ResponseReturnValue:
    """Say whether a report meets its demand."""
    listing, form = _load(reference), forms.VerdictForm()
    if form.sent_for(listing):
        with form.refusals():
            met, reason = form.verdict.data == "met", form.reason.data or ""
            actions.judge(listing, position, met=met, reason=reason, by=signed_in())
            return _done(listing)
    return _show(listing, {f"judge-{position}": form}, status=422)


@bp.get("/<reference>")
@access("listing:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one listing: head, demands, letters, trail."""
    return _show(_load(reference), {})


def _show(listing: Listing, sent: dict[str, HouseForm], *, status: int = 200) -> Response:
    today, calendar = clock.today(), clocks.calendar()
    row = boards.row_of(listing, today, calendar)
    due = boards.DueView(str(labels.DUE_TITLE), row.words, listing.due_on, listing.basis)
    return render_page(
        "supervision/show.html",
        "record",
        status=status,
        listing=listing,
        row=row,
        steps=_steps,
        due=due if listing.ended_on is None else None,
        acts=_acts(listing, sent),
        demands=[(demand, _demand_act(demand, sent)) for demand in listing.demands],
        days={d.id: clocks.words_for_day(d.due_on, today, calendar) for d in listing.demands},
        names=queries.names(listing),
        area=prefill.area_name(listing),
        files=_files(listing),
        lines=trail.lines(people.timeline("listing", listing.reference), hollow=labels.HOLLOW),
        labels=labels,
    )


def _acts(listing: Listing, sent: dict[str, HouseForm]) -> list[OfferedAct]:
    who = signed_in()
    allowed = {step.action.value for step in actions.available(listing, who)} | sent.keys()
    return [
        OfferedAct(
            act.name,
            _form(act.name, act.name, listing, sent),
            labels.BUTTONS[act.name],
            url_for(f"supervision.{act.name}", reference=listing.reference),
            act.tone,
        )
        for act in ACTS
        if act.name in allowed
    ]


def _demand_act(demand: Demand, sent: dict[str, HouseForm]) -> OfferedAct | None:
    """Return what may be done with one demand now: report it, or judge what was reported."""
    listing, who = demand.listing, signed_in()
    allowed = {step.action.value for step in actions.available(listing, who)}
    name = "judge" if demand.state is DemandState.REPORTED and "judge" in allowed else "report"
    if f"{name}-{demand.position}" not in sent:
        may_report = name == "report" and demand.state is not DemandState.MET
        if name not in allowed or (name == "report" and not may_report):
            return None
    key = f"{name}-{demand.position}"
    url = url_for(f"supervision.{name}", reference=listing.reference, position=demand.position)
    is_more = name == "report" and demand.state is DemandState.REPORTED
    word = labels.REPORT_MORE if is_more else labels.BUTTONS[name]
    return OfferedAct(name, _form(name, key, listing, sent), word, url)


def _form(name: str, key: str, listing: Listing, sent: dict[str, HouseForm]) -> HouseForm:
    """Return an act's form with ids of its own; one sent back keeps what was typed."""
    form = sent.get(key)
    if form is None:
        first = {
            "answer_due_on": queries.answer_day(clock.today()),
            "public_title": listing.title,
        }
        form = FORMS[name].offered_for(listing, data=first)
    return form.apart(key)


def _files(listing: Listing) -> list[dict[str, Any]]:
    return [
        {
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "url": url_for(
                "supervision.attachment", reference=listing.reference, attachment_id=file.id
            ),
        }
        for file in storage.attachments_of("listing", listing.reference)
    ]


@bp.get("/<reference>/files/<int:attachment_id>")
@access("listing:read")
def attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    """Send one file that was reported with."""
    listing = _load(reference)
    return send(storage.attachment_of("listing", listing.reference, attachment_id))


@bp.get("/<reference>/letters/<int(max=999):place>.pdf")
@access("listing:read")
def letter(reference: str, place: int) -> ResponseReturnValue:
    """Send an urging letter in the letter form, set from what was sent; ``place`` counts from 1."""
    listing = _load(reference)
    if not 1 <= place <= len(listing.urgings):
        raise NotFound
    found = listing.urgings[place - 1]
    try:
        content = documents.typeset_letter(found).content
    except TypesettingError as fault:
        details = "、".join(str(detail) for detail in fault.details)
        raise Refused("cannot_typeset", details=details) from fault
    return send_made(content, "application/pdf", f"{found.number}.pdf")


RecordPage(_subject, form=plain(FORMS), show=_show).offer(bp, *ACTS)
_counts = navigation.counting(queries.waiting)
figures.register("listings", labels.OPEN_LISTINGS, queries.listed_counts)
navigation.register(
    navigation.Entry("supervision", 30, labels.RAIL, "supervision.board", "listing:read", _counts)
)
