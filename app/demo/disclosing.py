"""How does a decision of the demonstration become public, or not?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.cases import queries as cases
from app.demo.agenda import Pace, Sent, Story
from app.demo.decisions import Breach
from app.demo.stage import VERIFY_ROOT, Stage
from app.disclosures import actions, drafting, life
from app.disclosures.drafting import Amendment
from app.disclosures.models import Disclosure
from app.disclosures.objections import actions as objections
from app.disclosures.objections import jobs as _letters  # noqa: F401 - declares the work of the queue
from app.disclosures.objections.actions import Claim
from app.disclosures.objections.rules import Answer
from app.disclosures.repairs import actions as repairs
from app.disclosures.repairs.actions import Request
from app.disclosures.repairs.rules import Condition, Paper
from app.disclosures.rules import Ground, KeepGround, Ruling, WithdrawalGround
from app.disclosures.summaries import Summary
from app.enterprises.rules import EnterpriseKind
from app.kernel import clock
from app.kernel.identity import Identity
from app.kernel.redaction import Kind
from app.kernel.roles import Role


class Shown(StrEnum):
    """What becomes of a decision's disclosure."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    PUBLISHED = "published"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    REPAIRED = "repaired"
    OBJECTED = "objected"
    NOT_DISCLOSED = "not_disclosed"


@dataclass(frozen=True)
class Showing:
    """How a decision is to be shown."""

    breach: Breach
    bureau: str
    ends: Shown
    publish: int | None = None


RETURNED = "第二自然段的地址应与许可证一致，请核对后再提交。"
NOT_SHOWN = {
    Ground.MINOR: "案件涉及未成年人，全文公开可能识别其身份，按规定不予公示。",
    Ground.SAFETY: "涉案产品用于在建重点工程，公开可能影响公共安全，经会商不予公示。",
}
TAKEN_BACK = {
    Shown.WITHDRAWN: (WithdrawalGround.REVOKED, "行政复议决定撤销原处罚决定，撤下公示。"),
}
#: Why a firm's place of business is left in the text.
PLACE_OF_BUSINESS = "单位经营场所，依法公开"
WITNESS = "案外人姓名，与违法事实无关"


def disclose(stage: Stage, pace: Pace, showing: Showing) -> Story:
    """Prepare, release and sometimes take back what the public sees of a decision."""
    yield pace.after(1, 2)
    if showing.ends is Shown.NOT_DISCLOSED:
        _decline(stage, showing)
        return
    disclosure = _draft(stage, showing)
    if showing.ends is Shown.DRAFTING:
        return
    yield pace.after(0)
    publisher = stage.cast.who(showing.bureau, Role.PUBLISHER)
    _rule(disclosure, showing.breach, by=publisher)
    actions.submit(disclosure, by=publisher)
    if showing.ends is Shown.SUBMITTED:
        return
    yield _released(pace, showing)
    reviewer = stage.cast.who(showing.bureau, Role.REVIEWER)
    if showing.ends is Shown.RETURNED:
        actions.return_(disclosure, reason=RETURNED, by=reviewer)
        return
    yield _approve(disclosure, reviewer)
    if showing.ends in AFTERWARDS:
        yield from AFTERWARDS[showing.ends](stage, pace, showing, disclosure)


def _released(pace: Pace, showing: Showing) -> datetime:
    if showing.publish is not None:
        return pace.on(showing.publish)
    return pace.after(24, 3) if showing.ends is Shown.LATE else pace.after(2, 8)


def _approve(disclosure: Disclosure, by: Identity) -> Sent:
    seen = actions.content_hash(disclosure)
    return Sent(actions.approve(disclosure, seen=seen, verify_root=VERIFY_ROOT, by=by).id)


def _draft(stage: Stage, showing: Showing) -> Disclosure:
    publisher = stage.cast.who(showing.bureau, Role.PUBLISHER)
    case = cases.by_reference(stage.cases[showing.breach.key], publisher)
    disclosure = drafting.start(case, by=publisher)
    if showing.breach.is_mitigated:
        drafting.amend(disclosure, _milder(disclosure), by=publisher)
    return disclosure


def _milder(disclosure: Disclosure) -> Amendment:
    """Return the summary as it is, the fine noted as one from the milder steps."""
    summary = Summary.from_row(disclosure.summary)
    return Amendment(
        title=summary.title,
        violation=summary.violation,
        product=summary.product,
        penalty=summary.penalty,
        is_mitigated=True,
        in_key_field=disclosure.in_key_field,
    )


