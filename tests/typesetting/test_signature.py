"""Does a file with a place for a signature stay what it was, and does its key stay where it was?"""

import hashlib
import io
import json
import re
from datetime import UTC, datetime

import page as validator
import pikepdf
import pytest

from app.kernel import clock, cms, logged_file, signature
from app.kernel.signature import Chain, Standing, Terms
from app.kernel.verify_publication import SEAL
from app.typesetting import Attached, typeset
from app.typesetting.leaks import leakcheck
from app.typesetting.pool import POOL
from tests.support import certificates as made
from tests.support.pdf import Pdf
from tests.typesetting.conftest import BUREAU, MADE, disclosure

POOL_ASK = POOL.ask
NOW = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)
LOGGED = Attached(logged_file.NAME, logged_file.BLANK, "公开日志条目")
RECORD = Attached("record.json", b'{"a":1}', "公示内容")
CARRIED = {"leaf": {"index": 0}, "note": "", "path": []}


def pressed(kind="disclosure", *more, **changes):
    attached = (RECORD, LOGGED, *more)
    facts = MADE[kind](**changes)
    return typeset(kind, facts, title="样例文书", author=BUREAU, attachments=attached).content


@pytest.fixture(scope="module")
def signing(tmp_path_factory):
    """A house that signs; afterwards it signs nothing again."""
    kept = made.keep(tmp_path_factory.mktemp("keys"))
    signature.install(Terms(kept.file, kept.passphrase, "依法公示", "青石县", kept.roots))
    with clock.frozen(NOW):
        yield kept
    signature.install(Terms())


@pytest.fixture(scope="module")
def blank(signing):
    return pressed()


@pytest.fixture(scope="module")
def final(blank):
    return logged_file.filled(blank, CARRIED)


@pytest.mark.parametrize("kind", list(MADE))
def test_a_signed_file_passes_both_standards(signing, kind):
    signed = logged_file.filled(pressed(kind), CARRIED)
    assert Pdf(signed).faults() == []
    assert signature.told(signed).standing is Standing.VALID


def test_a_form_with_links_passes_too(signing):
    """A page that has marks of its own gets one more."""
    verified = pressed(verify_url="https://portal.example/verify/8F4K27QM61XD")
    assert Pdf(logged_file.filled(verified, CARRIED)).faults() == []


