"""Slow work: kept with its act, done once or again, its progress readable, nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from huey import SqliteHuey

from app import install
from app.kernel import clock, jobs
from app.kernel.db import db, unit_of_work
from app.kernel.jobs import JobState

pytestmark = pytest.mark.database
seen: list[object] = []


@jobs.kind("test.count")
def count(*, pieces: int) -> None:
    for piece in range(1, pieces + 1):
        jobs.advance(piece, pieces)
        seen.append(jobs.by_id(jobs._present.get()).done)
        db.session.rollback()


@jobs.kind("test.break")
def break_down() -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _nothing_seen():
    seen.clear()


def _ask(kind, **arguments):
    with unit_of_work():
        return jobs.ask(kind, by_id=None, **arguments).id


def test_a_job_tells_how_far_it_is(context):
    job_id = _ask("test.count", pieces=3)
    assert jobs.by_id(job_id).state is JobState.WAITING
    jobs.send(job_id)
    db.session.rollback()
    job = jobs.by_id(job_id)
    assert (job.state, job.done, job.total, job.fault) == (JobState.DONE, 3, 3, "")
    assert seen == [1, 2, 3]
    assert job.ended_at == clock.now()


def test_twice_sent_is_once_done(context):
    job_id = _ask("test.count", pieces=1)
    jobs.send(job_id)
    jobs.send(job_id)
    assert seen == [1]


def test_a_failure_names_its_kind_and_nothing_personal(context):
    job_id = _ask("test.break")
    jobs.send(job_id)
    db.session.rollback()
    job = jobs.by_id(job_id)
    assert (job.state, job.fault) == (JobState.FAILED, "ZeroDivisionError")


def test_an_unknown_kind_cannot_be_asked_for(context):
    with pytest.raises(KeyError):
        _ask("test.nothing")


def test_a_job_whose_act_is_undone_never_was(context):
    asked = []

    def give_up() -> None:
        with unit_of_work():
            asked.append(jobs.ask("test.count", by_id=None, pieces=1).id)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_up()
    (job_id,) = asked
    assert jobs.by_id(job_id) is None
    jobs.run(job_id)
    assert seen == []


def test_what_was_kept_but_never_sent_is_sent_later(context):
    job_id = _ask("test.count", pieces=1)
    jobs.resend()
    assert seen == []
    with clock.frozen(clock.now() + jobs.LOST_AFTER + timedelta(seconds=1)):
        jobs.resend()
    assert seen == [1]
    db.session.rollback()
    assert jobs.by_id(job_id).state is JobState.DONE


def test_what_was_in_hand_when_the_queue_died_begins_anew(context):
    job_id = _ask("test.count", pieces=1)
    with unit_of_work() as session:
        session.get_one(jobs.Job, job_id).state = JobState.RUNNING
    jobs.send(job_id)
    assert seen == []
    with clock.frozen(clock.now() + timedelta(seconds=1)):
        jobs._resume()
    assert seen == [1]


def test_a_real_queue_takes_a_job_from_one_program_to_another(app, tmp_path):
    """The web worker enqueues; the consumer, with a queue object of its own, does the work."""

    def queue():
        return jobs.make_queue(folder=str(tmp_path), redis_url="", immediate=False)

    try:
        with app.app_context():
            jobs.install(queue(), app.app_context)
            job_id = _ask("test.count", pieces=2)
            jobs.send(job_id)
            assert seen == []
        consumer = queue()
        assert isinstance(consumer, SqliteHuey)
        jobs.install(consumer, app.app_context)
        consumer.execute(consumer.dequeue())
        assert seen == [1, 2]
        assert {type(task).__name__ for task in consumer._registry.periodic_tasks} >= {
            "every_resend_jobs", "every_audit_checkpoint", "every_forget_failures",
        }  # fmt: skip
    finally:
        install(app, app.config["SETTINGS"])


def test_a_routine_declared_late_is_scheduled_too(app):
    done = []

    @jobs.every("test_routine", minute="*")
    def routine() -> None:
        done.append(db.session.connection() is not None)

    tasks = {type(task).__name__: task for task in jobs._queue[0]._registry.periodic_tasks}
    tasks["every_test_routine"].execute()
    assert done == [True]
    del jobs._routines["test_routine"]
