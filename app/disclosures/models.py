"""What do we keep of a disclosure, of the marks on its text, and of what became public?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Connection, ForeignKey, Index, UniqueConstraint, event, inspect, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from app.disclosures.rules import (
    DisclosureState,
    Ending,
    Ground,
    KeepGround,
    Ruling,
    Tier,
    WithdrawalGround,
)
from app.kernel import search
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.units.models import Unit

_STANDING = text("state != 'dropped'")


class Disclosure(Versioned, Model):
    """The road of one decided case to the public; confidential, unlike its publication."""

    __tablename__ = "disclosure"
    __table_args__ = (
        one_of("state", DisclosureState),
        one_of("ground", Ground),
        one_of("overturned_ground", WithdrawalGround),
        # Two people who open the same case at once: the second is told that somebody was first.
        UniqueConstraint("case_reference", "round"),
        Index("ix_disclosure_scope", "unit_path", "state"),
        # Two people who correct the same publication at once: the second is told so.
        Index(
            "uq_disclosure_corrects",
            "corrects",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    state: Mapped[DisclosureState] = mapped_column(StrEnumType(DisclosureState))
    case_reference: Mapped[str]
    #: A case is disclosed anew only after a withdrawal, or to correct what is shown.
    round: Mapped[int] = mapped_column(default=1)
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_path: Mapped[str]

    #: The nine-row summary before redaction, by the names of ``documents.Summary``.
    summary: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: The decision as it was served; marks count its characters.
    original: Mapped[str] = mapped_column(default="")
    #: Natural persons the case knows, [{"name": …, "role": …}]: the same mark for each, everywhere.
    people: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    #: Strings the case or a person knows to be private, [{"text": …, "kind": …}].
    terms: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    is_mitigated: Mapped[bool] = mapped_column(default=False)
    in_key_field: Mapped[bool] = mapped_column(default=False)
    tier: Mapped[Tier | None] = mapped_column(StrEnumType(Tier))
    #: The last day of a restriction of the business that the penalty ordered.
    restricted_until: Mapped[date | None]

    #: The publication that this version replaces, and what readers are told about why.
    corrects: Mapped[str | None]
    correction: Mapped[str] = mapped_column(default="")
    #: The day from which a later version's display counts; the day of publication for a first one.
    counted_from: Mapped[date | None]
    #: The rule of a display that no tier decides, such as one after a repair got by deceit.
    term_rule: Mapped[str] = mapped_column(default="")
    #: Since when, and on which ground, the decision no longer stands as it was shown.
    overturned_on: Mapped[date | None]
    overturned_ground: Mapped[WithdrawalGround | None] = mapped_column(
        StrEnumType(WithdrawalGround)
    )

    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    #: Account numbers of everybody who changed the content: none of them may release it.
    hands: Mapped[list[int]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: When the state last changed: what waits, waits since then.
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: SHA-256 of the content that was approved; any other content is not.
    content_hash: Mapped[str | None]
    #: Printed in the file, so it is drawn before the file is made.
    check_code: Mapped[str | None] = mapped_column(unique=True)
    #: Where readers verify a file; the address in its QR code.
    verify_root: Mapped[str] = mapped_column(default="")
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"))
    #: Why it was returned, revoked, declined or withdrawn; the latest.
    reason: Mapped[str] = mapped_column(default="")
    ground: Mapped[Ground | None] = mapped_column(StrEnumType(Ground))

    bureau: Mapped[Unit] = relationship()
    marks: Mapped[list[Mark]] = relationship(
        back_populates="disclosure", order_by="Mark.start", cascade="all, delete-orphan"
    )
    publication: Mapped[Publication | None] = relationship(back_populates="disclosure")

    @property
    def title(self) -> str:
        """How people name it: the title of its case."""
        return str(self.summary.get("title", "")) or self.case_reference


class Mark(Model):
    """A stretch of the original that somebody proposes to hide, and what was decided about it."""

    __tablename__ = "disclosure_mark"
    __table_args__ = (one_of("ruling", Ruling), one_of("ground", KeepGround))

    id: Mapped[int] = mapped_column(primary_key=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    kind: Mapped[str]
    #: What stands there in the public text when the mark is accepted.
    replacement: Mapped[str]
    #: How it was found (``redaction.Source``).
    source: Mapped[str]
    ruling: Mapped[Ruling] = mapped_column(StrEnumType(Ruling), default=Ruling.OPEN)
    reason: Mapped[str] = mapped_column(default="")
    #: The ground on which something with the form of a private identifier may stay.
    ground: Mapped[KeepGround | None] = mapped_column(StrEnumType(KeepGround))
    ruled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    disclosure: Mapped[Disclosure] = relationship(back_populates="marks")

    @property
    def text(self) -> str:
        """The words under the mark."""
        return self.disclosure.original[self.start : self.end]


class Publication(Model):
    """What the public may see, frozen the moment it was released; row numbers run in that order."""

    __tablename__ = "disclosure_publication"
    __table_args__ = (
        one_of("tier", Tier),
        one_of("withdrawn_ground", WithdrawalGround),
        one_of("ending", Ending),
        Index("ix_disclosure_publication_unit", "unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    disclosure_id: Mapped[int] = mapped_column(ForeignKey("disclosure.id"), unique=True)
    #: Counts every change of the public face: each publishing and each ending takes the next.
    edition: Mapped[int] = mapped_column(unique=True)
    check_code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[str]
    authority: Mapped[str]
    decided_on: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_on: Mapped[date]
    tier: Mapped[Tier] = mapped_column(StrEnumType(Tier))
    displayed_until: Mapped[date] = mapped_column(index=True)
    earliest_end: Mapped[date | None]
    pdf_sha256: Mapped[str] = mapped_column(index=True)
    pdf_size: Mapped[int]
    pdf_pages: Mapped[int]

    #: The publication it replaced, and which version of it this is.
    replaces: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)

    # Emptied by a withdrawal or an ending; what stands above remains: nothing vanishes silently.
    title: Mapped[str]
    party_name: Mapped[str] = mapped_column(index=True)
    registration_number: Mapped[str]
    credit_code: Mapped[str] = mapped_column(index=True)
    representative: Mapped[str]
    is_person: Mapped[bool]
    violation: Mapped[str]
    product: Mapped[str]
    penalty: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str]
    file_name: Mapped[str]
    #: Why this version replaced the one before.
    correction: Mapped[str] = mapped_column(default="")

    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_on: Mapped[date | None]
    withdrawn_ground: Mapped[WithdrawalGround | None] = mapped_column(StrEnumType(WithdrawalGround))
    withdrawn_reason: Mapped[str] = mapped_column(default="")

    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_on: Mapped[date | None]
    ending: Mapped[Ending | None] = mapped_column(StrEnumType(Ending))
    ending_reason: Mapped[str] = mapped_column(default="")

    disclosure: Mapped[Disclosure] = relationship(back_populates="publication")

    @property
    def searched(self) -> str:
        """What a reader's words are looked up in, one line a field."""
        lines = (
            self.party_name, self.title, self.number, self.credit_code, self.registration_number,
            self.violation, self.product, self.authority, *self.penalty,
        )  # fmt: skip
        return "\n".join(line for line in lines if line)


