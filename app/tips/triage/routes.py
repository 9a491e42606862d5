"""Which pages hand tips on, join and part them, settle disputes and mind their clocks?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.clocks import labels as clock_labels
from app.clocks import queries as clocks
from app.kernel import clock
from app.kernel.errors import NotFound, Refused
from app.tips import access as _policy  # noqa: F401 - declares the permissions
from app.tips import actions as tip_actions
from app.tips import duplicates
from app.tips import labels as tip_labels
from app.tips import queries as tips
from app.tips.models import Tip
from app.tips.rules import TipKind
from app.tips.triage import actions, forms, labels, possible, queries
from app.tips.triage.rules import MergeBasis, RemarkKind, other_kind
from app.units import queries as units
from app.web import navigation
from app.web.access import access, safe_next, signed_in
from app.web.pages import render_page
from app.web.subjects import Subject
from app.web.wtf import HouseForm, options

bp = Blueprint("triage", __name__, url_prefix="/tips", template_folder="templates")
BOTH = ["GET", "POST"]


_subject = Subject("tip", "tips.show", tips.by_reference)
_load, _done = _subject.load, _subject.done


def _page(name: str, tip: Tip, form: HouseForm, **context: Any) -> Response:
    """Show the page of one act: the tip in short, the form, what follows from it."""
    if request.method == "GET":
        form.version.data = str(tip.version)
    return render_page(
        "triage/act.html",
        "act",
        status=422 if request.method == "POST" else 200,
        name=name,
        tip=tip,
        form=form,
        labels=labels,
        tip_labels=tip_labels,
        **{"half": "", "asked": (), "alike": (), **context},
    )


def _with_alike(name: str, tip: Tip, form: Any) -> ResponseReturnValue:
    """Show what the tip may belong to; the one that was picked stands in the form."""
    form.other.data = form.other.data or request.args.get("other", "")[:20]
    return _page(name, tip, form, alike=duplicates.of_tip(tip, signed_in()))


def _other(form: Any) -> Tip:
    """Return the tip whose number was typed, in the viewer's scope."""
    try:
        return tips.by_reference(form.other.text, signed_in())
    except NotFound:
        raise Refused("no_such_tip", field="other") from None


# Many at once -------------------------------------------------------------------------------------


@bp.post("/bulk")
@access("tip:accept")
def bulk() -> ResponseReturnValue:
    """Do one act with every tip that was ticked, or with none and say why."""
    form, who = forms.BulkForm(prefix="bulk"), signed_in()
    form.to.choices = options(possible.places(who), empty="—")
    failures: list[actions.Failure] = []
    if form.validate():
        with form.refusals():
            if not form.seen():
                raise Refused("nothing_chosen")
            failures = actions.all_or_none(form.seen(), _bulk_act(form), by=who)
            if not failures:
                return redirect(safe_next(form.back.data) or url_for("tips.inbox"), 303)
    return render_page(
        "triage/bulk.html",
        status=422,
        form=form,
        failures=[(one.reference, labels.fault(one.reason)) for one in failures],
        back=safe_next(form.back.data) or url_for("tips.inbox"),
    )


def _bulk_act(form: forms.BulkForm) -> Callable[[Tip], object]:
    """Return what is done with each tip, after what is common to all was checked."""
    who = signed_in()
    if form.act.data == "accept":
        return partial(tip_actions.accept, by=who)
    if form.act.data == "route":
        if not form.to.data:
            raise Refused("unit_needed", field="to")
        to, feedback_on = units.by_code(form.to.data), form.feedback_on.data
        return partial(tip_actions.route, to=to, by=who, feedback_on=feedback_on)
    if not form.title.text:
        raise Refused("gathering_needed", field="title")
    return partial(
        actions.gather, into=actions.open_gathering([], title=form.title.text, by=who), by=who
    )


# Out of the house ---------------------------------------------------------------------------------


