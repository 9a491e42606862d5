"""Who may read, propose, review, approve and pay a reward?"""

from __future__ import annotations

from app.kernel.identity import Identity
from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role, subject_is
from app.kernel.roles import Role

HANDLERS = (Role.TRIAGE_OFFICER, Role.INSPECTOR)
READERS = (*HANDLERS, Role.REVIEWER, Role.UNIT_LEADER, Role.SUPERVISOR, Role.AUDITOR)


def _is_apart(who: Identity, reward: object) -> bool:
    return who.person_id != getattr(reward, "proposed_by_id", None)


#: Whoever proposed a reward neither reviews nor approves it, whoever reviewed it does not approve.
not_its_proposer = subject_is("not_its_proposer", _is_apart)
not_its_reviewer = subject_is(
    "not_its_reviewer", lambda who, reward: who.person_id != getattr(reward, "reviewed_by_id", None)
)

POLICY: Policy = {
    "reward:read": [[role(*READERS), own_or_below]],
    "reward:propose": [[role(*HANDLERS), own_bureau]],
    "reward:review": [[role(Role.REVIEWER, Role.UNIT_LEADER), own_bureau, not_its_proposer]],
    "reward:refuse": [[role(Role.REVIEWER, Role.UNIT_LEADER), own_bureau, not_its_proposer]],
    "reward:approve": [[role(Role.UNIT_LEADER), own_bureau, not_its_proposer, not_its_reviewer]],
    "reward:handle": [[role(Role.TRIAGE_OFFICER, Role.UNIT_LEADER), own_bureau]],
}
register(POLICY)
