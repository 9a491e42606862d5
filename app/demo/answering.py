"""How does a call of the demonstration go on its way: received, routed, handled, ended?"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.demo import talking
from app.demo.agenda import Pace, Sent, Story
from app.demo.calls import Call
from app.demo.casework import Charge, prosecute
from app.demo.firms import Firm
from app.demo.mediating import mediate
from app.demo.stage import Stage, goods
from app.demo.texts import read
from app.demo.visiting import Ends, Visit, visit
from app.kernel import clock
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.papers.rules import PaperKind
from app.tips import actions, intake, replies
from app.tips.conversations.rules import JUDGED
from app.tips.models import Tip
from app.tips.rules import Channel, Ground, TipKind, order_at
from app.tips.triage import actions as triage
from app.tips.triage.queries import Disputed
from app.tips.triage.rules import MergeBasis
from app.units import queries as units

#: Longer ago than any dispute may be (令121 art. 16 no. 4).
FOUR_YEARS = timedelta(days=4 * 366)


class Fate(StrEnum):
    """How far a tip goes."""

    RECEIVED = "received"
    ROUTED = "routed"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CONCLUDED = "concluded"
    #: Accepted, then on the table of a mediator.
    MEDIATED = "mediated"
    ASSIGNED = "assigned"
    STARTED = "started"
    CANCELLED = "cancelled"
    VERIFIED = "verified"
    NOT_FILED = "not_filed"
    SETTLED = "settled"
    CASE = "case"
    TRANSFERRED = "transferred"
    REDIRECTED = "redirected"
    DISPUTED = "disputed"
    ESCALATED = "escalated"
    #: The same caller again, with nothing new.
    MERGED = "merged"


#: How the inspection of a tip ends, for fates that have one.
VISITS = {
    Fate.ASSIGNED: Ends.ASSIGNED,
    Fate.STARTED: Ends.STARTED,
    Fate.CANCELLED: Ends.CANCELLED,
    Fate.VERIFIED: Ends.PROBLEM,
    Fate.NOT_FILED: Ends.FINE,
    Fate.SETTLED: Ends.FINE,
    Fate.CASE: Ends.PROBLEM,
}
#: What the reporter gets in writing when a tip has come so far.
PAPERS = {
    Fate.ACCEPTED: PaperKind.ACCEPTANCE,
    Fate.DECLINED: PaperKind.REFUSAL,
    Fate.NOT_FILED: PaperKind.REPORT_RESULT,
}
#: Where a tip of such a fate lies, somebody has it in hand.
STILL_OPEN = frozenset({Fate.ROUTED, Fate.ACCEPTED, Fate.ASSIGNED, Fate.STARTED, Fate.VERIFIED})
ASIDE = frozenset({Fate.TRANSFERRED, Fate.REDIRECTED, Fate.DISPUTED, Fate.ESCALATED})
#: With whom a county disagrees.
NEIGHBOURS = {"qs": "bs", "bs": "qs", "dh": "wj", "wj": "dh", "dl": "np", "np": "dl", "fl": "dl"}
Part = Generator[datetime | Sent, None, None]


@dataclass(frozen=True)
class TipPlan:
    """One call: what is told, where it belongs, and how each of its tips ends."""

    seed: str
    call: Call
    firm: Firm
    bureau: str
    age: int
    #: For a call that is both, the fate of the complaint, then that of the report.
    fates: tuple[Fate, ...]
    team: int = 0
    charge: Charge | None = None
    #: Received in office hours of a working day, so that what follows has its time.
    in_hours: bool = False
    #: The office takes longer than it may.
    slow: bool = False
    #: What happens at the table of a complaint that is mediated.
    steps: Sequence[Sequence[Any]] = ()


def answer(stage: Stage, plan: TipPlan) -> Story:
    """Receive a call; each tip that comes of it goes its own way."""
    pace = stage.pace(f"tip/{plan.seed}")
    yield pace.begin(plan.age, always=not plan.in_hours)
    channel = plan.call.channel
    told = plan.call.account, plan.call.caller
    receipt = intake.receive(*told, channel=channel, by=_desk(stage, plan))
    stage.tips[plan.seed] = receipt.tips[0].reference
    if plan.fates[-1] is Fate.MERGED:
        again = intake.receive(*told, channel=channel, by=_desk(stage, plan))
        stage.agenda.add(_merged(stage, pace.fork("again"), again.tips[0], receipt.tips[0]))
    for number, (tip, fate) in enumerate(zip(receipt.tips, plan.fates, strict=False)):
        if fate is not Fate.RECEIVED:
            stage.agenda.add(_handled(stage, pace.fork(f"{plan.seed}/{number}"), plan, tip, fate))


def _desk(stage: Stage, plan: TipPlan) -> Identity | None:
    """Return who takes the call; nobody does what comes in by the web."""
    if plan.call.channel is Channel.WEB:
        return None
    desk = stage.desk(plan.bureau)
    if plan.call.channel is Channel.VISIT and stage.cast.has(plan.bureau, Role.OPERATOR):
        desk = plan.bureau
    return stage.cast.who(desk, Role.OPERATOR, plan.team)


def _handled(stage: Stage, pace: Pace, plan: TipPlan, tip: Tip, fate: Fate) -> Story:
    """Carry a tip to its fate, and let both sides talk about it."""
    yield from _carried(stage, pace, plan, tip, fate)
    talks = pace.fork(f"talk/{tip.reference}")
    share, by = talks.chance.randint(1, 100), _head(stage, plan.bureau)
    if fate in PAPERS and share > talking.UNWRITTEN:
        stage.agenda.add(talking.write(talks, tip, PAPERS[fate], by))
    elif replies.running(tip) is not None:
        yield pace.after(1)
        talking.tell(tip, _head(stage, plan.bureau))
    elif fate in STILL_OPEN and share <= talking.ASKS:
        stage.agenda.add(talking.ask_back(talks, tip, by))
    elif tip.state in JUDGED and share <= talking.JUDGES:
        stage.agenda.add(talking.judge(talks, tip))


def _carried(stage: Stage, pace: Pace, plan: TipPlan, tip: Tip, fate: Fate) -> Part:
    yield pace.after(6, 3) if plan.slow else pace.after(0 if plan.in_hours else 1, 0)
    triage = stage.cast.who(tip.bureau.code, Role.TRIAGE_OFFICER)
    actions.route(tip, units.by_code(plan.bureau), by=triage)
    if fate is Fate.ROUTED:
        return
    yield pace.after(1, 2)
    by = _head(stage, plan.bureau)
    if fate in AWAY:
        AWAY[fate](pace, tip, by)
        return
    if fate in ASIDE:
        _set_aside(pace, tip, fate, by)
        return
    if tip.kind is TipKind.COMPLAINT:
        actions.accept(tip, by=by)
    if fate in VISITS:
        yield from _verified(stage, pace, plan, tip, fate)
    elif fate is Fate.MEDIATED:
        noun = read("handling")["goods"].get(tip.product_code, ["商品"])[0]
        yield from mediate(stage, pace, tip, plan.steps, goods=noun)
    elif fate is Fate.CONCLUDED:
        yield pace.after(3, 26)
        actions.conclude(tip, reason=_reason(pace, tip), by=by)


def _return(pace: Pace, tip: Tip, by: Identity) -> None:
    actions.return_(tip, reason=pace.chance.choice(read("handling")["returned"]), by=by)


def _decline(pace: Pace, tip: Tip, by: Identity) -> None:
    received_on = clock.legal_day(tip.received_at)
    known = order_at(received_on).grounds
    ground, reason = pace.chance.choice(
        [one for one in read("handling")["declined"] if Ground(one[0]) in known]
    )
    long_ago = received_on - FOUR_YEARS
    refusal = actions.Refusal(Ground(ground), shown_by=reason, known_on=long_ago)
    actions.decline(tip, refusal, reason=reason, by=by)


#: How a bureau parts with a tip by itself.
AWAY = {Fate.RETURNED: _return, Fate.DECLINED: _decline}


def _set_aside(pace: Pace, tip: Tip, fate: Fate, by: Identity) -> None:
    """Let a tip leave the house, or be held to be another bureau's."""
    handling = read("handling")
    if fate in {Fate.TRANSFERRED, Fate.REDIRECTED}:
        to, reason = pace.chance.choice(handling["transferred"])
        leave = triage.transfer if fate is Fate.TRANSFERRED else triage.redirect
        leave(tip, to=to, reason=reason, by=by)
        return
    reason = pace.chance.choice(handling["disputed"])
    neighbour = units.by_code(NEIGHBOURS[tip.bureau.code])
    dispute = triage.dispute(tip, neighbour, reason=reason, by=by)
    if fate is Fate.ESCALATED:
        triage.refer(Disputed(dispute, tip), reason=reason, by=by)


