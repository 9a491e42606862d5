"""Who may mediate, and who decides whether a mediator steps aside?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

HOLDERS = (Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.UNIT_LEADER)

POLICY: Policy = {
    "mediation:read": [[role(*HOLDERS, Role.SUPERVISOR, Role.AUDITOR), own_or_below]],
    "mediation:hold": [[role(*HOLDERS), own_bureau]],
    "mediation:decide_recusal": [[role(Role.UNIT_LEADER), own_bureau]],
}
register(POLICY)
