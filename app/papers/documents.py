"""What does each of the ten official forms say, and where does the reporter's name stand in it?

The words are kept with places such as ⟦name⟧; who may read the reporter has them filled in for one
look. Two forms are tables, eight are letters (GB/T 9704-2012, 10.1).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.kernel import clock
from app.mediations.models import Mediation
from app.mediations.queries import open_session
from app.papers.orders import Cited, cited, numbered
from app.papers.rules import PaperKind, Recipient
from app.tips.actions import RevealedReporter
from app.tips.models import Tip
from app.tips.rules import IdKind, TipState, Wish
from app.typesetting import (
    Block,
    Cell,
    Document,
    LetterFacts,
    NoticeFacts,
    Table,
    plain,
    typeset,
)
from app.typesetting.compose import official_date
from app.units.models import Unit

NAME, PHONE, ADDRESS = "⟦name⟧", "⟦phone⟧", "⟦address⟧"
ID_KIND, ID_NUMBER = "⟦id_kind⟧", "⟦id_number⟧"
#: Three lines high and eight signs wide: what stands empty is signed with a pen.
SIGN = "\n" + "\u3000" * 8 + "\n"
#: What somebody typed can never become a place for the reporter's words.
HARMLESS = str.maketrans("⟦⟧", "[]")

TITLES = {
    PaperKind.COMPLAINT_FORM: "投诉登记表",
    PaperKind.REPORT_FORM: "举报登记表",
    PaperKind.FORWARDING: "投诉/举报分送通知书",
    PaperKind.IDENTITY_DEMAND: "限期提供身份证明材料通知书",
    PaperKind.ACCEPTANCE: "投诉受理决定书",
    PaperKind.REFUSAL: "投诉不予受理决定书",
    PaperKind.MEDIATION_NOTICE: "投诉调解通知书",
    PaperKind.MEDIATION_END: "投诉终止调解决定书",
    PaperKind.MEDIATION_LETTER: "投诉调解书",
    PaperKind.REPORT_RESULT: "举报处理结果告知书",
}
FORMS = frozenset({PaperKind.COMPLAINT_FORM, PaperKind.REPORT_FORM})
WISHES = {
    Wish.REPAIR: "修理",
    Wish.REPLACE: "更换",
    Wish.RETURN: "退货",
    Wish.MAKE_UP: "补足数量",
    Wish.REFUND: "退还费用",
    Wish.COMPENSATE: "赔偿损失",
}
ID_KINDS = {
    IdKind.RESIDENT: "居民身份证",
    IdKind.PASSPORT: "护照",
    IdKind.RESIDENCE_PERMIT: "居住证、通行证",
    IdKind.OTHER: "其他证件",
}
RESULTS = {
    TipState.FILED: "经核查，本局已决定立案。",
    TipState.NOT_FILED: "经核查，本局决定不予立案。",
    TipState.CONCLUDED: "经核查，本局已办理完毕。",
    TipState.TRANSFERRED: "该事项已移送有处理权限的机关。",
    TipState.REDIRECTED: "本局对该事项无处理权限，请直接向有处理权限的机关提出。",
}
OTHER_WAYS = (
    "你可以依照《中华人民共和国消费者权益保护法》第三十九条，与经营者协商，请求消费者协会等组织调解，"
    "依据仲裁协议申请仲裁，或者向人民法院起诉。"
)


@dataclass(frozen=True)
class Ground:
    """What a document rests on."""

    tip: Tip
    mediation: Mediation | None
    bureau: Unit
    number: str
    issued_on: date
    until: date | None = None


def words_of(kind: PaperKind, recipient: Recipient, ground: Ground) -> dict[str, Any]:
    """Return what a document says, as JSON with places for the reporter's words."""
    if kind in FORMS:
        return plain(_form(kind, ground))
    facts = LetterFacts(
        organ=ground.bureau.name,
        number=ground.number,
        title=TITLES[kind],
        addressees=_addressee(recipient, ground),
        body=tuple(line for line in BODIES[kind](ground) if line),
        signed_by=ground.bureau.name,
        signed_on=ground.issued_on,
    )
    return plain(facts)


