"""Which of the ten official forms of April 2026 fits a complaint or a report as it stands?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused
from app.mediations.rules import MediationState, Way
from app.tips.rules import TipKind, TipState


class PaperKind(StrEnum):
    """The ten forms in use since April 2026."""

    COMPLAINT_FORM = "complaint_form"
    REPORT_FORM = "report_form"
    FORWARDING = "forwarding"
    IDENTITY_DEMAND = "identity_demand"
    ACCEPTANCE = "acceptance"
    REFUSAL = "refusal"
    MEDIATION_NOTICE = "mediation_notice"
    MEDIATION_END = "mediation_end"
    MEDIATION_LETTER = "mediation_letter"
    REPORT_RESULT = "report_result"


class Recipient(StrEnum):
    """For whom a document is made."""

    FILE = "file"
    REPORTER = "reporter"
    TRADER = "trader"
    BOTH = "both"
    UNIT = "unit"


K, R = PaperKind, Recipient

#: The word of each number series, between the bureau's own and the year.
SERIES = {
    K.COMPLAINT_FORM: "投登",
    K.REPORT_FORM: "举登",
    K.FORWARDING: "分送",
    K.IDENTITY_DEMAND: "限提",
    K.ACCEPTANCE: "投受",
    K.REFUSAL: "投不受",
    K.MEDIATION_NOTICE: "投调通",
    K.MEDIATION_END: "投终",
    K.MEDIATION_LETTER: "投调",
    K.REPORT_RESULT: "举告",
}
RECIPIENTS = {
    K.COMPLAINT_FORM: (R.FILE,),
    K.REPORT_FORM: (R.FILE,),
    K.FORWARDING: (R.UNIT,),
    K.IDENTITY_DEMAND: (R.REPORTER,),
    K.ACCEPTANCE: (R.REPORTER,),
    K.REFUSAL: (R.REPORTER,),
    K.MEDIATION_NOTICE: (R.REPORTER, R.TRADER),
    K.MEDIATION_END: (R.REPORTER, R.TRADER),
    K.MEDIATION_LETTER: (R.BOTH,),
    K.REPORT_RESULT: (R.REPORTER,),
}
#: Who reads a name: the reporter, whoever keeps the form, both who sign the letter (art. 37).
NAMED = frozenset({R.FILE, R.REPORTER, R.BOTH})
#: Made anew for every meeting, every passage and every demand; all others once.
REPEATED = frozenset({K.FORWARDING, K.IDENTITY_DEMAND, K.MEDIATION_NOTICE})
#: How a report may have ended when its reporter hears of it.
TOLD_OF = frozenset({
    TipState.FILED, TipState.NOT_FILED, TipState.CONCLUDED, TipState.TRANSFERRED,
    TipState.REDIRECTED,
})  # fmt: skip
#: By which ways a reporter is told without a document in hand (forms of April 2026).
TOLD_BY = (Way.WEB, Way.TELEPHONE, Way.MESSAGE, Way.MAIL, Way.LETTER)
CLOSED = frozenset({
    TipState.DECLINED, TipState.NOT_FILED, TipState.CONCLUDED, TipState.TRANSFERRED,
    TipState.REDIRECTED, TipState.MERGED,
})  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How a tip stands, as far as its documents go."""

    kind: TipKind
    state: TipState
    is_holder: bool
    owes_notice: bool
    is_named: bool
    was_accepted: bool = False
    mediation: MediationState | None = None
    has_session: bool = False
    has_letter: bool = False


def fitting(tip: Standing) -> Iterator[PaperKind]:
    """Yield the documents that the bureau of the asker may issue now, in the order of handling."""
    if tip.owes_notice and not tip.is_holder:
        yield K.FORWARDING
    if not tip.is_holder:
        return
    is_complaint = tip.kind is TipKind.COMPLAINT
    yield K.COMPLAINT_FORM if is_complaint else K.REPORT_FORM
    if tip.is_named and tip.state not in CLOSED:
        yield K.IDENTITY_DEMAND
    if is_complaint:
        yield from _of_complaint(tip)
    elif tip.is_named and tip.state in TOLD_OF:
        yield K.REPORT_RESULT


def _of_complaint(tip: Standing) -> Iterator[PaperKind]:
    if tip.was_accepted:
        yield K.ACCEPTANCE
    if tip.state is TipState.DECLINED:
        yield K.REFUSAL
    if tip.has_session and tip.mediation is MediationState.OPEN:
        yield K.MEDIATION_NOTICE
    if tip.mediation in {MediationState.ENDED, MediationState.TOLD}:
        yield K.MEDIATION_END
    if tip.mediation is MediationState.AGREED and tip.has_letter:
        yield K.MEDIATION_LETTER


def check_asked(
    kind: PaperKind, recipient: Recipient, *, offered: frozenset[PaperKind], is_issued: bool
) -> None:
    """Refuse a document that does not fit, or one that was issued already."""
    if kind not in offered or recipient not in RECIPIENTS[kind]:
        raise Refused("paper_does_not_fit", field="paper")
    if is_issued and kind not in REPEATED:
        raise Refused("paper_issued_already", field="paper")


def check_until(kind: PaperKind, until: date | None, today: date) -> None:
    """Refuse a demand without a last day to come."""
    if kind is K.IDENTITY_DEMAND and (until is None or until <= today):
        raise Refused("until_needed", field="until")


def check_told(way: Way, on: date, today: date) -> None:
    """Refuse a way that is none of telling, and a day to come."""
    if way not in TOLD_BY:
        raise Refused("told_way", field="way")
    if on > today:
        raise Refused("told_in_future", field="on")


def number_of(word: str, kind: PaperKind, year: int, number: int) -> str:
    """Write a number as the forms have it: with 第, other than the numbers of penalties."""
    return f"{word}{SERIES[kind]}〔{year}〕第{number}号"
