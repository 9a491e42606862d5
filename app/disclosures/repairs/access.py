"""Who may enter, accept, decide and carry out a request for credit repair?"""

from __future__ import annotations

from app.disclosures.access import READERS
from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

#: That whoever accepted does not decide is a rule of the act: it goes by person.
POLICY: Policy = {
    "repair:read": [[role(*READERS), own_or_below]],
    "repair:receive": [[role(Role.PUBLISHER, Role.CASE_OFFICER), own_bureau]],
    "repair:examine": [[role(Role.PUBLISHER), own_bureau]],
    "repair:extend": [[role(Role.UNIT_LEADER), own_bureau]],
    "repair:decide": [[role(Role.UNIT_LEADER, Role.REVIEWER), own_bureau]],
}
register(POLICY)
