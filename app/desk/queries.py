"""What waits for a person, in every slice?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.campaigns import queries as campaigns
from app.cases import queries as cases
from app.disclosures import queries as disclosures
from app.inspections import queries as inspections
from app.kernel.identity import Identity
from app.kernel.waiting import Waiting, in_order
from app.notices import queries as notices
from app.supervision import queries as supervision
from app.tips import queries as tips

#: Each answers, from its records themselves, what this person in this post may do now.
SLICES = (tips, inspections, campaigns, cases, supervision, disclosures, notices)


def gathered(who: Identity, today: date) -> Sequence[Waiting]:
    """Return everything that waits for this person, ordered by the calendar."""
    return in_order(line for slice_ in SLICES for line in slice_.waiting(who, today))
