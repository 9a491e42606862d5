"""Is what a bureau publishes signed, by nobody else, and does the log still prove the same file?"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import page as validator
import pytest
from flask import Flask
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from app.disclosures import labels, publications, queries
from app.disclosures.batches import publications as batch_publications
from app.disclosures.batches.rules import BatchState
from app.disclosures.rules import DisclosureState
from app.kernel import clock, logged_file, notebook, publiclog, signature, storage
from app.kernel.db import db, unit_of_work
from app.kernel.jobs import Job, JobState
from app.kernel.publiclog import Act, Deed
from app.kernel.signature import Chain, SignatureRefused, Standing
from app.kernel.verify_publication import BEGIN, END, FAULTS, ROOM, SEAL, canonical, examine
from app.notices import publications as notice_publications
from app.public import commands
from tests.support import certificates as made
from tests.support.apps import another
from tests.support.make import batches, notices
from tests.support.make import disclosures as make

pytestmark = pytest.mark.database
S = DisclosureState


@pytest.fixture
def house(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """A house with a certificate, over this test's database."""
    kept = made.keep(tmp_path)
    given = {
        "signature_file": kept.file,
        "signature_passphrase_file": kept.passphrase,
        "signature_reason": "依法公示",
        "signature_roots": kept.roots,
    }
    with another(app, **given) as other:
        yield other


def published() -> tuple[str, bytes]:
    """Publish through the queue; returns number and file."""
    reference = make.reference(S.PUBLISHED)
    with storage.shelf().open(publications.by_reference(reference).pdf.sha256) as file:
        return reference, file.read()


@pytest.fixture
def signed(house: Flask) -> bytes:
    with house.app_context():
        return published()[1]


@pytest.fixture
def key(house: Flask) -> str:
    return notebook.book().public


@pytest.fixture
def unsigned(house: Flask) -> bytes:
    """A file of the same house from a time when it signed nothing."""
    terms = signature._terms[0]
    signature.install(signature.Terms())
    with house.app_context():
        content = published()[1]
    signature.install(terms)
    return content


def judged(content: bytes, root: Path) -> Any:
    """Return what pyHanko says of a file's only signature."""
    (found,) = PdfFileReader(io.BytesIO(content), strict=True).embedded_signatures
    roots = [load_cert_from_pemder(str(root))]
    context = ValidationContext(trust_roots=roots, moment=clock.now())
    # It runs a loop of events of its own: in a thread, for the browser's tests keep one running.
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(validate_pdf_signature, found, context).result()


# Genuine and signed -------------------------------------------------------------------------------


def test_another_program_finds_the_signature_valid_and_trusted(
    signed: bytes, tmp_path: Path
) -> None:
    status = judged(signed, tmp_path / "roots.pem")
    assert status.summary() == "INTACT:TRUSTED,UNTOUCHED"
    assert status.bottom_line
    assert status.signing_cert.subject.native["common_name"] == made.HOLDER
    assert status.signer_reported_dt == clock.now()


def test_another_program_objects_to_a_changed_byte(signed: bytes, tmp_path: Path) -> None:
    """The control of the test above."""
    forged = signed.replace(b"/Lang (zh-CN)", b"/Lang (zh-TW)", 1)
    assert forged != signed
    assert not judged(forged, tmp_path / "roots.pem").intact


def test_the_signed_file_proves_itself_and_passes_both_standards(signed: bytes, key: str) -> None:
    leaf: Any = examine(signed, key, {})["leaf"]
    assert leaf["act"] == "publish"
    assert signature.told(signed).standing is Standing.VALID
    for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
        assert validator.validate_pdf_bytes(signed, profile=profile).failures == []


