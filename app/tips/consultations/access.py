"""Who may answer what people ask?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

POLICY: Policy = {
    "consultation:read": [
        [role(Role.OPERATOR, Role.TRIAGE_OFFICER, Role.UNIT_LEADER, Role.AUDITOR), own_or_below]
    ],
    "consultation:answer": [[role(Role.OPERATOR, Role.TRIAGE_OFFICER), own_bureau]],
}
register(POLICY)
