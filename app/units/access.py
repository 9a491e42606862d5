"""Who may read and keep the tree of units?"""

from __future__ import annotations

from app.kernel.permissions import Policy, anyone, register, role
from app.kernel.roles import Role

POLICY: Policy = {
    "unit:read": [[anyone]],
    "unit:keep": [[role(Role.SYSTEM_ADMINISTRATOR)]],
}
register(POLICY)
