"""How does a decision of the demonstration become public, or not?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.cases import queries as cases
from app.demo.agenda import Pace, Sent, Story
from app.demo.decisions import Breach
from app.demo.stage import VERIFY_ROOT, Stage
from app.disclosures import actions, drafting
from app.disclosures.drafting import Amendment
from app.disclosures.models import Disclosure
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
    REISSUED = "reissued"
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
    Shown.REISSUED: (WithdrawalGround.MISTAKE, "摘要中产品名称有误，撤下更正后重新公示。"),
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
    if showing.ends in TAKEN_BACK:
        yield from _take_back(stage, pace, showing, disclosure)


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
    if showing.ends is Shown.WITHDRAWN:
        return
    yield pace.after(1)
    again = _draft(stage, showing)
    _rule(again, showing.breach, by=stage.cast.who(showing.bureau, Role.PUBLISHER))
    actions.submit(again, by=stage.cast.who(showing.bureau, Role.PUBLISHER))
    yield pace.after(1)
    yield _approve(again, stage.cast.who(showing.bureau, Role.REVIEWER))
