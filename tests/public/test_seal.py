"""Does the door say who signed a file, how long that counts, and whether the file is whole?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.kernel import signature, storage
from app.kernel.signature import Terms
from app.kernel.verify_publication import SEAL
from app.notices import publications
from tests.support import certificates
from tests.support.apps import another
from tests.support.make import notices as make
from tests.support.page import Page, upload

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Check = Callable[[bytes], Page]
SIGNED = f"电子签名：由{certificates.HOLDER}签署，覆盖整个文件，签署以后没有改动。"
VALID = "证书有效期自2026年1月1日至2027年1月1日。"


@pytest.fixture
def check(open_page: Open) -> Check:
    return lambda content: open_page("/verify").submit("比对文件", file=upload(content, "a.pdf"))


@pytest.fixture
def roots(tmp_path: Path, app: Flask) -> Iterator[Callable[[Path | None], None]]:
    """Say which roots this house trusts."""
    assert app
    kept = signature._terms[0]
    yield lambda path: signature.install(Terms(roots=path))
    signature.install(kept)


def published() -> bytes:
    found = publications.by_reference(make.notice(published=True))
    assert found is not None
    with storage.shelf().open(found.pdf_sha256) as file:
        return file.read()


@pytest.fixture
def signed(app: Flask, tmp_path: Path) -> bytes:
    """A notice of a house with a certificate, over this test's database."""
    kept = certificates.keep(tmp_path)
    given = {"signature_file": kept.file, "signature_passphrase_file": kept.passphrase}
    with another(app, **given) as house, house.app_context():
        return published()


def test_a_signed_file_names_its_holder_and_the_certificate_s_days(
    signed: bytes, check: Check, roots: Callable[[Path | None], None], tmp_path: Path
) -> None:
    roots(None)
    told = check(signed).text
    for said in ("真实有效", SIGNED, VALID, "证书的颁发机构，本站没有核对。"):
        assert said in told
    roots(tmp_path / "roots.pem")
    assert "证书出自本站信任的颁发机构。" in check(signed).text


def test_a_certificate_of_nobody_we_trust_makes_the_file_doubtful(
    signed: bytes, check: Check, roots: Callable[[Path | None], None], tmp_path: Path
) -> None:
    strange = tmp_path / "strange.pem"
    strange.write_bytes(certificates.pem(certificates.certified("别处", is_authority=True)))
    roots(strange)
    told = check(signed).text
    assert "内容真实，但电子签名不能确认" in told
    assert "签署人的身份不能确认" in told
    assert "真实有效" not in told


def test_a_damaged_signature_is_told_apart_from_changed_content(
    signed: bytes, check: Check
) -> None:
    (place,) = SEAL.finditer(signed)
    at = place.start(2) + 200
    digit = b"0" if signed[at : at + 1] != b"0" else b"1"
    told = check(signed[:at] + digit + signed[at + 1 :]).text
    assert "内容真实，但电子签名不能确认" in told
    assert "电子签名无效：签名部分改动过或者损坏了。" in told
    assert certificates.HOLDER not in told
    told = check(signed.replace(b"/Lang (zh-CN)", b"/Lang (zh-TW)", 1)).text
    assert "没有查到" in told
    assert "电子签名，但与内容对不上" in told
    assert certificates.HOLDER not in told


def test_an_unsigned_file_says_so_without_alarm(app: Flask, check: Check) -> None:
    with app.app_context():
        content = published()
    page = check(content)
    assert "真实有效" in page.text
    assert "这份文件没有电子签名，它的真实由公开日志证明。" in page.text
    assert not list(page.all("p", **{"class": "law"}))
    assert "电子签名" not in check(content + b" ").text


def test_a_code_says_nothing_of_a_file_that_was_not_given(
    signed: bytes, app: Flask, open_page: Open
) -> None:
    assert signed
    with app.app_context():
        code = publications.latest(1)[0].check_code
    page = open_page("/verify").submit("核对核验码", code=code)
    assert "真实有效" in page.text
    assert "电子签名" not in page.text


MARK = b"\n%lijian-signature-1 " + b"a" * 64 + b"\n/Contents <"


@pytest.mark.parametrize(
    "content",
    [
        b"%lijian-signature-1",
        b"/ByteRange [0 " + b"9" * 5000 + b" 1 1 ]" + MARK + b"0" * 16384 + b">",
        b"/ByteRange [0 107 16493 1 ]" + MARK + b"\xff" * 16384 + b">" + MARK + b"0" * 16384 + b">",
        b"/ByteRange [0 1 1 1 ]" + MARK,
    ],
)
def test_what_only_looks_signed_is_refused_in_words(content: bytes, check: Check) -> None:
    page = check(b"%PDF-1.7\n" + content)
    assert (page.status, "没有查到" in page.text) == (200, True)
    assert "电子签名，但与内容对不上" in page.text
