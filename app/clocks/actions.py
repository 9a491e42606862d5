"""What do people and records do with clocks: start, suspend, resume, extend, stop, restart?

Clocks are consequences: the calling slice's action has asked for the permission before it acts on
a clock here, so that only ``enter_year`` asks for one of its own. A clock's acts stand in the
trail of the record it runs on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, insert

from app.clocks import access as _policy  # noqa: F401 - the permissions must be declared
from app.clocks import queries, rules
from app.clocks.models import CalendarYear, Clock, ClockSpan
from app.clocks.rules import Outcome, SpanAct
from app.kernel import audit, clock
from app.kernel.calendar import WorkCalendar, YearSchedule
from app.kernel.db import db
from app.kernel.deadlines import LegalRule, rule_at
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require

STARTED = audit.declare("clock.started", "rule", "due_on")
SUSPENDED = audit.declare("clock.suspended", "rule", "ground", "since")
RESUMED = audit.declare("clock.resumed", "rule", "due_on")
EXTENDED = audit.declare("clock.extended", "rule", "due_on", "approved_by")
STOPPED = audit.declare("clock.stopped", "rule", "outcome", "stopped_on")
RECOUNTED = audit.declare("clock.recounted", "rule", "before", "due_on", "year")
YEAR_ENTERED = audit.declare(
    "calendar.year_entered", "number", "days_off", "days_worked", "recounted"
)


def start(
    subject_kind: str,
    subject_reference: str,
    rule: str | LegalRule,
    started_on: date,
    *,
    by: Identity | None,
    is_main: bool = False,
) -> Clock:
    """Start a term on a record, under the rule version that held on the day it started.

    A ``LegalRule`` instead of a code keeps another version: a record received under the old law
    goes on under the old law. Refuses a second running clock of the same rule on the record.
    """
    version = rule_at(rule, started_on) if isinstance(rule, str) else rule
    if queries.running_clock(subject_kind, subject_reference, version.code):
        raise Refused("clock_running_already")
    if is_main:
        _demote(subject_kind, subject_reference)
    started = Clock(
        subject_kind=subject_kind,
        subject_reference=subject_reference,
        rule_code=version.code,
        rule_valid_from=version.valid_from,
        started_on=started_on,
        is_main=is_main,
        spans=[],
    )
    _count(started, queries.calendar())
    db.session.add(started)
    _trace(STARTED, started, by, due_on=_iso(started.due_on))
    return started


def start_all(
    subject_kind: str,
    begun: Sequence[tuple[str, str, date]],
    *,
    by: Identity | None,
) -> None:
    """Start the main term of many records new to the house: (reference, rule, day) of each.

    As ``start``, under the rule version of each one's own day; a term is counted once for all that
    begin on the same day.
    """
    days = queries.calendar()
    counted: dict[tuple[str, date], dict[str, Any]] = {}
    for _reference, rule, started_on in begun:
        if (rule, started_on) not in counted:
            counted[rule, started_on] = _values(rule_at(rule, started_on), started_on, days)
    subjects = [(reference, counted[rule, day]) for reference, rule, day in begun]
    rows = [
        {"subject_kind": subject_kind, "subject_reference": reference, "is_main": True, **values}
        for reference, values in subjects
    ]
    db.session.execute(insert(cast("Table", Clock.__table__)), rows)
    facts = [
        (reference, {"rule": values["rule_code"], "due_on": _iso(values["due_on"])})
        for reference, values in subjects
    ]
    audit.record_all(STARTED, subject_kind, facts, by=by)


def _values(version: LegalRule, started_on: date, days: WorkCalendar) -> dict[str, Any]:
    model = Clock(
        rule_code=version.code, rule_valid_from=version.valid_from, started_on=started_on, spans=[]
    )
    _count(model, days)
    names = (
        "rule_code", "rule_valid_from", "started_on", "due_on", "legal_due_on", "is_provisional",
        "calendar_basis",
    )  # fmt: skip
    return {name: getattr(model, name) for name in names}


def suspend(
    running: Clock,
    *,
    on: date,
    ground: str,
    reason: str,
    by: Identity,
    approved_by: int | None = None,
) -> None:
    """Let a clock stand still from a day on, on a ground the law names."""
    rules.check_suspension(queries.standing(running), ground, on)
    running.spans.append(
        ClockSpan(
            kind=SpanAct.SUSPEND,
            from_on=on,
            ground=ground,
            reason=reason,
            decided_by_id=by.person_id,
            approved_by_id=approved_by,
        )
    )
    _count(running, queries.calendar())
    _trace(SUSPENDED, running, by, ground=ground, since=on.isoformat())


def resume(running: Clock, *, on: date, by: Identity) -> None:
    """Let a clock run again; the day it is resumed on is the last one left out."""
    rules.check_resumption(queries.standing(running), on)
    _close_pause(running, on)
    _count(running, queries.calendar())
    _trace(RESUMED, running, by, due_on=_iso(running.due_on))


def extend(
    running: Clock,
    *,
    on: date,
    reason: str,
    approved_by: int,
    by: Identity,
    until: date | None = None,
) -> None:
    """Lengthen a clock by the next extension the law allows, as its approver decided on a day.

    ``until`` is given exactly where the law leaves the end to the decision.
    """
    allowed = rules.extension_allowed(queries.standing(running), until, on)
    running.spans.append(
        ClockSpan(
            kind=SpanAct.EXTEND,
            from_on=on,
            to_on=allowed.until,
            length=allowed.length,
            unit=allowed.unit,
            reason=reason,
            decided_by_id=by.person_id,
            approved_by_id=approved_by,
        )
    )
    _count(running, queries.calendar())
    _trace(EXTENDED, running, by, due_on=_iso(running.due_on), approved_by=approved_by)


def stop(
    running: Clock,
    *,
    met_on: date,
    by: Identity | None,
    outcome: Outcome | None = None,
) -> None:
    """Stop a clock: what the law asked for was done (in time or late), or is asked no longer."""
    standing = queries.standing(running)
    rules.check_stop(standing, met_on)
    if running.paused_on is not None:
        _close_pause(running, max(met_on, running.paused_on))
        _count(running, queries.calendar())
    running.stopped_on = met_on
    running.outcome = outcome or rules.outcome_of(standing, met_on)
    _trace(STOPPED, running, by, outcome=running.outcome.value, stopped_on=met_on.isoformat())


def restart(running: Clock, *, started_on: date, by: Identity | None) -> Clock:
    """Count anew from a later start event, such as a tip completed by new facts (令121 Art. 35)."""
    is_main = running.is_main
    stop(running, met_on=started_on, by=by, outcome=Outcome.RESTARTED)
    db.session.flush()
    return start(
        running.subject_kind,
        running.subject_reference,
        running.rule_code,
        started_on,
        by=by,
        is_main=is_main,
    )


def enter_year(
    schedule: YearSchedule,
    *,
    by: Identity,
) -> int:
    """Keep a year's notice and count every running clock it touches anew; returns how many moved.

    Each clock whose last day moved, or is no longer provisional, gets an entry in its own trail.
    """
    require(by, "calendar:keep")
    kept = queries.entered_year(schedule.year) or CalendarYear(year=schedule.year)
    kept.title, kept.number = schedule.title, schedule.number
    kept.holidays = _grouped(schedule.holidays)
    kept.make_up_days = _grouped(schedule.make_up_days)
    kept.entered_by_id, kept.entered_at = by.person_id, clock.now()
    db.session.add(kept)
    db.session.flush()
    moved = _recount(schedule.year, by)
    audit.record(
        YEAR_ENTERED,
        "calendar",
        str(schedule.year),
        by=by,
        number=schedule.number,
        days_off=len(schedule.holidays),
        days_worked=len(schedule.make_up_days),
        recounted=moved,
    )
    return moved


def _recount(year: int, by: Identity) -> int:
    days = queries.calendar()
    moved = 0
    for running in queries.affected_by(year):
        before = (running.due_on, running.legal_due_on, running.is_provisional)
        _count(running, days)
        if before != (running.due_on, running.legal_due_on, running.is_provisional):
            moved += 1
            _trace(
                RECOUNTED,
                running,
                by,
                before=_iso(before[0]),
                due_on=_iso(running.due_on),
                year=year,
            )
    return moved


def _count(running: Clock, days: WorkCalendar) -> None:
    """Write the last day, and what it rests on, into the row."""
    due = queries.counted(running, days)
    paused = due.paused
    running.due_on = None if paused else due.due_on
    running.legal_due_on = None if paused else due.legal_due_on
    running.is_provisional = due.is_provisional and not paused
    running.paused_on = paused.first if paused else None
    running.pause_ground = paused.ground if paused else None
    running.calendar_basis = days.basis(due.started_on, due.due_on)


def _close_pause(running: Clock, on: date) -> None:
    for span in running.spans:
        if span.kind is SpanAct.SUSPEND and span.to_on is None:
            span.to_on = on


def _demote(subject_kind: str, subject_reference: str) -> None:
    for other in queries.clocks_of(subject_kind, subject_reference):
        other.is_main = False
    db.session.flush()


def _grouped(days: Mapping[date, str]) -> list[dict[str, Any]]:
    groups: dict[str, list[str]] = {}
    for day in sorted(days):
        groups.setdefault(days[day], []).append(day.isoformat())
    return [{"name": name, "days": found} for name, found in groups.items()]


def _trace(event: str, running: Clock, by: Identity | None, **facts: audit.Fact) -> None:
    audit.record(
        event,
        running.subject_kind,
        running.subject_reference,
        by=by,
        rule=running.rule_code,
        **facts,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
