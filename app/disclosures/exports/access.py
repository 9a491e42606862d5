"""Who may hand published penalties on, and enter the answers?"""

from __future__ import annotations

from app.disclosures.access import READERS
from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role
from app.kernel.roles import Role

POLICY: Policy = {
    "export:read": [[role(*READERS), own_or_below]],
    "export:make": [[role(Role.PUBLISHER), own_bureau]],
    "export:receipt": [[role(Role.PUBLISHER), own_bureau]],
}
register(POLICY)
