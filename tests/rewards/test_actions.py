"""What people do with rewards, and what they may not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from app.cases.penalties import Item, PenaltyKind
from app.cases.rules import CaseState
from app.kernel import audit, clock, figures
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.kernel.figures import Period
from app.kernel.identity import Identity
from app.mediations.rules import Way
from app.people import queries as people
from app.rewards import actions, queries, tracking
from app.rewards.models import Reward
from app.rewards.rules import Check, Grade, RewardState
from app.tips import actions as tip_actions
from app.tips import intake
from app.tips.rules import Standing, TipState
from tests.support.make import cases as make_cases
from tests.support.make import rewards as make
from tests.support.make.rewards import carried, led, proposal

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("app_context")]
BIG = Item(PenaltyKind.FINE, "罚款 1200 万元", Decimal(12_000_000))


@pytest.fixture
def app_context(app: Flask) -> object:
    with app.app_context(), unit_of_work():
        yield
        db.session.rollback()


def who(role: str, place: str = "qs") -> Identity:
    return people.today_identity(f"{place}.{role}")


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def test_the_way_from_the_proposal_to_the_payment_is_written_down() -> None:
    found = led()
    made = carried(found, RewardState.PAID)
    assert (made.base, made.figure, made.amount) == (
        Decimal("6903.70"), Decimal(5000), Decimal(5000),
    )  # fmt: skip
    assert (made.state, made.checked_by, made.ended_on) == ("paid", Check.CODE, clock.today())
    assert [entry.event for entry in audit.trail("reward", made.reference)][::-1] == [
        "reward.proposed", "reward.reviewed", "reward.approved", "reward.told",
        "reward.claimed", "reward.paid",
    ]  # fmt: skip


def test_money_is_kept_in_whole_fen() -> None:
    made = carried(led(), RewardState.PROPOSED)
    kept = db.session.execute(db.text("SELECT base, figure, amount FROM reward")).one()
    assert kept == (690_370, 500_000, 500_000)
    assert made.amount == Decimal(5000)


def test_three_people_decide() -> None:
    made = carried(led(), RewardState.PROPOSED)
    made.proposed_by_id = who("reviewer").person_id
    with pytest.raises(NotAllowed):
        actions.review(made, opinion="同意。", by=who("reviewer"))
    actions.review(made, opinion="同意。", by=who("unit_leader"))
    with pytest.raises(NotAllowed):
        actions.approve(made, by=who("unit_leader"))


@pytest.mark.parametrize("role", ["operator", "case_officer", "unit_leader", "reviewer", "auditor"])
def test_only_handlers_propose(role: str) -> None:
    found = led()
    with pytest.raises(NotAllowed):
        actions.propose(found.tip, found.case, proposal(), by=who(role))


def test_another_bureau_proposes_and_sees_nothing() -> None:
    made = carried(found := led(), RewardState.PROPOSED)
    with pytest.raises(NotAllowed):
        actions.propose(found.tip, found.case, proposal(), by=who("triage_officer", "bs"))
    with pytest.raises(NotFound):
        queries.by_reference(made.reference, who("auditor", "bs"))
    assert queries.by_reference(made.reference, who("auditor", "cz")) is made


@pytest.mark.parametrize(
    ("caller", "code"),
    [
        (intake.Caller(Standing.ANONYMOUS), "reward_not_real_name"),
        (make.CALLER, "reward_not_proved"),
    ],
)
def test_an_anonymous_report_and_an_open_case_earn_nothing(
    caller: intake.Caller, code: str
) -> None:
    found = led(caller, state=CaseState.DECIDED)
    if code == "reward_not_real_name":
        found.case.state = CaseState.CLOSED
    with pytest.raises(Refused) as refused:
        actions.propose(found.tip, found.case, proposal(), by=who("triage_officer"))
    assert code_of(refused) == code


def test_a_firm_earns_nothing() -> None:
    found = led()
    with pytest.raises(Refused) as refused:
        actions.propose(
            found.tip, found.case, proposal(is_natural_person=False), by=who("inspector")
        )
    assert code_of(refused) == "reward_natural_person"


def test_one_report_of_a_case_is_rewarded_once_but_a_refused_one_may_come_again() -> None:
    found = led()
    carried(found, RewardState.REFUSED)
    again = carried(found, RewardState.PROPOSED)
    assert again.state == "proposed"
    with pytest.raises(Refused) as refused:
        carried(found, RewardState.PROPOSED)
    assert code_of(refused) == "reward_taken"


def test_a_great_reward_waits_for_the_finance_department() -> None:
    made = carried(led(items=(BIG,)), RewardState.REVIEWED)
    assert made.amount == Decimal(600_000)
    assert queries.ask_of(made) == queries.TO_CONSULT
    leader, desk = who("unit_leader"), who("triage_officer")
    assert {t.action.value for t in actions.available(made, leader)} == {"consult", "refuse"}
    with pytest.raises(Refused) as refused:
        actions.approve(made, by=leader)
    assert code_of(refused) == "reward_finance_first"
    db.session.refresh(made)
    actions.consult(made, on=clock.today(), letter="样财函〔2026〕8号", by=desk)
    actions.approve(made, by=leader)
    assert (made.state, made.finance_on) == ("approved", clock.today())


def test_a_small_reward_asks_no_finance_department() -> None:
    made = carried(led(), RewardState.REVIEWED)
    with pytest.raises(Refused) as refused:
        actions.consult(made, on=clock.today(), letter="样财函", by=who("triage_officer"))
    assert code_of(refused) == "reward_no_finance"


def joined(found: make.Led) -> make.Led:
    """Let another reporter of the same matter be joined to a report before its case."""
    tip, code = make.report(intake.Caller(Standing.REAL_NAME, "样例来件人乙", "13800000176"))
    tip.state, tip.merged_into = TipState.MERGED, found.tip.reference
    db.session.flush()
    return make.Led(tip, code, found.case)


def test_several_reporters_of_a_case_share_by_a_decision_with_its_reason() -> None:
    first = led()
    second = joined(first)
    assert queries.case_of(second.tip) is first.case
    possible = [one.tip for one in queries.possible(who("auditor"), page=1)[0]]
    assert possible == [first.tip, second.tip]
    carried(first, RewardState.APPROVED)
    with pytest.raises(Refused) as refused:
        carried(second, RewardState.PROPOSED)
    assert code_of(refused) == "reward_share_reason"
    shared = carried(
        second, RewardState.APPROVED, grade=Grade.THIRD, amount=Decimal("500.00"),
        share_reason="样例：在先举报人之后补充批次。",
    )  # fmt: skip
    assert queries.promised(first.case) == Decimal(5500)
    assert queries.promised(first.case, but=shared) == Decimal(5000)
    assert queries.possible(who("auditor"), page=1) == ([], 0)


def test_all_reporters_of_a_case_together_get_at_most_a_million() -> None:
    first = led(items=(Item(PenaltyKind.FINE, "罚款 1800 万元", Decimal(18_000_000)),))
    second = joined(first)
    carried(first, RewardState.PROPOSED)
    with pytest.raises(Refused) as refused:
        carried(second, RewardState.PROPOSED, share_reason="样例：同时举报。")
    assert code_of(refused) == "reward_cap"
    assert refused.value.facts == {"left": "100000.00"}


def test_the_reporter_is_known_by_the_query_code() -> None:
    made = carried(led(), RewardState.TOLD)
    other = led(intake.Caller(Standing.REAL_NAME, "样例来件人乙", "13800000176"))
    for wrong in ("ABCDEFGHJKLM", other.code, "不是码"):
        with pytest.raises(Refused) as refused:
            actions.claim(made, code=wrong, by=who("triage_officer"))
        assert code_of(refused) == "reward_code_wrong"
        made.state = RewardState.TOLD


def test_without_the_code_somebody_must_have_looked_at_the_identity_for_it() -> None:
    found = led()
    made = carried(found, RewardState.APPROVED)
    desk, today = who("triage_officer"), clock.today()
    tip_actions.reveal_reporter(found.tip, purpose="contact", by=desk)
    actions.tell(
        made, actions.Notice(today, Way.MAIL, make.CONTACT, today + timedelta(days=9)), by=desk
    )
    with pytest.raises(Refused) as refused:
        actions.claim(made, code="", by=desk)
    assert code_of(refused) == "reward_unchecked"
    made.state = RewardState.TOLD
    tip_actions.reveal_reporter(found.tip, purpose="reward", by=desk)
    actions.claim(made, code="", by=desk)
    assert made.checked_by is Check.IDENTITY


def test_it_lapses_only_after_the_day_the_reporter_was_told() -> None:
    made = carried(led(), RewardState.TOLD)
    desk = who("triage_officer")
    assert "lapse" not in {t.action.value for t in actions.available(made, desk)}
    with pytest.raises(Refused) as refused:
        actions.lapse(made, reason="样例", by=desk)
    assert code_of(refused) == "reward_still_open"
    made.state = RewardState.TOLD
    with clock.frozen(clock.now() + timedelta(days=61)):
        assert "lapse" in {t.action.value for t in actions.available(made, desk)}
        actions.lapse(made, reason="样例：三次联系未来。", by=desk)
    assert made.state is RewardState.LAPSED


def test_the_reporter_reads_that_it_was_approved_and_how_to_claim_it_and_no_more() -> None:
    shown = {}
    for state in RewardState:
        found = led()
        carried(found, state)
        shown[state.value] = tracking.of_report(found.tip.reference)
    until = clock.today() + timedelta(days=60)
    assert {state for state, told in shown.items() if told} == {"approved", "told", "claimed"}
    assert shown["approved"] == tracking.Approved("", None)
    assert shown["told"] == shown["claimed"] == tracking.Approved(make.CONTACT, until)


def test_the_sums_follow_the_states() -> None:
    carried(led(), RewardState.PAID)
    carried(led(), RewardState.PAID, grade=Grade.SECOND)
    carried(led(), RewardState.REFUSED)
    found = {s.state.value: (s.count, s.amount) for s in queries.sums(who("auditor"))}
    assert found == {"paid": (2, Decimal(8000)), "refused": (1, Decimal(5000))}
    today = Period(clock.today(), clock.today())
    counted = {n: figures.declared()[n].count(who("auditor"), today) for n in
               ("举报奖励件数", "举报奖励金额")}  # fmt: skip
    assert counted == {"举报奖励件数": "2", "举报奖励金额": "8000.00元"}
    assert queries.sums(who("auditor", "bs")) == []


@pytest.mark.parametrize(
    ("state", "asked"),
    [
        (RewardState.PROPOSED, {"reviewer": "reward.review", "unit_leader": "reward.review"}),
        (RewardState.REVIEWED, {"unit_leader": "reward.approve"}),
        (RewardState.APPROVED, {"triage_officer": "reward.tell", "unit_leader": "reward.tell"}),
        (RewardState.TOLD, {}),
        (RewardState.CLAIMED, {"triage_officer": "reward.pay", "unit_leader": "reward.pay"}),
        (RewardState.PAID, {}),
    ],
)
def test_each_state_waits_for_whoever_is_next(state: RewardState, asked: dict[str, str]) -> None:
    carried(led(), state)
    roles = ("triage_officer", "inspector", "reviewer", "unit_leader", "auditor", "operator")
    found = {
        role: line.ask for role in roles for line in queries.waiting(who(role), clock.today())
    }  # fmt: skip
    assert found == asked


def test_a_case_from_elsewhere_is_no_ground(app: Flask) -> None:
    tip, _code = make.report()
    make_cases.case(CaseState.CLOSED)
    assert queries.case_of(tip) is None


def test_a_reward_kept_by_a_builder_is_found_again() -> None:
    made = carried(led(), RewardState.APPROVED)
    assert db.session.scalars(db.select(Reward)).all() == [made]
