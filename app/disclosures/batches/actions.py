"""What do people do with a batch: put together, submit, release, take back?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.disclosures.batches import access as _policy  # noqa: F401 - declares the permissions
from app.disclosures.batches import publications, queries, rules
from app.disclosures.batches.models import Batch, BatchCase
from app.disclosures.batches.publications import Bulletin
from app.disclosures.batches.rules import WORKFLOW, BatchAction, BatchState
from app.kernel import audit, clock, jobs, publiclog
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.publiclog import Act, Kind
from app.kernel.query_codes import new_code
from app.kernel.steps import allowed, permitted
from app.kernel.workflow import Transition

KIND = "batch"
#: The job that sets the bulletin and lets it go out; its work is in ``jobs``.
PUBLISHING = "batch.publish"
STARTED = audit.declare("batch.started")
AMENDED = audit.declare("batch.amended", "cases")
SUBMITTED = audit.declare("batch.submitted", "cases")
DROPPED = audit.declare("batch.dropped")
RETURNED = audit.declare("batch.returned", "reason")
APPROVED = audit.declare("batch.approved", "title")
RETRIED = audit.declare("batch.retried")
PUBLISHED = audit.declare("batch.published", "title", "cases", "file")
RENEWED = audit.declare("batch.renewed", "cases", "file", "revision")
WITHDRAWN = audit.declare("batch.withdrawn", "reason")


def available(batch: Batch, who: Identity) -> set[BatchAction]:
    """Return what this person may do now: table ∧ permission ∧ second person."""
    acts = {BatchAction(step.action) for step in allowed(WORKFLOW, batch, who)}
    acts -= {BatchAction.PUBLISH}
    return acts - {BatchAction.APPROVE} if who.person_id in batch.hands else acts


_take = partial(permitted, WORKFLOW)


def _move(batch: Batch, step: Transition) -> None:
    batch.state = BatchState(step.target)
    batch.moved_at = clock.now()


@dataclass(frozen=True)
class Frame:
    """What stands around the cases."""

    subject: str
    foreword: str


@dataclass(frozen=True)
class Choice:
    """Which publications, in which order, with which comment; and which are added at the end."""

    comments: Mapping[str, str]
    places: Mapping[str, int]
    added: Sequence[str] = ()


def start(frame: Frame, *, by: Identity) -> Batch:
    """Begin a batch of the bureau's own; its cases are chosen next."""
    require(by, "batch:draft")
    at = clock.now()
    year = clock.legal_day(at).year
    made = Batch(
        reference=f"P{year}-{next_number(KIND, str(year)):04d}",
        state=BatchState.DRAFTING,
        bureau_id=by.bureau_id,
        unit_path=by.bureau_path,
        subject=frame.subject,
        foreword=frame.foreword,
        hands=[by.person_id],
        created_at=at,
        moved_at=at,
        cases=[],
    )
    db.session.add(made)
    audit.record(STARTED, KIND, made.reference, by=by)
    return made


def amend(batch: Batch, frame: Frame, choice: Choice, *, by: Identity) -> None:
    """Change the frame, the cases, their order and their comments; without a place a case goes."""
    step = _take(batch, BatchAction.AMEND, by)
    batch.subject, batch.foreword = frame.subject, frame.foreword
    kept = [case for case in batch.cases if case.publication.reference in choice.places]
    kept.sort(key=lambda case: (choice.places[case.publication.reference], case.place))
    for case in kept:
        case.comment = choice.comments.get(case.publication.reference, "")
    known = {case.publication_id for case in kept}
    found = queries.choosable(by, choice.added)
    kept += [BatchCase(publication=row, comment="") for row in found if row.id not in known]
    rules.check_size(len(kept))
    for place, case in enumerate(kept, start=1):
        case.place = place
    batch.cases = kept
    batch.hands = sorted({*batch.hands, by.person_id})
    _move(batch, step)
    audit.record(AMENDED, KIND, batch.reference, by=by, cases=len(kept))


def _check(batch: Batch) -> None:
    """Refuse what may not go out: what is shown no longer, what is private, who is named."""
    rules.check_filled(len(batch.cases), sum(not case.comment for case in batch.cases))
    bulletin = publications.bulletin_of(batch)
    gone = [one.shown.reference for one in bulletin.cases if one.shown.value is None]
    if gone:
        raise Refused("batch_gone", reference=gone[0])
    parties = [case.publication.party_name for case in batch.cases]
    rules.check_names((batch.subject, batch.foreword), parties)
    rules.check_comments([(case.publication.party_name, case.comment) for case in batch.cases])
    removed = (word for words in queries.removed_by_case(batch) for word in words)
    comments = (case.comment for case in batch.cases)
    rules.check_private((batch.subject, batch.foreword, *comments), removed)


