"""Does a public notice carry its entry of the public log, and tell what became of it?"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest
from flask import Flask

from app.kernel import notebook, proof, publiclog, storage
from app.kernel.db import unit_of_work
from app.kernel.publiclog import Act, Kind
from app.kernel.signature import Fault, SignatureRefused
from app.kernel.verify_publication import FAULTS, examine
from app.notices import actions, publications, queries
from app.notices.rules import NoticeKind, Openness
from app.people import queries as people
from app.public import commands
from app.typesetting import Fault as TypesettingFault
from app.typesetting import TypesettingError, logged
from tests.support import certificates
from tests.support.apps import another
from tests.support.make import notices as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
LETTER: dict[str, Any] = {"kind": NoticeKind.LETTER, "to": ("qs",)}
PROFILES = (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1)


def file_of(reference: str) -> bytes:
    public = publications.by_reference(reference)
    assert public is not None
    with storage.shelf().open(public.pdf_sha256) as file:
        return file.read()


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_public_notice_of_any_kind_proves_itself_and_holds_its_record(
    app: Flask, kind: NoticeKind
) -> None:
    with app.app_context():
        reference = make.notice(kind=kind, to=("qs",), published=True)
        content = file_of(reference)
        entry = publiclog.latest(reference, Kind.NOTICE)
        public = publications.by_reference(reference)
        assert entry is not None
        assert public is not None
        assert examine(content, notebook.book().public, {})["leaf"] == entry.leaf
    assert (entry.act, entry.version) == (Act.PUBLISH, 1)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        record = pdf.attachments["record.json"].get_file().read_bytes()
    assert hashlib.sha256(record).hexdigest() == entry.record
    told = json.loads(record)
    assert (told["schema"], told["reference"]) == ("lijian-notice-1", reference)
    assert (told["kind"], told["number"]) == (kind.value, public.number)
    assert told["check_code"] == public.check_code
    assert told["text"]["body"][0] == "一、抽查情况"


@pytest.mark.parametrize("facts", [{}, LETTER])
def test_the_file_passes_both_standards(app: Flask, facts: dict[str, Any]) -> None:
    with app.app_context():
        content = file_of(make.notice(published=True, **facts))
    for profile in PROFILES:
        assert validator.validate_pdf_bytes(content, profile=profile).failures == []


def test_a_changed_byte_is_found(app: Flask) -> None:
    with app.app_context():
        content = file_of(make.notice(published=True))
        assert proof.examined(content).standing == "genuine"
        for at in range(0, len(content), len(content) // 300):
            forged = bytearray(content)
            forged[at] ^= 1
            with pytest.raises(FAULTS):
                examine(bytes(forged), notebook.book().public, {})
            assert proof.examined(bytes(forged)).entry is None


def test_what_was_withdrawn_or_replaced_says_so(app: Flask) -> None:
    with app.app_context():
        withdrawn, replaced = make.notice(published=True), make.notice(published=True)
        leader = people.today_identity("cz.unit_leader")
        kept = {reference: file_of(reference) for reference in (withdrawn, replaced)}
        with unit_of_work():
            found = queries.by_reference(withdrawn, leader)
            actions.withdraw(found, reason="样例理由", by=leader)
        old = queries.by_reference(replaced, leader)
        new = make.notice(published=True, replaces=old, title="样例新通告")
        findings = {one: proof.examined(kept[one]) for one in kept}
        assert findings[withdrawn].standing == "withdraw"
        assert findings[replaced].standing == "correct"
        assert findings[replaced].later[-1].reason == "replaced"
        assert proof.examined(file_of(new)).standing == "genuine"


def test_what_is_not_open_to_everybody_is_in_no_log(app: Flask) -> None:
    with app.app_context():
        reference = make.notice(
            published=True, kind=NoticeKind.CIRCULAR, to=("qs",), openness=Openness.CLOSED,
            basis="样例依据",
        )  # fmt: skip
        found = queries.by_reference(reference, people.today_identity("cz.drafter"))
        assert found.pdf_sha256 is not None
        assert publiclog.size() == 0
        with storage.shelf().open(found.pdf_sha256) as file, pikepdf.open(file) as pdf:
            assert not pdf.attachments


def test_the_verb_answers_for_notices(
    app: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser, file = argparse.ArgumentParser(), tmp_path / "a.pdf"
    commands.add_commands(parser.add_subparsers(required=True))
    asked = parser.parse_args(["verify", str(file), "--json"])
    with app.app_context():
        reference = make.notice(published=True)
        content = file_of(reference)
        file.write_bytes(content)
        assert asked.act(asked) == commands.GENUINE
        told = json.loads(capsys.readouterr().out)
        assert (told["entry"]["kind"], told["entry"]["number"]) == ("notice", reference)
        assert told["has_proof"] is True
        file.write_bytes(content.replace(b"/Type", b"/Tipe", 1))
        assert asked.act(asked) == commands.NOT_GENUINE


def test_the_page_of_a_notice_names_its_code_and_its_entries(open_page: Open, app: Flask) -> None:
    with app.app_context():
        reference = make.notice(published=True)
        public = publications.by_reference(reference)
        assert public is not None
    page = open_page(f"/notices/{reference}")
    assert public.check_code in page.text.replace(" ", "")
    assert page.click("公开日志第 0 条").text.count(reference) >= 1
    assert open_page("/log/entries/0").click(reference).url == f"/notices/{reference}"


def test_where_the_house_signs_a_notice_is_signed_too(app: Flask, tmp_path: Path) -> None:
    kept = certificates.keep(tmp_path)
    given = {
        "signature_file": kept.file,
        "signature_passphrase_file": kept.passphrase,
        "signature_roots": kept.roots,
    }
    with another(app, **given) as house, house.app_context():
        for facts in ({}, LETTER):
            content = file_of(make.notice(published=True, **facts))
            assert b"/ByteRange" in content
            assert proof.examined(content).standing == "genuine"
            for profile in PROFILES:
                assert validator.validate_pdf_bytes(content, profile=profile).failures == []


def failing(fault: Exception) -> Callable[..., None]:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise fault

    return fail


def test_a_file_that_cannot_be_made_says_why_and_leaves_nothing_in_the_log(
    open_page: Open, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for raised, said in (
        (SignatureRefused(Fault.EXPIRED), "签名证书不能使用，文稿未印发。"),
        (TypesettingError(TypesettingFault.FAILED), "排版没有成功，文稿未印发。"),
    ):
        monkeypatch.setattr(logged, "typeset", failing(raised))
        with app.app_context():
            reference = make.notice(published=True)
            assert publications.by_reference(reference) is None
        page = open_page(f"/notices-desk/{reference}", "cz.unit_leader")
        assert said in page.text
        monkeypatch.undo()
        assert "已印发" in page.submit("重新排版").text
        with app.app_context():
            assert len(publiclog.history(reference, Kind.NOTICE)) == 1
