"""Do batches of typical cases go out by two people, and show no more than is shown?"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable

import page as validator
import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.disclosures import jobs as disclosure_jobs
from app.disclosures.batches import actions, jobs, publications, queries, rules
from app.disclosures.batches.actions import Choice, Frame
from app.disclosures.batches.rules import BatchState
from app.disclosures.rules import DisclosureState
from app.kernel import jobs as queue
from app.kernel import notebook, publiclog, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, Refused
from app.kernel.jobs import JobState
from app.kernel.publiclog import Act, Kind
from app.kernel.verify_publication import examine
from app.people import queries as people
from app.typesetting.leaks import leakcheck
from app.typesetting.logged import Finished, Prepared, entered
from tests.support.make import batches as make
from tests.support.make import disclosures
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = BatchState


@pytest.fixture
def shown(app: Flask) -> list[str]:
    """Two publications of one bureau."""
    with app.app_context():
        return [
            disclosures.reference(DisclosureState.PUBLISHED, title=title)
            for title in ("样例甲案", "样例乙案")
        ]


def file_of(reference: str) -> bytes:
    found = publications.by_reference(reference)
    assert found is not None
    with storage.shelf().open(found.pdf_sha256) as kept:
        return kept.read()


# By the pages -------------------------------------------------------------------------------------


def test_a_batch_by_the_pages_of_two_people(app: Flask, open_page: Open, shown: list[str]) -> None:
    page = open_page("/publicity/batches/", "qs.publisher")
    page = page.submit("开始选案例", subject="电线电缆质量", foreword="样例：现通报如下。")
    assert page.heading == "选编案例"
    page = page.submit("保存", added=shown)
    first, second = sorted(_comments(page))
    page = page.submit("保存", **{first: "样例：第一件评析。", second: "样例：第二件评析。"})
    page = page.submit("保存", **{first.replace("comment", "place"): "2",
                                second.replace("comment", "place"): "1"})  # fmt: skip
    page = page.click("返回").submit("提交审核")
    assert "待审核" in page.text
    assert "批准发布" not in page.buttons()
    address = page.url
    reviewed = open_page(address, "qs.reviewer")
    done = reviewed.submit("批准发布")
    assert done.heading == "2026年第1批电线电缆质量典型案例"
    assert "已发布" in done.text
    with app.app_context():
        assert [one.publication.reference for one in make.found("P2026-0001").cases] == shown[::-1]


def _comments(page: Page) -> list[str]:
    return [str(node.get("name")) for node in page.all("textarea") if "comment" in node.get("name")]


def test_readers_find_it_on_the_front_in_the_list_and_as_a_file(
    app: Flask, open_page: Open, shown: list[str]
) -> None:
    with app.app_context():
        make.batch(shown[0], S.PUBLISHED, more=(shown[1],))
    title = "2026年第1批样例产品质量典型案例"
    assert title in open_page("/").text
    page = open_page("/batches").click(title)
    assert page.heading == title
    for words in ("样例：现将一批案件通报如下。", "样例甲案", "样例乙案", "样例：评析1。"):
        assert words in page.text
    with page.client.get(page.links()["下载 PDF"]) as sent:
        assert sent.mimetype == "application/pdf"
    assert open_page("/batches/P1999-0001").status == 404


def test_drafts_are_not_public_and_not_for_others(
    app: Flask, open_page: Open, shown: list[str]
) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.SUBMITTED)
    assert open_page(f"/batches/{reference}").status == 404
    assert open_page(f"/batches/{reference}/file.pdf").status == 404
    assert open_page(f"/publicity/batches/{reference}", "bs.publisher").status == 404
    assert open_page(f"/publicity/batches/{reference}/file.pdf", "qs.publisher").status == 404
    assert "审核典型案例" in open_page("/desk", "qs.reviewer").text


def test_the_pages_say_it_in_english(
    app: Flask, open_page: Open, sign_in: Callable[..., FlaskClient], shown: list[str]
) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.PUBLISHED)
    client = sign_in("qs.publisher")
    client.set_cookie("language", "en")
    page = Page(client, client.get(f"/publicity/batches/{reference}"))
    assert "Published" in page.text
    assert "Foreword" in page.text
    assert "Choose cases" in Page(client, client.get("/publicity/batches/")).text
    reader = open_page("/batches").client
    reader.set_cookie("language", "en")
    assert "Typical cases" in Page(reader, reader.get("/batches")).text
    disclosures_page = Page(reader, reader.get(f"/batches/{reference}"))
    assert "Comment:" in disclosures_page.text


# Who may ------------------------------------------------------------------------------------------


def test_whoever_had_a_hand_in_it_cannot_approve(app: Flask, shown: list[str]) -> None:
    with app.app_context():
        found = make.found(make.batch(shown[0], S.SUBMITTED))
        with pytest.raises(Refused, match="batch_second_person"), unit_of_work():
            actions.approve(found, verify_root=make.ROOT, by=people.today_identity("qs.publisher"))


@pytest.mark.parametrize("account", ["qs.case_officer", "bs.publisher", "cz.publisher"])
def test_others_do_not_change_it(app: Flask, shown: list[str], account: str) -> None:
    with app.app_context():
        found = make.found(make.batch(shown[0]))
        with pytest.raises(NotAllowed), unit_of_work():
            actions.submit(found, by=people.today_identity(account))


def test_two_who_approve_at_once_publish_once(app: Flask, shown: list[str]) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.APPROVED)
        job = make.found(reference).job_id
        db.session.remove()
        queue.send(job)
        queue.send(job)
        assert [e.act for e in publiclog.history(reference, Kind.BATCH)] == [Act.PUBLISH]


# What it may not say ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("foreword", "comment", "code"),
    [("样例：{party}。", "样例。", "batch_names_party"), ("样例。", "", "batch_uncommented")],
)
def test_a_foreword_names_no_party_and_every_case_is_commented_on(
    app: Flask, shown: list[str], foreword: str, comment: str, code: str
) -> None:
    with app.app_context():
        reference = make.batch(shown[0])
        by = people.today_identity("qs.publisher")
        with unit_of_work():
            found = make.found(reference)
            words = foreword.format(party=found.cases[0].publication.party_name)
            choice = Choice({shown[0]: comment}, {shown[0]: 1})
            actions.amend(found, Frame("样例", words), choice, by=by)
        with pytest.raises(Refused, match=code), unit_of_work():
            actions.submit(make.found(reference), by=by)


def test_what_was_hidden_is_refused_in_words(app: Flask) -> None:
    with pytest.raises(Refused, match="batch_private"):
        rules.check_private(["样例：电话1380000 0148"], ["13800000148"])
    rules.check_private(["样例：电话"], ["13800000148"])
    with pytest.raises(Refused, match="batch_names_party"):
        rules.check_comments([("样例甲公司", "样例"), ("样例乙公司", "与样例甲公司一样")])
    with pytest.raises(Refused, match="batch_too_long"):
        rules.check_filled(rules.MOST_CASES + 1, 0)
    with pytest.raises(Refused, match="batch_empty"):
        rules.check_filled(0, 0)


def test_a_case_that_is_gone_cannot_go_out(app: Flask, shown: list[str]) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.SUBMITTED)
        disclosures.withdraw(shown[0])
        reviewer = people.today_identity("qs.reviewer")
        with pytest.raises(Refused, match="batch_gone"), unit_of_work():
            actions.approve(make.found(reference), verify_root=make.ROOT, by=reviewer)
        assert not queries.choosable(people.today_identity("qs.publisher"), [shown[0]])


def test_a_file_that_shows_what_was_removed_does_not_go_out(
    app: Flask, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.APPROVED)
        job = make.found(reference).job_id
        assert job is not None
        monkeypatch.setattr(queries, "removed_by_case", lambda _batch: [["样例：评析0"]])
        with pytest.raises(disclosure_jobs.StillShown):
            queue.run(job)
        db.session.remove()
        assert queue.state_of(job) is JobState.FAILED
        assert make.found(reference).state is S.APPROVED
        assert queries.may_retry(make.found(reference))
        assert publiclog.latest(reference, Kind.BATCH) is None


def test_what_enters_with_the_log_entry_is_read_again_before_it_goes_out(
    app: Flask, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the last look: only the bytes after log entry and signature say too much."""

    def telling(made: Prepared) -> Finished:
        final = entered(made)
        assert leakcheck(final.content, ["样例：已隐去"]) == []
        return Finished(final.content + "样例：已隐去".encode(), final.pages)

    with app.app_context():
        reference = make.batch(shown[0], S.APPROVED)
        job = make.found(reference).job_id
        assert job is not None
        monkeypatch.setattr(queries, "removed_by_case", lambda _batch: [["样例：已隐去"]])
        monkeypatch.setattr(disclosure_jobs, "entered", telling)
        with pytest.raises(disclosure_jobs.StillShown):
            queue.run(job)
        db.session.remove()
        assert make.found(reference).state is S.APPROVED
        assert publiclog.latest(reference, Kind.BATCH) is None
        monkeypatch.setattr(disclosure_jobs, "entered", entered)
        with unit_of_work():
            again = actions.retry(make.found(reference), by=people.today_identity("qs.reviewer")).id
        queue.run(again)
        assert make.found(reference).state is S.PUBLISHED


