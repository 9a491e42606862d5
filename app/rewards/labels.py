"""Which words stand for rewards, their states, acts and refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.mediations.labels import WAYS
from app.rewards.rules import Check, Grade, RewardState
from app.web import words

__all__ = ["WAYS"]

RAIL = _l("举报奖励")

STATES = {
    RewardState.PROPOSED: _l("待审核"),
    RewardState.REVIEWED: _l("待批准"),
    RewardState.APPROVED: _l("待告知"),
    RewardState.TOLD: _l("待领取"),
    RewardState.CLAIMED: _l("待发放"),
    RewardState.PAID: _l("已发放"),
    RewardState.REFUSED: _l("不予奖励"),
    RewardState.GIVEN_UP: _l("举报人放弃"),
    RewardState.LAPSED: _l("逾期未领"),
}
SHAPES = {
    RewardState.PROPOSED: "hollow",
    RewardState.REVIEWED: "half",
    RewardState.APPROVED: "waiting",
    RewardState.TOLD: "waiting",
    RewardState.CLAIMED: "half",
    RewardState.PAID: "done",
    RewardState.REFUSED: "stopped",
    RewardState.GIVEN_UP: "stopped",
    RewardState.LAPSED: "stopped",
}
VIEWS = {
    "open": _l("在办"),
    "paid": _l("已发放"),
    "stopped": _l("未发放"),
    "all": _l("全部"),
    "possible": _l("可以提出"),
}
GRADES = {
    Grade.FIRST: _l("一级：罚没款的百分之五，不低于 5000 元"),
    Grade.SECOND: _l("二级：罚没款的百分之三，不低于 3000 元"),
    Grade.THIRD: _l("三级：罚没款的百分之一，不低于 1000 元"),
}
SHORT_GRADES = {Grade.FIRST: _l("一级"), Grade.SECOND: _l("二级"), Grade.THIRD: _l("三级")}
CHECKS = {Check.CODE: _l("凭受理号和查询码"), Check.IDENTITY: _l("核对身份，查看已留痕")}
#: The words on each act's button.
ACTS = {
    "review": _l("审核同意"),
    "consult": _l("登记商财政"),
    "approve": _l("批准"),
    "refuse": _l("不予奖励"),
    "tell": _l("登记告知"),
    "claim": _l("登记领取"),
    "pay": _l("登记发放"),
    "give_up": _l("举报人放弃"),
    "lapse": _l("逾期未领"),
}
#: What stands over the fields of an act.
HINTS = {
    "review": _l("核对举报内容与查实的事实、等级和金额。"),
    "consult": _l("单笔五十万元以上的，批准前须商财政部门。"),
    "approve": _l("提出、审核、批准由三个人分别办理。"),
    "refuse": _l("写明为什么不予奖励。"),
    "tell": _l("告知后，举报人查进度时看到领取方式和日期，看不到金额。"),
    "claim": _l(
        "请领取人说出查询码；没有查询码的，先在举报页面以“办理举报奖励”为用途查看身份并核对。"
    ),
    "pay": _l("按发放单发放，登记凭证号。"),
    "give_up": _l("写明举报人怎样表示放弃。"),
    "lapse": _l("过了告知的领取日期仍未领取。"),
}
#: The heads of the exported list.
COLUMNS = (
    _l("编号"), _l("举报编号"), _l("案件"), _l("单位"), _l("等级"), _l("罚没款（元）"),
    _l("奖励金额（元）"), _l("状态"), _l("提出日期"), _l("批准日期"), _l("发放日期"),
)  # fmt: skip

words.register_facts(
    {
        "reward.claimed.check": CHECKS,
    }
)
words.register(
    refusals={
        "reward_not_a_report": _l("投诉没有奖励，只有举报可以奖励。"),
        "reward_not_real_name": _l("只奖励实名举报。"),
        "reward_natural_person": _l("只奖励自然人，请核实后勾选。"),
        "reward_not_proved": _l("案件查证属实并结案后才能奖励。"),
        "reward_taken": _l("这件举报已经有奖励在办或者已经发放。"),
        "reward_amount": _l("金额须大于零，不超过该等级的 %(most)s 元。"),
        "reward_cap": _l("每案奖励合计不超过 100 万元，这一案还可以奖励 %(left)s 元。"),
        "reward_share_reason": _l("同案另有奖励，或者金额少于等级数额，请写明怎样分配和理由。"),
        "reward_finance_first": _l("单笔五十万元以上，请先商财政部门。"),
        "reward_no_finance": _l("单笔不到五十万元，不用商财政部门。"),
        "reward_day": _l("日期应在上一步之后、今天以前（含今天）。"),
        "reward_claim_until": _l("领取的最后日期应在告知之后。"),
        "reward_still_open": _l("领取日期还没有过。"),
        "reward_code_wrong": _l("查询码不对，不能凭它领取。"),
        "reward_unchecked": _l("请填写查询码，或者先以“办理举报奖励”为用途查看并核对举报人身份。"),
    },
    events={
        "reward.proposed": _l("提出奖励"),
        "reward.reviewed": _l("审核同意"),
        "reward.consulted": _l("商财政部门"),
        "reward.approved": _l("批准奖励"),
        "reward.refused": _l("不予奖励"),
        "reward.told": _l("告知举报人"),
        "reward.claimed": _l("举报人领取"),
        "reward.paid": _l("发放奖励"),
        "reward.given_up": _l("举报人放弃"),
        "reward.lapsed": _l("逾期未领"),
    },
    details={
        "reward.proposed": _l("举报 %(tip)s，案件 %(case)s，%(amount)s 元"),
        "reward.consulted": _l("%(on)s，%(letter)s"),
        "reward.approved": _l("%(amount)s 元"),
        "reward.paid": _l("%(on)s，%(amount)s 元"),
    },
    permissions={
        "reward:read": _l("查看举报奖励"),
        "reward:propose": _l("提出举报奖励"),
        "reward:review": _l("审核举报奖励"),
        "reward:refuse": _l("决定不予奖励"),
        "reward:approve": _l("批准举报奖励"),
        "reward:handle": _l("告知、发放举报奖励"),
    },
    asks={
        "reward.review": _l("审核举报奖励"),
        "reward.consult": _l("商财政部门"),
        "reward.approve": _l("批准举报奖励"),
        "reward.tell": _l("告知举报人"),
        "reward.pay": _l("发放奖励"),
    },
)
