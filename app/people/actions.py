"""What do people do with accounts: sign in, out, change passwords, grant posts, end sessions?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update

from app.kernel import audit, clock, vault
from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.kernel.roles import Role
from app.people import credentials, queries, rules
from app.people.credentials import FirstPassword, hash_password
from app.people.models import Person, Post, SignInFailure, SignInSession
from app.units.models import Unit

SIGNED_IN = audit.declare("person.signed_in", "second_factor")
SIGN_IN_REFUSED = audit.declare("person.sign_in_refused", "why")
SIGNED_OUT = audit.declare("person.signed_out")
SESSION_ENDED = audit.declare("person.session_ended", "session")
CREATED = audit.declare("person.created")
AMENDED = audit.declare("person.amended", "active")
POST_GRANTED = audit.declare("person.post_granted", "unit", "role")
POST_ENDED = audit.declare("person.post_ended", "unit", "role")
POST_CHANGED = audit.declare("person.post_changed", "unit")
UNLOCKED = audit.declare("person.unlocked")


@dataclass(frozen=True)
class Browser:
    """Where a sign-in comes from; the source is already a keyed digest, never an address."""

    agent: str
    source_digest: str


@dataclass(frozen=True)
class SignedIn:
    """A new session: the browser's token, and the language the person chose once."""

    token: str
    language: str


@dataclass(frozen=True)
class Verdict:
    """What checking a password came to, computed before any lock is taken."""

    person_id: int | None
    why: str
    totp_step: int = 0


def verify(account: str, password: str, code: str, browser: Browser) -> Verdict:
    """Check a sign-in without writing: the same work for unknown, wrong, locked and right."""
    at = clock.now()
    person = queries.candidate(account)
    kept = person.password_hash if person else credentials.nobody()
    fits = credentials.matches(kept, password[: rules.PASSWORD_MOST])
    since = at - rules.SOURCE_WINDOW
    if queries.recent_failures(browser.source_digest, since) >= rules.SOURCE_FAILURES:
        return Verdict(person.id if person else None, "source_slowed")
    if person is None or not person.is_active:
        return Verdict(None, "wrong")
    if person.locked_until and person.locked_until > at:
        return Verdict(person.id, "locked")
    if not fits:
        return Verdict(person.id, "wrong")
    return _second_factor(person, code, at)


def _second_factor(person: Person, code: str, at: datetime) -> Verdict:
    if person.totp_sealed is None:
        return Verdict(person.id, "")
    secret = vault.unseal(person.totp_sealed, field=credentials.TOTP_FIELD)
    step = credentials.totp_step(secret, code, at)
    if step is None or step <= person.totp_last_step:
        return Verdict(person.id, "code_wrong" if code else "code_needed")
    return Verdict(person.id, "", step)


def sign_in(verdict: Verdict, browser: Browser, *, lasts: timedelta) -> SignedIn | Verdict:
    """Write down a checked sign-in: a new session, or the reason why not, with its count."""
    at = clock.now()
    person = (
        db.session.get(Person, verdict.person_id, with_for_update=True)
        if verdict.person_id
        else None
    )
    verdict = _still(verdict, person, at)
    if person is None or verdict.why:
        _count_failure(person, verdict, browser, at)
        return verdict
    identity = queries.identity_of(person, None, clock.legal_day(at))
    if identity is None:
        return Verdict(person.id, "no_post")
    person.failures, person.locked_until = 0, None
    person.totp_last_step = max(person.totp_last_step, verdict.totp_step)
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignInSession(
            token_hash=queries.token_hash(token),
            person_id=person.id,
            unit_id=identity.unit_id,
            agent=browser.agent[:200],
            source_digest=browser.source_digest,
            began_at=at,
            last_seen_at=at,
            expires_at=at + lasts,
        )
    )
    audit.record(
        SIGNED_IN, "person", person.account, by=identity, second_factor=bool(verdict.totp_step)
    )
    return SignedIn(token, person.language)


def _still(verdict: Verdict, person: Person | None, at: datetime) -> Verdict:
    """Look again under the lock: a twin may have spent the code, or a fifth failure locked."""
    if verdict.why or person is None:
        return verdict
    if not person.is_active:
        return Verdict(None, "wrong")
    if person.locked_until and person.locked_until > at:
        return Verdict(person.id, "locked")
    if verdict.totp_step and verdict.totp_step <= person.totp_last_step:
        return Verdict(person.id, "code_wrong")
    return verdict


def _count_failure(person: Person | None, verdict: Verdict, browser: Browser, at: datetime) -> None:
    db.session.add(SignInFailure(source_digest=browser.source_digest, at=at))
    if person is None or verdict.why == "code_needed":
        return
    if verdict.why in {"wrong", "code_wrong"}:
        person.failures += 1
        person.locked_until = rules.lock_after(person.failures, at)
        if person.locked_until:
            person.failures = 0
    audit.record(SIGN_IN_REFUSED, "person", person.account, by=None, why=verdict.why)


