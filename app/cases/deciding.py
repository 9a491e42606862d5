"""How is a decision written, made and served?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import inspect

from app.cases import documents, penalties, queries, rules
from app.cases.documents import DecisionFacts
from app.cases.models import Case, Decision, DecisionDraft, Ruling
from app.cases.penalties import Item, Party
from app.cases.rules import CaseAction
from app.cases.steps import filed_on, move, step, stop, take_number
from app.clocks import actions as clocks
from app.clocks.rules import Outcome
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require

DRAFTED = audit.declare("case.decision_drafted", "fine_fen", "items")
TEXT_AMENDED = audit.declare("case.decision_text_amended")
DECIDED = audit.declare("case.decided", "number", "decided_on", "fine_fen", "warning_only")

SERVED = audit.declare("case.served", "number", "served_on")

#: 处罚: the word of the decisions' own number series (forms of 2021).
DECISION_WORD = "处罚"


@dataclass(frozen=True)
class Wording:
    """The paragraphs of a decision."""

    violation_title: str
    laws_broken: str
    laws_applied: str
    facts: str
    evidence: str
    statement: str
    reasons: str
    performance: str
    remedies: str


def compose(bureau: str, party: Party, items: Sequence[Item], wording: Wording) -> str:
    """Return the whole text as the fields make it."""
    return documents.decision_text(
        DecisionFacts(
            bureau=bureau,
            party=party,
            items=items,
            is_published=not penalties.is_warning_only(items),
            **asdict(wording),
        )
    )


@dataclass(frozen=True)
class Typed:
    """What the officers wrote about a decision."""

    party: Party
    items: Sequence[Item]
    wording: Wording


def draft(case: Case, typed: Typed, *, keep_text: bool = False, by: Identity) -> DecisionDraft:
    """Write the decision's fields; the text is made anew unless the hand-written one is kept."""
    _check_drafting(case, by)
    items, wording = typed.items, typed.wording
    penalties.check_items(items)
    party = penalties.checked_party(typed.party)
    before = case.draft
    text = before.text if keep_text and before else compose(case.bureau.name, party, items, wording)
    penalties.check_text(text, party=party.name, items=items)
    written = before or DecisionDraft(case=case)
    _fill(written, party, items, wording)
    written.text, written.written_by_id, written.written_at = text, by.person_id, clock.now()
    db.session.add(written)
    audit.record(DRAFTED, "case", case.reference, by=by, fine_fen=_fen(written), items=len(items))
    return written


def _check_drafting(case: Case, by: Identity) -> None:
    require(by, "case:investigate", case)
    if case.state not in rules.DRAFTING:
        raise IllegalTransition(case.state.value, "draft")


def _fill(row: Ruling, party: Party, items: Sequence[Item], wording: Wording) -> None:
    row.party_kind, row.party_name = party.kind, party.name
    row.credit_code, row.registration_number = party.credit_code, party.registration_number
    row.legal_representative, row.party_address = party.legal_representative, party.address
    row.penalty_items = [item.to_row() for item in items]
    for name, value in asdict(wording).items():
        setattr(row, name, value)


def amend_text(case: Case, *, text: str, by: Identity) -> None:
    """Put the officers' own words in place of the generated draft."""
    _check_drafting(case, by)
    if case.draft is None:
        raise Refused("draft_missing")
    penalties.check_text(text, party=case.draft.party_name, items=case.draft.items)
    case.draft.text = text
    case.draft.written_by_id, case.draft.written_at = by.person_id, clock.now()
    audit.record(TEXT_AMENDED, "case", case.reference, by=by)


def decide(case: Case, *, decided_on: date, by: Identity) -> Decision:
    """Make the decision: number taken, text sealed, the terms of service and publication begin."""
    found = step(case, CaseAction.DECIDE, by=by)
    if case.draft is None:
        raise Refused("draft_missing")
    rules.check_decision_day(
        decided_on,
        filed_on=filed_on(case),
        today=clock.today(),
        statement_until=queries.statement_until(case),
    )
    rules.check_draft(written_at=case.draft.written_at, heard_at=case.heard_at)
    decision = _sealed(case, case.draft, decided_on, by)
    move(case, found)
    stop(case, rules.DECISION, decided_on, by=by)
    stop(case, rules.STATEMENT, decided_on, by=by, outcome=Outcome.WITHDRAWN)  # it has lapsed
    audit.record(
        DECIDED, "case", case.reference, by=by, number=decision.number,
        decided_on=decided_on.isoformat(), fine_fen=_fen(decision),
        warning_only=decision.warning_only,
    )  # fmt: skip
    clocks.start("case", case.reference, rules.SERVICE, decided_on, by=by, is_main=True)
    if not decision.warning_only:  # 令45 art. 2: a mere warning is not published
        clocks.start("case", case.reference, rules.PUBLICATION, decided_on, by=by)
    return decision


def _sealed(case: Case, draft: DecisionDraft, decided_on: date, by: Identity) -> Decision:
    """Copy the draft into the decision, with number and day in their places."""
    penalties.check_items(draft.items)
    penalties.checked_party(draft.party)
    penalties.check_text(draft.text, party=draft.party_name, items=draft.items)
    number = take_number(case, DECISION_WORD, decided_on)
    ruled = {a.key for a in inspect(DecisionDraft).column_attrs} & set(Ruling.__annotations__)
    sums = draft.totals
    decision = Decision(
        **{name: getattr(draft, name) for name in ruled},
        case=case,
        number=number,
        decided_on=decided_on,
        decided_by_id=by.person_id,
        fine=sums.fine,
        confiscated_income=sums.confiscated_income,
        confiscated_goods=sums.confiscated_goods,
        warning_only=draft.is_warning_only,
    )
    decision.text = penalties.seal_text(draft.text, number=number, decided_on=decided_on)
    db.session.add(decision)
    return decision


def serve(case: Case, *, served_on: date, by: Identity) -> None:
    """Note the day the decision reached the party: payment is due fifteen days after."""
    found = step(case, CaseAction.SERVE, by=by)
    decision = case.decision
    if decision is None:
        raise IllegalTransition(case.state.value, "serve")
    rules.check_service(
        served_on,
        decided_on=decision.decided_on,
        today=clock.today(),
        already=decision.served_on,
    )
    decision.served_on = served_on
    move(case, found)
    stop(case, rules.SERVICE, served_on, by=by)
    audit.record(
        SERVED, "case", case.reference, by=by,
        number=decision.number, served_on=served_on.isoformat(),
    )  # fmt: skip
    if decision.totals.payable:
        clocks.start("case", case.reference, rules.PAYMENT, served_on, by=by, is_main=True)


def _fen(ruling: Ruling) -> int:
    return int(ruling.totals.fine * 100)
