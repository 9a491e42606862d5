"""What can be looked up about notices?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, exists, func, or_, select

from app.clocks import queries as clocks
from app.kernel import clock, jobs
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.jobs import JobState
from app.kernel.permissions import may
from app.kernel.waiting import Waiting
from app.notices.access import GONE_OUT
from app.notices.models import Addressee, Notice, NoticePublication, NoticeTemplate
from app.notices.rules import NoticeState
from app.units import queries as units

PER_PAGE = 30
ENDED = (NoticeState.REPLACED, NoticeState.WITHDRAWN)
VIEWS = ("ours", "to_us", "all")


def _to_us(who: Identity) -> object:
    addressed = exists().where(Addressee.notice_id == Notice.id, Addressee.unit_id == who.bureau_id)
    return addressed & Notice.state.in_(GONE_OUT)


def visible_to(who: Identity) -> Select[Notice]:
    """Return one's own scope's notices, and those that went out to one's bureau."""
    return select(Notice).where(or_(units.within(Notice.unit_path, who), _to_us(who)))  # type: ignore[arg-type]


def by_reference(reference: str, who: Identity) -> Notice:
    """Return a notice the viewer may read, or refuse (404)."""
    notice = db.session.scalar(visible_to(who).where(Notice.reference == reference))
    if notice is None:
        raise NotFound
    return notice


def listed(who: Identity, view: str, *, page: int) -> tuple[Sequence[Notice], int]:
    """Return a page of notices, newest first, and how many there are."""
    query = visible_to(who)
    if view == "ours":
        query = query.where(Notice.unit_path == who.bureau_path)
    elif view == "to_us":
        query = query.where(_to_us(who))  # type: ignore[arg-type]
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Notice.drafted_at.desc(), Notice.id.desc())
    rows = db.session.scalars(ordered.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all()
    return rows, total


def line_of(notice: Notice, who: Identity) -> Addressee | None:
    """Return the viewer's bureau's line among the addressees."""
    return next((line for line in notice.addressees if line.unit_id == who.bureau_id), None)


def waiting(who: Identity, today: date) -> list[Waiting]:
    """Return notices that wait for this person: to be signed, finished, or taken in."""
    return [*_own(who), *_incoming(who, today)]


def is_stuck(notice: Notice) -> bool:
    """Tell whether a signed notice did not go out: its job has ended, or lost its worker."""
    if notice.state is not NoticeState.SIGNED:
        return False
    job = jobs.by_id(notice.job_id) if notice.job_id else None
    if job is None or job.state in {JobState.FAILED, JobState.DONE}:
        return True
    return job.asked_at < clock.now() - jobs.LOST_AFTER


def _own(who: Identity) -> list[Waiting]:
    asks = {}
    if may(who, "notice:review"):
        asks[NoticeState.SUBMITTED] = "notice.review"
    if may(who, "notice:sign"):
        asks[NoticeState.REVIEWED] = "notice.sign"
        asks[NoticeState.SIGNED] = "notice.stuck"
    if may(who, "notice:draft"):
        asks[NoticeState.DRAFTING] = "notice.finish"
    query = select(Notice).where(Notice.unit_path == who.bureau_path, Notice.state.in_(asks))
    return [
        _line(notice, asks[notice.state])
        for notice in db.session.scalars(query)
        if notice.state is not NoticeState.SIGNED or is_stuck(notice)
    ]


def _incoming(who: Identity, today: date) -> list[Waiting]:
    if not may(who, "notice:acknowledge"):
        return []
    query = (
        select(Notice, Addressee.urged_at)
        .join(Addressee)
        .where(
            Addressee.unit_id == who.bureau_id,
            Addressee.acknowledged_at.is_(None),
            Notice.state == NoticeState.PUBLISHED,
        )
    )
    days = clocks.calendar()
    return [
        _line(
            notice,
            "notice.urged" if urged else "notice.acknowledge",
            due_on=notice.acknowledge_by,
            due=clocks.words_for_day(notice.acknowledge_by, today, days)
            if notice.acknowledge_by
            else None,
        )
        for notice, urged in db.session.execute(query)
    ]


def _line(
    notice: Notice, ask: str, *, due_on: date | None = None, due: object | None = None
) -> Waiting:
    return Waiting(
        ask=ask,
        kind="notice",
        reference=notice.reference,
        title=notice.title,
        endpoint="notices.show",
        since=notice.drafted_at,
        due_on=due_on,
        due=due,
    )


def publication_of(notice: Notice) -> NoticePublication | None:
    """Return the public row of a notice."""
    query = select(NoticePublication).where(NoticePublication.reference == notice.reference)
    return db.session.scalar(query)


def replaceable(who: Identity) -> Sequence[Notice]:
    """Return the bureau's published notices, newest first: a new one may take their place."""
    query = select(Notice).where(
        Notice.unit_path == who.bureau_path, Notice.state == NoticeState.PUBLISHED
    )
    return db.session.scalars(query.order_by(Notice.signed_on.desc(), Notice.id.desc())).all()


def successor_of(notice: Notice) -> Notice | None:
    """Return the notice that took this one's place."""
    query = select(Notice).where(
        Notice.replaces_id == notice.id, Notice.state.in_([NoticeState.PUBLISHED, *ENDED])
    )
    return db.session.scalars(query.order_by(Notice.id).limit(1)).one_or_none()


def templates(*, active: bool) -> Sequence[NoticeTemplate]:
    """Return the templates by name; all of them, or those to begin from."""
    query = select(NoticeTemplate).order_by(NoticeTemplate.name)
    return db.session.scalars(query.where(NoticeTemplate.is_active) if active else query).all()


def template_by_id(template_id: int) -> NoticeTemplate:
    """Return a template, or refuse (404)."""
    found = db.session.get(NoticeTemplate, template_id)
    if found is None:
        raise NotFound
    return found


def template_named(name: str) -> NoticeTemplate | None:
    """Return the template of a name."""
    return db.session.scalar(select(NoticeTemplate).where(NoticeTemplate.name == name))


def signed(reference: str) -> Notice | None:
    """Return a notice that waits for the typesetter, for the queue."""
    query = select(Notice).where(Notice.reference == reference, Notice.state == NoticeState.SIGNED)
    return db.session.scalar(query)
