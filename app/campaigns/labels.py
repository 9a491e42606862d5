"""Which words stand for campaigns, their states and duties?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.campaigns.rules import CampaignState, DutyKind
from app.web import words

RAIL = _l("专项行动")

STATES = {
    CampaignState.DRAFT: _l("拟定中"),
    CampaignState.RUNNING: _l("进行中"),
    CampaignState.CLOSED: _l("已结束"),
}
SHAPES = {
    CampaignState.DRAFT: "hollow",
    CampaignState.RUNNING: "half",
    CampaignState.CLOSED: "done",
}
DUTIES = {
    DutyKind.ONCE: _l("一次"),
    DutyKind.MONTHLY: _l("每月"),
    DutyKind.QUARTERLY: _l("每季度末"),
    DutyKind.WEEKLY: _l("每周"),
    DutyKind.AT_ONCE: _l("随时"),
    DutyKind.CONDITIONAL: _l("另有部署时"),
}

words.register_facts(
    {
        "campaign.duty_added.duty_kind": DUTIES,
    }
)
words.register(
    refusals={
        "ends_before_start": _l("结束日期早于开始日期，请核对。"),
        "duty_needs_day": _l("请填写报送日期。"),
        "duty_needs_day_of_month": _l("请填写每月几日（1 至 28）。"),
        "campaign_closed": _l("行动已结束，不能再改。"),
        "campaign_not_running": _l("行动尚未部署或已结束，不能派出检查。"),
    },
    events={
        "campaign.drafted": _l("拟定"),
        "campaign.special_added": _l("增加专项"),
        "campaign.duty_added": _l("增加报送要求"),
        "campaign.issued": _l("部署"),
        "campaign.closed": _l("结束"),
        "campaign.task_assigned": _l("派出检查"),
    },
    details={"campaign.task_assigned": _l("检查任务 %(task)s")},
    permissions={
        "campaign:read": _l("查看专项行动"),
        "campaign:draft": _l("拟定专项行动"),
        "campaign:issue": _l("部署专项行动"),
        "campaign:close": _l("结束专项行动"),
        "campaign:assign": _l("按专项行动派出检查"),
    },
    asks={"campaign.issue": _l("部署专项行动")},
)
