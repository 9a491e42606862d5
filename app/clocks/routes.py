"""Which pages show the working days, the legal terms, and how a last day was counted?"""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.clocks import access as _policy  # noqa: F401 - the permissions must be declared
from app.clocks import actions, labels, lookups, queries, rules
from app.clocks.forms import CountForm, RuleFilter, YearForm
from app.kernel import clock
from app.kernel.calendar import YearSchedule
from app.kernel.deadlines import NoSuchRule, load_statutes
from app.kernel.errors import NotFound, Refused
from app.web import words
from app.web.access import access, signed_in
from app.web.navigation import Entry, register
from app.web.pages import about, render_page

bp = Blueprint("clocks", __name__, template_folder="templates")
register(
    Entry("archive", 80, _l("工作日历"), "clocks.calendar", "calendar:read"),
    Entry("archive", 81, _l("法定期限"), "clocks.terms", "legal_rule:read"),
    Entry("archive", 82, _l("期限计算"), "clocks.count", "clock:count"),
)


@bp.get("/calendar")
@access("calendar:read")
def calendar() -> ResponseReturnValue:
    """All years with their notices, next year always among them."""
    days = queries.calendar()
    years = lookups.listed_years(days, clock.today().year)
    return render_page("clocks/calendar.html", years=years, days=days)


@bp.get("/calendar/<int:year>")
@access("calendar:read")
def calendar_year(year: int) -> ResponseReturnValue:
    """One year: what is off, what is worked, by which notice."""
    _known_year(year)
    days = queries.calendar()
    return render_page(
        "clocks/year.html",
        year=year,
        schedule=days.years.get(year),
        entered=queries.entered_year(year),
        months=lookups.months(year, days),
    )


@bp.route("/calendar/<int:year>/notice", methods=["GET", "POST"])
@access("calendar:keep")
def notice(year: int) -> ResponseReturnValue:
    """Enter or correct a year's notice; running clocks are counted anew."""
    _known_year(year)
    about("calendar", str(year), url_for("clocks.calendar_year", year=year))
    form = _year_form(year)
    if form.validate_on_submit():
        with form.refusals():
            kept = queries.entered_year(year)
            if kept is not None:
                form.must_match(kept)
            actions.enter_year(_typed_schedule(year, form), by=signed_in())
            return redirect(url_for("clocks.calendar_year", year=year), 303)
    status = 422 if request.method == "POST" else 200
    return render_page("clocks/notice.html", "notice", status=status, year=year, form=form)


def _year_form(year: int) -> YearForm:
    kept = queries.entered_year(year)
    schedule = queries.calendar().years.get(year)
    if schedule is None:
        return YearForm()
    return YearForm(
        data={
            "title": schedule.title,
            "number": schedule.number,
            "holidays": rules.write_days(schedule.holidays),
            "make_up_days": rules.write_days(schedule.make_up_days),
            "version": str(kept.version) if kept else "",
        }
    )


def _typed_schedule(year: int, form: YearForm) -> YearSchedule:
    return rules.schedule(
        year,
        form.title.data or "",
        form.number.data or "",
        off=form.holidays.data or "",
        worked=form.make_up_days.data or "",
    )


def _known_year(year: int) -> None:
    if not rules.FIRST_YEAR <= year <= rules.LAST_YEAR:
        raise NotFound


@bp.get("/legal-terms")
@access("legal_rule:read")
def terms() -> ResponseReturnValue:
    """Every term of law by regulation, each version with its article."""
    chosen = RuleFilter(request.args)
    groups = lookups.rules_by_law(chosen.q.data or "")
    return render_page("clocks/terms.html", "terms", chosen=chosen, groups=groups, labels=labels)


@bp.get("/legal-terms/<code>")
@access("legal_rule:read")
def term(code: str) -> ResponseReturnValue:
    """One term with all its versions."""
    try:
        versions = load_statutes().of(code)
    except NoSuchRule:
        raise NotFound from None
    return render_page(
        "clocks/term.html", code=code, versions=versions[::-1], today=clock.today(), labels=labels
    )


@bp.get("/count")
@access("clock:count")
def count() -> ResponseReturnValue:
    """How a last day is counted: a term with its start, suspensions and extensions."""
    form = CountForm(request.args)
    form.offer(lookups.countable())
    due = None
    if form.is_asked and form.validate():
        try:
            due = lookups.counted_for(form.asked(), queries.calendar())
        except Refused as refused:
            form.refuse(refused.field, words.refusal(refused.code, refused.facts))
    status = 422 if form.errors or form.form_errors else 200
    shown = lookups.explained(due, clock.today()) if due else None
    return render_page(
        "clocks/count.html", "count", status=status, form=form, shown=shown, labels=labels
    )
