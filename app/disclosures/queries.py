"""What can be looked up about disclosures?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select

from app.cases import rules as case_rules
from app.cases.models import Case, Decision
from app.cases.queries import handlers
from app.clocks import queries as clocks
from app.clocks.models import Clock
from app.clocks.rules import Outcome
from app.disclosures import rules
from app.disclosures.models import Disclosure, Mark, Publication
from app.disclosures.rules import DisclosureState, Ground, KeepGround, Ruling
from app.enterprises.models import Enterprise
from app.kernel import clock
from app.kernel.calendar import WorkCalendar
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.jobs import Job, JobState
from app.kernel.permissions import may
from app.kernel.roles import Role
from app.kernel.waiting import Waiting
from app.units import queries as units

PER_PAGE = 30
VIEWS = ("pending", "open", "published", "closed", "all")
#: A job that has not ended after so long has lost its worker.
LOST_AFTER = timedelta(minutes=10)


def visible_to(who: Identity) -> Select[Disclosure]:
    """Return the disclosures in the viewer's scope: own bureau and everything below it."""
    return select(Disclosure).where(units.within(Disclosure.unit_path, who))


def by_reference(reference: str, who: Identity) -> Disclosure:
    """Return a disclosure in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Disclosure.reference == reference))
    if found is None:
        raise NotFound
    return found


def any_by_reference(reference: str) -> Disclosure:
    """Return a disclosure for a job, which asks for its rights by itself, or refuse (404)."""
    found = db.session.scalar(select(Disclosure).where(Disclosure.reference == reference))
    if found is None:
        raise NotFound
    return found


def of_case(case_reference: str) -> Sequence[Disclosure]:
    """Return the disclosures of a case, oldest first."""
    query = select(Disclosure).where(Disclosure.case_reference == case_reference)
    return db.session.scalars(query.order_by(Disclosure.round)).all()


def of_enterprise(enterprise_reference: str, who: Identity) -> Sequence[Disclosure]:
    """Return the disclosures about an enterprise in the viewer's scope, newest first."""
    query = visible_to(who).join(Case, Case.reference == Disclosure.case_reference)
    query = query.join(Enterprise).where(Enterprise.reference == enterprise_reference)
    return db.session.scalars(query.order_by(Disclosure.id.desc()).limit(50)).all()


def version_after(disclosure: Disclosure) -> Disclosure | None:
    """Return the version that replaces, or is to replace, this one."""
    query = select(Disclosure).where(
        Disclosure.corrects == disclosure.reference, Disclosure.state != DisclosureState.DROPPED
    )
    return db.session.scalars(query).one_or_none()


def case_of(disclosure: Disclosure) -> Case:
    """Return the case a disclosure is about."""
    query = select(Case).where(Case.reference == disclosure.case_reference)
    return db.session.scalars(query).one()


def decision_of(disclosure: Disclosure) -> Decision:
    """Return the decision a disclosure is made from."""
    decision = case_of(disclosure).decision
    if decision is None:
        raise NotFound
    return decision


def publication_of(disclosure: Disclosure) -> Publication:
    """Return what became public of a disclosure, or refuse (404)."""
    if disclosure.publication is None:
        raise NotFound
    return disclosure.publication


def job_of(disclosure: Disclosure) -> Job | None:
    """Return the latest job that was to make and release the file."""
    return db.session.get(Job, disclosure.job_id) if disclosure.job_id else None


def may_retry(disclosure: Disclosure) -> bool:
    """Tell whether the latest job ended without a publication, or lost its worker."""
    job = job_of(disclosure)
    if disclosure.state is not DisclosureState.APPROVED:
        return False
    if job is None or job.state in {JobState.FAILED, JobState.DONE}:
        return True
    return job.asked_at < clock.now() - LOST_AFTER


# --- lists ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pending:
    """A decided case that has no disclosure yet."""

    case: Case
    decision: Decision
    clock: Clock | None


@dataclass(frozen=True)
class Row:
    """One line of the list of disclosures."""

    disclosure: Disclosure
    publication: Publication | None
    clock: Clock | None
    is_late: bool = False


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    rows: Sequence[Row] | Sequence[Pending]
    total: int


def _undisclosed(who: Identity) -> Select[Case, Decision]:
    has_one = exists().where(Disclosure.case_reference == Case.reference)
    return (
        select(Case, Decision)
        .join(Decision)
        .where(
            units.within(Case.unit_path, who),
            Case.state.in_(case_rules.WITH_DECISION),
            ~has_one,
        )
    )


