"""Who may bring a foreign list in?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, register, role
from app.kernel.roles import Role

POLICY: Policy = {"tip:import": [[role(Role.TRIAGE_OFFICER), own_bureau]]}
register(POLICY)