@bp.route("/<reference>/transfer", methods=BOTH)
@access("tip:transfer")
def transfer(reference: str) -> ResponseReturnValue:
    """Hand a tip over to an authority outside the house."""
    tip, form = _load(reference), forms.AwayForm()
    if form.sent_for(tip):
        with form.refusals():
            actions.transfer(tip, to=form.to.text, reason=form.reason.text, by=signed_in())
            return _done(tip)
    return _page("transfer", tip, form)


@bp.route("/<reference>/redirect", methods=BOTH)
@access("tip:transfer")
def redirect_(reference: str) -> ResponseReturnValue:
    """Tell a reporter which authority is competent."""
    tip, form = _load(reference), forms.AwayForm()
    if form.sent_for(tip):
        with form.refusals():
            actions.redirect(tip, to=form.to.text, reason=form.reason.text, by=signed_in())
            return _done(tip)
    return _page("redirect", tip, form)


# Tips that belong together ------------------------------------------------------------------------


@bp.route("/<reference>/merge", methods=BOTH)
@access("tip:combine")
def merge(reference: str) -> ResponseReturnValue:
    """Let a tip go on as part of another."""
    tip, form = _load(reference), forms.MergeForm()
    if form.sent_for(tip):
        with form.refusals():
            actions.merge(tip, _other(form), basis=MergeBasis(form.basis.data), by=signed_in())
            return _done(tip)
    return _with_alike("merge", tip, form)


@bp.route("/<reference>/link", methods=BOTH)
@access("tip:combine")
def link(reference: str) -> ResponseReturnValue:
    """Note that two tips should be read together."""
    tip, form = _load(reference), forms.LinkForm()
    if form.sent_for(tip):
        with form.refusals():
            actions.link(tip, _other(form), reason=form.reason.text, by=signed_in())
            return _done(tip)
    return _with_alike("link", tip, form)


@bp.route("/<reference>/split", methods=BOTH)
@access("tip:combine")
def split(reference: str) -> ResponseReturnValue:
    """Give the other half of a call a record of its own."""
    tip, form = _load(reference), forms.SplitForm()
    if tip.kind is TipKind.COMPLAINT:
        del form.wishes
    if form.sent_for(tip):
        with form.refusals():
            wishes = frozenset() if tip.kind is TipKind.COMPLAINT else form.wishes_told()
            actions.split(tip, facts=form.facts.text, wishes=wishes, by=signed_in())
            return _done(tip)
    return _page("split", tip, form, half=tip_labels.KINDS[other_kind(tip.kind)])


@bp.route("/<reference>/gather", methods=BOTH)
@access("tip:combine")
def gather(reference: str) -> ResponseReturnValue:
    """Mark a tip as part of an event of many callers."""
    tip, form, who = _load(reference), forms.GatherForm(), signed_in()
    known = {c.gathering.reference: c.gathering for c in queries.gatherings(who)}
    form.gathering.choices = options(
        {reference: found.title for reference, found in known.items()}, empty="—"
    )
    if form.sent_for(tip):
        with form.refusals():
            if form.gathering.data:
                actions.gather(tip, known[form.gathering.data], by=who)
            elif form.title.text:
                actions.open_gathering([tip], title=form.title.text, by=who)
            else:
                raise Refused("gathering_needed", field="title")
            return _done(tip)
    return _page("gather", tip, form)


@bp.get("/events")
@access("tip:read")
def events() -> ResponseReturnValue:
    """Show the events of many callers, newest first."""
    return render_page("triage/events.html", crowds=queries.gatherings(signed_in()), labels=labels)


@bp.get("/events/<reference>")
@access("tip:read")
def event(reference: str) -> ResponseReturnValue:
    """Show one event with its tips and how many people called."""
    found = queries.gathering(reference, signed_in())
    return render_page(
        "triage/event.html",
        crowd=queries.crowd(found),
        tips=queries.tips_of(found, signed_in()),
        tip_labels=tip_labels,
    )


# Disputes of competence ---------------------------------------------------------------------------


