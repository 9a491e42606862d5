"""Which pages settle who is competent: between two bureaus, or by their common superior?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from app.clocks import queries as clocks
from app.kernel import clock
from app.kernel.permissions import allows
from app.tips import labels as tip_labels
from app.tips.triage import actions as triage_actions
from app.tips.triage import forms, hops, labels
from app.tips.triage import queries as triage
from app.tips.triage.rules import DISPUTE
from app.units import queries as units
from app.web.access import access, opened_for, signed_in
from app.web.pages import about, render_page
from app.web.wtf import options

bp = Blueprint("disputes", __name__, url_prefix="/tips", template_folder="templates")


@bp.get("/<reference>/dispute")
@access("dispute:read")
def show(reference: str) -> ResponseReturnValue:
    """Show a dispute to both bureaus and their superior: the facts, the reasons, the clock."""
    return _show(_load(reference))


def _load(reference: str) -> triage.Disputed:
    found = triage.disputed(reference, signed_in())
    about("tip", reference, url_for("disputes.show", reference=reference))
    opened_for(found.dispute)
    return found


def _show(found: triage.Disputed, *, status: int = 200, **sent: Any) -> Response:
    who, today = signed_in(), clock.today()
    is_open = found.dispute.settled_on is None
    is_asked = is_open and found.dispute.referred_on is None
    may_settle = is_asked and allows(who, "dispute:settle", found.dispute)
    is_ripe = is_open and (not is_asked or triage.has_lapsed(found.dispute, today))
    may_designate = is_ripe and allows(who, "dispute:designate", found.dispute)
    made: dict[str, Any] = {
        "take_over": forms.ActForm(prefix="take_over") if may_settle else None,
        "refer": forms.ReasonForm(prefix="refer") if may_settle else None,
        "designate": _designate_form() if may_designate else None,
    }
    for form in made.values():
        if form is not None:
            form.version.data = str(found.tip.version)
    running = clocks.running_clock("tip", found.tip.reference, DISPUTE)
    return render_page(
        "disputes/show.html",
        "record",
        status=status,
        dispute=found.dispute,
        tip=found.tip,
        forms={**made, **sent},
        view=clocks.view(running, today) if running else None,
        passages=hops.of(found.tip.reference),
        labels=labels,
        tip_labels=tip_labels,
        is_mine=found.tip.unit_path.startswith(who.bureau_path),
    )


def _designate_form() -> forms.DesignateForm:
    form = forms.DesignateForm(prefix="designate")
    bureaus = {unit.code: unit.name for unit in units.bureaus_below(signed_in())}
    form.to.choices = options(bureaus)
    return form


def _on_show(found: triage.Disputed) -> ResponseReturnValue:
    return redirect(url_for("disputes.show", reference=found.tip.reference), 303)


@bp.post("/<reference>/dispute/take-over")
@access("dispute:settle")
def take_over(reference: str) -> ResponseReturnValue:
    """Agree to handle a disputed tip."""
    found, form = _load(reference), forms.ActForm(prefix="take_over")
    if form.carries(found.tip, lambda: triage_actions.take_over(found, by=signed_in())):
        return _on_show(found)
    return _show(found, take_over=form, status=422)


@bp.post("/<reference>/dispute/refer")
@access("dispute:settle")
def refer(reference: str) -> ResponseReturnValue:
    """Report a dispute to the common superior."""
    found, form = _load(reference), forms.ReasonForm(prefix="refer")
    if form.sent_for(found.tip):
        with form.refusals():
            triage_actions.refer(found, reason=form.reason.text, by=signed_in())
            return _on_show(found)
    return _show(found, refer=form, status=422)


@bp.post("/<reference>/dispute/designate")
@access("dispute:designate")
def designate(reference: str) -> ResponseReturnValue:
    """Say as the common superior who handles a tip."""
    found, form = _load(reference), _designate_form()
    if form.sent_for(found.tip):
        with form.refusals():
            to = units.by_code(form.to.data)
            triage_actions.designate(found, to, reason=form.reason.text, by=signed_in())
            return _on_show(found)
    return _show(found, designate=form, status=422)
