"""Which words stand for the administrators' own things?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.kernel.jobs import JobState
from app.kernel.signature import Fault
from app.web import words

JOB_STATES = {
    JobState.WAITING: _l("排队"),
    JobState.RUNNING: _l("进行中"),
    JobState.DONE: _l("完成"),
    JobState.FAILED: _l("失败"),
}
JOB_SHAPES = {
    JobState.WAITING: "hollow",
    JobState.RUNNING: "half",
    JobState.DONE: "done",
    JobState.FAILED: "bad",
}
SIGNATURE_FAULTS = {
    Fault.NO_FILE: _l("找不到证书文件"),
    Fault.NO_PASSPHRASE: _l("读不到证书口令文件"),
    Fault.UNREADABLE: _l("口令不对，或者证书文件已损坏"),
    Fault.NO_KEY: _l("证书文件里没有与证书相配的私钥"),
    Fault.ALGORITHM: _l("证书的密钥算法不能使用"),
    Fault.USAGE: _l("证书的用途不包括签名"),
    Fault.EARLY: _l("证书还没有生效"),
    Fault.EXPIRED: _l("证书已过期"),
}
words.register(
    events={
        "audit.verify": _l("核验审计日志"),
        "audit.verified": _l("核验审计日志"),
        "audit.exported": _l("导出审计日志"),
        "storage.swept": _l("清理无人引用的文件"),
        "storage.original_taken": _l("取出原件"),
    },
    details={
        "storage.original_taken": _l("理由：%(reason)s"),
        "storage.swept": _l("文件 %(files)s 个，共 %(bytes)s 字节，未传完的 %(unfinished)s 个"),
    },
    permissions={
        "administration:open": _l("打开管理概览"),
        "audit:read": _l("查看审计日志"),
        "audit:verify": _l("核验审计日志"),
        "audit:export": _l("导出审计日志"),
        "job:read": _l("查看后台任务"),
    },
)
