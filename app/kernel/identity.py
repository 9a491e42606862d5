"""Who is asking? A person in one post, detached from the session and the database."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Identity:
    """A person acting in one unit.

    ``unit_path`` and ``bureau_path`` are materialised paths ("/1/4/9/"): a record held by a unit
    lies in the scope of every unit whose path is a prefix of the holder's.  The bureau is the
    nearest unit at or above the post that may hold records (局, 分局, 检测机构).
    """

    person_id: int
    name: str
    unit_id: int
    unit_name: str
    unit_path: str
    bureau_id: int
    bureau_name: str
    bureau_path: str
    roles: frozenset[str] = field(default_factory=frozenset)
    session_id: int | None = None

    def has(self, *roles: str) -> bool:
        """Tell whether the person holds any of the roles in this post."""
        return not self.roles.isdisjoint(roles)
