"""Does ``./portal run`` start quickly, keep its secrets to itself and end completely?"""

from __future__ import annotations

import signal
import stat
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from app.administration.instance import Contents, note_contents

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 120
REFUSED, PORT_IN_USE = 1, 4
#: A second start takes under 3 s where nothing else runs; a busy build machine may take longer.
SECOND_START = 30.0

pytestmark = pytest.mark.slow


@dataclass
class Started:
    """A running portal: what it printed, how long it took, of which processes it consists."""

    supervisor: subprocess.Popen[str]
    printed: list[str]
    seconds: float
    everyone: list[psutil.Process]

    def end(self, what: signal.Signals = signal.SIGINT) -> list[psutil.Process]:
        self.supervisor.send_signal(what)
        self.supervisor.wait(SECONDS)
        return psutil.wait_procs(self.everyone, timeout=SECONDS)[1]


def environment(instance: Path) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(instance), "PORTAL_INSTANCE_PATH": str(instance)}


@contextmanager
def portal(instance: Path) -> Iterator[Started]:
    began = time.monotonic()
    with subprocess.Popen(
        [str(ROOT / "portal"), "run", "--port", "0", "--empty"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(instance),
    ) as supervisor:
        everyone = [psutil.Process(supervisor.pid)]
        try:
            printed = []
            while (line := supervisor.stdout.readline()) and not line.startswith("Ctrl-C"):
                printed.append(line.strip())
            assert line, f"it did not start: {printed}"
            address = next(line.split()[-1] for line in printed if line.startswith("public"))
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310
                assert answer.status == 200
                answer.read(1)
            seconds = time.monotonic() - began
            everyone += everyone[0].children(recursive=True)
            yield Started(supervisor, printed, seconds, everyone)
        finally:
            for process in everyone:
                if process.is_running():
                    process.kill()


def verb(instance: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run another verb on the instance folder to its end."""
    return subprocess.run(
        [str(ROOT / "portal"), *arguments],
        capture_output=True, text=True, check=False, timeout=SECONDS,
        env=environment(instance) | settings,
    )  # fmt: skip


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder that has been started once."""
    folder = tmp_path_factory.mktemp("run") / "instance"
    with portal(folder) as started:
        assert started.end() == []
        assert started.supervisor.returncode == 0
    return folder


def test_a_second_start_answers_quickly(instance):
    with portal(instance) as started:
        print(f"second start: first byte after {started.seconds:.2f} s")  # noqa: T201
        assert started.seconds < SECOND_START


@pytest.mark.parametrize("what", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_script_and_all_it_started_end_together(instance, what):
    with portal(instance) as started:
        assert len(started.everyone) >= 4
        assert started.end(what) == []
        assert started.supervisor.returncode == 0


def test_secrets_are_readable_by_their_owner_only(instance):
    def mode(path: Path) -> int:
        return stat.S_IMODE(path.stat().st_mode)

    assert mode(instance) == 0o700
    assert mode(instance / "keys") == 0o700
    keys = sorted(path.name for path in (instance / "keys").iterdir())
    assert {"session.json", "vault.json"} <= set(keys)
    assert all(mode(path) == 0o600 for path in (instance / "keys").iterdir())


def test_a_port_in_use_is_said_plainly(instance):
    with portal(instance) as started:
        port = started.printed[1].rstrip("/").rpartition(":")[2]
        second = verb(instance, "run", "--port", port)
    assert second.returncode == PORT_IN_USE
    assert f"port {port} on 127.0.0.1 is in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_an_empty_start_stays_empty(instance):
    assert (instance / "contents").read_text("utf-8").strip() == "own"


def test_a_setting_that_cannot_be_used_is_said_plainly(instance):
    done = verb(instance, "run", "--port", "0", PORTAL_FACE="sideways")
    assert done.returncode == REFUSED
    assert "face" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_administrators_found_the_first_bureau(instance):
    person = ("--name", "示范·管理", "--unit", "990100")
    founding = ("--found", "澄州市市场监督管理局")
    first = verb(
        instance,
        "admin",
        "create",
        "sample.a",
        "--role",
        "system_administrator",
        *person,
        *founding,
    )
    assert (first.returncode, first.stderr) == (0, "")
    assert "shown this once" in first.stdout
    again = verb(
        instance, "admin", "create", "sample.b", "--role", "audit_administrator", *person, *founding
    )
    assert again.returncode == REFUSED
    assert "leave --found out" in again.stderr
    second = verb(instance, "admin", "create", "sample.b", "--role", "audit_administrator", *person)
    assert second.returncode == 0


def test_a_backup_of_a_running_portal_can_be_restored_when_it_stopped(instance, tmp_path):
    copy = str(tmp_path / "copy")
    with portal(instance) as started:
        assert verb(instance, "backup", "make", "--to", copy).returncode == 0
        running = verb(instance, "restore", copy, "--replace")
        assert (running.returncode, "stop it first" in running.stderr) == (REFUSED, True)
        assert started.end() == []
    assert verb(instance, "backup", "verify", copy).returncode == 0
    restored = verb(instance, "restore", copy, "--replace")
    assert (restored.returncode, restored.stderr) == (0, "")
    with portal(instance) as started:
        assert started.end() == []


def test_a_first_start_that_was_interrupted_is_begun_anew(tmp_path):
    folder = tmp_path / "instance"
    note_contents(folder, Contents.DEMO_WANTED)
    (folder / "portal.db").write_bytes(b"half of it")
    with portal(folder) as started:
        assert started.end() == []
    assert (folder / "contents").read_text("utf-8").strip() == "own"
