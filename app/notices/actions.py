"""What do people do with notices: draft, submit, sign, publish, take in, withdraw?"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel import audit, clock, jobs, storage
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, NotFound, Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import allows, require
from app.kernel.workflow import Transition
from app.notices import queries, rules
from app.notices.models import Addressee, Notice, NoticePublication
from app.notices.rules import WORKFLOW, NoticeAction, NoticeKind, NoticeState, Openness
from app.typesetting import Document
from app.units import queries as units
from app.units.models import Unit

DRAFTED = audit.declare("notice.drafted")
AMENDED = audit.declare("notice.amended")
SUBMITTED = audit.declare("notice.submitted")
RETURNED = audit.declare("notice.returned", "reason")
SIGNED = audit.declare("notice.signed", "number")
PUBLISHED = audit.declare("notice.published", "openness", "pdf")
ACKNOWLEDGED = audit.declare("notice.acknowledged", "unit")
WITHDRAWN = audit.declare("notice.withdrawn", "reason")

PUBLISHING = "notice.publish"


@dataclass(frozen=True)
class Text:
    """What a notice says and to whom it goes."""

    kind: NoticeKind
    title: str
    body: str
    openness: Openness
    basis: str = ""
    acknowledge_by: date | None = None
    addressees: Sequence[Unit] = ()


def available(notice: Notice, who: Identity) -> list[Transition]:
    """Return the acts this person may do on this notice now; publishing is the queue's."""
    return [
        step
        for step in WORKFLOW.available(notice.state)
        if step.action is not NoticeAction.PUBLISH and allows(who, step.permission, notice)
        if step.action is not NoticeAction.SIGN or notice.drafted_by_id != who.person_id
    ]


def _check(text: Text) -> None:
    rules.check_openness(text.openness, text.basis)
    rules.check_addressees(text.kind, text.openness, len(text.addressees))


def _write(notice: Notice, text: Text) -> None:
    notice.kind, notice.title, notice.body = text.kind, text.title, text.body
    notice.openness, notice.basis = text.openness, text.basis
    notice.acknowledge_by = text.acknowledge_by
    kept = {line.unit_id: line for line in notice.addressees}
    notice.addressees = [kept.get(unit.id) or Addressee(unit=unit) for unit in text.addressees]


def draft(text: Text, *, by: Identity) -> Notice:
    """Write a notice down."""
    require(by, "notice:draft")
    _check(text)
    bureau = units.by_id(by.bureau_id)
    today = clock.today()
    notice = Notice(
        reference=f"T{today.year}-{next_number('notice', str(today.year)):04d}",
        bureau=bureau,
        unit_path=bureau.path,
        drafted_by_id=by.person_id,
        drafted_at=clock.now(),
    )
    _write(notice, text)
    db.session.add(notice)
    audit.record(DRAFTED, "notice", notice.reference, by=by)
    return notice


def amend(notice: Notice, text: Text, *, by: Identity) -> None:
    """Change a draft; whoever changes it last counts as its drafter."""
    require(by, "notice:draft", notice)
    if notice.state is not NoticeState.DRAFTING:
        raise IllegalTransition(notice.state.value, "amend")
    _check(text)
    _write(notice, text)
    notice.drafted_by_id = by.person_id
    audit.record(AMENDED, "notice", notice.reference, by=by)


def _step(notice: Notice, action: NoticeAction, *, by: Identity, reason: str = "") -> None:
    permission = next(t.permission for t in WORKFLOW.transitions if t.action is action)
    require(by, permission, notice)
    step = WORKFLOW.step(notice.state, action)
    if step.needs_reason and not reason:
        raise Refused("reason_needed", field="reason")
    notice.state = NoticeState(step.target)


def submit(notice: Notice, *, by: Identity) -> None:
    """Send a draft to the leader."""
    _step(notice, NoticeAction.SUBMIT, by=by)
    audit.record(SUBMITTED, "notice", notice.reference, by=by)


