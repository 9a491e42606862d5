"""Is slow work kept, done once, and is its failure written down?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.kernel import clock, jobs
from app.kernel.db import Writing, db, unit_of_work
from app.kernel.jobs import Job, JobState

pytestmark = pytest.mark.database
KIND = "test.count"


class Work:
    """What the job does: it notes its arguments and may fail a few times first."""

    def __init__(self) -> None:
        self.seen: list[dict[str, object]] = []
        self.failures = 0

    def __call__(self, **arguments: object) -> None:
        self.seen.append(arguments)
        if len(self.seen) <= self.failures:
            raise OSError("样例：磁盘已满")
        jobs.advance(2, total=3)


@pytest.fixture
def work() -> Iterator[Work]:
    done = Work()
    jobs.kind(KIND)(done)
    yield done
    del jobs._kinds[KIND]


@pytest.fixture
def asked(app: Flask, work: Work) -> Callable[[], str]:
    """Ask for a job and keep it, without sending it."""

    def ask() -> str:
        with app.app_context(), unit_of_work():
            return jobs.ask(KIND, by_id=None, total=3, name="样例").id

    return ask


def seen(app: Flask, job_id: str) -> Job:
    with app.app_context():
        job = jobs.by_id(job_id)
        assert job is not None
        db.session.expunge(job)
        return job


def test_a_job_waits_runs_and_is_done(app: Flask, asked: Callable[[], str], work: Work) -> None:
    job_id = asked()
    assert seen(app, job_id).state is JobState.WAITING
    jobs.send(job_id)
    job = seen(app, job_id)
    assert (job.state, job.done, job.total, job.fault) == (JobState.DONE, 3, 3, "")
    assert job.ended_at == clock.now()
    assert work.seen == [{"name": "样例"}]


def test_twice_asked_is_once_done(app: Flask, asked: Callable[[], str], work: Work) -> None:
    job_id = asked()
    jobs.run(job_id)
    jobs.run(job_id)
    assert len(work.seen) == 1
    jobs.run("no such job")


def test_a_job_in_hand_is_not_begun_a_second_time(
    app: Flask, asked: Callable[[], str], work: Work
) -> None:
    job_id = asked()
    with app.app_context(), unit_of_work() as session:
        session.get_one(Job, job_id).state = JobState.RUNNING
    jobs.run(job_id)
    assert not work.seen


def test_a_failure_is_written_down_and_the_retry_succeeds(
    app: Flask, asked: Callable[[], str], work: Work
) -> None:
    work.failures = 1
    job_id = asked()
    with pytest.raises(OSError, match="磁盘"):
        jobs.run(job_id)
    failed = seen(app, job_id)
    assert (failed.state, failed.fault) == (JobState.FAILED, "OSError")
    assert "磁盘" not in failed.fault, "a message may hold personal data"
    jobs.run(job_id)
    mended = seen(app, job_id)
    assert (mended.state, mended.fault) == (JobState.DONE, "")


def test_what_never_reached_the_queue_is_sent_again(
    app: Flask, asked: Callable[[], str], work: Work
) -> None:
    job_id = asked()
    with app.app_context():
        jobs.resend()
    assert not work.seen, "it may still be on its way"
    with clock.frozen(clock.now() + jobs.LOST_AFTER + timedelta(seconds=1)), app.app_context():
        jobs.resend()
    assert seen(app, job_id).state is JobState.DONE


def test_what_was_in_hand_when_the_consumer_died_begins_anew(
    app: Flask, asked: Callable[[], str], work: Work
) -> None:
    job_id = asked()
    with app.app_context(), unit_of_work() as session:
        job = session.get_one(Job, job_id)
        job.state, job.asked_at = JobState.RUNNING, clock.now() - timedelta(minutes=1)
    jobs._resume()
    assert seen(app, job_id).state is JobState.DONE
    assert len(work.seen) == 1


def test_a_refused_act_leaves_no_job(app: Flask, work: Work) -> None:
    with app.app_context():
        db.session.rollback()
        with Writing.door():
            job_id = jobs.ask(KIND, by_id=None).id
            db.session.rollback()
        assert jobs.by_id(job_id) is None


def test_an_unknown_kind_is_refused_when_asked(writing: None) -> None:
    with pytest.raises(KeyError):
        jobs.ask("test.unknown", by_id=None)
    assert jobs.state_of(None) is None
