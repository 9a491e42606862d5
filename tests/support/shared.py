"""Where does the real input lie that tests read but never copy?"""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def shared_or_skip(name: str) -> Path:
    """Return a handbook folder or file; skip by name where it is not at hand."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared/{name} is not at hand")
    return path


def samples(kind: str) -> list[Path]:
    """Return the sample texts of a kind (``tips`` or ``penalties``), empty when absent."""
    return sorted((SHARED / "samples" / kind).glob("*.txt"))
