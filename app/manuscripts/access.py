"""Who may have texts set as official documents, and who sees them?"""

from __future__ import annotations

from app.kernel.permissions import Policy, register, role, subject_is
from app.kernel.roles import STAFF
from app.manuscripts.models import Manuscript

is_owner = subject_is(
    "is_owner",
    lambda who, manuscript: (
        isinstance(manuscript, Manuscript) and manuscript.owner_id == who.person_id
    ),
)

POLICY: Policy = {"manuscript:typeset": [[role(*STAFF), is_owner]]}
register(POLICY)
