"""Which official document is meant by a plain text? Pure: text or file in, a frozen value out.

``recognise`` takes it apart, ``facts_of`` makes of it what is typeset, ``as_json`` shows it,
``notation`` writes its text for correction.
"""

from app.typesetting.manuscript.files import SUFFIXES, recognise_file
from app.typesetting.manuscript.reading import recognise
from app.typesetting.manuscript.values import (
    Appended,
    Found,
    Piece,
    Recognised,
    as_json,
    facts_of,
    in_form,
    notice_of,
    sources,
)

__all__ = [
    "SUFFIXES",
    "Appended",
    "Found",
    "Piece",
    "Recognised",
    "as_json",
    "facts_of",
    "in_form",
    "notice_of",
    "recognise",
    "recognise_file",
    "sources",
]
