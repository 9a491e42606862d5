"""Which words stand for the states, acts and refusals of tips?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.tips.consumer import Factor, Hint
from app.tips.duplicates import Candidate
from app.tips.rules import (
    ORDER_20,
    Channel,
    Ground,
    Order,
    Standing,
    TipAction,
    TipKind,
    TipState,
    Wish,
)
from app.web import words

KINDS = {TipKind.COMPLAINT: _l("投诉"), TipKind.REPORT: _l("举报")}

STATES = {
    TipState.RECEIVED: _l("待分办"),
    TipState.RETURNED: _l("退回重分"),
    TipState.ROUTED: _l("待办理"),
    TipState.ACCEPTED: _l("已受理"),
    TipState.VERIFYING: _l("核查中"),
    TipState.VERIFIED: _l("已核查"),
    TipState.DECLINED: _l("不予受理"),
    TipState.NOT_FILED: _l("不予立案"),
    TipState.FILED: _l("已立案"),
    TipState.CONCLUDED: _l("已办结"),
    TipState.DISPUTED: _l("权限争议"),
    TipState.ESCALATED: _l("待指定"),
    TipState.TRANSFERRED: _l("已转办"),
    TipState.REDIRECTED: _l("已告知去向"),
    TipState.MERGED: _l("已合并"),
}
#: The mark before a state's word (look: shape, colour and word together).
SHAPES = {
    TipState.RECEIVED: "hollow",
    TipState.RETURNED: "waiting",
    TipState.ROUTED: "waiting",
    TipState.ACCEPTED: "half",
    TipState.VERIFYING: "half",
    TipState.VERIFIED: "waiting",
    TipState.DECLINED: "stopped",
    TipState.NOT_FILED: "stopped",
    TipState.FILED: "done",
    TipState.CONCLUDED: "done",
    TipState.DISPUTED: "waiting",
    TipState.ESCALATED: "waiting",
    TipState.TRANSFERRED: "done",
    TipState.REDIRECTED: "done",
    TipState.MERGED: "stopped",
}
ACTIONS = {
    TipAction.ROUTE: _l("分办"),
    TipAction.RETURN: _l("退回"),
    TipAction.ACCEPT: _l("受理"),
    TipAction.DECLINE: _l("不予受理"),
    TipAction.BEGIN_VERIFICATION: _l("安排检查"),
    TipAction.NOTE_FINDINGS: _l("登记核查结果"),
    TipAction.STOP_VERIFICATION: _l("取消检查"),
    TipAction.FILE_CASE: _l("立案"),
    TipAction.RETURN_TO_DECISION: _l("案件未立，重新决定"),
    TipAction.DECIDE_NOT_TO_FILE: _l("不予立案"),
    TipAction.END_MEDIATION: _l("调解结束"),
    TipAction.CONCLUDE: _l("办结"),
    TipAction.TRANSFER: _l("转办"),
    TipAction.REDIRECT: _l("告知去向"),
    TipAction.MERGE: _l("合并"),
    TipAction.DISPUTE: _l("处理权限争议"),
    TipAction.TAKE_OVER: _l("协商接办"),
    TipAction.REFER: _l("报请指定"),
    TipAction.ESCALATE: _l("三次退回，自动报共同上级"),
    TipAction.DESIGNATE: _l("指定承办"),
}
CHANNELS = {
    Channel.TELEPHONE: _l("电话"),
    Channel.WEB: _l("网上"),
    Channel.VISIT: _l("来访"),
    Channel.LETTER: _l("来信"),
    Channel.PLATFORM: _l("12315平台"),
    Channel.TRANSFER: _l("转办"),
}
STANDINGS = {
    Standing.REAL_NAME: _l("实名"),
    Standing.ANONYMOUS: _l("匿名"),
    Standing.ON_BEHALF: _l("代他人"),
}
WISHES = {
    Wish.RETURN: _l("退货"),
    Wish.REPLACE: _l("更换"),
    Wish.REPAIR: _l("修理"),
    Wish.MAKE_UP: _l("补足数量"),
    Wish.REFUND: _l("退还费用"),
    Wish.COMPENSATE: _l("赔偿损失"),
}
GROUNDS = {
    Ground.NOT_COMPETENT: _l("不属于本局职责"),
    Ground.HANDLED_ELSEWHERE: _l("同一争议已由其他机关受理或处理"),
    Ground.NOT_A_CONSUMER: _l("不是为生活消费，或不能证明存在争议"),
    Ground.TOO_OLD: _l("超过三年"),
    Ground.PAPERS_MISSING: _l("缺少规定材料或材料虚假"),
    Ground.IDENTITY_FALSE: _l("冒用他人名义或拒不配合核验身份"),
    Ground.OTHER: _l("法律法规规章规定的其他情形"),
}
#: What 令20 said otherwise: other mediators counted, false papers were no ground.
OLD_GROUNDS = {
    Ground.HANDLED_ELSEWHERE: _l("同一争议已由其他机关或调解组织受理或处理"),
    Ground.PAPERS_MISSING: _l("缺少规定材料"),
}
#: The five factors of 令121 art. 17, and what the record itself says to some of them.
FACTORS = {
    Factor.FREQUENCY: _l("数量、次数与保质期或者消费习惯明显不符"),
    Factor.CONCENTRATED: _l("短期内大量或者串通集中投诉"),
    Factor.NO_PROOF: _l("不能证明真实的消费关系"),
    Factor.SHARED: _l("多人共用同一电话号码或者地址"),
    Factor.OTHER: _l("其他情形"),
}
HINTS = {
    "same_number": _l("同一号码三十天内投诉 %(count)s 件"),
    "same_firm": _l("同一经营者三十天内被投诉 %(count)s 件"),
    "for_trade": _l("登记时说买来经营用"),
    "no_papers": _l("没有购买日期，也没有附材料"),
    "other_names": _l("同一号码另有 %(count)s 次来件，须查看身份后核对是否同一人"),
    "too_old": _l("按购买日期已超过三年"),
}
PURPOSES = {
    "contact": _l("联系核实情况"),
    "mediation": _l("组织调解"),
    "reward": _l("办理举报奖励"),
    "identity_check": _l("核验身份"),
    "paper": _l("制作、送达文书"),
}
GROUPS = {
    "overdue": _l("已超期"),
    "today": _l("今日到期"),
    "near": _l("五日内到期"),
    "rest": _l("其余"),
}
VIEWS = {
    "triage": _l("待分办"),
    "ours": _l("本局在办"),
    "overdue": _l("已超期"),
    "closed": _l("已办结"),
    "all": _l("全部"),
}
#: How the proposal was reached; the article stands beside it.
REASONS = {
    "division": _l("登记的属地是%(name)s，由该地的局处理。"),
    "resolved": _l("地址写明%(name)s，由该地的局处理。"),
    "historical": _l("地址用的是旧地名，今属%(name)s，由该地的局处理。"),
    "no_bureau": _l("地址在%(name)s，那里没有登记有管辖权的局，请人工选择。"),
    "ambiguous": _l("地址可能在%(names)s，请向来电人问清后选择。"),
    "unknown": _l("地址看不出属地，请人工选择。"),
}
#: Why a candidate may be a double, in the order of weight; nothing is said of a weak part.
ALIKE = {
    "enterprise": ((0.99, _l("同一单位")), (0.5, _l("单位名称相近"))),
    "product": ((0.9, _l("同一产品")), (0.6, _l("型号相近"))),
    "place": ((0.9, _l("同一地址")), (0.6, _l("同一属地"))),
}


def grounds_of(order: Order) -> dict[Ground, object]:
    """Return the grounds of a version of the law, in its order and its words."""
    said = {**GROUNDS, **OLD_GROUNDS} if order is ORDER_20 else GROUNDS
    return {ground: said[ground] for ground in order.grounds}


def hint(found: Hint) -> str:
    """Say what the record knows to a factor."""
    sentence = str(HINTS[found.code])
    return sentence % {"count": found.count} if found.count else sentence


#: Texts less alike than this share words that any two tips share.
LIKE_AT_ALL = 0.1


def why_alike(candidate: Candidate) -> str:
    """Return in one line what speaks for a double: 同一单位，同一产品，相差3天，内容相似82%."""
    told = [
        str(next(word for least, word in ALIKE[name] if part >= least))
        for name, part in candidate.parts.named().items()
        if name in ALIKE and part is not None and part >= ALIKE[name][-1][0]
    ]
    apart = candidate.days_apart
    told.append(str(_l("相差%(days)s天") % {"days": apart}) if apart else str(_l("同一天")))
    if candidate.parts.text is not None and candidate.parts.text >= LIKE_AT_ALL:
        told.append(str(_l("内容相似%(share)s%%") % {"share": round(candidate.parts.text * 100)}))
    return str(_l("，")).join(told)


words.register_facts(
    {
        "tip.reporter_shown.purpose": PURPOSES,
        "tip.received.channel": CHANNELS,
        "tip.received.tip_kind": KINDS,
    }
)
words.register(
    refusals={
        "ground_not_law": _l("收到这件投诉时的规定没有这一情形，请另选。"),
        "kind_needed": _l("请选择是投诉、举报，还是两者都是。"),
        "facts_needed": _l("请记下来电人说的事。"),
        "subject_needed": _l("请填写被反映的单位，或者它的地址。"),
        "bought_in_future": _l("购买日期在今天之后，请核对。"),
        "complaint_not_anonymous": _l("投诉须提供真实身份；只反映违法行为的，可以匿名举报。"),
        "complaint_needs_name": _l("投诉须填写投诉人姓名。"),
        "complaint_needs_phone": _l("投诉须填写联系电话。"),
        "complaint_needs_wish": _l("请选择投诉人的请求。"),
        "bad_phone": _l("电话号码不对，请核对位数。"),
        "route_only_down": _l("只能分给本局或下级局。"),
        "case_pending": _l("案件 %(case)s 已提请立案，请先在案件里决定。"),
        "mediation_open": _l("正在调解（%(mediation)s），请在调解页办理。"),
        "not_accepted": _l("只有已受理的投诉可以调解。"),
        "wrong_kind": _l("这一步不适用于这类线索。"),
        "reason_needed": _l("请写明理由。"),
        "purpose_needed": _l("请选择查看用途。"),
    },
    events={
        "tip.received": _l("登记"),
        "tip.routed": _l("分办"),
        "tip.returned": _l("退回重分"),
        "tip.accepted": _l("受理"),
        "tip.declined": _l("不予受理"),
        "tip.verification_begun": _l("安排检查"),
        "tip.verification_stopped": _l("取消检查"),
        "tip.findings_noted": _l("登记核查结果"),
        "tip.case_proposed": _l("提请立案"),
        "tip.case_not_filed": _l("案件未立，重新决定"),
        "tip.mediation_begun": _l("进入调解"),
        "tip.mediation_ended": _l("调解结束"),
        "tip.case_filed": _l("立案"),
        "tip.not_filed": _l("不予立案"),
        "tip.concluded": _l("办结"),
        "tip.reporter_shown": _l("查看来件人身份"),
    },
    details={
        "tip.routed": _l("%(from_unit)s 分送 %(to_unit)s"),
        "tip.verification_begun": _l("检查任务 %(task)s"),
        "tip.verification_stopped": _l("检查任务 %(task)s"),
        "tip.findings_noted": _l("检查任务 %(task)s"),
        "tip.case_filed": _l("案件 %(case)s"),
        "tip.case_proposed": _l("案件 %(case)s"),
        "tip.case_not_filed": _l("案件 %(case)s：%(reason)s"),
        "tip.mediation_begun": _l("调解 %(mediation)s"),
        "tip.mediation_ended": _l("调解 %(mediation)s"),
    },
    permissions={
        "tip:register": _l("登记投诉举报"),
        "tip:read": _l("查看线索"),
        "tip:route": _l("分办线索"),
        "tip:return": _l("退回线索"),
        "tip:accept": _l("受理投诉"),
        "tip:mediate": _l("调解投诉"),
        "tip:decline": _l("不予受理投诉"),
        "tip:verify": _l("安排核查"),
        "tip:note": _l("登记核查结果"),
        "tip:decide_not_to_file": _l("决定不予立案"),
        "tip:conclude": _l("办结线索"),
        "reporter:read": _l("查看来件人身份"),
    },
    asks={
        "tip.triage": _l("分办"),
        "tip.take_up": _l("受理或安排检查"),
        "tip.decide": _l("决定是否立案"),
    },
)

RAIL_NEW = _l("来电登记")
RAIL_QUEUE = _l("线索队列")
