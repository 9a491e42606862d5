"""What does the regulation ask of a mediation between consumer and trader (令121 art. 18–27)?"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import time
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow
from app.tips.rules import ORDER_20, ORDER_121, Order

#: Both sides hear within seven working days that a mediation was ended (art. 23).
NOTICE = "tip.mediation_notice"
#: A breach found while mediating is checked like any clue (art. 27).
CLUE_CHECK = "tip.clue_check"
#: The one reason for which the sixty days stand still (art. 22).
TESTING_GROUND = "appraisal"
#: Several complainants speak through two of them (art. 12).
REPRESENTATIVES = 2
HOUR = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


class MediationState(StrEnum):
    """How far a mediation is."""

    CONSENTING = "consenting"
    OPEN = "open"
    TESTING = "testing"
    PAUSED = "paused"
    AGREED = "agreed"
    ENDED = "ended"
    TOLD = "told"


class MediationAction(StrEnum):
    """What people do with a mediation."""

    CONSENT = "consent"
    BEGIN = "begin"
    INVITE = "invite"
    HOLD = "hold"
    ENTRUST = "entrust"
    TEST = "test"
    TAKE_RESULT = "take_result"
    RECUSE = "recuse"
    DECIDE_RECUSAL = "decide_recusal"
    JOIN = "join"
    REPORT_CLUE = "report_clue"
    AGREE = "agree"
    END = "end"
    TELL = "tell"


class Side(StrEnum):
    """Who sits at the table."""

    COMPLAINANT = "complainant"
    TRADER = "trader"


class Way(StrEnum):
    """By which way somebody is told (令121 art. 36 and the forms of April 2026)."""

    TELEPHONE = "telephone"
    MESSAGE = "message"
    WEB = "web"
    MAIL = "mail"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Ending(StrEnum):
    """The eight endings without an agreement (令121 art. 23, nos. 1–8)."""

    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    NO_AGREEMENT = "no_agreement"
    TEST_COSTS = "test_costs"
    SIXTY_DAYS = "sixty_days"
    NOT_ACCEPTABLE = "not_acceptable"
    PARTY_GONE = "party_gone"
    OTHER = "other"


#: 令20 art. 21 knew seven endings in another order; neither a death nor an end of the firm.
OLD_ENDINGS = tuple(e for e in Ending if e is not Ending.PARTY_GONE)
ARTICLES = {ORDER_20: "第21条", ORDER_121: "第23条"}


def endings_at(order: Order) -> tuple[Ending, ...]:
    """Return the endings of the version under which a complaint is handled."""
    return OLD_ENDINGS if order is ORDER_20 else tuple(Ending)


class Letter(StrEnum):
    """Whether an agreement is put into a mediation letter (令121 art. 24)."""

    MADE = "made"
    PERFORMED = "performed"
    WAIVED = "waived"


S, A = MediationState, MediationAction
HOLD, DECIDE = "mediation:hold", "mediation:decide_recusal"

WORKFLOW = Workflow(
    "mediation",
    (
        Transition(S.CONSENTING, A.CONSENT, S.CONSENTING, HOLD),
        Transition(S.CONSENTING, A.BEGIN, S.OPEN, HOLD),
        Transition(S.CONSENTING, A.JOIN, S.CONSENTING, HOLD),
        Transition(S.CONSENTING, A.REPORT_CLUE, S.CONSENTING, HOLD),
        Transition(S.CONSENTING, A.END, S.ENDED, HOLD, needs_reason=True),
        Transition(S.OPEN, A.INVITE, S.OPEN, HOLD),
        Transition(S.OPEN, A.HOLD, S.OPEN, HOLD),
        Transition(S.OPEN, A.ENTRUST, S.OPEN, HOLD),
        Transition(S.OPEN, A.JOIN, S.OPEN, HOLD),
        Transition(S.OPEN, A.REPORT_CLUE, S.OPEN, HOLD),
        Transition(S.OPEN, A.TEST, S.TESTING, HOLD, needs_reason=True),
        Transition(S.OPEN, A.RECUSE, S.PAUSED, HOLD, needs_reason=True),
        Transition(S.OPEN, A.AGREE, S.AGREED, HOLD),
        Transition(S.OPEN, A.END, S.ENDED, HOLD, needs_reason=True),
        Transition(S.TESTING, A.TAKE_RESULT, S.OPEN, HOLD),
        Transition(S.TESTING, A.REPORT_CLUE, S.TESTING, HOLD),
        Transition(S.TESTING, A.END, S.ENDED, HOLD, needs_reason=True),
        Transition(S.PAUSED, A.DECIDE_RECUSAL, S.OPEN, DECIDE, needs_reason=True),
        Transition(S.PAUSED, A.END, S.ENDED, HOLD, needs_reason=True),
        Transition(S.ENDED, A.TELL, S.TOLD, HOLD),
    ),
    start=(S.CONSENTING,),
    final=(S.AGREED, S.TOLD),
)
OPEN = frozenset(MediationState) - WORKFLOW.final
#: No more is mediated here; an ended one still waits for its notice.
OVER = frozenset({S.AGREED, S.ENDED, S.TOLD})


def check_consents(*, complainant: bool | None, trader: bool | None) -> None:
    """Refuse to mediate before both sides agreed to it (art. 18)."""
    if not (complainant and trader):
        raise Refused("consents_needed")


def check_representatives(complaints: int, representatives: Collection[str]) -> None:
    """Refuse a joint complaint without its two representatives (art. 12)."""
    if complaints > 1 and len(set(representatives)) != REPRESENTATIVES:
        raise Refused("representatives_needed", field="one")


def check_agreement(terms: str, *, is_joint: bool, are_represented_agreeing: bool) -> None:
    """Refuse an agreement without its terms, or one the represented did not agree to (art. 12)."""
    if not terms:
        raise Refused("terms_needed", field="terms")
    if is_joint and not are_represented_agreeing:
        raise Refused("represented_must_agree", field="are_represented_agreeing")


def check_ending(
    ending: Ending, *, is_over: bool, has_test: bool, order: Order = ORDER_121
) -> None:
    """Refuse an ending that was not law yet, and two that the record denies (nos. 4 and 5)."""
    if ending not in endings_at(order):
        raise Refused("ending_not_law", field="ending")
    if ending is Ending.SIXTY_DAYS and not is_over:
        raise Refused("sixty_days_not_over", field="ending")
    if ending is Ending.TEST_COSTS and not has_test:
        raise Refused("no_test_meant", field="ending")


def hour_of(typed: str) -> time:
    """Read an hour such as 9:30."""
    found = HOUR.fullmatch(typed)
    if found is None:
        raise Refused("bad_hour", field="hour")
    return time(int(found[1]), int(found[2]))