def submit(batch: Batch, *, by: Identity) -> None:
    """Hand a batch to the second person."""
    step = _take(batch, BatchAction.SUBMIT, by)
    _check(batch)
    batch.hands = sorted({*batch.hands, by.person_id})
    _move(batch, step)
    audit.record(SUBMITTED, KIND, batch.reference, by=by, cases=len(batch.cases))


def drop(batch: Batch, *, by: Identity) -> None:
    """Give a draft up."""
    _move(batch, _take(batch, BatchAction.DROP, by))
    audit.record(DROPPED, KIND, batch.reference, by=by)


def return_(batch: Batch, *, reason: str, by: Identity) -> None:
    """Give a batch back, also one whose file could not be made; its number stays its own."""
    _move(batch, _take(batch, BatchAction.RETURN, by))
    batch.reason, batch.approved_by_id = reason, None
    audit.record(RETURNED, KIND, batch.reference, by=by, reason=reason)


def approve(batch: Batch, *, verify_root: str, by: Identity) -> jobs.Job:
    """Release a batch as a second person and number it; returns the job that sets it.

    ``verify_root`` is the address under which readers check the bulletin.
    """
    step = _take(batch, BatchAction.APPROVE, by)
    rules.check_other_person(by.person_id, batch.hands)
    _check(batch)
    if batch.number is None:
        batch.year = clock.today().year
        batch.number = next_number("batch.number", f"{batch.bureau_id}/{batch.year}")
    batch.approved_by_id, batch.reason = by.person_id, ""
    batch.check_code, batch.verify_root = batch.check_code or new_code(), verify_root
    _move(batch, step)
    audit.record(APPROVED, KIND, batch.reference, by=by, title=batch.title)
    return _ask(batch, by)


def _ask(batch: Batch, by: Identity) -> jobs.Job:
    job = jobs.ask(
        PUBLISHING,
        by_id=by.person_id,
        total=len(batch.cases) + 1,
        reference=batch.reference,
        approver_id=by.person_id,
        unit=by.unit_id,
    )
    batch.job_id = job.id
    return job


def retry(batch: Batch, *, by: Identity) -> jobs.Job:
    """Have the bulletin set again after a failure; the approval is given anew."""
    require(by, "batch:approve", batch)
    WORKFLOW.step(batch.state, BatchAction.PUBLISH)
    rules.check_other_person(by.person_id, batch.hands)
    if not queries.may_retry(batch):
        raise Refused("batch_still_running")
    audit.record(RETRIED, KIND, batch.reference, by=by)
    return _ask(batch, by)


@dataclass(frozen=True)
class Made:
    """The finished file, and the publications whose words it holds."""

    sha256: str
    size: int
    held: Sequence[str]


def publish(batch: Batch, bulletin: Bulletin, made: Made, *, by: Identity) -> None:
    """Make an approved batch public, in one transaction with its trail."""
    step = _take(batch, BatchAction.PUBLISH, by)
    check_same(batch, bulletin)
    batch.published_at = clock.now()
    _keep(batch, made)
    _move(batch, step)
    audit.record(
        PUBLISHED, KIND, batch.reference, by=by,
        title=batch.title, cases=len(made.held), file=made.sha256,
    )  # fmt: skip


def renew(batch: Batch, bulletin: Bulletin, made: Made) -> None:
    """Put a file in the place of one that shows what has gone meanwhile."""
    check_same(batch, bulletin)
    _keep(batch, made)
    audit.record(
        RENEWED, KIND, batch.reference, by=None,
        cases=len(made.held), file=made.sha256, revision=batch.revision,
    )  # fmt: skip


def check_same(batch: Batch, bulletin: Bulletin) -> None:
    """Refuse a file of cases that changed while it was made; the next one has them right."""
    if publications.bulletin_of(batch).held != bulletin.held:
        raise Refused("batch_changed")


def _keep(batch: Batch, made: Made) -> None:
    batch.pdf_sha256, batch.pdf_size = made.sha256, made.size
    batch.held, batch.revision = list(made.held), batch.revision + 1


def withdraw(batch: Batch, *, reason: str, by: Identity) -> None:
    """Take a published batch back; readers see that, when and why."""
    step = _take(batch, BatchAction.WITHDRAW, by)
    publiclog.follow(Act.WITHDRAW, batch.reference, kind=Kind.BATCH)
    batch.reason, batch.withdrawn_on = reason, clock.today()
    _move(batch, step)
    audit.record(WITHDRAWN, KIND, batch.reference, by=by, reason=reason)
