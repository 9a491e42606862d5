"""Is a door open to whoever knocks, and what do they read when it is shut?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.public import actions, labels, queries
from app.public.rules import Door
from app.web.pages import render_page
from app.web.transactions import open_door

#: Something somebody wrote: what it was asked as, and the words.
Written = tuple[Any, str]


def passed(door: Door, address: str | None, written: Sequence[Written]) -> Any:
    """Open the write door for one use: None when the way is free, else the answer to give.

    A form that was already acted upon gets its first answer, even from a source that has since
    used its hour up: nothing is taken in twice, and nobody loses a receipt.
    """
    replayed = open_door()
    if replayed is not None:
        return replayed
    source = queries.source_digest(address or "")
    return None if actions.knock(door, source) else shut(door, written)


def is_open(door: Door, address: str | None) -> bool:
    """Tell, before anything slow is done, whether a source may use a door once more."""
    return queries.is_open(door, queries.source_digest(address or ""))


def shut(door: Door, written: Sequence[Written]) -> Any:
    """Say that the door is used up, with the telephone number and all that was written."""
    answer = render_page("public/shut.html", words=labels.SHUT[door], written=written, status=429)
    answer.headers["Retry-After"] = "3600"
    return answer
