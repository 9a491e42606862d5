"""How often did a source knock, and who runs this site?"""

from __future__ import annotations

from sqlalchemy import func, select

from app.kernel import clock, vault
from app.kernel.db import db
from app.public import rules
from app.public.models import DoorUse
from app.public.rules import Door
from app.units import queries as units


def source_digest(address: str) -> str:
    """Return the keyed digest that stands for an address; the address itself is not kept."""
    return vault.blind_index(address, field="public.source")


def is_open(door: Door, source: str) -> bool:
    """Tell whether a source may use a door once more within the hour."""
    query = select(func.count()).where(
        DoorUse.door == door,
        DoorUse.source_digest == source,
        DoorUse.at > clock.now() - rules.WINDOW,
    )
    return rules.is_open(door, db.session.scalar(query) or 0)


def owner() -> str:
    """Return the name of the bureau that runs the site: the topmost one; nothing before it is."""
    top = units.top_or_none()
    return top.name if top else ""
