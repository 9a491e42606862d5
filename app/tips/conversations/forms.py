"""What may be typed to a reporter?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.web.wtf import BlockField, HouseForm, required


class AskForm(HouseForm):
    """A question to whoever reported."""

    text = BlockField(_l("问题"), [required(_l("请写下问题。"))], most=1000)


class ActForm(HouseForm):
    """An act of one button."""
