"""Which words stand for kinds, levels, refusals and events of units?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.units.rules import Business, UnitKind, UnitLevel
from app.web import words

KINDS = {
    UnitKind.BUREAU: _l("局"),
    UnitKind.BRANCH: _l("分局"),
    UnitKind.SECTION: _l("科室"),
    UnitKind.CORPS: _l("稽查队"),
    UnitKind.STATION: _l("所"),
    UnitKind.INSTITUTE: _l("检测机构"),
    UnitKind.ASSOCIATION: _l("消费者协会"),
}
LEVELS = {
    UnitLevel.NATION: _l("国家"),
    UnitLevel.PROVINCE: _l("省级"),
    UnitLevel.CITY: _l("市级"),
    UnitLevel.COUNTY: _l("县级"),
    UnitLevel.TOWN: _l("乡镇街道"),
}
BUSINESS = {
    Business.GENERAL: _l("全部业务"),
    Business.TIPS: _l("投诉举报"),
    Business.INSPECTIONS: _l("监督检查"),
    Business.CAMPAIGNS: _l("专项行动"),
    Business.CASES: _l("案件查办"),
    Business.DISCLOSURES: _l("处罚公示"),
}

words.register(
    refusals={
        "unit_too_deep": _l("层级太深，最多 12 级。"),
        "unit_above_parent": _l("单位的层级不能高于上级单位。"),
        "unit_below_child": _l("单位的层级不能低于它的下级单位。"),
        "bureau_beside_bureau": _l("同一级的局不能互为上下级。"),
        "unit_code_form": _l("单位代码只用小写字母、数字和连字符，最多 30 个。"),
        "unit_code_taken": _l("这个单位代码已经用过。"),
        "unit_name_taken": _l("已有同名单位。"),
        "unit_below_itself": _l("不能移到自己或自己的下级下面。"),
        "unit_already_there": _l("它已经在这个上级下面。"),
        "unit_is_closed": _l("这个单位已经撤销。"),
        "unit_has_parts": _l("它还有在用的下级单位，请先移走或撤销下级。"),
        "parent_is_closed": _l("上级单位已经撤销，不能恢复。"),
        "unit_division_form": _l("行政区划代码是六位数字（GB/T 2260）。"),
        "unit_division_unknown": _l("没有这个行政区划代码。"),
        "jurisdiction_held": _l("它在这段时间已经管辖这个区划。"),
        "jurisdiction_taken": _l("%(unit)s在这段时间管辖这个区划，请先终止它的管辖。"),
        "jurisdiction_over": _l("这项管辖已经终止。"),
        "ends_before_it_begins": _l("最后一日早于起始日，请核对。"),
        "line_superior": _l("请选择另一个在用的单位。"),
        "line_held": _l("这项业务已经另有报告对象，请先取消。"),
    },
    events={
        "unit.created": _l("设立单位"),
        "unit.amended": _l("修改单位"),
        "unit.moved": _l("调整隶属"),
        "unit.closed": _l("撤销单位"),
        "unit.reopened": _l("恢复单位"),
        "unit.jurisdiction_added": _l("增加管辖"),
        "unit.jurisdiction_ended": _l("终止管辖"),
        "unit.line_set": _l("设定报告对象"),
        "unit.line_ended": _l("取消报告对象"),
    },
    details={
        "unit.moved": _l("由 %(from_unit)s 移至 %(to_unit)s"),
        "unit.jurisdiction_added": _l("%(division)s，%(since)s 起"),
        "unit.jurisdiction_ended": _l("%(division)s，至 %(last_day)s"),
        "unit.line_set": _l("报告至 %(superior)s"),
        "unit.line_ended": _l("不再报告至 %(superior)s"),
    },
    permissions={"unit:read": _l("查看单位"), "unit:keep": _l("管理单位")},
)
