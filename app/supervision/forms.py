"""What may be typed into the pages of listed supervision?"""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.kernel import storage
from app.supervision import labels
from app.supervision.rules import MOST_DEMANDS, Asked
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    LineField,
    PhotoField,
    SelectField,
    chosen,
    optional,
    options,
    required,
)

ROWS = range(1, MOST_DEMANDS + 1)
#: Asks for what was typed, not for what could be read: an impossible day keeps its own sentence.
DATED = chosen(_l("请填写日期。"))


class BoardFilter(Form):
    """How the board is narrowed; sent by GET, so the address is the filter."""

    kind = SelectField(_l("对象"), default="")
    unit = SelectField(_l("承办单位"), default="")


class ListingForm(HouseForm):
    """A new listing; its demands stand in numbered rows, added below."""

    subject_kind = SelectField(_l("对象"), [chosen()], choices=options(labels.KINDS, empty="—"))
    subject_reference = LineField(_l("对象编号"), most=20)
    handling = SelectField(_l("承办单位"), [chosen()])
    title = LineField(_l("督办事项"), [required()], most=120)
    reason = BlockField(_l("挂牌理由"), [required()], most=2000)
    basis = LineField(_l("依据"), most=200)
    contact = LineField(_l("联系人和电话"), most=80)
    due_on = HouseDateField(_l("办结期限"), [DATED])

    def rows(self) -> list[tuple[Any, Any]]:
        """Return the rows of demands: words and day."""
        return [(self[f"demand_{row}"], self[f"due_{row}"]) for row in ROWS]

    def demands(self) -> list[Asked]:
        """Return the filled rows as demands."""
        return [Asked(text.data, due.data) for text, due in self.rows() if text.data]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; a demand has words and a day, and no row is left out in between."""
        sound = super().validate(extra_validators)
        ended = False
        for text, due in self.rows():
            if text.data and ended:
                text.errors = [*text.errors, _l("请从第一行起依次填写。")]
                sound = False
            if text.data and not due.data and not due.errors:
                due.errors = [*due.errors, _l("请填写日期。")]
                sound = False
            ended = ended or not text.data
        return sound


def _add_rows() -> None:
    """Give the form of a listing its numbered rows of demands."""
    for row in ROWS:
        text = LineField(_l("第 %(number)s 项要求", number=row), most=500)
        setattr(ListingForm, f"demand_{row}", text)
        due = HouseDateField(_l("第 %(number)s 项期限", number=row), [optional()])
        setattr(ListingForm, f"due_{row}", due)


_add_rows()


class ActForm(HouseForm):
    """An act of one button."""


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=1000)


class ReportForm(HouseForm):
    """What was done about one demand, with files that prove it."""

    text = BlockField(_l("办理情况"), [required()], most=4000)
    files = PhotoField(_l("证明材料"), allowed=storage.DOCUMENTS)


class VerdictForm(HouseForm):
    """Whether a report meets its demand."""

    verdict = SelectField(_l("核验结论"), [chosen()], choices=options(labels.VERDICTS, empty="—"))
    reason = BlockField(_l("理由"), most=1000)


class UrgeForm(HouseForm):
    """One urging letter."""

    text = BlockField(_l("催办内容"), [required()], most=2000)
    answer_due_on = HouseDateField(_l("答复期限"), [DATED])


class AnswerForm(HouseForm):
    """The answer to a letter."""

    text = BlockField(_l("答复"), [required()], most=4000)


class ExtendForm(ReasonForm):
    """A later end, with the reason."""

    new_due_on = HouseDateField(_l("新的办结期限"), [DATED])


class ApplyForm(HouseForm):
    """What the handling bureau says when it applies for delisting."""

    text = BlockField(_l("办结情况"), [required()], most=4000)


class AnnounceForm(HouseForm):
    """The title the public sees."""

    public_title = LineField(_l("公开标题"), [required()], most=120)
