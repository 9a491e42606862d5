"""What may be typed into the pages of leads?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.leads import labels
from app.leads.rules import BY_HAND, LetterKind
from app.web.wtf import (
    BlockField,
    HiddenField,
    HouseDateField,
    HouseForm,
    LineField,
    SelectField,
    TickField,
    chosen,
    options,
    required,
)

HAND_SOURCES = {source: labels.SOURCES[source] for source in BY_HAND}


class LedgerFilter(Form):
    """How the ledger is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=60)
    source = SelectField(_l("来源"), choices=options(labels.SOURCES, empty="—"), default="")
    bureau = SelectField(_l("单位"), default="")


class LeadForm(HouseForm):
    """A lead as it came in, or what a finding says of itself."""

    task = HiddenField()
    source = SelectField(_l("来源"), [chosen()], choices=options(HAND_SOURCES))
    title = LineField(_l("案源名称"), [required()], most=120)
    found_on = HouseDateField(_l("发现或者收到之日"), [required()])
    came_from = LineField(_l("移送部门、媒体或者交办机关"), most=120)
    number = LineField(_l("文号或者检验报告编号"), most=80)
    dated_on = HouseDateField(_l("成文或者报道日期"))
    link = LineField(_l("网址"), most=500)
    party_name = LineField(_l("涉嫌当事人"), most=120)
    party_address = LineField(_l("地址"), most=200)
    product = SelectField(_l("产品"), default="")
    violation = SelectField(_l("涉嫌违法行为"), default="")
    summary = BlockField(_l("基本情况"), [required()], most=5000)


class ProposeForm(HouseForm):
    """What a case needs beside what the lead says."""

    title = LineField(_l("案件名称"), [required()], most=120)
    party_name = LineField(_l("当事人"), [required()], most=120)
    summary = BlockField(_l("案情摘要"), [required()], most=5000)
    officer_one = SelectField(_l("承办人"), [chosen()])
    officer_two = SelectField(_l("协办人"), [chosen()])


class DeclineForm(HouseForm):
    """Why no case comes of it."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=1000)


class TransferForm(HouseForm):
    """To whom it goes, by which letter."""

    bureau = SelectField(_l("本系统单位"), default="")
    authority = LineField(_l("系统外部门"), most=120)
    number = LineField(_l("移送函文号"), most=80)
    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=1000)


class MergeForm(HouseForm):
    """Of which record it is a part."""

    into = LineField(_l("并入的案源、举报、检查或者案件编号"), [required()], most=20)
    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=1000)


class ReceiptForm(HouseForm):
    """When the receipt went back or came in."""

    on = HouseDateField(_l("回执日期"), [required()])


class LetterForm(HouseForm):
    """What another bureau is asked for."""

    kind = SelectField(_l("函件"), [chosen()], choices=options(labels.KINDS))
    bureau = SelectField(_l("收函单位"), default="")
    asked = BlockField(_l("请求事项"), [required()], most=4000)
    enclosed = BlockField(_l("证据清单"), most=4000)
    due_on = HouseDateField(_l("请于何日前回复"), [required()])

    def organises(self) -> bool:
        """Tell whether the superior is asked, whatever bureau was chosen."""
        return bool(self.kind.data == LetterKind.ORGANISE.value)


class AnswerForm(HouseForm):
    """The answer; a superior also names who takes part."""

    reply = BlockField(_l("答复"), [required()], most=4000)
    bureaus = TickField(_l("组织哪些单位参与"))


#: The form of each act of the record page.
OF_ACTS: dict[str, type[HouseForm]] = {
    "propose": ProposeForm, "decline": DeclineForm, "transfer": TransferForm, "merge": MergeForm,
    "receipt": ReceiptForm, "letter": LetterForm,
}  # fmt: skip