def return_(notice: Notice, *, reason: str, by: Identity) -> None:
    """Send a notice back to its drafter."""
    _step(notice, NoticeAction.RETURN, by=by, reason=reason)
    notice.reason = reason
    audit.record(RETURNED, "notice", notice.reference, by=by, reason=reason)


def sign(notice: Notice, *, by: Identity) -> jobs.Job:
    """Sign a notice: it gets its number and goes to the typesetter, then out."""
    _step(notice, NoticeAction.SIGN, by=by)
    rules.check_signer(drafted_by=notice.drafted_by_id, signer=by.person_id)
    today = clock.today()
    word = notice.bureau.number_word + KIND_WORDS[notice.kind]
    serial = next_number(f"notice:{notice.kind.value}", f"{notice.bureau_id}:{today.year}")
    notice.number = f"{word}〔{today.year}〕{serial}号"
    notice.signed_by_id, notice.signed_on = by.person_id, today
    job = jobs.ask(PUBLISHING, by_id=by.person_id, reference=notice.reference)
    notice.job_id = job.id
    audit.record(SIGNED, "notice", notice.reference, by=by, number=notice.number)
    return job


#: What stands behind the organ's word in a number, so that each kind counts by itself.
KIND_WORDS = {
    NoticeKind.NOTICE: "发",
    NoticeKind.PUBLIC_NOTICE: "通告",
    NoticeKind.ANNOUNCEMENT: "公告",
    NoticeKind.CIRCULAR: "通报",
    NoticeKind.LETTER: "函",
    NoticeKind.TYPICAL_CASES: "案例",
    NoticeKind.CONSUMER_WARNING: "提示",
}


def retry(notice: Notice, *, by: Identity) -> jobs.Job:
    """Send a signed notice to the typesetter again after a fault."""
    require(by, "notice:sign", notice)
    if notice.state is not NoticeState.SIGNED:
        raise IllegalTransition(notice.state.value, "retry")
    job = jobs.ask(PUBLISHING, by_id=by.person_id, reference=notice.reference)
    notice.job_id = job.id
    return job


def publish(notice: Notice, document: Document) -> None:
    """Let a typeset notice go out: to its addressees, and to the world when it is open.

    The queue's act, on the signer's word: the signature is the permission.
    """
    step = WORKFLOW.step(notice.state, NoticeAction.PUBLISH)
    sha256, size = storage.shelf().put(io.BytesIO(document.content))
    notice.state, notice.pdf_sha256 = NoticeState(step.target), sha256
    if notice.openness is Openness.OPEN:
        db.session.add(
            NoticePublication(
                reference=notice.reference,
                kind=notice.kind,
                number=notice.number or "",
                title=notice.title,
                unit=notice.bureau.name,
                body=list(rules.paragraphs(notice.body)),
                published_at=clock.now(),
                pdf_sha256=sha256,
                pdf_size=size,
            )
        )
    audit.record(
        PUBLISHED, "notice", notice.reference, by=None,
        openness=notice.openness.value, pdf=sha256,
    )  # fmt: skip


def acknowledge(notice: Notice, *, by: Identity) -> None:
    """Take a notice in for one's bureau (签收)."""
    require(by, "notice:acknowledge", notice)
    line = queries.line_of(notice, by)
    if line is None:
        raise NotFound
    if line.acknowledged_at is not None:
        raise IllegalTransition("acknowledged", "acknowledge")
    line.acknowledged_by_id, line.acknowledged_at = by.person_id, clock.now()
    audit.record(ACKNOWLEDGED, "notice", notice.reference, by=by, unit=line.unit.short_name)


def withdraw(notice: Notice, *, reason: str, by: Identity) -> None:
    """Withdraw a notice; the public page keeps the mark with time and reason."""
    _step(notice, NoticeAction.WITHDRAW, by=by, reason=reason)
    notice.reason = reason
    row = queries.publication_of(notice)
    if row is not None:
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason
    audit.record(WITHDRAWN, "notice", notice.reference, by=by, reason=reason)
