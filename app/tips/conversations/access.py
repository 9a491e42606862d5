"""Who may ask a reporter back?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, register, role
from app.kernel.roles import Role

POLICY: Policy = {
    "tip:ask": [[role(Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.UNIT_LEADER), own_bureau]],
}
register(POLICY)
