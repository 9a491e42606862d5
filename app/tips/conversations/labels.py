"""Which words stand for questions, additions and judgements?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.tips.conversations.rules import MessageKind
from app.web import words

KINDS = {MessageKind.QUESTION: _l("承办单位提问"), MessageKind.ADDITION: _l("来件人补充")}
SCORES = {
    5: _l("很满意"), 4: _l("满意"), 3: _l("一般"), 2: _l("不满意"), 1: _l("很不满意"),
}  # fmt: skip
RAIL = _l("来件人评价")

words.register(
    refusals={
        "addition_empty": _l("请写下要补充的情况，或者选择文件。"),
        "addition_closed": _l("已经办结，不能再补充。有新的事实，请另行填报。"),
        "question_closed": _l("已经办结的线索不能再提问。"),
        "rated_already": _l("您已经评价过了。"),
        "rate_open": _l("还没有办结，办结后可以评价。"),
        "no_new_facts": _l("没有在期限起算之后补充的新情况。"),
    },
    events={
        "tip.reporter_asked": _l("向来件人提问"),
        "tip.added_to": _l("来件人补充"),
        "tip.addition_noted": _l("已阅补充"),
        "tip.restarted": _l("因新事实重新计算期限"),
        "tip.rated": _l("来件人评价"),
    },
    details={
        "tip.added_to": _l("文件 %(files)s 个"),
        "tip.rated": _l("%(score)s 分，满分 5 分"),
    },
    permissions={"tip:ask": _l("向来件人提问，处理补充的情况")},
    asks={"tip.addition": _l("来件人补充了情况")},
)
