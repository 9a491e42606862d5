"""Do names, sizes and first lines keep the house's habits, and do tests say what they need?"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest

ROOT = Path(__file__).resolve().parents[2]
APP, TESTS = ROOT / "app", ROOT / "tests"
MODULES = sorted(
    path for folder in (APP, TESTS) for path in folder.rglob("*.py") if "vendor" not in path.parts
)
FUNCTION_LINES = 40
APP_LINES = 420
#: A table of cases may be long: nobody reads it from the top.
TEST_LINES = 600
EMPTY = {
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "handler",
    "data", "info", "process",
}  # fmt: skip
BANNED = re.compile(rf"(?:^|_)(?:{'|'.join(sorted(EMPTY))})(?:_|$)")
#: Names of other people's making that must be spelled as they are.
GIVEN = {
    "process_bind_param",
    "process_result_value",
    "process_formdata",
    "process_data",
    "QuietHandler",
}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
#: Machines and registries have no place in a file that strangers clone.
MACHINE = re.compile(
    r"(?<![\w.])/(?:wor[k]|far[m]|roo[t]|home/[a-z]+)/|py[p]i\.org|pythonh[o]sted|registry\.n[p]mjs|"
    r"deb\.debia[n]|goprox[y]|aliyu[n]"
)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has, from its ``def`` to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def faults_of_names(path: Path) -> list[str]:
    """Return the names that say nothing; the name of a test is a sentence and may."""
    found = list(definitions(path))
    wide = [path.stem, *(node.name for node in found if isinstance(node, ast.ClassDef))]
    # A function may carry a word of the trade (送达 is service, 共同上一级 the common superior);
    # alone, the word says nothing there either.
    alone = [
        n.name for n in found if n.name.strip("_").lower() in EMPTY or n.name.startswith("do_")
    ]
    named = [n for n in wide if not n.startswith("test_") and n not in GIVEN]
    split = [re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower() for name in named]
    return [*(name for name in split if BANNED.search(name)), *(n for n in alone if n not in GIVEN)]


def fault_of_first_line(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    first = (said or "").splitlines()[:1]
    return "" if first and first[0].endswith((".", "?")) else f"begins with {first}"


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_says_which_question_it_answers(path: Path) -> None:
    assert not fault_of_first_line(path)


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_names_say_what_a_thing_is(path: Path) -> None:
    assert not faults_of_names(path), "if no name comes, the thing is two things"


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_a_module_and_its_functions_are_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= (APP_LINES if APP in path.parents else TEST_LINES), f"{lines} lines: split it"
    long = [
        f"{node.name}: {length(node)} lines"
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef) and length(node) > FUNCTION_LINES
    ]
    assert not long


def tracked() -> list[Path]:
    """Return every file a stranger would get: tracked, or new and not ignored."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    paths = [ROOT / name for name in answer.stdout.decode().split("\0") if name]
    own = Path(__file__).resolve()  # names what it looks for
    return [path for path in paths if path.is_file() and "vendor" not in path.parts and path != own]


def readable(path: Path) -> str:
    """Return a text file's words; nothing for a picture or a font."""
    content = path.read_bytes()
    return "" if b"\0" in content[:8000] else content.decode("utf-8", "replace")


def test_nothing_is_left_unfinished_and_no_machine_is_named() -> None:
    faults = [
        f"{shown(path)}: {found.group()}"
        for path in tracked()
        for pattern in (UNFINISHED, MACHINE)
        for found in pattern.finditer(readable(path))
    ]
    assert not faults, faults


def test_what_touches_the_database_must_say_so() -> None:
    """The control of the rule that every run of any tests begins with."""
    marked, unmarked, bare = (
        SimpleNamespace(
            nodeid=f"{name}[1]", fixturenames=fixtures,
            get_closest_marker=lambda mark, names=marks: mark in names,
        )
        for name, fixtures, marks in (
            ("marked", ["template"], {"database"}), ("unmarked", ["app", "template"], {"slow"}),
            ("bare", ["tmp_path"], set()),
        )
    )  # fmt: skip
    assert conftest.unmarked([marked, unmarked, bare]) == {"unmarked"}


SOURCE = (
    '''"""No question here"""
def process_it():
    pass

class DataManager:
    def long(self):
'''
    + "        x = 1\n" * 41
)


def test_these_checks_see_a_fault(tmp_path: Path) -> None:
    """The control: a module with every fault is found out."""
    path = tmp_path / "date_utils.py"
    path.write_text(SOURCE, "utf-8")
    assert fault_of_first_line(path)
    assert faults_of_names(path) == ["date_utils", "data_manager"]
    assert [node.name for node in definitions(path)] == ["process_it", "DataManager", "long"]
    assert UNFINISHED.search("# TODO later")
    assert MACHINE.search("see /" + "work/main")
    assert not UNFINISHED.search("todo list")
