"""Is a code or a file of any kind known at the door, and what became of it told?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.disclosures import queries as disclosures
from app.disclosures.batches import actions as batch_actions
from app.disclosures.batches import jobs as batch_jobs
from app.disclosures.batches import publications as batches
from app.disclosures.batches.rules import BatchState
from app.disclosures.rules import DisclosureState
from app.kernel import storage
from app.kernel.db import unit_of_work
from app.notices import actions as notice_actions
from app.notices import publications as notices
from app.notices import queries as notice_queries
from app.people import queries as people
from tests.support.make import batches as make_batch
from tests.support.make import disclosures as make_disclosure
from tests.support.make import notices as make_notice
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
P, B = DisclosureState.PUBLISHED, BatchState.PUBLISHED


@pytest.fixture
def checked(open_page: Open) -> Callable[[str | bytes], str]:
    """Return what the door says of a code or of a file."""

    def check(given: str | bytes) -> str:
        page = open_page("/verify")
        if isinstance(given, bytes):
            return page.submit("比对文件", file=upload(given, "a.pdf")).text
        return page.submit("核对核验码", code=given).text

    return check


Check = Callable[[str | bytes], str]


def content(sha256: str) -> bytes:
    with storage.shelf().open(sha256) as file:
        return file.read()


def notice(**facts: object) -> tuple[str, str, bytes]:
    """Publish a notice; returns its number, code and file."""
    reference = make_notice.notice(published=True, **facts)
    found = notices.by_reference(reference)
    assert found is not None
    return reference, found.check_code, content(found.pdf_sha256)


def bulletin(reference: str) -> tuple[str, bytes]:
    found = batches.by_reference(reference)
    assert found is not None
    return found.check_code, content(found.pdf_sha256)


def test_a_notice_is_known_by_code_and_by_file(app: Flask, checked: Check) -> None:
    with app.app_context():
        _, code, file = notice()
    for given in (code, code.lower(), file):
        told = checked(given)
        assert "真实有效" in told
        assert "澄市监通告〔2026〕1号" in told
        assert "公开日志第 0 条" in told
    assert "没有查到" in checked(file.replace(b"/Type", b"/Tipe", 1))


def test_a_withdrawn_notice_is_genuine_and_withdrawn(app: Flask, checked: Check) -> None:
    with app.app_context():
        reference, code, file = notice()
        leader = people.today_identity("cz.unit_leader")
        with unit_of_work():
            found = notice_queries.by_reference(reference, leader)
            notice_actions.withdraw(found, reason="样例理由", by=leader)
    for given in (code, file):
        told = checked(given)
        assert "真实，但已经撤下" in told
        assert "2026年9月22日撤下" in told
        assert "公开日志第 1 条" in told


def test_a_replaced_notice_names_the_one_in_force(
    app: Flask, checked: Check, open_page: Open
) -> None:
    with app.app_context():
        reference, code, file = notice()
        old = notice_queries.by_reference(reference, people.today_identity("cz.unit_leader"))
        new = notice(title="样例新通告", replaces=old)[0]
    for given in (code, file):
        assert "真实，但已被新的文件替代" in checked(given)
    page = open_page("/verify", query_string={"code": code})
    assert page.click(f"现行的一份：{new}").heading == "样例新通告"


def test_a_bulletin_is_known_until_a_newer_file_stands_for_it(app: Flask, checked: Check) -> None:
    with app.app_context():
        kept, gone = make_disclosure.reference(P), make_disclosure.reference(P)
        reference = make_batch.batch(kept, B, more=(gone,))
        code, first = bulletin(reference)
    for given in (code, first):
        assert "真实有效" in checked(given)
    with app.app_context():
        make_disclosure.withdraw(gone)
    for given in (code, first):
        assert "真实，但其中有案例已停止公示" in checked(given)
    with app.app_context():
        batch_jobs.renew_batches()
        again, second = bulletin(reference)
    assert again == code
    assert "真实，但已有更新的一版" in checked(first)
    for given in (code, second):
        assert "真实有效" in checked(given)
    with app.app_context(), unit_of_work():
        leader = people.today_identity("qs.unit_leader")
        batch_actions.withdraw(make_batch.found(reference), reason="样例", by=leader)
    for given in (code, first, second):
        assert "真实，但已经撤下" in checked(given)


def test_a_corrected_penalty_names_its_new_version(app: Flask, checked: Check) -> None:
    with app.app_context():
        old = make_disclosure.reference(P)
        file = content(disclosures.publication_of(disclosures.any_by_reference(old)).pdf_sha256)
        new = make_disclosure.correcting(old)
        make_disclosure.publish(new)
    told = checked(file)
    assert "已被更正的一版代替" in told
    assert f"现行的一份：{new}" in told


def test_a_file_of_another_house_is_unknown(checked: Check) -> None:
    for given in (b"%PDF-1.7", b"", "AAAAAAAAAAAA"):
        assert "真实有效" not in checked(given)
