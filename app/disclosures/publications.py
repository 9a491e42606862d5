"""What of a penalty may leave the house, and what can a reader find of it?

A publication is built, not filtered: a frozen value with public fields only.  The public side reads
nothing else of this slice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from app.disclosures.models import INDEX, Disclosure, Publication
from app.disclosures.redacting import Redaction
from app.disclosures.rules import Ending, Tier, WithdrawalGround
from app.disclosures.summaries import TITLE, Parts, Summary, parts_of
from app.kernel import clock, redaction, search
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.storage import clean_name
from app.kernel.text import day
from app.units.models import Unit

PER_PAGE = 20


@dataclass(frozen=True, kw_only=True)
class PublicDisclosure:
    """Everything that becomes public of one penalty, after redaction."""

    reference: str
    check_code: str
    title: str
    number: str
    is_person: bool
    party_name: str
    registration_number: str
    credit_code: str
    representative: str
    violation: str
    penalty: tuple[str, ...]
    authority: str
    decided_on: date
    product: str
    text: str
    #: The publication this one took the place of, which version it is, and why.
    replaces: str = ""
    revision: int = 1
    correction: str = ""

    @property
    def parts(self) -> Parts:
        """The decision's text in the parts that are set differently."""
        return parts_of(
            self.text, authority=self.authority, number=self.number, decided_on=self.decided_on
        )

    @property
    def decided_day(self) -> str:
        """The day as the document has it, whatever the reader's language."""
        return day(self.decided_on)

    @property
    def heading(self) -> str:
        """What the document calls itself."""
        return TITLE

    @property
    def outcome(self) -> str:
        """What was ordered, in one line."""
        items = (line.partition(". ")[2].rstrip("。；;") for line in self.penalty[1:])
        return "，".join(item for item in items if item)

    @property
    def file_name(self) -> str:
        """The name under which the file is saved: number and party, as published."""
        return clean_name(f"{self.number} {self.party_name}.pdf")

    def texts(self) -> Iterator[str]:
        """Yield every text that a reader, a search engine or a file system will see."""
        for value in asdict(self).values():
            if isinstance(value, str):
                yield value
        yield from self.penalty
        yield self.file_name


def build(disclosure: Disclosure, check_code: str) -> PublicDisclosure:
    """Make the public value of a disclosure from its rulings, before anything is shown."""
    redacted = Redaction.of(disclosure)
    summary = Summary.from_row(disclosure.summary).rewritten(redacted.rewrite)
    return PublicDisclosure(
        **vars(summary),
        reference=disclosure.reference,
        check_code=check_code,
        text=redacted.text(),
        replaces=disclosure.corrects or "",
        revision=_revision(disclosure),
        correction=redacted.rewrite(disclosure.correction),
    )


def _revision(disclosure: Disclosure) -> int:
    if disclosure.corrects is None:
        return 1
    query = select(Publication.revision).where(Publication.reference == disclosure.corrects)
    return db.session.execute(query).scalar_one() + 1


def row_of(value: PublicDisclosure) -> dict[str, Any]:
    """Return a value as the columns of its row."""
    return {**vars(value), "penalty": list(value.penalty), "file_name": value.file_name}


def still_shown(value: PublicDisclosure, removed: Sequence[str]) -> list[str]:
    """Return the removed strings that some public text of the value still holds."""
    return redaction.leaks(value.texts(), removed)


@dataclass(frozen=True, kw_only=True)
class Display:
    """From when to when, and whether still."""

    edition: int
    published_at: datetime
    published_on: date
    tier: Tier
    until: date
    earliest_end: date | None
    withdrawn_on: date | None
    withdrawn_ground: WithdrawalGround | None
    withdrawn_reason: str
    ended_on: date | None
    ending: Ending | None
    ending_reason: str

    def is_current(self, on: date) -> bool:
        """Whether the penalty is shown on a day."""
        return self.withdrawn_on is None and self.ended_on is None and on <= self.until

    @property
    def standing(self) -> str:
        """How it left: ``withdrawn``, ``corrected``, ``repaired``, ``deregistered``, ``ended``."""
        if self.withdrawn_on:
            return "withdrawn"
        return self.ending.value if self.ending not in {None, Ending.EXPIRED} else "ended"

    @property
    def last_on(self) -> date:
        """The last day on which it was, or will be, shown."""
        return min(filter(None, (self.withdrawn_on, self.ended_on, self.until)))


@dataclass(frozen=True)
class PdfFile:
    """The finished file as kept, by the digest of its bytes."""

    sha256: str
    size: int
    pages: int


@dataclass(frozen=True)
class Shown:
    """One publication as a reader meets it; ``value`` is None once it may not be read any more."""

    reference: str
    number: str
    authority: str
    unit_name: str
    unit_code: str
    display: Display
    value: PublicDisclosure | None
    pdf: PdfFile
    check_code: str
    replaces: str
    revision: int
    #: The version that took its place, or shows it anew.
    replaced_by: str

    @property
    def standing(self) -> str:
        """How a document of it stands: ``genuine``, or how it left the public eye."""
        return "genuine" if self.value is not None else self.display.standing


@dataclass(frozen=True)
class Line:
    """One publication in a list."""

    reference: str
    party_name: str
    title: str
    violation: str
    outcome: str
    authority: str
    number: str
    published_on: date
    published_at: datetime


@dataclass(frozen=True)
class Results:
    """One page of what was found."""

    query: search.Query
    lines: tuple[Line, ...]
    total: int


