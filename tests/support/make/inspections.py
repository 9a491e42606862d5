"""Builders of inspection tasks: through the leader's and the inspector's acts."""

from __future__ import annotations

import io
from datetime import timedelta
from functools import lru_cache
from typing import Any

from PIL import Image

from app.inspections import actions, queries
from app.inspections.rules import TaskKind
from app.kernel import clock, storage
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from app.tips import queries as tips

VIOLATION = "below_standard"


@lru_cache(maxsize=1)
def picture() -> bytes:
    """A small real photo."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (120, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def photo() -> storage.Stored:
    """A kept photo."""
    return storage.keep(io.BytesIO(picture()), "现场.jpg", allowed=storage.PHOTOS)


def task(
    *, of_tip: str | None = None, started: bool = False, closed: bool = False,
    has_problem: bool = True, county: str = "qs", **errand: Any,
) -> str:  # fmt: skip
    """Send two officers, begin and close the visit if asked; returns the task's reference."""
    kept = photo() if closed else None
    with unit_of_work():
        leader = people.today_identity(f"{county}.unit_leader")
        officer, companion = (
            people.by_account(f"{county}.inspector"),
            people.by_account("qs.inspector2" if county == "qs" else f"{county}.case_officer"),
        )
        facts = {
            "title": "核查样例五金店电线",
            "kind": TaskKind.VERIFICATION,
            "due_on": clock.today() + timedelta(days=7),
            "place_name": "样例五金店",
            **errand,
        }
        tip = tips.by_reference(of_tip, leader) if of_tip else None
        made = actions.assign(actions.Errand(**facts), officer, companion, by=leader, tip=tip)
        inspector = people.today_identity(f"{county}.inspector")
        if started or closed:
            actions.start(made, by=inspector)
        if closed:
            found = actions.Findings(
                "现场查见未标厂名的电线 12 卷，铜芯发黑。", has_problem=has_problem,
                violation_code=VIOLATION if has_problem else "", photos=[kept] if kept else [],
            )  # fmt: skip
            actions.close(made, found, by=inspector, tip=tip)
        reference = made.reference
    db.session.remove()
    return reference


def load(reference: str, account: str) -> Any:
    """Return a task as an account sees it."""
    return queries.by_reference(reference, people.today_identity(account))
