"""What do people do with notices: draft, submit, review, sign, publish, take in, withdraw?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm.attributes import flag_modified

from app.kernel import audit, clock, jobs, publiclog, storage
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, NotFound, Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.publiclog import Act, Kind
from app.kernel.steps import allowed, reasoned
from app.kernel.storage import Attachment, Stored
from app.kernel.workflow import Transition
from app.notices import documents, figures, queries, rules
from app.notices.documents import Issue
from app.notices.figures import Filled
from app.notices.models import Addressee, Notice, NoticePublication, NoticeTemplate
from app.notices.rules import FORMS, WORKFLOW, NoticeAction, NoticeKind, NoticeState, Openness
from app.typesetting import plain
from app.typesetting.logged import Finished
from app.units import queries as units
from app.units.models import Unit

DRAFTED = audit.declare("notice.drafted")
AMENDED = audit.declare("notice.amended")
FILED = audit.declare("notice.file_added", "name")
UNFILED = audit.declare("notice.file_removed", "name")
SUBMITTED = audit.declare("notice.submitted")
REVIEWED = audit.declare("notice.reviewed")
RETURNED = audit.declare("notice.returned", "reason")
SIGNED = audit.declare("notice.signed", "number")
REOPENED = audit.declare("notice.reopened", "number", "reason")
PUBLISHED = audit.declare("notice.published", "openness", "pdf")
ACKNOWLEDGED = audit.declare("notice.acknowledged", "unit")
URGED = audit.declare("notice.urged", "units")
REPLACED = audit.declare("notice.replaced", "number")
WITHDRAWN = audit.declare("notice.withdrawn", "reason")
KEPT = audit.declare("notice_template.kept", "name")

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
    copies_to: str = ""
    replaces: Notice | None = None


def available(notice: Notice, who: Identity) -> list[Transition]:
    """Return the acts this person may do on this notice now; publishing is the queue's."""
    own = notice.drafted_by_id == who.person_id
    return [
        step
        for step in allowed(WORKFLOW, notice, who)
        if step.action not in QUEUE_ACTS
        if step.action not in OTHERS_ACTS or not own
    ]


#: What the queue does on the signer's word, and what must not be done by whoever drafted.
QUEUE_ACTS = frozenset({NoticeAction.PUBLISH, NoticeAction.REPLACE})
OTHERS_ACTS = frozenset({NoticeAction.REVIEW, NoticeAction.SIGN})


def _check(text: Text) -> None:
    rules.check_openness(text.kind, text.openness, text.basis)
    rules.check_addressees(text.kind, len(text.addressees))


def _write(notice: Notice, text: Text) -> None:
    notice.kind, notice.title, notice.body = text.kind, text.title, text.body
    notice.openness, notice.basis = text.openness, text.basis
    notice.acknowledge_by, notice.copies_to = text.acknowledge_by, text.copies_to
    notice.replaces = text.replaces
    kept = {line.unit_id: line for line in notice.addressees}
    notice.addressees = [kept.get(unit.id) or Addressee(unit=unit) for unit in text.addressees]


def as_typed(text: Text, notice: Notice | None, *, by: Identity) -> Notice:
    """Return a notice as it would be, to be looked at: nothing of it is kept."""
    require(by, "notice:draft", notice)
    made = Notice(reference=notice.reference if notice else "", bureau=units.by_id(by.bureau_id))
    _write(made, text)
    return made


def draft(text: Text, *, by: Identity, counted: Sequence[Filled] = ()) -> Notice:
    """Write a notice down; ``counted`` came with the template it began from."""
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
        figures=[figure.as_row() for figure in counted],
    )
    _write(notice, text)
    db.session.add(notice)
    audit.record(DRAFTED, "notice", notice.reference, by=by)
    return notice


def amend(notice: Notice, text: Text, *, by: Identity) -> None:
    """Change a draft; whoever changes it last counts as its drafter."""
    require(by, "notice:draft", notice)
    _only_a_draft(notice, "amend")
    _check(text)
    _write(notice, text)
    notice.drafted_by_id = by.person_id
    audit.record(AMENDED, "notice", notice.reference, by=by)


def _only_a_draft(notice: Notice, act: str) -> None:
    if notice.state is not NoticeState.DRAFTING:
        raise IllegalTransition(notice.state.value, act)


