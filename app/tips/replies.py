"""Who is to be told whether a case is filed, until when, and on which day were they?

令20 art. 31 gave five working days from the decision to whoever reported by name.  令121 art. 36
has no such term, so that what came in since then starts none: the dated rule itself says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, func, select

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.models import Clock
from app.kernel import clock
from app.kernel.db import db
from app.kernel.deadlines import LegalRule, NoSuchRule, rule_at
from app.kernel.identity import Identity
from app.kernel.permissions import may
from app.tips import queries, rules
from app.tips.models import Tip
from app.tips.triage import queries as triage


def begin(tip: Tip, *, by: Identity) -> None:
    """Start the term of today's decision for its reporter, and for each whose report it took in."""
    for told in (tip, *_of_others(tip)):
        term = _term(told)
        if term is not None:
            clocks.start("tip", told.reference, term, clock.today(), by=by, is_main=True)


def _of_others(tip: Tip) -> list[Tip]:
    """Return the reports of other people that were joined to one; a repeat needs no second word."""
    query = select(Tip).where(Tip.merged_into == tip.reference).order_by(Tip.id)
    joined = db.session.scalars(query).all()
    return [one for one in joined if not triage.is_same_reporter(one, tip)]


def _term(tip: Tip) -> LegalRule | None:
    """Return the term under which a report was received, if its reporter is to be told at all."""
    if not rules.is_told_by_name(tip.kind, queries.reporter_of(tip).standing):
        return None
    try:
        return rule_at(rules.NAMED_REPLY, clock.legal_day(tip.received_at))
    except NoSuchRule:
        return None


def running(tip: Tip) -> Clock | None:
    """Return the term in which a tip's reporter still has to be told."""
    return clock_queries.running_clock("tip", tip.reference, rules.NAMED_REPLY)


def end(tip: Tip, *, on: date, by: Identity) -> None:
    """Note that the reporter was told on a day: a term that runs is met, in time or late."""
    term = running(tip)
    if term is not None:
        clocks.stop(term, met_on=on, by=by)


@dataclass(frozen=True)
class Owed:
    """A report whose reporter has not been told, and the term that runs."""

    tip: Tip
    term: Clock


def _owed(who: Identity) -> Select[Tip, Clock]:
    return (
        select(Tip, Clock)
        .join(
            Clock,
            and_(
                Clock.subject_kind == "tip",
                Clock.subject_reference == Tip.reference,
                Clock.rule_code == rules.NAMED_REPLY,
                Clock.stopped_on.is_(None),
            ),
        )
        .where(Tip.unit_path == who.bureau_path)
    )


def owed(who: Identity) -> Sequence[Owed]:
    """Return whom the viewer's own bureau still has to tell, nearest last day first."""
    query = _owed(who).order_by(Clock.due_on, Tip.id)
    return [Owed(tip, term) for tip, term in db.session.execute(query)]


def owed_counts(who: Identity, today: date) -> tuple[int, int]:
    """Return how many this person may tell and how many of them too late, without loading them."""
    if not may(who, "reporter:tell"):
        return 0, 0
    late = func.count().filter(clock_queries.overdue(Clock, today))
    waits, overdue = db.session.execute(_owed(who).with_only_columns(func.count(), late)).one()
    return waits, overdue
