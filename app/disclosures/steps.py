"""Which step of the table does an act take, and who is told of it?"""

from __future__ import annotations

from collections.abc import Sequence

from app.cases.models import Case
from app.disclosures import access as _policy  # noqa: F401 - the permissions must be declared
from app.disclosures import queries, rules
from app.disclosures.models import Disclosure
from app.disclosures.rules import WORKFLOW, DisclosureAction, DisclosureState
from app.kernel import clock
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.workflow import Transition

KIND = "disclosure"


def take(disclosure: Disclosure, action: DisclosureAction, by: Identity) -> Transition:
    """Require the permission, then return the step of the table or refuse (409)."""
    require(by, WORKFLOW.permission(action), disclosure)
    rules.check_version(action, is_later=disclosure.corrects is not None)
    return WORKFLOW.step(disclosure.state, action)


def move(disclosure: Disclosure, step: Transition) -> None:
    """Put the record into the step's target."""
    disclosure.state = DisclosureState(step.target)
    disclosure.moved_at = clock.now()


def touch(disclosure: Disclosure, by: Identity) -> None:
    """Note who had a hand in the content; raises the version even when only marks changed."""
    disclosure.hands = sorted({*disclosure.hands, by.person_id})
    disclosure.moved_at = clock.now()


def new_record(
    case: Case, state: DisclosureState, by: Identity, *, corrects: Disclosure | None = None
) -> Disclosure:
    """Return a numbered record for a case, or refuse a second one beside a living one."""
    earlier = queries.of_case(case.reference)
    if corrects is None:
        _check_free(earlier)
    at = clock.now()
    year = clock.legal_day(at).year
    return Disclosure(
        reference=f"G{year}-{next_number(KIND, str(year)):04d}",
        state=state,
        case_reference=case.reference,
        round=len(earlier) + 1,
        bureau_id=case.bureau_id,
        unit_path=case.unit_path,
        drafted_by_id=by.person_id,
        hands=[by.person_id],
        created_at=at,
        moved_at=at,
        corrects=corrects.reference if corrects else None,
        marks=[],
    )


def _check_free(earlier: Sequence[Disclosure]) -> None:
    """Refuse a first version beside a living one: what stands last must have been taken back."""
    standing = [one for one in earlier if one.state is not DisclosureState.DROPPED]
    if standing and standing[-1].state is not DisclosureState.WITHDRAWN:
        raise Refused("disclosed_already", reference=standing[-1].reference)
