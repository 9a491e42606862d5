"""Which leads, receipts and letters do the rules refuse, and can a lead end otherwise?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.kernel.errors import IllegalTransition, Refused
from app.leads import rules
from app.leads.rules import WORKFLOW, LeadAction, LeadState, Origin, Source, Standing

TODAY = date(2026, 9, 22)


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        (Origin(Source.TRANSFER, "", "函〔2026〕1号"), "lead_needs_sender"),
        (Origin(Source.TRANSFER, "样例住建局"), "lead_needs_number"),
        (Origin(Source.SAMPLING), "lead_needs_number"),
        (Origin(Source.MEDIA, "样例晚报"), "lead_needs_day"),
        (Origin(Source.UPPER), "lead_needs_sender"),
        (Origin(Source.OWN, link="javascript:alert(1)"), "lead_link"),
        (Origin(Source.OWN, dated_on=TODAY + timedelta(days=1)), "lead_in_future"),
    ],
)
def test_an_origin_that_nobody_could_look_up_is_refused(origin: Origin, code: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.check_origin(origin, found_on=TODAY, today=TODAY)
    assert refused.value.code == code


def test_a_whole_origin_passes_and_tomorrow_does_not() -> None:
    media = Origin(Source.MEDIA, "样例晚报", link="https://news.example/1", dated_on=TODAY)
    rules.check_origin(media, found_on=TODAY, today=TODAY)
    with pytest.raises(Refused, match="lead_in_future"):
        rules.check_origin(media, found_on=TODAY + timedelta(days=1), today=TODAY)


def test_a_lead_ends_in_four_ways_and_no_other() -> None:
    assert {state.value for state in WORKFLOW.final} == {
        "filed", "not_filed", "transferred", "merged",
    }  # fmt: skip
    for state in WORKFLOW.final:
        for action in LeadAction:
            with pytest.raises(IllegalTransition):
                WORKFLOW.step(state, action)
    silent = {t.target for t in WORKFLOW.transitions if not t.needs_reason}
    assert silent == {LeadState.PROPOSED, LeadState.FILED}


def test_a_lead_with_a_proposed_case_is_still_open() -> None:
    assert rules.standing_of(LeadState.PROPOSED) is Standing.OPEN
    assert rules.standing_of(LeadState.MERGED) is Standing.MERGED


def test_a_receipt_comes_once_and_lies_between_letter_and_today() -> None:
    sent = TODAY - timedelta(days=3)
    rules.check_receipt(sent, sent_on=sent, today=TODAY, already=None)
    for on in (sent - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(Refused, match="lead_receipt_day"):
            rules.check_receipt(on, sent_on=sent, today=TODAY, already=None)
    with pytest.raises(Refused, match="lead_receipt_twice"):
        rules.check_receipt(TODAY, sent_on=sent, today=TODAY, already=sent)


def test_a_letter_is_due_today_at_the_earliest() -> None:
    rules.check_letter(due_on=TODAY, today=TODAY)
    with pytest.raises(Refused, match="letter_due_in_past"):
        rules.check_letter(due_on=TODAY - timedelta(days=1), today=TODAY)
