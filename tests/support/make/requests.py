"""Builders of what parties ask for about a publication: credit repair, objections."""

from __future__ import annotations

from datetime import timedelta

from app.disclosures import queries as disclosures
from app.disclosures.exports import actions as export_actions
from app.disclosures.exports.rules import Target
from app.disclosures.objections import actions as objection_actions
from app.disclosures.objections import queries as objection_queries
from app.disclosures.objections.actions import Claim
from app.disclosures.objections.rules import Answer
from app.disclosures.repairs import actions as repair_actions
from app.disclosures.repairs import queries as repair_queries
from app.disclosures.repairs.actions import Request
from app.disclosures.repairs.models import Repair
from app.disclosures.repairs.rules import Condition, Paper, RepairState
from app.kernel import clock, jobs
from app.kernel.db import db, unit_of_work
from app.people import queries as people

ALL_PAPERS = tuple(paper.value for paper in Paper)
ALL_CONDITIONS = tuple(condition.value for condition in Condition)
S = RepairState


def repair(shown: str, state: RepairState = S.RECEIVED) -> str:
    """Keep a request about a publication, carried to a state; returns its reference."""
    publisher = people.today_identity("qs.publisher")
    leader = people.today_identity("qs.unit_leader")
    with unit_of_work() as session:
        about = disclosures.any_by_reference(shown)
        made = repair_actions.receive(about, Request(clock.today(), ALL_PAPERS), by=publisher)
        session.flush()
        if state is not S.RECEIVED:
            repair_actions.accept(made, by=publisher)
        if state in {S.GRANTED, S.DONE, S.REVOKED}:
            repair_actions.grant(made, conditions=ALL_CONDITIONS, reason="样例", by=leader)
        if state in {S.DONE, S.REVOKED}:
            repair_actions.apply(made, by=publisher)
        if state is S.REVOKED:
            repair_actions.revoke(made, reason="样例：材料系伪造", by=leader)
        reference = made.reference
    db.session.remove()
    return reference


def found_repair(reference: str, account: str = "qs.unit_leader") -> Repair:
    """Return a kept request as an account sees it."""
    return repair_queries.by_reference(reference, people.today_identity(account))


def export(target: Target = Target.NATIONAL, account: str = "qs.publisher") -> str:
    """Keep an export of everything shown; returns its reference."""
    with unit_of_work():
        by = people.today_identity(account)
        reference = export_actions.make(target, everything=True, by=by).reference
    db.session.remove()
    return reference


def objection(shown: str) -> str:
    """Keep an objection to a publication; returns its reference."""
    today = clock.today()
    claim = Claim(today, today + timedelta(days=20), "样例：产品名称写错了。")
    with unit_of_work():
        about = disclosures.any_by_reference(shown)
        by = people.today_identity("qs.case_officer")
        reference = objection_actions.receive(about, claim, by=by).reference
    db.session.remove()
    return reference


def answered_objection(shown: str, to: Answer = Answer.KEEP) -> str:
    """Keep an answered objection, its letter set by the queue's own work."""
    reference = objection(shown)
    with unit_of_work():
        made = objection_queries.any_by_reference(reference)
        assert made is not None
        officer = people.today_identity("qs.case_officer")
        objection_actions.examine(made, finding="样例：与决定书一致。", by=officer)
        reviewer = people.today_identity("qs.reviewer")
        job = objection_actions.answer(made, to, "样例：经核实，公示无误。", by=reviewer).id
    db.session.remove()
    jobs.send(job)
    return reference
