"""What may be typed into the administrators' pages?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.web.wtf import HouseDateField, HouseForm, LineField, SelectField, optional


class TrailForm(Form):
    """How the trail is narrowed; sent by GET, so the address is the filter."""

    event = SelectField(_l("事项"), default="")
    kind = SelectField(_l("对象"), default="")
    reference = LineField(_l("编号"), most=60)
    account = LineField(_l("账号"), most=60)
    since = HouseDateField(_l("起"), [optional()])
    until = HouseDateField(_l("止"), [optional()])


class ActForm(HouseForm):
    """An act of one button."""
