"""Which words stand for targets, receipts and refusals of exports?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.exports.rules import Answer, Target
from app.web import words

TARGETS = {
    Target.NATIONAL: _l("国家企业信用信息公示系统"),
    Target.PROVINCE: _l("省级系统"),
}
SCOPES = {"new": _l("上次报送之后的变动"), "all": _l("正在公示的全部")}
ANSWERS = {
    Answer.OPEN: _l("等待回执"),
    Answer.ACCEPTED: _l("已接收"),
    Answer.REFUSED: _l("被退回"),
}
SHAPES = {Answer.OPEN: "waiting", Answer.ACCEPTED: "done", Answer.REFUSED: "bad"}

words.register(
    refusals={
        "export_nothing_new": _l("上次报送之后没有变动。"),
        "receipt_line": _l("第 %(line)s 行读不懂，请写成“公示编号,成功”或者“公示编号,退回,原因”。"),
        "receipts_none": _l("请填写回执。"),
        "receipt_unknown": _l("这次报送里没有 %(reference)s。"),
    },
    events={"export.made": _l("制作报送文件"), "export.answered": _l("登记回执")},
    details={
        "export.made": _l("%(rows)s 件"),
        "export.answered": _l("接收 %(accepted)s 件，退回 %(refused)s 件"),
    },
    permissions={
        "export:read": _l("查看公示报送"),
        "export:make": _l("制作公示报送"),
        "export:receipt": _l("登记公示报送回执"),
    },
)

RAIL = _l("公示报送")
