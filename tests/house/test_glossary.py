"""Is every slice, state, act and permission in the glossary, with its Chinese term?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from app.administration.diagrams import workflows
from app.kernel import permissions
from app.slices import PUBLIC, STAFF

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"


def identifiers() -> set[str]:
    """Return every identifier the glossary explains."""
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    return {name for cell in rows for name in re.findall(r"`([^`]+)`", cell)}


def test_every_slice_is_explained() -> None:
    present = {name for name in (*STAFF, *PUBLIC) if (GLOSSARY.parents[1] / "app" / name).exists()}
    assert not present - identifiers()


def test_every_state_and_act_is_explained() -> None:
    wanted = set()
    for name, flow in workflows().items():
        noun = flow.name
        wanted |= {
            f"{noun}.{state.value}" for t in flow.transitions for state in (t.state, t.target)
        }
        wanted |= {f"{noun}.{t.action.value}" for t in flow.transitions}
        assert name
    missing = {w for w in wanted if w not in identifiers()}
    assert not missing, sorted(missing)


@pytest.mark.database
def test_every_permission_is_explained(app: Flask) -> None:
    missing = set(permissions.declared()) - identifiers()
    assert not missing, sorted(missing)
