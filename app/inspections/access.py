"""Who may do what with which inspection task?"""

from __future__ import annotations

from app.inspections.models import Task
from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role, subject_is
from app.kernel.roles import Role

is_officer = subject_is(
    "is_officer", lambda who, task: isinstance(task, Task) and who.person_id in task.officer_ids
)
READERS = (
    Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.UNIT_LEADER, Role.SUPERVISOR,
    Role.AUDITOR,
)  # fmt: skip

POLICY: Policy = {
    "task:read": [[role(*READERS), own_or_below]],
    "task:assign": [[role(Role.UNIT_LEADER), own_bureau]],
    "task:start": [[role(Role.INSPECTOR), own_bureau, is_officer]],
    "task:close": [[role(Role.INSPECTOR), own_bureau, is_officer]],
    "task:cancel": [[role(Role.UNIT_LEADER), own_bureau]],
    "task:note": [[role(Role.CASE_OFFICER, Role.UNIT_LEADER), own_bureau]],
}
register(POLICY)
