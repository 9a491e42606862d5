"""What does the queue do with an approved disclosure: set, re-read, keep, release?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from app.disclosures import actions, documents, life, publications, queries
from app.disclosures.actions import Made
from app.disclosures.models import Disclosure
from app.disclosures.publications import PublicDisclosure
from app.disclosures.redacting import Redaction
from app.disclosures.rules import DisclosureState
from app.kernel import clock, jobs, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, PortalError
from app.kernel.identity import Identity
from app.kernel.publiclog import Act, Deed
from app.people import queries as people
from app.people.models import Person
from app.typesetting.leaks import Reread
from app.typesetting.logged import Finished, Manuscript, Prepared, entered, prepared


class StillShown(PortalError):
    """The finished file, or a public text, still holds something that was removed."""

    def __init__(self, places: int) -> None:
        """Say in how many places; never what."""
        super().__init__(str(places))
        self.places = places


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was set, its text read again, and what may not be in it."""

    made: Prepared
    read: Reread
    removed: list[str]

    def entered(self) -> Finished:
        """Enter the file in the log, and read once more what that adds to it."""
        final = entered(self.made)
        insist(len(self.read.leaks_once_filled(final.content, self.removed)))
        return final


@jobs.kind(actions.PUBLISHING)
def publish(reference: str, content: str, approver: int, unit: int) -> None:
    """Make the file outside any transaction, re-read it, then release it in one."""
    disclosure = queries.any_by_reference(reference)
    if disclosure.state is not DisclosureState.APPROVED:
        return  # asked twice, or revoked meanwhile
    found = actions.content_hash(disclosure)
    if found != disclosure.content_hash or found != content:
        _void(reference, found)
        return
    value = publications.build(disclosure, disclosure.check_code or "")
    removed = Redaction.of(disclosure).removed()
    address = f"{disclosure.verify_root}?code={value.check_code}"
    row, until = disclosure.id, actions.display_of(disclosure, clock.today()).until
    is_again = bool(disclosure.term_rule)
    db.session.rollback()  # typesetting takes a while; nobody waits for our reading
    made = _made(value, address, until, Act.RESUME if is_again else Act.PUBLISH)
    file = Checked(made, Reread(made.content, filename=value.file_name), removed)
    insist(len(publications.still_shown(value, removed)) + len(file.read.leaks(removed)))
    with unit_of_work() as session:
        locked = session.get_one(Disclosure, row, with_for_update=True)
        by = approver_of(approver, unit)
        final = file.entered()
        actions.publish(locked, value, Made(final.sha256, final.size, final.pages), by=by)
        storage.shelf().put(io.BytesIO(final.content))  # last: what is refused leaves no file


def _made(value: PublicDisclosure, address: str, until: date, act: Act) -> Prepared:
    """Set the file, the place of its log entry still blank."""
    today = clock.today()
    manuscript = Manuscript(
        template="disclosure",
        facts=documents.facts_of(value, verify_url=address, on=today, until=until),
        title=value.title,
        author=value.authority,
        record=documents.record_of(value, on=today, until=until),
    )
    return prepared(manuscript, Deed(act=act, reference=value.reference, version=value.revision))


def insist(places: int) -> None:
    """Whatever was removed must be nowhere, read as strangers would."""
    if places:
        raise StillShown(places)


def _void(reference: str, found: str) -> None:
    with unit_of_work():
        disclosure = queries.any_by_reference(reference)
        if disclosure.state is DisclosureState.APPROVED:
            actions.void(disclosure, found=found)


def approver_of(person_id: int, unit_id: int, permission: str = "disclosure:approve") -> Identity:
    """Return who approved, as of now: rights that were taken away meanwhile count no more."""
    person = db.session.get_one(Person, person_id)
    who = people.identity_of(person, unit_id, clock.today()) if person.is_active else None
    if who is None or who.unit_id != unit_id:
        raise NotAllowed(permission)
    return who


@jobs.every("end_displays", minute="7")
def end_displays() -> None:
    """End every display whose time is over, some at a time, so that nobody waits for long."""
    ended = life.AT_ONCE
    while ended == life.AT_ONCE:
        with unit_of_work():
            ended = life.end_due()
