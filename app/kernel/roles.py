"""Which roles does the house know?"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person may be in a post."""

    OPERATOR = "operator"
    TRIAGE_OFFICER = "triage_officer"
    INSPECTOR = "inspector"
    CASE_OFFICER = "case_officer"
    UNIT_LEADER = "unit_leader"
    SUPERVISOR = "supervisor"
    INFORMATION_OFFICER = "information_officer"
    STATISTICIAN = "statistician"
    DRAFTER = "drafter"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


#: Kept apart by GB/T 22239: who configures, who grants, who checks.
ADMINISTRATORS = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)
#: Everybody who carries records.
STAFF = tuple(role for role in Role if role not in ADMINISTRATORS)
