"""Which words stand for cases, their states, acts, penalties and refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.cases.penalties import PartyKind, PenaltyKind
from app.cases.rules import (
    CaseAction,
    CaseState,
    ClosingGround,
    DropGround,
    Source,
    StatementKind,
)
from app.web import words

RAIL = _l("案件")
OPEN_CASES = _l("在办案件")
SUPERVISION = _l("挂牌督办")
DISCLOSURES = _l("处罚公示")
REWARDS = _l("举报奖励")

STATES = {
    CaseState.PROPOSED: _l("立案待批"),
    CaseState.NOT_FILED: _l("不予立案"),
    CaseState.FILED: _l("已立案"),
    CaseState.INVESTIGATING: _l("调查取证"),
    CaseState.REVIEWING: _l("案件审核"),
    CaseState.REVIEWED: _l("审核通过"),
    CaseState.INFORMED: _l("处罚告知"),
    CaseState.DECIDED: _l("已决定"),
    CaseState.CLOSED: _l("已结案"),
    CaseState.DROPPED: _l("已终止"),
}
SHAPES = {
    CaseState.PROPOSED: "waiting",
    CaseState.NOT_FILED: "stopped",
    CaseState.FILED: "hollow",
    CaseState.INVESTIGATING: "half",
    CaseState.REVIEWING: "waiting",
    CaseState.REVIEWED: "half",
    CaseState.INFORMED: "half",
    CaseState.DECIDED: "done",
    CaseState.CLOSED: "done",
    CaseState.DROPPED: "stopped",
}
STAGES = {
    CaseState.PROPOSED: _l("提请立案"),
    CaseState.FILED: _l("立案"),
    CaseState.INVESTIGATING: _l("调查取证"),
    CaseState.REVIEWING: _l("案件审核"),
    CaseState.REVIEWED: _l("审核通过"),
    CaseState.INFORMED: _l("处罚告知"),
    CaseState.DECIDED: _l("决定"),
    CaseState.CLOSED: _l("结案"),
}
ACTIONS = {
    CaseAction.FILE: _l("批准立案"),
    CaseAction.DECLINE: _l("不予立案"),
    CaseAction.BEGIN: _l("开始调查"),
    CaseAction.SUBMIT: _l("提交审核"),
    CaseAction.RETURN: _l("退回补充"),
    CaseAction.PASS: _l("审核通过"),
    CaseAction.INFORM: _l("登记处罚告知"),
    CaseAction.NOTE_STATEMENT: _l("登记陈述申辩"),
    CaseAction.DECIDE: _l("作出决定"),
    CaseAction.SERVE: _l("登记送达"),
    CaseAction.CLOSE: _l("结案"),
    CaseAction.DROP: _l("终止案件"),
}
#: What follows from an act and under which article: one sentence beside its button.
CONSEQUENCES = {
    "file": _l("立案后取得立案号，办案期限 90 日自今天起算（令2 第64条）。"),
    "decline": _l("理由记入办理经过（令2 第20条）。"),
    "begin": _l("须有两名执法人员，且均无回避情形（令2 第4条、第22条）。"),
    "submit": _l("审核人收到后 10 个工作日内审核（令2 第55条）。"),
    "return": _l("退回后由承办人补充调查，再次提交（令2 第54条）。"),
    "pass": _l("办案人员不得审核自己承办的案件（令2 第49条）。"),
    "inform": _l("当事人自送达之日起 5 个工作日内可以陈述、申辩或者要求听证（令2 第57条）。"),
    "note_statement": _l("明示放弃的，可以不等 5 个工作日届满（令2 第57条）。"),
    "decide": _l("决定后取得文号，7 个工作日内送达，20 个工作日内公示（令2 第81条，令45 第9条）。"),
    "serve": _l("缴款期限 15 日自送达之日起算（令2 第72条）。"),
    "close": _l("符合结案情形后 15 个工作日内办理（令2 第77条）。"),
    "drop": _l("不予处罚、移送或者终止调查，所有期限随之停止（令2 第60条）。"),
    "stay": _l("检验、听证、公告等时间不计入办案期限（令2 第64条）。"),
    "resume": _l("恢复当日是最后一个不计入的日子。"),
    "extend": _l("第一次延长 30 日；再延长须集体讨论并写明截止日（令2 第64条）。"),
    "evidence": _l("上传时固定 SHA-256，原件不改。"),
}
EXTRA_ACTS = {
    "stay": _l("中止计时"),
    "resume": _l("恢复计时"),
    "extend": _l("延长期限"),
    "evidence": _l("补充证据"),
}
#: The word on the button of every act of the record page.
BUTTONS = {**{action.value: word for action, word in ACTIONS.items()}, **EXTRA_ACTS}
SOURCES = {
    Source.INSPECTION: _l("监督检查"),
    Source.TIP: _l("投诉、举报"),
    Source.TRANSFER: _l("其他部门移送"),
    Source.ASSIGNED: _l("上级交办"),
    Source.OTHER: _l("其他"),
}
STATEMENTS = {
    StatementKind.WAIVED: _l("明示放弃"),
    StatementKind.STATED: _l("陈述、申辩"),
    StatementKind.HEARD: _l("已听证"),
}
DROP_GROUNDS = {
    DropGround.NO_PENALTY: _l("依法不予处罚"),
    DropGround.NOT_ESTABLISHED: _l("违法事实不成立"),
    DropGround.TRANSFERRED: _l("移送其他部门"),
    DropGround.TRANSFERRED_CRIME: _l("移送司法机关"),
    DropGround.TERMINATED: _l("终止调查"),
}
CLOSING_GROUNDS = {
    ClosingGround.PERFORMED: _l("执行完毕"),
    ClosingGround.COURT_ENDED: _l("法院裁定终结执行"),
    ClosingGround.OTHER: _l("其他"),
}
#: Grounds on which the decision's clock stands still (令2 art. 64; codes of ``kernel.statutes``).
STAY_GROUNDS = {
    "inspection": _l("检测、检验、检疫、鉴定"),
    "identification": _l("权利人辨认、鉴别"),
    "hearing": _l("听证"),
    "announcement": _l("公告"),
    "stay": _l("中止调查"),
    "refund": _l("责令退还多收价款"),
}
PARTY_KINDS = {
    PartyKind.UNIT: _l("单位"),
    PartyKind.SOLE_TRADER: _l("个体工商户"),
    PartyKind.PERSON: _l("个人"),
}
PENALTIES = {
    PenaltyKind.WARNING: _l("警告"),
    PenaltyKind.CIRCULAR: _l("通报批评"),
    PenaltyKind.FINE: _l("罚款"),
    PenaltyKind.CONFISCATE_INCOME: _l("没收违法所得"),
    PenaltyKind.CONFISCATE_GOODS: _l("没收非法财物"),
    PenaltyKind.SUSPEND_LICENCE: _l("暂扣许可证件"),
    PenaltyKind.DOWNGRADE: _l("降低资质等级"),
    PenaltyKind.REVOKE_LICENCE: _l("吊销许可证件"),
    PenaltyKind.RESTRICT: _l("限制开展生产经营活动"),
    PenaltyKind.SUSPEND_BUSINESS: _l("责令停产停业"),
    PenaltyKind.CLOSE_DOWN: _l("责令关闭"),
    PenaltyKind.BAR_PERSON: _l("限制从业"),
    PenaltyKind.ORDER: _l("责令改正（不属处罚）"),
}
#: Events that ask or send; all others decide, serve or fix something (the dots of the timeline).
HOLLOW = frozenset(
    {
        "case.proposed", "case.submitted", "case.returned", "case.stayed", "case.decision_drafted",
        "case.decision_text_amended", "supervision.urged",
    }
)  # fmt: skip
VIEWS = {
    "open": _l("在办"),
    "mine": _l("我承办的"),
    "overdue": _l("已超期"),
    "decided": _l("已决定"),
    "ended": _l("已结束"),
    "all": _l("全部"),
}

words.register_facts(
    {
        "case.closed.ground": CLOSING_GROUNDS,
        "case.proposed.source": SOURCES,
        "case.statement_noted.statement": STATEMENTS,
    }
)
words.register(
    refusals={
        "officers_same": _l("承办须有两名执法人员（令2 第22条），请另选一人。"),
        "officer_not_here": _l("此人不是本局办案人员。"),
        "clue_in_future": _l("发现线索的日期在今天之后，请核对。"),
        "task_without_problem": _l("这项检查没有发现问题，不能据此立案。"),
        "tip_not_verified": _l("线索还没有核查结果，不能据此立案。"),
        "origin_has_case": _l("已经据此提请过立案，请不要重复。"),
        "recusal_undeclared": _l("两名办案人员须先声明没有回避情形（令2 第4条）。"),
        "notice_before_filing": _l("告知送达日在立案（%(filed)s）之前，请核对。"),
        "statement_before_notice": _l("日期在告知送达（%(notice)s）之前，请核对。"),
        "statement_outcome_needed": _l("请写明陈述申辩的内容、是否采纳及理由（令2 第62条）。"),
        "decided_before_filing": _l("决定日期在立案（%(filed)s）之前，请核对。"),
        "decided_too_early": _l(
            "陈述申辩期限到 %(until)s 届满，此前不得作出决定；明示放弃的请先登记（令2 第57条）。"
        ),
        "draft_missing": _l("承办人还没有填写处罚决定。"),
        "draft_outdated": _l("登记告知或陈述申辩之后，承办人还没有重新核对并保存处罚决定。"),
        "served_already": _l("决定书已于 %(on)s 送达。"),
        "served_before_decision": _l("送达日在决定日（%(decided)s）之前，请核对。"),
        "not_served": _l("决定书还没有送达，不能结案。"),
        "closed_before_service": _l("日期在送达（%(served)s）之前，请核对。"),
        "day_in_future": _l("日期在今天之后，请核对。"),
        "no_penalty": _l("至少要有一项行政处罚；只责令改正的，不作处罚决定。"),
        "too_many_items": _l("处罚最多 %(most)s 项。"),
        "item_without_words": _l("请写明第 %(number)s 项的内容。"),
        "amount_needed": _l("第 %(number)s 项须有大于零的金额。"),
        "amount_not_here": _l("第 %(number)s 项的种类没有金额，请删去金额或改选种类。"),
        "amount_impossible": _l("第 %(number)s 项的金额不对：须为正数，最多到分。"),
        "party_code_needed": _l("请填写统一社会信用代码；老个体户可填注册号。"),
        "representative_needed": _l("请填写法定代表人（负责人、经营者）。"),
        "credit_code_wrong": _l("统一社会信用代码校验不通过，请核对 18 位。"),
        "text_number_place": _l("正文须保留一处“%(place)s”，决定时换成文号。"),
        "text_date_place": _l("正文须保留一处“%(place)s”，决定时换成日期。"),
        "text_lacks_party": _l("正文里没有当事人的名称。"),
        "text_lacks_amount": _l("正文里没有处罚项的金额 %(amount)s 元，请核对。"),
        "files_needed": _l("请选择要上传的文件。"),
    },
    events={
        "case.proposed": _l("提请立案"),
        "case.filed": _l("批准立案"),
        "case.not_filed": _l("不予立案"),
        "case.begun": _l("开始调查"),
        "case.submitted": _l("提交审核"),
        "case.returned": _l("退回补充"),
        "case.passed": _l("审核通过"),
        "case.informed": _l("登记处罚告知"),
        "case.statement_noted": _l("登记陈述申辩"),
        "case.decision_drafted": _l("填写处罚决定"),
        "case.decision_text_amended": _l("修改决定书正文"),
        "case.decided": _l("作出处罚决定"),
        "case.served": _l("送达决定书"),
        "case.closed": _l("结案"),
        "case.dropped": _l("终止案件"),
        "case.evidence_added": _l("补充证据"),
        "case.stayed": _l("中止计时"),
        "case.resumed": _l("恢复计时"),
        "case.extended": _l("延长办案期限"),
    },
    details={
        "case.filed": _l("立案号 %(number)s"),
        "case.passed": "%(opinion)s",
        "case.informed": _l("%(served_on)s 送达"),
        "case.decided": "%(number)s",
        "case.served": _l("%(number)s，%(served_on)s 送达"),
        "case.evidence_added": "SHA-256 %(sha256)s",
    },
    permissions={
        "case:read": _l("查看案件"),
        "case:propose": _l("提请立案"),
        "case:file": _l("批准立案"),
        "case:investigate": _l("承办案件"),
        "case:review": _l("审核案件"),
        "case:extend": _l("延长办案期限"),
        "case:decide": _l("作出处罚决定"),
        "case:drop": _l("终止案件"),
        "case:close": _l("结案"),
    },
    asks={
        "case.file": _l("审批立案"),
        "case.begin": _l("开始调查"),
        "case.investigate": _l("调查并提交审核"),
        "case.review": _l("审核"),
        "case.inform": _l("送达处罚告知"),
        "case.write_decision": _l("填写处罚决定"),
        "case.decide": _l("作出决定"),
        "case.serve": _l("送达决定书"),
    },
)