def _is_current(on: date) -> ColumnElement[bool]:
    return and_(
        Publication.withdrawn_on.is_(None),
        Publication.ended_on.is_(None),
        Publication.displayed_until >= on,
    )


def _current() -> Select[Publication]:
    return select(Publication).where(_is_current(clock.today()))


def latest(limit: int) -> tuple[Line, ...]:
    """Return the newest publications still shown."""
    rows = db.session.scalars(_current().order_by(Publication.id.desc()).limit(limit))
    return tuple(map(_line, rows))


def find(typed: str, number: int = 1) -> Results:
    """Return one page of publications that hold every word, newest first; all of them for none."""
    query = search.Query.parse(typed)
    page = search.Page(PER_PAGE, (number - 1) * PER_PAGE)
    if query.is_blank:
        return Results(query, _page_of_all(page), count())
    found = INDEX.find(query, page)
    wanted = _current().where(Publication.id.in_(found.ids)).order_by(Publication.id.desc())
    rows = db.session.scalars(wanted)
    fitting = tuple(_line(row) for row in rows if query.fits(row.searched))
    return Results(query, fitting, found.total)


def _page_of_all(page: search.Page) -> tuple[Line, ...]:
    newest = _current().order_by(Publication.id.desc())
    rows = db.session.scalars(newest.limit(page.size).offset(page.offset))
    return tuple(map(_line, rows))


def count(since: date | None = None) -> int:
    """Return how many publications are shown, all or those published since a day."""
    query = select(func.count()).select_from(Publication).where(_is_current(clock.today()))
    if since is not None:
        query = query.where(Publication.published_on >= since)
    return db.session.scalar(query) or 0


def by_reference(reference: str) -> Shown:
    """Return one publication, also one that was withdrawn, or refuse (404)."""
    shown = _one(Publication.reference == reference)
    if shown is None:
        raise NotFound
    return shown


def by_check_code(code: str) -> Shown | None:
    """Return the publication a check code belongs to."""
    return _one(Publication.check_code == code)


def others_of_party(shown: Shown) -> int:
    """Return how many other penalties of the same party are still shown."""
    if shown.value is None:
        return 0
    same = (
        Publication.credit_code == shown.value.credit_code
        if shown.value.credit_code
        else Publication.party_name == shown.value.party_name
    )
    query = select(func.count()).select_from(Publication)
    others = and_(same, Publication.reference != shown.reference, _is_current(clock.today()))
    return db.session.scalar(query.where(others)) or 0


def edition() -> int:
    """Return the number of the latest change of the public face: lists are stored under it."""
    return db.session.scalar(select(func.max(Publication.edition))) or 0


def _one(condition: ColumnElement[bool]) -> Shown | None:
    query = select(Publication, Unit).join(Unit, Unit.id == Publication.unit_id).where(condition)
    found = db.session.execute(query).one_or_none()
    return None if found is None else _shown(found[0], found[1])


def _shown(row: Publication, unit: Unit) -> Shown:
    display = Display(
        edition=row.edition,
        published_at=row.published_at,
        published_on=row.published_on,
        tier=row.tier,
        until=row.displayed_until,
        earliest_end=row.earliest_end,
        withdrawn_on=row.withdrawn_on,
        withdrawn_ground=row.withdrawn_ground,
        withdrawn_reason=row.withdrawn_reason,
        ended_on=row.ended_on,
        ending=row.ending,
        ending_reason=row.ending_reason,
    )
    return Shown(
        reference=row.reference,
        number=row.number,
        authority=row.authority,
        unit_name=unit.short_name,
        unit_code=unit.code,
        display=display,
        value=_value(row) if display.is_current(clock.today()) else None,
        pdf=PdfFile(row.pdf_sha256, row.pdf_size, row.pdf_pages),
        check_code=row.check_code,
        replaces=row.replaces,
        revision=row.revision,
        replaced_by=_replaced_by(row),
    )


def _replaced_by(row: Publication) -> str:
    query = select(Publication.reference).where(Publication.replaces == row.reference)
    return db.session.scalar(query) or "" if row.ended_on else ""


def _value(row: Publication) -> PublicDisclosure:
    return PublicDisclosure(
        reference=row.reference,
        check_code=row.check_code,
        title=row.title,
        number=row.number,
        is_person=row.is_person,
        party_name=row.party_name,
        registration_number=row.registration_number,
        credit_code=row.credit_code,
        representative=row.representative,
        violation=row.violation,
        penalty=tuple(row.penalty),
        authority=row.authority,
        decided_on=row.decided_on,
        product=row.product,
        text=row.text,
        replaces=row.replaces,
        revision=row.revision,
        correction=row.correction,
    )


def _line(row: Publication) -> Line:
    return Line(
        reference=row.reference,
        party_name=row.party_name,
        title=row.title,
        violation=row.violation,
        outcome=_value(row).outcome,
        authority=row.authority,
        number=row.number,
        published_on=row.published_on,
        published_at=row.published_at,
    )


def rebuild_index() -> int:
    """Make the search index anew from what is kept; returns how many publications it holds."""
    query = select(Publication).where(
        Publication.withdrawn_on.is_(None), Publication.ended_on.is_(None)
    )
    rows: Sequence[Publication] = db.session.scalars(query.order_by(Publication.id)).all()
    return INDEX.rebuild((row.id, row.searched) for row in rows)
