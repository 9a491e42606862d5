"""Can two people put a typing error in a published text right, and hide nothing by it?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.disclosures import actions, drafting, life, publications, queries, texts
from app.disclosures.models import Disclosure
from app.disclosures.rules import DisclosureState, Ruling
from app.kernel import jobs, publiclog
from app.kernel.db import db, unit_of_work
from app.kernel.errors import IllegalTransition, NotAllowed, Refused
from app.kernel.publiclog import Act
from app.people import queries as people
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = DisclosureState
REASON = "样例：公示文本中有错别字"


@pytest.fixture
def published(app: Flask) -> str:
    """A publication with hidden words."""
    with app.app_context():
        with unit_of_work():
            draft = make.private_draft()
            publisher = people.today_identity("qs.publisher")
            make.settle(draft, by=publisher)
            actions.submit(draft, by=publisher)
            job, reference = approve(draft).id, draft.reference
        jobs.send(job)
        db.session.remove()
    return reference


def approve(draft: Disclosure) -> jobs.Job:
    reviewer = people.today_identity("qs.reviewer")
    seen = actions.content_hash(draft)
    return actions.approve(draft, seen=seen, verify_root=make.ROOT, by=reviewer)


def correcting(reference: str) -> Disclosure:
    """Begin a correction, in the test's transaction."""
    publisher = people.today_identity("qs.publisher")
    return life.correct(queries.any_by_reference(reference), reason=REASON, by=publisher)


def reword(draft: Disclosure, old: str, new: str) -> None:
    texts.reword(draft, old, new, by=people.today_identity("qs.publisher"))


def test_a_typing_error_is_corrected_by_two_people_through_the_pages(
    app: Flask, open_page: Open, published: str
) -> None:
    page = open_page(f"/publicity/{published}", "qs.publisher")
    page = page.submit("确认更正", reason=REASON)
    page = page.submit("改正", old="把电线二十卷卖给客户", new="把电线二十二卷卖给客户")
    assert "电线二十卷卖给客户" in page.text
    assert "电线二十二卷卖给客户" in page.text
    address = page.submit("提交审核").url
    assert "正文改动：" in open_page(address, "qs.reviewer").text
    assert "批准公示" not in open_page(address, "qs.publisher").buttons()
    open_page(address, "qs.reviewer").submit("批准公示")
    with app.app_context():
        new = address.rpartition("/")[2]
        shown, old = publications.by_reference(new), publications.by_reference(published)
        assert shown.value is not None
        assert "把电线二十二卷卖给客户" in shown.value.text
        assert "样例法人甲" not in shown.value.text
        assert (shown.replaces, shown.revision, shown.value.correction) == (published, 2, REASON)
        assert (old.value, old.standing, old.replaced_by) == (None, "corrected", new)
        acts = [[entry.act for entry in publiclog.history(one)] for one in (published, new)]
        assert acts == [[Act.PUBLISH, Act.CORRECT], [Act.PUBLISH]]


def test_rulings_elsewhere_stay_and_words_under_a_mark_ask_again(
    app: Flask, published: str
) -> None:
    with app.app_context(), unit_of_work():
        draft = correcting(published)
        before = [(mark.text, mark.ruling) for mark in sorted(draft.marks, key=lambda m: m.start)]
        reword(draft, "把电线二十卷卖给客户", "把样例电线共二十卷卖给客户")
        after = [(mark.text, mark.ruling) for mark in sorted(draft.marks, key=lambda m: m.start)]
        assert after == before
        assert drafting.checks(draft)["undecided"] == 0
        assert texts.changes(draft) == [
            ("000148）把电线二十卷卖给客户。", "000148）把样例电线共二十卷卖给客户。")
        ]
        reword(draft, "电话13800000148", "电话13800000149")
        (mark,) = (one for one in draft.marks if one.text == "13800000149")
        assert mark.ruling is Ruling.OPEN
        with pytest.raises(Refused, match="undecided"):
            actions.submit(draft, by=people.today_identity("qs.publisher"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("没有这些字", "样例", "words_not_there"),
        ("样例", "示范", "words_not_once"),
        ("电线二十卷", "电线二十卷", "words_unchanged"),
        ("电线二十卷", "", "words_unchanged"),
        ("电线二十卷", "电线某某卷", "words_hide"),
        ("电线二十卷", "电线**卷", "words_hide"),
    ],
)
def test_what_is_no_correction_is_refused(
    app: Flask, published: str, old: str, new: str, code: str
) -> None:
    with app.app_context(), unit_of_work():
        draft = correcting(published)
        with pytest.raises(Refused, match=code):
            reword(draft, old, new)


def test_a_first_version_and_what_is_shown_are_not_reworded(app: Flask, published: str) -> None:
    with app.app_context(), unit_of_work():
        with pytest.raises(Refused, match="first_text_is_served"):
            reword(make.draft(title="样例另一案"), "样例", "示范")
        with pytest.raises(IllegalTransition):
            reword(queries.any_by_reference(published), "电线二十卷", "电线三十卷")
        draft = correcting(published)
        with pytest.raises(NotAllowed):
            texts.reword(draft, "二十", "三十", by=people.today_identity("qs.reviewer"))


def test_a_change_after_the_approval_was_seen_voids_it(app: Flask, published: str) -> None:
    with app.app_context(), unit_of_work():
        draft = correcting(published)
        seen = actions.content_hash(draft)
        reword(draft, "电线二十卷", "电线三十卷")
        assert actions.content_hash(draft) != seen
