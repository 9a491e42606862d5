"""How do listings look on the board: squares, ladder, words, three levels, four figures?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.clocks import queries as clocks
from app.kernel.calendar import WorkCalendar
from app.kernel.db import db
from app.kernel.deadlines import DueWords
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.supervision import rules
from app.supervision.models import Demand, Listing, Urging
from app.supervision.queries import in_scope, unanswered
from app.supervision.rules import LADDER, DemandState, ListingState, Rung
from app.units import queries as units

#: As many lines as one group of the board shows before it sends the reader to the filter.
PER_GROUP = 100
VIEWS = ("live", "stuck", "ended")


@dataclass(frozen=True)
class Filter:
    """How the board is narrowed; the address carries all of it."""

    view: str = "live"
    kind: str = ""
    bureau: str = ""


@dataclass(frozen=True)
class Square:
    """One demand on the board."""

    state: str


@dataclass(frozen=True)
class Step:
    """One rung on the board: "" not sent, "sent", "late" unanswered past its day."""

    rung: Rung
    state: str


@dataclass(frozen=True)
class Row:
    """One line of the board."""

    listing: Listing
    words: DueWords
    squares: Sequence[Square]
    ladder: Sequence[Step]
    letter: Urging | None
    letter_words: DueWords | None

    @property
    def is_stuck(self) -> bool:
        """Whether its last day has passed, or a letter stays unanswered past its day."""
        return self.words.kind == "overdue" or any(step.state == "late" for step in self.ladder)


@dataclass(frozen=True)
class Group:
    """Listings of one level: mine, on me from above, by those below."""

    code: str
    rows: Sequence[Row]
    total: int


@dataclass(frozen=True)
class Board:
    """Three levels and the figures above them."""

    groups: Sequence[Group]
    figures: dict[str, int] = field(default_factory=dict)


def row_of(listing: Listing, today: date, calendar: WorkCalendar) -> Row:
    """Return a listing as the board shows it."""
    letter = listing.urgings[-1] if listing.urgings else None
    waits = letter is not None and letter.answered_at is None
    return Row(
        listing=listing,
        words=clocks.words_for_day(listing.due_on, today, calendar),
        squares=[Square(_square(demand, today)) for demand in listing.demands],
        ladder=[Step(rung, _rung_state(listing, rung, today)) for rung in LADDER],
        letter=letter,
        letter_words=(
            clocks.words_for_day(letter.answer_due_on, today, calendar)
            if letter is not None and waits
            else None
        ),
    )


def _square(demand: Demand, today: date) -> str:
    if demand.state is DemandState.MET:
        return "met"
    late = demand.state is DemandState.OPEN and demand.due_on < today
    return "overdue" if late else "open"


def _rung_state(listing: Listing, rung: Rung, today: date) -> str:
    letters = [letter for letter in listing.urgings if letter.rung is rung]
    if not letters:
        return ""
    waiting_for = unanswered(listing)
    late = waiting_for is letters[-1] and waiting_for.answer_due_on < today
    return "late" if late else "sent"


def _level(code: str, who: Identity) -> ColumnElement[bool]:
    own = Listing.unit_path == who.bureau_path
    deeper = units.within(Listing.unit_path, who)
    return {
        "mine": own,
        "above": and_(~deeper, units.within(Listing.handling_path, who)),
        "below": and_(deeper, ~own),
    }[code]


def _narrowed(query: Select[Any], asked: Filter) -> Select[Any]:
    is_live = Listing.state.in_(rules.LIVE)
    query = query.where(~is_live if asked.view == "ended" else is_live)
    if asked.kind:
        query = query.where(Listing.subject_kind == asked.kind)
    if asked.bureau:
        query = query.where(Listing.handling_path == units.by_code(asked.bureau).path)
    return query


def board(who: Identity, asked: Filter, *, today: date) -> Board:
    """Return the three levels: late ones first, then unanswered letters, then by the calendar."""
    calendar = clocks.calendar()
    groups = []
    for code in ("mine", "above", "below"):
        query = _narrowed(select(Listing).where(_level(code, who)), asked)
        if asked.view == "stuck":
            query = query.where(or_(Listing.due_on < today, _has_late_letter(today)))
        total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
        found = db.session.scalars(query.order_by(Listing.due_on, Listing.id).limit(PER_GROUP))
        rows = [row_of(listing, today, calendar) for listing in found]
        rows.sort(key=lambda row: not row.is_stuck)
        groups.append(Group(code, rows, total))
    return Board(groups, figures(who, today))


def _has_late_letter(today: date) -> ColumnElement[bool]:
    """Whether the last letter of a listing waits for its answer past its day."""
    later = aliased(Urging)
    is_last = ~exists().where(later.listing_id == Urging.listing_id, later.id > Urging.id)
    return exists().where(
        Urging.listing_id == Listing.id,
        Urging.answered_at.is_(None),
        Urging.answer_due_on < today,
        is_last,
    )


def figures(who: Identity, today: date) -> dict[str, int]:
    """Return the four numbers over the board, of everything in the viewer's scope."""
    live = Listing.state.in_(rules.LIVE)
    conditions = {
        "live": live,
        "overdue": and_(live, Listing.due_on < today),
        "unanswered": and_(live, _has_late_letter(today)),
        "applied": Listing.state == ListingState.APPLIED,
    }
    return {
        code: db.session.scalar(
            select(func.count()).select_from(Listing).where(in_scope(who), condition)
        )
        or 0
        for code, condition in conditions.items()
    }


def offer(row: Row, who: Identity) -> str:
    """Return the one act the line offers this person; "show" when nothing waits for them."""
    listing = row.listing
    states = {demand.state for demand in listing.demands}
    is_late = any(step.state == "late" for step in row.ladder)
    offers = (
        ("delist", "listing:delist", listing.state is ListingState.APPLIED),
        ("judge", "listing:judge", DemandState.REPORTED in states),
        ("rise", "listing:urge", DemandState.OPEN in states and is_late),
        ("urge", "listing:urge", DemandState.OPEN in states and unanswered(listing) is None),
        ("answer", "listing:answer", unanswered(listing) is not None),
        ("report", "listing:report", DemandState.OPEN in states),
        ("apply", "listing:apply", listing.state is ListingState.LISTED),
    )
    is_live = listing.state in rules.LIVE
    for code, permission, is_due in offers:
        if is_live and is_due and allows(who, permission, listing):
            return code
    return "show"


@dataclass(frozen=True)
class DueView:
    """The head's clock for a day that people set (the shape of the component ``deadline``)."""

    title: str
    words: DueWords
    due_on: date
    basis: str
    notes: Sequence[str] = ()
    steps: Sequence[str] = ()
    url: str = ""
