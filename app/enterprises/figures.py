"""What do the slices above count about an enterprise, for those who see only the number?

A slice registers a word and a counter; whoever shows an enterprise in passing shows the figures,
whatever records lie behind them stays with the slice and its permissions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Counter = Callable[[Sequence[int]], Mapping[int, int]]

_counters: dict[str, tuple[Any, Counter]] = {}


def register(name: str, label: Any, counter: Counter) -> None:
    """Add a figure; ``counter`` takes the enterprises' ids and may leave out those with none."""
    _counters[name] = (label, counter)


def of(enterprise_id: int) -> list[tuple[Any, int]]:
    """Return the figures of an enterprise, zero included, in the order of registration."""
    return [
        (label, counter([enterprise_id]).get(enterprise_id, 0))
        for label, counter in _counters.values()
    ]
