"""What may a reporter still add or judge, and what does the bureau count of it?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from app.tips.rules import OPEN, TipState

#: From very dissatisfied to very satisfied.
SCORES = (1, 2, 3, 4, 5)
#: An end that the reporter can judge: a tip that was joined to another ends with that one.
JUDGED = frozenset(TipState) - OPEN - {TipState.MERGED}


class MessageKind(StrEnum):
    """Who writes: the bureau asks, the reporter adds."""

    QUESTION = "question"
    ADDITION = "addition"


def average(counts: Sequence[int]) -> float:
    """Return the mean score of how often each score was given; 0 when none was."""
    total = sum(counts)
    weighted = sum(score * count for score, count in zip(SCORES, counts, strict=True))
    return weighted / total if total else 0.0
