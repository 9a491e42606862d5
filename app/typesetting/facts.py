"""What does each kind of document say? Frozen values in, nothing looked up, nothing decided.

All text is plain: it is escaped when it is set, so markup in a field appears as the reader typed
it. Paragraphs are strings in a tuple; a paragraph that begins with 一、 （一） 1. or （1） is a
heading of that level (GB/T 9704-2012, 7.3.3). Where a body may hold a table, it stands between the
paragraphs. ``plain`` and ``restore`` carry the values through JSON, to the worker and into a stored
publication.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureFacts:
    """A published penalty: the summary table before the decision (令45 第4条).

    The party is a person or a unit; the fields of the other stay empty and are printed as a dash.
    ``penalty`` holds the provision and the itemised penalties, one line each. ``opening`` are the
    lines about the party that stand flush left before the reasons, ``closing`` those under the
    signature. ``verify_url`` goes into the QR code; ``check_code`` is printed beside it.
    """

    decision_number: str
    publication_number: str
    violation: str
    penalty: tuple[str, ...]
    authority: str
    decided_on: date
    decision: tuple[str, ...]
    check_code: str
    verify_url: str
    published_on: date
    person_name: str = ""
    person_registration: str = ""
    unit_name: str = ""
    unit_credit_code: str = ""
    unit_representative: str = ""
    decision_title: str = "行政处罚决定书"
    opening: tuple[str, ...] = ()
    signed: bool = True
    closing: tuple[str, ...] = ()
    displayed_until: date | None = None
    version: int = 1
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the rows of its head, repeated on each page, and its body. Cells cover, never lack.

    A table too wide for the type area is set on landscape pages of its own (GB/T 9704-2012, 11).
    """

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = str | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A document behind the main one; begins on a new page (GB/T 9704-2012, 7.4).

    ``marked`` is false for what the main document issues (印发): it follows without 附件.
    """

    title: str
    body: tuple[Block, ...]
    attachments: tuple[str, ...] = ()
    marked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """An official document with a red head (GB/T 9704-2012, 7).

    ``head`` is the organ's mark as printed, usually its full name and 文件; without it the page
    begins with the title. ``signer`` is for documents to a superior. ``signed_by`` has a line for
    each organ; ``signed_on`` is printed in characters when ``dated_in_characters``. The colophon
    (版记) is set when one of its fields is given; ``keywords``, ``distribution`` and
    ``proofread_by`` only occur in documents made before 2012 (GB/T 9704-1999). An ``annexes`` item
    that is itself such a document is one forwarded: it keeps its own head and colophon. What is
    published has a check code, set with the square code of ``verify_url`` under the colophon.
    """

    title: str
    body: tuple[Block, ...]
    head: str = ""
    number: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    dated_in_characters: bool = False
    addressees: str = ""
    serial: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex | NoticeFacts, ...] = ()
    sealed: bool = False
    note: str = ""
    keywords: str = ""
    copies_to: str = ""
    distribution: tuple[str, ...] = ()
    issued_by: str = ""
    issued_on: date | None = None
    proofread_by: str = ""
    check_code: str = ""
    verify_url: str = ""

    @property
    def has_colophon(self) -> bool:
        """Whether anything is printed in the 版记."""
        return any(
            (self.keywords, self.copies_to, self.distribution, self.issued_by, self.proofread_by)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A letter between bureaus (信函格式, GB/T 9704-2012, 10.1): reminder, assignment, supervision.

    ``organ`` is the full name without 文件. There is no issuing line at the end, only
    ``copies_to``. The check code stands between the type area and the lower rules.
    """

    organ: str
    number: str
    title: str
    body: tuple[Block, ...]
    signed_by: str = ""
    signed_on: date | None = None
    dated_in_characters: bool = False
    addressees: str = ""
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex | NoticeFacts, ...] = ()
    sealed: bool = False
    note: str = ""
    copies_to: str = ""
    check_code: str = ""
    verify_url: str = ""


TEMPLATES: dict[str, type[DisclosureFacts | NoticeFacts | LetterFacts]] = {
    "disclosure": DisclosureFacts,
    "notice": NoticeFacts,
    "letter": LetterFacts,
}


def plain(facts: object) -> dict[str, Any]:
    """The facts as JSON values: dates in ISO form, tuples as lists."""
    if not dataclasses.is_dataclass(facts) or isinstance(facts, type):
        raise TypeError(type(facts).__name__)
    return {
        field.name: _plain_value(getattr(facts, field.name)) for field in dataclasses.fields(facts)
    }


def restore(kind: type[Facts], values: Mapping[str, Any]) -> Facts:
    """The facts that ``plain`` flattened; ``TypeError`` for a missing or an unknown field."""
    hints = get_type_hints(kind)
    unknown = set(values) - set(hints)
    if unknown:
        raise TypeError(f"{kind.__name__} has no field {min(unknown)}")
    return kind(**{name: _restored_value(hints[name], value) for name, value in values.items()})


def _plain_value(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if dataclasses.is_dataclass(value) else value


def _restored_value(hint: Any, value: Any) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_restored_value(get_args(hint)[0], item) for item in value)
    if isinstance(hint, types.UnionType):
        return _restored_value(_alternative(get_args(hint), value), value)
    if hint is date:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return value if isinstance(value, hint) else restore(hint, value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is not {hint.__name__}")
    return value


def _alternative(kinds: tuple[Any, ...], value: Any) -> Any:
    """Which of the ``kinds`` a value is: a mapping the first that knows all its fields."""
    if value is None and types.NoneType in kinds:
        return types.NoneType
    for kind in kinds:
        if not dataclasses.is_dataclass(kind):
            continue
        known = {field.name for field in dataclasses.fields(kind)}
        if isinstance(value, kind) or (isinstance(value, Mapping) and set(value) <= known):  # type: ignore[arg-type]
            return kind
    return next(kind for kind in kinds if kind is not types.NoneType)