def pending(who: Identity, *, page: int) -> Listing:
    """Return a page of decided cases without disclosure, the oldest decision first."""
    query = _undisclosed(who)
    total = _count(query)
    ordered = query.order_by(Decision.decided_on, Case.id)
    rows = db.session.execute(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    running = _clocks([case.reference for case, _ in rows])
    return Listing([Pending(c, d, running.get(c.reference)) for c, d in rows], total)


def _in_view(view: str, query: Select[Disclosure]) -> Select[Disclosure]:
    if view == "open":
        return query.where(Disclosure.state.in_(rules.OPEN))
    if view == "published":
        return query.where(Disclosure.state == DisclosureState.PUBLISHED)
    if view == "closed":
        return query.where(Disclosure.state.in_(rules.CLOSED))
    return query


def register(who: Identity, view: str, text: str, *, page: int) -> Listing:
    """Return a page of disclosures: open ones by age, the others newest first."""
    query = _in_view(view, visible_to(who))
    if text:
        words = text[:60]
        query = query.join(Case, Case.reference == Disclosure.case_reference).join(Decision)
        query = query.where(
            or_(
                Disclosure.reference == words,
                Decision.number.contains(words, autoescape=True),
                Case.title.contains(words, autoescape=True),
                Case.party_name.contains(words, autoescape=True),
            )
        )
    order = Disclosure.moved_at if view == "open" else Disclosure.id.desc()
    found = query.order_by(order).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    rows = db.session.scalars(found).all()
    cases = [row.case_reference for row in rows]
    running = _clocks(cases) | _withdrawals([row.reference for row in rows])
    late = _late(cases)
    lines = [
        Row(
            row,
            row.publication,
            running.get(row.reference) or running.get(row.case_reference),
            row.publication is not None and row.case_reference in late,
        )
        for row in rows
    ]
    return Listing(lines, _count(query))


def _count(query: Select[*tuple[object, ...]]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _clocks(case_references: Sequence[str]) -> dict[str, Clock]:
    """Return the running publication clocks of cases."""
    query = select(Clock).where(
        Clock.subject_kind == "case",
        Clock.subject_reference.in_(case_references),
        Clock.rule_code == rules.PUBLICATION,
        Clock.stopped_on.is_(None),
    )
    return {found.subject_reference: found for found in db.session.scalars(query)}


def _withdrawals(references: Sequence[str]) -> dict[str, Clock]:
    """Return the running terms for taking back, by disclosure."""
    query = select(Clock).where(
        Clock.subject_kind == "disclosure",
        Clock.subject_reference.in_(references),
        Clock.rule_code == rules.WITHDRAWAL,
        Clock.stopped_on.is_(None),
    )
    return {found.subject_reference: found for found in db.session.scalars(query)}


def view_counts(who: Identity) -> dict[str, int]:
    """Return how many records each view holds."""
    counts = {"pending": _count(_undisclosed(who))}
    for view in VIEWS[1:]:
        counts[view] = _count(_in_view(view, visible_to(who)))
    return counts


def declined_by_ground(who: Identity) -> dict[Ground, int]:
    """Return how often each ground kept a penalty from the public."""
    query = select(Disclosure.ground, func.count()).where(
        units.within(Disclosure.unit_path, who), Disclosure.ground.is_not(None)
    )
    rows = db.session.execute(query.group_by(Disclosure.ground))
    return {ground: number for ground, number in rows if ground is not None}


def premises_kept(who: Identity) -> int:
    """Return how many released penalties show a natural person's address as place of business."""
    query = select(func.count(Mark.disclosure_id.distinct())).join(Disclosure)
    return (
        db.session.scalar(
            query.where(
                Mark.ground == KeepGround.OWN_PREMISES,
                Mark.ruling == Ruling.KEPT,
                Disclosure.approved_by_id.is_not(None),
                units.within(Disclosure.unit_path, who),
            )
        )
        or 0
    )


#: How a stopped publication clock is told.
_TOLD = {Outcome.MET: "in_time", Outcome.LATE: "late"}


def punctuality(who: Identity, today: date) -> dict[str, int]:
    """Return how many penalties were shown in time and late, or wait within and past the term."""
    is_past = (Clock.due_on < today).label("is_past")
    query = (
        select(Clock.outcome, is_past, func.count())
        .join(Case, and_(Clock.subject_kind == "case", Clock.subject_reference == Case.reference))
        .where(Clock.rule_code == rules.PUBLICATION, units.within(Case.unit_path, who))
    )
    told = dict.fromkeys(("in_time", "late", "running", "overdue"), 0)
    for outcome, has_passed, number in db.session.execute(query.group_by(Clock.outcome, is_past)):
        name = ("overdue" if has_passed else "running") if outcome is None else _TOLD.get(outcome)
        if name:
            told[name] += number
    return told


def _late(case_references: Sequence[str]) -> set[str]:
    """Return which of the cases were shown after the last day."""
    query = select(Clock.subject_reference).where(
        Clock.subject_kind == "case",
        Clock.subject_reference.in_(case_references),
        Clock.rule_code == rules.PUBLICATION,
        Clock.outcome == Outcome.LATE,
    )
    return set(db.session.scalars(query))


# --- what waits -----------------------------------------------------------------------------------

#: What a state asks, and the permission of whoever is asked.
ASKS = {
    DisclosureState.DRAFTING: ("disclosure.finish", "disclosure:draft"),
    DisclosureState.RETURNED: ("disclosure.correct", "disclosure:draft"),
    DisclosureState.SUBMITTED: ("disclosure.release", "disclosure:approve"),
    DisclosureState.APPROVED: ("disclosure.retry", "disclosure:approve"),
}
TO_BEGIN = ("disclosure.begin", "disclosure:draft")
TO_TAKE_BACK = ("disclosure.take_back", "disclosure:withdraw")


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return what waits here for this person: cases to disclose, drafts, releases, failed files.

    A unit leader sees what waits for anybody in the bureau.
    """
    if not (_asks(who, "disclosure:draft") or may(who, "disclosure:approve")):
        return []
    cases = _undisclosed(who).where(
        Case.unit_path == who.bureau_path, Decision.warning_only.is_(False)
    )
    undisclosed = [case for case, _ in db.session.execute(cases)] if _asks(who, TO_BEGIN[1]) else []
    open_ones = [one for one in _own_open(who) if _asks_of(one, who)]
    references = [case.reference for case in undisclosed]
    back = _overturned(who)
    running = _clocks([*references, *(one.case_reference for one in open_ones)])
    running |= _withdrawals([one.reference for one in back])
    due = _Due(running, today, clocks.calendar())
    lines = [due.line(TO_BEGIN[0], case.reference, case) for case in undisclosed]
    lines += [due.line(TO_TAKE_BACK[0], one.reference, one) for one in back]
    return lines + [due.line(ASKS[one.state][0], one.case_reference, one) for one in open_ones]


def _overturned(who: Identity) -> Sequence[Disclosure]:
    """Return what is still shown of decisions that no longer stand, for whoever takes it back."""
    if not may(who, TO_TAKE_BACK[1]):
        return []
    query = select(Disclosure).where(
        Disclosure.unit_path == who.bureau_path,
        Disclosure.state == DisclosureState.PUBLISHED,
        Disclosure.overturned_on.is_not(None),
    )
    return db.session.scalars(query.order_by(Disclosure.overturned_on)).all()


def _asks(who: Identity, permission: str) -> bool:
    return may(who, permission) or who.has(Role.UNIT_LEADER)


def _own_open(who: Identity) -> Sequence[Disclosure]:
    query = select(Disclosure).where(
        Disclosure.unit_path == who.bureau_path, Disclosure.state.in_(rules.OPEN)
    )
    return db.session.scalars(query.order_by(Disclosure.moved_at)).all()


def _asks_of(disclosure: Disclosure, who: Identity) -> bool:
    """Tell whether the person is asked: never somebody who may not release what waits for it."""
    if disclosure.state is DisclosureState.APPROVED and not may_retry(disclosure):
        return False
    if who.has(Role.UNIT_LEADER):
        return True
    if disclosure.state is DisclosureState.SUBMITTED:
        is_apart = who.person_id not in {*disclosure.hands, *handlers(case_of(disclosure))}
        return is_apart and may(who, ASKS[disclosure.state][1])
    return may(who, ASKS[disclosure.state][1])


@dataclass(frozen=True)
class _Due:
    """Makes the lines of 待办, each with its case's publication clock."""

    clocks: Mapping[str, Clock]
    today: date
    calendar: WorkCalendar

    def line(self, ask: str, case_reference: str, record: Case | Disclosure) -> Waiting:
        """Return the line of one record; a case without disclosure leads to the list."""
        running = self.clocks.get(case_reference)
        is_case = isinstance(record, Case)
        return Waiting(
            ask=ask,
            kind="disclosure",
            reference=record.reference,
            title=record.title,
            endpoint="disclosures.register" if is_case else "disclosures.show",
            since=record.moved_at,
            due_on=running.due_on if running else None,
            due=clocks.words_of(running, self.today, self.calendar) if running else None,
            elsewhere={"view": "pending"} if is_case else None,
        )