def _merged(stage: Stage, pace: Pace, again: Tip, first: Tip) -> Story:
    yield pace.after(1, 0)
    desk = stage.cast.who(again.bureau.code, Role.TRIAGE_OFFICER)
    triage.merge(again, first, basis=MergeBasis.REPEAT, by=desk)


def _head(stage: Stage, bureau: str) -> Identity:
    """Return who takes tips up in a bureau: its triage officer, else its leader."""
    role = Role.TRIAGE_OFFICER if stage.cast.has(bureau, Role.TRIAGE_OFFICER) else Role.UNIT_LEADER
    return stage.cast.who(bureau, role)


def _reason(pace: Pace, tip: Tip) -> str:
    price = f"{tip.amount:.0f}" if tip.amount else "100"
    return str(pace.chance.choice(read("handling")["concluded"]).format(price=price))


def _verified(stage: Stage, pace: Pace, plan: TipPlan, tip: Tip, fate: Fate) -> Part:
    """Send officers; what they found decides the rest."""
    yield pace.after(0) if tip.kind is TipKind.REPORT else pace.after(1, 1)
    charge = plan.charge if fate is Fate.CASE else None
    found = charge.breach.goods if charge else goods(plan.seed, tip.product_code)
    violation = charge.breach.violation if charge else plan.call.account.violation_code
    errand = Visit(
        bureau=plan.bureau,
        firm=plan.firm,
        goods=found,
        ends=VISITS[fate],
        team=plan.team,
        violation=violation or "other_violation",
        due_in=3 if plan.slow else 7,
    )
    task = yield from visit(stage, pace, errand, tip=tip)
    leader = stage.cast.who(plan.bureau, Role.UNIT_LEADER)
    written = read("handling")
    if fate is Fate.NOT_FILED:
        yield pace.after(1, 2)
        actions.decide_not_to_file(tip, reason=pace.chance.choice(written["not_filed"]), by=leader)
    elif fate is Fate.SETTLED:
        yield pace.after(1, 3)
        reason = pace.chance.choice(written["verified_concluded"])
        actions.conclude(tip, reason=reason, by=leader)
    elif charge is not None:
        yield pace.after(1)
        yield from prosecute(stage, pace, charge, task=task, tip=tip)
        if charge.fate == "not_filed":
            yield pace.after(0)
            reason = pace.chance.choice(written["not_filed"])
            actions.decide_not_to_file(tip, reason=reason, by=leader)