@bp.route("/<reference>/disagree", methods=BOTH)
@access("tip:dispute")
def disagree(reference: str) -> ResponseReturnValue:
    """Hold another bureau competent."""
    tip, form = _load(reference), forms.DisputeForm()
    form.counterpart.choices = options(
        {unit.code: unit.name for unit in units.all_bureaus() if unit.id != tip.bureau_id}
    )
    if form.sent_for(tip):
        with form.refusals():
            counterpart = units.by_code(form.counterpart.data)
            actions.dispute(tip, counterpart, reason=form.reason.text, by=signed_in())
            return redirect(url_for("disputes.show", reference=reference), 303)
    return _page("dispute", tip, form)


# Clocks -------------------------------------------------------------------------------------------


@bp.route("/<reference>/pause", methods=BOTH)
@access("tip:pause")
def pause(reference: str) -> ResponseReturnValue:
    """Let a tip's clock stand still."""
    tip, form = _load(reference), forms.PauseForm()
    form.ground.choices = options(_grounds(tip))
    if request.method == "GET":
        form.on.data = clock.today()
    if form.sent_for(tip):
        with form.refusals():
            ground, on = form.ground.data, form.on.day
            actions.pause(tip, ground=ground, on=on, reason=form.reason.text, by=signed_in())
            return _done(tip)
    return _page("pause", tip, form)


def _grounds(tip: Tip) -> dict[str, str]:
    """Return the grounds on which the law lets this tip's main clock stand still."""
    running = clocks.main_clock("tip", tip.reference)
    codes = clocks.rule_of(running).exclusions if running else ()
    return {code: clock_labels.ground(code) for code in codes}


@bp.route("/<reference>/resume", methods=BOTH)
@access("tip:pause")
def resume(reference: str) -> ResponseReturnValue:
    """Let a tip's clock run again."""
    tip, form = _load(reference), forms.ResumeForm()
    if request.method == "GET":
        form.on.data = clock.today()
    if form.carries(tip, lambda: actions.resume(tip, on=form.on.day, by=signed_in())):
        return _done(tip)
    return _page("resume", tip, form)


@bp.route("/<reference>/extend", methods=BOTH)
@access("tip:extend")
def extend(reference: str) -> ResponseReturnValue:
    """Approve the extension the law allows."""
    tip, form = _load(reference), forms.ReasonForm()
    if form.carries(tip, lambda: actions.extend(tip, reason=form.reason.text, by=signed_in())):
        return _done(tip)
    return _page("extend", tip, form)


# The superior's eye -------------------------------------------------------------------------------


@bp.route("/<reference>/remark", methods=BOTH)
@access("tip:remark")
def remark(reference: str) -> ResponseReturnValue:
    """Urge a bureau below, or comment on how it handled a tip."""
    tip, form = _load(reference), forms.RemarkForm()
    if form.sent_for(tip):
        with form.refusals():
            kind = RemarkKind(form.kind.data)
            actions.remark(tip, kind=kind, text=form.text.text, by=signed_in())
            return _done(tip)
    return _page("remark", tip, form)


@bp.route("/<reference>/answer", methods=BOTH)
@access("tip:answer")
def answer(reference: str) -> ResponseReturnValue:
    """Answer the bureau that sent or urged a tip."""
    tip, form = _load(reference), forms.AnswerForm()
    if form.carries(tip, lambda: actions.answer(tip, text=form.text.text, by=signed_in())):
        return _done(tip)
    return _page("answer", tip, form, asked=queries.unanswered(reference))


@bp.get("/sample")
@access("tip:remark")
def sample() -> ResponseReturnValue:
    """Draw some closed tips of the bureaus below, for a look from afar."""
    return render_page(
        "triage/sample.html", tips=queries.sample(signed_in()), tip_labels=tip_labels
    )


navigation.register(
    navigation.Entry("intake", 12, labels.RAIL_EVENTS, "triage.events", "tip:read"),
    navigation.Entry("supervision", 45, labels.RAIL_SAMPLE, "triage.sample", "tip:remark"),
)
