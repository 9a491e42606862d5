"""How does a case of the demonstration go, from the proposal to its closing?"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.cases import actions
from app.cases import queries as cases
from app.cases.actions import Proposal
from app.cases.models import Case
from app.cases.rules import ClosingGround, DropGround, StatementKind
from app.demo import talking
from app.demo.agenda import Pace, Sent
from app.demo.decisions import Breach, sums_of, typed
from app.demo.disclosing import Showing, disclose
from app.demo.firms import Firm
from app.demo.stage import Stage
from app.demo.texts import read
from app.enterprises.models import Enterprise
from app.inspections.models import Task
from app.kernel import clock
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.tips import queries as tips
from app.tips.models import Tip

#: A phase tells whether the case's story ends in it.
Phase = Generator[datetime | Sent, None, bool]


@dataclass(frozen=True)
class Charge:
    """A case as it is planned: what, where, by which team, how far, and what becomes public."""

    breach: Breach
    bureau: str
    fate: str
    team: int = 0
    showing: Showing | None = None
    statement: str = ""
    #: Days from today on which single acts happen; the others follow their pace.
    days: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name under which other stories find the case."""
        return self.breach.key


def prosecute(
    stage: Stage, pace: Pace, charge: Charge, *, task: Task | None = None, tip: Tip | None = None
) -> Generator[datetime | Sent, None, None]:
    """Carry a case as far as its fate; a part of a story that has begun already."""
    story = _Case(stage, pace, charge)
    story.propose(task, tip)
    for phase in (
        story.filing,
        story.investigating,
        story.reviewing,
        story.informing,
        story.deciding,
        story.ending,
    ):
        if (yield from phase()):
            return


def _clue_day(task: Task | None, tip: Tip | None) -> date:
    """Return the day on which the clue was found or the material came."""
    if tip is not None:
        return clock.legal_day(tip.received_at)
    return clock.legal_day(task.ended_at) if task and task.ended_at else clock.today()