# What becomes of it -------------------------------------------------------------------------------


def test_the_file_is_in_the_log_and_proves_itself(app: Flask, shown: list[str]) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.PUBLISHED)
        content = file_of(reference)
        leaf = examine(content, notebook.book().public, {})["leaf"]
        entry = publiclog.latest(reference, Kind.BATCH)
        assert entry is not None
        assert (leaf, entry.act, entry.kind) == (entry.leaf, Act.PUBLISH, Kind.BATCH)
        with pikepdf.open(io.BytesIO(content)) as pdf:
            record = pdf.attachments["record.json"].get_file().read_bytes()
        assert hashlib.sha256(record).hexdigest() == entry.record
        assert json.loads(record)["cases"][0]["reference"] == shown[0]
        for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
            assert validator.validate_pdf_bytes(content, profile=profile).failures == []


def test_a_case_withdrawn_later_leaves_its_mark_and_no_more(
    app: Flask, open_page: Open, shown: list[str]
) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.PUBLISHED, more=(shown[1],))
        before = publications.by_reference(reference)
        assert before is not None
        disclosures.withdraw(shown[0])
    page = open_page(f"/batches/{reference}")
    for gone in ("样例甲案", "样例：评析0。"):
        assert gone not in page.text
    assert "已撤下" in page.text
    assert "样例乙案" in page.text
    assert "PDF 正在重新制作" in page.text
    old = page.client.get(f"/batches/{reference}/file.pdf")
    assert old.status_code == 303
    with app.app_context():
        jobs.renew_batches()
        now = publications.by_reference(reference)
        assert now is not None
        assert (now.revision, now.pdf_sha256 != before.pdf_sha256) == (2, True)
        content = file_of(reference)
        assert leakcheck(content, ["样例甲案", "样例：评析0。"]) == []
        assert leakcheck(content, ["样例乙案"])
        acts = [e.act for e in publiclog.history(reference, Kind.BATCH)]
        assert acts == [Act.PUBLISH, Act.CORRECT]
        jobs.renew_batches()
        assert len(publiclog.history(reference, Kind.BATCH)) == 2


