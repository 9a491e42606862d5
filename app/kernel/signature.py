"""With which certificate does the house sign its files, and what does a signature in a file say?

The typesetter leaves a place of fixed size (``place`` tells what it writes there, the digest of the
certificates among it), the log entry is written, and ``signed`` fills the place: last, since a
signature covers every byte but its own.  The key is read each time, never kept, and never goes to
the typesetter; a certificate that cannot be used stops publication (docs/adr/0012).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import Certificate, verification
from cryptography.x509.oid import NameOID

from app.kernel import clock, cms
from app.kernel.errors import PortalError
from app.kernel.verify_publication import SEAL

#: Of the CMS value, in hexadecimal digits; a signer with three certificates above takes half.
DIGITS = 16384
#: Renewing a certificate takes a bureau some weeks.
SOON = timedelta(days=30)
LEAST_RSA_BITS = 2048
#: What stands before the place: which bytes are signed, and by which certificate.
PLACE = re.compile(
    rb"/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]\n%lijian-signature-1 ([0-9a-f]{64})\n/Contents <"
)


@dataclass(frozen=True)
class Terms:
    """What this installation says about signing; without a file nothing is signed."""

    file: Path | None = None
    passphrase: Path | None = None
    reason: str = ""
    location: str = ""
    roots: Path | None = None


class Fault(StrEnum):
    """Why a certificate cannot sign."""

    NO_FILE = "no_file"
    NO_PASSPHRASE = "no_passphrase"  # noqa: S105 - a word, no secret
    UNREADABLE = "unreadable"
    NO_KEY = "no_key"
    ALGORITHM = "algorithm"
    USAGE = "usage"
    EARLY = "early"
    EXPIRED = "expired"


class SignatureRefused(PortalError):
    """The certificate cannot sign; what should be signed is not published."""

    def __init__(self, fault: Fault) -> None:
        """Say why."""
        super().__init__(f"the certificate cannot sign: {fault}")
        self.fault = fault


@dataclass(frozen=True)
class Condition:
    """What there is to sign with: whom it names, until when, and what is wrong with it."""

    holder: str = ""
    until: datetime | None = None
    fault: Fault | None = None

    def days_left(self, at: datetime) -> int | None:
        """Return the whole days until it ends."""
        return None if self.until is None else (self.until - at).days

    def is_ending(self, at: datetime) -> bool:
        """Tell whether it is time to renew it."""
        return self.until is not None and self.until - at <= SOON


@dataclass(frozen=True)
class _Signer:
    key: cms.Key
    certificates: Sequence[Certificate]

    @property
    def certificate(self) -> Certificate:
        return self.certificates[0]


_terms: list[Terms] = [Terms()]


def install(terms: Terms) -> None:
    """Make these the house's terms (the factory does it once)."""
    _terms[:] = [terms]


def is_wanted() -> bool:
    """Tell whether files shall be signed here."""
    return _terms[0].file is not None


def condition(terms: Terms | None = None) -> Condition | None:
    """Return what there is to sign with; None where nothing is signed."""
    terms = terms or _terms[0]
    if terms.file is None:
        return None
    try:
        signer = _read(terms)
    except SignatureRefused as refusal:
        return Condition(fault=refusal.fault)
    found = signer.certificate
    return Condition(holder_of(found), found.not_valid_after_utc, _lapsed(found))


def holder_of(certificate: Certificate) -> str:
    """Return whom a certificate names: common name, else organisation, else all of it."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for each in certificate.subject.get_attributes_for_oid(kind):
            return str(each.value)
    return certificate.subject.rfc4514_string()


# Signing ------------------------------------------------------------------------------------------


def place() -> dict[str, str] | None:
    """Return what the typesetter writes about the signature to come; None where nothing is signed.

    Refuses with ``SignatureRefused``: better now than after the typesetting.
    """
    if not is_wanted():
        return None
    terms = _terms[0]
    signer = _usable(terms)
    now = clock.now().astimezone(clock.LEGAL_ZONE)
    named = cms.fingerprint(signer.certificates).hex()
    return {
        "holder": holder_of(signer.certificate),
        "reason": terms.reason,
        "location": terms.location,
        "at": now.strftime("D:%Y%m%d%H%M%S+08'00'"),
        "mark": f"\n%lijian-signature-1 {named}\n/Contents ",
        "blank": "0" * DIGITS,
    }


def signed(content: bytes) -> bytes:
    """Return the file with its signature in place, of the same length.

    A file with a place for it is signed, any other is not: ``ValueError`` if that is not what this
    installation wants, ``SignatureRefused`` if it cannot.
    """
    places = list(SEAL.finditer(content))
    if len(places) != is_wanted():
        raise ValueError("the file has a place for a signature where none is made, or the reverse")
    if not places:
        return content
    signer = _usable(_terms[0])
    found = _placed(content)
    if found is None or found.named != cms.fingerprint(signer.certificates):
        raise ValueError("the file was set for another certificate")
    value = cms.signed(signer.key, signer.certificates, found.digest).hex().encode()
    if len(value) > DIGITS:
        raise ValueError("the signature is longer than its place")
    return content[: found.begin] + value.ljust(DIGITS, b"0") + content[found.begin + DIGITS :]


def room(content: bytes) -> slice | None:
    """Where a file's signature stands or will stand, in hexadecimal digits; None without one."""
    found = _placed(content)
    return slice(found.begin, found.begin + DIGITS) if found else None


