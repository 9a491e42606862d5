"""Who may put a batch of typical cases together, release it and take it back?"""

from __future__ import annotations

from app.disclosures.access import READERS
from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

#: That whoever had a hand in a batch does not release it is a rule of the act: it goes by person.
POLICY: Policy = {
    "batch:read": [[role(*READERS), own_or_below]],
    "batch:draft": [[role(Role.PUBLISHER), own_bureau]],
    "batch:approve": [[role(Role.REVIEWER, Role.PUBLISHER), own_bureau]],
    "batch:withdraw": [[role(Role.UNIT_LEADER, Role.REVIEWER), own_bureau]],
}
register(POLICY)
