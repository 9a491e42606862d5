"""Which words stand for notices, their kinds, states and refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.notices.rules import NoticeKind, NoticeState, Openness
from app.web import words

RAIL = _l("通知通告")

KINDS = {
    NoticeKind.NOTICE: _l("通知"),
    NoticeKind.PUBLIC_NOTICE: _l("通告"),
    NoticeKind.ANNOUNCEMENT: _l("公告"),
    NoticeKind.CIRCULAR: _l("通报"),
    NoticeKind.LETTER: _l("函"),
    NoticeKind.TYPICAL_CASES: _l("典型案例"),
    NoticeKind.CONSUMER_WARNING: _l("消费提示"),
}
STATES = {
    NoticeState.DRAFTING: _l("拟稿中"),
    NoticeState.SUBMITTED: _l("待签发"),
    NoticeState.SIGNED: _l("排版中"),
    NoticeState.PUBLISHED: _l("已印发"),
    NoticeState.WITHDRAWN: _l("已撤下"),
}
SHAPES = {
    NoticeState.DRAFTING: "hollow",
    NoticeState.SUBMITTED: "waiting",
    NoticeState.SIGNED: "half",
    NoticeState.PUBLISHED: "done",
    NoticeState.WITHDRAWN: "stopped",
}
OPENNESS = {
    Openness.OPEN: _l("主动公开"),
    Openness.ON_REQUEST: _l("依申请公开"),
    Openness.CLOSED: _l("不予公开"),
}
VIEWS = {"ours": _l("本局印发"), "to_us": _l("发给本局"), "all": _l("全部")}

words.register(
    refusals={
        "signer_is_drafter": _l("拟稿人不能签发自己拟的稿，请由另一位负责人签发。"),
        "basis_needed": _l("不主动公开的，请写明依据。"),
        "addressees_needed": _l("请选择主送单位。"),
    },
    events={
        "notice.drafted": _l("拟稿"),
        "notice.amended": _l("修改"),
        "notice.submitted": _l("送签"),
        "notice.returned": _l("退回修改"),
        "notice.signed": _l("签发"),
        "notice.published": _l("印发"),
        "notice.acknowledged": _l("签收"),
        "notice.withdrawn": _l("撤下"),
    },
    details={
        "notice.signed": _l("文号 %(number)s"),
        "notice.acknowledged": _l("%(unit)s 签收"),
    },
    permissions={
        "notice:read": _l("查看通知"),
        "notice:draft": _l("拟稿"),
        "notice:sign": _l("签发通知"),
        "notice:withdraw": _l("撤下通知"),
        "notice:acknowledge": _l("签收通知"),
    },
    asks={
        "notice.sign": _l("签发通知"),
        "notice.finish": _l("完成拟稿"),
        "notice.acknowledge": _l("签收通知"),
    },
)
