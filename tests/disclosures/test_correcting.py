"""What becomes of a publication that is corrected, and of the version before it?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.disclosures import actions, life, publications, queries, rules
from app.disclosures.models import Disclosure
from app.disclosures.rules import (
    DisclosureState,
)
from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused
from app.people import queries as people
from app.typesetting import logged
from tests.support.crowd import race
from tests.support.days import morning
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = DisclosureState
TODAY = date(2026, 9, 22)


def test_a_correction_carries_every_redaction_and_ends_the_version_before(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        new = make.correcting(old)
        before, after = queries.any_by_reference(old), queries.any_by_reference(new)
        fields = ("start", "end", "kind", "ruling", "reason", "ground", "replacement")
        carried = [[getattr(mark, name) for name in fields] for mark in after.marks]
        assert carried == [[getattr(mark, name) for name in fields] for mark in before.marks]
        assert (after.corrects, before.state) == (old, S.PUBLISHED)
        make.publish(new)
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
        with morning(TODAY + timedelta(days=40)):
            new = make.correcting(old)
            make.publish(new)
            assert publications.by_reference(new).display.until == until


def test_the_file_of_a_correction_names_its_version(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        new, facts = make.correcting(old), []
        real = logged.typeset
        monkeypatch.setattr(
            logged, "typeset", lambda kind, f, **kw: (facts.append(f), real(kind, f, **kw))[1]
        )
        make.publish(new)
        assert (facts[0].version, facts[0].replaces) == (2, old)


def test_a_correction_needs_a_reason_and_two_persons(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        with pytest.raises(Refused, match="disclosure_reason_needed"), unit_of_work():
            life.correct(
                queries.any_by_reference(old), reason=" ", by=people.today_identity("qs.publisher")
            )
        new = make.correcting(old)
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
        first = make.correcting(old)
        with pytest.raises(Refused, match="version_underway"):
            make.correcting(old)
        with unit_of_work():
            found = queries.any_by_reference(first)
            life.drop(found, reason="样例：不必更正", by=people.today_identity("qs.publisher"))
        db.session.remove()
        assert queries.any_by_reference(old).state is S.PUBLISHED
        assert make.correcting(old) != first


def test_a_correction_of_what_ended_meanwhile_is_refused(app: Flask) -> None:
    with app.app_context():
        old = make.reference(S.PUBLISHED)
        new = make.correcting(old)
        make.withdraw(old)
        with pytest.raises(Refused, match="corrected_is_over"):
            make.publish(new)
        assert publications.find("线缆").total == 0


def test_only_a_later_version_is_dropped_and_only_a_first_one_declined(app: Flask) -> None:
    with app.app_context():
        leader = people.today_identity("qs.unit_leader")
        new = make.correcting(make.reference(S.PUBLISHED))
        found = queries.any_by_reference(new)
        case, ground = queries.case_of(found), rules.Ground.OTHER
        with pytest.raises(Refused, match="later_version_only_dropped"), unit_of_work():
            actions.decline(case, ground=ground, reason="样例", by=leader, disclosure=found)
        assert "decline" not in actions.available(queries.any_by_reference(new), leader)


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
