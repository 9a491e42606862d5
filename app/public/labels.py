"""Which words do visitors read for steps, answers and refusals?"""

from __future__ import annotations

from datetime import date

from flask_babel import lazy_gettext as _l

from app.disclosures.rules import WithdrawalGround
from app.kernel.signature import Chain
from app.mediations.rules import Ending, MediationState
from app.public.rules import Door
from app.tips.labels import WISHES
from app.tips.rules import ORDER_121, TipKind, TipState, order_at
from app.web import words

__all__ = ["KINDS", "STANDINGS", "STEPS", "WISHES"]

#: What the report door asks first.
KINDS = {
    TipKind.COMPLAINT: _l("投诉：请求退货、赔偿等"),
    TipKind.REPORT: _l("举报：反映有人违法"),
}
KIND_NOTES = {
    TipKind.COMPLAINT: _l("为生活消费买的，须留下真实姓名和电话，由市场监管部门组织调解"),
    TipKind.REPORT: _l("可以匿名，由市场监管部门核查"),
}
STANDINGS = {
    "real_name": _l("留下姓名和电话"),
    "anonymous": _l("匿名"),
}
STANDING_NOTES = {
    "real_name": _l("只用于核实和答复，与内容分开加密保存"),
    "anonymous": _l("只能举报，不能投诉；凭受理号和查询码查进度"),
}

#: The steps of a tip: title and what it means, without names or inner reasons.
STEPS = {
    (TipKind.COMPLAINT, "received"): (_l("收到"), _l("七个工作日内决定是否受理，并告诉您。")),
    (TipKind.COMPLAINT, "accepted"): (_l("受理"), _l("属于受理范围的，予以受理。")),
    (TipKind.COMPLAINT, "mediation"): (_l("调解"), _l("双方同意的，受理之日起六十日内完成。")),
    (TipKind.COMPLAINT, "result"): (_l("结果"), _l("达成协议或者终止调解后告诉您。")),
    (TipKind.REPORT, "received"): (_l("收到"), _l("转给有管辖权的市场监管部门。")),
    (TipKind.REPORT, "verification"): (
        _l("核查"),
        _l("十五个工作日内核查，决定是否立案；可以延长十五个工作日。"),
    ),
    (TipKind.REPORT, "filed"): (_l("立案"), _l("依法调查，办案细节在结案前不公开。")),
    (TipKind.REPORT, "result"): (_l("处理结果"), _l("作出处罚的，依法在本站公示。")),
}
#: What 令20 says otherwise of complaints that were received while it was law (art. 21).
OLD_STEPS = {
    (TipKind.COMPLAINT, "mediation"): (
        _l("调解"),
        _l("双方同意的，受理之日起四十五个工作日内完成。"),
    ),
}


def step(kind: TipKind, code: str, received_on: date) -> tuple[object, object]:
    """Return a step's title and meaning in the law of the day on which a tip was received."""
    old = {} if order_at(received_on) is ORDER_121 else OLD_STEPS
    return old.get((kind, code), STEPS[kind, code])


#: The answer in one line.
ANSWERS = {
    TipState.RECEIVED: _l("已经收到，正在分送。"),
    TipState.RETURNED: _l("已经收到，正在分送。"),
    TipState.ROUTED: _l("已经分送到承办单位。"),
    TipState.ACCEPTED: _l("投诉已经受理，正在组织调解。"),
    TipState.VERIFYING: _l("正在核查。"),
    TipState.VERIFIED: _l("核查已经完成，正在决定如何处理。"),
    TipState.DECLINED: _l("不予受理，理由由承办单位告知您。"),
    TipState.NOT_FILED: _l("经核查，不予立案。"),
    TipState.FILED: _l("已经立案。"),
    TipState.CONCLUDED: _l("已经办结。"),
    TipState.DISPUTED: _l("两个单位正在确定由谁办理。"),
    TipState.ESCALATED: _l("上级单位正在指定由谁办理。"),
    TipState.TRANSFERRED: _l("已经转给有权处理的机关。"),
    TipState.REDIRECTED: _l("不属于市场监管部门处理，承办单位会告诉您向哪个机关提出。"),
    TipState.MERGED: _l("与反映同一件事的来件合并办理。"),
}

