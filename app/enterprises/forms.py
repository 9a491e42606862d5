"""What may be typed in about an enterprise, and by what is the register narrowed?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, ValidationError

from app.enterprises import labels, rules
from app.enterprises.rules import EnterpriseKind, EnterpriseStatus, Particulars
from app.kernel.errors import Refused
from app.web import words
from app.web.wtf import (
    BlockField,
    HouseForm,
    LineField,
    RadioField,
    SelectField,
    TickField,
    optional,
    options,
    required,
)

Names = dict[str, str]


@dataclass(frozen=True)
class Lists:
    """The choices of a page by their codes, read by its route."""

    divisions: Names
    fields: Names
    products: Names


def _by_rule(check: Callable[[], object]) -> None:
    """Say a rule's refusal at the field, beside whatever else is wrong on the form."""
    try:
        check()
    except Refused as refused:
        raise ValidationError(words.refusal(refused.code, refused.facts)) from refused


class EnterpriseForm(HouseForm):
    """A new entry of the register, or a changed one."""

    name = LineField(_l("名称"), [required()], most=rules.NAME_LENGTH)
    kind = RadioField(_l("类型"), choices=options(labels.KINDS), default=EnterpriseKind.UNIT.value)
    credit_code = LineField(_l("统一社会信用代码"), [optional()], most=40)
    registration_number = LineField(_l("注册号"), [optional()], most=40)
    legal_representative = LineField(_l("法定代表人（负责人）"), [optional()], most=100)
    division_code = SelectField(_l("属地"), validators=[optional()])
    address = LineField(_l("地址"), [optional()], most=rules.ADDRESS_LENGTH)
    contact = LineField(_l("联系人"), [optional()], most=100)
    phone = LineField(_l("电话"), [optional()], most=40)
    status = SelectField(_l("状态"), choices=options(labels.STATUSES))
    fields = TickField(_l("领域"), validators=[optional()])
    products = TickField(_l("产品"), validators=[optional()])
    aliases = BlockField(_l("别名和曾用名"), [optional()], most=2_000)

    def __init__(self, lists: Lists, *args: Any, **kwargs: Any) -> None:
        """Take the choices that come from the code lists and the division table."""
        super().__init__(*args, **kwargs)
        self.division_code.choices = options(lists.divisions, empty=_l("按地址判断"))
        self.fields.choices = options(lists.fields)
        self.products.choices = options(lists.products)

    def validate_credit_code(self, field: Field) -> None:
        """Check digits and kind, at the field."""
        _by_rule(lambda: rules.credit_code(field.data, self._kind()))

    def validate_registration_number(self, field: Field) -> None:
        """Fifteen digits, sole traders only."""
        _by_rule(lambda: rules.registration_number(field.data, self._kind()))

    def validate_phone(self, field: Field) -> None:
        """A number that can be dialled."""
        _by_rule(lambda: rules.phone(field.data))

    def validate_aliases(self, field: Field) -> None:
        """Not too many, none too long."""
        _by_rule(lambda: rules.aliases(field.data.splitlines(), self.name.data or ""))

    def _kind(self) -> EnterpriseKind:
        known = {kind.value for kind in EnterpriseKind}
        return EnterpriseKind(self.kind.data if self.kind.data in known else EnterpriseKind.UNIT)

    def particulars(self) -> Particulars:
        """Return what was typed."""
        return Particulars(
            name=self.name.data or "",
            kind=self._kind(),
            credit_code=self.credit_code.data or "",
            registration_number=self.registration_number.data or "",
            legal_representative=self.legal_representative.data or "",
            address=self.address.data or "",
            division_code=self.division_code.data or "",
            contact=self.contact.data or "",
            phone=self.phone.data or "",
            status=EnterpriseStatus(self.status.data),
            fields=tuple(self.fields.data or ()),
            products=tuple(self.products.data or ()),
            aliases=tuple((self.aliases.data or "").splitlines()),
        )


class RegisterFilter(Form):
    """How the list is narrowed; sent by GET, so the address is the filter."""

    q = LineField(_l("查找"), most=100)
    division = SelectField(_l("属地"), default="")
    field = SelectField(_l("领域"), default="")
    product = SelectField(_l("产品"), default="")
    status = SelectField(_l("状态"), choices=options(labels.STATUSES, empty="—"), default="")

    def __init__(self, lists: Lists, *args: Any, **kwargs: Any) -> None:
        """Take the choices that come from the code lists and the division table."""
        super().__init__(*args, **kwargs)
        self.division.choices = options(lists.divisions, empty="—")
        self.field.choices = options(lists.fields, empty="—")
        self.product.choices = options(lists.products, empty="—")
