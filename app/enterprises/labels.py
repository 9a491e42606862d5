"""Which words stand for the enterprises' kinds, states, refusals and events?"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.enterprises.rules import EnterpriseKind, EnterpriseStatus
from app.web import words

KINDS = {
    EnterpriseKind.UNIT: _l("单位"),
    EnterpriseKind.SOLE_TRADER: _l("个体工商户"),
    EnterpriseKind.PERSON: _l("个人"),
}

STATUSES = {
    EnterpriseStatus.ACTIVE: _l("在业"),
    EnterpriseStatus.SUSPENDED: _l("停业"),
    EnterpriseStatus.DEREGISTERED: _l("注销"),
    EnterpriseStatus.REVOKED: _l("吊销"),
}

#: Shape of the mark beside the state: look/README.
STATUS_SHAPES = {
    EnterpriseStatus.ACTIVE: "done",
    EnterpriseStatus.SUSPENDED: "waiting",
    EnterpriseStatus.DEREGISTERED: "stopped",
    EnterpriseStatus.REVOKED: "bad",
}

#: What an entry consists of, for the trail.
PARTICULARS = {
    "name": _l("名称"),
    "kind": _l("类型"),
    "credit_code": _l("统一社会信用代码"),
    "registration_number": _l("注册号"),
    "legal_representative": _l("法定代表人（负责人）"),
    "address": _l("地址"),
    "division_code": _l("属地"),
    "contact": _l("联系人"),
    "phone": _l("电话"),
    "status": _l("状态"),
    "fields": _l("领域"),
    "products": _l("产品"),
    "aliases": _l("别名和曾用名"),
}

words.register_facts(
    {
        "enterprise.registered.kind": KINDS,
    }
)
words.register(
    refusals={
        "enterprise_needs_a_name": _l("请填写名称。"),
        "enterprise_name_too_long": _l("名称最多 %(most)s 个字。"),
        "enterprise_too_many_aliases": _l("别名最多 %(most)s 个。"),
        "enterprise_known": _l(
            "同一属地已有同名企业 %(reference)s，请核对；确是另一家的，请填写信用代码。"
        ),
        "credit_code_length": _l("统一社会信用代码应为 18 位。"),
        "credit_code_character": _l(
            "第 %(at)s 位不是统一社会信用代码的字符；代码里没有字母 I、O、S、V、Z。"
        ),
        "credit_code_authority": _l("首位不是登记管理部门代码，请核对。"),
        "credit_code_organisation": _l("第 9 至 17 位主体标识码的校验不符，请核对。"),
        "credit_code_check": _l("末位校验码不符，请逐位核对。"),
        "credit_code_of_a_person": _l("个人没有统一社会信用代码，请改选类型或清空这一项。"),
        "credit_code_of_another_kind": _l(
            "92 开头的代码属于个体工商户，其余属于单位，请核对类型。"
        ),
        "credit_code_taken": _l("这个代码已登记为 %(reference)s “%(name)s”。"),
        "registration_number_form": _l("注册号应为 15 位数字。"),
        "registration_number_of_another_kind": _l("只有个体工商户还使用 15 位注册号。"),
        "phone_character": _l("电话里有不是号码的字，请核对。"),
        "phone_length": _l("电话号码位数不对，请核对。"),
        "phone_area_code": _l("固定电话请加区号。"),
        "phone_empty": _l("电话里没有号码，请核对。"),
        "division_needed": _l("请选择属地，或者填写带县区名的地址。"),
        "division_ambiguous": _l("地址可能在 %(names)s，请选择属地。"),
        "division_unknown": _l("从地址看不出属地，请选择。"),
        "product_unknown": _l("产品类别不在代码表里，请重新选择。"),
    },
    events={
        "enterprise.registered": _l("登记企业"),
        "enterprise.amended": _l("修改企业"),
    },
    permissions={
        "enterprise:read": _l("查看企业档案"),
        "enterprise:register": _l("登记企业"),
        "enterprise:amend": _l("修改企业档案"),
    },
)


def changed(facts: Mapping[str, object]) -> str:
    """Return which particulars an amendment changed, in words; empty for other events."""
    names = str(facts.get("changed") or "")
    return "、".join(str(PARTICULARS[name]) for name in names.split(",") if name)
