"""Which words stand for states, papers, conditions and refusals of credit repair?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.repairs.rules import Condition, Paper, RepairState
from app.web import words

STATES = {
    RepairState.RECEIVED: _l("待受理"),
    RepairState.INCOMPLETE: _l("待补正"),
    RepairState.NOT_ACCEPTED: _l("不予受理"),
    RepairState.ACCEPTED: _l("待决定"),
    RepairState.GRANTED: _l("准予修复，待处理数据"),
    RepairState.DENIED: _l("不予修复"),
    RepairState.DONE: _l("已提前停止公示"),
    RepairState.REVOKED: _l("修复已撤销"),
}
SHAPES = {
    RepairState.RECEIVED: "waiting",
    RepairState.INCOMPLETE: "half",
    RepairState.NOT_ACCEPTED: "stopped",
    RepairState.ACCEPTED: "waiting",
    RepairState.GRANTED: "half",
    RepairState.DENIED: "stopped",
    RepairState.DONE: "done",
    RepairState.REVOKED: "bad",
}
PAPERS = {
    Paper.REQUEST: _l("信用修复申请书"),
    Paper.IDENTITY: _l("主体资格文件"),
    Paper.COMMITMENT: _l("守信承诺书"),
    Paper.REMEDY: _l("履行和整改材料"),
}
CONDITIONS = {
    Condition.PERFORMED: _l("已经自觉履行处罚决定的义务"),
    Condition.REMEDIED: _l("已经主动整改，消除危害后果和不良影响"),
    Condition.NOT_REPEATED: _l("没有因为同类违法行为再受处罚"),
}
BUTTONS = {
    "accept": _l("受理"),
    "ask_more": _l("通知补正"),
    "complete": _l("登记补来的材料"),
    "refuse": _l("不予受理"),
    "extend": _l("批准延长十个工作日"),
    "grant": _l("准予修复"),
    "deny": _l("不予修复"),
    "apply": _l("停止公示"),
    "revoke": _l("撤销修复"),
}
TONES = {"accept": "primary", "apply": "primary", "refuse": "refuse", "deny": "refuse",
         "revoke": "refuse"}  # fmt: skip

words.register(
    refusals={
        "repair_grave": _l("降低资质、吊销许可、责令关闭一类的处罚，公示期满前不能申请提前停止。"),
        "repair_not_needed": _l("这一档公示没有提前停止的规定，到期自动停止。"),
        "repair_too_early": _l("最短公示期到 %(day)s 才满，收到申请时还不能提前停止。"),
        "repair_papers_missing": _l("还缺 %(count)s 种材料，请先通知补正。"),
        "repair_asked_already": _l("已经通知补正过一次，不能再通知。"),
        "repair_conditions_open": _l("三个条件须逐一核实，都具备才能准予修复。"),
        "repair_second_person": _l("受理的人不能作决定，请由另一人决定。"),
        "repair_not_shown": _l("只有正在公示的处罚才能申请信用修复。"),
        "repair_underway": _l("这项公示已经有一件修复申请 %(reference)s 正在办理。"),
        "repair_day_impossible": _l("收到申请之日须在公示之后、今天或者今天之前。"),
    },
    events={
        "repair.received": _l("收到信用修复申请"),
        "repair.asked_more": _l("通知补正"),
        "repair.completed": _l("登记补来的材料"),
        "repair.accepted": _l("受理信用修复申请"),
        "repair.refused": _l("不予受理"),
        "repair.extended": _l("批准延长决定期限"),
        "repair.granted": _l("准予修复"),
        "repair.denied": _l("不予修复"),
        "repair.applied": _l("停止公示"),
        "repair.revoked": _l("撤销修复"),
    },
    details={"repair.revoked": _l("%(version)s：%(reason)s")},
    permissions={
        "repair:read": _l("查看信用修复申请"),
        "repair:receive": _l("登记信用修复申请"),
        "repair:examine": _l("受理信用修复申请"),
        "repair:extend": _l("批准延长信用修复期限"),
        "repair:decide": _l("决定信用修复"),
    },
    asks={
        "repair.examine": _l("受理信用修复申请"),
        "repair.decide": _l("决定是否准予修复"),
        "repair.apply": _l("停止公示（已准予修复）"),
    },
)

RAIL = _l("信用修复")
