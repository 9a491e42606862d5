"""Is an acknowledged tip ever lost or kept twice when the whole service is killed under load?

``.venv/bin/python -m tests.tools.kill --rounds 60 --database sqlite`` (or ``postgresql``): clients
register calls as fast as they can; at a random moment every process of the service is killed at
once; it is started again, and each client first sends again what was not answered, the very same
form.  In the end every answered call must be there once, under the number that was answered, and
no call twice.  ``--control`` resends under a new form key, as a client without one would: that must
keep doubles.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import psutil
from sqlalchemy import create_engine, text

from app import create_app
from app.administration.instance import Contents, note_contents
from app.config import Settings
from app.kernel import audit
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.people.models import SignInSession
from tests.support import databases, world
from tests.tools import postgres

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 8
#: Between these the service is killed, counted from when every client had its first answer.
SOONEST, LATEST = 0.1, 1.5
START_SECONDS = 120
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
RECEIPT = re.compile(r"/tips/([0-9-]+)/receipt")
BROKEN = (OSError, http.client.HTTPException)


@dataclass
class Call:
    """One call: its words, the form's key, and every number it was answered with."""

    words: str
    key: str
    numbers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """What became of the calls."""

    answered: int
    kept: int
    resent: int
    lost: Sequence[str]
    doubled: Sequence[str]
    renumbered: Sequence[str]

    @property
    def holds(self) -> bool:
        """Whether nothing was lost and nothing kept twice."""
        return not (self.lost or self.doubled or self.renumbered)


def judge(calls: Sequence[Call], kept: Sequence[tuple[str, str]], resent: int) -> Verdict:
    """Compare what was answered with what is there: (words, number) of every tip."""
    there = Counter(words for words, _number in kept)
    numbers: dict[str, set[str]] = {}
    for words, number in kept:
        numbers.setdefault(words, set()).add(number)
    answered = [call for call in calls if call.numbers]
    return Verdict(
        answered=len(answered),
        kept=len(kept),
        resent=resent,
        lost=[call.words for call in answered if not there[call.words]],
        doubled=[words for words, times in there.items() if times > 1],
        renumbered=[
            call.words
            for call in answered
            if not set(call.numbers) <= numbers.get(call.words, set())
        ],
    )


class Client(Thread):
    """Registers calls until the service is gone; what was not answered waits for the next one."""

    def __init__(self, port: int, cookie: str, waiting: list[Call], *, forgets: bool) -> None:
        super().__init__(daemon=True)
        self.port, self.cookie, self.waiting, self.forgets = port, cookie, waiting, forgets
        self.calls: list[Call] = []
        self.resent = 0
        self.enough, self.answered = Event(), Event()
        self.fault = ""

    def run(self) -> None:
        """Send what waits, then new calls."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with suppress(*BROKEN):
            token = self._token(connection)
            while self.waiting:
                self.resent += 1
                if self.forgets:
                    self.waiting[0].key = secrets.token_hex(16)
                self._send(connection, token, self.waiting[0])
                self.waiting.pop(0)
            while not self.enough.is_set() and not self.fault:
                call = Call(f"样例来电 {secrets.token_hex(12)}", secrets.token_hex(16))
                self.calls.append(call)
                self.waiting.append(call)
                self._send(connection, token, call)
                self.waiting.remove(call)
        connection.close()

    def _token(self, connection: http.client.HTTPConnection) -> str:
        connection.request("GET", "/tips/new", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        found = TOKEN.search(answer.read())
        given = answer.headers.get("Set-Cookie", "")
        if given.startswith("portal="):
            self.cookie = given.partition(";")[0]  # now it knows the form's token
        if found is None:
            self.fault = f"{answer.status}, no form {answer.headers.get('Location', '')}"
            raise http.client.HTTPException(self.fault)
        return found.group(1).decode()

    def _send(self, connection: http.client.HTTPConnection, token: str, call: Call) -> None:
        body = urlencode(
            {
                "csrf_token": token, "form_key": call.key, "standing": "anonymous",
                "channel": "telephone", "kinds": "report", "facts": call.words,
                "subject_name": "样例五金店", "subject_address": "青石县人民路 218 号",
            }
        )  # fmt: skip
        headers = {
            "Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://127.0.0.1:{self.port}",
        }  # fmt: skip
        connection.request("POST", "/tips/new", body, headers)
        answer = connection.getresponse()
        answer.read()
        found = RECEIPT.search(answer.headers.get("Location", ""))
        if answer.status != 303 or found is None:
            self.fault = f"{answer.status} {answer.headers.get('Location', '')}"
            raise http.client.HTTPException(self.fault)
        call.numbers.append(found.group(1))
        self.answered.set()


# The service ------------------------------------------------------------------------------------


def prepare(folder: Path, url: str) -> str:
    """Fill an instance with the test world; returns an operator's cookie."""
    app = create_app(Settings(instance_path=folder, database_url=url, testing=True, demo=True))
    token = secrets.token_urlsafe(16)
    with app.app_context():
        databases.migrate(app)
        world.build()
        with unit_of_work() as session:
            from app.kernel import clock  # noqa: PLC0415

            who, at = people.today_identity("cz.operator"), clock.now()
            session.add(
                SignInSession(
                    token_hash=people.token_hash(token), person_id=who.person_id,
                    unit_id=who.unit_id, agent="kill", source_digest="kill", began_at=at,
                    last_seen_at=at, expires_at=at.replace(year=at.year + 1),
                )
            )  # fmt: skip
        db.session.remove()
        db.engine.dispose()
    note_contents(folder, Contents.OWN)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return "; ".join(f"{c.key}={c.value}" for c in client._cookies.values())


