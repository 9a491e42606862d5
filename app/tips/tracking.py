"""What may a reporter with number and query code see of a tip?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clocks import queries as clocks
from app.kernel import clock, storage, vault
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.query_codes import read_code
from app.kernel.text import fold
from app.tips import rules
from app.tips.conversations import actions as conversation_acts
from app.tips.conversations import queries as conversations
from app.tips.conversations.models import TipMessage
from app.tips.models import Reporter, Tip
from app.tips.rules import TipKind, TipState


@dataclass(frozen=True)
class Progress:
    """One tip in plain words: no names, no internal reasons, nothing of the other party."""

    reference: str
    kind: TipKind
    state: TipState
    received_on: date
    bureau_name: str
    bureau_phone: str
    due_on: date | None
    #: Handled together with another report of the same: how far that one is.
    is_joined: bool
    #: The number of the one in which it is handled, its own where it was not joined.
    handled_in: str


def progress(number: str, code: str) -> list[Progress]:
    """Return the progress of a call's tips; empty alike for unknown numbers and wrong codes."""
    plain = read_code(code)
    # The same look-up whether the code can be one or not: an answer's time tells nothing.
    index = vault.blind_index(plain or "-", field="code")
    query = (
        select(Tip)
        .join(Reporter, Reporter.id == Tip.reporter_id)
        .where(Reporter.code_index == index)
        .order_by(Tip.reference)
    )
    tips = db.session.scalars(query).all()
    if plain is None or _digits(number) not in {_digits(tip.reference) for tip in tips}:
        return []
    return [_progress(tip) for tip in tips]


def _digits(number: str) -> str:
    """Return the digits of a number however it was typed: full-width, without its hyphen."""
    return "".join(filter(str.isdecimal, fold(number)))


def of_call(number: str) -> list[Progress]:
    """Return the progress of a call whose reporter has shown the query code already."""
    return [_progress(tip) for tip in _of_call(number)]


def _of_call(number: str) -> Sequence[Tip]:
    one = select(Tip.reporter_id).where(Tip.reference == number).scalar_subquery()
    query = select(Tip).where(Tip.reporter_id == one).order_by(Tip.reference)
    return db.session.scalars(query).all()


@dataclass(frozen=True)
class Talk:
    """What a reporter reads and may still do: add something, judge an end."""

    messages: Sequence[TipMessage]
    may_add: bool
    to_rate: str | None
    is_rated: bool


def talk(number: str) -> Talk:
    """Return what was asked and added about a call, and what its reporter may do."""
    tips = _of_call(number)
    open_end = conversations.to_rate(tips)
    return Talk(
        messages=conversations.of_reporter([tip.reference for tip in tips]),
        may_add=any(conversations.receiver(tip) for tip in tips),
        to_rate=open_end.reference if open_end else None,
        is_rated=any(conversations.rating(tip.reference) for tip in tips),
    )


def add(number: str, *, text: str, files: Sequence[storage.Stored]) -> None:
    """Let a reporter add something to the tips of a call."""
    conversation_acts.add(_of_call(number), text=text, files=files)


def rate(number: str, *, score: int, text: str) -> None:
    """Let a reporter judge the first tip of a call that has ended and was not judged."""
    tip = conversations.to_rate(_of_call(number))
    if tip is None:
        raise Refused("rated_already")
    conversation_acts.rate(tip, score=score, text=text)


def _progress(told: Tip) -> Progress:
    tip, running = _handled(told), None
    if tip.state in rules.OPEN:
        running = clocks.main_clock("tip", tip.reference)
    return Progress(
        reference=told.reference,
        kind=told.kind,
        state=tip.state,
        received_on=clock.legal_day(told.received_at),
        bureau_name=tip.bureau.name,
        bureau_phone=tip.bureau.phone,
        due_on=running.due_on if running else None,
        is_joined=tip is not told,
        handled_in=tip.reference,
    )


def _handled(tip: Tip) -> Tip:
    """Return the tip in which one is handled: itself, or the one it was joined to."""
    if tip.merged_into is None:
        return tip
    return (
        db.session.scalars(select(Tip).where(Tip.reference == tip.merged_into)).one_or_none() or tip
    )
