"""Which certificates does a test sign with? A root, an authority below it, a bureau: invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509 import Certificate
from cryptography.x509.oid import NameOID

HOLDER = "青石县市场监督管理局（测试）"
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
PASSPHRASE = b"Ceshi-2026"
Key = CertificateIssuerPrivateKeyTypes


@dataclass(frozen=True)
class Holder:
    """Somebody with a certificate and its key."""

    key: Key
    certificate: Certificate


def name(common: str) -> x509.Name:
    parts = {NameOID.COUNTRY_NAME: "CN", NameOID.COMMON_NAME: common}
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts.items()])


def certified(
    common: str,
    *,
    by: Holder | None = None,
    key: Key | None = None,
    is_authority: bool = False,
    may_certify: bool | None = None,
    may_sign: bool = True,
    since: datetime = SINCE,
    until: datetime = UNTIL,
) -> Holder:
    """Return a holder whom ``by`` certified, or who certified himself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=may_sign, content_commitment=may_sign, key_encipherment=not may_sign,
        data_encipherment=False, key_agreement=False, crl_sign=is_authority,
        key_cert_sign=is_authority if may_certify is None else may_certify,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(name(common))
        .issuer_name(by.certificate.subject if by else name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by.key if by else key, hashes.SHA256())
    )
    return Holder(key, built)


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


ROOT = certified("样例根机构", is_authority=True)
AUTHORITY = certified("样例签发机构", by=ROOT, is_authority=True)
SIGNER = certified(HOLDER, by=AUTHORITY, key=rsa_key())


@dataclass(frozen=True)
class Kept:
    """The files as an administrator gives them."""

    file: Path
    passphrase: Path
    roots: Path


def keep(
    folder: Path,
    signer: Holder = SIGNER,
    *,
    above: Sequence[Certificate] = (AUTHORITY.certificate,),
    passphrase: bytes = PASSPHRASE,
) -> Kept:
    """Write a holder's PKCS#12 file, its passphrase and the root."""
    kept = Kept(folder / "signer.p12", folder / "passphrase", folder / "roots.pem")
    locked = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    content = serialize_key_and_certificates(b"", signer.key, signer.certificate, above, locked)  # type: ignore[arg-type]
    write(kept.file, content)
    write(kept.passphrase, PASSPHRASE + b"\n")
    write(kept.roots, pem(ROOT))
    return kept


def pem(holder: Holder) -> bytes:
    return holder.certificate.public_bytes(Encoding.PEM)


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