def filled(words: Any, revealed: RevealedReporter) -> Any:
    """Return the words with the reporter's own in their places."""
    known = {
        NAME: revealed.name,
        PHONE: revealed.phone,
        ADDRESS: revealed.address,
        ID_KIND: ID_KINDS[revealed.id_kind] if revealed.id_kind else "",
        ID_NUMBER: revealed.id_number,
    }

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: fill(item) for name, item in value.items()}
        if isinstance(value, list):
            return [fill(item) for item in value]
        if isinstance(value, str):
            for place, word in known.items():
                value = value.replace(place, word or "—")
        return value

    return fill(words)


def set_words(kind: PaperKind, words: dict[str, Any]) -> Document:
    """Set a document; raises ``TypesettingError``."""
    template = "notice" if kind in FORMS else "letter"
    author = str(words.get("organ") or words.get("signed_by"))
    return typeset(template, words, title=TITLES[kind], author=author)


def _typed(text: str) -> str:
    return " ".join(text.translate(HARMLESS).split())


def _subject(tip: Tip) -> str:
    return _typed(tip.subject_name or tip.seller or tip.subject_address)


def _received(tip: Tip) -> str:
    return official_date(clock.legal_day(tip.received_at))


def _cited(tip: Tip) -> Cited:
    return cited(clock.legal_day(tip.received_at))


def _addressee(recipient: Recipient, ground: Ground) -> str:
    return {
        Recipient.REPORTER: NAME,
        Recipient.TRADER: _subject(ground.tip),
        Recipient.UNIT: ground.tip.bureau.name,
    }.get(recipient, "")


def _cells(*texts: str) -> tuple[Cell, ...]:
    """Return a row of label and value pairs; a single pair takes the whole width."""
    if len(texts) == 2:
        return Cell(texts[0]), Cell(texts[1] or "—", columns=3)
    return tuple(Cell(text or "—") for text in texts)


def _form(kind: PaperKind, ground: Ground) -> NoticeFacts:
    tip = ground.tip
    rows = _complaint_rows(tip) if kind is PaperKind.COMPLAINT_FORM else _report_rows(tip)
    head = _cells("登记单位", ground.bureau.name)
    numbers = _cells("编号", ground.number, "收到日期", _received(tip))
    return NoticeFacts(
        title=TITLES[kind],
        body=(Table(head=(), rows=(head, numbers, *rows)),),
        signed_by=ground.bureau.name,
        signed_on=ground.issued_on,
    )


def _complaint_rows(tip: Tip) -> tuple[tuple[Cell, ...], ...]:
    yes = {True: "是", False: "否"}
    return (
        _cells("投诉人姓名", NAME, "联系电话", PHONE),
        _cells("证件类型", ID_KIND, "证件号码", ID_NUMBER),
        _cells("联系地址", ADDRESS),
        _cells("同意公示投诉信息", yes[tip.may_publish], "同意委托调解", yes[tip.may_entrust]),
        _cells("被投诉人", _subject(tip), "联系人", _typed(tip.subject_contact)),
        _cells("地址", _typed(tip.subject_address), "联系电话", _typed(tip.subject_phone)),
        _cells("争议的事实依据", _typed(tip.facts)),
        _cells("投诉请求", "、".join(WISHES[Wish(value)] for value in tip.wishes)),
        _cells("投诉人签字", SIGN, "经办人签字", SIGN),
    )


def _report_rows(tip: Tip) -> tuple[tuple[Cell, ...], ...]:
    return (
        _cells("举报人姓名", NAME, "联系电话", PHONE),
        _cells("身份证件号码", ID_NUMBER, "联系地址", ADDRESS),
        _cells("被举报人", _subject(tip), "地址", _typed(tip.subject_address)),
        _cells("线索和事实依据", _typed(tip.facts)),
        _cells("举报人签字", SIGN, "经办人签字", SIGN),
    )


def _opening(tip: Tip) -> str:
    word = "投诉" if tip.kind == "complaint" else "举报"
    return f"你于{_received(tip)}提出的涉及{_subject(tip)}的{word}（编号{tip.reference}）已收悉。"


def _forwarding(ground: Ground) -> list[str]:
    tip = ground.tip
    word = "投诉" if tip.kind == "complaint" else "举报"
    asked = f"请于{official_date(tip.feedback_on)}前反馈办理情况。" if tip.feedback_on else ""
    return [
        f"本局于{_received(tip)}收到的涉及{_subject(tip)}的{word}（编号{tip.reference}）属于你局处理权限。",
        f"现依据{_cited(tip).law}{_cited(tip).forwarding}分送你局，请依法处理。",
        asked,
    ]


