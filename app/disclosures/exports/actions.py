"""What do people do with exports: make one, enter what the receiving system answered?"""

from __future__ import annotations

from app.disclosures import publications
from app.disclosures.exports import access as _policy  # noqa: F401 - declares the permissions
from app.disclosures.exports import queries, rules
from app.disclosures.exports.models import Export, ExportRow
from app.disclosures.exports.rules import Answer, Target
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require

KIND = "export"
MADE = audit.declare("export.made", "target", "rows", "edition")
ANSWERED = audit.declare("export.answered", "accepted", "refused")


def make(target: Target, *, everything: bool, by: Identity) -> Export:
    """Put together what changed in public since the last export, or all that is shown."""
    require(by, "export:make")
    found = queries.to_hand_on(by, target, everything=everything)
    if not found:
        raise Refused("export_nothing_new")
    at = clock.now()
    year = clock.legal_day(at).year
    made = Export(
        reference=f"B{year}-{next_number(KIND, str(year)):04d}",
        target=target,
        bureau_id=by.bureau_id,
        unit_path=by.bureau_path,
        edition=max(row.edition for row in found)
        if len(found) == queries.MOST_ROWS
        else publications.edition(),
        made_by_id=by.person_id,
        made_at=at,
        rows=[ExportRow(publication=row, answer=Answer.OPEN, message="") for row in found],
    )
    db.session.add(made)
    audit.record(
        MADE, KIND, made.reference, by=by,
        target=target.value, rows=len(found), edition=made.edition,
    )  # fmt: skip
    return made


def answer(made: Export, lines: str, *, by: Identity) -> None:
    """Enter receipts: one line a publication, accepted or refused with its message."""
    require(by, "export:receipt", made)
    receipts = rules.receipts_of(lines)
    rows = {row.publication.reference: row for row in made.rows}
    rules.check_known(receipts, list(rows))
    for receipt in receipts:
        row = rows[receipt.reference]
        row.answer, row.message, row.answered_at = receipt.answer, receipt.message, clock.now()
    said = [receipt.answer for receipt in receipts]
    audit.record(
        ANSWERED, KIND, made.reference, by=by,
        accepted=said.count(Answer.ACCEPTED), refused=said.count(Answer.REFUSED),
    )  # fmt: skip
