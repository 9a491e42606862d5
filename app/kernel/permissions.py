"""Who may do what? Permissions as data: permission → clauses → predicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.kernel.errors import NotAllowed
from app.kernel.identity import Identity


@runtime_checkable
class Held(Protocol):
    """Anything a unit holds: its place in the tree decides who may touch it."""

    @property
    def unit_path(self) -> str:
        """Materialised path of the holding bureau."""


@dataclass(frozen=True)
class Predicate:
    """One condition; ``of_subject`` ones are skipped when no subject is known yet."""

    name: str
    holds: Callable[[Identity, object], bool]
    of_subject: bool
    roles: frozenset[str] = frozenset()


Clause = Sequence[Predicate]
Policy = Mapping[str, Sequence[Clause]]

_policy: dict[str, Sequence[Clause]] = {}


def role(*names: str) -> Predicate:
    """The person holds one of these roles in the present post."""
    wanted = frozenset(names)
    return Predicate(
        "role:" + "|".join(names), lambda who, _: bool(who.roles & wanted), False, wanted
    )


def _path(subject: object) -> str:
    if not isinstance(subject, Held):
        raise TypeError(f"{type(subject).__name__} has no unit_path")
    return subject.unit_path


#: The person's own bureau holds the record.
own_bureau = Predicate(
    "own_bureau", lambda who, subject: _path(subject) == who.bureau_path, of_subject=True
)
#: A bureau below the person's own holds the record: the superior's eye.
below = Predicate(
    "below",
    lambda who, subject: (
        _path(subject) != who.bureau_path and _path(subject).startswith(who.bureau_path)
    ),
    of_subject=True,
)
#: The person's own bureau or one below it holds the record.
own_or_below = Predicate(
    "own_or_below",
    lambda who, subject: _path(subject).startswith(who.bureau_path),
    of_subject=True,
)
#: Anybody signed in.
anyone = Predicate("anyone", lambda _who, _subject: True, of_subject=False)


def subject_is(name: str, holds: Callable[[Identity, object], bool]) -> Predicate:
    """A slice's own predicate about the subject, written as a sentence."""
    return Predicate(name, holds, of_subject=True)


def register(policy: Policy) -> None:
    """Add a slice's policy; a permission is declared once in the whole house."""
    for permission, clauses in policy.items():
        if permission in _policy and _policy[permission] is not clauses:
            raise ValueError(f"permission {permission} is declared twice")
        _policy[permission] = clauses


def declared() -> Mapping[str, Sequence[Clause]]:
    """Return the whole policy, for the census and the administrator's page."""
    return dict(_policy)


def roles_for(permission: str) -> list[str]:
    """Return the roles that could hold a permission, for the page of a refusal."""
    clauses = _policy.get(permission, ())
    return sorted({name for clause in clauses for test in clause for name in test.roles})


def may(who: Identity, permission: str) -> bool:
    """Tell whether the person could use the permission on some subject."""
    return any(
        all(test.of_subject or test.holds(who, None) for test in clause)
        for clause in _policy[permission]
    )


def allows(who: Identity, permission: str, subject: object) -> bool:
    """Tell whether the person may use the permission on this subject."""
    return any(all(test.holds(who, subject) for test in clause) for clause in _policy[permission])


def require(who: Identity, permission: str, subject: object = None) -> None:
    """Refuse (403) unless the person may; the first line of every action."""
    granted = may(who, permission) if subject is None else allows(who, permission, subject)
    if not granted:
        raise NotAllowed(permission)
