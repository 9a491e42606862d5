"""Which acts of one page each does a tip offer this person now?"""

from __future__ import annotations

from app.clocks.queries import ClockView, rule_of, standing
from app.kernel.identity import Identity
from app.kernel.permissions import allows
from app.tips import rules as tip_rules
from app.tips.actions import available
from app.tips.models import Tip
from app.units import queries as units

#: Acts that lead to another state, by the page they have.
STEPS = ("transfer", "redirect", "merge", "dispute")


def pages(tip: Tip, who: Identity, main: ClockView | None) -> list[str]:
    """Return the names of the pages, in the order in which they are offered."""
    found = [name for name in STEPS if name in {step.action.value for step in available(tip, who)}]
    is_open = tip.state in tip_rules.OPEN
    if allows(who, "tip:combine", tip):
        found += ["link", "gather"]
        found += ["split"] if is_open and not tip.twin_reference else []
    found += _of_clock(tip, who, main)
    if allows(who, "tip:remark", tip):
        found.append("remark")
    if is_open and allows(who, "tip:answer", tip):
        found.append("answer")
    return found


def _of_clock(tip: Tip, who: Identity, main: ClockView | None) -> list[str]:
    """Return what the law of the running clock still allows."""
    if main is None or main.clock is None:
        return []
    running, rule = main.clock, rule_of(main.clock)
    found = []
    if allows(who, "tip:pause", tip) and rule.exclusions:
        found.append("resume" if running.paused_on else "pause")
    is_extendable = standing(running).extended < len(rule.extensions)
    if is_extendable and allows(who, "tip:extend", tip):
        found.append("extend")
    return found


def places(who: Identity) -> dict[str, str]:
    """Return where this person's desk may send a tip: its bureau, those below, its sections."""
    found = [*units.bureaus_below(who), *units.parts_of(who.bureau_id)]
    return {unit.code: unit.name for unit in found}