def add_files(notice: Notice, files: Sequence[Stored], *, by: Identity) -> None:
    """Let files go with a draft; they are listed in it as 附件."""
    require(by, "notice:draft", notice)
    _only_a_draft(notice, "add_files")
    if len(documents.files_of(notice)) + len(files) > rules.MOST_FILES:
        raise Refused("too_many_files", field="files", most=rules.MOST_FILES)
    for file in files:
        storage.attach(documents.KIND, notice.reference, file, by_id=by.person_id)
        audit.record(FILED, "notice", notice.reference, by=by, name=file.name)
    _changed(notice, by)


def remove_file(notice: Notice, file: Attachment, *, by: Identity) -> None:
    """Take a file out of a draft; its bytes stay on the shelf."""
    require(by, "notice:draft", notice)
    _only_a_draft(notice, "remove_file")
    db.session.delete(file)
    audit.record(UNFILED, "notice", notice.reference, by=by, name=file.name)
    _changed(notice, by)


def _changed(notice: Notice, by: Identity) -> None:
    """Whoever changed a draft last is its drafter, and older forms of it are outdated."""
    notice.drafted_by_id = by.person_id
    flag_modified(notice, "drafted_by_id")


def _step(notice: Notice, action: NoticeAction, *, by: Identity, reason: str = "") -> None:
    notice.state = NoticeState(reasoned(WORKFLOW, notice, action, by, reason).target)


def submit(notice: Notice, *, by: Identity) -> None:
    """Send a draft to review, with its numbers in order."""
    rules.check_numbering(notice.body)
    _step(notice, NoticeAction.SUBMIT, by=by)
    audit.record(SUBMITTED, "notice", notice.reference, by=by)


def review(notice: Notice, *, by: Identity) -> None:
    """Pass a notice on to the leader: another person than the drafter has read it."""
    _step(notice, NoticeAction.REVIEW, by=by)
    rules.check_reviewer(drafted_by=notice.drafted_by_id, reviewer=by.person_id)
    notice.reviewed_by_id = by.person_id
    audit.record(REVIEWED, "notice", notice.reference, by=by)


def return_(notice: Notice, *, reason: str, by: Identity) -> None:
    """Send a notice back to its drafter."""
    _step(notice, NoticeAction.RETURN, by=by, reason=reason)
    notice.reason = reason
    audit.record(RETURNED, "notice", notice.reference, by=by, reason=reason)


def sign(notice: Notice, *, verify_root: str, by: Identity) -> jobs.Job:
    """Sign a notice: it gets its number and goes to the typesetter, then out.

    ``verify_root`` is the address under which readers check what they hold.
    """
    _step(notice, NoticeAction.SIGN, by=by)
    rules.check_signer(drafted_by=notice.drafted_by_id, signer=by.person_id)
    today = clock.today()
    notice.number = _number(notice, today.year)
    notice.signed_by_id, notice.signed_on = by.person_id, today
    audit.record(SIGNED, "notice", notice.reference, by=by, number=notice.number)
    return _ask(notice, verify_root, by)


def _number(notice: Notice, year: int) -> str:
    """Return its number: the one it was signed under before, while kind and year are the same."""
    series = f"{notice.bureau.number_word}{FORMS[notice.kind].number_word}〔{year}〕"
    if notice.number and notice.number.startswith(series):
        return notice.number
    serial = next_number(f"notice:{notice.kind.value}", f"{notice.bureau_id}:{year}")
    return f"{series}{serial}号"


def _ask(notice: Notice, verify_root: str, by: Identity) -> jobs.Job:
    job = jobs.ask(
        PUBLISHING, by_id=by.person_id, reference=notice.reference, verify_root=verify_root
    )
    notice.job_id = job.id
    return job


def retry(notice: Notice, *, verify_root: str, by: Identity) -> jobs.Job:
    """Send a signed notice to the typesetter again after a fault."""
    require(by, "notice:sign", notice)
    if notice.state is not NoticeState.SIGNED:
        raise IllegalTransition(notice.state.value, "retry")
    return _ask(notice, verify_root, by)


def reopen(notice: Notice, *, reason: str, by: Identity) -> None:
    """Take a signature back, so that the text can be mended; the number waits for the next one.

    What the queue set meanwhile is of an older version and does not go out.
    """
    _step(notice, NoticeAction.REOPEN, by=by, reason=reason)
    notice.signed_by_id = notice.signed_on = notice.reviewed_by_id = notice.job_id = None
    notice.reason = reason
    audit.record(
        REOPENED, "notice", notice.reference, by=by, number=notice.number or "", reason=reason
    )


