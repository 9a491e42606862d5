"""What can be looked up about people: identities, posts, sessions, timelines?"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.people.models import FormerPassword, Person, Post, SignInFailure, SignInSession
from app.units import queries as units
from app.units.models import Unit


def token_hash(token: str) -> str:
    """Return what the database keeps of a session token."""
    return hashlib.sha256(token.encode()).hexdigest()


def by_account(account: str) -> Person:
    """Return a person by account, or refuse (404)."""
    person = db.session.scalar(select(Person).where(Person.account == account))
    if person is None:
        raise NotFound
    return person


def by_id(person_id: int) -> Person:
    """Return a person by their row."""
    return db.session.get_one(Person, person_id)


def candidate(account: str) -> Person | None:
    """Return who might be signing in."""
    return db.session.scalar(select(Person).where(Person.account == account.casefold()))


def everybody(fragment: str = "") -> Sequence[Person]:
    """Return people by a fragment of name or account, in order of account."""
    return db.session.scalars(_named(fragment).order_by(Person.account)).all()


def _named(fragment: str) -> Select[Person]:
    if not fragment:
        return select(Person)
    return select(Person).where(
        or_(
            Person.name.contains(fragment, autoescape=True),
            Person.account.contains(fragment.casefold(), autoescape=True),
        )
    )


@dataclass(frozen=True)
class Directory:
    """One page of the list of people."""

    people: Sequence[Person]
    total: int


def directory(fragment: str, *, page: int, per_page: int) -> Directory:
    """Return a page of people with their posts, in order of account."""
    query = _named(fragment)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    with_posts = query.options(selectinload(Person.posts).joinedload(Post.unit))
    ordered = with_posts.order_by(Person.account).limit(per_page).offset((page - 1) * per_page)
    return Directory(db.session.scalars(ordered).all(), total)


def _held(on: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Post.valid_from <= on, or_(Post.valid_to.is_(None), Post.valid_to >= on)


def held_posts(person_id: int, on: date) -> Sequence[Post]:
    """Return the posts a person holds on a day."""
    query = select(Post).join(Post.unit).options(contains_eager(Post.unit))
    held = query.where(Post.person_id == person_id, Unit.is_active.is_(True), *_held(on))
    return db.session.scalars(held.order_by(Post.id)).all()


def lasting_posts(person_id: int, on: date) -> Sequence[Post]:
    """Return the posts a person holds on a day or will hold later, in closed units too."""
    query = select(Post).where(
        Post.person_id == person_id, or_(Post.valid_to.is_(None), Post.valid_to >= on)
    )
    return db.session.scalars(query.order_by(Post.id)).all()


def posts_in(unit: Unit, on: date) -> Sequence[Post]:
    """Return who holds which role in a unit on a day, in the order of roles."""
    query = select(Post).join(Person).where(Post.unit_id == unit.id, Person.is_active.is_(True))
    found = db.session.scalars(query.where(*_held(on)).order_by(Post.id)).all()
    order = list(Role)
    return sorted(found, key=lambda post: order.index(post.role))


def post_of(person: Person, post_id: int) -> Post:
    """Return one of a person's posts, or refuse (404)."""
    post = db.session.get(Post, post_id)
    if post is None or post.person_id != person.id:
        raise NotFound
    return post


def former_passwords(person_id: int) -> Sequence[FormerPassword]:
    """Return a person's earlier passwords, newest first."""
    query = select(FormerPassword).where(FormerPassword.person_id == person_id)
    return db.session.scalars(query.order_by(FormerPassword.id.desc())).all()


