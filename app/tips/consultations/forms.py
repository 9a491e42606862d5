"""What may be typed into the pages of consultations?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.web.wtf import BlockField, HouseForm, SelectField, required


class ListFilter(Form):
    """How the list is narrowed; the address carries it."""

    topic = SelectField(_l("咨询事项"), default="")


class AnswerForm(HouseForm):
    """What the asker is told."""

    answer = BlockField(_l("答复"), [required(_l("请写下怎样答复的。"))], most=3000)
