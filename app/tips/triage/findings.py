"""How does a breach that officers found while they mediated become a report of its own?"""

from __future__ import annotations

from app.clocks import actions as clocks
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.kernel.query_codes import new_code
from app.tips import duplicates, intake
from app.tips.models import Tip
from app.tips.rules import Channel, Standing, TipKind

#: What the report says of the place and the goods, as the complaint has it.
SHARED = (
    "bureau_id", "unit_path", "subject_name", "subject_address", "division_code", "seller",
    "enterprise_id", "product_code", "violation_code", "brand_model", "batch", "is_dangerous",
)  # fmt: skip


def open_report(complaint: Tip, *, facts: str, term: str, by: Identity) -> Tip:
    """Open a report on what was found at the table (令121 art. 27).

    It is the bureau's own finding: received today, with nobody's name, no way back to the tip.
    """
    require(by, "tip:mediate", complaint)
    nobody = intake.sealed_reporter(intake.Caller(Standing.ANONYMOUS), new_code())
    db.session.add(nobody)
    db.session.flush()
    found = Tip(
        reference=intake.new_reference(clock.today()),
        kind=TipKind.REPORT,
        channel=Channel(complaint.channel),
        received_at=clock.now(),
        received_by_id=by.person_id,
        reporter_id=nobody.id,
        facts=facts,
        wishes=[],
        **{name: getattr(complaint, name) for name in SHARED},
    )
    db.session.add(found)
    db.session.flush()
    duplicates.note(found)
    clocks.start("tip", found.reference, term, clock.today(), by=by, is_main=True)
    audit.record(
        intake.RECEIVED, "tip", found.reference, by=by,
        channel=found.channel.value, tip_kind=found.kind.value,
    )  # fmt: skip
    return found
