"""Which code opens a record to whoever was given it, and survives being read aloud?"""

from __future__ import annotations

import re
import secrets

from app.kernel.text import fold

#: No 0/O, 1/I/L, S, B beside their digits: read aloud over a telephone without mistakes.
#: 29 characters, a prime, so that the weighted check finds every single error and every swap.
ALPHABET = "23456789ACDEFGHJKMNPQRTUVWXYZ"
RANDOM = 11
#: What people put between the groups, by hand or by an input method.
_GAPS = re.compile(r"[-‐-―−_.·]+")


def new_code() -> str:
    """Return a query code: 11 random characters (53 bits) and a check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the character that catches any one wrong or two swapped neighbours."""
    weighted = sum((i + 2) * ALPHABET.index(ch) for i, ch in enumerate(body))
    return ALPHABET[weighted % len(ALPHABET)]


def read_code(typed: str) -> str | None:
    """Return a typed code in its plain form, or None when it cannot be one.

    Full-width letters of an input method count as what they look like.
    """
    plain = _GAPS.sub("", fold(typed)).upper()
    if len(plain) != RANDOM + 1 or any(ch not in ALPHABET for ch in plain):
        return None
    return plain if check_character(plain[:-1]) == plain[-1] else None


def spoken(code: str) -> str:
    """Return a code in three groups of four, as it is read aloud."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))
