"""Which bytes say that the holder of a certificate signed? A CMS value as PAdES wants it.

Baseline level B: one signer, detached, SHA-256, DER, with every certificate that was given. Signed
attributes (RFC 5652, 11; RFC 5035, 3; EN 319 142-1, 6.3): content type, digest, and the digest of
the signing certificate, so that none other can take its place; no time, which stands in the PDF.
A value is checked without taking it apart: what is known of it is written again, to the same byte.
The other certificates are carried, not signed: ``fingerprint`` stands for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.asn1 import encode_der
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import Certificate, InvalidVersion, ObjectIdentifier

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
#: What the library says of values and certificates that are none.
UNREADABLE = (ValueError, TypeError, UnsupportedAlgorithm, InvalidVersion)
SEQUENCE, SET, OCTETS, NULL, TAGGED = 0x30, 0x31, 0x04, 0x05, 0xA0


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    if len(content) < 0x80:
        return bytes((tag, len(content))) + content
    return bytes((tag, 0x80 | len(size))) + size + content


def _oid(dotted: str) -> bytes:
    return encode_der(ObjectIdentifier(dotted))


DATA, SIGNED_DATA = _oid("1.2.840.113549.1.7.1"), _oid("1.2.840.113549.1.7.2")
CONTENT_TYPE, DIGEST = _oid("1.2.840.113549.1.9.3"), _oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE = _oid("1.2.840.113549.1.9.16.2.47")
DIGESTED = _der(SEQUENCE, _oid("2.16.840.1.101.3.4.2.1"))
WITH_RSA = _der(SEQUENCE, _oid("1.2.840.113549.1.1.11"), _der(NULL))
WITH_CURVE = _der(SEQUENCE, _oid("1.2.840.10045.4.3.2"))


def fingerprint(certificates: Sequence[Certificate]) -> bytes:
    """Return the SHA-256 of certificates as a value carries them; of one, its usual fingerprint."""
    return sha256(b"".join(_carried(certificates))).digest()


def signed(key: Key, certificates: Sequence[Certificate], digest: bytes) -> bytes:
    """Return the CMS value over content of this SHA-256; the signer's certificate comes first."""
    told = _der(SET, _attributes(certificates[0], digest))
    if isinstance(key, rsa.RSAPrivateKey):
        signature = key.sign(told, padding.PKCS1v15(), SHA256())
    else:
        signature = key.sign(told, ec.ECDSA(SHA256()))
    return _written(certificates, digest, signature)


def opened(value: bytes, digest: bytes) -> list[Certificate]:
    """Return the certificates of a value that holds over this SHA-256, the signer's first.

    ``InvalidSignature`` for everything else, also for what another program wrote differently.
    """
    try:
        return _opened(value, digest)
    except UNREADABLE as fault:
        raise InvalidSignature from fault


def _opened(value: bytes, digest: bytes) -> list[Certificate]:
    found = pkcs7.load_der_pkcs7_certificates(value)
    for signer in found:
        certificates = [signer, *(each for each in found if each is not signer)]
        signature = _taken(value, signer.public_key())
        if _written(certificates, digest, signature) == value:
            _check(signer.public_key(), signature, _der(SET, _attributes(signer, digest)))
            return certificates
    raise InvalidSignature


def _attributes(signer: Certificate, digest: bytes) -> bytes:
    named = _der(SEQUENCE, _der(OCTETS, signer.fingerprint(SHA256())))
    named = _der(SEQUENCE, _der(SEQUENCE, named))
    each = ((CONTENT_TYPE, DATA), (DIGEST, _der(OCTETS, digest)), (SIGNING_CERTIFICATE, named))
    return b"".join(sorted(_der(SEQUENCE, name, _der(SET, value)) for name, value in each))


def _written(certificates: Sequence[Certificate], digest: bytes, signature: bytes) -> bytes:
    signer = certificates[0]
    one = _der(
        SEQUENCE,
        encode_der(1),
        _der(SEQUENCE, signer.issuer.public_bytes(), encode_der(signer.serial_number)),
        DIGESTED,
        _der(TAGGED, _attributes(signer, digest)),
        _algorithm(signer.public_key()),
        _der(OCTETS, signature),
    )
    carried = _der(TAGGED, *_carried(certificates))
    content = (encode_der(1), _der(SET, DIGESTED), _der(SEQUENCE, DATA), carried)
    told = _der(SEQUENCE, *content, _der(SET, one))
    return _der(SEQUENCE, SIGNED_DATA, _der(TAGGED, told))


def _carried(certificates: Sequence[Certificate]) -> list[bytes]:
    return sorted(each.public_bytes(Encoding.DER) for each in certificates)


def _algorithm(key: object) -> bytes:
    return WITH_RSA if isinstance(key, rsa.RSAPublicKey) else WITH_CURVE


def _taken(value: bytes, key: object) -> bytes:
    """Return what follows the last naming of the algorithm, without tag and length."""
    last = value.rpartition(_algorithm(key))[2]
    size = len(last)
    return last[2 if size < 0x82 else 3 if size < 0x103 else 4 :]


def _check(key: object, signature: bytes, told: bytes) -> None:
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, told, padding.PKCS1v15(), SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, told, ec.ECDSA(SHA256()))
    else:
        raise InvalidSignature
