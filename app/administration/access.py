"""Who may look into the engine room: the audit trail, its proof, the jobs?"""

from __future__ import annotations

from app.kernel.permissions import Policy, register, role
from app.kernel.roles import Role

POLICY: Policy = {
    "administration:open": [
        [role(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)]
    ],
    # The auditor of a bureau reads the trail of records held there and below, never of accounts.
    "audit:read": [[role(Role.AUDIT_ADMINISTRATOR, Role.AUDITOR)]],
    "audit:verify": [[role(Role.AUDIT_ADMINISTRATOR)]],
    "audit:export": [[role(Role.AUDIT_ADMINISTRATOR)]],
    "job:read": [[role(Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)]],
}
register(POLICY)
