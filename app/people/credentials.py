"""How does a person prove who they are: by a password, and by a second factor?

Hashing is slow on purpose: whoever calls does it before the write transaction begins.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import BoundedSemaphore

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update

from app.kernel import audit, clock, text, vault
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.people import queries, rules
from app.people.models import FormerPassword, Person, SignInSession

# 64 MiB a hash: a semaphore keeps a burst of sign-ins from becoming a memory bomb.
_hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)
_hashing = BoundedSemaphore(4)
TOTP_STEP = 30
TOTP_FIELD = "person.totp"

PASSWORD_CHANGED = audit.declare("person.password_changed")
PASSWORD_RESET = audit.declare("person.password_reset")
TOTP_SET = audit.declare("person.totp_set", "on")
TOTP_REVOKED = audit.declare("person.totp_revoked")


@dataclass(frozen=True)
class FirstPassword:
    """A password somebody else chose, what the database keeps of it, and whether it may last."""

    words: str
    hashed: str
    is_lasting: bool = False


def hash_password(password: str) -> str:
    """Hash a password (Argon2id, 64 MiB, three passes)."""
    with _hashing:
        return _hasher.hash(password)


@lru_cache(maxsize=1)
def nobody() -> str:
    """A hash that costs the same as a real one, so that an unknown account takes as long."""
    return hash_password(secrets.token_hex(16))


def matches(kept: str, password: str) -> bool:
    """Tell whether a password belongs to a kept hash."""
    with _hashing:
        try:
            return _hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def totp_step(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step a code belongs to (one step of drift each way), or None."""
    totp = pyotp.TOTP(secret)
    typed = text.fold(code).encode(errors="replace")
    now_step = int(at.timestamp()) // TOTP_STEP
    for step in (now_step, now_step - 1, now_step + 1):
        if secrets.compare_digest(totp.at(step * TOTP_STEP).encode(), typed):
            return step
    return None


def end_sessions(person: Person, at: datetime, *, but: int | None = None) -> None:
    """End a person's living sessions, all or all but one; the next request of each is refused."""
    living = [SignInSession.person_id == person.id, SignInSession.ended_at.is_(None)]
    if but is not None:
        living.append(SignInSession.id != but)
    db.session.execute(update(SignInSession).where(*living).values(ended_at=at))


def first_password() -> FirstPassword:
    """Make a one-time password; slow, so before a write transaction begins."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ"
    words = "Lj-" + "".join(secrets.choice(alphabet) for _ in range(14)) + "7"
    return FirstPassword(words, hash_password(words))


def new_password(person: Person, old: str, new: str) -> str:
    """Check a change of one's own password and return the new hash; slow, before the lock."""
    if not matches(person.password_hash, old):
        raise Refused("password_wrong", field="old_password")
    rules.check_password(new, account=person.account)
    former = [person.password_hash, *(f.password_hash for f in queries.former_passwords(person.id))]
    if any(matches(kept, new) for kept in former):
        raise Refused("password_used", field="password", count=rules.PASSWORDS_REMEMBERED)
    return hash_password(new)


def change_password(person: Person, hashed: str, *, by: Identity) -> None:
    """Take a checked new password; every other session of the person ends."""
    if person.id != by.person_id:
        raise Refused("not_your_post")
    _remember(person)
    _set_password(person, hashed, must_change=False)
    end_sessions(person, clock.now(), but=by.session_id)
    audit.record(PASSWORD_CHANGED, "person", person.account, by=by)


def _remember(person: Person) -> None:
    """Keep the present password among those that may not come back."""
    kept = queries.former_passwords(person.id)
    for forgotten in kept[rules.PASSWORDS_REMEMBERED - 2 :]:
        db.session.delete(forgotten)
    db.session.add(FormerPassword(person_id=person.id, password_hash=person.password_hash))


def _set_password(person: Person, hashed: str, *, must_change: bool) -> None:
    person.password_hash = hashed
    person.password_changed_at, person.must_change_password = clock.now(), must_change


def reset_password(person: Person, first: FirstPassword, *, by: Identity) -> None:
    """Give a one-time password; the administrator never learns the lasting one."""
    require(by, "person:keep")
    _remember(person)
    _set_password(person, first.hashed, must_change=True)
    person.failures, person.locked_until = 0, None
    end_sessions(person, clock.now())
    audit.record(PASSWORD_RESET, "person", person.account, by=by)


@dataclass(frozen=True)
class TotpOffer:
    """A second factor to take up: its secret, the address for the QR code, and its sealed form."""

    secret: str
    address: str
    sealed: str


def totp_offer(person: Person, sealed: str = "") -> TotpOffer:
    """Offer a new secret, or read again one that was offered to this person."""
    field = f"{TOTP_FIELD}.offer.{person.id}"
    try:
        secret = vault.unseal(sealed, field=field) if sealed else pyotp.random_base32()
    except ValueError as fault:
        raise Refused("totp_code", field="totp") from fault
    address = pyotp.TOTP(secret).provisioning_uri(name=person.account, issuer_name="Lijian")
    return TotpOffer(secret, address, sealed or vault.seal(secret, field=field))


def take_totp(person: Person, offer: TotpOffer, code: str, *, by: Identity) -> None:
    """Turn one's own second factor on, proved by a code of it."""
    _prove(person, offer.secret, code, by)
    person.totp_sealed = vault.seal(offer.secret, field=TOTP_FIELD)
    audit.record(TOTP_SET, "person", person.account, by=by, on=True)


def drop_totp(person: Person, code: str, *, by: Identity) -> None:
    """Turn one's own second factor off, proved by a code of it."""
    kept = vault.unseal(person.totp_sealed, field=TOTP_FIELD) if person.totp_sealed else ""
    _prove(person, kept, code, by)
    person.totp_sealed = None
    audit.record(TOTP_SET, "person", person.account, by=by, on=False)


def _prove(person: Person, secret: str, code: str, by: Identity) -> None:
    if person.id != by.person_id:
        raise Refused("not_your_post")
    step = totp_step(secret, code, clock.now()) if secret else None
    if step is None or step <= person.totp_last_step:
        raise Refused("totp_code", field="totp")
    person.totp_last_step = step


def revoke_totp(person: Person, *, by: Identity) -> None:
    """Take a lost second factor away; not by the administrator who can reset the password."""
    require(by, "factor:revoke")
    if person.id == by.person_id:
        raise Refused("no_self_grant")
    person.totp_sealed = None
    end_sessions(person, clock.now())
    audit.record(TOTP_REVOKED, "person", person.account, by=by)
