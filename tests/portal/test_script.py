"""What does the script do before there is any Python environment?"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import build_parser

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "portal"
TOOLS = ("sh", "dirname", "readlink", "cat", "grep", "tr", "id", "env", "python3", "printf", "rm")
DONE, WRONG_USAGE, MACHINE_LACKS = 0, 2, 3


def run(
    *arguments: str, script: Path = SCRIPT, **options: object
) -> subprocess.CompletedProcess[str]:
    command = [str(script), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, **options
    )


@pytest.fixture
def poor_machine() -> Iterator[Path]:
    """A folder with the script and a search path that has neither browser nor sudo."""
    # pytest's own folders are closed to other users, and the script must run as one.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copy(SCRIPT, folder / "portal")
    path = folder / "path"
    path.mkdir()
    for tool in TOOLS:
        (path / tool).symlink_to(shutil.which(tool, path="/usr/bin:/bin") or "/nonexistent")
    apt = path / "apt-get"
    apt.write_text(f"#!/bin/sh\necho asked >{folder}/apt-was-asked\n")
    apt.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody() -> dict[str, object]:
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",), ("-h",)])
def test_alone_it_prints_a_short_help(arguments):
    done = run(*arguments)
    assert done.returncode == DONE
    assert "./portal run" in done.stdout
    assert "./portal test" in done.stdout
    assert "Exit codes" in done.stdout
    assert len(done.stdout.splitlines()) < 30


def test_the_help_names_every_verb():
    shown = run().stdout
    verbs = next(action.choices for action in build_parser()._actions if action.choices)
    missing = [
        verb for verb in verbs if not re.search(rf"^  (\./portal )?{verb}\b", shown, re.MULTILINE)
    ]
    assert missing == []
    assert {"run", "check", "bench"} <= set(verbs)


@pytest.mark.parametrize("verb", ["run", "test"])
def test_help_of_a_verb_prepares_nothing(verb, poor_machine):
    done = run(verb, "--help", script=poor_machine / "portal")
    assert done.returncode == DONE
    assert done.stdout.startswith(f"usage: ./portal {verb}")
    assert not (poor_machine / ".venv").exists()


def test_an_unknown_option_is_wrong_usage():
    done = run("--frobnicate")
    assert done.returncode == WRONG_USAGE
    assert "./portal run" in done.stderr


def test_without_rights_it_prints_the_one_line_and_stops(poor_machine):
    done = run(
        "test",
        script=poor_machine / "portal",
        env={"PATH": str(poor_machine / "path")},
        **as_nobody(),
    )
    assert done.returncode == MACHINE_LACKS
    lines = [line for line in done.stderr.splitlines() if "apt-get install" in line]
    assert len(lines) == 1
    assert lines[0].startswith("sudo sh -c 'apt-get update && apt-get install -y")
    assert {"chromium", "poppler-utils", "fonts-noto-cjk"} <= set(lines[0].rstrip("'").split())
    assert not (poor_machine / "apt-was-asked").exists()
    assert not (poor_machine / ".venv").exists()


def test_without_apt_it_names_the_packages(poor_machine):
    (poor_machine / "path" / "apt-get").unlink()
    done = run("test", script=poor_machine / "portal", env={"PATH": str(poor_machine / "path")})
    assert done.returncode == MACHINE_LACKS
    assert "chromium" in done.stderr


def test_the_build_machine_insists_on_the_html_checker(poor_machine):
    done = run(
        "test",
        script=poor_machine / "portal",
        env={"PATH": str(poor_machine / "path"), "CI": "true"},
        **as_nobody(),
    )
    assert {"default-jre-headless", "npm"} <= set(done.stderr.replace("'", " ").split())


def test_scripts_may_be_executed():
    for script in (SCRIPT, ROOT / ".ci" / "run"):
        assert script.stat().st_mode & stat.S_IXUSR


def test_the_build_machine_calls_exactly_the_one_command():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "./portal test"
    assert len(commands) == 3


def test_a_reader_who_has_enough_is_no_fault(tmp_path: Path) -> None:
    with subprocess.Popen(
        [str(SCRIPT), "deadline", "--list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PORTAL_INSTANCE_PATH": str(tmp_path)},
    ) as verb:  # fmt: skip
        verb.stdout.close()
        assert verb.stderr.read() == b""
    assert verb.returncode == 1
