"""What may be typed in to keep accounts and posts?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Form

from app.people import labels as people
from app.web.wtf import (
    BooleanField,
    HouseDateField,
    HouseForm,
    LineField,
    SelectField,
    chosen,
    options,
    required,
)


class FindForm(Form):
    """Which people."""

    q = LineField(_l("姓名或账号"), most=60)


class PersonForm(HouseForm):
    """A new account."""

    account = LineField(
        _l("账号"), [required()], most=40, description=_l("小写字母、数字、点，定了不再改")
    )
    name = LineField(_l("姓名"), [required()], most=60)


class AmendForm(HouseForm):
    """An account's facts."""

    name = LineField(_l("姓名"), [required()], most=60)
    phone = LineField(_l("电话"), most=40)
    is_active = BooleanField(_l("在用"), description=_l("停用后，登录立即结束"))


class GrantForm(HouseForm):
    """A role in a unit."""

    unit = SelectField(_l("所在单位"), [chosen()])
    role = SelectField(_l("岗位"), [chosen()], choices=options(people.ROLES, empty=_l("请选择")))
    title = LineField(_l("职务"), most=40)
    since = HouseDateField(_l("起始日"), [required()])


class ActForm(HouseForm):
    """An act of one button."""
