"""What of a listing may leave the house?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app.kernel import clock
from app.kernel.db import db
from app.supervision.models import Listing, ListingPublication

RETRACTED = "retracted"


@dataclass(frozen=True)
class PublicListing:
    """A listing as the public sees it: only what was released, frozen when it was."""

    reference: str
    number: str
    title: str
    supervising_unit: str
    handling_unit: str
    listed_on: date
    due_on: date
    state: str
    published_at: datetime


def release(listing: Listing) -> None:
    """Write down what the public may see now (announced, extended, delisted, retracted)."""
    db.session.add(
        ListingPublication(
            listing_reference=listing.reference,
            number=listing.number,
            title=listing.public_title,
            supervising_unit=listing.bureau.name,
            handling_unit=listing.handling_bureau.name,
            listed_on=listing.listed_on,
            due_on=listing.due_on,
            state=listing.state.value if listing.is_public else RETRACTED,
            published_at=clock.now(),
        )
    )


def public_listings(limit: int = 50) -> Sequence[PublicListing]:
    """Return what is announced now, newest listing first; read from the frozen rows alone."""
    newest = (
        select(func.max(ListingPublication.id))
        .group_by(ListingPublication.listing_reference)
        .scalar_subquery()
    )
    query = (
        select(ListingPublication)
        .where(ListingPublication.id.in_(newest), ListingPublication.state != RETRACTED)
        .order_by(ListingPublication.listed_on.desc(), ListingPublication.id.desc())
        .limit(limit)
    )
    return [_public(row) for row in db.session.scalars(query)]


def _public(row: ListingPublication) -> PublicListing:
    return PublicListing(
        reference=row.listing_reference,
        number=row.number,
        title=row.title,
        supervising_unit=row.supervising_unit,
        handling_unit=row.handling_unit,
        listed_on=row.listed_on,
        due_on=row.due_on,
        state=row.state,
        published_at=row.published_at,
    )
