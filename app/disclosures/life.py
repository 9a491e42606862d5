"""What happens to a disclosure once it is public: corrected, overturned, its display over?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, or_, select

from app.cases.models import Case
from app.clocks import actions as clocks
from app.disclosures import queries, rules
from app.disclosures.endings import end
from app.disclosures.models import Disclosure, Mark, Publication
from app.disclosures.rules import DisclosureAction, DisclosureState, Ending, WithdrawalGround
from app.disclosures.steps import KIND, move, new_record, take
from app.enterprises.models import Enterprise
from app.enterprises.rules import EnterpriseStatus
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity

CORRECTING = audit.declare("disclosure.correcting", "version", "reason")
REDRAFTED = audit.declare("disclosure.redrafted", "corrects", "reason")
OVERTURNED = audit.declare("disclosure.overturned", "ground", "on")
DROPPED = audit.declare("disclosure.dropped", "reason")

#: What is carried from a version to the next; everything else is its own.
_CARRIED = (
    "summary", "original", "people", "terms", "is_mitigated", "in_key_field", "restricted_until",
)  # fmt: skip
_CARRIED_OF_MARKS = (
    "start", "end", "kind", "replacement", "source", "ruling", "reason", "ground", "ruled_by_id",
)  # fmt: skip
#: How many displays end in one transaction: the public's next reading waits for no more.
AT_ONCE = 200


def correct(disclosure: Disclosure, *, reason: str, by: Identity) -> Disclosure:
    """Draft a new version of what is shown, redactions and all; two persons release it again.

    The law says "in time" (令45 art. 12) and names no number of days, so no clock runs.
    """
    take(disclosure, DisclosureAction.CORRECT, by)
    rules.check_reason(reason)
    shown = queries.publication_of(disclosure)
    version = again(disclosure, reason=reason, by=by)
    version.counted_from = disclosure.counted_from or shown.published_on
    version.term_rule = disclosure.term_rule
    disclosure.moved_at = clock.now()
    audit.record(
        CORRECTING, KIND, disclosure.reference, by=by, version=version.reference, reason=reason
    )
    return version


def again(disclosure: Disclosure, *, reason: str, by: Identity) -> Disclosure:
    """Copy a disclosure into a draft that is to replace it; a second draft beside it is refused."""
    underway = queries.version_after(disclosure)
    if underway is not None:
        raise Refused("version_underway", reference=underway.reference)
    case = queries.case_of(disclosure)
    version = new_record(case, DisclosureState.DRAFTING, by, corrects=disclosure)
    for name in _CARRIED:
        setattr(version, name, getattr(disclosure, name))
    version.correction = reason
    version.marks = [
        Mark(**{name: getattr(mark, name) for name in _CARRIED_OF_MARKS})
        for mark in disclosure.marks
    ]
    db.session.add(version)
    db.session.flush()
    audit.record(
        REDRAFTED, KIND, version.reference, by=by, corrects=disclosure.reference, reason=reason
    )
    return version


def drop(disclosure: Disclosure, *, reason: str, by: Identity) -> None:
    """Give a later version up before it was released; what is shown stays as it is."""
    step = take(disclosure, DisclosureAction.DROP, by)
    rules.check_reason(reason)
    disclosure.reason = reason
    move(disclosure, step)
    audit.record(DROPPED, KIND, disclosure.reference, by=by, reason=reason)


def overturn(disclosure: Disclosure, *, ground: WithdrawalGround, on: date, by: Identity) -> None:
    """Note that the decision was changed, revoked or held unlawful: three working days begin."""
    take(disclosure, DisclosureAction.OVERTURN, by)
    if ground is WithdrawalGround.MISTAKE:
        raise Refused("mistake_is_not_overturned", field="ground")
    if disclosure.overturned_on is not None:
        raise Refused("overturned_already", day=disclosure.overturned_on.isoformat())
    note_overturned(disclosure, ground, on, by)


def note_overturned(
    disclosure: Disclosure, ground: WithdrawalGround, on: date, by: Identity
) -> None:
    """Keep since when the decision no longer stands, and start the term for taking back."""
    decided_on = queries.decision_of(disclosure).decided_on
    rules.check_overturned(on, decided_on=decided_on, today=clock.today())
    disclosure.overturned_on, disclosure.overturned_ground = on, ground
    clocks.start(KIND, disclosure.reference, rules.WITHDRAWAL, on, by=by, is_main=True)
    audit.record(
        OVERTURNED, KIND, disclosure.reference, by=by, ground=ground.value, on=on.isoformat()
    )


# --- the end of the display -----------------------------------------------------------------------


def due(today: date, limit: int) -> Sequence[tuple[Disclosure, Ending]]:
    """Return what is shown although its time is over, or its firm is no more (令45 art. 20)."""
    is_gone = Enterprise.status == EnterpriseStatus.DEREGISTERED
    query = (
        select(Disclosure, Publication.displayed_until)
        .join(Publication, Publication.disclosure_id == Disclosure.id)
        .join(Case, Case.reference == Disclosure.case_reference)
        .outerjoin(Enterprise, and_(Enterprise.id == Case.enterprise_id, is_gone))
        .where(
            Disclosure.state == DisclosureState.PUBLISHED,
            or_(Publication.displayed_until < today, Enterprise.id.is_not(None)),
        )
    )
    rows = db.session.execute(query.order_by(Disclosure.id).limit(limit)).all()
    return [
        (found, Ending.EXPIRED if until < today else Ending.DEREGISTERED) for found, until in rows
    ]


def end_due(limit: int = AT_ONCE) -> int:
    """End what is over; returns how many ended. Done twice, the second finds nothing."""
    found = due(clock.today(), limit)
    for disclosure, ending in found:
        end(disclosure, ending, by=None)
    return len(found)
