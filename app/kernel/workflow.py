"""Which act leads from which state to which? One table per slice, checked at import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.kernel.errors import IllegalTransition


@dataclass(frozen=True)
class Transition:
    """From ``state`` by ``action`` to ``target``, allowed to holders of ``permission``."""

    state: StrEnum
    action: StrEnum
    target: StrEnum
    permission: str
    needs_reason: bool = False


class Workflow:
    """The state table of one kind of record."""

    def __init__(
        self,
        name: str,
        transitions: Iterable[Transition],
        *,
        start: Iterable[StrEnum],
        final: Iterable[StrEnum],
        retired: Iterable[StrEnum] = (),
    ) -> None:
        """Build the table and refuse one that a record could get lost in."""
        self.name = name
        self.transitions = tuple(transitions)
        self.start = tuple(start)
        self.final = frozenset(final)
        self.retired = frozenset(retired)
        self._by_step = {(t.state, t.action): t for t in self.transitions}
        self._permissions = {t.action: t.permission for t in self.transitions}
        self._check()

    def _check(self) -> None:
        if len(self._by_step) != len(self.transitions):
            raise ValueError(f"{self.name}: a step is declared twice")
        if any(t.permission != self._permissions[t.action] for t in self.transitions):
            raise ValueError(f"{self.name}: an act has two permissions")
        states = type(self.start[0])
        reached = set(self.start)
        frontier = list(reached)
        while frontier:
            for target in self._targets(frontier.pop()) - reached:
                reached.add(target)
                frontier.append(target)
        lost = set(states) - reached - self.retired
        if lost:
            raise ValueError(f"{self.name}: unreachable {sorted(lost)}")
        stuck = {s for s in reached if not self._targets(s)} - self.final
        if stuck:
            raise ValueError(f"{self.name}: dead end {sorted(stuck)}")

    def _targets(self, state: StrEnum) -> set[StrEnum]:
        return {t.target for t in self.transitions if t.state == state}

    def step(self, state: StrEnum, action: StrEnum) -> Transition:
        """Return the step, or refuse (409) when the state does not know the act."""
        found = self._by_step.get((state, action))
        if found is None:
            raise IllegalTransition(state.value, action.value)
        return found

    def permission(self, action: StrEnum) -> str:
        """Return the permission of an act, the same from whatever state."""
        return self._permissions[action]

    def available(self, state: StrEnum) -> tuple[Transition, ...]:
        """Return the steps that lead out of a state, in the table's order."""
        return tuple(t for t in self.transitions if t.state == state)

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        lines += [f"    [*] --> {state.value}" for state in self.start]
        lines += [
            f"    {t.state.value} --> {t.target.value}: {t.action.value}" for t in self.transitions
        ]
        lines += [f"    {state.value} --> [*]" for state in sorted(self.final)]
        return "\n".join(lines) + "\n"