#: How far a mediation is; what is agreed on and arranged stands beside it.
MEDIATIONS = {
    MediationState.CONSENTING: _l("正在征求双方是否愿意调解，双方都同意才能调解。"),
    MediationState.OPEN: _l("双方同意调解，正在约定时间和地点。"),
    MediationState.TESTING: _l("正在鉴定、检测，这段时间不计入调解期限。"),
    MediationState.PAUSED: _l("有一方申请更换调解人员，决定之前暂停调解。"),
    MediationState.AGREED: _l("双方达成协议，调解结束。"),
    MediationState.ENDED: _l("调解终止，没有达成协议。"),
    MediationState.TOLD: _l("调解终止，没有达成协议。"),
}
#: Why a mediation ended, as the complainant is told: the law's case, no remarks of the house.
MEDIATION_ENDINGS = {
    Ending.WITHDRAWN: _l("您撤回了投诉，或者双方自己和解了。"),
    Ending.REFUSED: _l("有一方没有正当理由不参加，或者明确拒绝调解。"),
    Ending.NO_AGREEMENT: _l("双方明确表示谈不拢。"),
    Ending.TEST_COSTS: _l("双方没有就鉴定、检测的费用谈妥。"),
    Ending.SIXTY_DAYS: _l("在规定的期限内没有达成协议。"),
    Ending.NOT_ACCEPTABLE: _l("受理后发现依法不应当受理。"),
    Ending.PARTY_GONE: _l("当事人去世，或者被投诉的单位已不存在。"),
    Ending.OTHER: _l("出现了依法应当终止调解的其他情形。"),
}

#: Said above the answer of a tip that is handled in another one.
JOINED = _l("与反映同一件事的来件合并办理，那一件的进展如下。")

WITHDRAWALS = {
    WithdrawalGround.CHANGED: _l("处罚决定被变更"),
    WithdrawalGround.REVOKED: _l("处罚决定被撤销"),
    WithdrawalGround.UNLAWFUL: _l("处罚决定被确认违法"),
    WithdrawalGround.VOID: _l("处罚决定被确认无效"),
    WithdrawalGround.MISTAKE: _l("公示有误"),
}

#: How a publication left the public eye: its mark, and the sentence that says no more than that.
ENDINGS = {
    "ended": (_l("公示期已满"), _l("公示期已满，依法停止公示（令45 第13条）。")),
    "corrected": (_l("已更正"), _l("这一版已被更正的一版代替，不再有效。")),
    "repaired": (_l("已停止公示"), _l("当事人已经信用修复，依法提前停止公示（令45 第16条）。")),
    "deregistered": (_l("已停止公示"), _l("企业已经注销，依法停止公示（令45 第20条）。")),
}

#: What a shut door says; the telephone number follows.
SHUT = {
    Door.REPORT: _l("这里一小时内收到的填报太多，没有收下这一份。您写的内容在下面，请抄下或拍照。"),
    Door.DRAFT: _l("这里一小时内开始的填报太多，请过一会儿再填。您写的内容在下面，请抄下或拍照。"),
    Door.TRACK: _l("这里一小时内查询太多，请过一会儿再查。"),
}
NOT_FOUND = _l("没有查到。请核对受理号和查询码，一个字也不能错。")

NAVIGATION = (
    ("public.disclosures", _l("处罚公示")),
    ("public.report", _l("投诉举报")),
    ("public.track", _l("查进度")),
    ("public.verify", _l("核验文书")),
    ("public.notices_list", _l("通知通告")),
)
FOOT = (
    ("publiclog.index", _l("公开日志")),
    ("public.about", _l("关于本站")),
    ("public.accessibility", _l("无障碍说明")),
    ("public.privacy", _l("隐私说明")),
    ("public.feed", _l("订阅公示（Atom）")),
)
#: Words that readers often look for, offered below the search box.
OFTEN = ("电线电缆", "电动自行车", "燃气具")

#: How a verified document stands: shape of the mark, and the answer.
VERDICTS = {
    "genuine": ("done", _l("真实有效")),
    "withdrawn": ("stopped", _l("曾经公示，已经撤下")),
    "ended": ("stopped", _l("曾经公示，公示期已满")),
    "corrected": ("stopped", _l("曾经公示，已被更正的一版代替")),
    "repaired": ("stopped", _l("曾经公示，因信用修复提前停止")),
    "deregistered": ("stopped", _l("曾经公示，企业注销后停止")),
    "taken_back": ("stopped", _l("真实，但已经撤下")),
    "replaced": ("stopped", _l("真实，但已被新的文件替代")),
    "renewed": ("stopped", _l("真实，但已有更新的一版")),
    "outdated": ("stopped", _l("真实，但其中有案例已停止公示")),
    "unsealed": ("bad", _l("内容真实，但电子签名不能确认")),
    "unknown": ("bad", _l("没有查到")),
}
#: Where the certificate of a signature leads.
CHAINS = {
    Chain.TRUSTED: _l("证书出自本站信任的颁发机构。"),
    Chain.UNTRUSTED: _l("证书不是出自本站信任的颁发机构，签署人的身份不能确认。"),
    Chain.UNCHECKED: _l("证书的颁发机构，本站没有核对。"),
}

ROBOTS = "User-agent: *\nDisallow: /report/receipt/\nDisallow: /track\nDisallow: /verify\n"

words.register(refusals={"photos_too_many": _l("最多 %(most)s 张照片。")})
