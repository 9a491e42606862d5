"""Who may read and issue official documents?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role, subject_is
from app.kernel.roles import Role

HOLDERS = (Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.UNIT_LEADER)
#: The bureau that sent a tip down says so to the one that got it (令121 art. 41).
is_sender = subject_is(
    "is_sender", lambda who, tip: getattr(tip, "sender_id", None) == who.bureau_id
)

POLICY: Policy = {
    "paper:read": [[role(*HOLDERS, Role.SUPERVISOR, Role.AUDITOR), own_or_below]],
    "paper:issue": [
        [role(*HOLDERS), own_bureau],
        [role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), is_sender],
    ],
    "paper:serve": [[role(*HOLDERS), own_bureau]],
    "reporter:tell": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
}
register(POLICY)
