"""Does a publication end when its time is over, and never change again?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.disclosures import drafting, jobs, life, publications, queries, rules
from app.disclosures.models import Publication
from app.disclosures.rules import (
    DisclosureState,
    Ending,
    Tier,
)
from app.enterprises.models import Enterprise
from app.enterprises.rules import EnterpriseStatus
from app.kernel import audit
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from tests.support.days import morning
from tests.support.make import cases, enterprises
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = DisclosureState


def test_what_is_over_ends_by_itself_and_once(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        last = publications.by_reference(reference).display.until
        with morning(last):
            jobs.end_displays()
            assert publications.by_reference(reference).standing == "genuine"
        with morning(last + timedelta(days=1)):
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
        with morning(date(2027, 9, 30)):
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
        with morning(date(2027, 9, 30)):
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
        make.publish(reference)
        assert publications.by_reference(reference).display.until == date(2030, 5, 1)


def test_an_ended_page_says_so_and_no_more(app: Flask, open_page: Open) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with morning(date(2027, 9, 30)):
            jobs.end_displays()
    with morning(date(2027, 10, 8)):
        page = open_page(f"/disclosures/{reference}")
        assert "公示期已满" in page.text
        assert "2027年9月22日" in page.text
        assert "线缆" not in page.html
        assert page.response.headers["X-Robots-Tag"] == "noindex"
        assert not open_page("/disclosures?q=线缆").links().get("测试线缆有限公司")
    inside = open_page(f"/publicity/{reference}", "qs.publisher")
    assert "公示期已满" in inside.text