@contextmanager
def portal(folder: Path, url: str) -> Iterator[tuple[int, list[psutil.Process]]]:
    """Run the portal; yields its port and every process; whatever is left is killed."""
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(folder), "PORTAL_INSTANCE_PATH": str(folder),
        "PORTAL_DATABASE_URL": url, "PORTAL_IDLE_MINUTES": "240",
    }  # fmt: skip
    with subprocess.Popen(
        [str(ROOT / "portal"), "run", "--port", "0", "--empty"],
        stdout=subprocess.PIPE, text=True, env=environment,
    ) as supervisor:  # fmt: skip
        everyone = [psutil.Process(supervisor.pid)]
        try:
            port = 0
            for line in supervisor.stdout or ():
                if line.strip().startswith("public"):
                    port = int(line.rstrip().rstrip("/").rpartition(":")[2])
                if line.startswith("Ctrl-C"):
                    break
            until_answered(port)
            everyone += everyone[0].children(recursive=True)
            yield port, everyone
        finally:
            kill(everyone)


def until_answered(port: int) -> None:
    """Wait for the first answer: the listening socket holds the request until then."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()


def kill(everyone: Sequence[psutil.Process]) -> None:
    """Kill every process at once: stopped first, so that none sees another die."""
    for what in (signal.SIGSTOP, signal.SIGKILL):
        for process in everyone:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(what)
    psutil.wait_procs(everyone, timeout=START_SECONDS)


def one_round(
    where: tuple[Path, str],
    cookie: str,
    waiting: list[list[Call]],
    seconds: float,
    *,
    forgets: bool,
) -> list[Client]:
    """Start, load, kill (or, with no seconds, send only what still waits); returns the clients."""
    with portal(*where) as (port, everyone):
        clients = [Client(port, cookie, calls, forgets=forgets) for calls in waiting]
        for client in clients:
            if not seconds:
                client.enough.set()
            client.start()
        if seconds:
            for client in clients:
                client.answered.wait(START_SECONDS)
            Event().wait(seconds)
            kill(everyone)
        for client in clients:
            client.join()
    faults = [client.fault for client in clients if client.fault]
    if faults:
        raise RuntimeError(f"the service answered {faults[0]}")
    return clients


def run(rounds: int, database: str, *, forgets: bool = False, seed: int = 0) -> Verdict:
    """Do the whole trial; returns what became of the calls."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kill-"))) / "i"
        folder.mkdir(mode=0o700)
        url = stack.enter_context(postgres.running()) if database == "postgresql" else ""
        cookie = prepare(folder, url)
        waiting: list[list[Call]] = [[] for _ in range(CLIENTS)]
        calls: list[Call] = []
        resent = 0
        for number in range(rounds + 1):
            seconds = chance.uniform(SOONEST, LATEST) if number < rounds else 0
            for client in one_round((folder, url), cookie, waiting, seconds, forgets=forgets):
                calls += client.calls
                resent += client.resent
            print(
                f"round {number}: {sum(bool(c.numbers) for c in calls)} answered", file=sys.stderr
            )
        if any(waiting):
            raise RuntimeError("the last service did not take what waited")
        return judge(calls, kept_in(folder, url), resent)


def kept_in(folder: Path, url: str) -> list[tuple[str, str]]:
    """Return words and number of every tip; refuses a database or a trail that does not hold."""
    settings = Settings(instance_path=folder, database_url=url, testing=True)
    with create_app(settings).app_context():
        broken = audit.first_broken()
        db.session.remove()
        db.engine.dispose()
    engine = create_engine(settings.url)
    with engine.connect() as connection:
        if not url and connection.execute(text("PRAGMA integrity_check")).scalar() != "ok":
            raise RuntimeError("the database is damaged")
        rows = connection.execute(text("SELECT facts, reference FROM tip")).all()
        clocks = connection.execute(text("SELECT count(*) FROM clock")).scalar_one()
    engine.dispose()
    if broken is not None or clocks != len(rows):
        raise RuntimeError(f"trail broken at {broken}; {len(rows)} tips, {clocks} clocks")
    return [(row.facts, row.reference) for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the trial by hand; 0 when nothing was lost or doubled (with --control: when it was)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--control", action="store_true", help="resend under a new key")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    began = time.monotonic()
    verdict = run(asked.rounds, asked.database, forgets=asked.control, seed=asked.seed)
    told: Mapping[str, object] = {
        "rounds": asked.rounds, "database": asked.database, "answered": verdict.answered,
        "kept": verdict.kept, "resent": verdict.resent, "lost": len(verdict.lost),
        "doubled": len(verdict.doubled), "renumbered": len(verdict.renumbered),
        "seconds": round(time.monotonic() - began, 1),
    }  # fmt: skip
    print(json.dumps(told))
    return int(verdict.holds == asked.control)


if __name__ == "__main__":
    sys.exit(main())
