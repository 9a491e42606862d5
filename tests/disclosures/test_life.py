"""What becomes of a publication: corrected, taken back in time, ended when its time is over?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.disclosures import actions, drafting, jobs, life, publications, queries, rules
from app.disclosures.models import Disclosure, Publication
from app.disclosures.rules import (
    DisclosureState,
    Ending,
    KeepGround,
    Ruling,
    Tier,
    WithdrawalGround,
)
from app.enterprises.models import Enterprise
from app.enterprises.rules import EnterpriseStatus
from app.kernel import audit, clock
from app.kernel import jobs as queue
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.kernel.redaction import Kind, Source
from app.people import queries as people
from app.typesetting import logged
from tests.support.make import cases, enterprises
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Who = Callable[..., Identity]
S = DisclosureState
TODAY = date(2026, 9, 22)


def at(day: date) -> Any:
    return clock.frozen(datetime(day.year, day.month, day.day, 9, tzinfo=clock.LEGAL_ZONE))


def publish(reference: str) -> None:
    """Submit a draft and release it, by two persons, through the queue."""
    with unit_of_work():
        found = queries.any_by_reference(reference)
        actions.submit(found, by=people.today_identity("qs.publisher"))
        reviewer, seen = people.today_identity("qs.reviewer"), actions.content_hash(found)
        job = actions.approve(found, seen=seen, verify_root=make.ROOT, by=reviewer).id
    db.session.remove()
    queue.send(job)


def correcting(reference: str, reason: str = "样例：摘要写错了产品") -> str:
    with unit_of_work():
        found = queries.any_by_reference(reference)
        version = life.correct(found, reason=reason, by=people.today_identity("qs.publisher"))
        kept = version.reference
    db.session.remove()
    return kept


# Corrected ----------------------------------------------------------------------------------------


def test_a_correction_carries_every_redaction_and_ends_the_version_before(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        new = correcting(old)
        before, after = queries.any_by_reference(old), queries.any_by_reference(new)
        fields = ("start", "end", "kind", "ruling", "reason", "ground", "replacement")
        carried = [[getattr(mark, name) for name in fields] for mark in after.marks]
        assert carried == [[getattr(mark, name) for name in fields] for mark in before.marks]
        assert (after.corrects, before.state) == (old, S.PUBLISHED)
        publish(new)
        shown, mark = publications.by_reference(new), publications.by_reference(old)
        assert (shown.revision, shown.replaces, shown.standing) == (2, old, "genuine")
        assert (mark.standing, mark.value, mark.replaced_by) == ("corrected", None, new)
        assert mark.display.ending_reason == "样例：摘要写错了产品"
        assert queries.any_by_reference(old).state is S.CORRECTED
        assert publications.find("线缆").total == 1


def test_a_corrected_version_is_shown_no_longer_than_the_first(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        until = publications.by_reference(old).display.until
        with at(TODAY + timedelta(days=40)):
            new = correcting(old)
            publish(new)
            assert publications.by_reference(new).display.until == until


def test_the_file_of_a_correction_names_its_version(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        new, facts = correcting(old), []
        real = logged.typeset
        monkeypatch.setattr(
            logged, "typeset", lambda kind, f, **kw: (facts.append(f), real(kind, f, **kw))[1]
        )
        publish(new)
        assert (facts[0].version, facts[0].replaces) == (2, old)


def test_a_correction_needs_a_reason_and_two_persons(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        with pytest.raises(Refused, match="disclosure_reason_needed"), unit_of_work():
            life.correct(
                queries.any_by_reference(old), reason=" ", by=people.today_identity("qs.publisher")
            )
        new = correcting(old)
        drafter = people.today_identity("qs.publisher")
        found = queries.any_by_reference(new)
        with unit_of_work():
            actions.submit(found, by=drafter)
        seen = actions.content_hash(found)
        with pytest.raises(Refused, match="second_person_needed"), unit_of_work():
            actions.approve(found, seen=seen, verify_root=make.ROOT, by=drafter)


def test_one_publication_has_one_correction_underway(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        first = correcting(old)
        with pytest.raises(Refused, match="version_underway"):
            correcting(old)
        with unit_of_work():
            found = queries.any_by_reference(first)
            life.drop(found, reason="样例：不必更正", by=people.today_identity("qs.publisher"))
        db.session.remove()
        assert queries.any_by_reference(old).state is S.PUBLISHED
        assert correcting(old) != first


def test_a_correction_of_what_ended_meanwhile_is_refused(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        new = correcting(old)
        make.withdraw(old)
        with pytest.raises(Refused, match="corrected_is_over"):
            publish(new)
        assert publications.find("线缆").total == 0


def test_only_a_later_version_is_dropped_and_only_a_first_one_declined(app: Flask) -> None:
    with app.app_context():
        leader = people.today_identity("qs.unit_leader")
        new = correcting(make.reference(S.PUBLISHED))
        found = queries.any_by_reference(new)
        case, ground = queries.case_of(found), rules.Ground.OTHER
        with pytest.raises(Refused, match="later_version_only_dropped"), unit_of_work():
            actions.decline(case, ground=ground, reason="样例", by=leader, disclosure=found)
        assert "decline" not in actions.available(queries.any_by_reference(new), leader)


def race(app: Flask, act: Callable[[], object], times: int = 2) -> list[str]:
    """Do the same at the same time; returns how each ended."""
    told: list[str] = []
    start = Barrier(times)

    def run() -> None:
        with app.app_context():
            start.wait()
            try:
                with unit_of_work():
                    act()
                told.append("done")
            except (Refused, IntegrityError, StaleDataError) as refused:
                told.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_two_who_correct_at_once_make_one_version(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        publisher = people.today_identity("qs.publisher")
        db.session.remove()
    told = race(
        app, lambda: life.correct(queries.any_by_reference(old), reason="样例", by=publisher)
    )
    assert told.count("done") == 1
    with app.app_context():
        query = select(Disclosure).where(Disclosure.corrects == old)
        assert len(db.session.scalars(query).all()) == 1


# Taken back in time -------------------------------------------------------------------------------


def overturn(reference: str, on: date) -> None:
    with unit_of_work():
        life.overturn(
            queries.any_by_reference(reference), ground=WithdrawalGround.REVOKED, on=on,
            by=people.today_identity("qs.case_officer"),
        )  # fmt: skip
    db.session.remove()


def test_an_overturned_decision_starts_three_working_days_on_the_leaders_desk(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        overturn(reference, TODAY)
        running = clocks.running_clock("disclosure", reference, rules.WITHDRAWAL)
        assert running is not None
        # 23, 24 September, then the Mid-Autumn holiday until the 27th.
        assert running.due_on == date(2026, 9, 28)
        asked = queries.waiting(people.today_identity("qs.unit_leader"), TODAY)
        assert [(w.ask, w.due_on) for w in asked] == [("disclosure.take_back", date(2026, 9, 28))]
        assert not queries.waiting(people.today_identity("bs.unit_leader"), TODAY)
        make.withdraw(reference)
        stopped = clocks.clocks_of("disclosure", reference)
        assert [c.outcome for c in stopped] == [Outcome.MET]


def test_late_is_late(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with at(date(2026, 10, 20)):
            overturn(reference, TODAY)
            leader = people.today_identity("qs.unit_leader")
            assert queries.waiting(leader, clock.today())[0].is_overdue(clock.today())
            make.withdraw(reference)
        assert clocks.clocks_of("disclosure", reference)[0].outcome is Outcome.LATE


@pytest.mark.parametrize("on", [TODAY + timedelta(days=1), date(2026, 9, 1)])
def test_a_decision_is_overturned_after_it_was_made_and_not_in_future(app: Flask, on: date) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with pytest.raises(Refused, match="overturned_day_impossible"):
            overturn(reference, on)


def test_taking_back_for_a_mistake_needs_no_day_and_any_other_does(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        leader = people.today_identity("qs.unit_leader")
        found = queries.any_by_reference(reference)
        with pytest.raises(Refused, match="overturned_day_needed"), unit_of_work():
            actions.withdraw(found, ground=WithdrawalGround.VOID, reason="样例", by=leader)
        with unit_of_work():
            found = queries.any_by_reference(reference)
            actions.withdraw(found, ground=WithdrawalGround.MISTAKE, reason="样例", by=leader)
        assert not clocks.clocks_of("disclosure", reference)


# The end of the display ---------------------------------------------------------------------------


def test_what_is_over_ends_by_itself_and_once(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        last = publications.by_reference(reference).display.until
        with at(last):
            jobs.end_displays()
            assert publications.by_reference(reference).standing == "genuine"
        with at(last + timedelta(days=1)):
            jobs.end_displays()
            jobs.end_displays()
            shown = publications.by_reference(reference)
        row = db.session.scalars(select(Publication)).one()
        assert (shown.standing, shown.value) == ("ended", None)
        assert (row.ending, row.text, row.party_name, row.penalty) == (Ending.EXPIRED, "", "", [])
        ends = [e for e in audit.trail("disclosure", reference) if e.event == "disclosure.ended"]
        assert len(ends) == 1
        db.session.rollback()
        with unit_of_work():
            assert publications.rebuild_index() == 0


def test_many_end_in_one_go(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(life, "AT_ONCE", 2)
    with app.app_context():
        kept = [make.reference(S.PUBLISHED, title=f"样例{n}案") for n in range(5)]
        with at(date(2027, 9, 30)):
            jobs.end_displays()
        assert {queries.any_by_reference(one).state for one in kept} == {S.ENDED}
        assert publications.count() == 0


def test_a_deregistered_firm_is_shown_no_longer(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            firm = enterprises.enterprise(cases.who("qs", "case_officer"), name="样例电器厂")
            where = firm.id
        reference = make.reference(S.PUBLISHED, enterprise=db.session.get_one(Enterprise, where))
        jobs.end_displays()
        assert publications.by_reference(reference).standing == "genuine"
        with unit_of_work() as session:
            session.get_one(Enterprise, where).status = EnterpriseStatus.DEREGISTERED
        db.session.remove()
        jobs.end_displays()
        assert publications.by_reference(reference).standing == "deregistered"


def test_an_ended_publication_never_changes_again(app: Flask) -> None:
    with app.app_context():
        make.reference(S.PUBLISHED)
        with at(date(2027, 9, 30)):
            jobs.end_displays()
        with pytest.raises(PermissionError), unit_of_work() as session:
            session.scalars(select(Publication)).one().ending_reason = "样例：改过"


TIERS = [
    # tier, shown from, restricted until: last day, earliest end on application
    (Tier.MINOR, date(2026, 9, 22), None, date(2026, 12, 22), None),
    (Tier.ORDINARY, date(2026, 9, 22), None, date(2027, 9, 22), date(2026, 12, 22)),
    (Tier.ORDINARY, date(2025, 9, 22), None, date(2028, 9, 22), None),
    (Tier.SEVERE, date(2026, 9, 22), None, date(2029, 9, 22), date(2027, 9, 22)),
    (Tier.GRAVE, date(2026, 9, 22), None, date(2029, 9, 22), None),
    (
        Tier.SEVERE, date(2026, 9, 22), date(2028, 1, 1), date(2029, 9, 22), date(2028, 1, 1),
    ),
    (
        Tier.SEVERE, date(2026, 9, 22), date(2031, 1, 1), date(2031, 1, 1), date(2031, 1, 1),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("tier", "since", "restricted", "until", "earliest"), TIERS)
def test_each_tier_ends_by_the_rules_of_the_day_it_was_shown(
    tier: Tier, since: date, restricted: date | None, until: date, earliest: date | None
) -> None:
    shown = rules.display(tier, since, restricted_until=restricted)
    assert (shown.until, shown.earliest_end) == (until, earliest)


def test_a_restriction_carries_the_display_with_it(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            draft = make.draft()
            summary = draft.summary
            amendment = drafting.Amendment(
                title=summary["title"], violation=summary["violation"], product="",
                penalty=tuple(summary["penalty"]), is_mitigated=False, in_key_field=False,
                restricted_until=date(2030, 5, 1),
            )  # fmt: skip
            publisher = people.today_identity("qs.publisher")
            drafting.amend(draft, amendment, by=publisher)
            make.settle(draft, by=publisher)
            reference = draft.reference
        db.session.remove()
        publish(reference)
        assert publications.by_reference(reference).display.until == date(2030, 5, 1)


# What may stay ------------------------------------------------------------------------------------

NEVER: frozenset[KeepGround] = frozenset()


@pytest.mark.parametrize(
    ("kind", "source", "of_person", "allowed"),
    [
        (Kind.RESIDENT_ID, Source.CHECKED, False, NEVER),
        (Kind.RESIDENT_ID, Source.PATTERN, False, {KeepGround.NOT_AN_IDENTIFIER}),
        (Kind.MOBILE, Source.LABELLED, False, NEVER),
        (Kind.BANK_CARD, Source.KNOWN, False, NEVER),
        (Kind.ADDRESS, Source.KNOWN, False, {KeepGround.UNIT_ADDRESS}),
        (Kind.ADDRESS, Source.KNOWN, True, {KeepGround.OWN_PREMISES}),
        (Kind.ADDRESS, Source.PATTERN, True,
         {KeepGround.OWN_PREMISES, KeepGround.NOT_AN_IDENTIFIER}),
        (Kind.ADDRESS, Source.QUESTION, False,
         {KeepGround.UNIT_ADDRESS, KeepGround.NOT_AN_IDENTIFIER}),
        (Kind.LANDLINE, Source.LABELLED, False, {KeepGround.UNIT_CONTACT}),
        (Kind.PERSON, Source.KNOWN, False, None),
    ],
)  # fmt: skip
def test_a_private_identifier_stays_on_a_ground_of_the_list_or_never(
    kind: Kind, source: Source, of_person: object, allowed: object
) -> None:
    assert rules.keep_grounds(kind, source, of_person=bool(of_person)) == allowed


def test_a_proven_identity_number_is_never_kept(writing: None, identity: Who) -> None:
    draft = make.private_draft()
    proven = next(mark for mark in draft.marks if mark.kind == Kind.RESIDENT_ID)
    with pytest.raises(Refused, match="mark_never_kept"):
        drafting.rule_on(
            draft, {proven.id: (Ruling.KEPT, "样例：任何理由")}, by=identity("qs.publisher"),
            grounds={proven.id: KeepGround.NOT_AN_IDENTIFIER},
        )  # fmt: skip


def test_the_page_offers_no_way_to_keep_it(app: Flask, open_page: Open) -> None:
    with app.app_context():
        with unit_of_work():
            draft = make.private_draft()
            reference = draft.reference
            proven = next(mark.id for mark in draft.marks if mark.kind == Kind.RESIDENT_ID)
        db.session.remove()
    page = open_page(f"/publicity/{reference}", "qs.publisher")
    offered = {n.get("value") for n in page.all("input", name=f"ruling_{proven}")}
    assert offered == {"hidden", "open"}


# By the pages -------------------------------------------------------------------------------------


def test_a_correction_from_the_page_to_the_public(app: Flask, open_page: Open) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
    draft = open_page(f"/publicity/{old}", "qs.publisher").submit(
        "确认更正", reason="样例：产品名称有误"
    )
    assert "更正理由：样例：产品名称有误" in draft.text
    assert draft.url != f"/publicity/{old}"
    worded = draft.click("修改摘要").submit("保存摘要", product="样例更正后的产品")
    worded.submit("提交审核")
    released = open_page(draft.url, "qs.reviewer").submit("批准公示")
    assert "已公示" in released.text
    new = draft.url.rpartition("/")[2]
    before = open_page(f"/disclosures/{old}")
    assert "已更正" in before.text
    assert "样例：产品名称有误" in before.text
    assert "测试线缆" not in before.text
    after = before.click(new)
    assert f"第 2 版，代替 {old}" in after.text
    assert open_page(f"/disclosures/{old}/file.pdf").url == f"/disclosures/{old}"
    assert open_page("/disclosures").links().get("测试线缆有限公司", "").endswith(new)


def test_an_ended_page_says_so_and_no_more(app: Flask, open_page: Open) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with at(date(2027, 9, 30)):
            jobs.end_displays()
    with at(date(2027, 10, 8)):
        page = open_page(f"/disclosures/{reference}")
        assert "公示期已满" in page.text
        assert "2027年9月22日" in page.text
        assert "线缆" not in page.html
        assert page.response.headers["X-Robots-Tag"] == "noindex"
        assert not open_page("/disclosures?q=线缆").links().get("测试线缆有限公司")
    inside = open_page(f"/publicity/{reference}", "qs.publisher")
    assert "公示期已满" in inside.text


def test_the_register_counts_who_was_late(app: Flask, open_page: Open) -> None:
    with app.app_context():
        make.reference(S.PUBLISHED)
        with unit_of_work():
            make.decided(title="样例未公示案")
        with at(date(2026, 12, 1)):
            page = open_page("/publicity/?view=all", "qs.unit_leader")
    assert ["按期公示", "1"] in page.rows()
    assert ["已超期，尚未公示", "1"] in page.rows()
    assert ["逾期公示", "0"] in page.rows()
    with at(date(2026, 12, 1)):
        city = open_page("/publicity/?view=all", "cz.supervisor")
        other = open_page("/publicity/?view=all", "bs.publisher")
    assert ["按期公示", "1"] in city.rows()
    assert ["按期公示", "0"] in other.rows()


@pytest.mark.parametrize("account", ["qs.supervisor", "bs.publisher", "cz.publisher"])
def test_others_neither_correct_nor_overturn(writing: None, identity: Who, account: str) -> None:
    found = make.disclosure(S.SUBMITTED)
    with pytest.raises(NotAllowed):
        life.correct(found, reason="样例", by=identity(account))
    with pytest.raises(NotAllowed):
        life.overturn(found, ground=WithdrawalGround.VOID, on=TODAY, by=identity(account))
