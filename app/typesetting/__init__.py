"""How does a record become an official document? ``typeset`` takes facts and gives a finished PDF.

The only importer of WeasyPrint, and that only in its own process. Callers pass a frozen value from
``app.typesetting.facts``; nothing is looked up, no address is fetched, the same facts give the same
bytes.
"""

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.typesetting.errors import Fault, TypesettingError
from app.typesetting.facts import (
    TEMPLATES,
    Annex,
    Block,
    Cell,
    DisclosureFacts,
    LetterFacts,
    NoticeFacts,
    Table,
    plain,
    restore,
)
from app.typesetting.health import Health, health
from app.typesetting.pool import POOL

__all__ = [
    "Annex",
    "Attached",
    "Block",
    "Cell",
    "DisclosureFacts",
    "Document",
    "Fault",
    "Health",
    "LetterFacts",
    "NoticeFacts",
    "Table",
    "TypesettingError",
    "close",
    "health",
    "plain",
    "restore",
    "typeset",
]


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file: PDF/A-3a and PDF/UA-1 at once."""

    content: bytes
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the file, for example the published record as JSON (PDF/A-3 allows any).

    The name is ASCII, with the ending that tells its type; the description may be in any language.
    """

    name: str
    content: bytes
    description: str = ""


def typeset(  # the title, author and language of the file are part of what is published
    template: str,
    facts: DisclosureFacts | NoticeFacts | LetterFacts | Mapping[str, object],
    *,
    title: str,
    author: str,
    language: str = "zh-CN",
    attachments: Sequence[Attached] = (),
) -> Document:
    """Set ``facts`` in ``template`` (``disclosure``, ``notice`` or ``letter``).

    Takes about 0.2 s once the worker is warm, a second longer the first time. Raises
    ``TypesettingError``; for missing glyphs its details are the code points. A file with a place
    for its log entry gets one for its signature too, where the house signs its files; it raises
    ``SignatureRefused`` where it cannot.
    """
    kind = TEMPLATES.get(template)
    if kind is None:
        raise TypesettingError(Fault.UNKNOWN_TEMPLATE, template)
    for part in attachments:
        if not part.name.isascii():  # readers disagree about the encoding of other names
            raise TypesettingError(Fault.WRONG_FACTS, part.name)
    job = {
        "template": template,
        "facts": _checked(kind, facts),
        "title": title,
        "author": author,
        "language": language,
        "attachments": [_sent(part) for part in attachments],
        "signature": _signature_to_come(attachments),
    }
    answer = POOL.ask(json.dumps(job).encode())
    if "fault" in answer:
        raise TypesettingError(Fault(answer["fault"]), *answer["details"])
    content = base64.b64decode(answer["content"])
    return Document(content, hashlib.sha256(content).hexdigest(), answer["pages"])


def _sent(part: Attached) -> dict[str, str]:
    content = base64.b64encode(part.content).decode()
    return {"name": part.name, "description": part.description, "content": content}


def _signature_to_come(attachments: Sequence[Attached]) -> dict[str, str] | None:
    from app.kernel import logged_file, signature  # noqa: PLC0415 — the worker enters this package

    is_logged = any(part.name == logged_file.NAME for part in attachments)
    return signature.place() if is_logged else None


def close() -> None:
    """End the typesetting processes of this process, for a clean shutdown."""
    POOL.close()


def _checked(
    kind: type[DisclosureFacts | NoticeFacts | LetterFacts], facts: object
) -> dict[str, object]:
    """The facts as JSON, after they were seen to be the right kind."""
    if isinstance(facts, Mapping):
        try:
            facts = restore(kind, facts)
        except (TypeError, ValueError) as error:
            raise TypesettingError(Fault.WRONG_FACTS, str(error)) from error
    if not isinstance(facts, kind):
        raise TypesettingError(Fault.WRONG_FACTS, type(facts).__name__)
    return plain(facts)
