"""On which page does each colophon of a document go, that of a document forwarded in it included?

A colophon belongs to the lower edge of its document's last page, and that page is even
(GB/T 9704-2012, 7.4): the page where the text ends if that is even and has room, else the next even
one. A blank page in between and the colophon's page are then left without numbers (7.5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.typesetting.errors import Fault, TypesettingError
from app.typesetting.facts import NoticeFacts

#: In CSS pixels: the upper margin of a page, and the height of the type area.
TOP_MARGIN = 37 * 96 / 25.4
TYPE_AREA_BOTTOM = 225 * 96 / 25.4


class Place(StrEnum):
    """Where a colophon goes; ``MEASURED``, directly behind the text, is where one is tried."""

    MEASURED = "measured"
    SAME_PAGE = "same-page"
    NEXT_PAGE = "next-page"
    AFTER_BLANK = "after-blank"


#: How many pages each adds.
ADDED = {Place.SAME_PAGE: 0, Place.NEXT_PAGE: 1, Place.AFTER_BLANK: 2}


@dataclass(frozen=True, slots=True)
class Colophon:
    """One colophon: how many end before it, and its place."""

    index: int
    place: Place


def bearers(facts: Any) -> Iterator[NoticeFacts]:
    """Yield the documents that have a colophon, in the order in which they end."""
    for annex in getattr(facts, "annexes", ()):
        yield from bearers(annex)
    if isinstance(facts, NoticeFacts) and facts.has_colophon:
        yield facts


def placed(
    documents: Sequence[NoticeFacts], places: Sequence[Place]
) -> Callable[[NoticeFacts], Colophon]:
    """Return what tells a template where a document's colophon goes."""
    found = {id(one): Colophon(at, places[at]) for at, one in enumerate(documents)}
    return lambda facts: found[id(facts)]


def places(pages: list[Any], count: int) -> list[Place]:
    """Where all go, after a trial with each directly behind its text.

    What follows a colophon begins on a new page, so each moves the later ones by whole pages.
    """
    found: list[Place] = []
    moved = before = 0
    for index in range(count):
        number, _ = _anchor(pages, f"end-of-text-{index}")
        ends_on, bottom = _anchor(pages, f"end-of-colophon-{index}")
        fits = ends_on == number and bottom <= TOP_MARGIN + TYPE_AREA_BOTTOM
        place = Place.AFTER_BLANK
        if (number + moved) % 2:
            place = Place.NEXT_PAGE
        elif fits and number != before:  # else that of a forwarded document stands there
            place = Place.SAME_PAGE
        moved += ADDED[place] - (ends_on - number)
        before = ends_on
        found.append(place)
    return found


def _anchor(pages: list[Any], name: str) -> tuple[int, float]:
    for number, page in enumerate(pages, start=1):
        if name in page.anchors:
            return number, page.anchors[name][1]
    raise TypesettingError(Fault.FAILED, name)
