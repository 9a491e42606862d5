"""Who keeps the typesetting processes, and what happens when one is late or dies?

Web workers and the job runner never load WeasyPrint: they hand a line of JSON to a child process
that was warmed up before, and wait. Each child is used for some hundreds of documents and then
replaced.
"""

import atexit
import json
import os
import selectors
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import Empty, LifoQueue
from typing import IO, Any, cast

from app.typesetting.errors import Fault, TypesettingError
from app.typesetting.faces import FOLDER_VARIABLE
from app.typesetting.worker import BOOT

APP_FOLDER = Path(__file__).parents[1]
NO_SYSTEM_FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>\n'
)
# Tried in this order: as root, as an ordinary user where the kernel lets him have a namespace.
WAYS_TO_ISOLATE = (
    ("unshare", "--net", "--"),
    ("unshare", "--user", "--map-current-user", "--net", "--"),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How much a pool may use."""

    workers: int = max(1, min(4, os.cpu_count() or 1))
    start_seconds: float = 60.0
    job_seconds: float = 90.0
    documents_per_worker: int = 500


@cache
def isolation() -> tuple[str, ...]:
    """The command prefix that takes the network from a process; empty if not permitted."""
    for way in WAYS_TO_ISOLATE:
        if shutil.which(way[0]) is None:
            continue
        tried = subprocess.run([*way, "true"], capture_output=True, check=False)  # noqa: S603 — constants
        if tried.returncode == 0:
            return way
    return ()


class Worker:
    """One child process. Not to be shared between threads while it works."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._folder = tempfile.mkdtemp(prefix="lijian-typesetting-")
        configuration = Path(self._folder) / "fonts.conf"
        configuration.write_text(NO_SYSTEM_FONTS, encoding="utf-8")
        self._process = subprocess.Popen(  # noqa: S603 — this interpreter, a constant program
            [*isolation(), sys.executable, "-P", "-s", "-c", BOOT, str(APP_FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=self._folder,
            env=self._environment(configuration),
            bufsize=0,
        )
        self._jobs = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)
        self.documents = 0
        self.isolated = bool(self._read(terms.start_seconds)["isolated"])

    @property
    def process_id(self) -> int:
        return self._process.pid

    def ask(self, job: bytes) -> dict[str, Any]:
        """The answer to one job; the worker is closed when it gives none."""
        self.documents += 1
        try:
            self._jobs.write(job + b"\n")
        except BrokenPipeError as error:
            self.close()
            raise TypesettingError(Fault.WORKER_LOST) from error
        return self._read(self._terms.job_seconds)

    def close(self) -> None:
        """End the process and remove what it wrote."""
        self._process.kill()
        self._process.wait()
        self._jobs.close()
        self._answers.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _environment(self, configuration: Path) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", FOLDER_VARIABLE) if name in os.environ}
        return kept | {
            "FONTCONFIG_FILE": str(configuration),
            "HOME": self._folder,
            "LANG": "C.UTF-8",
            "MALLOC_ARENA_MAX": "1",
            "MALLOC_MMAP_THRESHOLD_": str(1 << 20),
            "PYTHONHASHSEED": "0",  # the same order of everything, the same bytes
            "TMPDIR": self._folder,
        }

    def _read(self, seconds: float) -> dict[str, Any]:
        """One line of JSON, or the end of this worker."""
        line = bytearray()
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._answers, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                chunk = os.read(self._answers.fileno(), 1 << 20) if ready else b""
                if not chunk:
                    self.close()
                    raise TypesettingError(Fault.WORKER_LOST if ready else Fault.TIMED_OUT)
                line += chunk
        answer: dict[str, Any] = json.loads(line)
        return answer


class Pool:
    """A few workers, started when first needed, lent to one thread at a time."""

    def __init__(self, terms: Terms | None = None) -> None:
        self._terms = terms or Terms()
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._reset()

    def _reset(self) -> None:
        self._started = 0
        self._idle: LifoQueue[Worker | None] = LifoQueue()
        for _ in range(self._terms.workers):
            self._idle.put(None)

    def ask(self, job: bytes) -> dict[str, Any]:
        """Have ``job`` done by the next free worker; raises ``TypesettingError``."""
        self._disown_inherited()
        try:
            worker = self._idle.get(timeout=self._terms.job_seconds)
        except Empty as error:
            raise TypesettingError(Fault.TIMED_OUT) from error
        kept: Worker | None = None
        try:
            worker = worker or Worker(self._terms)
            answer = worker.ask(job)
            if worker.documents < self._terms.documents_per_worker:
                kept = worker
            else:
                worker.close()
            return answer
        finally:
            self._idle.put(kept)

    def close(self) -> None:
        """End all idle workers; the pool starts new ones when it is asked again."""
        self._disown_inherited()
        for _ in range(self._terms.workers):
            try:
                worker = self._idle.get_nowait()
            except Empty:
                break
            if worker:
                worker.close()
        self._reset()

    def _disown_inherited(self) -> None:
        """After a fork the workers still belong to the parent."""
        with self._lock:
            if self._owner != os.getpid():
                self._owner = os.getpid()
                self._reset()


POOL = Pool()
atexit.register(POOL.close)
