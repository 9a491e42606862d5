"""Which pages of leads are there?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.codes import queries as codes
from app.inspections import queries as inspections
from app.inspections.models import Task
from app.kernel import clock, sheets
from app.kernel.permissions import allows
from app.kernel.roles import Role
from app.kernel.text import day
from app.leads import actions, forms, labels, letters, queries
from app.leads.acts import ACTS
from app.leads.models import Lead, LeadLetter
from app.leads.rules import LetterKind, Origin, Source
from app.people import queries as people
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, opened_for, signed_in
from app.web.acts import RecordPage
from app.web.i18n import locale
from app.web.pages import Pagination, about, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import HouseForm, options

bp = Blueprint("leads", __name__, url_prefix="/leads", template_folder="templates")
USUAL_DAYS = timedelta(days=15)
Form = TypeVar("Form", bound=HouseForm)
NAMES = {kind: name for name, kind in forms.OF_ACTS.items()}


# The ledger -------------------------------------------------------------------------------------


@bp.get("/")
@access("lead:read")
def register() -> ResponseReturnValue:
    """Show the ledger: leads, reports and findings in one list, of open ones the oldest first."""
    who, number, asked = signed_in(), page_number(), _asked()
    found, total = queries.ledger(who, asked, page=number)
    filter_form = forms.LedgerFilter(request.args)
    filter_form.bureau.choices = options(_names(units.bureaus_below(who)), empty="—")
    return render_page(
        "leads/register.html",
        "ledger",
        lines=found,
        asked=asked,
        filter=filter_form,
        today=clock.today(),
        own_path=who.bureau_path,
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


def _asked() -> queries.Filter:
    view, source = request.args.get("view", "open"), request.args.get("source", "")
    return queries.Filter(
        view=view if view in queries.VIEWS else "all",
        text=request.args.get("q", "").strip(),
        source=source if source in set(Source) else "",
        bureau=request.args.get("bureau", ""),
    )


def _names(found: Any) -> dict[str, str]:
    return {unit.code: unit.short_name for unit in found}


@bp.get("/ledger.xlsx")
@access("lead:read")
def export() -> ResponseReturnValue:
    """Send the ledger as a workbook, narrowed as the page is."""
    today = clock.today()
    rows = [
        (
            line.reference, str(labels.SOURCES[line.source]), line.title or "", line.bureau,
            day(clock.legal_day(line.found_at)), line.age(today),
            str(labels.STANDINGS[line.standing]),
        )
        for line in queries.exported(signed_in(), _asked())
    ]  # fmt: skip
    heads = [str(head) for head in labels.COLUMNS]
    answer = make_response(sheets.workbook(str(labels.RAIL), heads, rows))
    answer.headers["Content-Type"] = sheets.XLSX
    answer.headers["Content-Disposition"] = f"attachment; filename=leads-{today:%Y%m%d}.xlsx"
    return answer


# Entering ---------------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
@access("lead:enter")
def new() -> ResponseReturnValue:
    """Enter a lead; from a finding of an inspection, what it says is filled in."""
    who = signed_in()
    reference = request.values.get("task", "")
    task = inspections.by_reference(reference, who) if reference else None
    form = _lead_form(task)
    if request.method == "GET":
        return render_page("leads/new.html", form=form, task=task)
    if form.validate():
        with form.refusals():
            lead = actions.enter(_found(form, task), by=who, task=task)
            return _done(lead)
    return render_page("leads/new.html", "draft", form=form, task=task, status=422)


def _lead_form(task: Task | None) -> forms.LeadForm:
    told: dict[str, Any] = {"found_on": clock.today()}
    if task is not None:
        told = {
            "task": task.reference,
            "title": task.title,
            "found_on": clock.legal_day(task.ended_at) if task.ended_at else clock.today(),
            "party_name": task.enterprise.name if task.enterprise else task.place_name,
            "party_address": task.address,
            "product": task.product_code,
            "violation": task.violation_code,
            "summary": task.findings,
        }
    form = forms.LeadForm(data=told)
    if task is not None:
        del form.source
    form.product.choices = options(dict(codes.choices("products", locale())), empty="—")
    form.violation.choices = options(dict(codes.choices("violations", locale())), empty="—")
    return form


def _found(form: forms.LeadForm, task: Task | None) -> actions.Found:
    source = Source.INSPECTION if task else Source(form.source.data)
    origin = Origin(
        source, form.came_from.text, form.number.text, form.link.text, form.dated_on.data
    )
    return actions.Found(
        title=form.title.text,
        summary=form.summary.text,
        found_on=form.found_on.day,
        origin=origin,
        party_name=form.party_name.text,
        party_address=form.party_address.text,
        product_code=form.product.data or "",
        violation_code=form.violation.data or "",
    )


# The record -------------------------------------------------------------------------------------


_subject = Subject("lead", "leads.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("lead:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one lead: where it came from, what it says, how it ended, its letters."""
    return _show(_load(reference), {})


