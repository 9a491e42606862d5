"""What does each kind of document say? Frozen values in, nothing looked up, nothing decided.

All text is plain: it is escaped when it is set, so markup in a field appears as the reader typed
it. Paragraphs are strings in a tuple; a paragraph that begins with 一、 （一） 1. or （1） is a
heading of that level (GB/T 9704-2012, 7.3.3). ``plain`` and ``restore`` carry the values through
JSON, to the worker and into a stored publication.
"""

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
    lines about the party that stand flush left before the reasons. ``verify_url`` goes into the QR
    code; ``check_code`` is printed beside it.
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
    displayed_until: date | None = None
    version: int = 1
    replaces: str = ""
    log_entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """A document behind the main one; begins on a new page (GB/T 9704-2012, 7.4)."""

    title: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts:
    """An official document with a red head (GB/T 9704-2012, 7).

    ``head`` is the organ's mark as printed, usually its full name and 文件. ``signer`` is for
    documents to a superior. The colophon (版记) is set when ``copies_to`` or ``issued_by`` is
    given.
    """

    head: str
    number: str
    title: str
    body: tuple[str, ...]
    signed_by: str
    signed_on: date
    addressees: str = ""
    serial: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    sealed: bool = False
    note: str = ""
    copies_to: str = ""
    issued_by: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """A letter between bureaus (信函格式, GB/T 9704-2012, 10.1): reminder, assignment, supervision.

    ``organ`` is the full name without 文件. There is no issuing line at the end, only
    ``copies_to``.
    """

    organ: str
    number: str
    title: str
    body: tuple[str, ...]
    signed_by: str
    signed_on: date
    addressees: str = ""
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    sealed: bool = False
    note: str = ""
    copies_to: str = ""


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
        hint = next(kind for kind in get_args(hint) if kind is not types.NoneType)
        return None if value is None else _restored_value(hint, value)
    if hint is date:
        return value if isinstance(value, date) else date.fromisoformat(value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return value if isinstance(value, hint) else restore(hint, value)
    if not isinstance(value, hint):
        raise TypeError(f"{value!r} is not {hint.__name__}")
    return value
