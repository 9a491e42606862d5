"""Who may read and keep the calendar and the legal terms?"""

from __future__ import annotations

from app.kernel.permissions import Policy, anyone, register, role
from app.kernel.roles import Role

#: Everybody works by the calendar and the law; only the system administrator enters a notice.
POLICY: Policy = {
    "calendar:read": [[anyone]],
    "calendar:keep": [[role(Role.SYSTEM_ADMINISTRATOR)]],
    "legal_rule:read": [[anyone]],
    "clock:count": [[anyone]],
}
register(POLICY)
