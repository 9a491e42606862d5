"""Which words stand for official documents and their refusals?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.papers.rules import PaperKind, Recipient
from app.web import words

KINDS = {
    PaperKind.COMPLAINT_FORM: _l("投诉登记表"),
    PaperKind.REPORT_FORM: _l("举报登记表"),
    PaperKind.FORWARDING: _l("投诉/举报分送通知书"),
    PaperKind.IDENTITY_DEMAND: _l("限期提供身份证明材料通知书"),
    PaperKind.ACCEPTANCE: _l("投诉受理决定书"),
    PaperKind.REFUSAL: _l("投诉不予受理决定书"),
    PaperKind.MEDIATION_NOTICE: _l("投诉调解通知书"),
    PaperKind.MEDIATION_END: _l("投诉终止调解决定书"),
    PaperKind.MEDIATION_LETTER: _l("投诉调解书"),
    PaperKind.REPORT_RESULT: _l("举报处理结果告知书"),
}
RECIPIENTS = {
    Recipient.FILE: _l("存档"),
    Recipient.REPORTER: _l("来件人"),
    Recipient.TRADER: _l("被投诉人"),
    Recipient.BOTH: _l("双方"),
    Recipient.UNIT: _l("承办单位"),
}

words.register(
    refusals={
        "paper_does_not_fit": _l("现在不能制作这种文书。"),
        "paper_issued_already": _l("这份文书已经制作过。"),
        "until_needed": _l("请填写今天之后的限期。"),
        "reply_not_owed": _l("没有还要告知举报人的决定。"),
        "told_way": _l("请选择告知方式。"),
        "told_in_future": _l("告知日期不能晚于今天。"),
        "served_on": _l("送达日期应在制作之日到今天之间。"),
        "typesetting_failed": _l("文书排版失败，请稍后再试。"),
    },
    events={
        "tip.paper_issued": _l("制作文书"),
        "tip.paper_served": _l("登记送达"),
        "tip.reporter_told": _l("告知举报人是否立案"),
    },
    details={
        "tip.paper_issued": _l("文书 %(number)s"),
        "tip.paper_served": _l("文书 %(number)s"),
        "tip.reporter_told": _l("%(on)s告知"),
    },
    permissions={
        "paper:read": _l("查看文书"),
        "paper:issue": _l("制作文书"),
        "paper:serve": _l("登记文书送达"),
        "reporter:tell": _l("登记告知举报人"),
    },
    asks={"tip.tell_reporter": _l("告知举报人是否立案")},
)
