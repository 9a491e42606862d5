"""How does slow work wait its turn, and how far is it?

One queue (huey): a SQLite file by default, Redis by one setting, immediate in tests.  Each job
is also a row, so that a page can show its progress and an administrator its history.  A job may
be done twice (after a crash, or when two senders race): its work must come to the same end.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from huey import Huey, MemoryHuey, RedisHuey, SqliteHuey, crontab
from sqlalchemy import JSON, ForeignKey, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import Model, StrEnumType, UtcDateTime, db, one_of, unit_of_work


class JobState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of slow work."""

    __tablename__ = "job"
    __table_args__ = (one_of("state", JobState),)

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(StrEnumType(JobState), default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=1)
    fault: Mapped[str] = mapped_column(default="")
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


Work = Callable[..., None]
Routine = Callable[[], None]
#: A job that waited this long was lost between its commit and the queue.
LOST_AFTER = timedelta(minutes=2)

_kinds: dict[str, Work] = {}
_routines: dict[str, tuple[str, Routine]] = {}
_queue: list[Huey] = []
_within: list[Callable[[], Any]] = []
_task: list[Any] = []
_present: ContextVar[str] = ContextVar("present_job")


def kind(name: str) -> Callable[[Work], Work]:
    """Declare a kind of job; its work takes the job's arguments as keywords."""

    def declare(work: Work) -> Work:
        _kinds[name] = work
        return work

    return declare


def kinds() -> Sequence[str]:
    """Return every declared kind, for the page of jobs."""
    return sorted(_kinds)


def every(name: str, *, minute: str) -> Callable[[Routine], Routine]:
    """Declare what the queue does by itself, each hour at these minutes ("0", "*/10", "*")."""

    def declare(routine: Routine) -> Routine:
        _routines[name] = (minute, routine)
        if _queue:
            _schedule(_queue[0], name)
        return routine

    return declare


def install(huey: Huey, app_context: Callable[[], Any]) -> None:
    """Make this the house's queue; jobs run inside the given application context."""
    _queue[:] = [huey]
    _within[:] = [app_context]
    _task[:] = [huey.task(name="run_job", retries=2, retry_delay=5)(run)]
    huey.on_startup(name="resume_jobs")(_resume)
    for name in _routines:
        _schedule(huey, name)


def _schedule(huey: Huey, name: str) -> None:
    minute, routine = _routines[name]

    def work() -> None:
        with _within[0]():
            routine()

    huey.periodic_task(crontab(minute=minute), name=f"every_{name}")(work)


def make_queue(*, folder: str, redis_url: str, immediate: bool) -> Huey:
    """Return the queue that the settings ask for."""
    if immediate:
        return MemoryHuey("lijian", immediate=True)
    if redis_url:
        return RedisHuey("lijian", url=redis_url)
    return SqliteHuey("lijian", filename=f"{folder}/jobs.db", fsync=True)


def ask(kind_name: str, *, by_id: int | None, total: int = 1, **arguments: Any) -> Job:
    """Write a job down in the running transaction; ``send`` it after the commit."""
    if kind_name not in _kinds:
        raise KeyError(kind_name)
    job = Job(
        id=uuid.uuid4().hex,
        kind=kind_name,
        arguments=arguments,
        total=total,
        asked_by_id=by_id,
        asked_at=clock.now(),
    )
    db.session.add(job)
    db.session.flush()
    return job


def send(job_id: str) -> None:
    """Put a committed job into the queue."""
    _task[0](job_id)


def run(job_id: str) -> None:
    """Do a job: twice asked is once done; a failure is written down and raised for the retry."""
    with _within[0]():
        with unit_of_work() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is None or job.state in {JobState.DONE, JobState.RUNNING}:
                return
            job.state = JobState.RUNNING
            kind_name, arguments = job.kind, dict(job.arguments)
        token = _present.set(job_id)
        try:
            _kinds[kind_name](**arguments)
        except Exception as fault:
            _end(job_id, JobState.FAILED, type(fault).__name__)
            raise
        finally:
            _present.reset(token)
        _end(job_id, JobState.DONE, "")


def _end(job_id: str, state: JobState, fault: str) -> None:
    with unit_of_work() as session:
        job = session.get_one(Job, job_id)
        job.state, job.fault, job.ended_at = state, fault, clock.now()
        job.done = job.total if state is JobState.DONE else job.done


def advance(done: int, total: int | None = None) -> None:
    """Note how many pieces of the job in hand are finished; never inside a unit of work."""
    with unit_of_work() as session:
        job = session.get_one(Job, _present.get())
        job.done, job.total = done, job.total if total is None else total


def by_id(job_id: str) -> Job | None:
    """Return a job."""
    return db.session.get(Job, job_id)


def unsent(before: datetime) -> list[str]:
    """Return the jobs that were asked for before an instant and never begun."""
    query = select(Job.id).where(Job.state == JobState.WAITING, Job.asked_at < before)
    return list(db.session.scalars(query.order_by(Job.asked_at)))


@every("resend_jobs", minute="*/5")
def resend() -> None:
    """Send again what was kept but never reached the queue (a crash between the two)."""
    for job_id in unsent(clock.now() - LOST_AFTER):
        send(job_id)


def _resume() -> None:
    """At the consumer's start: what was in hand when the last one died begins anew."""
    with _within[0]():
        with unit_of_work() as session:
            session.execute(
                update(Job).where(Job.state == JobState.RUNNING).values(state=JobState.WAITING)
            )
        for job_id in unsent(clock.now()):
            send(job_id)


def state_of(job_id: str | None) -> JobState | None:
    """Return how far a job is; None for no job."""
    return db.session.scalar(select(Job.state).where(Job.id == job_id)) if job_id else None
