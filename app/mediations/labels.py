"""Which words stand for mediations, their states, acts and refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.mediations.rules import Ending, Letter, MediationState, Side, Way, endings_at
from app.tips.rules import ORDER_20, Order
from app.web import words

RAIL = _l("投诉调解")

STATES = {
    MediationState.CONSENTING: _l("征求意愿"),
    MediationState.OPEN: _l("调解中"),
    MediationState.TESTING: _l("鉴定检测中"),
    MediationState.PAUSED: _l("回避待决定"),
    MediationState.AGREED: _l("达成协议"),
    MediationState.ENDED: _l("终止待告知"),
    MediationState.TOLD: _l("已终止"),
}
SHAPES = {
    MediationState.CONSENTING: "hollow",
    MediationState.OPEN: "half",
    MediationState.TESTING: "waiting",
    MediationState.PAUSED: "waiting",
    MediationState.AGREED: "done",
    MediationState.ENDED: "waiting",
    MediationState.TOLD: "stopped",
}
VIEWS = {"open": _l("在办"), "over": _l("已结束"), "all": _l("全部")}
SIDES = {Side.COMPLAINANT: _l("投诉人"), Side.TRADER: _l("被投诉人")}
WAYS = {
    Way.TELEPHONE: _l("电话"),
    Way.MESSAGE: _l("短信"),
    Way.WEB: _l("网上"),
    Way.MAIL: _l("电子邮件"),
    Way.LETTER: _l("信函"),
    Way.IN_PERSON: _l("当面"),
}
#: 令121 art. 23, nos. 1–8.
ENDINGS = {
    Ending.WITHDRAWN: _l("投诉人撤回，或者双方自行和解"),
    Ending.REFUSED: _l("无正当理由不参加，或者一方明确拒绝调解"),
    Ending.NO_AGREEMENT: _l("双方明确不能达成协议"),
    Ending.TEST_COSTS: _l("鉴定、检测的费用谈不拢"),
    Ending.SIXTY_DAYS: _l("六十日内未达成协议"),
    Ending.NOT_ACCEPTABLE: _l("受理后发现不应受理的情形"),
    Ending.PARTY_GONE: _l("当事人死亡，或者单位已不存在"),
    Ending.OTHER: _l("应当终止的其他情形"),
}
#: Under 令20 the term was another one.
OLD_ENDINGS = {Ending.SIXTY_DAYS: _l("四十五个工作日内未达成协议")}
LETTERS = {
    Letter.MADE: _l("制作调解书"),
    Letter.PERFORMED: _l("已当场履行，不制作"),
    Letter.WAIVED: _l("双方同意不制作"),
}
ANSWERS = {"yes": _l("同意"), "no": _l("不同意")}
CAME = {"yes": _l("到场"), "no": _l("未到")}
#: The words on each act's button.
ACTS = {
    "consent": _l("记录意愿"),
    "begin": _l("开始调解"),
    "invite": _l("通知双方"),
    "hold": _l("记录调解"),
    "entrust": _l("委托调解"),
    "test": _l("送鉴定检测"),
    "take_result": _l("收到结果"),
    "recuse": _l("申请回避"),
    "decide_recusal": _l("决定回避"),
    "join": _l("并入共同投诉"),
    "report_clue": _l("登记违法线索"),
    "agree": _l("达成协议"),
    "end": _l("终止调解"),
    "tell": _l("登记告知"),
}
#: What stands over the fields of an act.
HINTS = {
    "consent": _l("调解须双方同意（令121 第18条）。"),
    "begin": _l("双方已同意，请指定调解人员。"),
    "invite": _l("写明时间、地点和通知方式。"),
    "hold": _l("记下到场情况、双方意见和进展。"),
    "entrust": _l("以本局名义调解，受托方不得再委托（令121 第19条）。"),
    "test": _l("鉴定、检测的时间不计入调解期限。"),
    "take_result": _l("从今天起继续计算调解期限。"),
    "recuse": _l("申请提出后中止调解，由负责人决定（令121 第21条）。"),
    "decide_recusal": _l("准许的，请选择新的调解人员。"),
    "join": _l("同一争议、同一经营者，推选两名代表人（令121 第12条）。"),
    "report_clue": _l("另立举报，十五个工作日内核查（令121 第27条），不显示投诉人。"),
    "agree": _l("写明协议内容和履行期限（令121 第24条）。"),
    "end": _l("终止后七个工作日内告知双方。"),
    "tell": _l("双方分别在哪天、以什么方式告知。"),
}


def endings_of(order: Order) -> dict[Ending, object]:
    """Return the endings of a version of the law, in its words."""
    said = {**ENDINGS, **OLD_ENDINGS} if order is ORDER_20 else ENDINGS
    return {ending: said[ending] for ending in endings_at(order)}


words.register_facts(
    {
        "mediation.agreed.letter": LETTERS,
        "mediation.consent_noted.side": SIDES,
        "mediation.told.complainant_way": WAYS,
        "mediation.told.trader_way": WAYS,
    }
)
words.register(
    refusals={
        "consents_needed": _l("双方都同意才能调解。"),
        "representatives_needed": _l("共同投诉须推选两名代表人。"),
        "terms_needed": _l("请写明协议内容。"),
        "represented_must_agree": _l("共同投诉达成协议，须经被代表人同意。"),
        "sixty_days_not_over": _l("调解期限还没有到。"),
        "ending_not_law": _l("收到这件投诉时的规定没有这一情形，请另选。"),
        "no_test_meant": _l("没有登记过鉴定检测。"),
        "bad_hour": _l("请按 9:30 的样子填写时间。"),
        "session_in_past": _l("调解时间已经过去，请核对。"),
        "session_not_noted": _l("上一次调解还没有记录。"),
        "no_session": _l("还没有通知双方。"),
        "session_not_held": _l("约定的时间还没有到。"),
        "entrusted_already": _l("已经委托，不能再委托。"),
        "same_mediator": _l("请选择另一名调解人员。"),
        "join_elsewhere": _l("只能并入本局的投诉。"),
        "told_on": _l("告知日期应在终止之日到今天之间。"),
    },
    events={
        "mediation.opened": _l("进入调解"),
        "mediation.consent_noted": _l("记录意愿"),
        "mediation.begun": _l("开始调解"),
        "mediation.invited": _l("通知双方"),
        "mediation.held": _l("记录调解"),
        "mediation.entrusted": _l("委托调解"),
        "mediation.test_begun": _l("送鉴定检测"),
        "mediation.result_taken": _l("收到结果"),
        "mediation.recusal_asked": _l("申请回避"),
        "mediation.recusal_decided": _l("决定回避"),
        "mediation.joined": _l("并入共同投诉"),
        "mediation.clue_reported": _l("登记违法线索"),
        "mediation.agreed": _l("达成协议"),
        "mediation.ended": _l("终止调解"),
        "mediation.told": _l("登记告知"),
    },
    details={
        "mediation.opened": _l("线索 %(tip)s"),
        "mediation.joined": _l("线索 %(tip)s"),
        "mediation.clue_reported": _l("线索 %(tip)s"),
        "mediation.invited": _l("时间 %(planned_at)s"),
        "mediation.entrusted": _l("委托 %(to)s"),
        "mediation.test_begun": _l("%(to)s：%(reason)s"),
    },
    permissions={
        "mediation:read": _l("查看投诉调解"),
        "mediation:hold": _l("组织投诉调解"),
        "mediation:decide_recusal": _l("决定调解人员回避"),
    },
    asks={
        "mediation.open": _l("组织调解"),
        "mediation.consent": _l("征求双方意愿"),
        "mediation.hold": _l("调解"),
        "mediation.take_result": _l("等鉴定检测结果"),
        "mediation.decide": _l("决定回避"),
        "mediation.tell": _l("告知双方"),
    },
)
