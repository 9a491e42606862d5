"""Which words stand for notices, their kinds, states and refusals?"""

from __future__ import annotations

from dataclasses import asdict

from flask_babel import lazy_gettext as _l

from app.notices.numbering import Fault
from app.notices.rules import NoticeKind, NoticeState, Openness
from app.web import words

RAIL = _l("通知通告")
TEMPLATES = _l("公文模板")

KINDS = {
    NoticeKind.NOTICE: _l("通知"),
    NoticeKind.PUBLIC_NOTICE: _l("通告"),
    NoticeKind.ANNOUNCEMENT: _l("公告"),
    NoticeKind.CIRCULAR: _l("通报"),
    NoticeKind.LETTER: _l("函"),
    NoticeKind.TYPICAL_CASES: _l("典型案例通报"),
    NoticeKind.CONSUMER_WARNING: _l("消费警示"),
}
STATES = {
    NoticeState.DRAFTING: _l("拟稿中"),
    NoticeState.SUBMITTED: _l("待核稿"),
    NoticeState.REVIEWED: _l("待签发"),
    NoticeState.SIGNED: _l("排版中"),
    NoticeState.PUBLISHED: _l("已印发"),
    NoticeState.REPLACED: _l("已被替代"),
    NoticeState.WITHDRAWN: _l("已撤下"),
}
SHAPES = {
    NoticeState.DRAFTING: "hollow",
    NoticeState.SUBMITTED: "waiting",
    NoticeState.REVIEWED: "waiting",
    NoticeState.SIGNED: "half",
    NoticeState.PUBLISHED: "done",
    NoticeState.REPLACED: "stopped",
    NoticeState.WITHDRAWN: "stopped",
}
OPENNESS = {
    Openness.OPEN: _l("主动公开"),
    Openness.ON_REQUEST: _l("依申请公开"),
    Openness.CLOSED: _l("不予公开"),
}
#: What each kind is for and asks for, beside its name when a draft begins.
GUIDES = {
    NoticeKind.NOTICE: _l("部署工作、告知事项，须有主送单位"),
    NoticeKind.PUBLIC_NOTICE: _l("向社会公布应当遵守或者周知的事项，主动公开"),
    NoticeKind.ANNOUNCEMENT: _l("向社会宣布重要事项，主动公开"),
    NoticeKind.CIRCULAR: _l("表扬、批评或者通报情况，须有主送单位，一般不公开"),
    NoticeKind.LETTER: _l("同级之间商洽、询问、答复，信函格式，须有主送单位"),
    NoticeKind.TYPICAL_CASES: _l("集中公布典型案例，主动公开"),
    NoticeKind.CONSUMER_WARNING: _l("提醒消费者注意风险，主动公开"),
}
#: Why a signed notice did not go out, by the class of what went wrong; else the first.
NOT_SET = _l("排版没有成功，文稿未印发。可以重新排版，或者撤回签发、改好再送核。")
FAULTS = {
    "SignatureRefused": _l("签名证书不能使用，文稿未印发。请系统管理员更换证书，再重新排版。"),
}
#: Instead of its state.
STUCK = _l("未能印发")
#: Stands in the preview until there is a title.
UNTITLED = _l("（未填标题）")
NO_KIND = _l("先选文种和公开属性，再看版面。")
VIEWS = {"ours": _l("本局印发"), "to_us": _l("发给本局"), "all": _l("全部")}

words.register_facts(
    {
        "notice.published.openness": OPENNESS,
    }
)
words.register(
    refusals={
        "signer_is_drafter": _l("拟稿人不能签发自己拟的稿，请由另一位负责人签发。"),
        "reviewer_is_drafter": _l("拟稿人不能核自己拟的稿，请由另一位核稿人核稿。"),
        "kind_is_public": _l("这一文种面向公众，只能主动公开；内容不宜公开的，请改用通知或通报。"),
        "numbering_gap": _l("第 %(line)s 行的编号“%(found)s”跳号了，应为“%(wanted)s”。"),
        "numbering_double": _l("第 %(line)s 行的编号“%(found)s”重复了，应为“%(wanted)s”。"),
        "numbering_level": _l(
            "第 %(line)s 行的“%(found)s”没有上一级标题，层次依次为“一、”“（一）”“1.”“（1）”。"
        ),
        "numbering_unnumbered": _l("第 %(line)s 行的标题还没有编号，应为“%(wanted)s”。"),
        "too_many_files": _l("一份文件最多带 %(most)s 个附件。"),
        "cannot_typeset": _l("现在排不出版面：%(details)s。请检查正文后再试。"),
        "nobody_to_urge": _l("没有需要催收的单位：未签收的今天都已催过。"),
        "unknown_place": _l("没有“%(name)s”这个数据项，请从列出的数据项中选用。"),
        "period_backwards": _l("统计止日不能早于统计起日。"),
        "template_name_taken": _l("已有同名的模板，请换一个名称。"),
        "basis_needed": _l("不主动公开的，请写明依据。"),
        "addressees_needed": _l("请选择主送单位。"),
    },
    events={
        "notice.drafted": _l("拟稿"),
        "notice.publish": _l("制作通知通告文件"),
        "notice.amended": _l("修改"),
        "notice.file_added": _l("加附件"),
        "notice.file_removed": _l("去附件"),
        "notice.submitted": _l("送核"),
        "notice.reviewed": _l("核稿"),
        "notice.returned": _l("退回修改"),
        "notice.signed": _l("签发"),
        "notice.reopened": _l("撤回签发"),
        "notice.published": _l("印发"),
        "notice.acknowledged": _l("签收"),
        "notice.urged": _l("催收"),
        "notice.replaced": _l("被替代"),
        "notice.withdrawn": _l("撤下"),
        "notice_template.kept": _l("保存公文模板"),
    },
    details={
        "notice.file_added": _l("附件 %(name)s"),
        "notice.file_removed": _l("附件 %(name)s"),
        "notice.urged": _l("催 %(units)s"),
        "notice.replaced": _l("替代文号 %(number)s"),
        "notice.signed": _l("文号 %(number)s"),
        "notice.reopened": _l("%(reason)s（文号 %(number)s 留待再次签发）"),
    },
    permissions={
        "notice:read": _l("查看通知"),
        "notice:draft": _l("拟稿"),
        "notice:review": _l("核稿"),
        "notice:return": _l("退回文稿"),
        "notice:sign": _l("签发通知"),
        "notice:urge": _l("催收"),
        "notice_template:read": _l("查看公文模板"),
        "notice_template:keep": _l("维护公文模板"),
        "notice:withdraw": _l("撤下通知"),
        "notice:acknowledge": _l("签收通知"),
    },
    asks={
        "notice.review": _l("核稿"),
        "notice.sign": _l("签发通知"),
        "notice.stuck": _l("处理未能印发的文稿"),
        "notice.urged": _l("签收通知（已催收）"),
        "notice.finish": _l("完成拟稿"),
        "notice.acknowledge": _l("签收通知"),
    },
)


def fault(found: Fault) -> str:
    """Say what is wrong with a number."""
    return words.refusal(f"numbering_{found.code}", asdict(found))
