"""Builders of cases: every state is reached by the acts that lead there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.cases import actions
from app.cases.models import Case
from app.cases.penalties import Item, Party, PartyKind, PenaltyKind
from app.cases.rules import CaseState, ClosingGround, DropGround, Source, StatementKind
from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.people import actions as staff
from app.people import queries as people
from app.units import queries as units
from tests.support import world
from tests.support.make.enterprises import credit_code

ROAD = (
    CaseState.PROPOSED, CaseState.FILED, CaseState.INVESTIGATING, CaseState.REVIEWING,
    CaseState.REVIEWED, CaseState.INFORMED, CaseState.DECIDED, CaseState.CLOSED,
)  # fmt: skip
PARTY = "测试线缆有限公司"
FINE = Item(PenaltyKind.FINE, "罚款 6000 元", Decimal("6000.00"))
INCOME = Item(PenaltyKind.CONFISCATE_INCOME, "没收违法所得 903.70 元", Decimal("903.70"))
WARNING = Item(PenaltyKind.WARNING, "警告")


def who(place: str, role: str) -> Identity:
    """Return who holds a role at a place of the test world."""
    return people.today_identity(f"{place}.{role}")


def second_officer(place: str) -> int:
    """Return the second case officer of a place, taken on if the test world has only one."""
    account = f"{place}.case_officer2"
    found = people.candidate(account)
    if found is None:
        found, _ = staff.create_person(account, "样例协办人", by=None, password=world.PASSWORD)
        unit = units.by_code(place)
        staff.grant_post(found, unit, Role.CASE_OFFICER, by=None, since=world.SINCE)
    return found.id


def proposal(place: str = "qs", **over: Any) -> actions.Proposal:
    """Return a proposal with two officers."""
    one = who(place, "case_officer")
    given = {
        "title": "测试线缆有限公司销售不合格电线案",
        "source": Source.INSPECTION,
        "party_name": PARTY,
        "summary": "现场发现电线二十卷，无合格证明。",
        "clue_on": clock.today(),
        "officer_one": one.person_id,
        "officer_two": second_officer(place),
        "violation_code": "below_standard",
        **over,
    }
    return actions.Proposal(**given)


def party(**over: Any) -> Party:
    """Return a party that a decision may name."""
    given = {
        "kind": PartyKind.UNIT,
        "name": PARTY,
        "credit_code": credit_code(1),
        "legal_representative": "样例法人甲",
        "address": "青石县工业路 1 号",
        **over,
    }
    return Party(**given)


def wording(**over: str) -> actions.Wording:
    """Return the paragraphs of a decision."""
    given = {
        "violation_title": "销售不符合国家标准的产品",
        "laws_broken": "《中华人民共和国产品质量法》第十三条第二款",
        "laws_applied": "《中华人民共和国产品质量法》第四十九条",
        "facts": "2026年7月，本局检查时发现当事人销售的电线导体电阻不合格。",
        "evidence": "现场笔录、检验报告。",
        "statement": "当事人没有提出陈述申辩。",
        "reasons": "当事人违法事实清楚，没有从重情节。",
        "performance": "自收到本决定书之日起十五日内缴至指定银行。",
        "remedies": "可以向青石县人民政府申请行政复议。",
        **over,
    }
    return actions.Wording(**given)


def typed(*items: Item, **over: Any) -> actions.Typed:
    """Return a decision as its officers wrote it."""
    return actions.Typed(over.pop("party", party()), items or (FINE, INCOME), wording(**over))


def case(
    state: CaseState = CaseState.INVESTIGATING, *, place: str = "qs",
    items: tuple[Item, ...] = (), served: bool = False, **over: Any,
) -> Case:  # fmt: skip
    """Carry a new case to a state, inside the test's write transaction, all acts on this day.

    The party waives its statement, so that the decision need not wait.
    """
    officer, leader = who(place, "case_officer"), who(place, "unit_leader")
    made = actions.propose(proposal(place, **over), by=officer)
    db.session.flush()
    if state is CaseState.NOT_FILED:
        actions.decline(made, reason="样例：线索不实", by=leader)
        return made
    today, reviewer = clock.today(), who(place, "reviewer")
    steps = (
        lambda: actions.file(made, by=leader),
        lambda: actions.begin(made, no_ground_for_recusal=True, by=officer),
        lambda: actions.submit(made, report="样例报告：建议处罚。", by=officer),
        lambda: actions.pass_(made, opinion="同意。", by=reviewer),
        lambda: actions.inform(made, served_on=today, notice="拟罚款。", by=officer),
        lambda: _decide(made, items, today, officer, leader),
        lambda: _close(made, today, officer, leader),
    )
    if state is CaseState.DROPPED:
        steps[0]()
        actions.drop(made, ground=DropGround.TERMINATED, reason="样例：主体灭失", by=leader)
        return made
    for act in steps[: ROAD.index(state)]:
        act()
        db.session.flush()
    if served and state is CaseState.DECIDED:
        actions.serve(made, served_on=today, by=officer)
    return made


def _decide(
    made: Case, items: tuple[Item, ...], on: date, officer: Identity, leader: Identity
) -> None:
    actions.note_statement(made, kind=StatementKind.WAIVED, on=on, outcome="", by=officer)
    actions.draft(made, typed(*items), by=officer)
    db.session.flush()
    actions.decide(made, decided_on=on, by=leader)


def _close(made: Case, on: date, officer: Identity, leader: Identity) -> None:
    actions.serve(made, served_on=on, by=officer)
    actions.close(made, ground=ClosingGround.PERFORMED, arisen_on=on, by=leader)


def reference(state: CaseState = CaseState.INVESTIGATING, **over: Any) -> str:
    """Keep a case in a state; returns its reference."""
    with unit_of_work():
        made = case(state, **over).reference
    db.session.remove()
    return made


def running(case: Case, rule: str) -> date | None:
    """Return the last day of one of a case's running clocks."""
    found = clocks.running_clock("case", case.reference, rule)
    return found.due_on if found else None


def outcome(case: Case, rule: str) -> Outcome | None:
    """Return how the first clock of a rule ended on a case."""
    ended = clocks.clocks_of("case", case.reference)
    return next(found.outcome for found in ended if found.rule_code == rule)
