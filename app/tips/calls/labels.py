"""Which words stand beside a call?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.tips.calls.rules import Reply
from app.tips.labels import KINDS as TIP_KINDS
from app.tips.rules import IdKind
from app.web import words

CONSULTATION = "consultation"
KINDS = {**{kind.value: word for kind, word in TIP_KINDS.items()}, CONSULTATION: _l("咨询")}
REPLIES = {Reply.TEXT: _l("短信"), Reply.TELEPHONE: _l("电话"), Reply.NONE: _l("不需要")}
ID_KINDS = {
    IdKind.RESIDENT: _l("居民身份证"),
    IdKind.PASSPORT: _l("护照"),
    IdKind.RESIDENCE_PERMIT: _l("居住证、通行证"),
    IdKind.OTHER: _l("其他证件"),
}

words.register(
    refusals={
        "consultation_alone": _l("咨询单独登记；同时有投诉或举报的，登记投诉举报，当场一并解答。"),
        "bad_resident_id": _l("居民身份证号不对，请核对。"),
    }
)
