"""Which figures of its own records can a unit put into a text, and how is each counted?

A register, so that who writes texts need not know whose records they come from: a slice declares
its figures, the reader's scope and the period decide what is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.kernel.identity import Identity


@dataclass(frozen=True)
class Period:
    """Days from ``since`` to ``until``, both counted."""

    since: date
    until: date


@dataclass(frozen=True)
class Figure:
    """A figure: the name of its place in a text, the source it is counted from, and the count."""

    name: str
    source: str
    count: Callable[[Identity, Period], str]


_figures: dict[str, Figure] = {}


def declare(name: str, source: str, count: Callable[[Identity, Period], str]) -> None:
    """Offer a figure under a name that no other slice uses."""
    if name in _figures:
        raise ValueError(f"figure {name} is declared twice")
    _figures[name] = Figure(name, source, count)


def declared() -> Mapping[str, Figure]:
    """Return every figure by the name of its place."""
    return dict(_figures)
