"""What can be looked up in the register of enterprises?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from app.codes import queries as codes
from app.enterprises.models import (
    Enterprise,
    EnterpriseAlias,
    EnterpriseField,
    EnterpriseProduct,
    EnterpriseWord,
)
from app.kernel import text
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.units import queries as units

PER_PAGE = 30
MOST_TYPED = 100
#: How many names one question names.
ASKED_AT_ONCE = 400
MOST_TERMS = 8
REFERENCE = re.compile(r"q\d{1,6}")
LETTERS = re.compile(r"[a-z0-9]+")
#: Beyond every letter that can follow in initials, and in a credit code.
AFTER = "z" * 40
# Which figures of a GB/T 2260 code name the province, the prefecture, the county.
LEVEL_ENDS = (2, 4, 6)


@dataclass(frozen=True)
class Filter:
    """How the register is narrowed; the address carries all of it."""

    text: str = ""
    division: str = ""
    field: str = ""
    product: str = ""
    status: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is asked."""
        return self != Filter()


@dataclass(frozen=True)
class Found:
    """One page of the register."""

    rows: Sequence[Enterprise]
    total: int


def by_reference(reference: str) -> Enterprise:
    """Return an enterprise, or refuse (404); the register is shared by all staff."""
    found = db.session.scalar(select(Enterprise).where(Enterprise.reference == reference))
    if found is None:
        raise NotFound
    return found


def by_credit_code(code: str) -> Enterprise | None:
    """Return the bearer of a credit code in house form."""
    return db.session.scalar(select(Enterprise).where(Enterprise.credit_code == code))


def by_name(name: str) -> Enterprise | None:
    """Return the one enterprise of that very name or alias; nothing when there are several."""
    folded = text.fold(name)
    if not folded:
        return None
    query = select(Enterprise).where(
        or_(Enterprise.folded == folded, _has_alias(EnterpriseAlias.folded == folded))
    )
    rows = db.session.scalars(query.limit(2)).all()
    return rows[0] if len(rows) == 1 else None


def ids_by_name(names: Iterable[str]) -> dict[str, int]:
    """Return ``by_name`` of a great many names: the key of each that names just one enterprise."""
    wanted = {name: text.fold(name) for name in names}
    asked = sorted(set(wanted.values()) - {""})
    found: dict[str, set[int]] = {}
    for at in range(0, len(asked), ASKED_AT_ONCE):
        some = asked[at : at + ASKED_AT_ONCE]
        for query in (
            select(Enterprise.folded, Enterprise.id).where(Enterprise.folded.in_(some)),
            select(EnterpriseAlias.folded, EnterpriseAlias.enterprise_id).where(
                EnterpriseAlias.folded.in_(some)
            ),
        ):
            for folded, key in db.session.execute(query):
                found.setdefault(folded, set()).add(key)
    single = {folded: min(keys) for folded, keys in found.items() if len(keys) == 1}
    return {name: single[folded] for name, folded in wanted.items() if folded in single}


def namesakes(name: str, division_code: str) -> Sequence[Enterprise]:
    """Return those of the same name in the same division."""
    query = select(Enterprise).where(
        Enterprise.folded == text.fold(name), Enterprise.division_code == division_code
    )
    return db.session.scalars(query).all()


def search(asked: Filter, *, page: int = 1) -> Found:
    """Return a page of the register, newest entries first."""
    query = _narrowed(asked)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = query.order_by(Enterprise.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return Found(db.session.scalars(rows).all(), total)


def suggestions(typed: str, *, limit: int = 8) -> Sequence[Enterprise]:
    """Return the likeliest enterprises while a name, its initials or a code is being typed."""
    folded = text.fold(typed[:MOST_TYPED])
    if not folded:
        return ()
    begins = case((Enterprise.folded.startswith(folded, autoescape=True), 0), else_=1)
    query = select(Enterprise).where(_terms_hold(typed))
    return db.session.scalars(query.order_by(begins, Enterprise.id.desc()).limit(limit)).all()


def _narrowed(asked: Filter) -> Select[Enterprise]:
    query = select(Enterprise).where(_terms_hold(asked.text))
    if asked.division:
        query = query.where(_in_division(asked.division))
    if asked.status:
        query = query.where(Enterprise.status == asked.status)
    if asked.field:
        of_field = EnterpriseField.enterprise_id == Enterprise.id
        rows = select(EnterpriseField).where(of_field, EnterpriseField.field_code == asked.field)
        query = query.where(rows.exists())
    if asked.product:
        group = codes.below("products", asked.product)
        of_product = EnterpriseProduct.enterprise_id == Enterprise.id
        in_group = EnterpriseProduct.product_code.in_(group)
        query = query.where(select(EnterpriseProduct).where(of_product, in_group).exists())
    return query


def _in_division(code: str) -> ColumnElement[bool]:
    """The division and everything in it: 990100 holds 990121."""
    stem = next((code[:end] for end in LEVEL_ENDS if not code[end:].strip("0")), code)
    return Enterprise.division_code.startswith(stem, autoescape=True)


def _terms_hold(typed: str) -> ColumnElement[bool]:
    """All the words typed, separated by spaces, are found: in name, alias, initials or number."""
    terms = [folded for word in typed[:MOST_TYPED].split() if (folded := text.fold(word))]
    return and_(True, *(_term_holds(term) for term in terms[:MOST_TERMS]))


def _term_holds(term: str) -> ColumnElement[bool]:
    named = _name_holds(term)
    if not LETTERS.fullmatch(term):
        return named
    code = term.upper()
    conditions = [
        named,
        Enterprise.initials.between(term, term + AFTER),
        Enterprise.credit_code.between(code, code + AFTER.upper()),
        Enterprise.registration_number.between(term, term + AFTER),
    ]
    if REFERENCE.fullmatch(term):
        conditions.append(Enterprise.reference == f"Q{int(term[1:]):06d}")
    return or_(*conditions)


def _name_holds(term: str) -> ColumnElement[bool]:
    """The fragment stands in the name or an alias: the words find it, the comparison proves it."""
    conditions = text.sought(term)
    if not conditions:
        return false()
    found = [
        Enterprise.id.in_(
            select(EnterpriseWord.enterprise_id).where(
                EnterpriseWord.first == condition.word
                if condition.prefix
                else EnterpriseWord.word == condition.word
            )
        )
        for condition in conditions
    ]
    proved = or_(
        Enterprise.folded.contains(term, autoescape=True),
        _has_alias(EnterpriseAlias.folded.contains(term, autoescape=True)),
    )
    return and_(*found, proved)


def _has_alias(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    of_enterprise = EnterpriseAlias.enterprise_id == Enterprise.id
    return select(EnterpriseAlias).where(of_enterprise, condition).exists()


def has_demo_divisions() -> bool:
    """Tell whether the fictional province of the demonstration is in use."""
    return units.top().division_code.startswith("99")
