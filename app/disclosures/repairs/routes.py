"""Which pages of credit repair are there for staff?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.disclosures import queries as disclosures
from app.disclosures.repairs import actions, forms, labels, queries
from app.disclosures.repairs.models import Repair
from app.disclosures.repairs.rules import WORKFLOW, RepairAction
from app.kernel import clock
from app.kernel.identity import Identity
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, opened_for, signed_in
from app.web.pages import Pagination, about, page_number, render_page
from app.web.wtf import HouseForm

bp = Blueprint("repairs", __name__, url_prefix="/publicity/repairs", template_folder="templates")


@bp.get("/")
@access("repair:read")
def register() -> ResponseReturnValue:
    """Show every request, the latest first."""
    number = page_number()
    found, total = queries.register(signed_in(), page=number)
    running = clocks.main_clocks("repair", [one.reference for one in found])
    today, calendar = clock.today(), clocks.calendar()
    return render_page(
        "repairs/register.html",
        "register",
        found=found,
        clocks=running,
        words_of=lambda term: clocks.words_of(term, today, calendar),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        labels=labels,
    )


@bp.route("/of/<reference>", methods=["GET", "POST"])
@access("repair:receive")
def receive(reference: str) -> ResponseReturnValue:
    """Enter a request about a publication."""
    disclosure = disclosures.by_reference(reference, signed_in())
    about("disclosure", reference, url_for("disclosures.show", reference=reference))
    opened_for(disclosure)
    form = forms.ReceiveForm()
    if request.method == "GET":
        form.received_on.data = clock.today()
        return render_page("repairs/receive.html", disclosure=disclosure, form=form)
    if form.validate():
        with form.refusals():
            return _done(actions.receive(disclosure, form.request(), by=signed_in()))
    return render_page(
        "repairs/receive.html", "draft", disclosure=disclosure, form=form, status=422
    )


def _done(repair: Repair) -> Response:
    return redirect(url_for("repairs.show", reference=repair.reference), 303)  # type: ignore[return-value]


def _load(reference: str) -> Repair:
    repair = queries.by_reference(reference, signed_in())
    about("repair", reference, url_for("repairs.show", reference=reference))
    opened_for(repair)
    return repair


@bp.get("/<reference>")
@access("repair:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one request: papers, conditions, terms, history."""
    return _show(_load(reference), {})


def _show(repair: Repair, sent: dict[str, HouseForm], status: int = 200) -> Response:
    main = clocks.main_clock("repair", repair.reference)
    running = main if main is not None and main.stopped_on is None else None
    shown = queries.newest_version(repair.disclosure)
    people_named = (repair.received_by_id, repair.examined_by_id, repair.decided_by_id)
    return render_page(
        "repairs/show.html",
        "record",
        status=status,
        repair=repair,
        shown=shown,
        publication=disclosures.publication_of(shown),
        later=queries.later_penalties(repair.disclosure),
        clock=clocks.view(running, clock.today()) if running else None,
        names=people.names([one for one in people_named if one is not None]),
        lines=trail.lines(people.timeline("repair", repair.reference)),
        acts=_acts(repair, sent),
        labels=labels,
    )


def _acts(repair: Repair, sent: dict[str, HouseForm]) -> list[tuple[str, HouseForm, Any]]:
    allowed = actions.available(repair, signed_in())
    found = []
    for name, kind in forms.OF_ACTS.items():
        if RepairAction(name) in allowed or name in sent:
            form = sent.get(name) or kind(formdata=None)
            if name not in sent:
                form.version.data = str(repair.version)
            for field in form:
                field.id = field.label.field_id = f"{name}-{field.short_name}"
            found.append((name, form, labels.BUTTONS[name]))
    return found


#: What each act does with the request, what was typed, and who acts.
DO: dict[str, Callable[[Repair, Any, Identity], object]] = {
    "accept": lambda r, _typed, by: actions.accept(r, by=by),
    "ask_more": lambda r, typed, by: actions.ask_more(r, reason=typed.reason.data, by=by),
    "complete": lambda r, typed, by: actions.complete(r, papers=typed.papers.data or (), by=by),
    "refuse": lambda r, typed, by: actions.refuse(r, reason=typed.reason.data, by=by),
    "extend": lambda r, typed, by: actions.extend(r, reason=typed.reason.data, by=by),
    "grant": lambda r, typed, by: actions.grant(
        r, conditions=typed.conditions.data or (), reason=typed.reason.text, by=by
    ),
    "deny": lambda r, typed, by: actions.deny(r, reason=typed.reason.data, by=by),
    "apply": lambda r, _typed, by: actions.apply(r, by=by),
    "revoke": lambda r, typed, by: actions.revoke(r, reason=typed.reason.data, by=by),
}


def _view(name: str) -> Callable[..., ResponseReturnValue]:
    permission = next(t.permission for t in WORKFLOW.transitions if t.action.value == name)

    @access(permission)
    def view(reference: str) -> ResponseReturnValue:
        repair = _load(reference)
        form = forms.OF_ACTS[name]()
        if form.validate():
            form.must_match(repair)
            with form.refusals():
                DO[name](repair, form, signed_in())
                return _done(repair)
        return _show(repair, {name: form}, status=422)

    return view


for _name in DO:
    bp.add_url_rule(
        f"/<reference>/{_name.replace('_', '-')}", _name, _view(_name), methods=["POST"]
    )


def _counts(who: Identity) -> navigation.Counts:
    today = clock.today()
    lines = queries.waiting(who, today)
    return navigation.Counts(len(lines), sum(line.is_overdue(today) for line in lines))


navigation.register(
    navigation.Entry("publicity", 41, labels.RAIL, "repairs.register", "repair:read", _counts)
)