def publish(notice: Notice, issue: Issue, file: Finished) -> None:
    """Let a typeset notice go out: to its addressees, and to the world when it is open.

    The queue's act, on the signer's word: the signature is the permission.
    """
    step = WORKFLOW.step(notice.state, NoticeAction.PUBLISH)
    notice.state, notice.pdf_sha256 = NoticeState(step.target), file.sha256
    if notice.openness is Openness.OPEN:
        db.session.add(_publication(notice, issue, file))
    if notice.replaces is not None:
        _replace(notice.replaces, by=notice)
    audit.record(
        PUBLISHED, "notice", notice.reference, by=None,
        openness=notice.openness.value, pdf=file.sha256,
    )  # fmt: skip


def _publication(notice: Notice, issue: Issue, file: Finished) -> NoticePublication:
    old = notice.replaces
    return NoticePublication(
        reference=notice.reference,
        kind=notice.kind,
        number=notice.number or "",
        title=notice.title,
        unit=notice.bureau.name,
        template=documents.template_of(notice),
        facts=plain(issue.facts),
        files=list(issue.files),
        check_code=issue.check_code,
        published_at=clock.now(),
        pdf_sha256=file.sha256,
        pdf_size=file.size,
        replaces=old.reference if old is not None and queries.publication_of(old) else "",
    )


def _replace(old: Notice, *, by: Notice) -> None:
    """Let a new notice take an old one's place; one withdrawn meanwhile stays withdrawn."""
    if old.state is not NoticeState.PUBLISHED:
        return
    old.state = NoticeState(WORKFLOW.step(old.state, NoticeAction.REPLACE).target)
    row = queries.publication_of(old)
    if row is not None:
        publiclog.follow(Act.CORRECT, old.reference, reason="replaced", kind=Kind.NOTICE)
        row.replaced_at = clock.now()
        row.replaced_by = by.reference if by.openness is Openness.OPEN else ""
    audit.record(REPLACED, "notice", old.reference, by=None, number=by.number or "")


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


def urge(notice: Notice, *, by: Identity) -> None:
    """Remind every bureau that has not taken a notice in (催收); once a day is enough."""
    require(by, "notice:urge", notice)
    if notice.state is not NoticeState.PUBLISHED:
        raise IllegalTransition(notice.state.value, "urge")
    today = clock.today()
    asked = [
        line
        for line in notice.addressees
        if line.acknowledged_at is None
        and (line.urged_at is None or clock.legal_day(line.urged_at) < today)
    ]
    if not asked:
        raise Refused("nobody_to_urge")
    for line in asked:
        line.urged_at, line.urged_times = clock.now(), line.urged_times + 1
    audit.record(
        URGED, "notice", notice.reference, by=by,
        units="、".join(line.unit.short_name for line in asked),
    )  # fmt: skip


def withdraw(notice: Notice, *, reason: str, by: Identity) -> None:
    """Withdraw a notice; the public page keeps the mark with time and reason."""
    _step(notice, NoticeAction.WITHDRAW, by=by, reason=reason)
    notice.reason = reason
    row = queries.publication_of(notice)
    if row is not None:
        publiclog.follow(Act.WITHDRAW, notice.reference, kind=Kind.NOTICE)
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason
    audit.record(WITHDRAWN, "notice", notice.reference, by=by, reason=reason)


@dataclass(frozen=True)
class TemplateText:
    """What a template says."""

    name: str
    kind: NoticeKind
    title: str
    body: str
    is_active: bool = True


def keep_template(text: TemplateText, template: NoticeTemplate | None, *, by: Identity) -> None:
    """Add a template or change one; a place that nobody fills is refused by its name."""
    require(by, "notice_template:keep")
    figures.check(text.title, text.body)
    same = queries.template_named(text.name)
    if same is not None and same is not template:
        raise Refused("template_name_taken", field="name")
    kept = template or NoticeTemplate()
    kept.name, kept.kind, kept.is_active = text.name, text.kind, text.is_active
    kept.title, kept.body = text.title, text.body
    db.session.add(kept)
    db.session.flush()
    audit.record(KEPT, "notice_template", str(kept.id), by=by, name=kept.name)
