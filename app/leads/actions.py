"""What do people do with a lead: enter, propose a case, decide against one, hand over, merge?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from app.cases import actions as cases
from app.cases import outcomes
from app.cases import rules as case_rules
from app.cases.models import Case
from app.cases.rules import CaseState
from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.inspections.models import Task
from app.inspections.rules import TaskState
from app.kernel import audit, clock
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import allows, require
from app.kernel.steps import allowed, reasoned
from app.kernel.workflow import Transition
from app.leads import access as _policy  # noqa: F401 - declares the permissions
from app.leads import queries, rules
from app.leads.models import Lead
from app.leads.rules import WORKFLOW, LeadAction, LeadState, Origin, Source
from app.units import queries as units
from app.units.models import Unit

ENTERED = audit.declare("lead.entered", "source", "parent")
PROPOSED = audit.declare("lead.proposed", "case")
FILED = audit.declare("lead.filed", "case")
NOT_FILED = audit.declare("lead.not_filed", "reason")
TRANSFERRED = audit.declare("lead.transferred", "to", "reason")
MERGED = audit.declare("lead.merged", "into", "reason")
RECEIPT = audit.declare("lead.receipt", "on")

#: What a case says of its source when it comes from a lead.
SOURCES_OF_CASES = {
    Source.INSPECTION: case_rules.Source.INSPECTION,
    Source.TRANSFER: case_rules.Source.TRANSFER,
    Source.UPPER: case_rules.Source.ASSIGNED,
}


def available(lead: Lead, who: Identity) -> set[LeadAction]:
    """Return what this person may do now; what a case decides is no act of a person here."""
    return {
        LeadAction(step.action)
        for step in allowed(WORKFLOW, lead, who)
        if step.permission != "lead:note"
    }


def may_note_receipt(lead: Lead, who: Identity) -> bool:
    """Tell whether a receipt of a letter is still missing and this person may note it."""
    waits = _receipt_sent_on(lead) is not None and not _receipt_of(lead)
    return waits and allows(who, "lead:receipt", lead)


@dataclass(frozen=True)
class Found:
    """What is known of a lead when it is entered."""

    title: str
    summary: str
    found_on: date
    origin: Origin
    party_name: str = ""
    party_address: str = ""
    product_code: str = ""
    violation_code: str = ""


def enter(found: Found, *, by: Identity, task: Task | None = None) -> Lead:
    """Enter a lead into one's own bureau's ledger; the term to decide on a case begins."""
    require(by, "lead:enter")
    rules.check_origin(found.origin, found_on=found.found_on, today=clock.today())
    if (found.origin.source is Source.INSPECTION) is not (task is not None):
        raise Refused("lead_source", field="source")
    if found.origin.source is Source.TIP:
        raise Refused("lead_source", field="source")
    if task is not None:
        _check_finding(task, by)
    return open_at(units.by_id(by.bureau_id), found, by=by, task=task)


def _check_finding(task: Task, by: Identity) -> None:
    """Refuse what is no open finding of the own bureau, belongs to a tip, or is entered."""
    is_open = task.state is TaskState.DONE and task.has_problem and not task.tip_reference
    if not is_open or task.unit_path != by.bureau_path:
        raise Refused("lead_no_finding", field="task")
    if queries.of_task(task.reference) is not None:
        raise Refused("lead_entered_already", field="task")


def open_at(
    bureau: Unit, found: Found, *, by: Identity, task: Task | None = None, parent: str | None = None
) -> Lead:
    """Open a lead in a bureau's ledger: by hand, handed over, or under a superior's action."""
    year = clock.today().year
    lead = Lead(
        reference=f"L{year}-{next_number('lead', str(year)):04d}",
        title=found.title, summary=found.summary, source=found.origin.source,
        state=LeadState.OPEN, bureau=bureau, unit_path=bureau.path, found_on=found.found_on,
        entered_at=clock.now(), entered_by_id=by.person_id, moved_at=clock.now(),
        party_name=found.party_name, party_address=found.party_address,
        product_code=found.product_code, violation_code=found.violation_code,
        came_from=found.origin.came_from, number=found.origin.number, link=found.origin.link,
        dated_on=found.origin.dated_on, parent_reference=parent,
        task_reference=task.reference if task else None,
        enterprise_id=task.enterprise_id if task else None,
    )  # fmt: skip
    db.session.add(lead)
    db.session.flush()
    clocks.start("lead", lead.reference, case_rules.FILING, found.found_on, by=by, is_main=True)
    audit.record(ENTERED, "lead", lead.reference, by=by, source=lead.source.value, parent=parent)
    return lead


_step = partial(reasoned, WORKFLOW)


def _move(lead: Lead, step: Transition, *, by: Identity, reason: str = "") -> None:
    lead.state, lead.moved_at = LeadState(step.target), clock.now()
    if lead.state in WORKFLOW.final:
        lead.ended_on, lead.ended_by_id, lead.reason = clock.today(), by.person_id, reason


def _stop_clock(lead: Lead, *, by: Identity, outcome: Outcome | None = None) -> None:
    running = clock_queries.main_clock("lead", lead.reference)
    if running is not None and running.stopped_on is None:
        clocks.stop(running, met_on=clock.today(), by=by, outcome=outcome)


@dataclass(frozen=True)
class CaseWords:
    """What a case officer adds to a lead to propose a case."""

    title: str
    party_name: str
    summary: str
    officer_one: int
    officer_two: int


def propose(lead: Lead, said: CaseWords, *, by: Identity) -> Case:
    """Propose a case from a lead; the case runs under the same first day, so one clock goes on."""
    step = _step(lead, LeadAction.PROPOSE, by=by)
    asked = cases.Proposal(
        title=said.title,
        source=SOURCES_OF_CASES.get(lead.source, case_rules.Source.OTHER),
        party_name=said.party_name,
        summary=said.summary,
        clue_on=lead.found_on,
        officer_one=said.officer_one,
        officer_two=said.officer_two,
        enterprise=lead.enterprise,
        product_code=lead.product_code,
        violation_code=lead.violation_code,
        task_reference=lead.task_reference,
    )
    case = cases.propose(asked, by=by)
    _move(lead, step, by=by)
    lead.case_reference = case.reference
    _stop_clock(lead, by=by, outcome=Outcome.WITHDRAWN)
    audit.record(PROPOSED, "lead", lead.reference, by=by, case=case.reference)
    return case


def follow(case: Case, by: Identity) -> None:
    """End the leads of a case with the decision on its filing: one act, one reason, one leader."""
    for lead in queries.of_case(case):
        if case.state is CaseState.FILED:
            _move(lead, _step(lead, LeadAction.NOTE_FILED, by=by), by=by)
            lead.case_reference = case.reference
            _stop_clock(lead, by=by)
            audit.record(FILED, "lead", lead.reference, by=by, case=case.reference)
        elif lead.state is LeadState.PROPOSED:
            step = _step(lead, LeadAction.NOTE_NOT_FILED, by=by, reason=case.reason)
            _move(lead, step, by=by, reason=case.reason)
            audit.record(NOT_FILED, "lead", lead.reference, by=by, reason=case.reason)


outcomes.heard_by(follow)


def decline(lead: Lead, *, reason: str, by: Identity) -> None:
    """Approve that no case comes of a lead, with the reason; not by whoever entered it."""
    _move(lead, _step(lead, LeadAction.DECLINE, by=by, reason=reason), by=by, reason=reason)
    _stop_clock(lead, by=by)
    audit.record(NOT_FILED, "lead", lead.reference, by=by, reason=reason)


@dataclass(frozen=True)
class Passage:
    """To whom a lead goes: a bureau of the house, or an authority outside it."""

    to: Unit | None
    authority: str
    number: str
    reason: str


def transfer(lead: Lead, passage: Passage, *, by: Identity) -> Lead | None:
    """Hand a lead over; in a bureau of the house it opens anew, with a term of its own."""
    step = _step(lead, LeadAction.TRANSFER, by=by, reason=passage.reason)
    if (passage.to is None) is not bool(passage.authority):
        raise Refused("lead_one_addressee", field="authority")
    if passage.to is not None and passage.to.id == lead.bureau_id:
        raise Refused("lead_own_bureau", field="bureau")
    if passage.to is None and not passage.number:
        raise Refused("lead_needs_number", field="number")
    _move(lead, step, by=by, reason=passage.reason)
    lead.handed_to = passage.to.name if passage.to else passage.authority
    lead.handed_number = passage.number
    _stop_clock(lead, by=by)
    audit.record(
        TRANSFERRED, "lead", lead.reference, by=by, to=lead.handed_to, reason=passage.reason
    )
    return _hand_over(lead, passage.to, by=by) if passage.to else None


def _hand_over(lead: Lead, to: Unit, *, by: Identity) -> Lead:
    number = lead.handed_number or lead.reference
    return open_at(
        to,
        Found(
            lead.title, lead.summary, clock.today(),
            Origin(Source.TRANSFER, lead.bureau.name, number, dated_on=clock.today()),
            lead.party_name, lead.party_address, lead.product_code, lead.violation_code,
        ),
        by=by, parent=lead.reference,
    )  # fmt: skip


def merge(lead: Lead, into: str, *, reason: str, by: Identity) -> None:
    """Let a lead go on as part of another record; that one must be in the viewer's scope."""
    step = _step(lead, LeadAction.MERGE, by=by, reason=reason)
    if into == lead.reference or not queries.is_known(into, by):
        raise Refused("lead_merge_target", field="into")
    master = queries.open_lead(into)
    if master is not None and master.state is LeadState.MERGED:
        raise Refused("lead_merge_target", field="into")
    _move(lead, step, by=by, reason=reason)
    lead.merged_into = into
    _stop_clock(lead, by=by, outcome=Outcome.WITHDRAWN)
    audit.record(MERGED, "lead", lead.reference, by=by, into=into, reason=reason)


def _receipt_sent_on(lead: Lead) -> date | None:
    """Return the day a receipt cannot lie before; none where there is nothing to receipt."""
    if lead.state is LeadState.TRANSFERRED:
        return lead.ended_on
    return lead.found_on if lead.source is Source.TRANSFER else None


def _receipt_of(lead: Lead) -> date | None:
    gone = lead.state is LeadState.TRANSFERRED
    return lead.handed_receipt_on if gone else lead.receipt_on


def note_receipt(lead: Lead, on: date, *, by: Identity) -> None:
    """Note the receipt: ours went back to the sender, or theirs came for what we handed over."""
    require(by, "lead:receipt", lead)
    sent_on = _receipt_sent_on(lead)
    if sent_on is None:
        raise Refused("lead_no_receipt", field="on")
    rules.check_receipt(on, sent_on=sent_on, today=clock.today(), already=_receipt_of(lead))
    if lead.state is LeadState.TRANSFERRED:
        lead.handed_receipt_on = on
    else:
        lead.receipt_on = on
    audit.record(RECEIPT, "lead", lead.reference, by=by, on=on.isoformat())