def test_every_changed_byte_is_found_by_the_log_or_the_signature(signed: bytes, key: str) -> None:
    seal = SEAL.search(signed)
    assert seal is not None
    spread = range(0, len(signed), len(signed) // 400)
    for at in (*spread, *range(seal.start() - 60, seal.start(2) + 20), len(signed) - 1):
        forged = bytearray(signed)
        forged[at] ^= 1
        assert not is_whole(bytes(forged), key), at


def test_what_entry_and_signature_add_to_the_file_is_known_to_the_last_byte(signed: bytes) -> None:
    entry, seal = slice(signed.index(BEGIN), signed.index(END) + len(END)), signature.room(signed)
    assert seal is not None
    blank = bytearray(signed)
    blank[entry], blank[seal] = logged_file.BLANK, b"0" * signature.DIGITS
    added = logged_file.written(bytes(blank), signed)
    assert added is not None
    assert added.startswith(signed[entry])
    assert made.HOLDER.encode() in added, "the certificates are read too, not only their digits"
    blank[-20] ^= 1
    assert logged_file.written(bytes(blank), signed) is None


def is_whole(content: bytes, key: str) -> bool:
    try:
        examine(content, key, {})
    except FAULTS:
        return False
    return signature.told(content).standing is Standing.VALID


def test_the_log_alone_proves_all_but_the_digits_of_the_signature(signed: bytes, key: str) -> None:
    """They are no text: digits between two brackets, as many as there were, and nothing else."""
    seal = SEAL.search(signed)
    assert seal is not None
    begin, end = seal.span(2)
    page = b"3 0 obj<</Type/Page>>endobj".hex().encode().ljust(end - begin, b"0")
    taken = signed[:begin] + page + signed[end:]
    examine(taken, key, {})
    assert signature.told(taken).standing is Standing.BROKEN
    for smuggled in (
        b"> /Hidden (text) <".ljust(end - begin, b"0"),
        b"00 00".ljust(end - begin, b"0"),
        signed[begin:end].upper(),
        signed[begin:end] + b"00",
        signed[begin : end - 2],
        b"",
    ):
        with pytest.raises(FAULTS):
            examine(signed[:begin] + smuggled + signed[end:], key, {})


def test_a_signature_cannot_be_brought_into_an_unsigned_file(
    unsigned: bytes, signed: bytes, key: str
) -> None:
    seal = SEAL.search(signed)
    assert seal is not None
    place = seal[0] + b">"
    assert SEAL.search(unsigned) is None
    examine(unsigned, key, {})
    for forged in (
        unsigned + place,
        place + unsigned,
        unsigned.replace(b"trailer", place + b"trailer"),
        unsigned[: -len(place)] + place,
    ):
        with pytest.raises(FAULTS):
            examine(forged, key, {})


def test_a_file_with_two_places_is_not_genuine_even_if_it_were_logged(
    house: Flask, signed: bytes
) -> None:
    """What a text pretends to be a place would be free to change: the verifier refuses it."""
    with house.app_context(), unit_of_work():
        bare = SEAL.sub(rb"\g<1>" + b"0" * signature.DIGITS, signed)
        room = bare.index(BEGIN) + len(BEGIN)
        bare = bare[:room] + b" " * ROOM + bare[room + ROOM :]
        seal = SEAL.search(bare)
        assert seal is not None
        for blank, is_genuine in ((bare, True), (bare + seal[0] + b">", False)):
            body = hashlib.sha256(blank).hexdigest()
            deed = Deed(act=Act.PUBLISH, reference="样例", body=body)
            entry = canonical(publiclog.carried(publiclog.append(deed)))
            filled = blank.replace(logged_file.BLANK, BEGIN + entry.ljust(ROOM) + END)
            if is_genuine:
                examine(filled, notebook.book().public, {})
            else:
                with pytest.raises(FAULTS):
                    examine(filled, notebook.book().public, {})


def test_the_stand_alone_verifier_proves_a_signed_file(
    signed: bytes, key: str, tmp_path: Path
) -> None:
    program = Path(examine.__code__.co_filename)
    (tmp_path / "file.pdf").write_bytes(signed)
    (tmp_path / "key").write_text(key, "utf-8")
    given = [program, tmp_path / "file.pdf", "--key", tmp_path / "key"]
    found = subprocess.run(  # noqa: S603 - this interpreter, our own program
        [sys.executable, "-I", *map(str, given)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
    assert json.loads(found.stdout)["act"] == "publish"


@pytest.mark.parametrize("kind", ["notice", "batch"])
def test_whatever_carries_an_entry_is_signed(kind: str, house: Flask, key: str) -> None:
    with house.app_context():
        public: Any = (
            notice_publications.by_reference(notices.notice(published=True))
            if kind == "notice"
            else batch_publications.by_reference(
                batches.batch(make.reference(S.PUBLISHED), BatchState.PUBLISHED)
            )
        )
        with storage.shelf().open(public.pdf_sha256) as file:
            content = file.read()
    assert is_whole(content, key)
    assert signature.told(content).holder == made.HOLDER
    for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
        assert validator.validate_pdf_bytes(content, profile=profile).failures == []


# The verb -----------------------------------------------------------------------------------------

Verify = Callable[[bytes], tuple[int, dict[str, Any], str]]


@pytest.fixture
def verify(house: Flask, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    """Ask the verb twice about a file, for programs and for people."""

    def ask(content: bytes) -> tuple[int, dict[str, Any], str]:
        file = tmp_path / "asked.pdf"
        file.write_bytes(content)
        parser = argparse.ArgumentParser()
        commands.add_commands(parser.add_subparsers(required=True))
        codes, told = [], []
        for options in (("--json",), ()):
            asked = parser.parse_args(["verify", str(file), *options])
            with house.app_context():
                codes.append(int(asked.act(asked)))
            told.append(capsys.readouterr().out)
        assert codes[0] == codes[1]
        return codes[0], json.loads(told[0]), told[1]

    return ask


def test_the_verb_tells_who_signed(signed: bytes, verify: Verify) -> None:
    code, answer, text = verify(signed)
    assert code == 0
    assert answer["signature"] == {
        "standing": "valid", "holder": made.HOLDER, "issuer": "CN=样例签发机构,C=CN",
        "until": "2027-01-01T00:00:00+00:00", "chain": "trusted",
    }  # fmt: skip
    assert f"signature: of {made.HOLDER}, holds over every byte" in text
    assert "leads to one of our roots" in text


def test_the_verb_finds_what_the_log_cannot(signed: bytes, verify: Verify) -> None:
    seal = SEAL.search(signed)
    assert seal is not None
    begin, end = seal.span(2)
    code, answer, text = verify(signed[:begin] + b"0" * (end - begin) + signed[end:])
    assert (code, answer["genuine"], answer["signature"]["standing"]) == (1, True, "broken")
    assert "signature: does NOT hold" in text


def test_the_verb_says_that_it_cannot_tell_whom_to_trust(signed: bytes, verify: Verify) -> None:
    terms = signature._terms[0]
    signature.install(signature.Terms())
    code, answer, text = verify(signed)
    signature.install(terms)
    assert (code, answer["signature"]["chain"]) == (0, Chain.UNCHECKED)
    assert "was not checked" in text
    assert terms.roots is not None
    terms.roots.write_bytes(made.pem(made.certified("别的根", is_authority=True)))
    code, _answer, text = verify(signed)
    assert code == 1
    assert "does NOT lead to one of our roots" in text


def test_a_chain_that_ended_since_is_judged_as_of_the_publication(
    signed: bytes, verify: Verify
) -> None:
    with clock.frozen(made.UNTIL + timedelta(days=900)):
        code, answer, _text = verify(signed)
    assert (code, answer["signature"]["chain"]) == (0, "trusted")


def test_the_verb_says_that_an_unsigned_file_is_unsigned(unsigned: bytes, verify: Verify) -> None:
    code, answer, text = verify(unsigned)
    assert (code, answer["signature"]["standing"]) == (0, "unsigned")
    assert "signature: none" in text


# A certificate that cannot be used ----------------------------------------------------------------


def fails(reference: str) -> str:
    job = db.session.get_one(Job, queries.any_by_reference(reference).job_id)
    assert job.state is JobState.FAILED
    return job.fault


@pytest.mark.parametrize("spoilt", ["expired", "passphrase", "gone"])
def test_nothing_is_published_with_a_certificate_that_cannot_sign(
    spoilt: str, house: Flask, tmp_path: Path
) -> None:
    if spoilt == "expired":
        until = clock.now() - timedelta(seconds=1)
        made.keep(tmp_path, made.certified("样例", key=made.rsa_key(), until=until))
    elif spoilt == "passphrase":
        (tmp_path / "passphrase").write_text("wrong", "utf-8")
    else:
        (tmp_path / "signer.p12").unlink()
    with house.app_context():
        reference = make.reference(S.PUBLISHED)
        assert queries.any_by_reference(reference).state is S.APPROVED
        fault = fails(reference)
        assert publiclog.size() == 0
        shown = labels.FAULTS[fault]
    assert fault == SignatureRefused.__name__
    assert "证书" in str(shown)


def test_a_certificate_that_ends_between_typesetting_and_release_stops_it(
    house: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry and everything else of that transaction is taken back."""
    real = publiclog.append

    def append(deed: Deed) -> publiclog.LogEntry:
        (tmp_path / "signer.p12").unlink()
        return real(deed)

    monkeypatch.setattr(publiclog, "append", append)
    with house.app_context():
        reference = make.reference(S.PUBLISHED)
        assert fails(reference) == SignatureRefused.__name__
        assert queries.any_by_reference(reference).state is S.APPROVED
        assert publiclog.size() == 0
