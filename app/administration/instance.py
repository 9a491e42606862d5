"""What does this instance folder hold: demo data, or a bureau's own?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from app.config import Settings

NOTE = "contents"


class Contents(StrEnum):
    """What the database was filled with at the first start."""

    DEMO_WANTED = "demo-wanted"
    DEMO = "demo"
    OWN = "own"


def make_private(folder: Path) -> None:
    """Make the folder readable by its owner only: it holds keys and personal data."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def contents(folder: Path) -> Contents | None:
    """Return what the folder holds; None before the first start."""
    note = folder / NOTE
    return Contents(note.read_text("utf-8").strip()) if note.exists() else None


def note_contents(folder: Path, what: Contents) -> None:
    """Remember what the folder holds."""
    make_private(folder)
    (folder / NOTE).write_text(f"{what}\n", "utf-8")


def settings() -> Settings:
    """Return the settings of this installation, knowing whether demo accounts are in it."""
    found = Settings()
    if contents(found.instance_path) is Contents.DEMO:
        found.demo = True
    return found
