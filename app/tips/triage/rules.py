"""What does the regulation say about passing tips on, joining them and disputing competence?"""

from __future__ import annotations

from enum import StrEnum

from app.kernel.errors import Refused
from app.tips.rules import TipKind

#: Seven working days for two bureaus to agree who handles a tip (令121 art. 33).
DISPUTE = "tip.dispute"
#: So many returns without an act of handling take a tip to the common superior by themselves.
MOST_BOUNCES = 3


class HopKind(StrEnum):
    """By which act a tip passed from one desk to another."""

    ROUTE = "route"
    RETURN = "return"
    TRANSFER = "transfer"
    TAKE_OVER = "take_over"
    REFER = "refer"
    ESCALATE = "escalate"
    DESIGNATE = "designate"


class MergeBasis(StrEnum):
    """Why two tips become one (令121 art. 35)."""

    REPEAT = "repeat"
    NEW_FACTS = "new_facts"
    SAME_MATTER = "same_matter"


class RemarkKind(StrEnum):
    """What one bureau writes to the other about a tip."""

    COMMENT = "comment"
    URGE = "urge"
    FEEDBACK = "feedback"


def check_merge(
    basis: MergeBasis,
    kinds: tuple[TipKind, TipKind],
    *,
    is_same_reporter: bool,
    is_open: bool,
) -> None:
    """Refuse to make one of two tips where the law keeps them apart.

    A repeat of the same reporter is not handled again, even when the first is closed; new facts
    only lengthen what still runs; tips of different people become one only where they report:
    two complaints are two disputes (令121 art. 12 and 35).
    """
    if kinds[0] is not kinds[1]:
        raise Refused("merge_kinds", field="other")
    if basis is MergeBasis.SAME_MATTER:
        if kinds[0] is TipKind.COMPLAINT:
            raise Refused("merge_complaints", field="basis")
    elif not is_same_reporter:
        raise Refused("merge_reporters", field="basis")
    if basis is not MergeBasis.REPEAT and not is_open:
        raise Refused("merge_closed", field="other")


def other_kind(kind: TipKind) -> TipKind:
    """Return the half that a tip of one kind lacks (令121 art. 9)."""
    return TipKind.REPORT if kind is TipKind.COMPLAINT else TipKind.COMPLAINT