def _show(lead: Lead, sent: dict[str, HouseForm], status: int = 200) -> Response:
    who = signed_in()
    running = clocks.main_clock("lead", lead.reference)
    is_running = running is not None and running.stopped_on is None
    return render_page(
        "leads/show.html",
        "record",
        status=status,
        lead=lead,
        running=running if is_running else None,
        due_words=clocks.words_of(running, clock.today()) if running and is_running else None,
        names=people.names([one for one in (lead.entered_by_id, lead.ended_by_id) if one]),
        product=codes.label("products", lead.product_code, locale()) if lead.product_code else "",
        violation=(
            codes.label("violations", lead.violation_code, locale()) if lead.violation_code else ""
        ),
        letters=queries.letters_of(lead),
        children=queries.children_of(lead.reference, who),
        lines=trail.lines(people.timeline("lead", lead.reference)),
        forms=_forms(lead, sent),
        labels=labels,
    )


def _forms(lead: Lead, sent: dict[str, HouseForm]) -> dict[str, HouseForm]:
    who = signed_in()
    allowed = {action.value for action in actions.available(lead, who)}
    if actions.may_note_receipt(lead, who):
        allowed.add("receipt")
    if allows(who, "lead:write", lead):
        allowed.add("letter")
    made = {
        name: _form(kind, lead)
        for name, kind in forms.OF_ACTS.items()
        if name in allowed and name not in sent
    }
    return {**made, **sent}


def _act_form(name: str, lead: Lead) -> HouseForm:
    return _form(forms.OF_ACTS[name], lead)


def _form(kind: type[Form], lead: Lead) -> Form:
    """Make the form of an act with what the lead already says."""
    form = kind(prefix=NAMES[kind], data=_told(NAMES[kind], lead))
    form.version.data = form.version.data or str(lead.version)
    if isinstance(form, forms.ProposeForm):
        officers = people.holders(Role.CASE_OFFICER, lead.bureau_id, clock.today())
        found = options({officer.id: officer.name for officer in officers}, empty="—")
        form.officer_one.choices = form.officer_two.choices = found
    if isinstance(form, forms.TransferForm | forms.LetterForm):
        others = [unit for unit in units.all_bureaus() if unit.id != lead.bureau_id]
        form.bureau.choices = options(_names(others), empty="—")
    return form


def _told(name: str, lead: Lead) -> dict[str, Any]:
    if name == "propose":
        return {"title": lead.title, "party_name": lead.party_name, "summary": lead.summary}
    if name == "letter":
        return {"due_on": clock.today() + USUAL_DAYS}
    return {"on": clock.today()}


@bp.post("/<reference>/propose")
@access("lead:propose")
def propose(reference: str) -> ResponseReturnValue:
    """Propose a case from a lead."""
    lead = _load(reference)
    form = _form(forms.ProposeForm, lead)
    if form.sent_for(lead):
        with form.refusals():
            said = actions.CaseWords(
                form.title.text, form.party_name.text, form.summary.text,
                int(form.officer_one.data), int(form.officer_two.data),
            )  # fmt: skip
            case = actions.propose(lead, said, by=signed_in())
            return redirect(url_for("cases.show", reference=case.reference), 303)
    return _show(lead, {"propose": form}, status=422)


