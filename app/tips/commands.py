"""Which verbs does an administrator have for tips? ``./portal tips duplicates FILE.json``."""

from __future__ import annotations

import argparse
import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from app.kernel import clock
from app.kernel.errors import PortalError
from app.tips import duplicates, labels
from app.tips.duplicates import Candidate
from app.tips.intake import Account

DONE = 0
#: What a told tip may say of itself; the caller is no part of it.
WORDS = frozenset(each.name for each in fields(Account) if each.type == "str")
Verbs = Any  # argparse names the type of its own sub-parsers with a leading underscore


def add_commands(verbs: Verbs) -> None:
    """Declare ``tips``."""
    acts = verbs.add_parser("tips", help="questions about tips").add_subparsers(
        metavar="ACT", required=True
    )
    find = acts.add_parser(
        "duplicates",
        help="candidates that may tell the same, with the parts of their scores",
        description="FILE holds one JSON object: " + ", ".join(sorted(WORDS)) + " and told_on;"
        " what it leaves out or says null to is not compared.",
        epilog="--json answers {told_on, candidates: [{reference, score, is_likely, days_apart,"
        " parts: {enterprise, text, product, place, time}, why}]}, best first; scores are 0 to 1.",
    )
    find.add_argument("file", type=Path, metavar="FILE.json")
    find.add_argument("--limit", type=_count, default=10, help="how many at most (10)")
    find.add_argument("--json", action="store_true", help="answer as one JSON object")
    find.set_defaults(act=_duplicates)


def _count(written: str) -> int:
    count = int(written)
    if count < 1:
        raise ValueError
    return count


def _duplicates(asked: argparse.Namespace) -> int:
    account, told_on = _told(asked.file)
    found = duplicates.alike(duplicates.story_told(account, told_on), None, limit=asked.limit)
    rows = [_row(each) for each in found]
    if asked.json:
        print(json.dumps({"told_on": told_on.isoformat(), "candidates": rows}, ensure_ascii=False))
    else:
        print("\n".join(f"{row['score']:.2f}  {row['reference']}  {row['why']}" for row in rows))
    return DONE


def _told(file: Path) -> tuple[Account, date]:
    """Read what was told.

    Raises:
        PortalError: the file cannot be read, or says something that a tip does not have.
    """
    try:
        read = json.loads(file.read_text("utf-8-sig"))
        told = {name: word for name, word in read.items() if word is not None}
        told_on = date.fromisoformat(told.pop("told_on", clock.today().isoformat()))
    except (OSError, ValueError, AttributeError, TypeError) as fault:
        raise PortalError(f"{file} is no JSON object of a tip: {fault}") from fault
    strange = sorted(k for k in told if k not in WORDS or not isinstance(told[k], str))
    if strange:
        known = ", ".join(sorted(WORDS))
        raise PortalError(f"{file}: {', '.join(strange)} cannot be compared; text in {known} can")
    return Account(kinds=frozenset(), **{"facts": "", **told}), told_on


def _row(found: Candidate) -> dict[str, Any]:
    return {
        "reference": found.tip.reference,
        "score": round(found.score, 3),
        "is_likely": found.is_likely,
        "days_apart": found.days_apart,
        "parts": {
            name: part if part is None else round(part, 3)
            for name, part in found.parts.named().items()
        },
        "why": labels.why_alike(found),
    }
