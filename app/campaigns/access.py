"""Who may do what with campaigns?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, register, role, subject_is
from app.kernel.roles import STAFF, Role

#: A campaign binds everybody below its bureau; a superior also reads what its units run.
concerns = subject_is(
    "concerns",
    lambda who, campaign: (
        who.bureau_path.startswith(getattr(campaign, "unit_path", "-"))
        or getattr(campaign, "unit_path", "-").startswith(who.bureau_path)
    ),
)

POLICY: Policy = {
    "campaign:read": [[role(*STAFF), concerns]],
    "campaign:draft": [
        [role(Role.DRAFTER, Role.INFORMATION_OFFICER, Role.UNIT_LEADER), own_bureau]
    ],
    "campaign:issue": [[role(Role.UNIT_LEADER), own_bureau]],
    "campaign:close": [[role(Role.UNIT_LEADER), own_bureau]],
    "campaign:assign": [[role(Role.UNIT_LEADER), concerns]],
}
register(POLICY)
