"""How do the state tables look as pictures? ``./portal workflows`` draws them into the docs."""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from app.config import ROOT
from app.kernel.workflow import Workflow
from app.slices import STAFF

FOLDER = ROOT / "docs" / "generated"


def add_commands(verbs: Any) -> None:
    """Add the verb ``workflows``."""
    parser = verbs.add_parser("workflows", help="draw the state tables into docs/generated")
    parser.set_defaults(run=draw)


def workflows() -> dict[str, Workflow]:
    """Return every slice's state table by the slice's name."""
    found = {}
    for name in STAFF:
        if find_spec(f"app.{name}.rules"):
            flow = getattr(import_module(f"app.{name}.rules"), "WORKFLOW", None)
            if isinstance(flow, Workflow):
                found[name] = flow
    return found


def draw(_asked: argparse.Namespace) -> int:
    """Write one Mermaid file a table."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, flow in workflows().items():
        (FOLDER / f"workflow-{name}.mmd").write_text(flow.mermaid(), "utf-8")
    return 0
