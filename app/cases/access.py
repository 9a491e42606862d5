"""Who may do what to which case?"""

from __future__ import annotations

from app.cases.rules import are_apart
from app.kernel.identity import Identity
from app.kernel.permissions import (
    Policy,
    own_bureau,
    own_or_below,
    register,
    role,
    subject_is,
)
from app.kernel.roles import Role


def _officers(case: object) -> tuple[int | None, ...]:
    return getattr(case, "officer_one_id", None), getattr(case, "officer_two_id", None)


def _is_officer(who: Identity, case: object) -> bool:
    return who.person_id in _officers(case)


def _is_apart(who: Identity, case: object) -> bool:
    return are_apart(who.person_id, (*_officers(case), getattr(case, "proposed_by_id", None)))


#: One of the two officers of the case.
its_officer = subject_is("its_officer", _is_officer)
#: Neither an officer of the case nor who proposed it (令2 art. 49: handlers do not review).
not_its_handler = subject_is("not_its_handler", _is_apart)

READERS = (
    Role.CASE_OFFICER, Role.UNIT_LEADER, Role.SUPERVISOR, Role.REVIEWER, Role.PUBLISHER,
    Role.INSPECTOR, Role.INFORMATION_OFFICER, Role.STATISTICIAN, Role.AUDITOR,
)  # fmt: skip

POLICY: Policy = {
    "case:read": [[role(*READERS), own_or_below]],
    "case:propose": [[role(Role.CASE_OFFICER), own_bureau]],
    "case:file": [[role(Role.UNIT_LEADER), own_bureau, not_its_handler]],
    "case:investigate": [[role(Role.CASE_OFFICER), own_bureau, its_officer]],
    "case:review": [[role(Role.REVIEWER), own_bureau, not_its_handler]],
    "case:extend": [[role(Role.UNIT_LEADER), own_bureau, not_its_handler]],
    "case:decide": [[role(Role.UNIT_LEADER), own_bureau, not_its_handler]],
    "case:drop": [[role(Role.UNIT_LEADER), own_bureau, not_its_handler]],
    "case:close": [[role(Role.UNIT_LEADER), own_bureau, not_its_handler]],
}
register(POLICY)