def _identity_demand(ground: Ground) -> list[str]:
    until = official_date(ground.until) if ground.until else ""
    return [
        _opening(ground.tip),
        f"请于{until}前向本局提供本人身份证明材料，委托他人的，一并提供授权委托书原件和受托人身份证明。",
        "逾期未提供或者拒不配合核验身份的，本局将依法处理。",
    ]


def _acceptance(ground: Ground) -> list[str]:
    order = _cited(ground.tip)
    return [
        _opening(ground.tip),
        f"经审查，符合{order.law}规定的受理条件，本局决定予以受理。",
        f"调解须经双方同意，自受理之日起{order.term}内完成，鉴定、检测的时间不计算在内。",
    ]


def _refusal(ground: Ground) -> list[str]:
    tip = ground.tip
    if tip.ground is None:
        return []
    order = _cited(tip)
    number, ground_said = numbered(order.refusals, tip.ground)
    shown = f"（{_typed(tip.ground_shown_by)}）" if tip.ground_shown_by else ""
    return [
        _opening(tip),
        f"经审查，{ground_said}{shown}，依据{order.law}{order.refusal}第{number}项，本局决定不予受理。",
        f"理由：{_typed(tip.reason)}",
        OTHER_WAYS,
    ]


def _mediation_notice(ground: Ground) -> list[str]:
    tip, mediation = ground.tip, ground.mediation
    called = open_session(mediation) if mediation else None
    if called is None:
        return []
    at = called.planned_at.astimezone(clock.LEGAL_ZONE)
    return [
        f"就涉及{_subject(tip)}的投诉（编号{tip.reference}），双方已同意调解。",
        f"调解时间：{official_date(at.date())}{at:%H:%M}。",
        f"调解地点：{_typed(called.place)}。",
        "请携带身份证明和有关证据到场；委托他人的，一并提供授权委托书。认为调解人员应当回避的，可以提出申请。",
    ]


def _mediation_end(ground: Ground) -> list[str]:
    tip, mediation = ground.tip, ground.mediation
    if mediation is None or mediation.ending is None:
        return []
    order = _cited(tip)
    number, said = numbered(order.endings, mediation.ending)
    return [
        f"就涉及{_subject(tip)}的投诉（编号{tip.reference}），经调解，{said}。",
        f"依据{order.law}{order.ending}第{number}项，本局决定终止调解。理由：{_typed(mediation.reason)}",
        OTHER_WAYS.replace("你可以", "双方可以").replace("与经营者协商", "继续协商"),
    ]


def _mediation_letter(ground: Ground) -> list[Block]:
    tip, mediation = ground.tip, ground.mediation
    terms = mediation.terms.splitlines() if mediation else []
    others = [one for one in mediation.tip_references if one != tip.reference] if mediation else []
    joint = f"（与编号{'、'.join(others)}的投诉共同调解）" if others else ""
    return [
        f"投诉人：{NAME}",
        f"被投诉人：{_subject(tip)}",
        f"投诉编号：{tip.reference}{joint}",
        "双方自愿达成如下协议：",
        *(_typed(line) for line in terms),
        "本调解书一式三份，双方各执一份，本局存档一份，经双方签名或者盖章并加盖本局印章。",
        Table(
            head=(),
            rows=(_cells("投诉人\n（签名）", SIGN, "被投诉人\n（签名或者盖章）", SIGN),),
        ),
    ]


def _report_result(ground: Ground) -> list[str]:
    tip = ground.tip
    to = f"接收机关：{_typed(tip.handed_to)}。" if tip.handed_to else ""
    reason = f"理由：{_typed(tip.reason)}" if tip.reason else ""
    return [_opening(tip), RESULTS[tip.state], to, reason, "感谢你对市场监督管理工作的支持。"]


BODIES: dict[PaperKind, Callable[[Ground], Sequence[Block]]] = {
    PaperKind.FORWARDING: _forwarding,
    PaperKind.IDENTITY_DEMAND: _identity_demand,
    PaperKind.ACCEPTANCE: _acceptance,
    PaperKind.REFUSAL: _refusal,
    PaperKind.MEDIATION_NOTICE: _mediation_notice,
    PaperKind.MEDIATION_END: _mediation_end,
    PaperKind.MEDIATION_LETTER: _mediation_letter,
    PaperKind.REPORT_RESULT: _report_result,
}
