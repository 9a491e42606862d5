"""How are a reporter's fields kept so that a stolen database tells nothing?

AES-256-GCM per field, or SM4-GCM by setting.  A sealed value is ``v1.<cipher>.<key id>.<nonce>.
<ciphertext>`` in URL-safe base64; a sealed file says the same in its first
line.  The key lives outside the database and outside every backup.
The blind index is a keyed HMAC-SHA256 over the folded value: equal callers meet, nobody reads.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
TAG_BYTES = 16
#: How a sealed file begins.
SEALED = "lijian-sealed-1"


class Vault:
    """Seals and opens single fields; ``previous`` keys still open what they once sealed."""

    def __init__(self, key: str, *, cipher: str = "aes", previous: tuple[str, ...] = ()) -> None:
        """Take the master key (hex) and derive one key for sealing and one for the index."""
        self._cipher = cipher
        self._keys = {self._key_id(k): self._derive(k, b"seal") for k in (key, *previous)}
        self._current = self._key_id(key)
        self._index_key = self._derive(key, b"index")

    @staticmethod
    def _derive(key: str, purpose: bytes) -> bytes:
        return hmac.new(bytes.fromhex(key), b"lijian/" + purpose, hashlib.sha256).digest()

    @staticmethod
    def _key_id(key: str) -> str:
        return hashlib.sha256(b"lijian/id/" + bytes.fromhex(key)).hexdigest()[:8]

    def seal(self, text: str, *, field: str) -> str:
        """Encrypt one field; the field's name is bound in, so values cannot be swapped."""
        nonce = os.urandom(NONCE_BYTES)
        head = f"v1.{self._cipher}.{self._current}"
        bound = f"{head}.{field}".encode()
        body = self._encrypt(self._keys[self._current], nonce, text.encode(), bound)
        return ".".join((head, _b64(nonce), _b64(body)))

    def open(self, sealed: str, *, field: str) -> str:
        """Decrypt one field; raises ``ValueError`` when it was altered or the key is missing."""
        version, cipher, key_id, nonce, body = sealed.split(".")
        key = self._keys.get(key_id)
        if version != "v1" or key is None:
            raise ValueError("this value was sealed with a key that is not here")
        bound = f"{version}.{cipher}.{key_id}.{field}".encode()
        try:
            return _decrypt(cipher, key, _unb64(nonce), _unb64(body), bound).decode()
        except InvalidTag as fault:
            raise ValueError("this value was altered, or belongs to another field") from fault

    def seal_file(self, content: bytes, *, name: str) -> bytes:
        """Encrypt a file: a line that says how, the nonce, the bytes; its name is bound in."""
        nonce = os.urandom(NONCE_BYTES)
        head = f"{SEALED} {self._cipher} {self._current}\n".encode()
        bound = head + name.encode()
        return head + nonce + self._encrypt(self._keys[self._current], nonce, content, bound)

    def open_file(self, sealed: bytes, *, name: str) -> bytes:
        """Decrypt a file; raises ``ValueError`` when it was altered or the key is missing."""
        line, _, rest = sealed.partition(b"\n")
        mark, cipher, key_id = line.decode("ascii").split(" ")
        key = self._keys.get(key_id)
        if mark != SEALED or key is None:
            raise ValueError("this file was sealed with a key that is not here")
        bound = line + b"\n" + name.encode()
        try:
            return _decrypt(cipher, key, rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound)
        except InvalidTag as fault:
            raise ValueError("this file was altered, or is another one") from fault

    def _encrypt(self, key: bytes, nonce: bytes, text: bytes, bound: bytes) -> bytes:
        if self._cipher == "aes":
            return AESGCM(key).encrypt(nonce, text, bound)
        sealer = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        sealer.authenticate_additional_data(bound)
        return sealer.update(text) + sealer.finalize() + sealer.tag

    def blind_index(self, text: str, *, field: str) -> str:
        """Return the keyed digest by which equal values meet (192 bits, hex)."""
        folded = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
        digest = hmac.new(self._index_key, f"{field}\0{folded}".encode(), hashlib.sha256)
        return digest.hexdigest()[:48]


def _decrypt(cipher: str, key: bytes, nonce: bytes, body: bytes, bound: bytes) -> bytes:
    if cipher == "aes":
        return AESGCM(key).decrypt(nonce, body, bound)
    text, tag = body[:-TAG_BYTES], body[-TAG_BYTES:]
    opener = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, tag)).decryptor()
    opener.authenticate_additional_data(bound)
    return opener.update(text) + opener.finalize()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


_vaults: list[Vault] = []


def install(vault: Vault) -> None:
    """Make this the house's vault (the factory does it once)."""
    _vaults[:] = [vault]


def seal(text: str, *, field: str) -> str:
    """Encrypt a field with the house's vault."""
    return _vaults[0].seal(text, field=field)


def unseal(sealed: str, *, field: str) -> str:
    """Decrypt a field with the house's vault."""
    return _vaults[0].open(sealed, field=field)


def seal_file(content: bytes, *, name: str) -> bytes:
    """Encrypt a file with the house's vault."""
    return _vaults[0].seal_file(content, name=name)


def unseal_file(sealed: bytes, *, name: str) -> bytes:
    """Decrypt a file with the house's vault."""
    return _vaults[0].open_file(sealed, name=name)


def blind_index(text: str, *, field: str) -> str:
    """Return the keyed digest of a field with the house's vault."""
    return _vaults[0].blind_index(text, field=field)
