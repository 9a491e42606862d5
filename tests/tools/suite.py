"""What does ``./portal test`` run, in which order, and how does it count?

Without arguments: the checks of the source, then every test on SQLite, those of the browser and of
the verbs in runs of their own, and beside them the tests marked ``database`` on PostgreSQL; two
runs at a time.  All of it runs even when something fails, so that one run tells everything; the
exit code is 0 only when all succeeded and the last line counts all test runs.  With arguments:
pytest alone, with these arguments.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
POSTGRESQL = "postgresql"
#: Longest first. The first is shown as it goes; the others, run beside it, when all are done.
RUNS: dict[str, tuple[str, ...]] = {
    "sqlite": ("--ignore=tests/browser", "--ignore=tests/portal"),
    POSTGRESQL: ("-m", "database"),
    "browser": ("tests/browser",),
    "portal": ("tests/portal",),
}
AT_ONCE = 2


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


def _pytest(*arguments: str, run: str = "", output: IO[str] | None = None) -> int:
    """Run tests to the end; their words go to ``output``, or where everybody's go."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    if run:
        environment["PORTAL_TEST_DATABASE"] = POSTGRESQL if run == POSTGRESQL else "sqlite"
        arguments = (f"--junitxml={_report(run)}", *arguments)
    command = [sys.executable, "-P", "-m", "pytest", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False
    ).returncode


def _beside(run: str) -> int:
    """Run tests whose words are shown later."""
    with _words(run).open("w", encoding="utf-8") as words:
        return _pytest(*RUNS[run], run=run, output=words)


def _report(run: str) -> Path:
    return RESULTS / f"{run}.xml"


def _words(run: str) -> Path:
    return RESULTS / f"{run}.txt"


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
    """Make all test runs, some at once; returns which succeeded."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    shown, *others = RUNS
    for run in RUNS:
        _report(run).unlink(missing_ok=True)
    print(f"--- pytest: {', beside it '.join(RUNS)}", flush=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        codes = {shown: pool.submit(_pytest, *RUNS[shown], run=shown)}
        codes |= {run: pool.submit(_beside, run) for run in others}
    for run in others:
        print(f"--- pytest: {run}", _words(run).read_text("utf-8"), sep="\n", flush=True)
    return {f"pytest: {run}": code.result() == 0 for run, code in codes.items()}


def run_everything() -> int:
    """Run all checks and all tests; returns 0 only when every one succeeded."""
    outcomes = {"HTML checker": _fetch_html_checker()}
    for name, command in CHECKS:
        print(f"--- {name}", flush=True)
        began = time.monotonic()
        outcomes[name] = subprocess.run(command, cwd=ROOT, check=False).returncode == 0
        print(f"    {'ok' if outcomes[name] else 'FAILED'}, {time.monotonic() - began:.1f} s")
    outcomes |= _run_tests()
    total = sum((read_counts(_report(run)) for run in RUNS), Counts())
    broken = [name for name, succeeded in outcomes.items() if not succeeded]
    if broken:
        print(f"portal test: FAILED: {', '.join(broken)}")
    print(total)
    return 1 if broken or total.failed or not total.passed else 0


def main(arguments: Sequence[str]) -> int:
    """Run everything, or pytest alone when there are arguments."""
    if not arguments:
        return run_everything()
    return _pytest(*arguments) if _fetch_html_checker() else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
