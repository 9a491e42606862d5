"""What may be typed into the pages of disclosures?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import Form

from app.disclosures import labels
from app.disclosures.drafting import Amendment
from app.disclosures.models import Mark
from app.disclosures.redacting import is_alike
from app.disclosures.rules import KeepGround, Ruling
from app.kernel.redaction import Kind
from app.web.wtf import (
    BlockField,
    BooleanField,
    HiddenField,
    HouseDateField,
    HouseForm,
    LineField,
    RadioField,
    SelectField,
    chosen,
    optional,
    options,
    required,
)


class ListFilter(Form):
    """How the list is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=60)


class ActForm(HouseForm):
    """An act of one button."""


class ApproveForm(HouseForm):
    """The release of exactly the content that was on the page."""

    content = HiddenField()
    premises = BooleanField(_l("同意保留该自然人的经营场所地址"))


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class DeclineForm(ReasonForm):
    """On which ground a penalty is not shown."""

    ground = SelectField(_l("情形"), [chosen()], choices=options(labels.GROUNDS))


class WithdrawForm(ReasonForm):
    """Why a publication is taken back; readers see both."""

    ground = SelectField(_l("情形"), [chosen()], choices=options(labels.WITHDRAWALS))
    overturned_on = HouseDateField(_l("处罚决定被变更、撤销、确认违法或者无效之日"), [optional()])


class OverturnForm(HouseForm):
    """Since when and why the decision no longer stands; the term for taking back begins."""

    ground = SelectField(_l("情形"), [chosen()], choices=options(labels.OVERTURNED))
    overturned_on = HouseDateField(_l("处罚决定被变更、撤销、确认违法或者无效之日"), [required()])


class MarkForm(HouseForm):
    """Words to hide that the search did not propose."""

    text = LineField(_l("原文中的文字"), [required(_l("请照原文填写要隐去的文字。"))], most=200)
    kind = SelectField(_l("属于"), [chosen()], choices=options(labels.KINDS))
    reason = LineField(_l("理由"), [required(_l("请写明理由。"))], most=200)


class TextForm(HouseForm):
    """The served decision from a file, where the case's text is not the one that was served."""

    file = FileField(_l("决定书文件（.docx、.txt）"))


class WordsForm(HouseForm):
    """Words of a published text that are wrong, and what they should be."""

    old = LineField(_l("原文中的文字"), [required(_l("请照原文填写有误的文字。"))], most=200)
    new = LineField(_l("改为"), [required(_l("请填写改正后的文字。"))], most=200)


class SummaryForm(HouseForm):
    """The rows of the summary that a drafter may word, and what decides how long it is shown."""

    title = LineField(_l("案件名称"), [required()], most=120)
    violation = LineField(_l("违法行为类型"), [required()], most=300)
    product = LineField(_l("产品"), most=80)
    penalty = BlockField(_l("行政处罚内容"), [required()], most=4000)
    is_mitigated = BooleanField(_l("罚款属于从轻或者减轻处罚"))
    in_key_field = BooleanField(
        _l("属于食品、药品、医疗器械、化妆品、特种设备或者重点工业产品领域")
    )
    restricted_until = HouseDateField(_l("限制经营、停产停业或者限制从业的期满日"), [optional()])

    def amendment(self) -> Amendment:
        """Return what was typed; each line of the penalty is one row."""
        lines = (line.strip() for line in (self.penalty.data or "").splitlines())
        return Amendment(
            title=self.title.data or "",
            violation=self.violation.data or "",
            product=self.product.data or "",
            penalty=tuple(line for line in lines if line),
            is_mitigated=bool(self.is_mitigated.data),
            in_key_field=bool(self.in_key_field.data),
            restricted_until=self.restricted_until.data,
        )


class MarksForm(HouseForm):
    """One ruling for each mark; ``made_for`` gives it the fields of the marks at hand."""

    marks: Sequence[Mark] = ()
    #: The mark whose ruling goes for every mark of the same person or words.
    alike = LineField(_l("同一人"), most=20)

    @classmethod
    def made_for(
        cls,
        marks: Sequence[Mark],
        grounds: Mapping[int, frozenset[KeepGround] | None] | None = None,
    ) -> MarksForm:
        """Return a form with a choice, a reason and, where one is asked, a ground for each mark."""
        fields: dict[str, Any] = {"marks": tuple(marks)}
        for mark in marks:
            allowed = (grounds or {}).get(mark.id)
            is_never_kept = allowed is not None and not allowed
            rulings = {r: w for r, w in labels.RULINGS.items() if r is not Ruling.KEPT}
            fields[f"ruling_{mark.id}"] = RadioField(
                labels.KINDS[Kind(mark.kind)],
                choices=options(rulings if is_never_kept else labels.RULINGS),
                default=mark.ruling.value,
            )
            if allowed:
                words = {g: word for g, word in labels.KEEP_GROUNDS.items() if g in allowed}
                fields[f"ground_{mark.id}"] = SelectField(
                    _l("依据"),
                    [optional()],
                    choices=options(words, empty=_l("请选择")),
                    default=mark.ground.value if mark.ground else "",
                )
            fields[f"reason_{mark.id}"] = LineField(_l("理由"), most=200, default=mark.reason)
        made: MarksForm = type("MarksFormOfText", (cls,), fields)()
        return made

    def rulings(self) -> dict[int, tuple[Ruling, str]]:
        """Return what was ruled, by mark."""
        return {
            mark.id: (
                Ruling(self[f"ruling_{like}"].data), self[f"reason_{like}"].data or ""
            )
            for mark, like in self._likened()
        }  # fmt: skip

    def _likened(self) -> list[tuple[Mark, int]]:
        """Each mark with the number of the mark whose fields count for it."""
        one = next((mark for mark in self.marks if str(mark.id) == self.alike.data), None)
        return [
            (mark, one.id if one is not None and is_alike(mark, one) else mark.id)
            for mark in self.marks
        ]

    def grounds(self) -> dict[int, KeepGround | None]:
        """Return the ground that was named for keeping, by mark."""
        named = {mark.id: getattr(self, f"ground_{like}", None) for mark, like in self._likened()}
        return {
            mark: KeepGround(field.data) if field is not None and field.data else None
            for mark, field in named.items()
        }


#: The form of each act of the record page.
OF_ACTS: dict[str, type[HouseForm]] = {
    "submit": ActForm,
    "hide_certain": ActForm,
    "return": ReasonForm,
    "revoke": ReasonForm,
    "decline": DeclineForm,
    "withdraw": WithdrawForm,
    "correct": ReasonForm,
    "overturn": OverturnForm,
    "drop": ReasonForm,
}
