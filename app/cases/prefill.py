"""What does the house already know when somebody opens a form? Nobody types a thing twice."""

from __future__ import annotations

from typing import Any

from app.cases import documents, penalties
from app.cases.models import Case
from app.cases.penalties import MOST_ITEMS, PartyKind
from app.cases.rules import Source
from app.codes import queries as codes
from app.inspections import queries as inspections
from app.kernel import clock
from app.kernel.identity import Identity
from app.tips import queries as tips


def proposal_values(task_reference: str, tip_reference: str, who: Identity) -> dict[str, Any]:
    """Return what a task and the tip behind it say, by the names of the proposal form's fields."""
    values: dict[str, Any] = {"officer_one": str(who.person_id), "clue_on": clock.today()}
    if task_reference:
        task = inspections.by_reference(task_reference, who)
        values |= {
            "task": task.reference,
            "source": Source.INSPECTION.value,
            "product": task.product_code,
            "violation": task.violation_code,
            "party_name": task.enterprise.name if task.enterprise else task.place_name,
            "enterprise": task.enterprise.reference if task.enterprise else "",
            "summary": task.findings,
        }
        if task.ended_at:
            values["clue_on"] = clock.legal_day(task.ended_at)
        tip_reference = task.tip_reference or tip_reference
    if tip_reference:
        values = _tip_values(tip_reference, who) | values
        values |= {"tip": tip_reference, "source": Source.TIP.value}
    return values


def _tip_values(reference: str, who: Identity) -> dict[str, Any]:
    tip = tips.by_reference(reference, who)
    return {
        "clue_on": clock.legal_day(tip.received_at),
        "party_name": tip.enterprise.name if tip.enterprise else tip.subject_name,
        "enterprise": tip.enterprise.reference if tip.enterprise else "",
        "product": tip.product_code,
        "violation": tip.violation_code,
        "summary": tip.facts,
    }


def decision_values(case: Case) -> dict[str, Any]:
    """Return the draft by the names of the decision form's fields, or what it may start from."""
    draft = case.draft
    if draft is None:
        return _first_values(case)
    kept = (
        "party_kind", "party_name", "credit_code", "registration_number", "legal_representative",
        "party_address", "violation_title", "laws_broken", "laws_applied", "facts", "evidence",
        "statement", "reasons", "performance", "remedies",
    )  # fmt: skip
    values: dict[str, Any] = {name: getattr(draft, name) for name in kept}
    for number, item in enumerate(draft.items[:MOST_ITEMS], start=1):
        values |= {
            f"kind_{number}": item.kind.value,
            f"text_{number}": item.text,
            f"amount_{number}": item.amount,
        }
    return values


def _first_values(case: Case) -> dict[str, Any]:
    party = case.enterprise
    return {
        "party_kind": (party.kind.value if party else PartyKind.UNIT.value),
        "party_name": case.party_name,
        "credit_code": (party.credit_code or "") if party else "",
        "registration_number": (party.registration_number or "") if party else "",
        "legal_representative": party.legal_representative if party else "",
        "party_address": party.address if party else "",
        "violation_title": codes.label("violations", case.violation_code),
        "facts": "\n".join(part for part in (case.summary, case.report) if part),
        "statement": documents.statement_text(
            case.notice_on, case.statement_kind, case.statement_outcome
        ),
        "performance": "",
        "remedies": documents.remedies_text(case.bureau.name),
    }


def performance_of(typed: str, items: list[penalties.Item]) -> str:
    """Return the paragraph on performance as typed, or the usual one for these items."""
    return typed or documents.performance_text(penalties.totals(items))
