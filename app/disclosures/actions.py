"""What do people do with a draft: submit, return, approve, publish, decline, withdraw?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.cases import queries as cases
from app.cases.models import Case
from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.disclosures import life, publications, queries, rules
from app.disclosures.drafting import disagreements, still_shown
from app.disclosures.endings import empty, end, next_edition, stop_withdrawal
from app.disclosures.models import INDEX, Disclosure, Mark, Publication
from app.disclosures.redacting import Redaction
from app.disclosures.rules import (
    WORKFLOW,
    DisclosureAction,
    DisclosureState,
    Display,
    Ending,
    Gravity,
    Ground,
    KeepGround,
    WithdrawalGround,
)
from app.disclosures.steps import KIND, move, new_record, take, touch
from app.kernel import audit, clock, jobs, publiclog
from app.kernel.db import db
from app.kernel.errors import Refused, Stale
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.kernel.publiclog import Act
from app.kernel.query_codes import new_code
from app.kernel.steps import allowed
from app.kernel.workflow import Transition

#: The job that makes the file and releases it; its work is in ``jobs``.
PUBLISHING = "disclosure.publish"

SUBMITTED = audit.declare("disclosure.submitted")
RETURNED = audit.declare("disclosure.returned", "reason")
PREMISES = audit.declare("disclosure.premises_kept", "places")
APPROVED = audit.declare("disclosure.approved", "content")
REVOKED = audit.declare("disclosure.revoked", "reason")
VOIDED = audit.declare("disclosure.voided", "approved", "found")
RETRIED = audit.declare("disclosure.retried")
PUBLISHED = audit.declare("disclosure.published", "content", "file", "tier", "until", "edition")
DECLINED = audit.declare("disclosure.declined", "case", "ground", "reason")
WITHDRAWN = audit.declare("disclosure.withdrawn", "ground", "reason", "edition")


def available(disclosure: Disclosure, who: Identity) -> set[DisclosureAction]:
    """Return what this person may do now: table ∧ permission ∧ second person."""
    acts = {
        DisclosureAction(step.action)
        for step in allowed(WORKFLOW, disclosure, who)
        if rules.fits_version(
            DisclosureAction(step.action), is_later=disclosure.corrects is not None
        )
    }
    if disclosure.overturned_on is not None:
        acts.discard(DisclosureAction.OVERTURN)
    if DisclosureAction.CORRECT in acts and queries.version_after(disclosure):
        acts.discard(DisclosureAction.CORRECT)
    apart = who.person_id not in disclosure.hands
    apart = apart and who.person_id not in cases.handlers(queries.case_of(disclosure))
    return acts if apart else acts - {DisclosureAction.APPROVE}


# --- the two persons ------------------------------------------------------------------------------


def content_of(disclosure: Disclosure) -> dict[str, Any]:
    """Return everything that decides what becomes public."""
    marks = sorted(disclosure.marks, key=lambda mark: mark.start)
    return {
        "reference": disclosure.reference,
        "case": disclosure.case_reference,
        "summary": disclosure.summary,
        "original": disclosure.original,
        "people": disclosure.people,
        "terms": disclosure.terms,
        "is_mitigated": disclosure.is_mitigated,
        "in_key_field": disclosure.in_key_field,
        "restricted_until": _iso(disclosure.restricted_until),
        "corrects": disclosure.corrects,
        "correction": disclosure.correction,
        "counted_from": _iso(disclosure.counted_from),
        "term_rule": disclosure.term_rule,
        "marks": [
            [mark.start, mark.end, mark.kind, mark.replacement, mark.ruling.value] for mark in marks
        ],
        **_premises(marks),
    }


def _premises(marks: Sequence[Mark]) -> dict[str, Any]:
    """Why a natural person's address stays: the approval is given to the reasons as well."""
    kept = [mark for mark in marks if mark.ground is KeepGround.OWN_PREMISES]
    return {"premises": [[mark.start, mark.reason] for mark in kept]} if kept else {}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def content_hash(disclosure: Disclosure) -> str:
    """Return the digest an approval of the present content would be bound to."""
    return rules.content_hash(content_of(disclosure))


def submit(disclosure: Disclosure, *, by: Identity) -> None:
    """Hand the draft to a second person: every mark decided, nothing removed still shown."""
    step = take(disclosure, DisclosureAction.SUBMIT, by)
    check_content(disclosure)
    touch(disclosure, by)
    move(disclosure, step)
    audit.record(SUBMITTED, KIND, disclosure.reference, by=by)


