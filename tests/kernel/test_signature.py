"""Can a certificate sign, and is a signature one of exactly these bytes by exactly this holder?"""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms as other
from asn1crypto import tsp  # noqa: F401 - teaches the other one RFC 5035
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from app.kernel import clock, cms, signature
from app.kernel.signature import Fault, SignatureRefused, Terms
from tests.support import certificates as made

DIGEST = hashlib.sha256(b"content").digest()
NOW = datetime(2026, 9, 22, 2, 42, tzinfo=UTC)


@pytest.fixture
def terms(tmp_path: Path):
    """What the settings say; the house signs nothing again afterwards."""
    kept = made.keep(tmp_path)
    with clock.frozen(NOW):
        yield Terms(kept.file, kept.passphrase, "", "", kept.roots)
    signature.install(Terms())


# The CMS value ------------------------------------------------------------------------------------


@pytest.mark.parametrize("curve", [None, ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_a_value_names_its_signer_and_holds_over_one_digest(curve):
    key = ec.generate_private_key(curve) if curve else made.rsa_key()
    signer = made.certified("样例", by=made.AUTHORITY, key=key)
    chain = [signer.certificate, made.AUTHORITY.certificate]
    value = cms.signed(key, chain, DIGEST)
    assert cms.opened(value, DIGEST) == chain
    with pytest.raises(InvalidSignature):
        cms.opened(value, hashlib.sha256(b"contents").digest())


def test_a_value_by_another_key_under_the_same_certificate_does_not_hold():
    other = made.certified("别人", key=made.rsa_key())
    value = cms.signed(other.key, [made.SIGNER.certificate], DIGEST)
    with pytest.raises(InvalidSignature):
        cms.opened(value, DIGEST)


@pytest.mark.filterwarnings("ignore")  # the library doubts some of the certificates that result
@pytest.mark.parametrize("holder", [made.SIGNER, made.AUTHORITY])
def test_every_flipped_bit_is_found(holder):
    value = cms.signed(holder.key, [holder.certificate], DIGEST)
    chance = random.Random(9)  # noqa: S311 - which bit, not a secret
    for at in range(len(value)):
        forged = bytearray(value)
        forged[at] ^= 1 << chance.randrange(8)
        with pytest.raises(InvalidSignature):
            cms.opened(bytes(forged), DIGEST)


@pytest.mark.parametrize("value", [b"", b"0", b"\x30\x82\xff\xff", b"\x30\x80", bytes(2000)])
def test_what_is_no_value_does_not_hold(value):
    with pytest.raises(InvalidSignature):
        cms.opened(value, DIGEST)


def test_another_program_agrees_about_the_value(tmp_path):
    """asn1crypto reads it as the attributes that PAdES baseline B demands, and no time."""
    value = cms.signed(made.SIGNER.key, [made.SIGNER.certificate], DIGEST)
    read = other.ContentInfo.load(value, strict=True)
    (info,) = read["content"]["signer_infos"]
    told = {each["type"].native: each["values"].native for each in info["signed_attrs"]}
    assert set(told) == {"content_type", "message_digest", "signing_certificate_v2"}
    assert (told["content_type"], told["message_digest"]) == (["data"], [DIGEST])
    (named,) = told["signing_certificate_v2"][0]["certs"]
    assert named["cert_hash"] == made.SIGNER.certificate.fingerprint(SHA256())
    assert read.dump(force=True) == value, "DER, sets in order"
    assert read["content"]["encap_content_info"]["content"].native is None


# The certificate ----------------------------------------------------------------------------------


def test_without_a_file_nothing_is_signed():
    signature.install(Terms())
    assert signature.condition() is None
    assert signature.place() is None
    assert signature.signed(b"any file") == b"any file"


def test_a_sound_certificate_says_whom_it_names_and_until_when(terms):
    found = signature.condition(terms)
    assert found == signature.Condition(made.HOLDER, made.UNTIL)
    assert not found.is_ending(NOW)
    assert found.days_left(NOW) == 100
    assert found.is_ending(made.UNTIL - timedelta(days=30))
    assert not found.is_ending(made.UNTIL - timedelta(days=30, seconds=1))


def _without_key(terms: Terms) -> None:
    content = pkcs12.serialize_java_truststore(
        [pkcs12.PKCS12Certificate(made.SIGNER.certificate, b"a")],
        BestAvailableEncryption(made.PASSPHRASE),
    )
    terms.file.write_bytes(content)


def _with(**over):
    def plant(terms: Terms) -> None:
        over.setdefault("key", made.rsa_key())
        made.keep(terms.file.parent, made.certified("样例", **over))

    return plant


FAULTS = {
    "gone": (Fault.NO_FILE, lambda terms: terms.file.unlink()),
    "a folder": (Fault.NO_FILE, lambda terms: (terms.file.unlink(), terms.file.mkdir())),
    "no passphrase": (Fault.NO_PASSPHRASE, lambda terms: terms.passphrase.unlink()),
    "wrong passphrase": (Fault.UNREADABLE, lambda terms: terms.passphrase.write_bytes(b"x")),
    "empty": (Fault.UNREADABLE, lambda terms: terms.file.write_bytes(b"")),
    "damaged": (
        Fault.UNREADABLE,
        lambda terms: terms.file.write_bytes(terms.file.read_bytes()[:-9]),
    ),
    "certificate without key": (Fault.NO_KEY, _without_key),
    "short key": (Fault.ALGORITHM, _with(key=made.rsa_key(1024))),
    "strange key": (
        Fault.ALGORITHM,
        _with(key=ed25519.Ed25519PrivateKey.generate(), by=made.AUTHORITY),
    ),
    "for encryption": (Fault.USAGE, _with(may_sign=False)),
    "not yet": (Fault.EARLY, _with(since=NOW + timedelta(seconds=1))),
    "over": (Fault.EXPIRED, _with(until=NOW - timedelta(seconds=1))),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_certificate_that_cannot_sign_says_why_and_stops_everything(case, terms):
    fault, plant = FAULTS[case]
    plant(terms)
    assert signature.condition(terms).fault is fault
    signature.install(terms)
    with pytest.raises(SignatureRefused) as refusal:
        signature.place()
    assert refusal.value.fault is fault


def test_a_key_under_somebody_elses_certificate_cannot_sign(terms, monkeypatch):
    """The format does not forbid it, though the library writes none."""
    certificate = pkcs12.PKCS12Certificate(made.SIGNER.certificate, None)
    mixed = pkcs12.PKCS12KeyAndCertificates(made.rsa_key(), certificate, [])
    monkeypatch.setattr(pkcs12, "load_pkcs12", lambda *_: mixed)
    assert signature.condition(terms).fault is Fault.NO_KEY


def test_a_file_without_passphrase_may_sign(terms):
    made.keep(terms.file.parent, passphrase=b"")
    assert signature.condition(replace(terms, passphrase=None)).fault is None


def test_a_file_without_place_is_not_released_where_files_are_signed(terms):
    signature.install(terms)
    with pytest.raises(ValueError, match="place"):
        signature.signed(b"%PDF-1.7")
