"""What may be typed into the pages of cases?"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.cases import labels
from app.cases.deciding import Typed, Wording
from app.cases.penalties import MOST_ITEMS, Item, Party, PartyKind, PenaltyKind
from app.cases.prefill import performance_of
from app.kernel import storage
from app.web.wtf import (
    BlockField,
    BooleanField,
    HiddenField,
    HouseDateField,
    HouseForm,
    LineField,
    MoneyField,
    PhotoField,
    SelectField,
    chosen,
    optional,
    options,
    required,
)

EVIDENCE = storage.DOCUMENTS
#: Asks for what was typed, not for what could be read: an impossible day keeps its own sentence.
DATED = chosen(_l("请填写日期。"))
ROWS = range(1, MOST_ITEMS + 1)
PARAGRAPH = 8000


class ListFilter(Form):
    """How the list is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=60)
    state = SelectField(_l("状态"), default="")
    product = SelectField(_l("产品"), default="")
    unit = SelectField(_l("承办"), default="")


class ProposalForm(HouseForm):
    """A proposal to file a case."""

    task = HiddenField()
    tip = HiddenField()
    title = LineField(_l("案件名称"), [required()], most=120)
    source = SelectField(_l("案件来源"), [chosen()], choices=options(labels.SOURCES, empty="—"))
    clue_on = HouseDateField(_l("发现线索或收到材料之日"), [DATED])
    party_name = LineField(_l("当事人"), [required()], most=120)
    enterprise = LineField(_l("企业档案编号"), most=20)
    product = SelectField(_l("涉案产品"), default="")
    violation = SelectField(_l("案由"), [chosen()])
    goods_value = MoneyField(_l("货值金额（元）"))
    summary = BlockField(_l("案情摘要"), [required()], most=PARAGRAPH)
    officer_one = SelectField(_l("承办人"), [chosen()])
    officer_two = SelectField(_l("协办人"), [chosen()])


class ActForm(HouseForm):
    """An act of one button."""


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=1000)


class BeginForm(HouseForm):
    """Both officers declare that nothing bars them."""

    no_ground_for_recusal = BooleanField(_l("两名办案人员均声明没有应当回避的情形"))


class SubmitForm(HouseForm):
    """The final report of the investigation."""

    report = BlockField(_l("调查终结报告"), [required()], most=PARAGRAPH)


class PassForm(HouseForm):
    """What the reviewer found."""

    opinion = BlockField(_l("审核意见"), [required()], most=2000)


class InformForm(HouseForm):
    """The notice of penalty and its service."""

    served_on = HouseDateField(_l("告知书送达之日"), [DATED])
    notice = BlockField(_l("拟作出的处罚及事实、理由、依据"), [required()], most=PARAGRAPH)


class StatementForm(HouseForm):
    """What the party said, and what became of it."""

    kind = SelectField(_l("当事人"), [chosen()], choices=options(labels.STATEMENTS, empty="—"))
    on = HouseDateField(_l("日期"), [DATED])
    outcome = BlockField(_l("内容、是否采纳及理由"), most=PARAGRAPH)


class DecideForm(HouseForm):
    """The day of the decision."""

    decided_on = HouseDateField(_l("决定日期"), [DATED])


class ServeForm(HouseForm):
    """The day the decision reached the party."""

    served_on = HouseDateField(_l("决定书送达之日"), [DATED])


class CloseForm(HouseForm):
    """Why and since when the case may be closed."""

    ground = SelectField(
        _l("结案情形"), [chosen()], choices=options(labels.CLOSING_GROUNDS, empty="—")
    )
    arisen_on = HouseDateField(_l("符合结案情形之日"), [DATED])


class DropForm(ReasonForm):
    """On which ground a case ends without a penalty."""

    ground = SelectField(
        _l("终止情形"), [chosen()], choices=options(labels.DROP_GROUNDS, empty="—")
    )


class StayForm(ReasonForm):
    """On which ground of the law the clock stands still, and since when."""

    ground = SelectField(
        _l("不计入期限的情形"), [chosen()], choices=options(labels.STAY_GROUNDS, empty="—")
    )
    on = HouseDateField(_l("自哪一日起"), [DATED])


