"""What does a supervision letter say when it is typeset?"""

from __future__ import annotations

from app.kernel import clock
from app.supervision.models import Urging
from app.supervision.rules import Rung
from app.typesetting import Document, LetterFacts, typeset
from app.typesetting.compose import official_date

KINDS = {Rung.REMINDER: "提醒函", Rung.ASSIGNMENT: "交办函", Rung.SUPERVISION: "督办函"}


def facts_of(letter: Urging) -> LetterFacts:
    """Return what is typeset of a letter of the ladder."""
    listing = letter.listing
    asked = f"请于{official_date(letter.answer_due_on)}前书面答复。"
    return LetterFacts(
        organ=listing.bureau.name,
        number=letter.number,
        title=f"关于{listing.title}的{KINDS[letter.rung]}",
        addressees=listing.handling_bureau.name,
        body=(*(line for line in letter.text.splitlines() if line.strip()), asked),
        signed_by=listing.bureau.name,
        signed_on=clock.legal_day(letter.sent_at),
    )


def typeset_letter(letter: Urging) -> Document:
    """Set a letter in the letter form; raises ``TypesettingError``."""
    facts = facts_of(letter)
    return typeset("letter", facts, title=facts.title, author=facts.organ)
