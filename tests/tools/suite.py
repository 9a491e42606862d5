"""What does ``./portal test`` run, in which order, and how does it count?

Without arguments: the checks of the source, then every test on SQLite and, beside it, the tests
marked ``database`` on PostgreSQL.  All of it runs even when something fails, so that one run tells
everything; the exit code is 0 only when all succeeded and the last line counts both test runs.
With arguments: pytest alone, with these arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.tools import vnu

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / ".cache" / "results"
BIN = Path(sys.executable).parent
SOURCE = ("app", "tests", "migrations", "wsgi.py")
CHECKS = (
    ("ruff check", [str(BIN / "ruff"), "check", *SOURCE]),
    ("ruff format --check", [str(BIN / "ruff"), "format", "--check", "--quiet", *SOURCE]),
    ("mypy", [sys.executable, "-m", "mypy", "--no-error-summary"]),
    ("lint-imports", [str(BIN / "lint-imports"), "--no-logo"]),
    ("template lint", [str(BIN / "djlint"), "--quiet", "--lint", "app"]),
)
#: Tests of other machinery only ever run on the first database, which is shown as it goes; what is
#: run beside it is shown when it is done.
RUNS: dict[str, tuple[str, ...]] = {"sqlite": (), "postgresql": ("-m", "database")}


@dataclass(frozen=True)
class Counts:
    """How many tests passed, failed (or broke) and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def read_counts(report: Path) -> Counts:
    """Read what a test run wrote down; a run that wrote nothing counts as one failure."""
    if not report.exists():
        return Counts(failed=1)
    suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - written by pytest just now
    total = Counts()
    for suite in suites:
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        total += Counts(int(suite.get("tests", 0)) - failed - skipped, failed, skipped)
    return total


def _pytest(
    *arguments: str, database: str = "", output: IO[str] | None = None
) -> subprocess.Popen[str]:
    """Start a test run; its words go to ``output``, or where everybody's go."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    if database:
        environment["PORTAL_TEST_DATABASE"] = database
        arguments = (f"--junitxml={_report(database)}", *arguments)
    command = [sys.executable, "-P", "-m", "pytest", *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=output, stderr=output, text=True
    )


def _report(database: str) -> Path:
    return RESULTS / f"{database}.xml"


def _fetch_html_checker() -> bool:
    """Get the HTML checker where Java is; on the build machine it must be there."""
    try:
        fetched = vnu.fetch()
    except subprocess.CalledProcessError as fault:
        print(fault.stderr.decode(errors="replace"), file=sys.stderr)
        fetched = False
    if not fetched:
        print("HTML checker: not to be had here, its tests will be skipped", flush=True)
    return fetched or os.environ.get("CI") != "true"


def _run_tests() -> dict[str, bool]:
    """Run the tests on all databases at once; returns which run succeeded."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    shown, *beside = RUNS
    running = {}
    for database in RUNS:
        _report(database).unlink(missing_ok=True)
    for database in beside:
        with _words(database).open("w", encoding="utf-8") as words:
            running[database] = _pytest(*RUNS[database], database=database, output=words)
    print(f"--- pytest on {', beside it on '.join(RUNS)}", flush=True)
    outcomes = {shown: _pytest(*RUNS[shown], database=shown).wait() == 0}
    for database, run in running.items():
        outcomes[database] = run.wait() == 0
        print(
            f"--- pytest on {database}", _words(database).read_text("utf-8"), sep="\n", flush=True
        )
    return {f"pytest on {database}": succeeded for database, succeeded in outcomes.items()}


def _words(database: str) -> Path:
    return RESULTS / f"{database}.txt"


def run_everything() -> int:
    """Run all checks and all tests; returns 0 only when every one succeeded."""
    outcomes = {"HTML checker": _fetch_html_checker()}
    for name, command in CHECKS:
        print(f"--- {name}", flush=True)
        began = time.monotonic()
        outcomes[name] = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
        print(f"    {'ok' if outcomes[name] else 'FAILED'}, {time.monotonic() - began:.1f} s")
    outcomes |= _run_tests()
    total = sum((read_counts(_report(database)) for database in RUNS), Counts())
    broken = [name for name, succeeded in outcomes.items() if not succeeded]
    if broken:
        print(f"portal test: FAILED: {', '.join(broken)}")
    print(total)
    return 1 if broken or total.failed or not total.passed else 0


def main(arguments: Sequence[str]) -> int:
    """Run everything, or pytest alone when there are arguments."""
    if not arguments:
        return run_everything()
    return _pytest(*arguments).wait() if _fetch_html_checker() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
