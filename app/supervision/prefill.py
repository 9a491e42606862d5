"""What does the house already know when a listing is written or shown?"""

from __future__ import annotations

from typing import Any

from app.cases import queries as cases
from app.enterprises import queries as enterprises
from app.kernel import clock, divisions
from app.kernel.identity import Identity
from app.supervision import queries
from app.supervision.models import Listing
from app.supervision.rules import SubjectKind


def listing_values(kind: str, reference: str, who: Identity) -> dict[str, Any]:
    """Return what a subject's page says, by the names of the listing form's fields."""
    values: dict[str, Any] = {
        "subject_kind": kind if kind in set(SubjectKind) else SubjectKind.CASE.value,
        "subject_reference": reference[:20],
        "due_on": queries.listing_day(clock.today()),
    }
    if kind == SubjectKind.CASE and reference:
        case = cases.by_reference(reference, who)
        values |= {"title": case.title, "handling": case.bureau.code}
    elif kind == SubjectKind.ENTERPRISE and reference:
        enterprise = enterprises.by_reference(reference)
        values |= {"title": enterprise.name, "handling": enterprise.bureau.code}
    return values


def area_name(listing: Listing) -> str:
    """Return the full name of a listed area; empty for every other subject."""
    if listing.subject_kind is not SubjectKind.AREA:
        return ""
    demo = enterprises.has_demo_divisions()
    return divisions.full_name_of(listing.subject_reference, demo=demo)
