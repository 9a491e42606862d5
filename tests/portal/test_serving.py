"""Does everything that was started end, whatever ends it?"""

from __future__ import annotations

import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from app.serving import PortInUse, address_of, listen

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30
#: A web application and a queue that need no database: what is tried here is starting and ending.
SMALL = """
import sys
from huey import SqliteHuey
from app.serving import address_of, listen, serve

def answer(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]

listener = listen("127.0.0.1", 0)
print(address_of(listener), flush=True)
sys.exit(serve(
    listener,
    make_app=lambda: answer,
    make_queue=lambda: SqliteHuey("t", filename=sys.argv[1]),
    workers=2,
))
"""


class Running:
    """A served application and every process it consists of."""

    def __init__(self, folder: Path) -> None:
        self.supervisor = subprocess.Popen(
            [sys.executable, "-P", "-c", SMALL, str(folder / "jobs.db")],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(ROOT), "HOME": str(folder)},
        )
        self.address = self.supervisor.stdout.readline().strip()
        with urllib.request.urlopen(self.address, timeout=SECONDS) as answer:  # noqa: S310
            self.body = answer.read()
        self.everyone = [psutil.Process(self.supervisor.pid)]
        self.everyone += self.everyone[0].children(recursive=True)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.supervisor.pid).children()

    def left_over(self) -> list[psutil.Process]:
        self.supervisor.wait(SECONDS)
        return psutil.wait_procs(self.everyone, timeout=SECONDS)[1]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = Running(tmp_path)
    yield started
    for process in started.everyone:
        if process.is_running():
            process.kill()
    started.supervisor.wait()
    started.supervisor.stdout.close()


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_process(running, what):
    assert running.body == b"here"
    # The supervisor, two children, and two workers of the web server at least.
    assert len(running.everyone) >= 4
    running.supervisor.send_signal(what)
    assert running.left_over() == []
    assert running.supervisor.returncode == 0


def test_children_stand_in_process_groups_of_their_own(running):
    groups = {child.pid: psutil.os.getpgid(child.pid) for child in running.children()}
    assert all(pid == group for pid, group in groups.items())


@pytest.mark.parametrize("which", [0, 1])
def test_when_one_child_dies_the_other_ends_too(running, which):
    running.children()[which].kill()
    assert running.left_over() == []
    assert running.supervisor.returncode == 1


def test_nothing_outlives_a_killed_supervisor(running):
    running.supervisor.kill()
    assert running.left_over() == []


def test_a_port_in_use_is_told_apart_from_other_faults():
    with listen("127.0.0.1", 0) as first, pytest.raises(PortInUse):
        listen("127.0.0.1", first.getsockname()[1])


def test_the_address_can_be_typed_into_a_browser():
    with listen("0.0.0.0", 0) as everywhere:  # noqa: S104 - closed again at once
        assert address_of(everywhere).startswith("http://127.0.0.1:")
