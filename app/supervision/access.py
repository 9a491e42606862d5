"""Who may do what to which listing?"""

from __future__ import annotations

from app.kernel.identity import Identity
from app.kernel.permissions import (
    Policy,
    below,
    own_bureau,
    own_or_below,
    register,
    role,
    subject_is,
)
from app.kernel.roles import Role


def _handling(listing: object) -> str:
    return str(getattr(listing, "handling_path", ""))


def _not_lister(who: Identity, listing: object) -> bool:
    return getattr(listing, "listed_by_id", None) != who.person_id


#: The listing lies on the person's own bureau.
handles = subject_is("handles", lambda who, on: _handling(on) == who.bureau_path)
#: The listing lies on the person's own bureau or one below it.
handled_here_or_below = subject_is(
    "handled_here_or_below", lambda who, on: _handling(on).startswith(who.bureau_path)
)
#: What one person listed, another lets out: nothing becomes public by one person alone.
not_its_lister = subject_is("not_its_lister", _not_lister)

READERS = role(
    Role.SUPERVISOR, Role.UNIT_LEADER, Role.CASE_OFFICER, Role.INSPECTOR, Role.INFORMATION_OFFICER,
    Role.STATISTICIAN, Role.AUDITOR,
)  # fmt: skip
SUPERVISORS = role(Role.SUPERVISOR, Role.UNIT_LEADER)
HANDLERS = role(Role.UNIT_LEADER, Role.CASE_OFFICER, Role.SUPERVISOR)

POLICY: Policy = {
    "listing:read": [[READERS, own_or_below], [READERS, handled_here_or_below]],
    #: The subject is the bureau that would handle it: it must stand below the person's own.
    "listing:list": [[SUPERVISORS, below]],
    "listing:judge": [[SUPERVISORS, own_bureau]],
    "listing:urge": [[SUPERVISORS, own_bureau]],
    "listing:extend": [[role(Role.UNIT_LEADER), own_bureau]],
    "listing:delist": [[SUPERVISORS, own_bureau]],
    "listing:withdraw": [[role(Role.UNIT_LEADER), own_bureau]],
    "listing:announce": [[role(Role.UNIT_LEADER), own_bureau, not_its_lister]],
    "listing:report": [[HANDLERS, handles]],
    "listing:answer": [[HANDLERS, handles]],
    "listing:apply": [[HANDLERS, handles]],
}
register(POLICY)
