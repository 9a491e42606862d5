"""What do people do with a letter about a lead: ask another bureau, ask the superior, answer?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.leads import actions, rules
from app.leads.models import Lead, LeadLetter
from app.leads.rules import LetterKind, Origin, Source
from app.units import queries as units
from app.units.models import Unit

SENT = audit.declare("lead.letter_sent", "letter", "to")
ANSWERED = audit.declare("lead.letter_answered", "letter", "by_unit")
ORGANISED = audit.declare("lead.organised", "letter", "bureaus")


@dataclass(frozen=True)
class Asked:
    """What a letter asks for, by when, and what goes with it."""

    text: str
    enclosed: str
    due_on: date


def ask_assistance(lead: Lead, to: Unit, asked: Asked, *, by: Identity) -> LeadLetter:
    """Tell another bureau of a lead and ask for its help (通报、协查)."""
    if to.id == lead.bureau_id:
        raise Refused("lead_own_bureau", field="bureau")
    return _send(lead, LetterKind.ASSIST, to, asked, by=by)


def ask_to_organise(lead: Lead, asked: Asked, *, by: Identity) -> LeadLetter:
    """Ask the superior bureau to organise what goes beyond one's own place."""
    superior = units.superior_of(lead.bureau)
    if superior is None:
        raise Refused("letter_no_superior")
    return _send(lead, LetterKind.ORGANISE, superior, asked, by=by)


def _send(lead: Lead, kind: LetterKind, to: Unit, asked: Asked, *, by: Identity) -> LeadLetter:
    require(by, "lead:write", lead)
    today = clock.today()
    rules.check_letter(due_on=asked.due_on, today=today)
    letter = LeadLetter(
        reference=f"K{today.year}-{next_number('lead_letter', str(today.year)):04d}",
        kind=kind, lead=lead, sender=lead.bureau, unit_path=lead.unit_path,
        addressee=to, addressee_path=to.path, asked=asked.text, enclosed=asked.enclosed,
        sent_on=today, sent_at=clock.now(), due_on=asked.due_on, sent_by_id=by.person_id,
    )  # fmt: skip
    db.session.add(letter)
    audit.record(SENT, "lead", lead.reference, by=by, letter=letter.reference, to=to.short_name)
    return letter


def answer(
    letter: LeadLetter, reply: str, *, by: Identity, bureaus: Sequence[Unit] = ()
) -> Sequence[Lead]:
    """Answer; a superior that organises names the bureaus, and each gets a lead of the set."""
    require(by, "letter:answer", letter)
    if letter.answered_on is not None:
        raise Refused("letter_answered")
    if bureaus and letter.kind is not LetterKind.ORGANISE:
        raise Refused("letter_asks_nothing_more", field="bureaus")
    letter.reply = reply
    letter.answered_on, letter.answered_by_id = clock.today(), by.person_id
    lead = letter.lead
    audit.record(
        ANSWERED, "lead", lead.reference, by=by, letter=letter.reference, by_unit=by.bureau_name
    )
    made = [_one_of_set(letter, bureau, by) for bureau in bureaus if bureau.id != lead.bureau_id]
    if made:
        audit.record(
            ORGANISED, "lead", lead.reference, by=by, letter=letter.reference, bureaus=len(made)
        )
    return made


def _one_of_set(letter: LeadLetter, bureau: Unit, by: Identity) -> Lead:
    lead = letter.lead
    if not bureau.path.startswith(by.bureau_path):
        raise Refused("letter_bureau_not_below", field="bureaus")
    found = actions.Found(
        lead.title, lead.summary, clock.today(),
        Origin(Source.UPPER, by.bureau_name, letter.reference, dated_on=clock.today()),
        lead.party_name, lead.party_address, lead.product_code, lead.violation_code,
    )  # fmt: skip
    return actions.open_at(bureau, found, by=by, parent=letter.reference)
