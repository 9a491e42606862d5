"""Who may prepare, release, refuse, correct and withdraw a disclosure?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

READERS = (
    Role.PUBLISHER, Role.REVIEWER, Role.UNIT_LEADER, Role.CASE_OFFICER, Role.SUPERVISOR,
    Role.AUDITOR,
)  # fmt: skip

#: That the releasing person had no hand in draft or case is a rule of the act: it goes by person,
#: not by role (``rules.check_second_person``).
POLICY: Policy = {
    "disclosure:read": [[role(*READERS), own_or_below]],
    "disclosure:draft": [[role(Role.PUBLISHER), own_bureau]],
    "disclosure:approve": [[role(Role.REVIEWER, Role.PUBLISHER), own_bureau]],
    "disclosure:decline": [[role(Role.UNIT_LEADER), own_bureau]],
    "disclosure:withdraw": [[role(Role.UNIT_LEADER, Role.REVIEWER), own_bureau]],
    "disclosure:overturn": [
        [role(Role.PUBLISHER, Role.REVIEWER, Role.CASE_OFFICER, Role.UNIT_LEADER), own_bureau]
    ],
}
register(POLICY)
