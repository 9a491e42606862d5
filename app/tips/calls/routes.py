"""Which pages does an operator have while somebody is on the line?"""

from __future__ import annotations

from flask import Blueprint, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.clocks import queries as clocks
from app.codes import queries as codes
from app.enterprises import figures
from app.kernel import clock
from app.kernel.identity import Identity
from app.kernel.query_codes import spoken
from app.tips import labels as tip_labels
from app.tips import queries as tips
from app.tips.calls import actions, forms, labels, queries, rules
from app.tips.consultations import actions as consultations
from app.tips.rules import Channel
from app.units import queries as units
from app.web import navigation
from app.web.access import access, opened_for, signed_in
from app.web.i18n import locale
from app.web.pages import render_page
from app.web.transactions import repeatable
from app.web.wtf import options

bp = Blueprint("calls", __name__, url_prefix="/tips", template_folder="templates")


@bp.route("/new", methods=["GET", "POST"])
@access("tip:register")
def new() -> ResponseReturnValue:
    """Take a call down: one page, in the order in which people talk."""
    if request.method == "GET":
        return _page(_begun())
    form = _form()
    if form.validate():
        with form.refusals():
            form.check_kind()
            return _consulted(form) if form.is_consultation else _registered(form)
    return _page(form, "call", status=422)


def _registered(form: forms.CallForm) -> ResponseReturnValue:
    receipt = actions.register(
        form.account(),
        form.caller(),
        form.line(),
        by=signed_in(),
        files=form.files.stored,
    )
    session["receipt"] = [receipt.number, receipt.code]
    return redirect(url_for("calls.receipt", reference=receipt.number), 303)


def _consulted(form: forms.CallForm) -> ResponseReturnValue:
    made = consultations.receive(
        consultations.Asked(
            form.topic.data or "", form.facts.text, form.answer.text, Channel(form.channel.data)
        ),
        by=signed_in(),
    )
    actions.finish(form.draft.data or "", by=signed_in())
    return redirect(url_for("consultations.show", reference=made.reference), 303)


def _form(typed: MultiDict[str, str] | None = None) -> forms.CallForm:
    form = forms.CallForm() if typed is None else forms.CallForm(formdata=typed)
    form.division.choices = options(units.divisions_known(), empty="—")
    form.product.choices = options(dict(codes.choices("products", locale())), empty="—")
    form.topic.choices = options(dict(codes.choices("matters", locale())), empty="—")
    return form


def _begun() -> forms.CallForm:
    """Return an empty call, one with the caller's number in it, or a draft taken up again."""
    kept = queries.opened(request.args.get("draft", ""), signed_in())
    if kept is None:
        form = _form()
        form.phone.data = rules.handed_over(request.args.get("tel", ""))
    else:
        form = _form(MultiDict([(name, v) for name, vs in kept.typed.items() for v in vs]))
        form.draft.data, form.began.data = kept.key, kept.began_at.isoformat()
    form.phone.render_kw = {"autofocus": True}  # the caller waits
    return form


def _page(form: forms.CallForm, *blocks: str, status: int = 200) -> ResponseReturnValue:
    who = signed_in()
    drafts = [draft for draft in queries.drafts_of(who) if draft.key != form.draft.data]
    return render_page(
        "calls/new.html",
        *blocks,
        status=status,
        form=form,
        drafts=drafts,
        discard=forms.DiscardForm(),
        beside=_beside(form, who),
        figures=figures.of,
        labels=labels,
        tip_labels=tip_labels,
        saved_at=clock.now() if "panels" in blocks else None,
    )


def _beside(form: forms.CallForm, who: Identity) -> queries.Beside:
    return queries.beside(form.account(), form.dialled(), who, today=clock.today(), locale=locale())


@bp.post("/new/draft")
@access("tip:register")
@repeatable
def save() -> ResponseReturnValue:
    """Keep what is typed so far and show what is known about it."""
    form = _form()
    typed = forms.worth_keeping(request.form.to_dict(flat=False))
    if typed:
        actions.save(form.draft.data or "", typed, began_at=form.began_at, by=signed_in())
    return _page(form, "panels")


@bp.post("/new/drafts/<key>/discard")
@access("tip:register")
def discard(key: str) -> ResponseReturnValue:
    """Throw a draft away."""
    if forms.DiscardForm().validate():
        actions.finish(key, by=signed_in())
    return redirect(url_for("calls.new"), 303)


@bp.get("/<reference>/receipt")
@access("tip:register")
def receipt(reference: str) -> ResponseReturnValue:
    """Show the number and, this once, the query code to read to the caller."""
    tip = tips.by_reference(reference, signed_in())
    opened_for(tip)
    twin = tips.by_reference(tip.twin_reference, signed_in()) if tip.twin_reference else None
    number, code = session.pop("receipt", ["", ""])
    return render_page(
        "calls/receipt.html",
        tip=tip,
        twin=twin,
        code=spoken(code) if number == reference else "",
        aloud=rules.aloud if locale() == "zh" else str,
        clocks=clocks.views("tip", reference, clock.today()),
        labels=tip_labels,
    )


navigation.register(
    navigation.Entry("intake", 10, tip_labels.RAIL_NEW, "calls.new", "tip:register"),
)
