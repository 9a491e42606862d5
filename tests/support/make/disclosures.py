"""Builders of disclosures: every state is reached by the acts that lead there."""

from __future__ import annotations

from typing import Any

from app.cases import actions as case_actions
from app.cases.models import Case
from app.cases.rules import CaseState, StatementKind
from app.disclosures import actions, drafting, life, queries
from app.disclosures.models import Disclosure
from app.disclosures.rules import DisclosureState, KeepGround, Ruling, WithdrawalGround
from app.kernel import clock, jobs
from app.kernel.db import db, unit_of_work
from app.kernel.identity import Identity
from app.people import queries as people
from tests.support.make import cases

ROOT = "https://example.test/verify"
#: Facts of a decision that hold what must not become public.
PRIVATE_FACTS = (
    "2026年7月，当事人的法定代表人样例法人甲（身份证号码11010519491231002X，电话13800000148）"
    "把电线二十卷卖给客户。样例证人乙作证，货款由样例法人甲的个人账户6222021234567890128收取。"
)


def decided(**over: Any) -> Case:
    """Return a decided case of 青石县, inside the test's write transaction."""
    return cases.case(CaseState.DECIDED, **over)


def draft(*, place: str = "qs", by: str | None = None, **over: Any) -> Disclosure:
    """Open a decided case for disclosure."""
    who = people.today_identity(by or f"{place}.publisher")
    made = drafting.start(decided(place=place, **over), by=who)
    db.session.flush()
    return made


def private_draft() -> Disclosure:
    """Open a case whose decision holds names and numbers of natural persons."""
    made = cases.case(CaseState.INFORMED)
    officer, leader = cases.who("qs", "case_officer"), cases.who("qs", "unit_leader")
    today = clock.today()
    case_actions.note_statement(made, kind=StatementKind.WAIVED, on=today, outcome="", by=officer)
    case_actions.draft(made, cases.typed(facts=PRIVATE_FACTS), by=officer)
    db.session.flush()
    case_actions.decide(made, decided_on=today, by=leader)
    db.session.flush()
    draft = drafting.start(made, by=people.today_identity("qs.publisher"))
    db.session.flush()
    return draft


def settle(made: Disclosure, *, by: Identity) -> None:
    """Hide what is certain and keep what is a question, as most drafters would."""
    drafting.hide_certain(made, by=by)
    kept = (Ruling.KEPT, "样例：经营场所依法公开")
    questions = {mark.id: kept for mark in made.marks if mark.ruling is Ruling.OPEN}
    if questions:
        grounds: dict[int, KeepGround | None] = dict.fromkeys(questions, KeepGround.UNIT_ADDRESS)
        drafting.rule_on(made, questions, by=by, grounds=grounds)


def disclosure(state: DisclosureState = DisclosureState.SUBMITTED, **over: Any) -> Disclosure:
    """Carry a new disclosure to a state before its publication."""
    place = over.get("place", "qs")
    publisher = people.today_identity(f"{place}.publisher")
    made = draft(**over)
    if state is DisclosureState.DRAFTING:
        return made
    settle(made, by=publisher)
    actions.submit(made, by=publisher)
    if state is DisclosureState.SUBMITTED:
        return made
    reviewer = people.today_identity(f"{place}.reviewer")
    if state is DisclosureState.RETURNED:
        actions.return_(made, reason="样例：请核对", by=reviewer)
        return made
    actions.approve(made, seen=actions.content_hash(made), verify_root=ROOT, by=reviewer)
    return made


def reference(state: DisclosureState = DisclosureState.SUBMITTED, **over: Any) -> str:
    """Keep a disclosure in a state; returns its reference.

    A published one goes through the queue's own work, file and all.
    """
    shown = {DisclosureState.PUBLISHED, DisclosureState.WITHDRAWN}
    with unit_of_work():
        made = disclosure(DisclosureState.APPROVED if state in shown else state, **over)
        kept, job = made.reference, made.job_id
    db.session.remove()
    if state in shown:
        jobs.send(job)
    if state is DisclosureState.WITHDRAWN:
        withdraw(kept)
    return kept


def withdraw(reference: str) -> None:
    """Take a publication back."""
    leader = people.today_identity("qs.unit_leader")
    with unit_of_work():
        found = queries.any_by_reference(reference)
        actions.withdraw(
            found,
            ground=WithdrawalGround.REVOKED,
            reason="样例：复议撤销",
            by=leader,
            overturned_on=clock.today(),
        )
    db.session.remove()


def publish(reference: str) -> None:
    """Submit a draft and release it, by two persons, through the queue."""
    with unit_of_work():
        found = queries.any_by_reference(reference)
        actions.submit(found, by=people.today_identity("qs.publisher"))
        reviewer, seen = people.today_identity("qs.reviewer"), actions.content_hash(found)
        job = actions.approve(found, seen=seen, verify_root=ROOT, by=reviewer).id
    db.session.remove()
    jobs.send(job)


def correcting(reference: str, reason: str = "样例：摘要写错了产品") -> str:
    """Begin a correction of a publication; returns the reference of the new version."""
    with unit_of_work():
        found = queries.any_by_reference(reference)
        version = life.correct(found, reason=reason, by=people.today_identity("qs.publisher"))
        kept = version.reference
    db.session.remove()
    return kept
