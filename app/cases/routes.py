"""Which pages of cases are there?"""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask import Blueprint, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.cases import actions, forms, labels, prefill, queries, rules
from app.cases.acts import ACTS
from app.cases.models import Case
from app.cases.rules import CaseState, Source
from app.clocks import queries as clocks
from app.codes import queries as codes
from app.enterprises import figures
from app.enterprises import queries as enterprises
from app.kernel import clock, storage
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.permissions import allows, may
from app.kernel.roles import Role
from app.kernel.text import short_day
from app.people import queries as people
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.acts import RecordPage, offered, plain
from app.web.files import send
from app.web.i18n import locale
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import HouseForm, options

#: What slices above tell about a case, each by a page of its own that loads into a panel.
PANELS: tuple[tuple[str, Any, str, dict[str, Any]], ...] = (
    ("case-supervision", labels.SUPERVISION, "supervision.panel", {"kind": "case"}),
    ("case-disclosures", labels.DISCLOSURES, "disclosures.panel_for_case", {}),
    ("case-rewards", labels.REWARDS, "rewards.panel_for_case", {}),
)

bp = Blueprint("cases", __name__, url_prefix="/cases", template_folder="templates")


# The list ---------------------------------------------------------------------------------------


@bp.get("/")
@access("case:read")
def register() -> ResponseReturnValue:
    """Show the cases in scope, nearest last day first."""
    who, today = signed_in(), clock.today()
    asked, number = _asked(who), page_number()
    found = queries.register(who, asked, page=number, today=today)
    return render_page(
        "cases/register.html",
        "register",
        found=found,
        asked=asked,
        filter=_filter_form(who),
        counts=queries.view_counts(who, today),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=found.total),
        words_of=lambda running: clocks.words_of(running, today, clocks.calendar()),
        labels=labels,
    )


def _asked(who: Identity) -> queries.Filter:
    args = request.args
    view, state = args.get("view", "open"), args.get("state", "")
    bureaus = {unit.code for unit in units.bureaus_below(who)}
    return queries.Filter(
        view=view if view in queries.VIEWS else "all",
        text=args.get("q", "").strip(),
        state=state if state in set(CaseState) else "",
        bureau=args.get("unit", "") if args.get("unit", "") in bureaus else "",
        product=args.get("product", "")[:40],
    )


def _filter_form(who: Identity) -> forms.ListFilter:
    form = forms.ListFilter(request.args)
    form.state.choices = options(labels.STATES, empty="—")
    form.product.choices = options(_list("products"), empty="—")
    bureaus = {unit.code: unit.short_name for unit in units.bureaus_below(who)}
    form.unit.choices = options(bureaus, empty="—")
    return form


def _list(name: str) -> dict[str, str]:
    return dict(codes.choices(name, locale()))


@bp.get("/panel/enterprise/<reference>")
@access("case:read")
def panel_for_enterprise(reference: str) -> ResponseReturnValue:
    """Show an enterprise's cases, as a panel of its page."""
    found = queries.of_enterprise(reference, signed_in())
    return render_page(
        "cases/panel.html", "panel", cases=found, labels=labels, place="enterprise-cases",
        back=url_for("enterprises.show", reference=reference), reference=reference,
    )  # fmt: skip


# The proposal -----------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
@access("case:propose")
def new() -> ResponseReturnValue:
    """Propose to file a case."""
    if request.method == "GET":
        args = request.args
        told = prefill.proposal_values(args.get("task", ""), args.get("tip", ""), signed_in())
        return render_page("cases/new.html", form=_proposal_form(told))
    form = _proposal_form()
    if form.validate():
        with form.refusals():
            case = actions.propose(_proposal(form), by=signed_in())
            return redirect(url_for("cases.show", reference=case.reference), 303)
    return render_page("cases/new.html", "proposal", form=form, status=422)


def _proposal_form(told: dict[str, Any] | None = None) -> forms.ProposalForm:
    form = forms.ProposalForm(data=told)
    who = signed_in()
    form.product.choices = options(_list("products"), empty="—")
    form.violation.choices = options(_list("violations"), empty="—")
    officers = people.holders(Role.CASE_OFFICER, who.bureau_id, clock.today())
    names = {officer.id: officer.name for officer in officers}
    form.officer_one.choices = form.officer_two.choices = options(names, empty="—")
    return form


def _proposal(form: forms.ProposalForm) -> actions.Proposal:
    reference = form.enterprise.data
    return actions.Proposal(
        title=form.title.data or "",
        source=Source(form.source.data),
        party_name=form.party_name.data or "",
        summary=form.summary.data or "",
        clue_on=cast("date", form.clue_on.data),
        officer_one=int(form.officer_one.data),
        officer_two=int(form.officer_two.data),
        enterprise=enterprises.by_reference(reference) if reference else None,
        product_code=form.product.data or "",
        violation_code=form.violation.data or "",
        goods_value=form.goods_value.amount,
        task_reference=form.task.data or None,
        tip_reference=form.tip.data or None,
    )


# The record -------------------------------------------------------------------------------------


