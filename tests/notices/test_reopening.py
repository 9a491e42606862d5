"""How does a signed notice that cannot go out come back to its drafter?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.kernel import clock, jobs, publiclog
from app.kernel.db import db, unit_of_work
from app.kernel.errors import IllegalTransition, NotAllowed
from app.kernel.publiclog import Kind
from app.notices import actions, documents, publications, queries
from app.notices.models import Notice
from app.notices.rules import NoticeKind, NoticeState
from app.people import queries as people
from tests.conftest import NOW
from tests.support.make import notices as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
#: No font of the house has this sign.
UNSETTABLE = "一、提示\n购买时请查看标志\U0001f9ff。"
NUMBER = "澄市监通告〔2026〕1号"
REASON = "正文有排不出的符号"


@pytest.fixture
def stuck(app: Flask) -> str:
    with app.app_context():
        return f"/notices-desk/{make.notice(body=UNSETTABLE, published=True)}"


def reference_of(address: str) -> str:
    return address.rpartition("/")[2]


def again(open_page: Open, address: str) -> Page:
    """Carry a draft through review and signature once more."""
    open_page(address, "cz.drafter").submit("送核")
    open_page(address, "cz.reviewer").submit("核稿通过")
    return open_page(address, "cz.unit_leader").submit("签发")


def mended(open_page: Open, address: str, **fields: str) -> Page:
    edit = open_page(f"{address}/edit", "cz.drafter")
    return edit.submit("保存草稿", body="一、提示\n购买时请查看标志。", **fields)


def notice_at(address: str) -> Notice:
    leader = people.today_identity("cz.unit_leader")
    return queries.by_reference(reference_of(address), leader)


def test_what_cannot_be_set_is_taken_back_mended_and_issued_under_its_number(
    open_page: Open, app: Flask, stuck: str
) -> None:
    assert "处理未能印发的文稿" in open_page("/desk", "cz.unit_leader").text
    page = open_page(stuck, "cz.unit_leader")
    assert ("未能印发" in page.text, "U+1F9FF" in page.click("预览版面").text) == (True, True)
    refused = page.submit("确认撤回签发")
    assert (refused.status, refused.errors()[0]) == (422, "请写明理由。")
    page = page.submit("确认撤回签发", **{"reopen-reason": REASON})
    assert f"{REASON}（文号 {NUMBER} 留待再次签发）" in page.text
    assert "处理未能印发的文稿" not in open_page("/desk", "cz.unit_leader").text
    mended(open_page, stuck)
    assert "已印发" in again(open_page, stuck).text
    with app.app_context():
        public = publications.by_reference(reference_of(stuck))
        assert public is not None
        assert public.number == NUMBER
        assert len(publiclog.history(public.reference, Kind.NOTICE)) == 1
        assert make.notice(published=True)
        assert publications.latest(1)[0].number == "澄市监通告〔2026〕2号", "no gap, no double"


def test_a_review_before_the_mending_counts_no_more(
    open_page: Open, app: Flask, stuck: str
) -> None:
    page = open_page(stuck, "cz.unit_leader")
    page.submit("确认撤回签发", **{"reopen-reason": REASON})
    with app.app_context():
        found = notice_at(stuck)
        assert (found.reviewed_by_id, found.signed_by_id, found.signed_on) == (None, None, None)
    drafter = open_page(stuck, "cz.drafter").submit("送核")
    assert "签发" not in open_page(drafter.url, "cz.unit_leader").buttons()


def test_another_kind_takes_a_number_of_its_own_series(open_page: Open, stuck: str) -> None:
    page = open_page(stuck, "cz.unit_leader")
    page.submit("确认撤回签发", **{"reopen-reason": REASON})
    mended(open_page, stuck, kind=NoticeKind.ANNOUNCEMENT.value)
    assert "澄市监公告〔2026〕1号" in again(open_page, stuck).text


@pytest.mark.parametrize("account", ["cz.drafter", "cz.reviewer", "qs.unit_leader"])
def test_only_the_bureau_s_leader_takes_a_signature_back(
    open_page: Open, app: Flask, stuck: str, account: str
) -> None:
    page = open_page(stuck, account)
    assert "确认撤回签发" not in page.buttons()
    answer = page.client.post(f"{stuck}/reopen", data={"reopen-reason": REASON})
    assert answer.status_code in {403, 404}
    with app.app_context(), pytest.raises(NotAllowed):
        actions.reopen(notice_at(stuck), reason=REASON, by=people.today_identity(account))


def test_the_reason_of_being_stuck_is_told_to_the_drafter_too(open_page: Open, stuck: str) -> None:
    page = open_page(stuck, "cz.drafter")
    assert "排版没有成功，文稿未印发。" in page.text
    assert "重新排版" not in page.buttons()


def test_what_went_out_keeps_its_signature(open_page: Open, app: Flask) -> None:
    with app.app_context():
        address = f"/notices-desk/{make.notice(published=True)}"
        leader = people.today_identity("cz.unit_leader")
        with pytest.raises(IllegalTransition):
            actions.reopen(notice_at(address), reason=REASON, by=leader)
    assert "确认撤回签发" not in open_page(address, "cz.unit_leader").buttons()


def signed_anew(address: str, body: str) -> None:
    """Take the signature back, change the text, and sign once more."""
    leader = people.today_identity("cz.unit_leader")
    with unit_of_work():
        actions.reopen(notice_at(address), reason=REASON, by=leader)
    with unit_of_work():
        found = notice_at(address)
        found.body = body
        signed(found)


def signed(found: Notice) -> None:
    actions.submit(found, by=people.today_identity("cz.drafter"))
    actions.review(found, by=people.today_identity("cz.reviewer"))
    actions.sign(found, verify_root=make.ROOT, by=people.today_identity("cz.unit_leader"))


def test_what_was_set_before_the_mending_does_not_go_out(
    app: Flask, stuck: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that began before the signature was taken back ends after the next one."""
    template_of = documents.template_of

    def meanwhile(_notice: Notice) -> str:
        monkeypatch.undo()
        db.session.rollback()
        signed_anew(stuck, "一、新的正文")
        db.session.rollback()
        return template_of(notice_at(stuck))

    with app.app_context():
        with unit_of_work():
            found = notice_at(stuck)
            found.body = "一、旧的正文"
            leader = people.today_identity("cz.unit_leader")
            job_id = actions.retry(found, verify_root=make.ROOT, by=leader).id
        db.session.remove()
        monkeypatch.setattr(documents, "template_of", meanwhile)
        jobs.send(job_id)
        assert publications.by_reference(reference_of(stuck)) is None
        assert notice_at(stuck).state is NoticeState.SIGNED


def test_a_job_that_lost_its_worker_is_no_dead_end(open_page: Open, app: Flask) -> None:
    with app.app_context():
        address = f"/notices-desk/{make.notice()}"
        with unit_of_work():
            signed(notice_at(address))  # and the queue never hears of it
    assert "确认撤回签发" not in open_page(address, "cz.unit_leader").buttons()
    later: datetime = NOW + jobs.LOST_AFTER + timedelta(seconds=1)
    with clock.frozen(later):
        assert {"重新排版", "确认撤回签发"} <= set(open_page(address, "cz.unit_leader").buttons())