def _read(terms: Terms) -> _Signer:
    """Open the PKCS#12 file; the days it is valid are not looked at."""
    if terms.file is None or not terms.file.is_file():
        raise SignatureRefused(Fault.NO_FILE)
    try:
        secret = terms.passphrase.read_bytes().rstrip(b"\r\n") if terms.passphrase else None
    except OSError as error:
        raise SignatureRefused(Fault.NO_PASSPHRASE) from error
    try:
        opened = pkcs12.load_pkcs12(terms.file.read_bytes(), secret)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SignatureRefused(Fault.UNREADABLE) from error
    if opened.key is None or opened.cert is None:
        raise SignatureRefused(Fault.NO_KEY)
    key, certificate = opened.key, opened.cert.certificate
    if not isinstance(key, cms.Key) or (
        isinstance(key, rsa.RSAPrivateKey) and key.key_size < LEAST_RSA_BITS
    ):
        raise SignatureRefused(Fault.ALGORITHM)
    if key.public_key() != certificate.public_key():
        raise SignatureRefused(Fault.NO_KEY)
    if not _may_sign(certificate):
        raise SignatureRefused(Fault.USAGE)
    return _Signer(key, [certificate, *(each.certificate for each in opened.additional_certs)])


def _may_sign(certificate: Certificate) -> bool:
    """Tell whether the key's usage, if it is limited, includes signing (RFC 5280, 4.2.1.3)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _usable(terms: Terms) -> _Signer:
    signer = _read(terms)
    fault = _lapsed(signer.certificate)
    if fault:
        raise SignatureRefused(fault)
    return signer


def _lapsed(certificate: Certificate) -> Fault | None:
    now = clock.now()
    if now < certificate.not_valid_before_utc:
        return Fault.EARLY
    return Fault.EXPIRED if now > certificate.not_valid_after_utc else None


# Checking -----------------------------------------------------------------------------------------


class Standing(StrEnum):
    """Whether a file is signed."""

    UNSIGNED = "unsigned"
    VALID = "valid"
    BROKEN = "broken"


class Chain(StrEnum):
    """Whether the certificate leads to a root that this installation trusts."""

    UNCHECKED = "unchecked"
    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True)
class Signature:
    """What a signature in a file says; the holder is named only of one that holds."""

    standing: Standing
    holder: str = ""
    issuer: str = ""
    since: datetime | None = None
    until: datetime | None = None
    chain: Chain = Chain.UNCHECKED

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it says less than it should: broken, or of somebody we do not trust."""
        return self.standing is Standing.BROKEN or self.chain is Chain.UNTRUSTED


@dataclass(frozen=True)
class _Place:
    begin: int
    named: bytes
    digest: bytes


def told(content: bytes, *, at: datetime | None = None) -> Signature:
    """Return what the signature of a file says; its certificates are judged as of ``at``, or now.

    Only signatures of this house's form are known: by the certificate that the file was set for,
    over all its bytes. Whether that file is ours is for the public log to say.
    """
    if b"%lijian-signature-1" not in content:
        return Signature(Standing.UNSIGNED)
    try:
        certificates = _opened(content)
        return Signature(
            Standing.VALID,
            holder_of(certificates[0]),
            certificates[0].issuer.rfc4514_string(),
            certificates[0].not_valid_before_utc,
            certificates[0].not_valid_after_utc,
            _chain(certificates, at or clock.now()),
        )
    except (InvalidSignature, ValueError):  # also what is no number, no digit, no certificate
        return Signature(Standing.BROKEN)


def _opened(content: bytes) -> Sequence[Certificate]:
    found = _placed(content)
    if found is None:
        raise InvalidSignature
    certificates = cms.opened(_value(content, found.begin), found.digest)
    if cms.fingerprint(certificates) != found.named:
        raise InvalidSignature
    return certificates


def _placed(content: bytes) -> _Place | None:
    """Find the one place; its range must leave out nothing but the value itself."""
    marks = list(PLACE.finditer(content))
    if len(marks) != 1 or len(SEAL.findall(content)) != 1:
        return None
    begin = marks[0].end()
    end = begin + DIGITS
    covered = tuple(int(number) for number in marks[0].groups()[:3])
    if covered != (begin - 1, end + 1, len(content) - end - 1):
        return None
    digest = hashlib.sha256(content[: begin - 1] + content[end + 1 :]).digest()
    return _Place(begin, bytes.fromhex(marks[0][4].decode()), digest)


def _value(content: bytes, begin: int) -> bytes:
    """Return the CMS value without what fills its place, which must be nothing but zeros."""
    filled = bytes.fromhex(content[begin : begin + DIGITS].decode())
    size = 4 + int.from_bytes(filled[2:4], "big")
    if any(filled[size:]):
        raise InvalidSignature
    return filled[:size]


def _chain(certificates: Sequence[Certificate], at: datetime) -> Chain:
    """Follow the chain to one of our roots; revocation is not asked for, nothing goes online."""
    roots = _terms[0].roots
    if roots is None:
        return Chain.UNCHECKED
    anybody = verification.ExtensionPolicy.permit_all()
    either = verification.Criticality.AGNOSTIC
    authority = anybody.require_present(x509.BasicConstraints, either, None)  # it must be one
    authority = authority.may_be_present(x509.KeyUsage, either, _may_certify)
    try:
        store = verification.Store(x509.load_pem_x509_certificates(roots.read_bytes()))
        policy = verification.PolicyBuilder().store(store).time(at)
        policy = policy.extension_policies(ca_policy=authority, ee_policy=anybody)
        policy.build_client_verifier().verify(certificates[0], list(certificates[1:]))
    except (OSError, ValueError, verification.VerificationError):
        return Chain.UNTRUSTED
    return Chain.TRUSTED


def _may_certify(
    _policy: verification.Policy, _certificate: Certificate, usage: x509.KeyUsage | None
) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("not for certifying")
