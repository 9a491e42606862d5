"""Does the road to the public follow the regulation?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.cases.penalties import Item, PartyKind, PenaltyKind
from app.disclosures import rules
from app.disclosures.rules import (
    WORKFLOW,
    DisclosureAction,
    DisclosureState,
    Gravity,
    Ruling,
    Tier,
)
from app.disclosures.summaries import parts_of, shapes
from app.kernel.errors import IllegalTransition, Refused


def fine(amount: str) -> Item:
    return Item(PenaltyKind.FINE, f"罚款 {amount} 元", Decimal(amount))


def gravity(*items: Item, party: PartyKind = PartyKind.UNIT, **facts: bool) -> Gravity:
    return Gravity(items, party, **facts)


# The two persons ----------------------------------------------------------------------------------


def test_whoever_had_a_hand_in_the_draft_cannot_release_it() -> None:
    with pytest.raises(Refused, match="second_person_needed"):
        rules.check_second_person(7, hands=[3, 7], case_handlers=[])
    with pytest.raises(Refused, match="case_handler_cannot_release"):
        rules.check_second_person(7, hands=[3], case_handlers={7, 8})
    rules.check_second_person(9, hands=[3, 7], case_handlers={7, 8})


@pytest.mark.parametrize("state", list(DisclosureState))
def test_only_what_was_approved_can_be_published(state: DisclosureState) -> None:
    if state is DisclosureState.APPROVED:
        step = WORKFLOW.step(state, DisclosureAction.PUBLISH)
        assert step.target is DisclosureState.PUBLISHED
        return
    with pytest.raises(IllegalTransition):
        WORKFLOW.step(state, DisclosureAction.PUBLISH)


@pytest.mark.parametrize("state", [DisclosureState.SUBMITTED, DisclosureState.APPROVED])
def test_nothing_can_be_changed_while_somebody_else_decides(state: DisclosureState) -> None:
    with pytest.raises(IllegalTransition):
        WORKFLOW.step(state, DisclosureAction.AMEND)


def test_the_content_hash_changes_with_one_byte() -> None:
    content = {"original": "样例文本", "marks": [[0, 2, "person", "样某某", "hidden"]]}
    first = rules.content_hash(content)
    assert first == rules.content_hash(dict(reversed(content.items())))
    assert first != rules.content_hash({**content, "original": "样例文木"})
    assert first != rules.content_hash({**content, "marks": [[0, 3, "person", "样某某", "hidden"]]})


# What may be shown --------------------------------------------------------------------------------


def test_a_warning_alone_is_not_shown() -> None:
    with pytest.raises(Refused, match="warning_only_not_shown"):
        rules.check_disclosable(has_decision=True, warning_only=True)
    with pytest.raises(Refused, match="case_not_decided"):
        rules.check_disclosable(has_decision=False, warning_only=False)
    rules.check_disclosable(has_decision=True, warning_only=False)


def test_every_mark_must_be_decided_and_the_same_words_decided_alike() -> None:
    with pytest.raises(Refused, match="marks_undecided") as refused:
        rules.check_ready([Ruling.HIDDEN, Ruling.OPEN, Ruling.OPEN], uneven=set())
    assert refused.value.facts == {"count": 2}
    with pytest.raises(Refused, match="marks_uneven"):
        rules.check_ready([Ruling.HIDDEN, Ruling.KEPT], uneven={"样例甲"})
    rules.check_ready([Ruling.HIDDEN, Ruling.KEPT], uneven=set())


# How long -----------------------------------------------------------------------------------------

TIERS = [
    # 令45 art. 13: only a circular, or a low fine from the milder steps
    (gravity(Item(PenaltyKind.CIRCULAR, "通报批评")), Tier.MINOR),
    (gravity(fine("50000"), is_mitigated=True), Tier.MINOR),
    (gravity(fine("50000.01"), is_mitigated=True), Tier.ORDINARY),
    (gravity(fine("50000")), Tier.ORDINARY),
    (gravity(fine("5000"), party=PartyKind.PERSON, is_mitigated=True), Tier.MINOR),
    (gravity(fine("5000.01"), party=PartyKind.PERSON, is_mitigated=True), Tier.ORDINARY),
    (gravity(fine("40000"), party=PartyKind.SOLE_TRADER, is_mitigated=True), Tier.MINOR),
    (
        gravity(fine("100"), Item(PenaltyKind.CONFISCATE_GOODS, "没收电线"), is_mitigated=True),
        Tier.ORDINARY,
    ),
    (gravity(fine("100"), Item(PenaltyKind.WARNING, "警告"), is_mitigated=True), Tier.MINOR),
    # key fields, the minor ones excepted
    (gravity(fine("60000"), in_key_field=True), Tier.SEVERE),
    (gravity(fine("100"), is_mitigated=True, in_key_field=True), Tier.MINOR),
    # kinds that restrict or end the business
    (gravity(fine("100"), Item(PenaltyKind.SUSPEND_BUSINESS, "停业")), Tier.SEVERE),
    (gravity(Item(PenaltyKind.BAR_PERSON, "限制从业")), Tier.SEVERE),
    (gravity(Item(PenaltyKind.REVOKE_LICENCE, "吊销"), fine("100"), is_mitigated=True), Tier.GRAVE),
    (
        gravity(Item(PenaltyKind.CLOSE_DOWN, "关闭"), Item(PenaltyKind.RESTRICT, "限制")),
        Tier.GRAVE,
    ),
]


@pytest.mark.parametrize(("penalty", "tier"), TIERS)
def test_the_tier_follows_kind_amount_and_field(penalty: Gravity, tier: Tier) -> None:
    assert rules.tier_of(penalty) is tier


PERIODS = [
    # tier, published, shown until, earliest end on application
    (Tier.MINOR, date(2026, 9, 22), date(2026, 12, 22), None),
    (Tier.ORDINARY, date(2026, 9, 22), date(2027, 9, 22), date(2026, 12, 22)),
    (Tier.SEVERE, date(2026, 9, 22), date(2029, 9, 22), date(2027, 9, 22)),
    (Tier.GRAVE, date(2026, 9, 22), date(2029, 9, 22), None),
    (Tier.MINOR, date(2026, 11, 30), date(2027, 2, 28), None),
    (Tier.SEVERE, date(2028, 2, 29), date(2031, 2, 28), date(2029, 2, 28)),
    # before the amendment of 2025 all but the minor ones were shown for three years
    (Tier.ORDINARY, date(2024, 5, 8), date(2027, 5, 8), None),
    (Tier.SEVERE, date(2024, 5, 8), date(2027, 5, 8), None),
    (Tier.ORDINARY, date(2025, 12, 24), date(2028, 12, 24), None),
    (Tier.ORDINARY, date(2025, 12, 25), date(2026, 12, 25), date(2026, 3, 25)),
]


@pytest.mark.parametrize(("tier", "published", "until", "earliest"), PERIODS)
def test_a_tier_is_shown_as_long_as_its_rule_says(
    tier: Tier, published: date, until: date, earliest: date | None
) -> None:
    shown = rules.display(tier, published)
    assert (shown.until, shown.earliest_end) == (until, earliest)


def test_a_longer_restriction_carries_the_display_with_it() -> None:
    shown = rules.display(Tier.SEVERE, date(2026, 9, 22), restricted_until=date(2030, 1, 1))
    assert (shown.until, shown.earliest_end) == (date(2030, 1, 1), date(2030, 1, 1))
    short = rules.display(Tier.SEVERE, date(2026, 9, 22), restricted_until=date(2027, 1, 1))
    assert (short.until, short.earliest_end) == (date(2029, 9, 22), date(2027, 9, 22))


# A decision in parts ------------------------------------------------------------------------------

TEXT = """示范市场监督管理局
行政处罚决定书
示市监处罚〔2026〕1号
当事人：样例电器厂
统一社会信用代码：91990121MA0000015B
负责人：样某某
经查，当事人销售不合格电线。
当事人：以上经过属实。
示范市场监督管理局
2026年9月4日
（本局将公开）"""


def test_a_decision_is_taken_apart_where_its_parts_meet() -> None:
    parts = parts_of(
        TEXT,
        authority="示范市场监督管理局",
        number="示市监处罚〔2026〕1号",
        decided_on=date(2026, 9, 4),
    )
    assert parts.opening == (
        "当事人：样例电器厂",
        "统一社会信用代码：91990121MA0000015B",
        "负责人：样某某",
    )
    assert parts.body == (
        "经查，当事人销售不合格电线。",
        "当事人：以上经过属实。",
    )
    assert parts.is_signed
    assert parts.closing == ("（本局将公开）",)


def test_a_text_without_head_or_signature_keeps_every_line() -> None:
    parts = parts_of(
        "经查，样例。\n\n罚款。", authority="某局", number="某号", decided_on=date(2026, 9, 4)
    )
    assert parts == type(parts)((), ("经查，样例。", "罚款。"), is_signed=False)


def test_each_line_of_a_decision_is_set_as_what_it_is() -> None:
    lines = TEXT.splitlines()
    shaped = dict(
        zip(
            lines,
            shapes(
                lines,
                authority="示范市场监督管理局",
                number="示市监处罚〔2026〕1号",
                decided_on=date(2026, 9, 4),
            ),
            strict=True,
        )
    )
    assert shaped["行政处罚决定书"] == "title"
    assert shaped["示市监处罚〔2026〕1号"] == shaped["2026年9月4日"] == "number"
    assert shaped["负责人：样某某"] == "party"
    assert not shaped["经查，当事人销售不合格电线。"]
    assert not shaped["（本局将公开）"]
