"""How does the decision read, made from the fields of its form?

The order is that of the forms of 2021: bureau, title, number, party, facts, evidence, statement,
reasons, items, performance, remedies, bureau and day. The officers edit the draft; what they leave
stands. Pure: nothing here knows a record, a page or the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.penalties import (
    DATE_PLACE,
    NUMBER_PLACE,
    Item,
    Party,
    PartyKind,
    Totals,
    says,
    totals,
)
from app.cases.rules import StatementKind
from app.kernel.text import capitals, day, plain_money

#: Copies of a decision: one for the party, one for the archive, one for enforcement.
COPIES = "一式三份，一份送达当事人，一份归档，一份备执行"
#: 处罚法 art. 67, 72; 令2 art. 72, 75.
PAYMENT_DAYS = "十五日"
#: 行政复议法 art. 20, 24; 行政诉讼法 art. 46: the government reconsiders, not the bureau above.
REVIEW_DAYS = "六十日"
COURT_MONTHS = "六个月"

BUREAU_SUFFIXES = ("市场监督管理局", "质量技术监督局")
IDENTITY_NAMES = {
    PartyKind.UNIT: ("主体资格证照名称：营业执照", "法定代表人（负责人）"),
    PartyKind.SOLE_TRADER: ("主体资格证照名称：营业执照", "经营者"),
    PartyKind.PERSON: ("", ""),
}


@dataclass(frozen=True)
class DecisionFacts:
    """Everything the text is made from."""

    bureau: str
    party: Party
    violation_title: str
    laws_broken: str
    laws_applied: str
    items: Sequence[Item]
    facts: str
    evidence: str
    statement: str
    reasons: str
    performance: str
    remedies: str
    is_published: bool = True


def government_of(bureau: str) -> str:
    """Return the people's government that reconsiders a bureau's decision (行政复议法 art. 24)."""
    for suffix in BUREAU_SUFFIXES:
        if bureau.endswith(suffix) and bureau != suffix:
            return bureau.removesuffix(suffix) + "人民政府"
    return "本级人民政府"


def remedies_text(bureau: str) -> str:
    """Return the paragraph on remedies: reconsideration by the local government, or the court."""
    return (
        f"当事人不服本处罚决定的，可以自收到本决定书之日起{REVIEW_DAYS}内向{government_of(bureau)}"
        f"申请行政复议，也可以自收到本决定书之日起{COURT_MONTHS}内直接向有管辖权的人民法院提起行政诉讼。"
        "复议和诉讼期间，本决定不停止执行，法律另有规定的除外。"
    )


def performance_text(sums: Totals) -> str:
    """Return the paragraph on performance: fifteen calendar days, three per cent a day after."""
    if not sums.payable:
        return "当事人应当自收到本决定书之日起履行本决定。"
    return (
        f"当事人应当自收到本决定书之日起{PAYMENT_DAYS}内，凭缴款通知将罚没款{_told(sums)}缴至指定银行。"
        "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处的数额不超过罚款本数。"
    )


def statement_text(notice_on: date | None, kind: StatementKind | None, outcome: str) -> str:
    """Return the paragraph on the notice and what the party said to it (令2 art. 62 no. 3)."""
    if notice_on is None:
        return ""
    told = (
        f"本局于{day(notice_on)}向当事人送达行政处罚告知书，告知拟作出的处罚及其事实、理由和依据，"
        "以及当事人依法享有的陈述、申辩和要求听证的权利。"
    )
    answers = {
        None: "当事人在规定期限内没有陈述、申辩，也没有要求听证。",
        StatementKind.WAIVED: "当事人明确表示放弃陈述、申辩和要求听证的权利。",
        StatementKind.STATED: f"当事人提出陈述、申辩。{outcome}",
        StatementKind.HEARD: f"本局应当事人要求举行了听证。{outcome}",
    }
    return told + answers[kind]


def decision_text(facts: DecisionFacts) -> str:
    """Return the draft of a whole decision, with places for its number and day."""
    parts = [
        facts.bureau,
        "行政处罚决定书",
        NUMBER_PLACE,
        *_party_lines(facts.party),
        facts.facts,
        _led("上述事实，有下列证据证明：", facts.evidence),
        facts.statement,
        _led("本局认为：", facts.reasons),
        _ruling(facts),
        *_item_lines(facts.items),
        facts.performance,
        facts.remedies,
        facts.bureau,
        DATE_PLACE,
        "（本局将依法向社会公开本行政处罚决定信息）" if facts.is_published else "",
        f"本文书{COPIES}。",
    ]
    return "\n".join(part for part in parts if part)


def _party_lines(party: Party) -> list[str]:
    licence, head = IDENTITY_NAMES[party.kind]
    pairs = (
        ("当事人", party.name),
        ("统一社会信用代码", party.credit_code),
        ("注册号", party.registration_number),
        ("住所（住址）", party.address),
        (head, party.legal_representative if head else ""),
    )
    lines = [f"{label}：{value}" for label, value in pairs if value]
    return [lines[0], *([licence] if licence else []), *lines[1:]]


def _ruling(facts: DecisionFacts) -> str:
    return (
        f"当事人的上述行为违反了{facts.laws_broken}的规定，属于{facts.violation_title}的违法行为。"
        f"依据{facts.laws_applied}的规定，本局决定处罚如下："
    )


def _item_lines(items: Sequence[Item]) -> list[str]:
    lines = [f"{number}．{_item(item)}" for number, item in enumerate(items, start=1)]
    sums = totals(items)
    if sums.fine and sums.confiscated_income:
        lines.append(f"以上罚没款合计{_told(sums)}。")
    return lines


def _item(item: Item) -> str:
    """Return an item's words, with its sum where the words do not name it yet."""
    words = item.text.rstrip("。；;")
    if item.amount is None or says(words, item.amount):
        return f"{words}。"
    return f"{words}，计{plain_money(item.amount)}（大写：{capitals(item.amount)}）。"


def _told(sums: Totals) -> str:
    return f"{plain_money(sums.payable)}（大写：{capitals(sums.payable)}）"


def _led(lead: str, text: str) -> str:
    return f"{lead}{text}" if text else ""
