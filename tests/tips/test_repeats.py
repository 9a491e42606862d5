"""Is what was sent in word for word before handled once, and two people's disputes twice?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.clocks import queries as clocks
from app.kernel import audit
from app.kernel.db import db
from app.tips import repeats, tracking
from app.tips.intake import Account, Caller
from app.tips.models import Tip, TipContent
from app.tips.rules import Standing, TipKind, TipState, Wish

pytestmark = pytest.mark.database

TOLD = Account(
    kinds=frozenset({TipKind.REPORT}),
    facts="样例五金店卖的电线铜芯发黑。",
    subject_name="样例五金店",
)
DISPUTE = replace(TOLD, kinds=frozenset({TipKind.COMPLAINT}), wishes=frozenset({Wish.REFUND}))
NOBODY = Caller(Standing.ANONYMOUS)
ONE = Caller(Standing.REAL_NAME, "样例来件人甲", "13800000148")
OTHER = Caller(Standing.REAL_NAME, "样例来件人乙", "13800000149")


def sent(account: Account, caller: Caller) -> Tip:
    return repeats.take_in(account, caller, ()).tips[0]


def test_the_same_words_of_somebody_anonymous_are_counted_once(writing: None) -> None:
    first = sent(TOLD, NOBODY)
    again = sent(replace(TOLD, facts="  样例五金店卖的 电线铜芯发黑。"), NOBODY)
    assert again.state is TipState.MERGED
    assert again.merged_into == first.reference != again.reference
    running = clocks.clocks_of("tip", again.reference)
    assert all(one.stopped_on is not None for one in running)
    assert [e.event for e in audit.trail("tip", first.reference)].count("tip.took_in") == 1
    kept = db.session.scalars(select(TipContent)).all()
    assert [one.tip_id for one in kept] == [first.id]
    assert "铜芯" not in kept[0].digest


def test_a_repeat_has_a_code_of_its_own_which_tells_nothing_of_the_first(writing: None) -> None:
    first = repeats.take_in(TOLD, ONE, ())
    again = repeats.take_in(TOLD, NOBODY, ())
    assert again.code != first.code
    (shown,) = tracking.progress(again.number, again.code)
    assert shown.reference == again.number
    assert tracking.progress(first.number, again.code) == []


@pytest.mark.parametrize("changed", ["facts", "subject_name", "subject_address", "brand_model"])
def test_other_words_are_another_report(writing: None, changed: str) -> None:
    sent(TOLD, NOBODY)
    assert sent(replace(TOLD, **{changed: "样例别的"}), NOBODY).state is TipState.RECEIVED


def test_two_people_are_two_and_one_person_is_one(writing: None) -> None:
    for told in (TOLD, DISPUTE):
        assert sent(told, ONE).state is TipState.RECEIVED
        assert sent(told, OTHER).state is TipState.RECEIVED
        assert sent(told, ONE).state is TipState.MERGED


def test_what_is_over_does_not_swallow_a_new_report(writing: None) -> None:
    first = sent(TOLD, NOBODY)
    first.state = TipState.NOT_FILED
    db.session.flush()
    assert sent(TOLD, NOBODY).state is TipState.RECEIVED
