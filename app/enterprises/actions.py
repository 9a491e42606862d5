"""What do people do with the register of enterprises?"""

from __future__ import annotations

from dataclasses import replace

from app.codes import queries as codes
from app.enterprises import queries, rules
from app.enterprises.models import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseField,
    EnterpriseProduct,
    EnterpriseWord,
)
from app.enterprises.rules import Particulars
from app.kernel import audit, clock, divisions, text
from app.kernel.db import db
from app.kernel.divisions import Status
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.units import queries as units
from app.units.models import Unit

KIND = "enterprise"

REGISTERED = audit.declare("enterprise.registered", "kind", "division")
AMENDED = audit.declare("enterprise.amended", "changed")


def register(particulars: Particulars, *, by: Identity) -> Enterprise:
    """Enter an enterprise into the register; the bureau of its division keeps it."""
    require(by, "enterprise:register")
    clean = _meaningful(particulars, by)
    _refuse_a_second_entry(clean)
    enterprise = Enterprise(
        reference=f"Q{next_number('enterprise', 'all'):06d}", registered_at=clock.now()
    )
    _write(enterprise, clean, by)
    db.session.add(enterprise)
    audit.record(
        REGISTERED, KIND, enterprise.reference, by=by, kind=clean.kind.value,
        division=clean.division_code,
    )  # fmt: skip
    return enterprise


def amend(enterprise: Enterprise, particulars: Particulars, *, by: Identity) -> None:
    """Change an entry; a name given up stays as an alias, so that it is still found."""
    require(by, "enterprise:amend", enterprise)
    clean = _meaningful(particulars, by, former_name=enterprise.name)
    _refuse_a_second_entry(clean, other_than=enterprise)
    changed = _changes(enterprise, clean)
    if not changed:
        return
    _write(enterprise, clean, by)
    audit.record(AMENDED, KIND, enterprise.reference, by=by, changed=",".join(changed))


def particulars_of(enterprise: Enterprise) -> Particulars:
    """Return what is kept, as it would be typed in."""
    return Particulars(
        name=enterprise.name,
        kind=enterprise.kind,
        credit_code=enterprise.credit_code or "",
        registration_number=enterprise.registration_number or "",
        legal_representative=enterprise.legal_representative,
        address=enterprise.address,
        division_code=enterprise.division_code,
        contact=enterprise.contact,
        phone=enterprise.phone,
        status=enterprise.status,
        fields=tuple(code for code in rules.FIELDS if code in enterprise.fields),
        products=tuple(sorted(enterprise.products)),
        aliases=tuple(enterprise.aliases),
    )


def _meaningful(typed: Particulars, by: Identity, *, former_name: str = "") -> Particulars:
    clean = rules.checked(typed)
    if former_name and text.fold(former_name) != text.fold(clean.name):
        aliases = rules.aliases((*clean.aliases, former_name), clean.name)
        clean = replace(clean, aliases=aliases)
    known = {entry.code for entry in codes.entries("products")}
    if any(code not in known for code in clean.products):
        raise Refused("product_unknown", field="products")
    return replace(
        clean,
        division_code=clean.division_code or _division_of(clean.address, by),
        products=tuple(sorted(clean.products)),
    )


def _division_of(address: str, by: Identity) -> str:
    """Return the division that the address names beyond doubt, or say why it does not."""
    if not address:
        raise Refused("division_needed", field="division_code")
    within = units.by_id(by.bureau_id).division_code
    demo = queries.has_demo_divisions()
    found = divisions.resolve(address, within=within, demo=demo)
    if found.status in {Status.RESOLVED, Status.HISTORICAL}:
        return found.code
    if found.status is Status.AMBIGUOUS:
        places = (divisions.full_name_of(place.code, demo=demo) for place in found.candidates[:6])
        raise Refused("division_ambiguous", field="division_code", names="、".join(places))
    raise Refused("division_unknown", field="division_code")


def _refuse_a_second_entry(clean: Particulars, other_than: Enterprise | None = None) -> None:
    if clean.credit_code:
        bearer = queries.by_credit_code(clean.credit_code)
        if bearer is not None and bearer is not other_than:
            raise Refused(
                "credit_code_taken", field="credit_code", name=bearer.name,
                reference=bearer.reference,
            )  # fmt: skip
        return
    for twin in queries.namesakes(clean.name, clean.division_code):
        if twin is not other_than and not twin.credit_code:
            raise Refused("enterprise_known", field="name", reference=twin.reference)


def _changes(enterprise: Enterprise, clean: Particulars) -> list[str]:
    kept = particulars_of(enterprise)
    return [name for name in vars(clean) if getattr(kept, name) != getattr(clean, name)]


def _write(enterprise: Enterprise, clean: Particulars, by: Identity) -> None:
    keeper = _keeper(clean.division_code, by)
    enterprise.name = clean.name
    enterprise.kind = clean.kind
    enterprise.credit_code = clean.credit_code or None
    enterprise.registration_number = clean.registration_number or None
    enterprise.legal_representative = clean.legal_representative
    enterprise.address = clean.address
    enterprise.division_code = clean.division_code
    enterprise.contact = clean.contact
    enterprise.phone = clean.phone
    enterprise.status = clean.status
    enterprise.bureau, enterprise.unit_path = keeper, keeper.path
    enterprise.folded = text.fold(clean.name)
    enterprise.initials = text.initials(clean.name)
    _write_rows(enterprise, clean)


def _write_rows(enterprise: Enterprise, clean: Particulars) -> None:
    """Keep the rows that stay, so that nothing is deleted and written again under one key."""
    fields = {row.field_code: row for row in enterprise.field_rows}
    enterprise.field_rows = [
        fields.get(code) or EnterpriseField(field_code=code) for code in clean.fields
    ]
    products = {row.product_code: row for row in enterprise.product_rows}
    enterprise.product_rows = [
        products.get(code) or EnterpriseProduct(product_code=code) for code in clean.products
    ]
    aliases = {row.name: row for row in enterprise.alias_rows}
    enterprise.alias_rows = [
        aliases.get(name) or EnterpriseAlias(name=name, folded=text.fold(name))
        for name in clean.aliases
    ]
    words = {row.word: row for row in enterprise.word_rows}
    spoken = text.bigrams(" ".join((clean.name, *clean.aliases)))
    enterprise.word_rows = [
        words.get(word) or EnterpriseWord(word=word, first=word[0]) for word in spoken
    ]


def _keeper(division_code: str, by: Identity) -> Unit:
    """The bureau with jurisdiction; for a place outside the house, the one that registers."""
    return units.competent(division_code, clock.today()) or units.by_id(by.bureau_id)