def _rule(disclosure: Disclosure, breach: Breach, *, by: Identity) -> None:
    """Decide every mark: people and numbers go, a firm's place of business stays."""
    if breach.witness:
        drafting.add_mark(disclosure, breach.witness, Kind.PERSON, reason=WITNESS, by=by)
    keeps = breach.firm.kind is not EnterpriseKind.PERSON
    rulings = {
        mark.id: (Ruling.KEPT, PLACE_OF_BUSINESS)
        if keeps and mark.kind == Kind.ADDRESS.value
        else (Ruling.HIDDEN, mark.reason)
        for mark in disclosure.marks
    }
    grounds: dict[int, KeepGround | None] = {
        mark: KeepGround.UNIT_ADDRESS
        for mark, (ruling, _) in rulings.items()
        if ruling is Ruling.KEPT
    }
    drafting.rule_on(disclosure, rulings, by=by, grounds=grounds)


def _decline(stage: Stage, showing: Showing) -> None:
    leader = stage.cast.who(showing.bureau, Role.UNIT_LEADER)
    case = cases.by_reference(stage.cases[showing.breach.key], leader)
    ground = list(NOT_SHOWN)[len(showing.breach.key) % len(NOT_SHOWN)]
    actions.decline(case, ground=ground, reason=NOT_SHOWN[ground], by=leader)


def _take_back(stage: Stage, pace: Pace, showing: Showing, disclosure: Disclosure) -> Story:
    yield pace.after(9, 9)
    ground, reason = TAKEN_BACK[showing.ends]
    leader = stage.cast.who(showing.bureau, Role.UNIT_LEADER)
    overturned = None if ground is WithdrawalGround.MISTAKE else clock.today() - timedelta(days=1)
    actions.withdraw(disclosure, ground=ground, reason=reason, by=leader, overturned_on=overturned)


def _correct(stage: Stage, pace: Pace, showing: Showing, disclosure: Disclosure) -> Story:
    """Correct what is shown: a first attempt is given up, the second one released."""
    publisher = stage.cast.who(showing.bureau, Role.PUBLISHER)
    yield pace.after(9, 9)
    first = life.correct(disclosure, reason="摘要中产品名称有误。", by=publisher)
    yield pace.after(0)
    life.drop(first, reason="有误的还有案件名称，一并更正。", by=publisher)
    yield pace.after(1)
    again = life.correct(disclosure, reason="摘要中产品名称和案件名称有误。", by=publisher)
    actions.submit(again, by=publisher)
    yield pace.after(1)
    yield _approve(again, stage.cast.who(showing.bureau, Role.REVIEWER))


def _repair(stage: Stage, pace: Pace, showing: Showing, disclosure: Disclosure) -> Story:
    """End a display early because the party made good, three months and more after it began."""
    publisher = stage.cast.who(showing.bureau, Role.PUBLISHER)
    yield pace.after(70)
    asked = Request(clock.today(), tuple(Paper))
    repair = repairs.receive(disclosure, asked, by=publisher)
    yield pace.after(1)
    repairs.accept(repair, by=publisher)
    yield pace.after(4)
    leader = stage.cast.who(showing.bureau, Role.UNIT_LEADER)
    found = "罚款已缴清，现场复查已整改，未发现同类违法。"
    repairs.grant(repair, conditions=tuple(Condition), reason=found, by=leader)
    yield pace.after(1)
    repairs.apply(repair, by=publisher)


def _object(stage: Stage, pace: Pace, showing: Showing, disclosure: Disclosure) -> Story:
    """Answer a party that objects to what is shown."""
    yield pace.after(5)
    publisher = stage.cast.who(showing.bureau, Role.PUBLISHER)
    today = clock.today()
    claim = Claim(today, today + timedelta(days=15), "公示的处罚种类与决定书不一致，请予更正。")
    objection = objections.receive(disclosure, claim, by=publisher)
    yield pace.after(2)
    objections.examine(objection, finding="与送达的决定书逐字核对，一致。", by=publisher)
    yield pace.after(2)
    reviewer = stage.cast.who(showing.bureau, Role.REVIEWER)
    answer = "经与送达的行政处罚决定书核对，公示内容一致，继续公示。"
    yield Sent(objections.answer(objection, Answer.KEEP, answer, by=reviewer).id)


#: What happens to some publications later.
AFTERWARDS = {
    Shown.WITHDRAWN: _take_back,
    Shown.CORRECTED: _correct,
    Shown.REPAIRED: _repair,
    Shown.OBJECTED: _object,
}


def displays_end(stage: Stage) -> Story:
    """Do once, this morning, what the queue does each hour: end what is over."""
    yield stage.pace("displays").begin(0)
    while life.end_due():
        pass