class _Case:
    """One case on its way."""

    case: Case

    def __init__(self, stage: Stage, pace: Pace, charge: Charge) -> None:
        self.stage, self.pace, self.charge = stage, pace, charge
        self.written = read("decisions")["work"]

    def _who(self, role: Role, number: int = 0) -> Identity:
        return self.stage.cast.who(self.charge.bureau, role, number)

    @property
    def officer(self) -> Identity:
        return self._who(Role.CASE_OFFICER, self.charge.team)

    @property
    def leader(self) -> Identity:
        return self._who(Role.UNIT_LEADER)

    def _next(self, act: str, least: int, spread: int = 0) -> datetime:
        """Return when an act happens: on the day the plan fixes, else in its turn."""
        fixed = self.charge.days.get(act)
        return self.pace.after(least, spread) if fixed is None else self.pace.on(fixed)

    def _is(self, *fates: str) -> bool:
        return self.charge.fate in fates

    def propose(self, task: Task | None, tip: Tip | None) -> None:
        """Propose to file the case."""
        breach = self.charge.breach
        summary = task.findings if task else tip.facts if tip else self._summary(breach.firm)
        second = self._who(Role.CASE_OFFICER, self.charge.team + 1)
        asked = Proposal(
            title=breach.title,
            source=breach.source,
            party_name=breach.firm.name,
            summary=summary,
            clue_on=_clue_day(task, tip),
            officer_one=self.officer.person_id,
            officer_two=second.person_id,
            enterprise=self._on_file(breach.firm),
            product_code=breach.goods.product,
            violation_code=breach.violation,
            goods_value=sums_of(breach).value,
            task_reference=task.reference if task else None,
            tip_reference=tip.reference if tip else None,
        )
        self.case = actions.propose(asked, by=self.officer)
        self.stage.cases[self.charge.key] = self.case.reference

    def _on_file(self, firm: Firm) -> Enterprise:
        return self.stage.firms.on_file(firm)

    def _summary(self, firm: Firm) -> str:
        found = self.charge.breach.goods
        return f"收到移送材料，反映{firm.name}{self.charge.breach.deed}，涉及{found.found}。"

    def filing(self) -> Phase:
        """The leader approves or declines; the officers declare that nothing bars them."""
        if self._is("proposed"):
            return True
        yield self._next("file", 1, 2)
        if self._is("not_filed"):
            reason = self.pace.chance.choice(self.written["declined"])
            actions.decline(self.case, reason=reason, by=self.leader)
            return True
        actions.file(self.case, by=self.leader)
        if self.case.tip_reference:
            talking.tell(tips.by_reference(self.case.tip_reference, self.leader), self.leader)
        if self._is("filed"):
            return True
        yield self.pace.after(0)
        actions.begin(self.case, no_ground_for_recusal=True, by=self.officer)
        return self._is("investigating") and self.charge.team % 2 == 1

    def investigating(self) -> Phase:
        """Evidence is gathered; while samples are tested the term stands still."""
        yield self.pace.after(2, 4)
        files = self.stage.album.some(self.pace.chance, self.pace.chance.randint(1, 4))
        actions.add_evidence(self.case, files, by=self.officer)
        if self._is("investigating_tested", "investigating_stayed") or self._sends_samples():
            yield from self._testing()
        if self._is("investigating_extended"):
            yield self.pace.after(48, 4)
            actions.extend(self.case, reason=self.written["extended"], until=None, by=self.leader)
        if self._is("dropped_terminated", "dropped_transferred_crime"):
            yield self.pace.after(9, 8)
            self._drop()
        return self.charge.fate.startswith(("investigating", "dropped_t"))

    def _sends_samples(self) -> bool:
        return not self.charge.days and self.charge.breach.violation == "below_standard"

    def _testing(self) -> Generator[datetime | Sent, None, None]:
        yield self.pace.after(3, 6)
        reason = self.written["stay"]
        today = clock.today()
        actions.stay(self.case, ground="inspection", on=today, reason=reason, by=self.officer)
        if self._is("investigating_stayed"):
            return
        yield self.pace.after(7, 3)
        actions.resume(self.case, on=clock.today(), by=self.officer)

    def _drop(self) -> None:
        ground = DropGround(self.charge.fate.removeprefix("dropped_"))
        reason = self.written["dropped"][ground.value]
        actions.drop(self.case, ground=ground, reason=reason, by=self.leader)

    def reviewing(self) -> Phase:
        """The reviewer agrees, or sends the case back."""
        yield self._next("submit", 10, 10)
        report = self.pace.chance.choice(self.written["report"])
        actions.submit(self.case, report=report, by=self.officer)
        if self._is("reviewing"):
            return True
        yield self._next("pass", 2, 3)
        reviewer = self._who(Role.REVIEWER)
        if self._is("sent_back"):
            reason = self.pace.chance.choice(self.written["sent_back"])
            actions.return_(self.case, reason=reason, by=reviewer)
            return True
        opinion = self.pace.chance.choice(self.written["passed"])
        actions.pass_(self.case, opinion=opinion, by=reviewer)
        if self._is("dropped_no_penalty"):
            yield self.pace.after(1, 2)
            self._drop()
            return True
        return self._is("reviewed")

    def informing(self) -> Phase:
        """The party is told what is intended, and may answer; the decision is written."""
        yield self._next("inform", 1, 2)
        notice = self.written["notice"].format(deed=self.charge.breach.deed)
        actions.inform(self.case, served_on=clock.today(), notice=notice, by=self.officer)
        if self._is("informed"):
            return True
        if self.charge.statement:
            yield self.pace.after(1, 2)
            kind = StatementKind(self.charge.statement)
            outcome = self.pace.chance.choice(read("decisions")["phrases"]["outcome"])
            if kind is StatementKind.WAIVED:
                outcome = ""
            actions.note_statement(
                self.case, kind=kind, on=clock.today(), outcome=outcome, by=self.officer
            )
        yield self.pace.after(1, 1)
        actions.draft(self.case, typed(self.charge.breach, self.case), by=self.officer)
        return self._is("informed_drafted")

    def deciding(self) -> Phase:
        """The leader decides when the term for an answer is over; the decision is served."""
        until = cases.statement_until(self.case)
        if until is not None:
            yield self.pace.past(until)
        yield self._next("decide", 1, 2)
        actions.decide(self.case, decided_on=clock.today(), by=self.leader)
        if self.charge.showing is not None:
            told = self.pace.fork(f"{self.charge.key}/shown")
            self.stage.agenda.add(disclose(self.stage, told, self.charge.showing))
        if self._is("decided"):
            return True
        yield self._next("serve", 1, 3)
        actions.serve(self.case, served_on=clock.today(), by=self.officer)
        return self._is("served")

    def ending(self) -> Phase:
        """The party pays and the case is closed."""
        yield self._next("close", 5, 5)
        actions.close(
            self.case, ground=ClosingGround.PERFORMED, arisen_on=clock.today(), by=self.leader
        )
        return True
