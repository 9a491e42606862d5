"""How is a record's audit trail shown as its timeline?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.web import words


class Happening(Protocol):
    """What the people slice tells of one audit entry."""

    @property
    def at(self) -> datetime: ...
    @property
    def event(self) -> str: ...
    @property
    def by(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


@dataclass(frozen=True)
class Line:
    """One line of a timeline, as the component wants it."""

    at: datetime
    title: str
    by: str
    detail: str
    filled: bool = True


_sources: list[Callable[[str, str], Iterable[Happening]]] = []


def told_by(source: Callable[[str, str], Iterable[Happening]]) -> None:
    """Let the people slice, who knows the names, tell what happened to a record."""
    _sources[:] = [source]


def lines_of(kind: str, reference: str) -> list[Line]:
    """Return a record's timeline, for pages of the house that know no slice."""
    return lines(_sources[0](kind, reference)) if _sources else []


def lines(happenings: Iterable[Happening], *, hollow: Collection[str] = ()) -> list[Line]:
    """Put audit entries into the reader's words; ``hollow`` events ask or send, others decide."""
    return [
        Line(
            at=h.at,
            title=words.event(h.event),
            by=f"{h.unit} {h.by}".strip(),
            detail=words.detail(h.event, h.facts),
            filled=h.event not in hollow,
        )
        for h in happenings
    ]
