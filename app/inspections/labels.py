"""Which words stand for tasks, their states, acts and refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.inspections.rules import TaskKind, TaskState
from app.web import words

RAIL = _l("检查任务")

STATES = {
    TaskState.ASSIGNED: _l("待检查"),
    TaskState.STARTED: _l("检查中"),
    TaskState.DONE: _l("已完成"),
    TaskState.FILED: _l("已立案"),
    TaskState.CANCELLED: _l("已取消"),
}
SHAPES = {
    TaskState.ASSIGNED: "hollow",
    TaskState.STARTED: "half",
    TaskState.DONE: "done",
    TaskState.FILED: "done",
    TaskState.CANCELLED: "stopped",
}
KINDS = {
    TaskKind.VERIFICATION: _l("线索核查"),
    TaskKind.SWEEP: _l("专项排查"),
    TaskKind.PATROL: _l("日常巡查"),
    TaskKind.SURPRISE: _l("突击检查"),
    TaskKind.RECHECK: _l("回头看"),
}
VIEWS = {
    "mine": _l("我的"),
    "open": _l("在办"),
    "overdue": _l("已超期"),
    "closed": _l("已结束"),
    "all": _l("全部"),
}
VERDICTS = {"no": _l("未发现问题"), "yes": _l("发现问题")}

words.register(
    refusals={
        "two_officers": _l("检查须有两名执法人员（%(article)s），请选另一人同行。"),
        "due_in_past": _l("完成期限在今天之前，请核对。"),
        "task_lacks_verdict": _l("还差检查结论：发现问题，还是未发现问题。"),
        "task_lacks_findings": _l("还差检查情况：看了什么、看到什么。"),
        "task_lacks_violation": _l("发现了问题，请选择涉嫌的违法行为。"),
        "task_lacks_photos": _l("还差现场照片，至少一张。"),
    },
    events={
        "task.assigned": _l("派出检查"),
        "task.started": _l("开始检查"),
        "task.closed": _l("完成检查"),
        "task.cancelled": _l("取消任务"),
        "task.case_filed": _l("立案"),
    },
    details={"task.case_filed": _l("案件 %(case)s")},
    permissions={
        "task:read": _l("查看检查任务"),
        "task:assign": _l("派出检查"),
        "task:start": _l("开始检查"),
        "task:close": _l("完成检查"),
        "task:cancel": _l("取消任务"),
        "task:note": _l("登记立案结果"),
    },
    asks={"task.start": _l("去检查"), "task.close": _l("填写检查结果")},
)