#: Everything of a publication that a withdrawal or an ending empties.
PURGED = (
    "title", "party_name", "registration_number", "credit_code", "representative", "violation",
    "product", "penalty", "text", "file_name", "correction",
)  # fmt: skip
_CHANGED_BY_WITHDRAWAL = frozenset(
    {*PURGED, "edition", "withdrawn_at", "withdrawn_on", "withdrawn_ground", "withdrawn_reason"}
)
_CHANGED_BY_ENDING = frozenset(
    {*PURGED, "edition", "ended_at", "ended_on", "ending", "ending_reason"}
)

_OVER = {"withdrawn_at": _CHANGED_BY_WITHDRAWAL, "ended_at": _CHANGED_BY_ENDING}

_COLUMNS = tuple(Publication.__table__.columns.keys())

INDEX = search.Index(Publication.__table__)


@event.listens_for(Publication, "before_update")
def _frozen(_mapper: Mapper[Any], _connection: Connection, row: Publication) -> None:
    """A publication changes once and in one of two ways: it is withdrawn, or its display ends."""
    state = inspect(row)
    changed = {name for name in _COLUMNS if state.attrs[name].history.added}
    if not changed:
        return
    allowed: frozenset[str] = frozenset()
    for name, fields in _OVER.items():
        history = state.attrs[name].history
        if any(at is not None for at in (*history.deleted, *history.unchanged)):
            raise PermissionError("disclosure_publication is frozen")
        if any(at is not None for at in history.added):
            allowed = fields
    if changed - allowed:
        raise PermissionError("disclosure_publication is frozen")


@event.listens_for(Publication, "before_delete")
def _kept(_mapper: Mapper[Any], _connection: Connection, _row: Publication) -> None:
    """Nothing published is ever removed without a trace."""
    raise PermissionError("disclosure_publication is never deleted")
