"""Which words stand for leads, their sources, ends and letters?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.leads.rules import LeadState, LetterKind, Source, Standing
from app.web import words

RAIL = _l("案源台账")

STATES = {
    LeadState.OPEN: _l("待处置"),
    LeadState.PROPOSED: _l("已提请立案"),
    LeadState.FILED: _l("已立案"),
    LeadState.NOT_FILED: _l("不予立案"),
    LeadState.TRANSFERRED: _l("已移送"),
    LeadState.MERGED: _l("已并入"),
}
STANDINGS = {
    Standing.OPEN: _l("未了结"),
    Standing.FILED: STATES[LeadState.FILED],
    Standing.NOT_FILED: STATES[LeadState.NOT_FILED],
    Standing.TRANSFERRED: STATES[LeadState.TRANSFERRED],
    Standing.MERGED: STATES[LeadState.MERGED],
}
SHAPES = {
    Standing.OPEN: "waiting",
    Standing.FILED: "done",
    Standing.NOT_FILED: "stopped",
    Standing.TRANSFERRED: "done",
    Standing.MERGED: "stopped",
}
VIEWS = {**{one.value: word for one, word in STANDINGS.items()}, "all": _l("全部")}
SOURCES = {
    Source.TIP: _l("举报"),
    Source.INSPECTION: _l("检查发现"),
    Source.SAMPLING: _l("抽查不合格"),
    Source.MONITORING: _l("风险监测"),
    Source.TRANSFER: _l("其他部门移送"),
    Source.MEDIA: _l("媒体曝光"),
    Source.UPPER: _l("上级交办"),
    Source.RECALL: _l("缺陷召回"),
    Source.OWN: _l("自行排查"),
}
KINDS = {
    LetterKind.ASSIST: _l("协查函"),
    LetterKind.ORGANISE: _l("提请上级组织协查"),
}
COLUMNS = (
    _l("编号"),
    _l("来源"),
    _l("案源"),
    _l("单位"),
    _l("入账日期"),
    _l("已历天数"),
    _l("结果"),
)

words.register_facts(
    {
        "lead.entered.source": SOURCES,
    }
)
words.register(
    refusals={
        "lead_needs_sender": _l("请写明移送部门、媒体或者交办机关。"),
        "lead_needs_number": _l("请填写文号或者检验报告编号。"),
        "lead_needs_day": _l("请填写报道日期。"),
        "lead_link": _l("网址须以 http:// 或者 https:// 开头。"),
        "lead_in_future": _l("这一天还没有到。"),
        "lead_source": _l("举报和检查发现自动列入台账，不用手工登记来源。"),
        "lead_no_finding": _l("只有本单位已办结、发现问题且不来自举报的检查可以登记处置。"),
        "lead_entered_already": _l("这项检查发现已经登记处置。"),
        "lead_one_addressee": _l("请选择一个本系统单位，或者写明系统外的部门，两者只填一项。"),
        "lead_own_bureau": _l("案源就在这个单位，请选择别的单位。"),
        "lead_merge_target": _l("并入的记录不存在、已被并入别处，或者就是这条案源。"),
        "lead_no_receipt": _l("这条案源没有需要登记的移送回执。"),
        "lead_receipt_twice": _l("回执已经登记过。"),
        "lead_receipt_day": _l("回执日期须在移送之后、今天以前（含今天）。"),
        "letter_due_in_past": _l("要求回复的日期已经过去。"),
        "letter_no_superior": _l("没有上级单位可以提请。"),
        "letter_answered": _l("这封函已经回复。"),
        "letter_asks_nothing_more": _l("协查函只需回复，不另列参与单位。"),
        "letter_bureau_not_below": _l("参与单位须是本单位或者下级单位。"),
    },
    events={
        "lead.entered": _l("登记案源"),
        "lead.proposed": _l("提请立案"),
        "lead.filed": _l("立案"),
        "lead.not_filed": _l("不予立案"),
        "lead.transferred": _l("移送"),
        "lead.merged": _l("并入"),
        "lead.receipt": _l("登记移送回执"),
        "lead.letter_sent": _l("发出函件"),
        "lead.letter_answered": _l("收到复函"),
        "lead.organised": _l("上级组织协查"),
    },
    details={
        "lead.proposed": _l("案件 %(case)s"),
        "lead.filed": _l("案件 %(case)s"),
        "lead.transferred": _l("移送 %(to)s：%(reason)s"),
        "lead.merged": _l("并入 %(into)s：%(reason)s"),
        "lead.receipt": _l("回执日期 %(on)s"),
        "lead.letter_sent": _l("%(letter)s，发往 %(to)s"),
        "lead.letter_answered": _l("%(letter)s，%(by_unit)s 答复"),
        "lead.organised": _l("%(letter)s，%(bureaus)s 个单位参与"),
    },
    permissions={
        "lead:read": _l("查看案源台账"),
        "lead:enter": _l("登记案源"),
        "lead:propose": _l("从案源提请立案"),
        "lead:note": _l("随案件了结案源"),
        "lead:decide": _l("批准案源不予立案"),
        "lead:transfer": _l("移送案源"),
        "lead:merge": _l("并案源"),
        "lead:receipt": _l("登记案源移送回执"),
        "lead:write": _l("就案源发函"),
        "letter:read": _l("查看案源函件"),
        "letter:answer": _l("答复案源函件"),
    },
    asks={"lead.handle": _l("处置案源"), "letter.answer": _l("答复案源函件")},
)
