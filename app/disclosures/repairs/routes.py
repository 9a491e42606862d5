"""Which pages of credit repair are there for staff?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.disclosures import queries as disclosures
from app.disclosures.repairs import actions, forms, labels, queries
from app.disclosures.repairs.acts import ACTS
from app.disclosures.repairs.models import Repair
from app.kernel import clock
from app.people import queries as people
from app.web import navigation, trail
from app.web.access import access, signed_in
from app.web.acts import RecordPage, offered, plain
from app.web.pages import Pagination, page_number, render_page
from app.web.subjects import Subject
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
    disclosure = Subject("disclosure", "disclosures.show", disclosures.by_reference).load(reference)
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


_subject = Subject("repair", "repairs.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


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
    found = offered(ACTS, repair, allowed, sent, lambda name: forms.OF_ACTS[name](formdata=None))
    return [(act.name, form.apart(act.name), labels.BUTTONS[act.name]) for act, form in found]


RecordPage(_subject, form=plain(forms.OF_ACTS), show=_show).offer(bp, *ACTS)
_counts = navigation.counting(queries.waiting)
navigation.register(
    navigation.Entry("publicity", 41, labels.RAIL, "repairs.register", "repair:read", _counts)
)
