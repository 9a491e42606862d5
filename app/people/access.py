"""Who may do what to people, posts and sessions?"""

from __future__ import annotations

from app.kernel.permissions import Policy, anyone, register, role
from app.kernel.roles import Role

#: Accounts and units belong to the system administrator, rights to the security administrator.
POLICY: Policy = {
    "desk:open": [[anyone]],
    "account:own": [[anyone]],
    "person:read": [
        [role(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)]
    ],
    "person:keep": [[role(Role.SYSTEM_ADMINISTRATOR)]],
    "post:grant": [[role(Role.SECURITY_ADMINISTRATOR)]],
    "factor:revoke": [[role(Role.SECURITY_ADMINISTRATOR)]],
    "session:read": [[role(Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)]],
    "session:end": [[role(Role.SECURITY_ADMINISTRATOR)]],
}
register(POLICY)
