"""Who may do what to which tip?"""

from __future__ import annotations

from app.kernel.permissions import (
    Policy,
    below,
    own_bureau,
    own_or_below,
    register,
    role,
    subject_is,
)
from app.kernel.roles import Role

#: A report shows who reported to nobody but the desk that routes it (令121 art. 37).
is_complaint = subject_is("is_complaint", lambda _who, tip: getattr(tip, "kind", "") == "complaint")

#: A section returns what it was given and holds no more than that (令121 art. 41).
in_own_section = subject_is(
    "in_own_section",
    lambda who, tip: getattr(tip, "section_id", None) == who.unit_id,
)
#: A bureau of a dispute of competence, and the superior of both (令121 art. 33).
is_party = subject_is(
    "is_party", lambda who, dispute: who.bureau_path in getattr(dispute, "parties", ())
)
is_arbiter = subject_is(
    "is_arbiter", lambda who, dispute: who.bureau_path == getattr(dispute, "arbiter", None)
)

READERS = (
    Role.OPERATOR, Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.UNIT_LEADER,
    Role.SUPERVISOR, Role.AUDITOR,
)  # fmt: skip

SETTLERS = (Role.TRIAGE_OFFICER, Role.UNIT_LEADER, Role.SUPERVISOR, Role.AUDITOR)

POLICY: Policy = {
    "tip:register": [[role(Role.OPERATOR, Role.TRIAGE_OFFICER)]],
    "tip:read": [[role(*READERS), own_or_below]],
    "tip:route": [[role(Role.TRIAGE_OFFICER), own_bureau]],
    "tip:return": [
        [role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau],
        [role(Role.INSPECTOR), own_bureau, in_own_section],
    ],
    "tip:transfer": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:combine": [[role(Role.TRIAGE_OFFICER), own_bureau]],
    "tip:dispute": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:pause": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:extend": [[role(Role.UNIT_LEADER), own_bureau]],
    "tip:answer": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:remark": [[role(Role.SUPERVISOR, Role.UNIT_LEADER), below]],
    "dispute:read": [[role(*SETTLERS), is_party], [role(*SETTLERS), is_arbiter]],
    "dispute:settle": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), is_party]],
    "dispute:designate": [[role(Role.UNIT_LEADER, Role.SUPERVISOR), is_arbiter]],
    "tip:accept": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
    "tip:mediate": [[role(Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.UNIT_LEADER), own_bureau]],
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
