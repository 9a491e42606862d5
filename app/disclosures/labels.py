"""Which words stand for states, marks, grounds and refusals of disclosures?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.consistency import Check
from app.disclosures.rules import (
    DisclosureState,
    Ending,
    Ground,
    KeepGround,
    Ruling,
    Tier,
    WithdrawalGround,
)
from app.kernel.docx import Place
from app.kernel.jobs import JobState
from app.kernel.redaction import Kind, Source
from app.web import words

STATES = {
    DisclosureState.DRAFTING: _l("起草中"),
    DisclosureState.SUBMITTED: _l("待审核"),
    DisclosureState.RETURNED: _l("已退回"),
    DisclosureState.APPROVED: _l("已批准，待发布"),
    DisclosureState.PUBLISHED: _l("已公示"),
    DisclosureState.WITHDRAWN: _l("已撤下"),
    DisclosureState.NOT_DISCLOSED: _l("不予公示"),
    DisclosureState.CORRECTED: _l("已更正"),
    DisclosureState.ENDED: _l("已停止公示"),
    DisclosureState.DROPPED: _l("已放弃"),
}
SHAPES = {
    DisclosureState.DRAFTING: "half",
    DisclosureState.SUBMITTED: "waiting",
    DisclosureState.RETURNED: "waiting",
    DisclosureState.APPROVED: "half",
    DisclosureState.PUBLISHED: "done",
    DisclosureState.WITHDRAWN: "stopped",
    DisclosureState.NOT_DISCLOSED: "stopped",
    DisclosureState.CORRECTED: "stopped",
    DisclosureState.ENDED: "stopped",
    DisclosureState.DROPPED: "stopped",
}
GROUNDS = {
    Ground.WARNING_ONLY: _l("仅受到警告（令45 第2条）"),
    Ground.MINOR: _l("当事人是未成年人"),
    Ground.SECRET: _l("涉及国家秘密（令45 第5条）"),
    Ground.PRIVACY: _l("涉及商业秘密或者个人隐私（令45 第6条）"),
    Ground.SAFETY: _l("可能危及国家安全、公共安全、经济安全、社会稳定（令45 第5条）"),
    Ground.OTHER: _l("其他法定情形"),
}
WITHDRAWALS = {
    WithdrawalGround.CHANGED: _l("处罚决定被变更"),
    WithdrawalGround.REVOKED: _l("处罚决定被撤销"),
    WithdrawalGround.UNLAWFUL: _l("处罚决定被确认违法"),
    WithdrawalGround.VOID: _l("处罚决定被确认无效"),
    WithdrawalGround.MISTAKE: _l("公示有误"),
}
OVERTURNED = {
    ground: word for ground, word in WITHDRAWALS.items() if ground is not WithdrawalGround.MISTAKE
}
ENDINGS = {
    Ending.EXPIRED: _l("公示期已满"),
    Ending.CORRECTED: _l("已更正"),
    Ending.REPAIRED: _l("信用修复，提前停止公示"),
    Ending.DEREGISTERED: _l("企业已注销，停止公示"),
}
KEEP_GROUNDS = {
    KeepGround.UNIT_ADDRESS: _l("单位的经营场所"),
    KeepGround.OWN_PREMISES: _l("当事人住所与经营场所一致"),
    KeepGround.UNIT_CONTACT: _l("单位对外公布的联系方式"),
    KeepGround.NOT_AN_IDENTIFIER: _l("只是形式相似，不是这类信息"),
}
#: How the decided penalties of a scope stand with their publication.
PUNCTUALITY = {
    "in_time": _l("按期公示"),
    "late": _l("逾期公示"),
    "running": _l("期限内，尚未公示"),
    "overdue": _l("已超期，尚未公示"),
}
RULINGS = {
    Ruling.HIDDEN: _l("隐去"),
    Ruling.KEPT: _l("保留"),
    Ruling.OPEN: _l("待定"),
}
RULING_SHAPES = {Ruling.HIDDEN: "done", Ruling.KEPT: "stopped", Ruling.OPEN: "waiting"}
KINDS = {
    Kind.PERSON: _l("姓名"),
    Kind.RESIDENT_ID: _l("身份证件号码"),
    Kind.PASSPORT: _l("护照号码"),
    Kind.BANK_CARD: _l("银行账号"),
    Kind.MOBILE: _l("手机号码"),
    Kind.LANDLINE: _l("固定电话"),
    Kind.EMAIL: _l("电子邮箱"),
    Kind.PLATE: _l("车牌号"),
    Kind.SOCIAL: _l("微信、QQ 等账号"),
    Kind.ADDRESS: _l("详细住址"),
    Kind.OTHER: _l("其他不宜公开的内容"),
}
SOURCES = {
    Source.KNOWN: _l("案件中登记的"),
    Source.CHECKED: _l("校验码相符"),
    Source.LABELLED: _l("前面写明了是什么"),
    Source.PATTERN: _l("形式相符"),
    Source.VARIANT: _l("与登记的姓名相似"),
    Source.SUGGESTION: _l("可能是姓名，请判断"),
    Source.QUESTION: _l("请判断"),
}
QUESTIONS = {
    Kind.PERSON: _l("在企业名称里，或者也是常用词，请判断"),
    Kind.ADDRESS: _l("当事人的经营场所，请判断"),
}
DISAGREEMENTS = {
    Check.NUMBER: _l("文号不一致：写的是 %(here)s，决定书文号是 %(there)s"),
    Check.NUMBER_MISSING: _l("决定书正文开头没有文号 %(here)s"),
    Check.CAPITALS: _l("金额 %(here)s 与大写 %(there)s 不一致"),
    Check.AMOUNT_MISSING: _l("正文和摘要里应当都有“%(here)s”的金额"),
    Check.SUM: _l("合计 %(here)s 与各项之和 %(there)s 不一致"),
    Check.DAY: _l("落款日期 %(here)s 与决定日期 %(there)s 不一致"),
    Check.DAY_IMPOSSIBLE: _l("没有 %(here)s 这一天"),
    Check.DAYS_REVERSED: _l("起止日期颠倒：%(here)s 至 %(there)s"),
    Check.DAY_AFTER: _l("%(here)s 在决定日期 %(there)s 之后，请核对"),
    Check.CODE: _l("统一社会信用代码不一致：正文 %(here)s，摘要 %(there)s"),
    Check.CODE_WRONG: _l("统一社会信用代码 %(here)s 校验不符"),
    Check.RESIDENT: _l("身份证件号码（尾号 %(here)s）校验码不符，请核对"),
    Check.PARTY: _l("“%(here)s”与当事人名称“%(there)s”差一个字，请核对"),
    Check.PARTY_MISSING: _l("正文里没有当事人名称“%(here)s”"),
    Check.AUTHORITY: _l("机关不一致：正文 %(here)s，摘要 %(there)s"),
}
PLACES = {
    Place.HEADER: _l("页眉"),
    Place.FOOTER: _l("页脚"),
    Place.FOOTNOTE: _l("脚注"),
    Place.ENDNOTE: _l("尾注"),
    Place.COMMENT: _l("批注"),
    Place.TEXTBOX: _l("文本框"),
    Place.INSERTED: _l("修订中插入的文字，已在正文里"),
    Place.DELETED: _l("修订中删除的文字"),
    Place.HIDDEN: _l("隐藏文字"),
    Place.FAINT: _l("看不清的文字，已在正文里"),
    Place.FIELD: _l("域代码"),
    Place.ALT_TEXT: _l("图片的替代文字"),
    Place.PROPERTY: _l("文件属性"),
    Place.LINK: _l("链接"),
    Place.AUTHOR: _l("作者"),
    Place.BOOKMARK: _l("书签"),
    Place.EMBEDDED: _l("嵌入的文件"),
    Place.OTHER: _l("其他部分"),
}
TIERS = {
    Tier.MINOR: _l("轻微档"),
    Tier.ORDINARY: _l("一般档"),
    Tier.SEVERE: _l("严重档"),
    Tier.GRAVE: _l("严重档，不得提前停止"),
}
VIEWS = {
    "pending": _l("待起草"),
    "open": _l("办理中"),
    "published": _l("已公示"),
    "closed": _l("已撤下、已停止、不予公示"),
    "all": _l("全部"),
}
BUTTONS = {
    "submit": _l("提交审核"),
    "return": _l("退回修改"),
    "revoke": _l("撤销批准"),
    "decline": _l("不予公示"),
    "withdraw": _l("撤下"),
    "hide_certain": _l("确定的全部隐去"),
    "correct": _l("更正"),
    "overturn": _l("登记处罚决定变动"),
    "drop": _l("放弃这一版"),
}
JOBS = {
    JobState.WAITING: _l("排队等待生成 PDF"),
    JobState.RUNNING: _l("正在生成 PDF 并复读比对"),
    JobState.DONE: _l("已生成"),
    JobState.FAILED: _l("没有发布"),
}
JOB_SHAPES = {
    JobState.WAITING: "hollow",
    JobState.RUNNING: "half",
    JobState.DONE: "done",
    JobState.FAILED: "bad",
}
#: By the class of what went wrong; anything else is told as unforeseen.
FAULTS = {
    "StillShown": _l("复读成品时发现应隐去的内容仍在，已停止发布。请撤销批准后修改。"),
    "TypesettingError": _l("排版没有完成。请核对文本后重试，仍不行的联系系统管理员。"),
    "NotAllowed": _l("批准人已不在这个岗位，须由现任审核人重新批准。"),
    "Refused": _l("内容与批准时不同，批准已失效。"),
    "SignatureRefused": _l("签名证书不能使用，没有发布。请系统管理员更换证书，再重试。"),
}
UNFORESEEN = _l("出了意料之外的问题，没有发布。请重试，仍不行的联系系统管理员。")

words.register(
    refusals={
        "case_not_decided": _l("案件还没有作出处罚决定，不能起草公示。"),
        "warning_only_not_shown": _l("仅受到警告的处罚不公示（令45 第2条）。"),
        "disclosed_already": _l("这个案件已经有公示 %(reference)s。"),
        "second_person_needed": _l("提出脱敏的人和批准公示的人不能是同一人，请由另一人审核。"),
        "case_handler_cannot_release": _l("本案的办案人员不能批准公示（令45 第19条）。"),
        "marks_undecided": _l("还有 %(count)s 处标记没有决定隐去还是保留。"),
        "marks_uneven": _l("有 %(count)s 处同样的内容有的隐去、有的保留，请改为一致。"),
        "first_text_is_served": _l("这一版的正文是送达的决定书，不能改字；要换正文，请从文件取。"),
        "words_not_once": _l("这些文字在原文中有 %(count)s 处，请多写几个字，使它只有一处。"),
        "words_not_there": _l("原文中没有这些文字，请照原文填写。"),
        "words_unchanged": _l("改后的文字与原文相同。"),
        "words_hide": _l("改字不能用来隐去内容，请用标记遮盖。"),
        "text_disagrees": _l("有 %(count)s 处前后不一致，请先改正：见“前后一致”。"),
        "decision_file_type": _l("只收 .docx 和 .txt 文件。"),
        "mark_reason_needed": _l("请写明理由。"),
        "mark_ground_needed": _l("这类信息只能依列出的依据保留，请选择一项。"),
        "mark_never_kept": _l("自然人的证件号码、电话和银行账号一律隐去，不能保留。"),
        "version_underway": _l("已经有更正的一版 %(reference)s。"),
        "corrected_is_over": _l("被更正的公示 %(reference)s 已经停止，不能再更正。"),
        "later_version_only_dropped": _l("这是更正的一版，可以放弃这一版，或者撤下原公示。"),
        "first_version_not_dropped": _l("首次公示不能放弃，可以由单位负责人决定不予公示。"),
        "overturned_already": _l("已经登记：处罚决定于 %(day)s 变动。"),
        "overturned_day_needed": _l("请填写处罚决定变动之日：三个工作日从这一天起算。"),
        "overturned_day_impossible": _l("这一天须在作出决定之后、今天或者今天之前。"),
        "mistake_is_not_overturned": _l("公示有误不是处罚决定变动，请更正或者撤下。"),
        "premises_not_agreed": _l(
            "有 %(count)s 处自然人的经营场所地址保留，请核对理由，同意的请勾选。"
        ),
        "mark_too_short": _l("至少两个字，一个字会误伤正文。"),
        "mark_not_found": _l("决定书原文里没有这段文字，请照原文填写。"),
        "still_shown": _l("有 %(count)s 处隐去的内容在别处仍然看得到，请补充标记。"),
        "disclosure_reason_needed": _l("请写明理由。"),
        "content_changed": _l("内容与批准时不同，批准已失效。"),
        "job_still_running": _l("正在生成，请稍候。"),
        "search_too_slow": _l("查询用时过长，请多输入几个字。"),
    },
    events={
        "disclosure.drafted": _l("起草公示"),
        "disclosure.publish": _l("制作公示文件"),
        "disclosure.amended": _l("修改摘要"),
        "disclosure.ruled": _l("裁定标记"),
        "disclosure.text_taken": _l("从文件取决定书正文"),
        "disclosure.reworded": _l("更正正文"),
        "disclosure.marked": _l("补充标记"),
        "disclosure.submitted": _l("提交审核"),
        "disclosure.returned": _l("退回修改"),
        "disclosure.approved": _l("批准公示"),
        "disclosure.premises_kept": _l("同意保留自然人的经营场所地址"),
        "disclosure.revoked": _l("撤销批准"),
        "disclosure.voided": _l("批准失效"),
        "disclosure.retried": _l("重新生成"),
        "disclosure.published": _l("公示"),
        "disclosure.declined": _l("不予公示"),
        "disclosure.withdrawn": _l("撤下"),
        "disclosure.correcting": _l("着手更正"),
        "disclosure.redrafted": _l("起草更正的一版"),
        "disclosure.overturned": _l("登记处罚决定变动"),
        "disclosure.dropped": _l("放弃这一版"),
        "disclosure.ended": _l("停止公示"),
    },
    details={
        "disclosure.correcting": _l("%(version)s：%(reason)s"),
        "disclosure.redrafted": _l("更正 %(corrects)s：%(reason)s"),
        "disclosure.overturned": _l("自 %(on)s 起"),
        "disclosure.ruled": _l("隐去 %(hidden)s 处，保留 %(kept)s 处，待定 %(undecided)s 处"),
        "disclosure.marked": _l("%(places)s 处：%(reason)s"),
        "disclosure.text_taken": _l("%(file)s，另有 %(hidden)s 处不在正文里"),
        "disclosure.published": _l("公示至 %(until)s"),
        "disclosure.voided": _l("内容与批准时不同"),
        "disclosure.premises_kept": _l("%(places)s 处"),
    },
    permissions={
        "disclosure:read": _l("查看处罚公示"),
        "disclosure:draft": _l("起草处罚公示"),
        "disclosure:approve": _l("批准处罚公示"),
        "disclosure:decline": _l("决定不予公示"),
        "disclosure:withdraw": _l("撤下处罚公示"),
        "disclosure:overturn": _l("登记处罚决定变动"),
    },
    asks={
        "disclosure.begin": _l("起草处罚公示"),
        "disclosure.finish": _l("裁定标记并提交审核"),
        "disclosure.correct": _l("按退回意见修改"),
        "disclosure.release": _l("审核公示"),
        "disclosure.retry": _l("重新生成公示文件"),
        "disclosure.take_back": _l("撤下处罚公示（决定已变动）"),
    },
)

#: What a party may ask for about something shown: the page that takes it in, and who may.
REQUESTS = (
    ("repairs.receive", _l("登记信用修复申请"), "repair:receive"),
    ("objections.receive", _l("登记异议"), "objection:receive"),
)

RAIL = _l("处罚公示")
