"""Which words stand for roles, refusals and events of the people slice?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.kernel.roles import Role
from app.web import words

ROLES = {
    Role.OPERATOR: _l("话务员"),
    Role.TRIAGE_OFFICER: _l("分办员"),
    Role.INSPECTOR: _l("检查员"),
    Role.CASE_OFFICER: _l("办案人员"),
    Role.UNIT_LEADER: _l("单位负责人"),
    Role.SUPERVISOR: _l("督办员"),
    Role.INFORMATION_OFFICER: _l("信息员"),
    Role.STATISTICIAN: _l("统计员"),
    Role.DRAFTER: _l("拟稿人"),
    Role.REVIEWER: _l("审核员"),
    Role.PUBLISHER: _l("公示员"),
    Role.AUDITOR: _l("督察员"),
    Role.SYSTEM_ADMINISTRATOR: _l("系统管理员"),
    Role.SECURITY_ADMINISTRATOR: _l("安全管理员"),
    Role.AUDIT_ADMINISTRATOR: _l("审计管理员"),
}

ACCOUNT = _l("我的账号")

#: What an audit entry, a clock or a line of 待办 is about.
SUBJECTS = {
    "tip": _l("线索"),
    "consultation": _l("咨询"),
    "mediation": _l("投诉调解"),
    "paper": _l("文书"),
    "task": _l("检查任务"),
    "campaign": _l("专项行动"),
    "case": _l("案件"),
    "lead": _l("案源"),
    "letter": _l("案源函件"),
    "reward": _l("举报奖励"),
    "listing": _l("挂牌督办"),
    "supervision": _l("督办"),
    "disclosure": _l("处罚公示"),
    "repair": _l("信用修复"),
    "objection": _l("公示异议"),
    "export": _l("公示报送"),
    "batch": _l("典型案例"),
    "notice": _l("通知通告"),
    "notice_template": _l("公文模板"),
    "manuscript": _l("文稿"),
    "enterprise": _l("企业"),
    "person": _l("账号"),
    "unit": _l("组织单位"),
    "clock": _l("期限"),
    "calendar": _l("工作日历"),
    "code_list": _l("代码表"),
    "storage": _l("附件库"),
    "audit": _l("审计"),
}

#: One sentence for every wrong answer, so that nobody learns which accounts there are.
_WRONG = _l("账号、密码或动态口令不对，或者账号已锁定。连续 5 次不对，锁定 30 分钟。")
SIGN_IN = {
    "wrong": _WRONG,
    "code_wrong": _WRONG,
    "locked": _WRONG,
    "code_needed": _l("这个账号开启了动态口令，请填写。"),
    "source_slowed": _l("尝试过于频繁，请过五分钟再试。"),
    "no_post": _l("这个账号现在没有岗位，请联系安全管理员。"),
}

#: What the trail says of it, to the auditor alone.
WHY = {
    "wrong": _l("账号或密码不对"),
    "code_wrong": _l("动态口令不对"),
    "locked": _l("账号已锁定"),
    "code_needed": _l("没有填动态口令"),
    "source_slowed": _l("来源尝试过多"),
    "no_post": _l("没有岗位"),
}

words.register_facts(
    {
        "person.post_granted.role": ROLES,
        "person.post_ended.role": ROLES,
        "person.sign_in_refused.why": WHY,
    }
)
words.register(
    roles={role.value: word for role, word in ROLES.items()},
    refusals={
        "password_length": _l("密码至少 %(least)s 位，最多 128 位。"),
        "password_kinds": _l("密码须含大写、小写、数字、符号中的三种。"),
        "password_obvious": _l("密码含有账号或太容易猜到的词，请换一个。"),
        "password_wrong": _l("原密码不对。"),
        "password_used": _l("新密码不能与最近 %(count)s 个密码相同。"),
        "account_form": _l("账号用小写字母、数字、点、下划线或连字符，2 到 40 个。"),
        "post_in_past": _l("起始日不能早于今天。"),
        "not_yourself": _l("不能停用自己的账号。"),
        "administrator_alone": _l(
            "系统、安全、审计三类管理员须由不同的人担任，且不得兼任业务岗位。"
        ),
        "account_taken": _l("这个账号已有人使用。"),
        "post_held": _l("此人已在该单位担任这一岗位。"),
        "no_self_grant": _l("不能给自己授权或解除自己的岗位。"),
        "not_your_post": _l("这不是您的岗位。"),
        "totp_code": _l("动态口令不对或已用过，请等下一组数字。"),
    },
    events={
        "person.signed_in": _l("登录"),
        "person.sign_in_refused": _l("登录被拒"),
        "person.signed_out": _l("退出"),
        "person.session_ended": _l("结束会话"),
        "person.password_changed": _l("修改密码"),
        "person.password_reset": _l("重置密码"),
        "person.created": _l("建立账号"),
        "person.amended": _l("修改账号"),
        "person.post_granted": _l("授予岗位"),
        "person.post_ended": _l("解除岗位"),
        "person.totp_set": _l("设置动态口令"),
        "person.totp_revoked": _l("撤销动态口令"),
        "person.post_changed": _l("切换岗位"),
        "person.unlocked": _l("解除锁定"),
    },
    permissions={
        "desk:open": _l("打开工作台"),
        "account:own": _l("管理自己的账号"),
        "person:read": _l("查看账号"),
        "person:keep": _l("管理账号"),
        "post:grant": _l("授予和解除岗位"),
        "factor:revoke": _l("撤销他人动态口令"),
        "session:read": _l("查看会话"),
        "session:end": _l("结束他人会话"),
    },
)
