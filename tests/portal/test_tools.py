"""Are the tools of the tests what they claim to be, and do they count rightly?"""

from __future__ import annotations

import ast
import hashlib
import re
import shutil
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.tools import suite, vnu
from tests.tools.suite import Counts

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "tests" / "vendor"
LOCKS = (ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock")
REPORT = """<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>"""


def vendored() -> dict[str, dict[str, str]]:
    manifest = tomllib.loads((VENDOR / "MANIFEST.toml").read_text("utf-8"))
    return {entry["path"]: entry for entry in manifest["file"]}


def test_every_vendored_file_is_the_published_one():
    listed = vendored()
    present = {p.relative_to(VENDOR).as_posix() for p in VENDOR.rglob("*") if p.is_file()}
    assert present - {"MANIFEST.toml"} == set(listed)
    for path, entry in listed.items():
        assert hashlib.sha256((VENDOR / path).read_bytes()).hexdigest() == entry["sha256"], path
        assert (VENDOR / entry["licence_file"]).exists()


def test_a_wrong_download_is_refused(tmp_path):
    (tmp_path / "vnu.jar").write_bytes(b"something else")
    with pytest.raises(vnu.NotTheChecker, match="SHA-256"):
        vnu.require_digest(tmp_path / "vnu.jar", vnu._wanted()["sha256"])


def test_the_html_checker_finds_a_planted_error():
    if not vnu.available():
        pytest.skip("HTML checker: not here")
    good = "<!doctype html><html lang=zh><title>示例</title><p>好"
    found = vnu.errors({"good": good, "bad": good + "<img src=x>"})
    assert len(found) == 1
    assert found[0].startswith("bad:1: An “img” element must have an “alt” attribute")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.parent.name)
def test_a_lock_has_hashes_and_no_addresses(lock):
    content = lock.read_text("utf-8")
    assert not re.search(
        r"https?:|file:|--index-url|--extra-index|--find-links|-e |\bgit\+", content
    )
    pins = re.findall(r"^[a-z0-9].*$", content, re.MULTILINE)
    assert pins
    for pin in pins:
        assert re.match(r"^[a-z0-9._-]+==[^ ]+ .*\\$", pin), pin
    # Each pin is followed by at least one digest.
    assert len(re.findall(r"==[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", content)) == len(pins)


def test_the_locks_agree_and_test_tools_stay_out_of_the_first():
    runtime, test = (
        dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert {name for name in runtime.keys() & test.keys() if runtime[name] != test[name]} == set()
    assert not {"pytest", "playwright", "ruff", "mypy", "djlint"} & set(runtime)
    assert runtime["weasyprint"] == "70.0"


def imported(folder: Path) -> set[str]:
    """Return the names of all packages imported below a folder, wherever in a file."""
    names = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
    return {name.partition(".")[0] for name in names}


def test_the_application_imports_nothing_that_the_first_lock_does_not_install():
    foreign = imported(ROOT / "app") | imported(ROOT / "migrations")
    foreign -= {"app", *sys.stdlib_module_names}
    pins = set(re.findall(r"^([a-z0-9._-]+)==", LOCKS[0].read_text("utf-8"), re.MULTILINE))
    providers = packages_distributions()
    missing = {
        name
        for name in foreign
        if not pins & {re.sub(r"[-_.]+", "-", maker).lower() for maker in providers[name]}
    }
    assert missing == set()


def test_counts_come_from_the_report_and_errors_are_failures(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT, "utf-8")
    counts = suite.read_counts(report)
    assert counts == Counts(passed=3, failed=3, skipped=3)
    assert str(counts + Counts(passed=1)) == "4 passed, 3 failed, 3 skipped"


def test_a_run_that_wrote_no_report_is_a_failure(tmp_path):
    assert suite.read_counts(tmp_path / "absent.xml").failed == 1


def plant(monkeypatch: pytest.MonkeyPatch, folder: Path, *, check: int, tests: str) -> int:
    """Run the suite's bookkeeping over one check and one test run of our own making."""
    python = shutil.which("python3")
    (folder / "test_planted.py").write_text(tests, "utf-8")
    monkeypatch.setattr(
        suite, "CHECKS", (("planted", [python, "-c", f"raise SystemExit({check})"]),)
    )
    monkeypatch.setattr(
        suite,
        "RUNS",
        dict.fromkeys(("one", "other"), ("--noconftest", str(folder / "test_planted.py"))),
    )
    monkeypatch.setattr(suite, "RESULTS", folder / "results")
    monkeypatch.setattr(suite, "_fetch_html_checker", lambda: True)
    return suite.run_everything()


@pytest.mark.parametrize(
    ("check", "tests", "code", "last"),
    [
        (0, "def test_it(): pass", 0, "2 passed, 0 failed, 0 skipped"),
        (1, "def test_it(): pass", 1, "2 passed, 0 failed, 0 skipped"),
        (0, "def test_it(): raise ValueError", 1, "0 passed, 2 failed, 0 skipped"),
        (0, "1 / 0", 1, "0 passed, 2 failed, 0 skipped"),
        (0, "", 1, "0 passed, 0 failed, 0 skipped"),
    ],
)  # fmt: skip
def test_the_exit_code_follows_checks_and_tests(
    monkeypatch, tmp_path, capfd, check, tests, code, last
):
    assert plant(monkeypatch, tmp_path, check=check, tests=tests) == code
    assert capfd.readouterr().out.splitlines()[-1] == last
