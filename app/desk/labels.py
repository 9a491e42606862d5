"""Which words head the groups of the list?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.desk.rules import Urgency

RAIL = _l("待办")
GROUPS = {
    Urgency.OVERDUE: _l("已超期"),
    Urgency.TODAY: _l("今日到期"),
    Urgency.NEAR: _l("即将到期"),
    Urgency.LATER: _l("其余"),
    Urgency.UNDATED: _l("没有期限"),
}
