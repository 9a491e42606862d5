"""Which words stand for the way of a tip, its company, its disputes and its reminders?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.kernel.errors import PortalError, Refused
from app.tips.triage.rules import HopKind, MergeBasis, RemarkKind
from app.web import words

HOPS = {
    HopKind.ROUTE: _l("分送"),
    HopKind.RETURN: _l("退回"),
    HopKind.TRANSFER: _l("转出"),
    HopKind.TAKE_OVER: _l("协商接办"),
    HopKind.REFER: _l("报请指定"),
    HopKind.ESCALATE: _l("三次退回，自动报共同上级"),
    HopKind.DESIGNATE: _l("指定承办"),
}
BASES = {
    MergeBasis.REPEAT: _l("同一来件人重复反映同一事实，不再另行处理"),
    MergeBasis.NEW_FACTS: _l("同一来件人补充新事实，期限重新计算"),
    MergeBasis.SAME_MATTER: _l("不同来件人举报同一事实"),
}
REMARKS = {
    RemarkKind.COMMENT: _l("抽查意见"),
    RemarkKind.URGE: _l("催办"),
    RemarkKind.FEEDBACK: _l("反馈"),
}
REMARKS_DOWN = {kind: REMARKS[kind] for kind in (RemarkKind.URGE, RemarkKind.COMMENT)}
#: The pages of one act each: what the button says, and the article or consequence beside it.
ACTS = {
    "transfer": _l("转办"),
    "redirect": _l("告知去向"),
    "merge": _l("合并"),
    "link": _l("关联"),
    "split": _l("拆分"),
    "gather": _l("标记聚集性事件"),
    "dispute": _l("处理权限争议"),
    "pause": _l("暂停计时"),
    "resume": _l("恢复计时"),
    "extend": _l("延长期限"),
    "remark": _l("催办或抽查"),
    "answer": _l("反馈"),
}
#: One letter each, once the further acts are unfolded.
KEYS = {
    "transfer": "t", "redirect": "u", "merge": "m", "link": "l", "split": "s", "gather": "g",
}  # fmt: skip
HINTS = {
    "transfer": _l("移送本系统以外的机关，本件就此办结。"),
    "redirect": _l("不属于本局处理权限的举报，告知举报人向有权处理的机关提出（令121 第34条）。"),
    "merge": _l("合并后本件不再单独办理，来件数照计（令121 第35条）。"),
    "link": _l("两件各自办理，互相看得到。"),
    "split": _l("既有投诉又有举报的，分成两件分别处理，按收到之日计时（令121 第9条）。"),
    "gather": _l("多人反映同一事件，每件仍单独答复。"),
    "dispute": _l("两局协商七个工作日，协商不成报共同上一级指定（令121 第33条）。"),
    "pause": _l("只有规定写明的事由可以暂停。"),
    "resume": _l("恢复当日是不计入的最后一日。"),
    "extend": _l("由本局负责人批准，理由留痕。"),
    "remark": _l("催办须反馈后才从待办中消失。"),
    "answer": _l("写给分送或者催办的上级。"),
}
#: What can be done with many tips at once.
BULK = {"route": _l("分办"), "accept": _l("受理"), "gather": _l("标记聚集性事件")}
#: Why one of many could not be done, where no rule of its own says it.
FAULTS = {
    "NotAllowed": _l("您无权这样办理这件。"),
    "IllegalTransition": _l("现在的状态不能这样办理。"),
    "NotFound": _l("没有找到这个编号的线索。"),
    "Stale": _l("这件刚被他人改动，请刷新后再办。"),
}
RAIL_EVENTS = _l("聚集性事件")
RAIL_SAMPLE = _l("抽查下级线索")


def fault(reason: PortalError) -> str:
    """Return in one sentence why an act on one of many tips is refused."""
    if isinstance(reason, Refused):
        return words.refusal(reason.code, reason.facts)
    return str(FAULTS[type(reason).__name__])


words.register(
    refusals={
        "feedback_in_past": _l("反馈日期不能早于今天。"),
        "section_returns": _l("内设机构无权处理的，退回本局统一接收机构，不得自行移送。"),
        "already_there": _l("已经在这个单位。"),
        "designated": _l("上级已经指定承办单位，不能再退回、转送或者争议。"),
        "nowhere_to_return": _l("本件由本局直接收到，没有可以退回的单位。"),
        "authority_needed": _l("请写明是哪个机关。"),
        "merge_target": _l("不能并入自己，也不能并入已被合并的线索。"),
        "merge_kinds": _l("投诉和举报不能合并，可以关联。"),
        "merge_complaints": _l("不同投诉人的投诉各自处理，可以关联或者标记聚集性事件。"),
        "merge_reporters": _l("两件不是同一来件人，或者无法核对来件人。"),
        "merge_closed": _l("要并入的线索已经办结，请单独办理并关联。"),
        "link_target": _l("不能关联自己，或者两件已经关联。"),
        "no_such_tip": _l("没有找到这个编号的线索。"),
        "has_twin": _l("这件已经分成两件。"),
        "split_closed": _l("已经办结的线索不能拆分。"),
        "gathered_already": _l("已经在这个事件里。"),
        "gathering_needed": _l("请选择已有事件，或者写出新事件的名称。"),
        "dispute_below": _l("对方是本局或下级局，直接分送即可。"),
        "dispute_no_superior": _l("两局没有共同的上一级，无法提出争议。"),
        "dispute_settled": _l("争议已经解决。"),
        "dispute_running": _l("协商期限未满，两局也没有报请指定。"),
        "no_clock": _l("没有在走的期限。"),
        "pause_in_future": _l("日期不能晚于今天。"),
        "urge_closed": _l("已经办结的线索不能催办，可以写抽查意见。"),
        "nothing_chosen": _l("请先选择线索。"),
        "unit_needed": _l("没有选择承办单位。"),
        "ground_not_competent": _l("请写明哪个机关有权处理。"),
        "ground_handled_elsewhere": _l("请写明哪个机关已经受理或者处理。"),
        "ground_not_a_consumer": _l("请写明凭什么判断不属生活消费。"),
        "ground_too_old": _l("请填写知道或者应当知道权益受到侵害的日期。"),
        "ground_not_too_old": _l("从这一天到收到投诉还没有超过三年。"),
        "ground_papers_missing": _l("请写明缺少或者虚假的是哪种材料。"),
        "ground_identity_false": _l("请写明怎样核验、结果如何。"),
        "ground_other": _l("请写明依据哪一条规定。"),
    },
    events={
        "tip.escalated": _l("三次退回，自动报共同上级"),
        "tip.transferred": _l("转办"),
        "tip.redirected": _l("告知去向"),
        "tip.merged": _l("合并"),
        "tip.took_in": _l("并入来件"),
        "tip.split": _l("拆分"),
        "tip.linked": _l("关联"),
        "tip.gathered": _l("标记聚集性事件"),
        "tip.disputed": _l("提出处理权限争议"),
        "tip.taken_over": _l("协商接办"),
        "tip.referred": _l("报请指定"),
        "tip.designated": _l("指定承办"),
        "tip.commented": _l("抽查意见"),
        "tip.urged": _l("催办"),
        "tip.answered": _l("反馈"),
    },
    details={
        "tip.escalated": _l("%(to_unit)s：%(reason)s"),
        "tip.transferred": _l("%(to)s：%(reason)s"),
        "tip.redirected": _l("%(to)s：%(reason)s"),
        "tip.merged": _l("并入 %(into)s"),
        "tip.took_in": _l("%(other)s 并入本件"),
        "tip.split": _l("另立 %(other)s"),
        "tip.linked": _l("%(other)s：%(reason)s"),
        "tip.gathered": _l("事件 %(gathering)s"),
        "tip.disputed": _l("%(counterpart)s：%(reason)s"),
        "tip.taken_over": _l("由%(to_unit)s办理"),
        "tip.referred": _l("%(to_unit)s：%(reason)s"),
        "tip.designated": _l("%(to_unit)s：%(reason)s"),
    },
    permissions={
        "tip:transfer": _l("转办线索"),
        "tip:combine": _l("合并、关联、拆分线索"),
        "tip:dispute": _l("提出处理权限争议"),
        "tip:pause": _l("暂停线索期限"),
        "tip:extend": _l("批准延长线索期限"),
        "tip:answer": _l("反馈线索进展"),
        "tip:remark": _l("催办、抽查下级线索"),
        "dispute:read": _l("查看处理权限争议"),
        "dispute:settle": _l("协商处理权限争议"),
        "dispute:designate": _l("指定承办单位"),
    },
    asks={
        "tip.settle": _l("协商处理权限"),
        "tip.designate": _l("指定承办单位"),
        "tip.feedback": _l("反馈办理进展"),
        "tip.overdue_below": _l("督促下级超期线索"),
    },
)