class ResumeForm(HouseForm):
    """Since when the clock runs again."""

    on = HouseDateField(_l("恢复日期"), [DATED])


class ExtendForm(ReasonForm):
    """A longer term; the end only where the law leaves it to the council's decision."""

    until = HouseDateField(_l("集体讨论确定的截止日"), [optional()])


class EvidenceForm(HouseForm):
    """Files that prove something."""

    files = PhotoField(_l("证据文件"), allowed=EVIDENCE)


class TextForm(HouseForm):
    """The whole text of the decision."""

    text = BlockField(_l("决定书正文"), [required()])


class DecisionForm(HouseForm):
    """Every field of a decision; the penalty items stand in numbered rows, added below."""

    party_kind = SelectField(
        _l("当事人类别"), [chosen()], choices=options(labels.PARTY_KINDS, empty="—")
    )
    party_name = LineField(_l("当事人"), [required()], most=120)
    credit_code = LineField(_l("统一社会信用代码"), most=30)
    registration_number = LineField(_l("注册号"), most=30)
    legal_representative = LineField(_l("法定代表人（负责人、经营者）"), most=60)
    party_address = LineField(_l("住所（住址）"), most=200)
    violation_title = LineField(_l("违法行为类型"), [required()], most=120)
    laws_broken = BlockField(_l("违反的条款"), [required()], most=1000)
    laws_applied = BlockField(_l("处罚依据"), [required()], most=1000)
    facts = BlockField(_l("案件来源、调查经过和查明的事实"), [required()], most=PARAGRAPH)
    evidence = BlockField(_l("证据"), [required()], most=PARAGRAPH)
    statement = BlockField(_l("告知、陈述申辩及采纳情况"), [required()], most=PARAGRAPH)
    reasons = BlockField(_l("本局认为（定性和裁量理由）"), [required()], most=PARAGRAPH)
    performance = BlockField(_l("履行方式和期限"), most=2000)
    remedies = BlockField(_l("救济途径和期限"), [required()], most=2000)
    keep_text = BooleanField(_l("保留已经手工修改的正文"))

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Return the rows of penalty items: kind, words, amount."""
        return [(self[f"kind_{row}"], self[f"text_{row}"], self[f"amount_{row}"]) for row in ROWS]

    def items(self) -> list[Item]:
        """Return the filled rows as penalty items."""
        return [
            Item(PenaltyKind(kind.data), text.data or "", amount.amount)
            for kind, text, amount in self.rows()
            if kind.data
        ]

    def party(self) -> Party:
        """Return whom the decision is made against."""
        return Party(
            PartyKind(self.party_kind.data),
            self.party_name.data or "",
            self.credit_code.data or "",
            self.registration_number.data or "",
            self.legal_representative.data or "",
            self.party_address.data or "",
        )

    def typed(self) -> Typed:
        """Return all that was typed; the usual paragraph where none was written on performance."""
        items = self.items()
        names = (field.name for field in fields(Wording))
        said = {name: self[name].data or "" for name in names}
        said["performance"] = performance_of(said["performance"], items)
        return Typed(self.party(), items, Wording(**said))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; a row without its kind, or left out in between, says so."""
        sound = super().validate(extra_validators)
        ended = False
        for kind, text, amount in self.rows():
            filled = bool(kind.data)
            if (not filled and (text.data or amount.data)) or (filled and ended):
                kind.errors = [*kind.errors, _l("请从第一行起依次填写，并选择种类。")]
                sound = False
            ended = ended or not filled
        return sound


def _add_rows() -> None:
    """Give the decision's form its numbered rows of penalty items."""
    kinds = options(labels.PENALTIES, empty="—")
    for row in ROWS:
        kind = SelectField(_l("第 %(number)s 项种类", number=row), choices=kinds, default="")
        setattr(DecisionForm, f"kind_{row}", kind)
        words = LineField(_l("第 %(number)s 项内容", number=row), most=500)
        setattr(DecisionForm, f"text_{row}", words)
        amount = MoneyField(_l("第 %(number)s 项金额（元）", number=row))
        setattr(DecisionForm, f"amount_{row}", amount)


_add_rows()
