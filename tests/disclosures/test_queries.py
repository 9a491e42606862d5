"""What can be looked up, by whom, and what waits for whom?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.disclosures import actions, drafting, publications, queries
from app.disclosures.models import Disclosure
from app.disclosures.redacting import Redaction, compared
from app.disclosures.rules import DisclosureState, Ground
from app.kernel import clock, jobs
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.web import words
from tests.support.make import cases
from tests.support.make import disclosures as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
S = DisclosureState


def asks(who: Identity) -> list[tuple[str, str]]:
    return [(line.ask, line.reference) for line in queries.waiting(who, clock.today())]


def test_decided_cases_are_listed_until_somebody_takes_them_up(
    writing: None, identity: Who
) -> None:
    first = make.decided(title="样例案一")
    make.decided(title="样例邻县案", place="bs")
    cases.case(title="样例未决案")
    publisher = identity("qs.publisher")
    found = queries.pending(publisher, page=1)
    assert [(row.case.title, row.clock is not None) for row in found.rows] == [("样例案一", True)]
    drafting.start(first, by=publisher)
    db.session.flush()
    assert queries.pending(publisher, page=1).total == 0
    assert queries.pending(identity("cz.publisher"), page=1).total == 1
    assert queries.pending(identity("dl.publisher"), page=1).total == 0


def test_other_counties_disclosures_are_not_found(writing: None, identity: Who) -> None:
    reference = make.draft().reference
    db.session.flush()
    assert queries.by_reference(reference, identity("cz.auditor")).reference == reference
    for account in ("bs.publisher", "dl.publisher"):
        with pytest.raises(NotFound):
            queries.by_reference(reference, identity(account))


def test_views_count_what_they_list(app: Flask, identity: Who) -> None:
    with app.app_context():
        make.reference(S.PUBLISHED)
        make.reference(S.WITHDRAWN, title="样例撤下案")
        make.reference(S.DRAFTING, title="样例起草案")
        make.reference(S.SUBMITTED, place="bs")
        with unit_of_work():
            make.decided(title="样例待起草案")
        who = identity("qs.publisher")
        assert queries.view_counts(who) == {
            "pending": 1, "open": 1, "published": 1, "closed": 1, "all": 3,
        }  # fmt: skip
        for view in ("open", "published", "closed", "all"):
            listed = queries.register(who, view, "", page=1)
            assert len(listed.rows) == listed.total == queries.view_counts(who)[view]
        assert queries.register(who, "all", "起草案", page=1).total == 1
        assert queries.register(who, "all", "100%_\\", page=1).total == 0


def test_a_publisher_is_asked_to_begin_then_to_finish(writing: None, identity: Who) -> None:
    case = make.decided()
    warned = make.decided(items=(cases.WARNING,), title="样例仅警告案")
    publisher = identity("qs.publisher")
    assert asks(publisher) == [("disclosure.begin", case.reference)]
    assert asks(identity("qs.case_officer")) == []
    assert asks(identity("bs.publisher")) == []
    draft = drafting.start(case, by=publisher)
    db.session.flush()
    assert asks(publisher) == [("disclosure.finish", draft.reference)]
    assert warned.reference not in {reference for _, reference in asks(identity("qs.unit_leader"))}


def test_only_a_second_person_is_asked_to_release(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.SUBMITTED)
    db.session.flush()
    wanted = [("disclosure.release", draft.reference)]
    assert asks(identity("qs.reviewer")) == wanted
    assert asks(identity("qs.publisher2")) == wanted
    assert asks(identity("qs.publisher")) == []
    assert asks(identity("qs.unit_leader")) == wanted
    assert asks(identity("bs.reviewer")) == []


def test_a_returned_draft_and_a_failed_file_wait_again(
    app: Flask, identity: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        returned = make.reference(S.RETURNED)
        assert asks(identity("qs.publisher")) == [("disclosure.correct", returned)]
        approved = make.reference(S.APPROVED, title="样例另案")
        assert ("disclosure.retry", approved) not in asks(identity("qs.reviewer"))
        with unit_of_work():
            queries.job_of(queries.any_by_reference(approved)).state = jobs.JobState.FAILED
        assert ("disclosure.retry", approved) in asks(identity("qs.reviewer"))


def test_a_job_without_an_end_can_be_asked_again(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.APPROVED)
        found = queries.any_by_reference(reference)
        assert not queries.may_retry(found)
        with clock.frozen(clock.now() + timedelta(minutes=11)):
            assert queries.may_retry(found)


def test_lateness_is_visible_inside(app: Flask, identity: Who) -> None:
    with app.app_context():
        with unit_of_work():
            make.decided()
        later = clock.now() + timedelta(days=40)
        with clock.frozen(later):
            line = queries.waiting(identity("qs.publisher"), clock.today())[0]
            assert line.is_overdue(clock.today())
            assert line.due.kind == "overdue"


def test_every_ask_has_its_words(writing: None) -> None:
    for ask, _permission in (queries.TO_BEGIN, *queries.ASKS.values()):
        assert words.ask(ask)


def test_grounds_of_declining_are_counted(writing: None, identity: Who) -> None:
    leader = identity("qs.unit_leader")
    for ground in (Ground.SECRET, Ground.SECRET, Ground.MINOR):
        actions.decline(make.decided(), ground=ground, reason="样例", by=leader)
    assert queries.declined_by_ground(leader) == {Ground.SECRET: 2, Ground.MINOR: 1}
    assert queries.declined_by_ground(identity("bs.unit_leader")) == {}


# Original and result ------------------------------------------------------------------------------


def test_original_and_result_stand_side_by_side(writing: None, identity: Who) -> None:
    draft = make.private_draft()
    make.settle(draft, by=identity("qs.publisher"))
    left, right = sides(draft)
    assert "\n".join(left) == draft.original
    assert "\n".join(right) == Redaction.of(draft).text()
    assert len(left) == len(right) == len(draft.original.split("\n"))


def sides(draft: Disclosure) -> tuple[list[str], list[str]]:
    pairs = compared(Redaction.of(draft))
    return tuple(["".join(p.text for p in pair[side]) for pair in pairs] for side in (0, 1))  # type: ignore[return-value]


def test_a_number_that_runs_over_a_line_end_keeps_the_paragraphs_beside_each_other(
    writing: None, identity: Who
) -> None:
    draft = make.draft()
    draft.original = "第一段\n电话1380000\n0148。\n末段"
    drafting.propose(draft)
    drafting.hide_certain(draft, by=identity("qs.publisher"))
    left, right = sides(draft)
    assert left == ["第一段", "电话1380000 0148。", "末段"]
    assert right == ["第一段", "电话（电话略）。", "末段"]


# What the public finds ----------------------------------------------------------------------------


def test_the_public_finds_a_party_by_any_two_characters(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        name = cases.PARTY
        for at in range(len(name) - 1):
            found = publications.find(name[at : at + 2])
            assert [line.reference for line in found.lines] == [reference], name[at : at + 2]
        for typed in ("澄青市监处罚〔2026〕1号", "MA00000", "销售不符合", "青石县市场"):
            assert publications.find(typed).total == 1, typed
        assert publications.find("没有这家").total == 0


def test_nobody_finds_what_was_never_released(app: Flask) -> None:
    with app.app_context():
        for state in (S.DRAFTING, S.SUBMITTED, S.RETURNED, S.APPROVED):
            make.reference(state, title=f"样例{state}案")
        assert publications.latest(10) == ()
        assert publications.find("线缆").total == 0
        assert publications.count() == 0


def test_newest_first_and_paged(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        made = [make.reference(S.PUBLISHED, title=f"样例案{n}") for n in range(3)]
        assert [line.reference for line in publications.latest(2)] == made[:0:-1]
        monkeypatch.setattr(publications, "PER_PAGE", 2)
        pages = [publications.find("线缆", number).lines for number in (1, 2)]
        assert [line.reference for page in pages for line in page] == made[::-1]
        everything = [publications.find("", number).lines for number in (1, 2)]
        assert [line.reference for page in everything for line in page] == made[::-1]
        assert publications.find("线缆", 2).total == 3
        assert publications.others_of_party(publications.by_reference(made[0])) == 2


def test_the_index_can_be_made_anew(app: Flask) -> None:
    with app.app_context():
        kept = make.reference(S.PUBLISHED)
        make.reference(S.WITHDRAWN, title="样例撤下案")
        with unit_of_work():
            assert publications.rebuild_index() == 1
        assert [line.reference for line in publications.find("线缆").lines] == [kept]


def test_a_code_names_its_publication(app: Flask) -> None:
    with app.app_context():
        shown = publications.by_reference(make.reference(S.PUBLISHED))
        assert publications.by_check_code(shown.check_code) == shown
        assert publications.by_check_code("X") is None
