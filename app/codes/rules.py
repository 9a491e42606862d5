"""Which code lists are there, and what makes an entry acceptable?"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from app.kernel.errors import Refused

CODE_FORM = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_LEVELS = 4


class CodeList(StrEnum):
    """The lists of the house; their entries are the administrator's."""

    PRODUCTS = "products"
    VIOLATIONS = "violations"
    SOURCES = "sources"
    MEASURES = "measures"
    FIELDS = "fields"
    TEST_ITEMS = "test_items"
    TOPICS = "topics"
    MATTERS = "matters"
    QUESTIONS = "questions"


def check_code(code: str) -> None:
    """Refuse a code that is not a short word of lower-case letters, figures and underscores."""
    if not CODE_FORM.fullmatch(code):
        raise Refused("code_form", field="code")


def check_retirement(valid_from: date | None, last_day: date) -> None:
    """Refuse a last day before the entry began."""
    if valid_from is not None and last_day < valid_from:
        raise Refused("code_ends_before_it_begins", field="last_day")


def check_depth(levels_above: int) -> None:
    """Refuse groups within groups beyond what a list can show."""
    if levels_above >= MOST_LEVELS:
        raise Refused("code_too_deep", field="parent")


def is_valid(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Tell whether an entry may be chosen on a day; both ends are days on which it may."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)
