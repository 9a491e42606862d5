"""Which words do readers of the public log meet for acts, things and grounds?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.kernel.publiclog import Act, Kind

ACTS = {
    Act.PUBLISH: _l("公示"),
    Act.CORRECT: _l("已更正"),
    Act.WITHDRAW: _l("撤下"),
    Act.EXPIRE: _l("公示期已满"),
    Act.REPAIR: _l("信用修复"),
    Act.RESUME: _l("恢复公示"),
}
#: Said instead of the act, where the reason tells more.
REASONS = {"replaced": _l("已被替代")}
KINDS = {
    Kind.DISCLOSURE: _l("处罚公示"),
    Kind.NOTICE: _l("通知通告"),
    Kind.BATCH: _l("典型案例"),
}
