"""What do the supervising and the handling bureau do with a listing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from sqlalchemy.orm.attributes import flag_modified

from app.cases import queries as cases
from app.enterprises import queries as enterprises
from app.kernel import audit, clock, divisions, storage
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.steps import allowed, reasoned
from app.kernel.storage import Stored
from app.kernel.text import document_number
from app.kernel.workflow import Transition
from app.supervision import access as _policy  # noqa: F401 - the permissions must be declared
from app.supervision import publications, queries, rules
from app.supervision.models import Demand, DemandReport, Listing, ListingExtension, Urging
from app.supervision.rules import (
    WORKFLOW,
    Asked,
    DemandState,
    ListingAction,
    ListingState,
    SubjectKind,
)
from app.units import queries as units
from app.units.models import Unit

LISTED = audit.declare("listing.listed", "number", "listed_kind", "subject", "demands", "due_on")
REPORTED = audit.declare("listing.reported", "demand", "files")
JUDGED = audit.declare("listing.judged", "demand", "met", "reason")
URGED = audit.declare("listing.urged", "number", "rung", "answer_due_on")
ANSWERED = audit.declare("listing.answered", "number", "late")
EXTENDED = audit.declare("listing.extended", "old_due_on", "due_on", "reason", "times")
APPLIED = audit.declare("listing.applied")
RETURNED = audit.declare("listing.returned", "reason")
DELISTED = audit.declare("listing.delisted", "number")
WITHDRAWN = audit.declare("listing.withdrawn", "reason")
ANNOUNCED = audit.declare("listing.announced")
RETRACTED = audit.declare("listing.retracted")
#: What the subject's own trail says of its listing.
SUBJECT_LISTED = audit.declare("supervision.listed", "number", "listing")
SUBJECT_URGED = audit.declare("supervision.urged", "number", "listing")
SUBJECT_DELISTED = audit.declare("supervision.delisted", "number", "listing")

#: The three number series: 澄市监督〔2026〕11号, 澄市监督函〔2026〕3号, 澄市监督解〔2026〕2号
LISTING_WORD, LETTER_WORD, DELISTING_WORD = "督", "督函", "督解"


@dataclass(frozen=True)
class Order:
    """What is listed, on whom, and what is demanded."""

    subject_kind: SubjectKind
    handling: Unit
    title: str
    reason: str
    due_on: date
    demands: Sequence[Asked]
    subject_reference: str = ""
    basis: str = ""
    contact: str = ""


def available(listing: Listing, who: Identity) -> list[Transition]:
    """Return the steps this person may take on this listing now: table ∧ permission ∧ rule."""
    return [step for step in allowed(WORKFLOW, listing, who) if _fits(step, listing)]


def _fits(step: Transition, listing: Listing) -> bool:
    states = listing.demand_states
    fitting = {
        ListingAction.URGE: DemandState.OPEN in states,
        ListingAction.ANSWER: queries.unanswered(listing) is not None,
        ListingAction.APPLY: DemandState.OPEN not in states,
        ListingAction.DELIST: set(states) == {DemandState.MET},
        ListingAction.ANNOUNCE: not listing.is_public,
        ListingAction.RETRACT: listing.is_public,
    }
    return fitting.get(ListingAction(step.action), True)


def list_(order: Order, *, by: Identity) -> Listing:
    """List a subject on a bureau below (挂牌): the number is taken and the demands are made."""
    handling = _handling(order, by)
    require(by, "listing:list", handling)
    today = clock.today()
    rules.check_listing(order.due_on, order.demands, today=today)
    if queries.is_live(order.subject_kind, order.subject_reference, by.bureau_id):
        raise Refused("already_listed", field="subject_reference")
    bureau = units.by_id(by.bureau_id)
    listing = Listing(
        reference=f"D{today.year}-{next_number('listing', str(today.year)):04d}",
        number=_number(bureau, LISTING_WORD),
        bureau=bureau,
        unit_path=bureau.path,
        handling_bureau=handling,
        handling_path=handling.path,
        subject_kind=order.subject_kind,
        subject_reference=order.subject_reference,
        title=order.title,
        reason=order.reason,
        basis=order.basis,
        contact=order.contact,
        listed_on=today,
        listed_by_id=by.person_id,
        due_on=order.due_on,
        moved_at=clock.now(),
        demands=[
            Demand(position=number, text=asked.text, due_on=asked.due_on)
            for number, asked in enumerate(order.demands, start=1)
        ],
    )
    db.session.add(listing)
    audit.record(
        LISTED, "listing", listing.reference, by=by, number=listing.number,
        listed_kind=order.subject_kind.value, subject=order.subject_reference,
        demands=len(order.demands), due_on=order.due_on.isoformat(),
    )  # fmt: skip
    _tell_subject(SUBJECT_LISTED, listing, listing.number, by)
    return listing


def _handling(order: Order, by: Identity) -> Unit:
    """Return who handles the subject; a case stays with its own bureau."""
    if order.subject_kind is SubjectKind.CASE:
        return cases.by_reference(order.subject_reference, by).bureau
    if order.subject_kind is SubjectKind.ENTERPRISE:
        enterprises.by_reference(order.subject_reference)
    if order.subject_kind is SubjectKind.AREA:
        demo = enterprises.has_demo_divisions()
        if not divisions.name_of(order.subject_reference, demo=demo):
            raise Refused("area_unknown", field="subject_reference")
    return order.handling


def _number(bureau: Unit, word: str) -> str:
    year = clock.today().year
    issued = next_number(f"supervision.{word}", f"{bureau.id}/{year}")
    return document_number(bureau.number_word + word, year, issued)


def _tell_subject(event: str, listing: Listing, number: str, by: Identity) -> None:
    """Write the listing's turn into the trail of the case or enterprise it is about."""
    if listing.subject_kind in {SubjectKind.CASE, SubjectKind.ENTERPRISE}:
        kind, reference = listing.subject_kind.value, listing.subject_reference
        audit.record(event, kind, reference, by=by, number=number, listing=listing.reference)


