"""Which pages ask reporters back and show how they judged?"""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.tips import queries as tips
from app.tips.conversations import actions, forms, labels, queries
from app.web import navigation
from app.web.access import access, signed_in
from app.web.pages import render_page
from app.web.subjects import Subject

bp = Blueprint("conversations", __name__, url_prefix="/tips", template_folder="templates")


_subject = Subject("tip", "tips.show", tips.by_reference)
_load, _done = _subject.load, _subject.done


@bp.route("/<reference>/ask", methods=["GET", "POST"])
@access("tip:ask")
def ask(reference: str) -> ResponseReturnValue:
    """Ask the reporter something."""
    tip, form = _load(reference), forms.AskForm()
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            with form.refusals():
                actions.ask(tip, text=form.text.text, by=signed_in())
                return _done(tip)
    return render_page("conversations/ask.html", "act", tip=tip, form=form, status=status)


@bp.post("/<reference>/additions/note")
@access("tip:ask")
def note(reference: str) -> ResponseReturnValue:
    """Say that what was added was read."""
    tip = _load(reference)
    actions.take_note(tip, by=signed_in())
    return _done(tip)


@bp.post("/<reference>/additions/restart")
@access("tip:ask")
def restart(reference: str) -> ResponseReturnValue:
    """Count the term anew from the day of the new facts."""
    tip = _load(reference)
    actions.restart(tip, by=signed_in())
    return _done(tip)


@bp.get("/satisfaction")
@access("tip:read")
def satisfaction() -> ResponseReturnValue:
    """Show how reporters judged one's bureau and those below."""
    who = signed_in()
    return render_page(
        "conversations/satisfaction.html",
        judged=queries.judged(who),
        words=queries.words_about(who),
        labels=labels,
    )


navigation.register(
    navigation.Entry("intake", 16, labels.RAIL, "conversations.satisfaction", "tip:read"),
)