def identity_of(person: Person, unit_id: int | None, on: date) -> Identity | None:
    """Return a person's identity in one unit (the first post's when none is named)."""
    posts = held_posts(person.id, on)
    chosen = next((p.unit for p in posts if p.unit_id == unit_id), posts[0].unit if posts else None)
    if chosen is None:
        return None
    bureau = units.bureau_of(chosen)
    return Identity(
        person_id=person.id,
        name=person.name,
        unit_id=chosen.id,
        unit_name=chosen.name,
        unit_path=chosen.path,
        bureau_id=bureau.id,
        bureau_name=bureau.name,
        bureau_path=bureau.path,
        roles=frozenset(p.role.value for p in posts if p.unit_id == chosen.id),
    )


def live_session(token: str, at: datetime, idle: timedelta) -> SignInSession | None:
    """Return the session of a token when it still lives and its person is still active."""
    query = (
        select(SignInSession)
        .join(SignInSession.person)
        .options(contains_eager(SignInSession.person))
        .where(
            SignInSession.token_hash == token_hash(token),
            *_living(at, idle),
            Person.is_active.is_(True),
        )
    )
    return db.session.scalar(query)


def _living(at: datetime, idle: timedelta) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInSession.ended_at.is_(None),
        SignInSession.expires_at > at,
        SignInSession.last_seen_at > at - idle,
    )


def sessions_of(person_id: int, at: datetime, idle: timedelta) -> Sequence[SignInSession]:
    """Return a person's living sessions, newest first."""
    query = select(SignInSession).where(SignInSession.person_id == person_id, *_living(at, idle))
    return db.session.scalars(query.order_by(SignInSession.began_at.desc())).all()


def all_sessions(at: datetime, idle: timedelta) -> Sequence[SignInSession]:
    """Return every living session, last seen first."""
    query = select(SignInSession).where(*_living(at, idle))
    return db.session.scalars(query.order_by(SignInSession.last_seen_at.desc())).all()


def session_by_id(session_id: int) -> SignInSession:
    """Return a session, or refuse (404)."""
    found = db.session.get(SignInSession, session_id)
    if found is None:
        raise NotFound
    return found


def recent_failures(source_digest: str, since: datetime) -> int:
    """Return how often one source failed of late."""
    query = select(func.count()).where(
        and_(SignInFailure.source_digest == source_digest, SignInFailure.at > since)
    )
    return db.session.scalar(query) or 0


def holders(role: Role, bureau_id: int, on: date) -> Sequence[Person]:
    """Return who holds a role in a bureau, its sections and stations."""
    ids = [bureau_id, *(part.id for part in units.parts_of(bureau_id))]
    query = (
        select(Person)
        .join(Post)
        .where(Post.role == role, Post.unit_id.in_(ids), Person.is_active.is_(True), *_held(on))
    )
    return db.session.scalars(query.distinct().order_by(Person.id)).all()


def names(ids: Sequence[int]) -> dict[int, str]:
    """Return names by account number."""
    query = select(Person.id, Person.name).where(Person.id.in_(set(ids)))
    return {row.id: row.name for row in db.session.execute(query)}


def name_of(person_id: int | None) -> str:
    """Return one person's name; empty for nobody."""
    return "" if person_id is None else db.session.get_one(Person, person_id).name


@dataclass(frozen=True)
class Happening:
    """One line of a record's timeline."""

    at: datetime
    event: str
    by: str
    unit: str
    facts: dict[str, audit.Fact]


def timeline(kind: str, reference: str) -> Sequence[Happening]:
    """Return what happened to a record, newest first, with names."""
    entries = audit.trail(kind, reference)
    who = names([e.by_id for e in entries if e.by_id is not None])
    where = units.short_names([e.unit_id for e in entries if e.unit_id is not None])
    return [
        Happening(e.at, e.event, who.get(e.by_id or 0, ""), where.get(e.unit_id or 0, ""), e.facts)
        for e in entries
    ]


def today_identity(account: str, unit_code: str | None = None) -> Identity:
    """Return the identity of an account, for commands, demo data and tests."""
    person = by_account(account)
    unit_id = units.by_code(unit_code).id if unit_code else None
    identity = identity_of(person, unit_id, clock.today())
    if identity is None:
        raise NotFound
    return identity
