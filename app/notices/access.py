"""Who may do what with notices?"""

from __future__ import annotations

from app.kernel.permissions import Policy, own_bureau, own_or_below, register, role, subject_is
from app.kernel.roles import STAFF, Role
from app.notices.models import Notice
from app.notices.rules import NoticeState

GONE_OUT = frozenset({NoticeState.PUBLISHED, NoticeState.REPLACED, NoticeState.WITHDRAWN})
is_addressee = subject_is(
    "is_addressee",
    lambda who, notice: (
        isinstance(notice, Notice)
        and notice.state in GONE_OUT
        and any(line.unit_id == who.bureau_id for line in notice.addressees)
    ),
)

POLICY: Policy = {
    "notice:read": [[role(*STAFF), own_or_below], [role(*STAFF), is_addressee]],
    "notice:draft": [[role(Role.DRAFTER, Role.PUBLISHER, Role.INFORMATION_OFFICER), own_bureau]],
    "notice:review": [[role(Role.REVIEWER), own_bureau]],
    "notice:return": [[role(Role.REVIEWER, Role.UNIT_LEADER), own_bureau]],
    "notice:sign": [[role(Role.UNIT_LEADER), own_bureau]],
    "notice:urge": [
        [role(Role.DRAFTER, Role.PUBLISHER, Role.INFORMATION_OFFICER, Role.UNIT_LEADER), own_bureau]
    ],
    "notice:withdraw": [[role(Role.UNIT_LEADER), own_bureau]],
    "notice:acknowledge": [
        [role(Role.UNIT_LEADER, Role.INFORMATION_OFFICER, Role.DRAFTER), is_addressee]
    ],
    "notice_template:read": [
        [role(Role.DRAFTER, Role.PUBLISHER, Role.INFORMATION_OFFICER, Role.SYSTEM_ADMINISTRATOR)]
    ],
    "notice_template:keep": [[role(Role.SYSTEM_ADMINISTRATOR)]],
}
register(POLICY)
