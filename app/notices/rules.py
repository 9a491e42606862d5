"""What kinds of notices are there, and who must be different people?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.kernel.workflow import Transition, Workflow
from app.notices.numbering import faults


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
    REVIEWED = "reviewed"
    SIGNED = "signed"
    PUBLISHED = "published"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class NoticeAction(StrEnum):
    """What people do with a notice."""

    SUBMIT = "submit"
    REVIEW = "review"
    RETURN = "return"
    SIGN = "sign"
    REOPEN = "reopen"
    PUBLISH = "publish"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


S, A = NoticeState, NoticeAction
WORKFLOW = Workflow(
    "notice",
    (
        Transition(S.DRAFTING, A.SUBMIT, S.SUBMITTED, "notice:draft"),
        Transition(S.SUBMITTED, A.RETURN, S.DRAFTING, "notice:return", needs_reason=True),
        Transition(S.SUBMITTED, A.REVIEW, S.REVIEWED, "notice:review"),
        Transition(S.REVIEWED, A.RETURN, S.DRAFTING, "notice:return", needs_reason=True),
        Transition(S.REVIEWED, A.SIGN, S.SIGNED, "notice:sign"),
        Transition(S.SIGNED, A.REOPEN, S.DRAFTING, "notice:sign", needs_reason=True),
        Transition(S.SIGNED, A.PUBLISH, S.PUBLISHED, "notice:sign"),
        Transition(S.PUBLISHED, A.REPLACE, S.REPLACED, "notice:sign"),
        Transition(S.PUBLISHED, A.WITHDRAW, S.WITHDRAWN, "notice:withdraw", needs_reason=True),
    ),
    start=(S.DRAFTING,),
    final=(S.WITHDRAWN, S.REPLACED),
)


@dataclass(frozen=True)
class Form:
    """What a kind of notice asks for: its layout, its readers, its word in the number.

    ``mark`` stands behind the organ's name in the red head; a letter has the name alone.
    """

    number_word: str
    mark: str = "文件"
    is_letter: bool = False
    is_public: bool = False
    needs_addressees: bool = False


FORMS = {
    NoticeKind.NOTICE: Form("发", needs_addressees=True),
    NoticeKind.PUBLIC_NOTICE: Form("通告", mark="通告", is_public=True),
    NoticeKind.ANNOUNCEMENT: Form("公告", mark="公告", is_public=True),
    NoticeKind.CIRCULAR: Form("通报", needs_addressees=True),
    NoticeKind.LETTER: Form("函", mark="", is_letter=True, needs_addressees=True),
    NoticeKind.TYPICAL_CASES: Form("案例", is_public=True),
    NoticeKind.CONSUMER_WARNING: Form("警示", is_public=True),
}
#: What a kind of notice is opened to unless its drafter decides otherwise.
DEFAULT_OPENNESS = {
    kind: Openness.OPEN if form.is_public or kind is NoticeKind.NOTICE else Openness.CLOSED
    for kind, form in FORMS.items()
}
#: As many files as one notice may carry.
MOST_FILES = 10


def check_signer(*, drafted_by: int, signer: int) -> None:
    """Refuse whoever wrote a notice as its signer: two natural persons, not two roles."""
    if drafted_by == signer:
        raise Refused("signer_is_drafter")


def check_reviewer(*, drafted_by: int, reviewer: int) -> None:
    """Refuse whoever wrote a notice as its reviewer."""
    if drafted_by == reviewer:
        raise Refused("reviewer_is_drafter")


def check_openness(kind: NoticeKind, openness: Openness, basis: str) -> None:
    """Refuse to close a notice without naming the basis, or what is addressed to everybody."""
    if openness is not Openness.OPEN and FORMS[kind].is_public:
        raise Refused("kind_is_public", field="openness")
    if openness is not Openness.OPEN and not basis:
        raise Refused("basis_needed", field="basis")


def check_addressees(kind: NoticeKind, addressees: int) -> None:
    """Refuse a notice, circular or letter that nobody would receive."""
    if FORMS[kind].needs_addressees and not addressees:
        raise Refused("addressees_needed", field="addressees")


def check_numbering(body: str) -> None:
    """Refuse a text whose numbers have a gap, a double or a wrong level; names the first."""
    for fault in faults(body):
        raise Refused(
            f"numbering_{fault.code}", line=fault.line, found=fault.found, wanted=fault.wanted
        )


def is_late(acknowledge_by: date | None, today: date) -> bool:
    """Tell whether the day by which a notice should be acknowledged has passed."""
    return acknowledge_by is not None and today > acknowledge_by