def check_content(disclosure: Disclosure) -> None:
    """Refuse a content with an open question, or one that shows what it hides elsewhere."""
    redacted = Redaction.of(disclosure)
    rules.check_ready((mark.ruling for mark in redacted.marks), uneven=redacted.uneven())
    shown = still_shown(disclosure)
    if shown:
        raise Refused("still_shown", count=shown)
    faults = sum(one.blocks for one in disagreements(disclosure))
    if faults:
        raise Refused("text_disagrees", count=faults)


def return_(disclosure: Disclosure, *, reason: str, by: Identity) -> None:
    """Send a draft back to its drafter."""
    step = take(disclosure, DisclosureAction.RETURN, by)
    rules.check_reason(reason)
    disclosure.reason = reason
    move(disclosure, step)
    audit.record(RETURNED, KIND, disclosure.reference, by=by, reason=reason)


def approve(
    disclosure: Disclosure, *, seen: str, verify_root: str, by: Identity, premises: bool = False
) -> jobs.Job:
    """Release, as the second person, exactly the content one has seen; returns the job to send.

    ``premises``: agrees that a natural person's address stays, as the business is run there.
    """
    step = take(disclosure, DisclosureAction.APPROVE, by)
    handlers = cases.handlers(queries.case_of(disclosure))
    rules.check_second_person(by.person_id, hands=disclosure.hands, case_handlers=handlers)
    found = content_hash(disclosure)
    if seen != found:
        raise Stale
    check_content(disclosure)
    kept = Redaction.of(disclosure).premises
    rules.check_premises(kept, agreed=premises)
    if kept:
        audit.record(PREMISES, KIND, disclosure.reference, by=by, places=kept)
    _replaced(disclosure)
    disclosure.content_hash = found
    disclosure.approved_by_id, disclosure.approved_at = by.person_id, clock.now()
    disclosure.check_code = disclosure.check_code or new_code()
    disclosure.verify_root = verify_root
    disclosure.tier = rules.tier_of(_gravity(disclosure))
    move(disclosure, step)
    audit.record(APPROVED, KIND, disclosure.reference, by=by, content=found)
    return _ask(disclosure, by)


def _gravity(disclosure: Disclosure) -> Gravity:
    decision = queries.decision_of(disclosure)
    return Gravity(
        items=decision.items,
        party=decision.party_kind,
        is_mitigated=disclosure.is_mitigated,
        in_key_field=disclosure.in_key_field,
    )


def _ask(disclosure: Disclosure, by: Identity) -> jobs.Job:
    job = jobs.ask(
        PUBLISHING,
        by_id=by.person_id,
        reference=disclosure.reference,
        content=disclosure.content_hash,
        approver=by.person_id,
        unit=by.unit_id,
    )
    disclosure.job_id = job.id
    return job


def retry(disclosure: Disclosure, *, by: Identity) -> jobs.Job:
    """Have the file made again after a failure; the approval stands as it was given."""
    require(by, "disclosure:approve", disclosure)
    WORKFLOW.step(disclosure.state, DisclosureAction.PUBLISH)
    if not queries.may_retry(disclosure):
        raise Refused("job_still_running")
    audit.record(RETRIED, KIND, disclosure.reference, by=by)
    return _ask(disclosure, by)


def revoke(disclosure: Disclosure, *, reason: str, by: Identity) -> None:
    """Take an approval back before it became public."""
    step = take(disclosure, DisclosureAction.REVOKE, by)
    rules.check_reason(reason)
    _void(disclosure, step, reason)
    audit.record(REVOKED, KIND, disclosure.reference, by=by, reason=reason)


def void(disclosure: Disclosure, *, found: str) -> None:
    """Undo an approval whose content is no longer the approved one."""
    step = WORKFLOW.step(disclosure.state, DisclosureAction.REVOKE)
    approved = disclosure.content_hash or ""
    _void(disclosure, step, "")
    audit.record(VOIDED, KIND, disclosure.reference, by=None, approved=approved, found=found)


def _void(disclosure: Disclosure, step: Transition, reason: str) -> None:
    disclosure.content_hash = disclosure.approved_by_id = disclosure.approved_at = None
    disclosure.reason = reason
    move(disclosure, step)


# --- out, and back --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """The finished file, already kept under the digest of its bytes."""

    sha256: str
    size: int
    pages: int


def publish(
    disclosure: Disclosure,
    value: publications.PublicDisclosure,
    made: Made,
    *,
    by: Identity,
) -> Publication:
    """Make an approved value public, in one transaction with index, trail and clock."""
    step = take(disclosure, DisclosureAction.PUBLISH, by)
    if content_hash(disclosure) != disclosure.content_hash or disclosure.tier is None:
        raise Refused("content_changed")
    if publications.still_shown(value, Redaction.of(disclosure).removed()):
        raise Refused("still_shown", count=1)
    replaced = _replaced(disclosure)
    if replaced is not None:
        end(replaced, Ending.CORRECTED, value.correction, by=by)
    row = _released(disclosure, value, made)
    db.session.add(row)
    move(disclosure, step)
    db.session.flush()
    INDEX.add(row.id, row.searched)
    _stop_clock(disclosure, None, by)
    audit.record(
        PUBLISHED, KIND, disclosure.reference, by=by,
        content=disclosure.content_hash, file=made.sha256, tier=row.tier.value,
        until=row.displayed_until.isoformat(), edition=row.edition,
    )  # fmt: skip
    return row


