"""Which pages of rewards are there?"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, make_response, request, url_for
from flask.typing import ResponseReturnValue

from app.cases import queries as cases
from app.cases.models import Case
from app.kernel import clock, sheets
from app.kernel.errors import NotFound, Refused
from app.kernel.permissions import allows
from app.kernel.text import day
from app.people import queries as people
from app.rewards import access as _policy  # noqa: F401 - declares the permissions
from app.rewards import actions, documents, forms, labels, queries, rules
from app.rewards.acts import ACTS
from app.rewards.models import Reward
from app.rewards.rules import Grade, RewardState
from app.tips import queries as tips
from app.tips.models import Tip
from app.typesetting import TypesettingError
from app.units import queries as units
from app.web import navigation, trail
from app.web.access import access, opened_for, signed_in
from app.web.acts import RecordPage, offered
from app.web.files import send_made
from app.web.pages import Pagination, about, page_number, render_page
from app.web.subjects import Subject
from app.web.wtf import HouseForm, options

bp = Blueprint("rewards", __name__, url_prefix="/rewards", template_folder="templates")

FORMS: dict[str, type[HouseForm]] = {
    "review": forms.ReviewForm,
    "consult": forms.ConsultForm,
    "approve": forms.ActForm,
    "refuse": forms.ReasonForm,
    "tell": forms.TellForm,
    "claim": forms.ClaimForm,
    "pay": forms.PayForm,
    "give_up": forms.ReasonForm,
    "lapse": forms.ReasonForm,
}


# The list ---------------------------------------------------------------------------------------


@bp.get("/")
@access("reward:read")
def register() -> ResponseReturnValue:
    """Show the rewards by state with their sums, or the reports that could still earn one."""
    who, number, asked = signed_in(), page_number(), _asked()
    is_possible = asked.view == "possible"
    found: Any = queries.possible if is_possible else queries.listed
    rows, total = found(who, page=number) if is_possible else found(who, asked, page=number)
    filter_form = forms.ListFilter(request.args)
    filter_form.state.choices = options(labels.STATES, empty="—")
    bureaus = {unit.code: unit.short_name for unit in units.bureaus_below(who)}
    filter_form.bureau.choices = options(bureaus, empty="—")
    return render_page(
        "rewards/register.html",
        "rewards",
        rows=rows,
        is_possible=is_possible,
        asked=asked,
        filter=filter_form,
        sums=queries.sums(who),
        page=Pagination(number=number, per_page=queries.PER_PAGE, total=total),
        base_of=queries.base_of,
        labels=labels,
    )


def _asked() -> queries.Filter:
    args, who = request.args, signed_in()
    view, state, bureau = args.get("view", "open"), args.get("state", ""), args.get("bureau", "")
    bureaus = {unit.code for unit in units.bureaus_below(who)}
    return queries.Filter(
        view=view if view in queries.VIEWS else "all",
        text=args.get("q", "").strip(),
        state=state if state in set(RewardState) else "",
        bureau=bureau if bureau in bureaus else "",
    )


@bp.get("/list.<form>")
@access("reward:read")
def export(form: str) -> ResponseReturnValue:
    """Send the list as a workbook or as CSV, narrowed as the page is."""
    if form not in {"xlsx", "csv"}:
        raise NotFound
    today = clock.today()
    rows = [_line(reward) for reward in queries.exported(signed_in(), _asked())]
    heads = [str(head) for head in labels.COLUMNS]
    is_csv = form == "csv"
    made = (
        sheets.comma_separated(heads, rows)
        if is_csv
        else sheets.workbook(str(labels.RAIL), heads, rows)
    )
    answer = make_response(made)
    answer.headers["Content-Type"] = sheets.CSV if is_csv else sheets.XLSX
    answer.headers["Content-Disposition"] = f"attachment; filename=rewards-{today:%Y%m%d}.{form}"
    return answer


def _line(reward: Reward) -> tuple[sheets.Value, ...]:
    return (
        reward.reference,
        reward.tip_reference,
        reward.case.label,
        reward.bureau.short_name,
        str(labels.SHORT_GRADES[reward.grade]),
        reward.base,
        reward.amount,
        str(labels.STATES[reward.state]),
        day(clock.legal_day(reward.proposed_at)),
        day(reward.approved_on) if reward.approved_on else "",
        day(reward.paid_on) if reward.paid_on else "",
    )


# The proposal -----------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
@access("reward:propose")
def new() -> ResponseReturnValue:
    """Propose a reward for a report."""
    tip = tips.by_reference(request.values.get("tip", ""), signed_in())
    about("tip", tip.reference, url_for("tips.show", reference=tip.reference))
    case = queries.case_of(tip)
    if case is None:
        raise NotFound
    opened_for(case)
    form = forms.ProposeForm(data={"tip": tip.reference})
    if form.validate_on_submit():
        with form.refusals():
            made = actions.propose(tip, case, _proposal(form), by=signed_in())
            return _done(made)
    status = 422 if request.method == "POST" else 200
    return _ask(tip, case, form, status)


def _ask(tip: Tip, case: Case, form: HouseForm, status: int) -> Response:
    base = queries.base_of(case)
    return render_page(
        "rewards/new.html",
        "proposal",
        status=status,
        tip=tip,
        case=case,
        form=form,
        base=base,
        figures=[(labels.SHORT_GRADES[grade], rules.figure(grade, base)) for grade in Grade],
        promised=queries.promised(case),
    )


def _proposal(form: forms.ProposeForm) -> actions.Proposal:
    return actions.Proposal(
        grade=Grade(form.grade.data),
        basis=form.basis.text,
        is_natural_person=form.is_natural_person.data,
        amount=form.amount.amount,
        share_reason=form.share_reason.text,
    )


# The record -------------------------------------------------------------------------------------


_subject = Subject("reward", "rewards.show", queries.by_reference)
_load, _done = _subject.load, _subject.done


@bp.get("/<reference>")
@access("reward:read")
def show(reference: str) -> ResponseReturnValue:
    """Show one reward: how it is counted, who agreed to it, what can be done."""
    return _show(_load(reference), {})


def _show(reward: Reward, sent: dict[str, HouseForm], *, status: int = 200) -> Response:
    others = [one for one in queries.of_case(reward.case) if one is not reward]
    allowed = {step.action.value for step in actions.available(reward, signed_in())}
    fresh = partial(_form, _reward=reward, formdata=None, data={"on": clock.today()})
    people_of = (reward.proposed_by_id, reward.reviewed_by_id, reward.approved_by_id)
    return render_page(
        "rewards/show.html",
        "record",
        status=status,
        reward=reward,
        others=others,
        acts=offered(ACTS, reward, allowed, sent, fresh),
        names=people.names([one for one in people_of if one]),
        percent=rules.PERCENT[reward.grade],
        has_sheet=reward.state in rules.WITH_SHEET,
        needs_finance=rules.needs_finance(reward.amount),
        lines=trail.lines(people.timeline("reward", reward.reference)),
        labels=labels,
    )


def _form(name: str, _reward: Reward, **given: Any) -> HouseForm:
    return FORMS[name](prefix=name, **given)


RecordPage(_subject, form=_form, show=_show).offer(bp, *ACTS)


@bp.get("/<reference>/sheet.pdf")
@access("reward:read")
def sheet(reference: str) -> ResponseReturnValue:
    """Send the sheet by which an approved reward is paid."""
    reward = _load(reference)
    if reward.state not in rules.WITH_SHEET:
        raise NotFound
    try:
        made = documents.sheet(reward)
    except TypesettingError as fault:
        raise Refused("typesetting_failed") from fault
    return send_made(made.content, "application/pdf", f"{documents.TITLE}{reward.reference}.pdf")


# Panels of other records ------------------------------------------------------------------------


@bp.get("/panel/tip/<reference>")
@access("reward:read")
def panel_for_tip(reference: str) -> ResponseReturnValue:
    """Show the rewards for a report, as a panel of its page."""
    tip = tips.by_reference(reference, signed_in())
    case = queries.case_of(tip)
    found = queries.possible_of_case(case) if case else ()
    back = url_for("tips.show", reference=reference)
    rewards = queries.of_tip(reference, signed_in())
    return _panel("tip", back, reference, rewards, [one for one in found if one is tip], case)


@bp.get("/panel/case/<reference>")
@access("reward:read")
def panel_for_case(reference: str) -> ResponseReturnValue:
    """Show the rewards of a case, as a panel of its page."""
    case = cases.by_reference(reference, signed_in())
    back = url_for("cases.show", reference=reference)
    possible = queries.possible_of_case(case)
    return _panel("case", back, reference, queries.of_case(case), possible, case)


def _panel(
    place: str, back: str, reference: str, rewards: Any, possible: Any, case: Case | None
) -> Response:
    may_propose = case is not None and allows(signed_in(), "reward:propose", case)
    return render_page(
        "rewards/panel.html", "panel", place=f"{place}-rewards", back=back, reference=reference,
        rewards=rewards, possible=possible if may_propose else (), labels=labels,
    )  # fmt: skip


navigation.register(
    navigation.Entry(
        "handling",
        24,
        labels.RAIL,
        "rewards.register",
        "reward:read",
        navigation.counting(queries.waiting),
    )
)
