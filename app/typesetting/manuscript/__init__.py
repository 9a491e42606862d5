"""Which official document is meant by a plain text? Pure: text in, a frozen value out.

``recognise`` takes it apart, ``facts_of`` makes of it what is typeset, ``as_json`` shows it.
"""

from app.typesetting.manuscript.reading import recognise
from app.typesetting.manuscript.values import (
    Appended,
    Found,
    Piece,
    Recognised,
    as_json,
    facts_of,
    sources,
)

__all__ = ["Appended", "Found", "Piece", "Recognised", "as_json", "facts_of", "recognise", "sources"]
