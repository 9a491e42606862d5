"""Builders of reporters whose every word occurs nowhere else, by every door and at every desk."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.inspections import actions as inspections
from app.inspections.rules import TaskKind
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.mediations import actions as mediations
from app.mediations import queries as mediation_queries
from app.mediations.rules import Letter, Side
from app.papers import actions as papers
from app.papers import queries as paper_queries
from app.papers.rules import PaperKind
from app.people import queries as people
from app.tips import actions as tip_actions
from app.tips import queries as tips
from app.tips.conversations import actions as conversations
from app.tips.models import Tip
from tests.support.make import inspections as make_inspections
from tests.support.make import mediations as make_mediations

TIPS = 200
FACTS = "样例：水壶漏电。"


#: What stands before and after the three digits in a name, a telephone number and an address.
SHAPES = (("样例秘", "匿"), ("139", "77118"), ("样例秘密里", "号"))


def words_of(number: int) -> list[str]:
    """Return a name, a telephone number and an address that occur nowhere else."""
    return [f"{head}{number:03d}{tail}" for head, tail in SHAPES]


# At the desks -------------------------------------------------------------------------------------


def at_every_desk(complaint: str, report: str) -> dict[str, str | int]:
    """Mediate a complaint, visit for a report, make every document; returns addresses' names."""
    with unit_of_work():
        leader = people.today_identity("qs.unit_leader")
        tip = tips.by_reference(complaint, leader)
        conversations.ask(tip, text="样例：请补发票。", by=leader)
        tip_actions.accept(tip, by=leader)
        made = _mediated(tip)
        task = _visited(tips.by_reference(report, leader))
        for one in (tip, tips.by_reference(report, leader)):
            _documented(one)
        found = {
            "accepted": complaint, "mediation": made.reference, "task": task, "closed_task": task,
            **{
                name: next(p.id for p in paper_queries.of_tip(tip, leader) if p.is_named is named)
                for name, named in (("paper", False), ("named_paper", True))
            },
        }  # fmt: skip
    db.session.remove()
    return found


def _mediated(tip: Tip) -> mediations.Mediation:
    leader = people.today_identity("qs.unit_leader")
    made = mediations.open_(tip, by=leader)
    for side in Side:
        mediations.note_consent(made, side, agrees=True, by=leader)
    mediations.begin(made, mediation_queries.mediators(leader)[0], by=leader)
    mediations.invite(made, make_mediations.call(), by=leader)
    _documented(tip)
    mediations.agree(
        made, terms="样例：退款 50 元。", letter=Letter.MADE, are_represented_agreeing=False,
        by=leader,
    )  # fmt: skip
    return made


def _visited(tip: Tip) -> str:
    leader, inspector = (people.today_identity(f"qs.{r}") for r in ("unit_leader", "inspector"))
    officer, companion = (people.by_account(f"qs.{name}") for name in ("inspector", "inspector2"))
    errand = inspections.Errand(
        title="核查样例五金店电线", kind=TaskKind.VERIFICATION, due_on=clock.today(),
        place_name="样例五金店",
    )  # fmt: skip
    task = inspections.assign(errand, officer, companion, by=leader, tip=tip)
    inspections.start(task, by=inspector)
    found = inspections.Findings(
        "样例：没有发现问题。", has_problem=False, photos=[make_inspections.photo()]
    )
    inspections.close(task, found, by=inspector, tip=tip)
    tip_actions.decide_not_to_file(tip, reason="样例：查无违法。", by=leader)
    return task.reference


def _documented(tip: Tip) -> None:
    """Make every document that fits a tip as it stands."""
    leader = people.today_identity("qs.unit_leader")
    for kind, recipient in paper_queries.offered(tip, leader):
        if kind is not PaperKind.IDENTITY_DEMAND:
            papers.issue(tip, papers.Asked(kind, recipient), by=leader)


# By the doors -------------------------------------------------------------------------------------


def _caller(number: int) -> dict[str, Any]:
    name, phone, address = words_of(number)
    return {"caller_name": name, "phone": phone, "caller_address": address}


def by_telephone(operator: FlaskClient) -> list[int]:
    """Begin, botch, register and merely answer a call; returns what the pages answered."""
    who = {**_caller(31), "standing": "real_name", "channel": "telephone", "facts": FACTS}
    told = {"subject_name": "样例电器店", "kinds": ["report"]}
    draft = {"draft": "c" * 32, "began": clock.now().isoformat()}
    sent = [
        ("/tips/new/draft", {**who, **told, **draft}),
        ("/tips/new", {**who, "kinds": ["complaint"]}),
        ("/tips/new", {**who, **told}),
        (
            "/tips/new",
            {**who, "kinds": ["consultation"], "topic": "rights", "answer": "样例：七日内可退。"},
        ),
    ]
    return [operator.post(path, data=given).status_code for path, given in sent]


def by_the_public_door(app: Flask) -> tuple[list[int], str]:
    """Report, botch, leave half a report behind, and add; returns the answers and the progress."""
    visitor = app.test_client()
    who = {**_caller(32), "standing": "real_name"}
    told = {"kinds": ["report"], "facts": FACTS, "subject_name": "样例电器店"}
    steps = [
        ("kinds", {"kinds": ["report"]}), ("facts", {"facts": FACTS}),
        ("subject", {"subject_name": "样例电器店"}), ("product", {"brand_model": "样例牌"}),
        ("purchase", {"bought_on": ""}), ("reporter", who),
    ]  # fmt: skip
    answers = [visitor.post("/report", data={**who, "kinds": ["report"]}).status_code]
    answers += [
        visitor.post(f"/report/steps/{name}", data=given).status_code for name, given in steps
    ]
    receipt = visitor.post("/report", data={**who, **told}, follow_redirects=True)
    page = receipt.get_data(as_text=True)
    number, code = (
        re.findall(rf'id="{name}"[^>]*>([^<]+)<', page)[0] for name in ("number", "code")
    )
    seen = visitor.post("/track", data={"number": number, "code": code}).get_data(as_text=True)
    ticket = re.findall(r'action="(/track/[^"]+)/add"', seen)[0]
    answers.append(visitor.post(f"{ticket}/add", data={"add-text": FACTS}).status_code)
    return answers, seen + visitor.get(ticket).get_data(as_text=True)
