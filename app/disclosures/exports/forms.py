"""What may be typed into the pages of exports?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.exports import labels
from app.web.wtf import BlockField, HouseForm, SelectField, chosen, options, required


class MakeForm(HouseForm):
    """To whom, and how much."""

    target = SelectField(_l("报送给"), [chosen()], choices=options(labels.TARGETS))
    scope = SelectField(_l("范围"), [chosen()], choices=options(labels.SCOPES))


class ReceiptForm(HouseForm):
    """What the receiving system answered, one line a publication."""

    lines = BlockField(_l("回执"), [required()], most=200_000)
