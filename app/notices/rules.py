"""What kinds of notices are there, and who must be different people?"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow


class NoticeKind(StrEnum):
    """What a notice is (党政机关公文处理工作条例, kinds of documents in use here)."""

    NOTICE = "notice"
    PUBLIC_NOTICE = "public_notice"
    ANNOUNCEMENT = "announcement"
    CIRCULAR = "circular"
    LETTER = "letter"
    TYPICAL_CASES = "typical_cases"
    CONSUMER_WARNING = "consumer_warning"


class Openness(StrEnum):
    """Who may read it (政府信息公开条例)."""

    OPEN = "open"
    ON_REQUEST = "on_request"
    CLOSED = "closed"


class NoticeState(StrEnum):
    """How far a notice is."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class NoticeAction(StrEnum):
    """What people do with a notice."""

    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


S, A = NoticeState, NoticeAction
WORKFLOW = Workflow(
    "notice",
    (
        Transition(S.DRAFTING, A.SUBMIT, S.SUBMITTED, "notice:draft"),
        Transition(S.SUBMITTED, A.RETURN, S.DRAFTING, "notice:sign", needs_reason=True),
        Transition(S.SUBMITTED, A.SIGN, S.SIGNED, "notice:sign"),
        Transition(S.SIGNED, A.PUBLISH, S.PUBLISHED, "notice:sign"),
        Transition(S.PUBLISHED, A.WITHDRAW, S.WITHDRAWN, "notice:withdraw", needs_reason=True),
    ),
    start=(S.DRAFTING,),
    final=(S.WITHDRAWN,),
)

#: 一、 and （一） begin a line that is a heading of the first or second level.
LEVELS = (re.compile(r"[一二三四五六七八九十]+、"), re.compile(r"（[一二三四五六七八九十]+）"))
HEADING_LENGTH = 40


def check_signer(*, drafted_by: int, signer: int) -> None:
    """Refuse whoever wrote a notice as its signer: two natural persons, not two roles."""
    if drafted_by == signer:
        raise Refused("signer_is_drafter")


def check_openness(openness: Openness, basis: str) -> None:
    """Refuse to close a notice without naming the basis."""
    if openness is not Openness.OPEN and not basis:
        raise Refused("basis_needed", field="basis")


def check_addressees(kind: NoticeKind, openness: Openness, addressees: int) -> None:
    """Refuse an internal notice that nobody would receive."""
    if openness is not Openness.OPEN and not addressees:
        raise Refused("addressees_needed", field="addressees")
    if kind is NoticeKind.LETTER and not addressees:
        raise Refused("addressees_needed", field="addressees")


def paragraphs(body: str) -> tuple[str, ...]:
    """Return a body's paragraphs, one a line."""
    return tuple(line.strip() for line in body.splitlines() if line.strip())


def heading_level(paragraph: str) -> int:
    """Return 1 or 2 for a short paragraph that is numbered as a heading, else 0."""
    if len(paragraph) > HEADING_LENGTH or paragraph.endswith(("。", "；", "：")):
        return 0
    for level, pattern in enumerate(LEVELS, 1):
        if pattern.match(paragraph):
            return level
    return 0


def is_late(acknowledge_by: date | None, today: date) -> bool:
    """Tell whether the day by which a notice should be acknowledged has passed."""
    return acknowledge_by is not None and today > acknowledge_by
