"""Builders of leads and of the letters about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.inspections import queries as inspections
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.leads import actions, letters, queries
from app.leads.models import Lead
from app.leads.rules import LetterKind, Origin, Source
from app.people import queries as people
from app.units import queries as units


def lead(*, place: str = "qs", role: str = "inspector", **over: Any) -> str:
    """Enter a lead of the own search, unless told otherwise; returns its reference."""
    with unit_of_work():
        facts = {
            "title": "样例电线作坊",
            "summary": "样例：巡查时看到无标识电线出入。",
            "found_on": clock.today(),
            "origin": Origin(Source.OWN),
            "party_name": "样例电线作坊",
            **over,
        }
        made = actions.enter(actions.Found(**facts), by=people.today_identity(f"{place}.{role}"))
        reference = made.reference
    db.session.remove()
    return reference


def of_task(task_reference: str) -> str:
    """Enter a finding as its inspector would."""
    with unit_of_work():
        who = people.today_identity("qs.inspector")
        task = inspections.by_reference(task_reference, who)
        found = actions.Found(
            task.title, task.findings, clock.today(), Origin(Source.INSPECTION), task.place_name
        )
        reference = actions.enter(found, by=who, task=task).reference
    db.session.remove()
    return reference


def letter(about: str, *, to: str = "bs", kind: LetterKind = LetterKind.ASSIST) -> str:
    """Write a letter about a lead; returns its reference."""
    with unit_of_work():
        who = people.today_identity("qs.case_officer")
        asked = letters.Asked("样例：请协查进货。", "", clock.today() + timedelta(days=10))
        found = queries.by_reference(about, who)
        if kind is LetterKind.ORGANISE:
            made = letters.ask_to_organise(found, asked, by=who)
        else:
            made = letters.ask_assistance(found, units.by_code(to), asked, by=who)
        reference = made.reference
    db.session.remove()
    return reference


def load(reference: str, account: str = "qs.unit_leader") -> Lead:
    """Return a lead as an account sees it."""
    return queries.by_reference(reference, people.today_identity(account))
