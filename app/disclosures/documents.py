"""What does the file of a publication say, to people and to machines?"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from app.disclosures.publications import PublicDisclosure
from app.kernel.query_codes import spoken
from app.kernel.verify_publication import canonical
from app.typesetting.facts import DisclosureFacts


def facts_of(
    value: PublicDisclosure, *, verify_url: str, on: date, until: date | None
) -> DisclosureFacts:
    """Return what is typeset: the public value and nothing beside it."""
    parts = value.parts
    person = value.is_person
    return DisclosureFacts(
        decision_number=value.number,
        publication_number=value.reference,
        violation=value.violation,
        penalty=value.penalty,
        authority=value.authority,
        decided_on=value.decided_on,
        opening=parts.opening,
        decision=parts.body,
        signed=parts.is_signed,
        closing=parts.closing,
        check_code=spoken(value.check_code),
        verify_url=verify_url,
        published_on=on,
        displayed_until=until,
        version=value.revision,
        replaces=value.replaces,
        person_name=value.party_name if person else "",
        person_registration=value.registration_number if person else "",
        unit_name="" if person else value.party_name,
        unit_credit_code="" if person else value.credit_code,
        unit_representative="" if person else value.representative,
    )


def record_of(value: PublicDisclosure, *, on: date, until: date | None) -> bytes:
    """Return the published values as canonical JSON; its hash stands in the public log."""
    kept = asdict(value) | {
        "schema": "lijian-disclosure-1",
        "decided_on": value.decided_on.isoformat(),
        "published_on": on.isoformat(),
        "displayed_until": until.isoformat() if until else None,
    }
    return canonical(kept)
