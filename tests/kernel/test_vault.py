"""Does a stolen database tell nothing, and does an altered one betray itself?"""

from __future__ import annotations

import base64
import secrets

import pytest

from app.kernel.vault import Vault

KEY, OTHER = secrets.token_hex(32), secrets.token_hex(32)
TEXTS = ("样例来件人甲", "", "𰻝𠮷" * 40, "line\nline\ttab", "x" * 20_000)
CIPHERS = ("aes", "sm4")


@pytest.mark.parametrize("cipher", CIPHERS)
@pytest.mark.parametrize("text", TEXTS)
def test_what_was_sealed_opens_again(cipher: str, text: str) -> None:
    vault = Vault(KEY, cipher=cipher)
    assert vault.open(vault.seal(text, field="name"), field="name") == text


@pytest.mark.parametrize("cipher", CIPHERS)
def test_the_seal_hides_the_text_and_never_repeats(cipher: str) -> None:
    vault = Vault(KEY, cipher=cipher)
    first, second = (vault.seal("样例来件人甲", field="name") for _ in range(2))
    assert first != second
    body = base64.urlsafe_b64decode(first.rsplit(".", 1)[1] + "==")
    assert "样例".encode() not in body
    assert KEY not in first


@pytest.mark.parametrize("cipher", CIPHERS)
def test_an_altered_value_is_refused_at_every_part(cipher: str) -> None:
    vault = Vault(KEY, cipher=cipher)
    parts = vault.seal("样例来件人甲", field="name").split(".")
    other = {"aes": "sm4", "sm4": "aes"}[cipher]
    for at, replacement in enumerate(
        ("v2", other, "00000000", flipped(parts[3]), flipped(parts[4]))
    ):
        altered = [*parts[:at], replacement, *parts[at + 1 :]]
        with pytest.raises(ValueError, match=r"altered|not here"):
            vault.open(".".join(altered), field="name")


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_sealed_file_opens_under_its_own_name_only(cipher: str) -> None:
    vault, content = Vault(KEY, cipher=cipher), secrets.token_bytes(70_000)
    sealed = vault.seal_file(content, name="a")
    assert content[:64] not in sealed
    assert vault.open_file(sealed, name="a") == content
    assert Vault(OTHER, previous=(KEY,)).open_file(sealed, name="a") == content
    with pytest.raises(ValueError, match="altered"):
        vault.open_file(sealed, name="b")
    with pytest.raises(ValueError, match="not here"):
        Vault(OTHER, cipher=cipher).open_file(sealed, name="a")
    for at in (-1, -70_000, sealed.index(b"\n") + 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(ValueError, match="altered"):
            vault.open_file(bytes(changed), name="a")


def flipped(part: str) -> str:
    """Return the same length with another first character."""
    return ("B" if part[0] == "A" else "A") + part[1:]


@pytest.mark.parametrize("cipher", CIPHERS)
def test_a_value_does_not_open_as_another_field(cipher: str) -> None:
    vault = Vault(KEY, cipher=cipher)
    with pytest.raises(ValueError, match="another field"):
        vault.open(vault.seal("13800000148", field="phone"), field="name")


def test_another_key_opens_nothing() -> None:
    sealed = Vault(KEY).seal("样例", field="name")
    with pytest.raises(ValueError, match="not here"):
        Vault(OTHER).open(sealed, field="name")


def test_after_a_change_of_keys_the_old_values_still_open_and_new_ones_are_new() -> None:
    old = Vault(KEY).seal("样例", field="name")
    changed = Vault(OTHER, previous=(KEY,))
    assert changed.open(old, field="name") == "样例"
    fresh = changed.seal("样例", field="name")
    assert Vault(OTHER).open(fresh, field="name") == "样例"
    with pytest.raises(ValueError, match="not here"):
        Vault(KEY).open(fresh, field="name")


def test_a_change_of_cipher_leaves_old_values_readable() -> None:
    old = Vault(KEY, cipher="aes").seal("样例", field="name")
    assert Vault(KEY, cipher="sm4").open(old, field="name") == "样例"


@pytest.mark.parametrize(
    "written", ["13800000148", "138 0000 0148", "１３８０００００１４８", " 138\u30000000 0148\n"]
)
def test_the_same_number_meets_itself_however_it_was_written(written: str) -> None:
    vault = Vault(KEY)
    assert vault.blind_index(written, field="phone") == vault.blind_index(
        "13800000148", field="phone"
    )


def test_the_index_tells_fields_texts_and_keys_apart() -> None:
    vault = Vault(KEY)
    indexes = {
        vault.blind_index("13800000148", field="phone"),
        vault.blind_index("13800000149", field="phone"),
        vault.blind_index("13800000148", field="name"),
        Vault(OTHER).blind_index("13800000148", field="phone"),
    }
    assert len(indexes) == 4
    assert all(len(index) == 48 for index in indexes)
    assert vault.blind_index("Ａbc 商行", field="name") == vault.blind_index(
        "aBC商行", field="name"
    )
