"""Which pages ask one question each, show the answers and send them?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.kernel.errors import NotFound
from app.public import actions as doors
from app.public import doorway, queries
from app.public import labels as words
from app.public.report import actions, forms, labels, rules
from app.public.report import queries as drafts
from app.public.report.rules import Question
from app.public.rules import Door
from app.web.access import open_to_public
from app.web.pages import render_page
from app.web.transactions import open_door, writes_late

bp = Blueprint("publicreport", __name__, url_prefix="/report", template_folder="templates")
#: Where the browser keeps the token of its answers.
COOKIE = "report"


@bp.record_once
def _without_tokens(state: Any) -> None:
    """A visitor's only authority is the draft's token, which same-site requests alone carry."""
    state.app.extensions["csrf"].exempt(bp)


@bp.context_processor
def _owner() -> dict[str, Any]:
    return {"site_owner": queries.owner()}


@bp.after_request
def _private(response: Response) -> Response:
    """Keep answers out of every cache, and out of search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _token() -> str:
    return str(session.get(COOKIE, ""))


def _answers() -> dict[str, list[str]]:
    return drafts.answers(_token()) or {}


def _to(question: Question | None) -> ResponseReturnValue:
    if question is None:
        return redirect(url_for("publicreport.check"), 303)
    return redirect(url_for("publicreport.ask", question=question.value), 303)


@bp.get("/steps")
@open_to_public
def start() -> ResponseReturnValue:
    """Lead to the first question without an answer."""
    return _to(rules.first_open(_answers()))


@bp.route("/steps/<question>", methods=["GET", "POST"])
@open_to_public
@writes_late
def ask(question: str) -> ResponseReturnValue:
    """Ask one question; each answer is kept before the next is asked."""
    asked, answers = _question(question), _answers()
    earliest = rules.first_open(answers)
    order = rules.questions(answers)
    if asked not in order or (earliest and order.index(asked) > order.index(earliest)):
        return _to(earliest)
    if request.method == "GET":
        return _page(asked, forms.question_form(asked, answers), answers)
    form = forms.sent_form(asked)
    new = rules.with_answers(answers, forms.answered(form))
    if form.validate() and forms.fits(form, asked, new):
        stopped = _kept(form, new)
        return stopped or _next(asked, new)
    return _page(asked, form, answers, status=422)


def _question(name: str) -> Question:
    if name not in set(Question):
        raise NotFound
    return Question(name)


def _page(
    asked: Question, form: forms.ReportForm, answers: rules.Answers, status: int = 200
) -> Response:
    order = rules.questions(answers)
    return render_page(
        "report/question.html",
        status=status,
        asked=asked,
        form=form,
        before=rules.before(asked, answers),
        number=order.index(asked) + 1,
        total=len(order),
        is_change="change" in request.args,
        is_complaint=rules.is_complaint(answers),
        labels=labels,
        words=words,
    )


def _kept(form: forms.ReportForm, new: rules.Answers) -> ResponseReturnValue | None:
    """Keep the answers; a source that begins too many reports gets the telephone number."""
    open_door()
    token = _token()
    if not token or drafts.answers(token) is None:
        source = queries.source_digest(request.remote_addr or "")
        if not doors.knock(Door.DRAFT, source):
            shut: Response = doorway.shut(Door.DRAFT, form.written())
            return shut
        token = session[COOKIE] = actions.new_token()
    actions.keep(token, new)
    return None


def _next(asked: Question, answers: rules.Answers) -> ResponseReturnValue:
    if "change" in request.args:
        return _to(rules.first_open(answers))
    return _to(rules.after(asked, answers))


@bp.route("/check", methods=["GET", "POST"])
@open_to_public
@writes_late
def check() -> ResponseReturnValue:
    """Show all answers with a way to change each; send them, with photos, once."""
    form = forms.SendForm()
    if request.method == "GET":
        answers = _answers()
        earliest = rules.first_open(answers)
        return _to(earliest) if earliest else _summary(form, answers)
    if not doorway.is_open(Door.REPORT, request.remote_addr):
        return open_door() or doorway.shut(Door.REPORT, forms.whole(_answers()).written())
    if form.validate():
        written = forms.whole(_answers()).written()
        stopped: ResponseReturnValue | None
        stopped = doorway.passed(Door.REPORT, request.remote_addr, written)
        if stopped is not None:
            return stopped
        with form.refusals():
            return _sent(form)
    return _summary(form, _answers(), status=422)


def _summary(form: forms.SendForm, answers: rules.Answers, status: int = 200) -> Response:
    whole = forms.whole(answers)
    return render_page(
        "report/check.html",
        status=status,
        form=form,
        rows=[(q, whole.written(rules.FIELDS[q])) for q in rules.questions(answers)],
        labels=labels,
    )


def _sent(form: forms.SendForm) -> ResponseReturnValue:
    token, answers = _token(), _answers()
    earliest, whole = rules.first_open(answers), forms.whole(answers)
    if earliest is not None or not whole.validate():
        return _to(earliest)
    receipt = doors.take_in(whole.account(), whole.caller(), form.photos.stored)
    actions.destroy(token)
    session.pop(COOKIE, None)
    return redirect(url_for("public.receipt", sealed=receipt), 303)


@bp.post("/discard")
@open_to_public
def discard() -> ResponseReturnValue:
    """Destroy what was answered so far: the next at this machine finds nothing."""
    actions.destroy(_token())
    session.pop(COOKIE, None)
    return redirect(url_for("public.front"), 303)