@pytest.mark.parametrize("without", ["/TU", "/StructParent"])
def test_the_checker_objects_to_a_field_without_words_or_tag(final, without):
    """The control: an untagged or nameless field is refused."""
    with pikepdf.open(io.BytesIO(final)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        del field[without]
        if without == "/TU":
            del pdf.Root.StructTreeRoot.K[0].K[-1].Alt
        output = io.BytesIO()
        pdf.save(output, static_id=True)
    profile = validator.ValidationProfile.PDF_UA_1
    assert not validator.validate_pdf_bytes(output.getvalue(), profile=profile).is_compliant


def test_entry_and_signature_are_all_that_changes(blank, final):
    assert len(blank) == len(final)
    begin = SEAL.search(final).start(2)
    room = final.index(b'["lijian-log-entry-1",')
    same = [at for at, (old, new) in enumerate(zip(blank, final, strict=True)) if old != new]
    allowed = {*range(room, room + 4200), *range(begin, begin + signature.DIGITS)}
    assert set(same) <= allowed


def test_the_signature_names_holder_reason_place_and_time(final):
    with pikepdf.open(io.BytesIO(final)) as pdf:
        told = pdf.Root.AcroForm.Fields[0].V
        assert (told.SubFilter, told.Filter) == ("/ETSI.CAdES.detached", "/Adobe.PPKLite")
        assert str(told.Name) == made.HOLDER
        assert (str(told.Reason), str(told.Location)) == ("依法公示", "青石县")
        assert str(told.M) == "D:20260922104200+08'00'"
        assert list(pdf.Root.AcroForm.Fields[0].Rect) == [0, 0, 0, 0]
        begin, gap, after, rest = map(int, told.ByteRange)
    assert begin == 0
    assert final[gap : gap + 1] + final[after - 1 : after] == b"<>"
    assert after + rest == len(final)


def test_two_files_of_one_moment_are_the_same_until_they_are_signed(blank):
    assert pressed() == blank


def test_without_configuration_nothing_of_it_is_in_the_file(signing, blank):
    kept = signature._terms[0]
    signature.install(Terms())
    try:
        plain, again = pressed(), pressed()
        with pytest.raises(ValueError, match="place"):
            logged_file.filled(blank, CARRIED)
    finally:
        signature.install(kept)
    assert plain == again
    for trace in (b"/AcroForm", b"/Sig", b"lijian-signature", b"/ByteRange"):
        assert trace not in plain
        assert trace in blank
    assert signature.told(plain).standing is Standing.UNSIGNED
    with pytest.raises(ValueError, match="place"):
        logged_file.filled(plain, CARRIED)


def test_what_is_not_logged_is_not_signed(signing):
    shown = typeset("disclosure", disclosure(), title="样例", author=BUREAU, attachments=[RECORD])
    assert signature.told(shown.content).standing is Standing.UNSIGNED


def test_a_text_that_pretends_to_be_the_place_is_not_published(signing, blank):
    """Two places: somebody could change what stands in the second one."""
    pretended = SEAL.search(blank)[0] + b">"
    forged = pressed("disclosure", Attached("more.json", pretended, "样例"))
    assert len(SEAL.findall(forged)) == 2
    with pytest.raises(ValueError, match="place"):
        logged_file.filled(forged, CARRIED)


def test_the_typesetter_is_told_nothing_secret(signing, monkeypatch):
    jobs = []
    monkeypatch.setattr(POOL, "ask", lambda job: jobs.append(job) or POOL_ASK(job))
    pressed()
    (job,) = jobs
    assert set(json.loads(job)["signature"]) == {
        "holder", "reason", "location", "at", "mark", "blank",
    }  # fmt: skip
    for secret in (made.PASSPHRASE, str(signing.file).encode(), str(signing.passphrase).encode()):
        assert secret not in job


READING = """
import json, os
from app.typesetting import worker
sys.addaudithook(worker._guard())
answers = []
for path in json.loads(sys.argv[2]):
    try:
        open(path, "rb")
        answers.append("opened")
    except PermissionError:
        answers.append("refused")
print(json.dumps(answers + sorted(name for name in sys.modules if "signature" in name)))
"""


def test_the_typesetter_cannot_read_key_and_passphrase(signing, alone):
    asked = [str(signing.file), str(signing.passphrase)]
    assert alone(READING, asked) == ["refused", "refused"]


def test_every_byte_counts(final):
    spread = {*range(0, len(final), len(final) // 300), *range(len(final) - 40, len(final))}
    begin = SEAL.search(final).start(2)
    digits = range(begin - 170, begin + signature.DIGITS + 4, 61)
    for at in sorted({*spread, *digits}):
        forged = bytearray(final)
        forged[at] ^= 1
        assert signature.told(bytes(forged)).standing is not Standing.VALID, at


def test_what_follows_the_value_is_nothing_but_zeros(final):
    begin = SEAL.search(final).start(2)
    hidden = final[: begin + signature.DIGITS - 2] + b"ab" + final[begin + signature.DIGITS :]
    assert signature.told(hidden).standing is Standing.BROKEN


def test_a_range_that_leaves_something_out_does_not_hold(signing, blank):
    """Somebody with the right certificate could otherwise sign a part of the file."""
    begin = SEAL.search(blank).start(2)
    (told,) = re.findall(rb"/ByteRange \[0 (\d+) ", blank)
    short = blank.replace(b"[0 %-10d" % int(told), b"[0 %-10d" % (int(told) - 9))
    assert len(short) == len(blank)
    assert begin == SEAL.search(short).start(2)
    with pytest.raises(ValueError, match="another"):
        signature.signed(short)


def test_another_certificate_cannot_take_the_place(signing, blank, final, tmp_path):
    """Not even when it names the same holder and comes from the same authority."""
    twin = made.certified(made.HOLDER, by=made.AUTHORITY, key=made.rsa_key())
    kept = made.keep(tmp_path, twin)
    terms = signature._terms[0]
    signature.install(Terms(kept.file, kept.passphrase))
    try:
        with pytest.raises(ValueError, match="another certificate"):
            signature.signed(blank)
        theirs = logged_file.filled(pressed(), CARRIED)
    finally:
        signature.install(terms)
    begin = SEAL.search(final).start(2)
    place = slice(begin, begin + signature.DIGITS)
    bare = hashlib.sha256(final[: begin - 1] + final[place.stop + 1 :]).digest()
    value = cms.signed(twin.key, [twin.certificate, made.AUTHORITY.certificate], bare)
    forged = (
        final[:begin] + value.hex().encode().ljust(signature.DIGITS, b"0") + final[place.stop :]
    )
    assert signature.told(theirs).standing is Standing.VALID
    assert signature.told(forged).standing is Standing.BROKEN


def test_the_chain_is_followed_to_our_roots_only(signing, final, tmp_path):
    terms = signature._terms[0]
    found = signature.told(final)
    assert (found.holder, found.chain) == (made.HOLDER, Chain.TRUSTED)
    later = signature.told(final, at=datetime(2027, 2, 1, tzinfo=UTC))
    assert (later.standing, later.chain) == (Standing.VALID, Chain.UNTRUSTED)
    other = tmp_path / "other.pem"
    other.write_bytes(made.pem(made.certified("别的根", is_authority=True)))
    for roots, chain in ((None, Chain.UNCHECKED), (other, Chain.UNTRUSTED)):
        signature.install(Terms(terms.file, terms.passphrase, roots=roots))
        assert signature.told(final).chain is chain
    for content in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        other.write_bytes(content)
        assert signature.told(final).chain is Chain.UNTRUSTED
    signature.install(terms)


@pytest.mark.parametrize(
    "between",
    [
        made.SIGNER,
        made.certified("样例", by=made.AUTHORITY, may_certify=True),
        made.certified("样例", by=made.AUTHORITY, is_authority=True, may_certify=False),
    ],
)
def test_somebody_who_is_no_authority_certifies_nobody(between, signing, tmp_path):
    """A bureau's own certificate must not make another bureau."""
    false = made.certified("假冒", by=between, key=made.rsa_key())
    above = (between.certificate, made.AUTHORITY.certificate)
    kept, terms = made.keep(tmp_path, false, above=above), signature._terms[0]
    signature.install(Terms(kept.file, kept.passphrase, roots=kept.roots))
    try:
        found = signature.told(logged_file.filled(pressed(), CARRIED))
    finally:
        signature.install(terms)
    assert (found.standing, found.chain) == (Standing.VALID, Chain.UNTRUSTED)


def test_a_name_in_the_certificate_is_found_like_any_other(blank, final):
    """The holder is told twice, in the dictionary and in the certificate."""
    assert leakcheck(blank, ["样例签发机构"]) == []
    assert leakcheck(final, ["样例签发机构"])
    assert leakcheck(final, ["不在其中的姓名"]) == []
