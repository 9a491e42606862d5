"""Which document fits which tip."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.errors import Refused
from app.mediations.rules import MediationState
from app.papers import rules
from app.papers.documents import BODIES, FORMS, TITLES
from app.papers.rules import PaperKind, Recipient, Standing
from app.tips.rules import TipKind, TipState

K = PaperKind
COMPLAINT = Standing(
    TipKind.COMPLAINT, TipState.ROUTED, is_holder=True, owes_notice=False, is_named=True
)
REPORT = replace(COMPLAINT, kind=TipKind.REPORT)


def test_there_are_ten_each_with_title_series_recipient_and_words() -> None:
    assert len(K) == 10
    for table in (rules.SERIES, rules.RECIPIENTS, TITLES):
        assert set(table) == set(K)
    assert set(BODIES) | FORMS == set(K)
    assert len(set(rules.SERIES.values())) == 10


#: The ten of April 2026 with the word of their series (样式 in the order of the list).
OFFICIAL = {
    "投诉登记表": "投登",
    "举报登记表": "举登",
    "投诉/举报分送通知书": "分送",
    "限期提供身份证明材料通知书": "限提",
    "投诉受理决定书": "投受",
    "投诉不予受理决定书": "投不受",
    "投诉调解通知书": "投调通",
    "投诉终止调解决定书": "投终",
    "投诉调解书": "投调",
    "举报处理结果告知书": "举告",
}


def test_the_ten_are_those_of_the_official_list_and_each_counts_by_itself() -> None:
    assert {TITLES[kind]: rules.SERIES[kind] for kind in K} == OFFICIAL
    assert [TITLES[kind] for kind in K] == list(OFFICIAL)


@pytest.mark.parametrize(
    ("standing", "wanted"),
    [
        (COMPLAINT, [K.COMPLAINT_FORM, K.IDENTITY_DEMAND]),
        (replace(COMPLAINT, state=TipState.ACCEPTED, was_accepted=True),
         [K.COMPLAINT_FORM, K.IDENTITY_DEMAND, K.ACCEPTANCE]),
        (replace(COMPLAINT, state=TipState.DECLINED), [K.COMPLAINT_FORM, K.REFUSAL]),
        (replace(COMPLAINT, state=TipState.CONCLUDED, mediation=MediationState.AGREED,
                 has_letter=True), [K.COMPLAINT_FORM, K.MEDIATION_LETTER]),
        (replace(COMPLAINT, state=TipState.CONCLUDED, mediation=MediationState.AGREED),
         [K.COMPLAINT_FORM]),
        (replace(COMPLAINT, state=TipState.CONCLUDED, mediation=MediationState.ENDED),
         [K.COMPLAINT_FORM, K.MEDIATION_END]),
        (REPORT, [K.REPORT_FORM, K.IDENTITY_DEMAND]),
        (replace(REPORT, state=TipState.NOT_FILED), [K.REPORT_FORM, K.REPORT_RESULT]),
        (replace(REPORT, state=TipState.NOT_FILED, is_named=False), [K.REPORT_FORM]),
        (replace(REPORT, is_holder=False, owes_notice=True), [K.FORWARDING]),
        (replace(REPORT, is_holder=False), []),
    ],
)  # fmt: skip
def test_what_fits(standing: Standing, wanted: list[PaperKind]) -> None:
    assert list(rules.fitting(standing)) == wanted


def test_what_does_not_fit_or_is_issued_is_refused() -> None:
    offered = frozenset({K.ACCEPTANCE, K.MEDIATION_NOTICE})
    rules.check_asked(K.ACCEPTANCE, Recipient.REPORTER, offered=offered, is_issued=False)
    rules.check_asked(K.MEDIATION_NOTICE, Recipient.TRADER, offered=offered, is_issued=True)
    for kind, recipient, is_issued in (
        (K.REFUSAL, Recipient.REPORTER, False),
        (K.ACCEPTANCE, Recipient.TRADER, False),
        (K.ACCEPTANCE, Recipient.REPORTER, True),
    ):
        with pytest.raises(Refused):
            rules.check_asked(kind, recipient, offered=offered, is_issued=is_issued)


@pytest.mark.parametrize("until", [None, date(2026, 9, 22), date(2026, 9, 1)])
def test_a_demand_has_a_last_day_to_come(until: date | None) -> None:
    with pytest.raises(Refused):
        rules.check_until(K.IDENTITY_DEMAND, until, date(2026, 9, 22))
    rules.check_until(K.ACCEPTANCE, until, date(2026, 9, 22))


def test_numbers_carry_the_word_that_penalties_do_not() -> None:
    assert rules.number_of("澄青市监", K.REFUSAL, 2026, 3) == "澄青市监投不受〔2026〕第3号"
