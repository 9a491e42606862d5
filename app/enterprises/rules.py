"""What makes an entry of the register acceptable?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.kernel import identifiers, text
from app.kernel.errors import Refused
from app.kernel.identifiers import BadIdentifier

NAME_LENGTH = 200
ADDRESS_LENGTH = 300
MOST_ALIASES = 10


class EnterpriseKind(StrEnum):
    """What the regulated party is in law."""

    UNIT = "unit"
    SOLE_TRADER = "sole_trader"
    PERSON = "person"


class EnterpriseStatus(StrEnum):
    """Whether it still does business."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DEREGISTERED = "deregistered"
    REVOKED = "revoked"


#: Of the list of fields, those in which an enterprise itself may stand (features ENT-01).
FIELDS = ("production", "circulation", "e_commerce")


@dataclass(frozen=True)
class Particulars:
    """What is typed in about an enterprise."""

    name: str
    kind: EnterpriseKind = EnterpriseKind.UNIT
    credit_code: str = ""
    registration_number: str = ""
    legal_representative: str = ""
    address: str = ""
    division_code: str = ""
    contact: str = ""
    phone: str = ""
    status: EnterpriseStatus = EnterpriseStatus.ACTIVE
    fields: Sequence[str] = ()
    products: Sequence[str] = ()
    aliases: Sequence[str] = ()


def checked(typed: Particulars) -> Particulars:
    """Return the particulars in their house form, or refuse what cannot be right."""
    clean = replace(
        typed,
        name=text.clean_line(typed.name),
        credit_code=credit_code(typed.credit_code, typed.kind),
        registration_number=registration_number(typed.registration_number, typed.kind),
        legal_representative=text.clean_line(typed.legal_representative),
        address=text.clean_line(typed.address),
        contact=text.clean_line(typed.contact),
        phone=phone(typed.phone),
        fields=tuple(code for code in FIELDS if code in typed.fields),
        products=tuple(dict.fromkeys(typed.products)),
        aliases=aliases(typed.aliases, typed.name),
    )
    if not clean.name:
        raise Refused("enterprise_needs_a_name", field="name")
    if len(clean.name) > NAME_LENGTH:
        raise Refused("enterprise_name_too_long", field="name", most=NAME_LENGTH)
    return clean


def credit_code(typed: str, kind: EnterpriseKind) -> str:
    """Return a unified social credit code in house form (GB 32100), empty if none was typed."""
    if not typed.strip():
        return ""
    if kind is EnterpriseKind.PERSON:
        raise Refused("credit_code_of_a_person", field="credit_code")
    try:
        read = identifiers.credit_code(typed)
    except BadIdentifier as bad:
        raise Refused(f"credit_code_{bad.fault.value}", field="credit_code", at=bad.at) from bad
    if read.is_sole_trader is not (kind is EnterpriseKind.SOLE_TRADER):
        raise Refused("credit_code_of_another_kind", field="credit_code")
    return read.text


def registration_number(typed: str, kind: EnterpriseKind) -> str:
    """Return the old 15-digit registration number, which only sole traders still carry."""
    if not typed.strip():
        return ""
    if kind is not EnterpriseKind.SOLE_TRADER:
        raise Refused("registration_number_of_another_kind", field="registration_number")
    try:
        return identifiers.registration_number(typed)
    except BadIdentifier as bad:
        raise Refused("registration_number_form", field="registration_number") from bad


def phone(typed: str) -> str:
    """Return a telephone number as it is read aloud, empty if none was typed."""
    if not typed.strip():
        return ""
    try:
        return identifiers.phone(typed).display
    except BadIdentifier as bad:
        raise Refused(f"phone_{bad.fault.value}", field="phone") from bad


def aliases(typed: Sequence[str], name: str) -> tuple[str, ...]:
    """Return other names, each once, without the name itself."""
    known = {text.fold(name)}
    found: list[str] = []
    for alias in map(text.clean_line, typed):
        if alias and text.fold(alias) not in known:
            known.add(text.fold(alias))
            found.append(alias)
    if len(found) > MOST_ALIASES:
        raise Refused("enterprise_too_many_aliases", field="aliases", most=MOST_ALIASES)
    if any(len(alias) > NAME_LENGTH for alias in found):
        raise Refused("enterprise_name_too_long", field="aliases", most=NAME_LENGTH)
    return tuple(found)
