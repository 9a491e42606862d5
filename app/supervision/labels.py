"""Which words stand for listings, demands, letters, acts and refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.supervision.rules import (
    DemandState,
    ListingAction,
    ListingState,
    Rung,
    SubjectKind,
)
from app.web import words

RAIL = _l("挂牌督办")
OPEN_LISTINGS = _l("在督挂牌")
DUE_TITLE = _l("督办期限")

STATES = {
    ListingState.LISTED: _l("督办中"),
    ListingState.APPLIED: _l("申请摘牌"),
    ListingState.DELISTED: _l("已摘牌"),
    ListingState.WITHDRAWN: _l("已撤销"),
}
SHAPES = {
    ListingState.LISTED: "half",
    ListingState.APPLIED: "waiting",
    ListingState.DELISTED: "done",
    ListingState.WITHDRAWN: "stopped",
}
KINDS = {
    SubjectKind.CASE: _l("案件"),
    SubjectKind.ENTERPRISE: _l("企业"),
    SubjectKind.AREA: _l("区域"),
    SubjectKind.ISSUE: _l("问题"),
}
DEMANDS = {
    DemandState.OPEN: _l("未报"),
    DemandState.REPORTED: _l("已报待核"),
    DemandState.MET: _l("已销号"),
}
DEMAND_SHAPES = {
    DemandState.OPEN: "hollow",
    DemandState.REPORTED: "waiting",
    DemandState.MET: "done",
}
RUNGS = {
    Rung.REMINDER: _l("提醒函"),
    Rung.ASSIGNMENT: _l("交办函"),
    Rung.SUPERVISION: _l("督办函"),
}
ACTIONS = {
    ListingAction.REPORT: _l("报送"),
    ListingAction.JUDGE: _l("核验"),
    ListingAction.URGE: _l("催办"),
    ListingAction.ANSWER: _l("答复"),
    ListingAction.EXTEND: _l("延期"),
    ListingAction.APPLY: _l("申请摘牌"),
    ListingAction.RETURN: _l("退回申请"),
    ListingAction.DELIST: _l("摘牌"),
    ListingAction.WITHDRAW: _l("撤销挂牌"),
    ListingAction.ANNOUNCE: _l("对外公布"),
    ListingAction.RETRACT: _l("停止公布"),
}
BUTTONS = {action.value: word for action, word in ACTIONS.items()}
#: What follows from an act: one sentence beside its button.
CONSEQUENCES = {
    "urge": _l("按提醒函、交办函、督办函逐级催办，上一函超期未答复的升一级。"),
    "answer": _l("答复后，这一函不再计超期。"),
    "extend": _l("延期由督办单位负责人批准，次数和前后期限都留在记录里。"),
    "apply": _l("各项要求都已报送的，可以申请摘牌。"),
    "return": _l("退回后继续督办，理由告知承办单位。"),
    "delist": _l("各项要求全部销号，才能摘牌；摘牌后历史保留。"),
    "withdraw": _l("只用于不应挂牌的情形，理由留在记录里。"),
    "announce": _l("公众只看到公开标题、督办和承办单位、期限和状态；须由挂牌人以外的负责人决定。"),
    "retract": _l("公众不再看到；曾经公布的内容留在记录里。"),
}
#: A report that was made already may be completed until it is judged.
REPORT_MORE = _l("补报")
VERDICTS = {"met": _l("已达到要求，销号"), "not_met": _l("未达到要求，退回")}
GROUPS = {
    "mine": _l("我局挂牌"),
    "above": _l("上级挂牌，我局承办或转承办"),
    "below": _l("下级挂牌"),
}
#: What a line of the board offers its reader.
OFFERS = {
    "delist": _l("核验摘牌"),
    "judge": _l("核验"),
    "rise": _l("升级催办"),
    "urge": _l("催办"),
    "answer": _l("答复"),
    "report": _l("报送"),
    "apply": _l("申请摘牌"),
    "show": _l("查看"),
}
FIGURES = {
    "live": _l("在督"),
    "overdue": _l("逾期未办结"),
    "unanswered": _l("催办超期未答复"),
    "applied": _l("已申请摘牌，待核验"),
}
#: Events that ask or send; all others decide or fix something (the dots of the timeline).
HOLLOW = frozenset({"listing.reported", "listing.urged", "listing.applied", "listing.returned"})
VIEWS = {"live": _l("在督"), "stuck": _l("仅看卡住的"), "ended": _l("已结束")}

words.register(
    refusals={
        "already_listed": _l("本局已经对它挂牌督办，请不要重复。"),
        "area_unknown": _l("区域请填写行政区划代码，如 990121。"),
        "day_in_past": _l("期限在今天之前，请核对。"),
        "demand_needed": _l("至少要有一项督办要求。"),
        "too_many_demands": _l("督办要求最多 %(most)s 项。"),
        "demand_after_listing": _l("这一项的期限晚于督办期限（%(due)s），请核对。"),
        "urging_pending": _l("上一函的答复期限到 %(due)s，期满未答复再催办。"),
        "nothing_open": _l("各项要求都已报送，没有可以催办的。"),
        "nothing_to_answer": _l("没有等待答复的函。"),
        "extension_shortens": _l("新的期限须晚于原期限（%(due)s）。"),
        "demand_met": _l("这一项已经销号，不必再报。"),
        "demand_not_reported": _l("这一项还没有报送，不能核验。"),
        "demands_unreported": _l("还有 %(number)s 项要求没有报送，不能申请摘牌。"),
        "demands_open": _l("还有 %(number)s 项要求没有销号，不能摘牌。"),
        "announced_already": _l("已经对外公布。"),
        "not_announced": _l("没有对外公布。"),
    },
    events={
        "listing.listed": _l("挂牌督办"),
        "listing.reported": _l("报送"),
        "listing.judged": _l("核验"),
        "listing.urged": _l("催办"),
        "listing.answered": _l("答复"),
        "listing.extended": _l("延期"),
        "listing.applied": _l("申请摘牌"),
        "listing.returned": _l("退回摘牌申请"),
        "listing.delisted": _l("摘牌"),
        "listing.withdrawn": _l("撤销挂牌"),
        "listing.announced": _l("对外公布"),
        "listing.retracted": _l("停止公布"),
        "supervision.listed": _l("被挂牌督办"),
        "supervision.urged": _l("被催办"),
        "supervision.delisted": _l("摘牌"),
    },
    details={
        "listing.listed": _l("%(number)s，提出要求 %(demands)s 项，限 %(due_on)s 前办结"),
        "listing.reported": _l("第 %(demand)s 项"),
        "listing.judged": _l("第 %(demand)s 项 %(reason)s"),
        "listing.urged": _l("%(number)s，限 %(answer_due_on)s 前答复"),
        "listing.answered": "%(number)s",
        "listing.extended": _l("由 %(old_due_on)s 延至 %(due_on)s：%(reason)s"),
        "listing.delisted": "%(number)s",
        "supervision.listed": "%(number)s",
        "supervision.urged": "%(number)s",
        "supervision.delisted": "%(number)s",
    },
    permissions={
        "listing:read": _l("查看挂牌督办"),
        "listing:list": _l("挂牌督办"),
        "listing:judge": _l("核验督办要求"),
        "listing:urge": _l("催办"),
        "listing:extend": _l("批准延期"),
        "listing:delist": _l("摘牌"),
        "listing:withdraw": _l("撤销挂牌"),
        "listing:announce": _l("对外公布挂牌督办"),
        "listing:report": _l("报送督办要求"),
        "listing:answer": _l("答复催办"),
        "listing:apply": _l("申请摘牌"),
    },
    asks={
        "listing.report": _l("报送督办要求"),
        "listing.judge": _l("核验报送"),
        "listing.urge": _l("催办"),
        "listing.answer": _l("答复催办"),
        "listing.apply": _l("申请摘牌"),
        "listing.delist": _l("核验摘牌"),
    },
)
