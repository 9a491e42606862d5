"""Who may do what to which tip?"""

from __future__ import annotations

from app.kernel.permissions import (
    Policy,
    own_bureau,
    own_or_below,
    register,
    role,
    subject_is,
)
from app.kernel.roles import Role

#: A report shows who reported to nobody but the desk that routes it (令121 art. 37).
is_complaint = subject_is("is_complaint", lambda _who, tip: getattr(tip, "kind", "") == "complaint")

READERS = (
    Role.OPERATOR, Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.UNIT_LEADER,
    Role.SUPERVISOR, Role.AUDITOR,
)  # fmt: skip

POLICY: Policy = {
    "tip:register": [[role(Role.OPERATOR, Role.TRIAGE_OFFICER)]],
    "tip:read": [[role(*READERS), own_or_below]],
    "tip:route": [[role(Role.TRIAGE_OFFICER), own_bureau]],
    "tip:return": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:accept": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:decline": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:verify": [[role(Role.UNIT_LEADER), own_bureau]],
    "tip:note": [[role(Role.INSPECTOR, Role.UNIT_LEADER, Role.CASE_OFFICER), own_bureau]],
    "tip:decide_not_to_file": [[role(Role.UNIT_LEADER), own_bureau]],
    "tip:conclude": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "reporter:read": [
        [role(Role.TRIAGE_OFFICER), own_bureau],
        [role(Role.INSPECTOR, Role.UNIT_LEADER), own_bureau, is_complaint],
    ],
}
register(POLICY)
