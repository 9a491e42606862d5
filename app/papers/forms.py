"""What may be typed into the pages of official documents?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.mediations import labels as mediation_labels
from app.papers.rules import TOLD_BY
from app.tips import labels as tip_labels
from app.web.wtf import HouseDateField, HouseForm, SelectField, chosen, options, required


class IssueForm(HouseForm):
    """Which document, for whom."""

    paper = SelectField(_l("文书"), [chosen()])
    until = HouseDateField(_l("限期（只用于限期提供材料）"))


class DeliveryForm(HouseForm):
    """When and how it reached whom it is for."""

    on = HouseDateField(_l("送达日期"), [required(_l("请填写日期。"))])
    way = SelectField(_l("送达方式"), [chosen()], choices=options(mediation_labels.WAYS))


class TellForm(HouseForm):
    """When and how a reporter was told whether a case is filed."""

    on = HouseDateField(_l("告知日期"), [required(_l("请填写日期。"))])
    way = SelectField(
        _l("告知方式"), [chosen()],
        choices=options({way: mediation_labels.WAYS[way] for way in TOLD_BY}),
    )  # fmt: skip


class PurposeForm(HouseForm):
    """For what a document with a name in it is opened."""

    purpose = SelectField(_l("查看用途"), [chosen()], choices=options(tip_labels.PURPOSES))