def keep_alive(session_id: int, at: datetime) -> None:
    """Note that a session is alive, in a short transaction of its own (any request may do it)."""
    with unit_of_work() as session:
        session.execute(
            update(SignInSession).where(SignInSession.id == session_id).values(last_seen_at=at)
        )


def keep_failure() -> None:
    """Keep a counted failure although the request answers with a refusal."""
    db.session.commit()


def act_in(session_id: int, unit: Unit, *, by: Identity) -> None:
    """Go on in another of one's own posts."""
    posts = queries.held_posts(by.person_id, clock.today())
    if unit.id not in {post.unit_id for post in posts}:
        raise Refused("not_your_post")
    queries.session_by_id(session_id).unit_id = unit.id
    audit.record(POST_CHANGED, "person", _account(by.person_id), by=by, unit=unit.code)


def sign_out(session_id: int, *, by: Identity) -> None:
    """End one's own present session."""
    queries.session_by_id(session_id).ended_at = clock.now()
    audit.record(SIGNED_OUT, "person", _account(by.person_id), by=by)


def end_session(session: SignInSession, *, by: Identity) -> None:
    """End a session: one's own, or anybody's with the right to."""
    if session.person_id != by.person_id:
        require(by, "session:end")
    session.ended_at = clock.now()
    audit.record(SESSION_ENDED, "person", session.person.account, by=by, session=session.id)


def create_person(
    account: str,
    name: str,
    *,
    by: Identity | None,
    first: FirstPassword | None = None,
    password: str | None = None,
) -> tuple[Person, str]:
    """Make an account; returns it with its one-time password (``by`` None: the command line).

    ``first`` was made before the lock; ``password`` is for demo data and tests, and may last.
    """
    if by is not None:
        require(by, "person:keep")
    folded = account.casefold()
    rules.check_account(folded)
    if queries.candidate(folded):
        raise Refused("account_taken", field="account")
    if first is None and password is not None:
        first = FirstPassword(password, hash_password(password), is_lasting=True)
    chosen = first or credentials.first_password()
    at = clock.now()
    person = Person(
        account=folded,
        name=name,
        password_hash=chosen.hashed,
        must_change_password=not chosen.is_lasting,
        password_changed_at=at,
        created_at=at,
    )
    db.session.add(person)
    audit.record(CREATED, "person", folded, by=by)
    return person, chosen.words


def amend_person(person: Person, *, name: str, phone: str, is_active: bool, by: Identity) -> None:
    """Change an account's facts; a disabled account's sessions end at once."""
    require(by, "person:keep")
    if person.id == by.person_id and not is_active:
        raise Refused("not_yourself", field="is_active")
    person.name, person.phone, person.is_active = name, phone, is_active
    if not is_active:
        credentials.end_sessions(person, clock.now())
    audit.record(AMENDED, "person", person.account, by=by, active=is_active)


def unlock(person: Person, *, by: Identity) -> None:
    """Lift a lock after failed attempts."""
    require(by, "person:keep")
    person.failures, person.locked_until = 0, None
    audit.record(UNLOCKED, "person", person.account, by=by)


def grant_post(
    person: Person,
    unit: Unit,
    role: Role,
    *,
    by: Identity | None,
    title: str = "",
    since: date | None = None,
) -> Post:
    """Give a person a role in a unit from a day on (``by`` None: the command line)."""
    if by is not None:
        require(by, "post:grant")
        if by.person_id == person.id:
            raise Refused("no_self_grant", field="role")
    if not unit.is_active:
        raise Refused("unit_is_closed", field="unit")
    on = since or clock.today()
    lasting = queries.lasting_posts(person.id, min(on, clock.today()))
    rules.check_roles([post.role for post in lasting], role)
    if any(post.unit_id == unit.id and post.role == role for post in lasting):
        raise Refused("post_held", field="role")
    post = Post(person=person, unit=unit, role=role, title=title, valid_from=on)
    db.session.add(post)
    audit.record(POST_GRANTED, "person", person.account, by=by, unit=unit.code, role=role.value)
    return post


def end_post(post: Post, *, by: Identity) -> None:
    """Take a role away as of now: the person's sessions end, rights change at once."""
    require(by, "post:grant")
    if post.person_id == by.person_id:
        raise Refused("no_self_grant")
    post.valid_to = clock.today() - timedelta(days=1)
    credentials.end_sessions(post.person, clock.now())
    audit.record(
        POST_ENDED, "person", post.person.account, by=by,
        unit=post.unit.code, role=post.role.value,
    )  # fmt: skip


def speak(person: Person, language: str) -> None:
    """Remember a person's language."""
    person.language = "en" if language == "en" else "zh"


def _account(person_id: int) -> str:
    return queries.by_id(person_id).account
