"""How does a publication leave the public eye, emptied and with nothing but its mark?"""

from __future__ import annotations

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.disclosures import queries, rules
from app.disclosures.models import INDEX, PURGED, Disclosure, Publication
from app.disclosures.rules import WORKFLOW, DisclosureAction, Ending
from app.disclosures.steps import KIND, move
from app.kernel import audit, clock, publiclog
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.publiclog import Act

#: What the public log calls each ending.
_LOGGED = {
    Ending.EXPIRED: Act.EXPIRE,
    Ending.DEREGISTERED: Act.EXPIRE,
    Ending.CORRECTED: Act.CORRECT,
    Ending.REPAIRED: Act.REPAIR,
}
ENDED = audit.declare("disclosure.ended", "ending", "reason", "edition")


def next_edition() -> int:
    """Return the number of the next change of the public face."""
    return next_number("public-edition", "disclosure")


def empty(row: Publication) -> None:
    """Take everything readable out of a publication and out of the search."""
    edition = next_edition()
    INDEX.remove(row.id, row.searched)
    for name in PURGED:
        setattr(row, name, [] if name == "penalty" else "")
    row.edition = edition


def end(disclosure: Disclosure, ending: Ending, reason: str = "", *, by: Identity | None) -> None:
    """Stop showing what is shown; the caller has asked for the permission, or it is the law's."""
    action = DisclosureAction.SUPERSEDE if ending is Ending.CORRECTED else DisclosureAction.END
    step = WORKFLOW.step(disclosure.state, action)
    row = queries.publication_of(disclosure)
    publiclog.follow(_LOGGED[ending], disclosure.reference, reason=ending.value)
    empty(row)
    row.ended_at, row.ended_on = clock.now(), clock.today()
    row.ending, row.ending_reason = ending, reason
    move(disclosure, step)
    stop_withdrawal(disclosure, by, Outcome.WITHDRAWN)
    audit.record(
        ENDED, KIND, disclosure.reference, by=by,
        ending=ending.value, reason=reason, edition=row.edition,
    )  # fmt: skip


def stop_withdrawal(
    disclosure: Disclosure, by: Identity | None, outcome: Outcome | None = None
) -> None:
    """Stop the term for taking back, if it runs."""
    running = clock_queries.running_clock(KIND, disclosure.reference, rules.WITHDRAWAL)
    if running is not None:
        clocks.stop(running, met_on=clock.today(), by=by, outcome=outcome)
