"""What happens at the mediation tables of the demonstration?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.demo.agenda import Pace, Sent, Story
from app.demo.cast import person
from app.demo.stage import Stage
from app.kernel import clock
from app.kernel.calendar import add_working_days
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.mediations import actions
from app.mediations.actions import Call, Notice
from app.mediations.models import Mediation
from app.mediations.rules import Ending, Letter, Side, Way
from app.papers import actions as papers
from app.papers.actions import Asked
from app.papers.models import Paper
from app.papers.rules import PaperKind, Recipient
from app.tips.models import Tip

Rest = Sequence[Any]


@dataclass
class Table:
    """One complaint on its table, who mediates, and what was issued last."""

    stage: Stage
    pace: Pace
    tip: Tip
    goods: str
    #: Which of the bureau's inspectors mediates.
    number: int
    by: Identity
    papers: list[Paper] = field(default_factory=list)
    _mediation: Mediation | None = None

    @property
    def mediation(self) -> Mediation:
        """The record, once the table is open."""
        if self._mediation is None:
            raise ValueError(f"{self.tip.reference} is at no table yet")
        return self._mediation

    def open(self) -> None:
        """Lay the complaint on the table."""
        self._mediation = actions.open_(self.tip, by=self.by)

    def said(self, text: str) -> str:
        """Return a written text with the goods in it."""
        return text.format(goods=self.goods)


def mediate(stage: Stage, pace: Pace, tip: Tip, steps: Sequence[Rest], *, goods: str) -> Story:
    """Carry an accepted complaint through the written steps; part of a story that has begun."""
    number = pace.chance.randint(0, 9)
    table = Table(stage, pace, tip, goods, number, _mediator(stage, tip.bureau.code, number))
    for wait, act, *rest in steps:
        yield _when(table, wait, act)
        STEPS[act](table, rest)


def _when(table: Table, wait: int, act: str) -> datetime | Sent:
    """Return when a step happens; a meeting is noted after its hour."""
    if act == "hold":
        return table.pace.later_than(table.mediation.sessions[-1].planned_at)
    return table.pace.after(wait)


def _mediator(stage: Stage, bureau: str, number: int) -> Identity:
    return stage.cast.who(bureau, Role.INSPECTOR, number)


def _sides(word: str) -> Sequence[Side]:
    return tuple(Side) if word == "both" else (Side(word),)


def _answer(table: Table, rest: Rest, *, agrees: bool) -> None:
    for side in _sides(rest[0]):
        actions.note_consent(table.mediation, side, agrees=agrees, by=table.by)


def _invite(table: Table, rest: Rest) -> None:
    days, hour, place, complainant, trader = rest
    on = add_working_days(clock.today(), days, table.stage.days)
    call = Call(on, hour, place, Way(complainant), Way(trader))
    actions.invite(table.mediation, call, by=table.by)


def _hold(table: Table, rest: Rest) -> None:
    complainant, trader, notes = rest
    actions.note_session(
        table.mediation, complainant_came=complainant, trader_came=trader,
        notes=table.said(notes), by=table.by,
    )  # fmt: skip


def _recusal(table: Table, rest: Rest) -> None:
    granted, reason = rest
    bureau = table.tip.bureau.code
    leader = table.stage.cast.who(bureau, Role.UNIT_LEADER)
    other = person(_mediator(table.stage, bureau, table.number + 1)) if granted else None
    actions.decide_recusal(table.mediation, other, reason=reason, by=leader)


def _agree(table: Table, rest: Rest) -> None:
    terms, letter = rest
    actions.agree(
        table.mediation, terms=table.said(terms), letter=Letter(letter),
        are_represented_agreeing=False, by=table.by,
    )  # fmt: skip


def _tell(table: Table, rest: Rest) -> None:
    complainant, trader = (Notice(clock.today(), Way(way)) for way in rest)
    actions.tell(table.mediation, complainant=complainant, trader=trader, by=table.by)


def _paper(table: Table, rest: Rest) -> None:
    kind, recipient = rest
    asked = Asked(PaperKind(kind), Recipient(recipient))
    table.papers.append(papers.issue(table.tip, asked, by=table.by))


def _served(table: Table, rest: Rest) -> None:
    papers.note_service(
        table.papers[-1], table.tip, on=clock.today(), way=Way(rest[0]), by=table.by
    )


#: What each word of a written step does.
STEPS: dict[str, Callable[[Table, Rest], object]] = {
    "open": lambda table, _rest: table.open(),
    "agrees": lambda table, rest: _answer(table, rest, agrees=True),
    "refuses": lambda table, rest: _answer(table, rest, agrees=False),
    "begin": lambda table, _rest: actions.begin(
        table.mediation, person(table.by), by=table.by),
    "invite": _invite,
    "hold": _hold,
    "entrust": lambda table, rest: actions.entrust(table.mediation, to=rest[0], by=table.by),
    "test": lambda table, rest: actions.begin_test(
        table.mediation, tested_by=rest[0], reason=table.said(rest[1]), by=table.by),
    "result": lambda table, rest: actions.take_result(
        table.mediation, result=rest[0], by=table.by),
    "recuse": lambda table, rest: actions.ask_recusal(
        table.mediation, Side(rest[0]), reason=rest[1], by=table.by),
    "recusal": _recusal,
    "clue": lambda table, rest: actions.report_clue(
        table.mediation, facts=table.said(rest[0]), by=table.by),
    "agree": _agree,
    "end": lambda table, rest: actions.end(
        table.mediation, Ending(rest[0]), reason=table.said(rest[1]), by=table.by),
    "tell": _tell,
    "paper": _paper,
    "served": _served,
}  # fmt: skip
