"""What is asked, read aloud and written down while somebody is on the line?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.identifiers import BadIdentifier, phone
from app.tips.rules import Channel

#: What is not registered within a week was given up; then the draft is destroyed.
DRAFT_KEPT = timedelta(days=7)
#: Longer than any call: the page was left open.
LONGEST_CALL = timedelta(hours=4)
#: A hotline says yao for one, so that nobody hears a seven.
SPOKEN = {
    "0": "零", "1": "幺", "2": "二", "3": "三", "4": "四",
    "5": "五", "6": "六", "7": "七", "8": "八", "9": "九",
}  # fmt: skip


#: How telephone systems wrap a number: tel:+86138…;ext=1, sip:138…@exchange.
_SCHEME = re.compile(r"^(?:tel|sips?|callto):", re.IGNORECASE)
_REST = re.compile(r"[@;?].*", re.DOTALL)
LONGEST_NUMBER = 30


class Reply(StrEnum):
    """By which way the caller wants the answer."""

    TEXT = "text"
    TELEPHONE = "telephone"
    NONE = "none"


@dataclass(frozen=True)
class Line:
    """What the telephone tells of a call."""

    began_at: datetime
    channel: Channel
    #: Key of the draft that the call was typed into.
    draft: str = ""
    recording: str = ""
    language: str = ""
    reply: Reply = Reply.TEXT


def handed_over(given: str) -> str:
    """Return the caller's number as a telephone system hands it over; empty when it hides it.

    A plus that was not escaped in the address has become a space.
    """
    bare = _REST.sub("", _SCHEME.sub("", given.strip()))
    tried = (f"+{bare}", bare) if given.startswith(" ") else (bare,)
    for each in tried:
        try:
            return str(phone(each).number)
        except BadIdentifier:
            continue
    return bare[:LONGEST_NUMBER] if any(map(str.isdigit, bare)) else ""


def aloud(number: str) -> str:
    """Return a number as it is read to a caller, figure by figure, a breath at each hyphen."""
    return "".join(SPOKEN.get(sign, "，" if sign == "-" else sign) for sign in number)


def seconds(began_at: datetime, ended_at: datetime) -> int:
    """Return how long a call took, in seconds; 0 when the page was left open too long."""
    lasted = ended_at - began_at
    return int(lasted.total_seconds()) if timedelta(0) <= lasted <= LONGEST_CALL else 0


def check_alone(kinds: set[str], consultation: str) -> None:
    """Refuse what is at once a consultation and a tip: the tip is registered, its asker told."""
    if consultation in kinds and len(kinds) > 1:
        raise Refused("consultation_alone", field="kinds")
