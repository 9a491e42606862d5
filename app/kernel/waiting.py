"""What waits for a person? One line of 待办, computed from the record itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Waiting:
    """A record and the act it waits for.

    ``ask`` is a code ("tip.triage") that labels turn into words; ``endpoint`` says where the act is
    done, ``elsewhere`` with which arguments if not with the record's own reference; ``due_on`` is
    the last day, ``due`` the words for it (DueWords).
    """

    ask: str
    kind: str
    reference: str
    title: str
    endpoint: str
    since: datetime
    due_on: date | None = None
    due: object | None = None
    elsewhere: dict[str, str] | None = None

    @property
    def arguments(self) -> dict[str, str]:
        """Return the arguments of the address where the act is done."""
        return self.elsewhere or {"reference": self.reference}

    def is_overdue(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return self.due_on is not None and self.due_on < today


def in_order(lines: Iterable[Waiting]) -> Sequence[Waiting]:
    """Order by the calendar: nearest last day first, then those without one by age."""
    return sorted(lines, key=lambda w: (w.due_on is None, w.due_on or date.max, w.since))
