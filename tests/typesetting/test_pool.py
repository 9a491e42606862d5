"""Does a lost, late or wrong job cost more than itself, and is nothing left behind?"""

import json
import os
import signal
from pathlib import Path

import pytest

from app.typesetting import Fault, TypesettingError, plain, typeset
from app.typesetting.pool import Pool, Terms, Worker
from tests.typesetting.conftest import BUREAU, disclosure, letter

JOB = json.dumps({
    "template": "letter", "facts": plain(letter()), "title": "样例", "author": BUREAU,
    "language": "zh-CN", "attachments": [],
}).encode()  # fmt: skip


@pytest.fixture
def pool():
    made = Pool(Terms(workers=1))
    yield made
    made.close()


def only_worker(pool):
    """The pool's one worker, started."""
    pool.ask(JOB)
    (worker,) = pool._idle.queue
    assert isinstance(worker, Worker)
    return worker


def test_the_worker_has_no_secrets_in_its_environment(pool, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "not for the typesetter")
    environment = Path(f"/proc/{only_worker(pool).process_id}/environ").read_bytes()
    assert b"FONTCONFIG_FILE" in environment
    assert b"not for the typesetter" not in environment


def test_a_killed_worker_costs_its_job_and_no_more(pool):
    worker = only_worker(pool)
    os.kill(worker.process_id, signal.SIGKILL)
    with pytest.raises(TypesettingError) as caught:
        pool.ask(JOB)
    assert caught.value.fault is Fault.WORKER_LOST
    assert not Path(worker._folder).exists()
    assert pool.ask(JOB)["pages"] == 1


def test_a_line_that_is_no_job_ends_its_worker_only(pool):
    with pytest.raises(TypesettingError) as caught:
        pool.ask(b'{"template": "letter", "attachments": []}')
    assert caught.value.fault is Fault.WORKER_LOST
    assert pool.ask(JOB)["pages"] == 1


def test_a_job_that_takes_too_long_is_ended(pool):
    worker = only_worker(pool)
    worker._terms = Terms(job_seconds=0.001)
    with pytest.raises(TypesettingError) as caught:
        pool.ask(JOB)
    assert caught.value.fault is Fault.TIMED_OUT
    with pytest.raises(ProcessLookupError):
        os.kill(worker.process_id, 0)


def test_a_worker_is_replaced_after_its_share_of_documents():
    pool = Pool(Terms(workers=1, documents_per_worker=1))
    assert pool.ask(JOB)["pages"] == 1
    assert pool._idle.queue == [None]
    assert pool.ask(JOB)["pages"] == 1


def test_nothing_is_left_behind_when_the_pool_closes(pool):
    worker = only_worker(pool)
    assert Path(worker._folder).is_dir()
    pool.close()
    assert not Path(worker._folder).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(worker.process_id, 0)


def test_a_worker_whose_caller_is_gone_ends_and_removes_what_it_wrote(pool):
    worker = only_worker(pool)
    worker._jobs.close()
    assert worker._process.wait(timeout=30) == 0
    assert not Path(worker._folder).exists()


def test_a_fork_leaves_the_workers_to_its_parent(pool):
    worker = only_worker(pool)
    pool._owner = os.getppid()  # as if this process had been forked from the one that started them
    pool._disown_inherited()
    assert pool._idle.queue == [None]
    os.kill(worker.process_id, 0)
    worker.close()


def test_a_text_without_end_is_refused_before_it_is_set():
    with pytest.raises(TypesettingError) as caught:
        typeset("disclosure", disclosure(decision=("样" * 200_001,)), title="样例", author=BUREAU)
    assert (caught.value.fault, caught.value.details) == ("too-long", ("200000",))


def test_more_than_100_pages_are_refused():
    facts = disclosure(decision=("样例。",) * 2300)
    with pytest.raises(TypesettingError) as caught:
        typeset("disclosure", facts, title="样例", author=BUREAU)
    assert (caught.value.fault, caught.value.details) == ("too-many-pages", ("100",))


@pytest.mark.database
@pytest.mark.parametrize(
    ("template", "facts", "fault"),
    [
        ("poster", disclosure(), "unknown-template"),
        ("notice", disclosure(), "wrong-facts"),
        ("disclosure", {"decision_number": "样例"}, "wrong-facts"),
        ("disclosure", {"surprise": "样例"}, "wrong-facts"),
        ("letter", {**plain(letter()), "signed_on": "2026-02-30"}, "wrong-facts"),
        ("letter", {**plain(letter()), "body": 7}, "wrong-facts"),
        ("letter", {**plain(letter()), "organ": 7}, "wrong-facts"),
    ],
)
def test_the_wrong_facts_never_reach_a_worker(template, facts, fault):
    with pytest.raises(TypesettingError) as caught:
        typeset(template, facts, title="样例", author=BUREAU)
    assert caught.value.fault == fault


def test_a_stored_publication_gives_the_same_file_as_its_facts():
    facts = letter()
    made = typeset("letter", facts, title="样例", author=BUREAU)
    assert typeset("letter", plain(facts), title="样例", author=BUREAU).sha256 == made.sha256