# Letters ----------------------------------------------------------------------------------------


@bp.post("/<reference>/letters")
@access("lead:write")
def write(reference: str) -> ResponseReturnValue:
    """Write a letter about a lead: to another bureau, or to the superior to organise."""
    lead = _load(reference)
    form = _form(forms.LetterForm, lead)
    if form.sent_for(lead):
        with form.refusals():
            sent = _send(lead, form)
            return redirect(url_for("leads.letter", reference=sent.reference), 303)
    return _show(lead, {"letter": form}, status=422)


def _send(lead: Lead, form: forms.LetterForm) -> LeadLetter:
    asked = letters.Asked(form.asked.text, form.enclosed.text, form.due_on.day)
    if form.organises():
        return letters.ask_to_organise(lead, asked, by=signed_in())
    to = units.by_code(form.bureau.data) if form.bureau.data else lead.bureau
    return letters.ask_assistance(lead, to, asked, by=signed_in())


@bp.get("/letters")
@access("letter:read")
def letter_list() -> ResponseReturnValue:
    """Show the letters about leads, sent and received, unanswered ones first."""
    number, today, days = page_number(), clock.today(), clocks.calendar()
    found, total = queries.letters(signed_in(), page=number)
    return render_page(
        "leads/letters.html",
        found=found,
        words_of=lambda day: clocks.words_for_day(day, today, days),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


def _load_letter(reference: str) -> LeadLetter:
    found = queries.letter_by_reference(reference, signed_in())
    about("lead", found.lead.reference, url_for("leads.letter", reference=reference))
    opened_for(found)
    return found


@bp.get("/letters/<reference>")
@access("letter:read")
def letter(reference: str) -> ResponseReturnValue:
    """Show one letter: what is asked, of what lead, and the answer."""
    return _show_letter(_load_letter(reference))


def _show_letter(found: LeadLetter, form: HouseForm | None = None, status: int = 200) -> Response:
    who = signed_in()
    may_answer = found.answered_on is None and allows(who, "letter:answer", found)
    return render_page(
        "leads/letter.html",
        "record",
        status=status,
        letter=found,
        lead=found.lead,
        sees_lead=allows(who, "lead:read", found.lead),
        due_words=clocks.words_for_day(found.due_on, clock.today()),
        names=people.names([one for one in (found.sent_by_id, found.answered_by_id) if one]),
        children=queries.children_of(found.reference, who),
        form=form or (_answer_form(found) if may_answer else None),
        labels=labels,
    )


def _answer_form(found: LeadLetter) -> forms.AnswerForm:
    form = forms.AnswerForm()
    form.version.data = form.version.data or str(found.version)
    below = units.bureaus_below(signed_in()) if found.kind is LetterKind.ORGANISE else []
    taking = [unit for unit in below if unit.id != found.lead.bureau_id]
    form.bureaus.choices = options(_names(taking))
    return form


@bp.post("/letters/<reference>/answer")
@access("letter:answer")
def answer(reference: str) -> ResponseReturnValue:
    """Answer a letter; a superior names the bureaus that take part."""
    found = _load_letter(reference)
    form = _answer_form(found)
    if form.sent_for(found):
        with form.refusals():
            named = [units.by_code(code) for code in form.bureaus.data or ()]
            letters.answer(found, form.reply.text, by=signed_in(), bureaus=named)
            return redirect(url_for("leads.letter", reference=reference), 303)
    return _show_letter(found, form, status=422)


RecordPage(_subject, form=_act_form, show=_show).offer(bp, *ACTS)
_counts = navigation.counting(queries.waiting)
navigation.register(
    navigation.Entry("handling", 19, labels.RAIL, "leads.register", "lead:read", _counts)
)
