"""Who may read and keep the register of enterprises?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_or_below, register, role
from app.kernel.roles import STAFF, Role

#: Those who meet enterprises in their work; the register itself is shared by the whole province.
KEEPERS = role(Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER)

POLICY: Policy = {
    "enterprise:read": [[role(*STAFF)]],
    "enterprise:register": [[KEEPERS]],
    "enterprise:amend": [[KEEPERS, own_or_below]],
}
register(POLICY)