_step = partial(reasoned, WORKFLOW)


def _move(listing: Listing, found: Transition) -> None:
    """Take a step that every rule allowed; whoever read the page before is told so (409)."""
    listing.state, listing.moved_at = ListingState(found.target), clock.now()
    flag_modified(listing, "state")


def report(
    listing: Listing, position: int, *, text: str, files: Sequence[Stored], by: Identity
) -> None:
    """Report on one demand, with files that prove it."""
    found = _step(listing, ListingAction.REPORT, by=by)
    demand = queries.demand_of(listing, position)
    rules.check_report(demand.state)
    demand.state = DemandState.REPORTED
    demand.reports.append(
        DemandReport(text=text, reported_by_id=by.person_id, reported_at=clock.now())
    )
    for stored in files:
        storage.attach("listing", listing.reference, stored, by_id=by.person_id)
    _move(listing, found)
    audit.record(REPORTED, "listing", listing.reference, by=by, demand=position, files=len(files))


def judge(listing: Listing, position: int, *, met: bool, reason: str, by: Identity) -> None:
    """Say whether what was reported meets the demand; "not met" opens it again, with the reason."""
    found = _step(listing, ListingAction.JUDGE, by=by)
    demand = queries.demand_of(listing, position)
    rules.check_verdict(demand.state, met=met, reason=reason)
    last = demand.reports[-1]
    last.is_met, last.verdict_reason = met, reason
    last.judged_by_id, last.judged_at = by.person_id, clock.now()
    demand.state = DemandState.MET if met else DemandState.OPEN
    _move(listing, found)
    audit.record(
        JUDGED, "listing", listing.reference, by=by, demand=position, met=met, reason=reason
    )


def urge(listing: Listing, *, text: str, answer_due_on: date, by: Identity) -> Urging:
    """Send the next letter of the ladder (催办), numbered, with a day for the answer."""
    found = _step(listing, ListingAction.URGE, by=by)
    today = clock.today()
    rules.check_urging(listing.demand_states, answer_due_on=answer_due_on, today=today)
    letter = Urging(
        rung=rules.next_rung(queries.sent(listing), today=today),
        number=_number(listing.bureau, LETTER_WORD),
        text=text,
        sent_at=clock.now(),
        sent_by_id=by.person_id,
        answer_due_on=answer_due_on,
    )
    listing.urgings.append(letter)
    _move(listing, found)
    audit.record(
        URGED, "listing", listing.reference, by=by, number=letter.number, rung=letter.rung.value,
        answer_due_on=answer_due_on.isoformat(),
    )  # fmt: skip
    _tell_subject(SUBJECT_URGED, listing, letter.number, by)
    return letter


