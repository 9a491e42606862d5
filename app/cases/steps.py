"""How does a case take a step of its table, a number of its series, and leave a clock behind?"""

from __future__ import annotations

from datetime import date
from functools import partial

from sqlalchemy.orm.attributes import flag_modified

from app.cases import rules
from app.cases.models import Case
from app.cases.rules import WORKFLOW, CaseAction, CaseState
from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.kernel import clock
from app.kernel.errors import IllegalTransition
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import allows
from app.kernel.steps import allowed, reasoned
from app.kernel.text import document_number
from app.kernel.workflow import Transition


def available(case: Case, who: Identity) -> list[Transition]:
    """Return the steps this person may take on this case now: table ∧ permission ∧ rule."""
    return [step for step in allowed(WORKFLOW, case, who) if _fits(step, case)]


def _fits(step: Transition, case: Case) -> bool:
    served = case.decision is not None and case.decision.served_on is not None
    if step.action is CaseAction.DECIDE:
        return case.draft is not None
    if step.action is CaseAction.SERVE:
        return not served
    return served if step.action is CaseAction.CLOSE else True


#: Requires the permission, finds the step, refuses a missing reason; nothing is changed yet.
step = partial(reasoned, WORKFLOW)


def move(case: Case, found: Transition, *, reason: str = "") -> None:
    """Take a step that every rule allowed."""
    if reason:
        case.reason = reason
    if found.target is not case.state:
        case.state, case.moved_at = CaseState(found.target), clock.now()
    flag_modified(case, "state")  # also a step in place is seen by whoever read the page before


def take_number(case: Case, word: str, on: date) -> str:
    """Take the next document number of the bureau in one series, without a gap."""
    issued = next_number(f"case.{word}", f"{case.bureau_id}/{on.year}")
    return document_number(case.bureau.number_word + word, on.year, issued)


def stop(case: Case, rule: str, on: date, *, by: Identity, outcome: Outcome | None = None) -> None:
    """Stop one of the case's clocks, where it runs."""
    running = clock_queries.running_clock("case", case.reference, rule)
    if running is not None:
        clocks.stop(running, met_on=on, by=by, outcome=outcome)


def filed_on(case: Case) -> date:
    """Return the day of filing; a case that was never filed has come too far (409)."""
    if case.filed_on is None:
        raise IllegalTransition(case.state.value, "before_filing")
    return case.filed_on


def extra_acts(case: Case, who: Identity) -> list[str]:
    """Return what this person may do beside the table: evidence, and the decision's term."""
    running = clock_queries.running_clock("case", case.reference, rules.DECISION)
    found = []
    if allows(who, "case:investigate", case) and case.state in rules.BEFORE_DECISION:
        found.append("evidence")
        if running is not None:
            found.append("stay" if running.paused_on is None else "resume")
    if running is not None and allows(who, "case:extend", case):
        standing = clock_queries.standing(running)
        if standing.extended < len(standing.rule.extensions):
            found.append("extend")
    return found
