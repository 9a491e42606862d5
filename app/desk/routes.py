"""Which page does everybody begin on?"""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.desk import labels, queries, rules
from app.kernel import clock, text
from app.people import labels as people
from app.web import navigation, words
from app.web.access import access, open_to_public, signed_in
from app.web.pages import render_page

bp = Blueprint("desk", __name__, template_folder="templates")


@bp.record
def take_the_root(state: BlueprintSetupState) -> None:
    """On a host of its own the staff face begins at the desk; else "/" is the public front."""
    if state.app.config["SETTINGS"].face == "staff":
        state.app.add_url_rule("/", "root", root)


@open_to_public
def root() -> ResponseReturnValue:
    """Go to the desk, which asks for a sign-in where needed."""
    return redirect(url_for("desk.home"), 303)


@bp.get("/desk")
@access("desk:open")
def home() -> ResponseReturnValue:
    """What waits for me, in the order of the calendar."""
    who, today = signed_in(), clock.today()
    lines = queries.gathered(who, today)
    counts = rules.counted(lines)
    ask = request.args.get("ask", "")
    shown = [line for line in lines if line.ask == ask] if ask in counts else lines
    return render_page(
        "desk/home.html",
        "waiting",
        groups=rules.grouped(shown, today),
        total=len(lines),
        overdue=sum(line.is_overdue(today) for line in lines),
        counts=counts,
        ask=ask if ask in counts else "",
        labels=labels,
        subjects=people.SUBJECTS,
        ask_words=words.ask,
    )


@bp.get("/search")
@access("desk:open")
def search() -> ResponseReturnValue:
    """Look for a record by its number, an enterprise, a title; one that is named opens at once."""
    typed = text.clean_line(request.args.get("q", ""))[: queries.MOST_TYPED]
    hits = queries.found(typed, signed_in())
    named = [hit for hit in hits if typed in {hit.reference, hit.number}]
    if len(named) == 1:
        return redirect(url_for(named[0].endpoint, reference=named[0].reference), 303)
    kinds = dict.fromkeys(hit.kind for hit in hits)
    return render_page(
        "desk/search.html",
        "hits",
        typed=typed,
        groups={kind: [hit for hit in hits if hit.kind == kind] for kind in kinds},
        subjects=people.SUBJECTS,
    )


navigation.register(navigation.Entry("desk", 0, labels.RAIL, "desk.home", "desk:open", sums=True))
