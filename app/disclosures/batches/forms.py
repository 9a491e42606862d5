"""What may be typed into the pages of batches?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.disclosures.batches import labels
from app.disclosures.batches.actions import Choice, Frame
from app.disclosures.batches.models import Batch, BatchCase
from app.disclosures.models import Publication
from app.web.wtf import (
    BlockField,
    HouseForm,
    LineField,
    SelectField,
    TickField,
    optional,
    options,
    required,
)


class StartForm(HouseForm):
    """What stands around the cases."""

    subject = LineField(_l("主题"), [required()], most=40)
    foreword = BlockField(_l("前言"), [required()], most=2000)

    def frame(self) -> Frame:
        """Return what was typed."""
        return Frame(self.subject.text, self.foreword.text)


class CasesForm(StartForm):
    """Frame, order and comments; ``made_for`` gives it the fields of the cases at hand."""

    cases: Sequence[BatchCase] = ()
    added = TickField(_l("加入案例"), [optional()])

    @classmethod
    def made_for(cls, batch: Batch, offered: Sequence[Publication]) -> CasesForm:
        """Return a form with a place and a comment for each case, filled with what is kept."""
        fields: dict[str, Any] = {"cases": tuple(batch.cases)}
        places = {place: str(place) for place in range(1, len(batch.cases) + 1)}
        for case in batch.cases:
            fields[f"place_{case.id}"] = SelectField(
                _l("次序"),
                choices=[*options(places), *options({"out": labels.OUT})],
                default=str(case.place),
            )
            fields[f"comment_{case.id}"] = BlockField(_l("评析"), most=2000, default=case.comment)
        form: CasesForm = type("CasesFormOfBatch", (cls,), fields)(
            subject=batch.subject, foreword=batch.foreword
        )
        form.added.choices = options(
            {row.reference: f"{row.party_name}　{row.violation}　{row.number}" for row in offered}
        )
        return form

    def choice(self) -> Choice:
        """Return what was chosen, by publication."""
        places = {
            case.publication.reference: int(self[f"place_{case.id}"].data)
            for case in self.cases
            if self[f"place_{case.id}"].data != "out"
        }
        comments = {
            case.publication.reference: self[f"comment_{case.id}"].text for case in self.cases
        }
        return Choice(comments, places, self.added.data or ())


class ActForm(HouseForm):
    """An act of one button."""


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


#: The form of each act of the record page.
OF_ACTS: dict[str, type[HouseForm]] = {
    "approve": ActForm,
    "submit": ActForm,
    "return": ReasonForm,
    "withdraw": ReasonForm,
    "drop": ActForm,
}
