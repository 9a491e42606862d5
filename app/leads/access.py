"""Who may read the ledger of leads, enter one, end one, and write letters about it?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role, subject_is
from app.kernel.roles import Role

READERS = (
    Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.UNIT_LEADER, Role.SUPERVISOR,
    Role.AUDITOR,
)  # fmt: skip
WRITERS = (Role.CASE_OFFICER, Role.UNIT_LEADER)

#: Whoever entered a lead does not also approve that nothing comes of it.
not_its_writer = subject_is(
    "not_its_writer", lambda who, lead: who.person_id != getattr(lead, "entered_by_id", None)
)
is_addressee = subject_is(
    "is_addressee", lambda who, letter: who.bureau_path == getattr(letter, "addressee_path", None)
)
is_reader_of_letter = subject_is(
    "is_reader_of_letter",
    lambda who, letter: (
        getattr(letter, "unit_path", "-").startswith(who.bureau_path)
        or getattr(letter, "addressee_path", "-").startswith(who.bureau_path)
    ),
)

POLICY: Policy = {
    "lead:read": [[role(*READERS), own_or_below]],
    "lead:enter": [
        [role(Role.TRIAGE_OFFICER, Role.INSPECTOR, Role.CASE_OFFICER, Role.UNIT_LEADER)]
    ],
    "lead:propose": [[role(Role.CASE_OFFICER), own_bureau]],
    "lead:note": [[role(Role.UNIT_LEADER), own_bureau]],
    "lead:decide": [[role(Role.UNIT_LEADER), own_bureau, not_its_writer]],
    "lead:transfer": [[role(Role.UNIT_LEADER), own_bureau, not_its_writer]],
    "lead:merge": [[role(Role.TRIAGE_OFFICER, Role.CASE_OFFICER), own_bureau]],
    "lead:receipt": [[role(Role.TRIAGE_OFFICER, Role.CASE_OFFICER), own_bureau]],
    "lead:write": [[role(*WRITERS), own_bureau]],
    "letter:read": [[role(*READERS), is_reader_of_letter]],
    "letter:answer": [[role(*WRITERS), is_addressee]],
}
register(POLICY)
