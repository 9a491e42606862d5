"""What may a complainant with number and query code see of the mediation?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.kernel import clock
from app.kernel.clock import LEGAL_ZONE
from app.mediations import queries
from app.mediations.models import Mediation
from app.mediations.rules import Ending, Letter, MediationState


@dataclass(frozen=True)
class Table:
    """One mediation as its complainant may know it: no minutes, no remarks, nobody's name."""

    state: MediationState
    #: The meeting that was called last and whose minutes are not written yet.
    planned_at: datetime | None
    place: str
    is_past: bool
    was_held: bool
    entrusted_to: str
    ending: Ending | None
    letter: Letter | None
    ended_on: date | None


def of_complaint(reference: str) -> Table | None:
    """Return the mediation of a complaint; None while there is none."""
    found = queries.of_tip(reference)
    return _told(found) if found is not None else None


def _told(mediation: Mediation) -> Table:
    called = queries.open_session(mediation)
    return Table(
        state=mediation.state,
        planned_at=called.planned_at.astimezone(LEGAL_ZONE) if called else None,
        place=called.place if called else "",
        is_past=called is not None and called.planned_at <= clock.now(),
        was_held=any(one.noted_at is not None for one in mediation.sessions),
        entrusted_to=mediation.entrusted_to,
        ending=mediation.ending,
        letter=mediation.letter,
        ended_on=mediation.ended_on,
    )
