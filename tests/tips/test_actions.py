"""What people do with tips, and what they are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, text

from app.clocks import queries as clocks
from app.kernel import audit
from app.kernel.db import db, unit_of_work
from app.kernel.errors import IllegalTransition, NotAllowed, Refused
from app.kernel.identity import Identity
from app.tips import actions, queries, tracking
from app.tips.models import Reporter, Tip
from app.tips.rules import Ground, TipKind, TipState
from app.units import queries as units
from tests.support.make import tips as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
BOTH = (TipKind.COMPLAINT, TipKind.REPORT)


def test_a_report_runs_fifteen_working_days_with_its_article(writing: None) -> None:
    """15 working days from 22 September 2026, over mid-autumn and the National Day week."""
    tip = make.receipt().tips[0]
    running = clocks.main_clock("tip", tip.reference)
    assert running is not None
    assert running.rule_code == "tip.verification"
    assert running.due_on.isoformat() == "2026-10-20"
    shown = clocks.view(running, running.started_on)
    assert "18" in shown.basis
    assert shown.steps


def test_a_call_that_is_both_becomes_two_linked_tips(writing: None) -> None:
    one, other = make.receipt(kinds=BOTH).tips
    assert (one.kind, other.kind) == (TipKind.COMPLAINT, TipKind.REPORT)
    assert (one.twin_reference, other.twin_reference) == (other.reference, one.reference)
    assert one.reporter_id == other.reporter_id
    assert clocks.main_clock("tip", one.reference).rule_code == "tip.acceptance"


def test_numbers_of_a_day_follow_each_other(writing: None) -> None:
    assert [make.receipt().number for _ in range(3)] == ["260922-001", "260922-002", "260922-003"]


def test_routing_moves_the_tip_to_the_county_and_writes_it_down(
    writing: None, identity: Who
) -> None:
    tip = make.receipt().tips[0]
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    assert tip.state is TipState.ROUTED
    assert tip.unit_path == units.by_code("qs").path
    newest = audit.trail("tip", tip.reference)[0]
    assert (newest.event, newest.facts["to_unit"]) == ("tip.routed", "青石县局")


def test_a_tip_goes_only_downwards(writing: None, identity: Who) -> None:
    tip = make.receipt().tips[0]
    with pytest.raises(Refused, match="route_only_down"):
        actions.route(tip, units.by_code("dl"), by=identity("cz.triage_officer"))


@pytest.mark.parametrize("account", ["cz.operator", "cz.inspector", "qs.triage_officer"])
def test_only_the_desk_that_holds_a_tip_routes_it(
    writing: None, identity: Who, account: str
) -> None:
    tip = make.receipt().tips[0]
    with pytest.raises(NotAllowed):
        actions.route(tip, units.by_code("qs"), by=identity(account))


def test_a_return_goes_back_to_the_desk_with_its_reason(context: None, identity: Who) -> None:
    reference = make.tip(routed_to="qs")
    leader = identity("qs.unit_leader")
    with unit_of_work():
        tip = queries.by_reference(reference, leader)
        actions.return_(tip, reason="违法行为发生在白沙县", by=leader)
        assert tip.state is TipState.RETURNED
        assert tip.unit_path == units.by_code("cz").path


def test_a_return_without_reason_is_refused(writing: None, identity: Who) -> None:
    tip = routed(identity)
    with pytest.raises(Refused, match="reason_needed"):
        actions.return_(tip, reason="", by=identity("qs.unit_leader"))


def routed(identity: Who, *kinds: TipKind) -> Tip:
    tip = make.receipt(kinds=kinds or (TipKind.REPORT,)).tips[0]
    actions.route(tip, units.by_code("qs"), by=identity("cz.triage_officer"))
    return tip


def test_accepting_a_complaint_starts_sixty_days_of_mediation(writing: None, identity: Who) -> None:
    tip = routed(identity, TipKind.COMPLAINT)
    actions.accept(tip, by=identity("qs.triage_officer"))
    running = clocks.main_clock("tip", tip.reference)
    assert (tip.state, running.rule_code) == (TipState.ACCEPTED, "tip.mediation")
    assert running.due_on.isoformat() == "2026-11-23"  # 21 November is a Saturday


def test_a_report_is_not_accepted_but_verified(writing: None, identity: Who) -> None:
    with pytest.raises(Refused, match="wrong_kind"):
        actions.accept(routed(identity), by=identity("qs.triage_officer"))


def test_declining_names_its_ground_and_stops_the_clock(writing: None, identity: Who) -> None:
    tip = routed(identity, TipKind.COMPLAINT)
    by = identity("qs.unit_leader")
    refusal = actions.Refusal(Ground.TOO_OLD, known_on=date(2022, 9, 1))
    actions.decline(tip, refusal, reason="购买已逾三年", by=by)
    assert tip.state is TipState.DECLINED
    assert clocks.main_clock("tip", tip.reference) is None
    with pytest.raises(IllegalTransition):
        actions.accept(tip, by=by)


def test_the_reporter_is_nowhere_in_the_database_in_plain(writing: None) -> None:
    make.receipt()
    reporter = db.session.scalars(select(Reporter)).one()
    assert make.REPORTER not in (reporter.name_sealed or "")
    for table in ("tip", "reporter", "audit_entry"):
        rows = str(db.session.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
        assert make.REPORTER not in rows
        assert make.PHONE not in rows


def test_each_look_at_a_reporter_is_written_down_with_its_purpose(
    writing: None, identity: Who
) -> None:
    tip = make.receipt().tips[0]
    shown = actions.reveal_reporter(tip, purpose="contact", by=identity("cz.triage_officer"))
    assert (shown.name, shown.phone) == (make.REPORTER, make.PHONE)
    entries = [e for e in audit.trail("tip", tip.reference) if e.event == "tip.reporter_shown"]
    assert [e.facts["purpose"] for e in entries] == ["contact"]
    assert make.REPORTER not in str(entries[0].facts)


@pytest.mark.parametrize(
    "account",
    ["qs.inspector", "qs.case_officer", "qs.unit_leader", "bs.triage_officer", "cz.triage_officer"],
)
def test_who_reported_a_breach_is_shown_to_nobody_who_handles_it(
    writing: None, identity: Who, account: str
) -> None:
    with pytest.raises(NotAllowed):
        actions.reveal_reporter(routed(identity), purpose="contact", by=identity(account))


def test_a_look_without_purpose_is_refused(writing: None, identity: Who) -> None:
    tip = make.receipt().tips[0]
    with pytest.raises(Refused, match="purpose_needed"):
        actions.reveal_reporter(tip, purpose="curiosity", by=identity("cz.triage_officer"))


def test_same_callers_meet_by_the_keyed_index(writing: None, identity: Who) -> None:
    first = make.receipt().tips[0]
    found = queries.same_caller(" 138 0000 0148 ", identity("cz.triage_officer"))
    assert [tip.reference for tip in found] == [first.reference]


def test_progress_needs_number_and_code_together(writing: None) -> None:
    receipt = make.receipt(kinds=BOTH)
    other = make.receipt()
    seen = tracking.progress(receipt.number, receipt.code)
    assert [p.reference for p in seen] == [tip.reference for tip in receipt.tips]
    wide = receipt.number.replace("-", "").translate({48 + n: 0xFF10 + n for n in range(10)})
    assert tracking.progress(f" {wide} ", receipt.code) == seen
    assert tracking.progress(other.number, receipt.code) == []
    assert tracking.progress(receipt.number, "2222 2222 2222") == []
    assert tracking.progress(receipt.number, "") == []
