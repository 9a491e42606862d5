"""Which acts does the page of a mediation offer, and what does each of them do?"""

from __future__ import annotations

from typing import Any

from app.kernel.acts import Act
from app.kernel.identity import Identity
from app.mediations import actions, queries, rules
from app.mediations.models import Mediation
from app.mediations.rules import Ending, Letter, Side, Way
from app.people.models import Person
from app.tips import queries as tips


def _mediator(typed: str, who: Identity) -> Person | None:
    return next((one for one in queries.mediators(who) if str(one.id) == typed), None)


def _begin(mediation: Mediation, typed: Any, by: Identity) -> None:
    mediator = _mediator(typed.mediator.data, by)
    if mediator is not None:
        actions.begin(mediation, mediator, by=by)


def _invite(mediation: Mediation, typed: Any, by: Identity) -> None:
    call = actions.Call(
        on=typed.on.day,
        hour=typed.hour.text,
        place=typed.place.text,
        complainant_way=Way(typed.complainant_way.data),
        trader_way=Way(typed.trader_way.data),
    )
    actions.invite(mediation, call, by=by)


def _join(mediation: Mediation, typed: Any, by: Identity) -> None:
    other = tips.by_reference(typed.other.data, by)
    chosen = list(typed.representatives.data or ())
    actions.join(mediation, other, representatives=chosen, by=by)


def _tell(mediation: Mediation, typed: Any, by: Identity) -> None:
    complainant = actions.Notice(typed.complainant_on.day, Way(typed.complainant_way.data))
    trader = actions.Notice(typed.trader_on.day, Way(typed.trader_way.data))
    actions.tell(mediation, complainant=complainant, trader=trader, by=by)


#: In the order in which the page shows them.
ACTS: tuple[Act[Mediation], ...] = (
    Act("consent", rules.HOLD, lambda m, typed, by: actions.note_consent(
        m, Side(typed.side.data), agrees=typed.answer.data == "yes", by=by)),
    Act("begin", rules.HOLD, _begin),
    Act("invite", rules.HOLD, _invite),
    Act("hold", rules.HOLD, lambda m, typed, by: actions.note_session(
        m, complainant_came=typed.complainant_came.data == "yes",
        trader_came=typed.trader_came.data == "yes", notes=typed.notes.text, by=by)),
    Act("take_result", rules.HOLD, lambda m, typed, by: actions.take_result(
        m, result=typed.result.text, by=by)),
    Act("decide_recusal", rules.DECIDE, lambda m, typed, by: actions.decide_recusal(
        m, _mediator(typed.mediator.data, by), reason=typed.reason.text, by=by)),
    Act("tell", rules.HOLD, _tell),
    Act("agree", rules.HOLD, lambda m, typed, by: actions.agree(
        m, terms=typed.terms.text, letter=Letter(typed.letter.data),
        are_represented_agreeing=typed.are_represented_agreeing.data, by=by)),
    Act("entrust", rules.HOLD, lambda m, typed, by: actions.entrust(m, to=typed.to.text, by=by)),
    Act("test", rules.HOLD, lambda m, typed, by: actions.begin_test(
        m, tested_by=typed.tested_by.text, reason=typed.reason.text, by=by)),
    Act("recuse", rules.HOLD, lambda m, typed, by: actions.ask_recusal(
        m, Side(typed.side.data), reason=typed.reason.text, by=by)),
    Act("join", rules.HOLD, _join),
    Act("report_clue", rules.HOLD, lambda m, typed, by: actions.report_clue(
        m, facts=typed.facts.text, by=by)),
    Act("end", rules.HOLD, lambda m, typed, by: actions.end(
        m, Ending(typed.ending.data), reason=typed.reason.text, by=by), tone="refuse"),
)  # fmt: skip
