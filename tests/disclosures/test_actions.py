"""What comes of each act on a disclosure, and who is refused?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm.exc import StaleDataError

from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.disclosures import actions, drafting, publications, queries
from app.disclosures import jobs as disclosure_jobs
from app.disclosures.drafting import Amendment
from app.disclosures.models import Disclosure, Mark, Publication
from app.disclosures.redacting import Redaction
from app.disclosures.rules import DisclosureState, KeepGround, Ruling
from app.kernel import audit, clock, jobs, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import IllegalTransition, NotAllowed, Refused, Stale
from app.kernel.identity import Identity
from app.kernel.redaction import Kind, Source
from app.people import actions as staff
from app.people import queries as people
from app.units import queries as units
from tests.support.make import cases
from tests.support.make import disclosures as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
S = DisclosureState


@pytest.fixture
def private(writing: None) -> Disclosure:
    """A draft whose original holds what must not become public."""
    return make.private_draft()


def events(reference: str) -> list[str]:
    return [entry.event for entry in audit.trail("disclosure", reference)]


def published() -> int:
    return db.session.scalar(select(func.count()).select_from(Publication)) or 0


# The draft ----------------------------------------------------------------------------------------


def test_a_decided_case_opens_with_summary_and_marks(private: Disclosure) -> None:
    found = {(mark.kind, mark.text) for mark in private.marks}
    assert (Kind.PERSON, "样例法人甲") in found
    assert (Kind.RESIDENT_ID, "11010519491231002X") in found
    assert (Kind.MOBILE, "13800000148") in found
    assert all(mark.ruling is Ruling.OPEN for mark in private.marks)
    assert private.summary["party_name"] == cases.PARTY
    assert private.summary["decided_on"] == "2026-09-22"
    assert private.reference == "G2026-0001"
    assert events(private.reference) == ["disclosure.drafted"]


def test_the_place_of_business_of_a_firm_is_a_question(private: Disclosure) -> None:
    address = next(mark for mark in private.marks if mark.kind == Kind.ADDRESS)
    assert address.source == Source.QUESTION
    drafting.hide_certain(private, by=people.today_identity("qs.publisher"))
    assert address.ruling is Ruling.OPEN


def test_an_undecided_or_warned_case_cannot_be_opened(writing: None, identity: Who) -> None:
    publisher = identity("qs.publisher")
    with pytest.raises(Refused, match="case_not_decided"):
        drafting.start(cases.case(), by=publisher)
    warned = make.decided(items=(cases.WARNING,))
    with pytest.raises(Refused, match="warning_only_not_shown"):
        drafting.start(warned, by=publisher)


def test_a_case_is_opened_once(writing: None, identity: Who) -> None:
    case = make.decided()
    drafting.start(case, by=identity("qs.publisher"))
    with pytest.raises(Refused, match="disclosed_already"):
        drafting.start(case, by=identity("qs.publisher2"))


@pytest.mark.parametrize("account", ["qs.reviewer", "qs.case_officer", "bs.publisher"])
def test_only_the_bureaus_publisher_opens_a_case(
    writing: None, identity: Who, account: str
) -> None:
    case = make.decided()
    with pytest.raises(NotAllowed):
        drafting.start(case, by=identity(account))


def test_showing_what_was_proposed_to_be_hidden_needs_a_reason(
    private: Disclosure, identity: Who
) -> None:
    mark = next(mark for mark in private.marks if mark.kind == Kind.PERSON)
    with pytest.raises(Refused, match="mark_reason_needed") as refused:
        drafting.rule_on(private, {mark.id: (Ruling.KEPT, "")}, by=identity("qs.publisher"))
    assert refused.value.field == f"reason_{mark.id}"


def test_added_words_are_hidden_wherever_and_however_they_stand(
    private: Disclosure, identity: Who
) -> None:
    drafting.add_mark(
        private, "检验报告", Kind.OTHER, reason="样例：商业秘密", by=identity("qs.publisher")
    )
    assert "检验报告" not in Redaction.of(private).text()
    assert "检验报告" in Redaction.of(private).removed()
    with pytest.raises(Refused, match="mark_not_found"):
        drafting.add_mark(
            private, "没有的话", Kind.OTHER, reason="样例", by=identity("qs.publisher")
        )
    with pytest.raises(Refused, match="mark_too_short"):
        drafting.add_mark(private, "检", Kind.OTHER, reason="样例", by=identity("qs.publisher"))


def test_an_added_person_gets_one_mark_in_text_and_summary(
    private: Disclosure, identity: Who
) -> None:
    publisher = identity("qs.publisher")
    amendment = amended(private, title="样例证人乙作证的测试线缆有限公司案")
    drafting.amend(private, amendment, by=publisher)
    drafting.add_mark(private, "样例证人乙", Kind.PERSON, reason="样例：证人", by=publisher)
    make.settle(private, by=publisher)
    value = publications.build(private, "CODE")
    assert "样某乙作证" in value.title
    assert "样某乙" in value.text
    assert "样某甲" in value.text
    assert value.representative == "样某甲"
    assert "样例证人乙" not in "".join(value.texts())


def amended(disclosure: Disclosure, **over: object) -> Amendment:
    given = {name: disclosure.summary[name] for name in ("title", "violation", "product")} | {
        "penalty": tuple(disclosure.summary["penalty"])
    }
    return Amendment(**{**given, "is_mitigated": False, "in_key_field": False, **over})


def test_the_same_words_cannot_be_hidden_here_and_shown_there(writing: None, identity: Who) -> None:
    draft, publisher = make.private_draft(), identity("qs.publisher")
    names = [mark for mark in draft.marks if mark.text == "样例法人甲"]
    assert len(names) > 1
    make.settle(draft, by=publisher)
    drafting.rule_on(draft, {names[0].id: (Ruling.KEPT, "样例：有意留下")}, by=publisher)
    with pytest.raises(Refused, match="marks_uneven"):
        actions.submit(draft, by=publisher)


def test_an_undecided_mark_stops_the_draft(private: Disclosure, identity: Who) -> None:
    with pytest.raises(Refused, match="marks_undecided"):
        actions.submit(private, by=identity("qs.publisher"))


def test_a_name_kept_everywhere_is_kept_in_the_summary_too(
    private: Disclosure, identity: Who
) -> None:
    publisher = identity("qs.publisher")
    drafting.hide_certain(private, by=publisher)
    shown = {
        mark.id: (Ruling.KEPT, "样例：依法公开")
        for mark in private.marks
        if mark.text == "样例法人甲" or mark.ruling is Ruling.OPEN
    }
    ground: dict[int, KeepGround | None] = dict.fromkeys(shown, KeepGround.UNIT_ADDRESS)
    drafting.rule_on(private, shown, by=publisher, grounds=ground)
    actions.submit(private, by=publisher)
    assert publications.build(private, "CODE").representative == "样例法人甲"


def test_a_secret_left_in_the_summary_stops_the_draft(private: Disclosure, identity: Who) -> None:
    """The control of the leak check: a removed string is planted where no mark can reach it."""
    publisher = identity("qs.publisher")
    make.settle(private, by=publisher)
    private.summary = {**private.summary, "authority": "样例法人甲市场监督管理局"}
    with pytest.raises(Refused, match="still_shown"):
        actions.submit(private, by=publisher)


# The two persons ----------------------------------------------------------------------------------


def test_a_reviewer_releases_and_the_queue_publishes(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        found = queries.any_by_reference(reference)
        row = queries.publication_of(found)
        assert found.state is S.PUBLISHED
        assert row.published_on == date(2026, 9, 22)
        assert row.displayed_until == date(2027, 9, 22)
        assert storage.shelf().path(row.pdf_sha256).stat().st_size == row.pdf_size
        assert events(reference) == [
            "disclosure.published", "disclosure.approved", "disclosure.submitted",
            "disclosure.ruled", "disclosure.ruled", "disclosure.drafted",
        ]  # fmt: skip
        published = audit.trail("disclosure", reference)[0]
        assert published.facts["content"] == found.content_hash
        assert published.by_id == people.today_identity("qs.reviewer").person_id


def test_publishing_stops_the_cases_clock(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        case = queries.any_by_reference(reference).case_reference
        stopped = [c for c in clocks.clocks_of("case", case) if c.rule_code == "disclosure.publish"]
        assert [c.outcome for c in stopped] == [Outcome.MET]


def test_the_drafter_cannot_release_also_with_both_roles(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.SUBMITTED)
    drafter = identity("qs.publisher")
    with pytest.raises(Refused, match="second_person_needed"):
        approve(draft, drafter)
    person = people.by_account("qs.publisher")
    staff.grant_post(person, units.by_code("qs"), people.Role.REVIEWER, by=None)
    again = people.today_identity("qs.publisher")
    assert again.has("reviewer")
    with pytest.raises(Refused, match="second_person_needed"):
        approve(draft, again)
    assert draft.state is S.SUBMITTED


def approve(draft: Disclosure, by: Identity) -> jobs.Job:
    seen = actions.content_hash(draft)
    return actions.approve(draft, seen=seen, verify_root=make.ROOT, by=by)


def test_whoever_touched_a_mark_cannot_release(writing: None, identity: Who) -> None:
    draft, second = make.draft(), identity("qs.publisher2")
    make.settle(draft, by=second)
    actions.submit(draft, by=identity("qs.publisher"))
    with pytest.raises(Refused, match="second_person_needed"):
        approve(draft, second)
    assert approve(draft, identity("qs.reviewer"))


def test_whoever_only_submitted_cannot_release(writing: None, identity: Who) -> None:
    draft = make.draft()
    make.settle(draft, by=identity("qs.publisher"))
    actions.submit(draft, by=identity("qs.publisher2"))
    with pytest.raises(Refused, match="second_person_needed"):
        approve(draft, identity("qs.publisher2"))


def test_the_cases_officers_cannot_release(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.SUBMITTED)
    officer = people.by_account("qs.case_officer")
    staff.grant_post(officer, units.by_code("qs"), people.Role.REVIEWER, by=None)
    with pytest.raises(Refused, match="case_handler_cannot_release"):
        approve(draft, people.today_identity("qs.case_officer"))


@pytest.mark.parametrize("account", ["qs.unit_leader", "qs.case_officer", "bs.reviewer"])
def test_other_roles_and_other_counties_cannot_release(
    writing: None, identity: Who, account: str
) -> None:
    draft = make.disclosure(S.SUBMITTED)
    with pytest.raises(NotAllowed):
        approve(draft, identity(account))


def test_a_release_is_of_exactly_what_was_seen(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.SUBMITTED)
    with pytest.raises(Stale):
        actions.approve(draft, seen="0" * 64, verify_root=make.ROOT, by=identity("qs.reviewer"))


def name_of(disclosure: Disclosure) -> Mark:
    return next(mark for mark in disclosure.marks if mark.kind == Kind.PERSON)


#: What somebody with a hand in the database might change behind the acts' back.
TAMPERED: dict[str, Callable[[Disclosure], object]] = {
    "one byte of the text": lambda d: setattr(d, "original", d.original.replace("903", "904", 1)),
    "the title": lambda d: setattr(d, "summary", {**d.summary, "title": "样例另案"}),
    "the field of law": lambda d: setattr(d, "in_key_field", not d.in_key_field),
    "one ruling": lambda d: setattr(name_of(d), "ruling", Ruling.KEPT),
    "one replacement": lambda d: setattr(name_of(d), "replacement", "王某某"),
    "one place": lambda d: setattr(name_of(d), "end", name_of(d).end - 1),
    "one person": lambda d: setattr(d, "people", d.people[1:]),
    "one mark": lambda d: d.marks.remove(name_of(d)),
}


@pytest.mark.parametrize("change", TAMPERED)
def test_any_change_after_the_release_voids_it(app: Flask, change: str) -> None:
    with app.app_context():
        reference = make.reference(S.APPROVED)
        with unit_of_work():
            found = queries.any_by_reference(reference)
            TAMPERED[change](found)
            job = found.job_id
        db.session.remove()
        jobs.send(job)
        found = queries.any_by_reference(reference)
        assert found.state is S.RETURNED
        assert found.publication is None
        assert found.approved_by_id is None
        assert events(reference)[0] == "disclosure.voided"
        assert publications.find("线缆").total == 0


def test_the_last_look_is_inside_the_transaction(app: Flask) -> None:
    """Even a change between typesetting and release is found."""
    with app.app_context():
        reference = make.reference(S.APPROVED)
        found = queries.any_by_reference(reference)
        value = publications.build(found, found.check_code or "")
        reviewer = people.today_identity("qs.reviewer")
        db.session.remove()
        with unit_of_work() as session:
            session.execute(update(Disclosure).values(is_mitigated=True))
        made = actions.Made("0" * 64, 1, 1)
        with pytest.raises(Refused, match="content_changed"), unit_of_work():
            actions.publish(queries.any_by_reference(reference), value, made, by=reviewer)
        assert queries.any_by_reference(reference).publication is None


def test_a_reviewer_who_lost_the_post_meanwhile_publishes_nothing(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.APPROVED)
        with unit_of_work():
            person = people.by_account("qs.reviewer")
            for post in person.posts:
                post.valid_to = clock.today() - timedelta(days=1)
        job = queries.any_by_reference(reference).job_id
        db.session.remove()
        jobs.send(job)
        found = queries.any_by_reference(reference)
        assert found.state is S.APPROVED
        assert queries.job_of(found).fault == "NotAllowed"
        assert queries.may_retry(found)


def test_two_releases_at_once_publish_once(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.SUBMITTED)
        reviewers = [people.today_identity(f"qs.reviewer{n}") for n in ("", "2")]
    start, outcomes = Barrier(2), []

    def release(by: Identity) -> None:
        with app.app_context(), clock.frozen(clock.now()):
            seen = actions.content_hash(queries.any_by_reference(reference))
            db.session.rollback()
            start.wait(timeout=30)
            try:
                with unit_of_work():
                    draft = queries.any_by_reference(reference)
                    job = actions.approve(draft, seen=seen, verify_root=make.ROOT, by=by).id
                outcomes.append("released")
                jobs.send(job)
            except (IllegalTransition, Stale, StaleDataError) as lost:
                outcomes.append(type(lost).__name__)

    threads = [Thread(target=release, args=(by,)) for by in reviewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert outcomes.count("released") == 1, outcomes
    with app.app_context():
        assert published() == 1
        assert events(reference).count("disclosure.approved") == 1
        assert events(reference).count("disclosure.published") == 1


def test_a_job_sent_twice_publishes_once(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        job = queries.job_of(queries.any_by_reference(reference))
        disclosure_jobs.publish(**job.arguments)
        assert published() == 1


def test_returned_drafts_come_back_with_their_reason(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.SUBMITTED)
    with pytest.raises(Refused, match="disclosure_reason_needed"):
        actions.return_(draft, reason=" ", by=identity("qs.reviewer"))
    actions.return_(draft, reason="样例：日期有误", by=identity("qs.reviewer"))
    assert (draft.state, draft.reason) == (S.RETURNED, "样例：日期有误")
    actions.submit(draft, by=identity("qs.publisher"))
    assert draft.state is S.SUBMITTED


def test_a_release_can_be_revoked_before_it_is_public(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.APPROVED)
    actions.revoke(draft, reason="样例：看漏了", by=identity("qs.reviewer"))
    assert draft.state is S.RETURNED
    assert draft.content_hash is None