def test_a_batch_taken_back_says_so_and_no_more(
    app: Flask, open_page: Open, shown: list[str]
) -> None:
    with app.app_context():
        reference = make.batch(shown[0], S.PUBLISHED)
    staff = open_page(f"/publicity/batches/{reference}", "qs.unit_leader")
    staff.submit("确认撤下", reason="样例：编号有误")
    page = open_page(f"/batches/{reference}")
    assert "样例：编号有误" in page.text
    assert "样例甲案" not in page.text
    assert "已撤下" in open_page("/batches").text
    assert "样例产品质量" not in open_page("/").text
    with app.app_context():
        assert [e.act for e in publiclog.history(reference, Kind.BATCH)][-1] is Act.WITHDRAW
        jobs.renew_batches()
        assert make.found(reference).revision == 1


def test_numbers_run_on_and_a_returned_batch_keeps_its_own(app: Flask, shown: list[str]) -> None:
    with app.app_context():
        first = make.batch(shown[0], S.APPROVED)
        reviewer = people.today_identity("qs.reviewer")
        with unit_of_work():
            actions.return_(make.found(first), reason="样例", by=reviewer)
        second = make.batch(shown[1], S.PUBLISHED)
        with unit_of_work():
            actions.submit(make.found(first), by=people.today_identity("qs.publisher"))
        with unit_of_work():
            actions.approve(make.found(first), verify_root=make.ROOT, by=reviewer)
        assert (make.found(first).number, make.found(second).number) == (1, 2)
