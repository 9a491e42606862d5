"""Who may read and keep the code lists?"""

from __future__ import annotations

from app.kernel.permissions import Policy, register, role
from app.kernel.roles import Role

POLICY: Policy = {
    "code_list:read": [
        [role(Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)]
    ],
    "code_list:keep": [[role(Role.SYSTEM_ADMINISTRATOR)]],
}
register(POLICY)