def answer(listing: Listing, *, text: str, by: Identity) -> None:
    """Answer the letter that waits for it."""
    found = _step(listing, ListingAction.ANSWER, by=by)
    letter = queries.unanswered(listing)
    if letter is None:
        raise Refused("nothing_to_answer")
    letter.answer, letter.answered_at, letter.answered_by_id = text, clock.now(), by.person_id
    _move(listing, found)
    late = letter.answer_due_on < clock.today()
    audit.record(ANSWERED, "listing", listing.reference, by=by, number=letter.number, late=late)


def extend(listing: Listing, *, new_due_on: date, reason: str, by: Identity) -> None:
    """Give a listing more time; the supervising bureau's leader approves, and it is counted."""
    found = _step(listing, ListingAction.EXTEND, by=by, reason=reason)
    old = listing.due_on
    rules.check_extension(new_due_on, old_due_on=old, today=clock.today())
    listing.extensions.append(
        ListingExtension(
            old_due_on=old,
            new_due_on=new_due_on,
            reason=reason,
            approved_by_id=by.person_id,
            approved_at=clock.now(),
        )
    )
    listing.due_on = new_due_on
    _move(listing, found)
    _release_if_public(listing)
    audit.record(
        EXTENDED, "listing", listing.reference, by=by, old_due_on=old.isoformat(),
        due_on=new_due_on.isoformat(), reason=reason, times=len(listing.extensions),
    )  # fmt: skip


def apply(listing: Listing, *, text: str, by: Identity) -> None:
    """Apply for delisting once everything demanded was reported."""
    found = _step(listing, ListingAction.APPLY, by=by)
    rules.check_application(listing.demand_states)
    listing.application = text
    _move(listing, found)
    audit.record(APPLIED, "listing", listing.reference, by=by)


def return_(listing: Listing, *, reason: str, by: Identity) -> None:
    """Send an application back, with the reason."""
    found = _step(listing, ListingAction.RETURN, by=by, reason=reason)
    listing.end_reason = reason
    _move(listing, found)
    audit.record(RETURNED, "listing", listing.reference, by=by, reason=reason)


def delist(listing: Listing, *, by: Identity) -> None:
    """Take a subject off the list (摘牌): impossible while one demand is not met."""
    found = _step(listing, ListingAction.DELIST, by=by)
    rules.check_delisting(listing.demand_states)
    listing.delist_number = _number(listing.bureau, DELISTING_WORD)
    listing.ended_on, listing.ended_by_id = clock.today(), by.person_id
    _move(listing, found)
    _release_if_public(listing)
    audit.record(DELISTED, "listing", listing.reference, by=by, number=listing.delist_number)
    _tell_subject(SUBJECT_DELISTED, listing, listing.delist_number, by)


def withdraw(listing: Listing, *, reason: str, by: Identity) -> None:
    """Withdraw a listing that should not have been made, with the leader's reason."""
    found = _step(listing, ListingAction.WITHDRAW, by=by, reason=reason)
    listing.end_reason = reason
    listing.ended_on, listing.ended_by_id = clock.today(), by.person_id
    _move(listing, found)
    _release_if_public(listing)
    audit.record(WITHDRAWN, "listing", listing.reference, by=by, reason=reason)


def announce(listing: Listing, *, public_title: str, by: Identity) -> None:
    """Let the public see title, units, date and state; somebody else than who listed decides."""
    found = _step(listing, ListingAction.ANNOUNCE, by=by)
    if listing.is_public:
        raise Refused("announced_already")
    listing.is_public, listing.public_title = True, public_title
    _move(listing, found)
    publications.release(listing)
    audit.record(ANNOUNCED, "listing", listing.reference, by=by)


def retract(listing: Listing, *, by: Identity) -> None:
    """Take the announcement down; what was announced stays in the record."""
    found = _step(listing, ListingAction.RETRACT, by=by)
    if not listing.is_public:
        raise Refused("not_announced")
    listing.is_public = False
    _move(listing, found)
    publications.release(listing)
    audit.record(RETRACTED, "listing", listing.reference, by=by)


def _release_if_public(listing: Listing) -> None:
    if listing.is_public:
        publications.release(listing)
