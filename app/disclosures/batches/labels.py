"""Which words stand for states, acts and refusals of batches?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.batches.rules import BatchState
from app.kernel.jobs import JobState
from app.web import words

STATES = {
    BatchState.DRAFTING: _l("起草中"),
    BatchState.SUBMITTED: _l("待审核"),
    BatchState.APPROVED: _l("已批准，正在制作"),
    BatchState.PUBLISHED: _l("已发布"),
    BatchState.WITHDRAWN: _l("已撤下"),
    BatchState.DROPPED: _l("已放弃"),
}
SHAPES = {
    BatchState.DRAFTING: "half",
    BatchState.SUBMITTED: "waiting",
    BatchState.APPROVED: "waiting",
    BatchState.PUBLISHED: "done",
    BatchState.WITHDRAWN: "stopped",
    BatchState.DROPPED: "stopped",
}
BUTTONS = {
    "submit": _l("提交审核"),
    "approve": _l("批准发布"),
    "return": _l("退回"),
    "withdraw": _l("撤下"),
    "drop": _l("放弃"),
}
TONES = {"submit": "primary", "approve": "primary", "withdraw": "refuse", "drop": "refuse"}
BUSY = {JobState.WAITING, JobState.RUNNING}
FAULTS = {
    "StillShown": _l("通报里还看得到隐去的内容，请退回修改。"),
    "Refused": _l("制作期间案例有变化，请再制作一次。"),
    "NotAllowed": _l("批准人已不能批准，请退回。"),
    "SignatureRefused": _l("签名证书不能使用，没有发布。请系统管理员更换证书，再重试。"),
}
UNFORESEEN = _l("没有做成，请再制作一次。")
OUT = _l("移出")

words.register(
    refusals={
        "batch_second_person": _l("起草和修改过的人不能批准，请由另一人批准。"),
        "batch_empty": _l("请至少选一件案例。"),
        "batch_too_long": _l("一批最多 %(most)s 件。"),
        "batch_uncommented": _l("还有 %(count)s 件没有评析。"),
        "batch_gone": _l("%(reference)s 已不再公示，请移出。"),
        "batch_names_party": _l(
            "主题、前言和其他案例的评析不能写出当事人“%(name)s”：案例停止公示后这些文字还在。"
        ),
        "batch_private": _l("写出了 %(count)s 处公示时隐去的内容，请删去。"),
        "batch_still_running": _l("还在制作，请稍后再看。"),
        "batch_changed": _l("制作期间案例有变化，请再制作一次。"),
    },
    events={
        "batch.started": _l("开始编一批典型案例"),
        "batch.publish": _l("制作典型案例文件"),
        "batch.amended": _l("修改典型案例"),
        "batch.submitted": _l("提交典型案例"),
        "batch.dropped": _l("放弃典型案例"),
        "batch.returned": _l("退回典型案例"),
        "batch.approved": _l("批准典型案例"),
        "batch.retried": _l("再次制作典型案例通报"),
        "batch.published": _l("发布典型案例"),
        "batch.renewed": _l("案例有变动，重新制作通报"),
        "batch.withdrawn": _l("撤下典型案例"),
    },
    permissions={
        "batch:read": _l("查看典型案例"),
        "batch:draft": _l("编典型案例"),
        "batch:approve": _l("审核典型案例"),
        "batch:withdraw": _l("撤下典型案例"),
    },
    asks={
        "batch.submit": _l("编好并提交典型案例"),
        "batch.approve": _l("审核典型案例"),
        "batch.retry": _l("再次制作典型案例通报"),
    },
)

RAIL = _l("典型案例")
