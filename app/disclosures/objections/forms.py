"""What may be typed into the pages of objections?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.objections import labels
from app.disclosures.objections.actions import Claim
from app.web.wtf import (
    BlockField,
    HouseDateField,
    HouseForm,
    SelectField,
    chosen,
    options,
    required,
)


class ReceiveForm(HouseForm):
    """An objection as it came in."""

    received_on = HouseDateField(_l("收到异议之日"), [required()])
    answer_by = HouseDateField(_l("最迟答复之日"), [required()])
    claims = BlockField(_l("异议内容"), [required()], most=4000)

    def claim(self) -> Claim:
        """Return what was typed."""
        return Claim(self.received_on.day, self.answer_by.day, self.claims.text)


class ExamineForm(HouseForm):
    """What was found."""

    reason = BlockField(_l("核实情况"), [required()], most=4000)


class AnswerForm(HouseForm):
    """What the bureau does about it, and what the party is told."""

    answer = SelectField(_l("处理"), [chosen()], choices=options(labels.ANSWERS))
    reason = BlockField(_l("答复内容"), [required()], most=4000)


#: The form of each act of the record page.
OF_ACTS: dict[str, type[HouseForm]] = {"examine": ExamineForm, "answer": AnswerForm}
