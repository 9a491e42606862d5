"""Are the state tables sound, worded, guarded and drawn?"""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module

import pytest

from app.administration.diagrams import FOLDER, workflows
from app.kernel import permissions
from app.kernel.workflow import Transition, Workflow


@pytest.mark.parametrize("name", sorted(workflows()))
def test_every_step_asks_for_a_declared_permission(name: str) -> None:
    import_module(f"app.{name}.access")
    declared = permissions.declared()
    for step in workflows()[name].transitions:
        assert step.permission in declared, step


@pytest.mark.parametrize("name", sorted(workflows()))
def test_the_drawn_diagram_is_the_table(name: str) -> None:
    drawn = FOLDER / f"workflow-{name}.mmd"
    assert drawn.exists(), "run ./portal workflows"
    assert drawn.read_text("utf-8") == workflows()[name].mermaid(), "run ./portal workflows"


class S(StrEnum):
    A = "a"
    B = "b"
    C = "c"


class D(StrEnum):
    GO = "go"


def test_an_unreachable_state_is_refused_at_import() -> None:
    with pytest.raises(ValueError, match="unreachable"):
        Workflow("x", [Transition(S.A, D.GO, S.B, "p")], start=[S.A], final=[S.B])


def test_a_dead_end_is_refused_at_import() -> None:
    steps = [Transition(S.A, D.GO, S.B, "p")]
    with pytest.raises(ValueError, match="dead end"):
        Workflow("x", steps, start=[S.A], final=[], retired=[S.C])


def test_a_step_declared_twice_is_refused_at_import() -> None:
    steps = [Transition(S.A, D.GO, S.B, "p"), Transition(S.A, D.GO, S.C, "p")]
    with pytest.raises(ValueError, match="twice"):
        Workflow("x", steps, start=[S.A], final=[S.B, S.C])


def test_an_act_with_two_permissions_is_refused_at_import() -> None:
    steps = [Transition(S.A, D.GO, S.B, "p"), Transition(S.B, D.GO, S.C, "q")]
    with pytest.raises(ValueError, match="two permissions"):
        Workflow("x", steps, start=[S.A], final=[S.C])
