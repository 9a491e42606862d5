"""Who may enter, examine and answer an objection?"""

from __future__ import annotations

from app.disclosures.access import READERS
from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

#: That whoever examined does not answer is a rule of the act: it goes by person.
POLICY: Policy = {
    "objection:read": [[role(*READERS), own_or_below]],
    "objection:receive": [[role(Role.PUBLISHER, Role.CASE_OFFICER), own_bureau]],
    "objection:examine": [[role(Role.PUBLISHER, Role.CASE_OFFICER), own_bureau]],
    "objection:answer": [[role(Role.UNIT_LEADER, Role.REVIEWER), own_bureau]],
}
register(POLICY)