def _released(
    disclosure: Disclosure, value: publications.PublicDisclosure, made: Made
) -> Publication:
    today = clock.today()
    display = display_of(disclosure, today)
    return Publication(
        **publications.row_of(value),
        disclosure=disclosure,
        edition=next_edition(),
        unit_id=disclosure.bureau_id,
        published_at=clock.now(),
        published_on=today,
        tier=display.tier,
        displayed_until=display.until,
        earliest_end=display.earliest_end,
        pdf_sha256=made.sha256,
        pdf_size=made.size,
        pdf_pages=made.pages,
    )


def display_of(disclosure: Disclosure, published_on: date) -> Display:
    """Return from when to when an approved disclosure is shown; a later version counts on."""
    assert disclosure.tier is not None  # noqa: S101 - set by the approval
    begins = disclosure.counted_from or published_on
    if disclosure.term_rule:
        return rules.display_under(disclosure.term_rule, disclosure.tier, begins)
    return rules.display(disclosure.tier, begins, restricted_until=disclosure.restricted_until)


def _replaced(disclosure: Disclosure) -> Disclosure | None:
    """Return the version this one takes the place of; refuse when that is shown no longer.

    What is shown again (after a repair got by deceit) takes nobody's place.
    """
    if disclosure.corrects is None:
        return None
    before = queries.any_by_reference(disclosure.corrects)
    if before.state is DisclosureState.PUBLISHED:
        return before
    if disclosure.term_rule and before.state is DisclosureState.ENDED:
        return None
    raise Refused("corrected_is_over", reference=before.reference)


def _stop_clock(disclosure: Disclosure, outcome: Outcome | None, by: Identity) -> None:
    running = clock_queries.running_clock("case", disclosure.case_reference, rules.PUBLICATION)
    if running is not None:
        clocks.stop(running, met_on=clock.today(), by=by, outcome=outcome)


def decline(
    case: Case, *, ground: Ground, reason: str, by: Identity, disclosure: Disclosure | None = None
) -> Disclosure:
    """Decide, as the leader, that a penalty is not shown, on one of the grounds and with reason."""
    require(by, "disclosure:decline", case)
    rules.check_reason(reason)
    if disclosure is None:
        rules.check_disclosable(has_decision=case.decision is not None, warning_only=False)
        disclosure = new_record(case, DisclosureState.NOT_DISCLOSED, by)
        disclosure.summary = {"title": case.title}
        db.session.add(disclosure)
    else:
        move(disclosure, take(disclosure, DisclosureAction.DECLINE, by))
    disclosure.ground, disclosure.reason = ground, reason
    db.session.flush()
    _stop_clock(disclosure, Outcome.WITHDRAWN, by)
    audit.record(
        DECLINED, KIND, disclosure.reference, by=by,
        case=case.reference, ground=ground.value, reason=reason,
    )  # fmt: skip
    return disclosure


def withdraw(
    disclosure: Disclosure,
    *,
    ground: WithdrawalGround,
    reason: str,
    by: Identity,
    overturned_on: date | None = None,
) -> None:
    """Take a publication back: page, search, feed and file at once; the public mark stays.

    Three working days from the day the decision was overturned (令45 art. 11); a mistake of the
    publication itself has no such day.
    """
    step = take(disclosure, DisclosureAction.WITHDRAW, by)
    rules.check_reason(reason)
    publiclog.follow(Act.WITHDRAW, disclosure.reference, reason=ground.value)
    if ground is not WithdrawalGround.MISTAKE and disclosure.overturned_on is None:
        if overturned_on is None:
            raise Refused("overturned_day_needed", field="overturned_on")
        life.note_overturned(disclosure, ground, overturned_on, by)
        db.session.flush()
    stop_withdrawal(disclosure, by)
    row = queries.publication_of(disclosure)
    empty(row)
    row.withdrawn_at, row.withdrawn_on = clock.now(), clock.today()
    row.withdrawn_ground, row.withdrawn_reason = ground, reason
    disclosure.reason = reason
    move(disclosure, step)
    audit.record(
        WITHDRAWN, KIND, disclosure.reference, by=by,
        ground=ground.value, reason=reason, edition=row.edition,
    )  # fmt: skip
