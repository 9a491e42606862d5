"""What was written for the demonstration, and how is a piece of it chosen by chance?"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

FOLDER = Path(__file__).parent / "written"
T = TypeVar("T")


@cache
def read(name: str) -> dict[str, Any]:
    """Return one of the written tables."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def chance(seed: str) -> Random:
    """Return a source of chance of its own: the same story always takes the same turns."""
    return Random(f"lijian/{seed}")  # noqa: S311 - a story, not a secret


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Divide a number of things by weights, all of them handed out."""
    whole = sum(weights)
    found = [total * weight // whole for weight in weights]
    for at in range(total - sum(found)):
        found[at % len(found)] += 1
    return found


def dealt(rng: Random, things: Sequence[T], weights: Sequence[int], total: int) -> list[T]:
    """Return as many things as asked, each by its weight, in an order of chance."""
    numbers = shares(total, weights)
    found = [thing for thing, n in zip(things, numbers, strict=True) for _ in range(n)]
    rng.shuffle(found)
    return found