_subject = Subject("case", "cases.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


#: The form of each act of the record page.
FORMS: dict[str, type[HouseForm]] = {
    "file": forms.ActForm,
    "decline": forms.ReasonForm,
    "begin": forms.BeginForm,
    "submit": forms.SubmitForm,
    "pass": forms.PassForm,
    "return": forms.ReasonForm,
    "inform": forms.InformForm,
    "note_statement": forms.StatementForm,
    "decide": forms.DecideForm,
    "serve": forms.ServeForm,
    "close": forms.CloseForm,
    "evidence": forms.EvidenceForm,
    "stay": forms.StayForm,
    "resume": forms.ResumeForm,
    "extend": forms.ExtendForm,
    "drop": forms.DropForm,
}


@bp.get("/<reference>")
@access("case:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one case: head, stages, facts, timeline, evidence, terms."""
    return _show(_load(reference), {})


def _show(case: Case, sent: dict[str, HouseForm], *, status: int = 200) -> Response:
    views = clocks.views("case", case.reference, clock.today())
    return render_page(
        "cases/show.html",
        "record",
        status=status,
        case=case,
        acts=_acts(case, sent),
        names=queries.names(case),
        clock=next((v for v in views if v.clock and v.clock.is_main), None),
        clocks=views,
        stages=_stages(case),
        panels=_panels(case),
        lines=trail.lines(queries.told(case), hollow=labels.HOLLOW),
        evidence=storage.attachments_of("case", case.reference),
        may_draft=case.state in rules.DRAFTING and allows(signed_in(), "case:investigate", case),
        labels=labels,
        product=codes.label("products", case.product_code, locale()) if case.product_code else "",
        violation=codes.label("violations", case.violation_code, locale()),
    )


def _acts(case: Case, sent: dict[str, HouseForm]) -> list[tuple[Act[Case], HouseForm, str]]:
    """Return what this person may do now, each with its form; one sent back keeps its text."""
    who = signed_in()
    allowed = {step.action.value for step in actions.available(case, who)}
    allowed |= set(actions.extra_acts(case, who))
    first = dict.fromkeys(("on", "served_on", "decided_on", "arisen_on"), clock.today())
    found = offered(ACTS, case, allowed, sent, lambda name: FORMS[name](formdata=None, data=first))
    return [(act, form.apart(act.name), labels.BUTTONS[act.name]) for act, form in found]


def _stages(case: Case) -> list[dict[str, Any]]:
    """Return the stage bar: each stage with its day, else its article."""
    return [
        {
            "name": labels.STAGES[stage.state],
            "note": short_day(stage.on, locale()) if stage.on else f"令2 {stage.article}",
            "state": stage.mark,
        }
        for stage in queries.stages(case)
    ]


def _panels(case: Case) -> list[dict[str, Any]]:
    """Return the panels of slices above, where they are there and this person may open them."""
    views, who = current_app.view_functions, signed_in()
    return [
        {"id": place, "title": title, "url": url_for(endpoint, reference=case.reference, **more)}
        for place, title, endpoint, more in PANELS
        if endpoint in views and may(who, getattr(views[endpoint], "access", ""))
    ]


@bp.get("/<reference>/files/<int:attachment_id>")
@access("case:read")
def attachment(reference: str, attachment_id: int) -> ResponseReturnValue:
    """Send one piece of evidence."""
    case = _load(reference)
    return send(storage.attachment_of("case", case.reference, attachment_id))


# The decision -----------------------------------------------------------------------------------


@bp.route("/<reference>/decision", methods=["GET", "POST"])
@access("case:investigate")
def decision(reference: str) -> ResponseReturnValue:
    """Write the fields of the decision."""
    case = _load(reference)
    if request.method == "GET":
        form = forms.DecisionForm(data=prefill.decision_values(case))
        form.version.data = str(case.draft.version) if case.draft else ""
        return render_page("cases/decision.html", case=case, form=form)
    form = forms.DecisionForm()
    if form.validate():
        if case.draft:
            form.must_match(case.draft)
        with form.refusals():
            actions.draft(case, form.typed(), keep_text=form.keep_text.data, by=signed_in())
            return redirect(url_for("cases.text", reference=case.reference), 303)
    return render_page("cases/decision.html", "decision", case=case, form=form, status=422)


@bp.route("/<reference>/text", methods=["GET", "POST"])
@access("case:read")
def text(reference: str) -> ResponseReturnValue:
    """Read the whole decision; its officers may amend the draft."""
    case = _load(reference)
    ruling = case.decision or case.draft
    if ruling is None:
        raise NotFound
    form = forms.TextForm()
    if request.method == "GET":
        form = forms.TextForm(data={"text": ruling.text})
        form.version.data = str(case.draft.version) if case.draft else ""
    elif form.sent_for(case.draft):
        with form.refusals():
            actions.amend_text(case, text=form.text.data or "", by=signed_in())
            return _done(case)
    may_amend = case.state in rules.DRAFTING and allows(signed_in(), "case:investigate", case)
    status = 200 if request.method == "GET" else 422
    return render_page(
        "cases/text.html", "decision", case=case, ruling=ruling, form=form, may_amend=may_amend,
        labels=labels, status=status,
    )  # fmt: skip


RecordPage(_subject, form=plain(FORMS), show=_show).offer(bp, *ACTS)
_counts = navigation.counting(queries.waiting)
figures.register("cases", labels.OPEN_CASES, queries.open_counts)
navigation.register(
    navigation.Entry("handling", 22, labels.RAIL, "cases.register", "case:read", _counts)
)
