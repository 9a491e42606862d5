"""Which notices go out in the demonstration, and who has taken them in?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.demo.agenda import Pace, Sent, Story
from app.demo.stage import VERIFY_ROOT, Stage
from app.demo.texts import read
from app.kernel.calendar import add_working_days
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.manuscripts import actions as manuscripts
from app.manuscripts import sheet
from app.notices import actions, queries
from app.notices.actions import TemplateText, Text
from app.notices.models import Notice
from app.notices.rules import NoticeKind, Openness
from app.typesetting.manuscript import recognise
from app.units import queries as units


def stories(stage: Stage) -> Iterator[Story]:
    """Yield the story of each written notice."""
    yield _templates(stage)
    yield _manuscript(stage)
    for number, row in enumerate(read("notices")["notices"]):
        yield _notice(stage, stage.pace(f"notice/{number}"), row)


def _templates(stage: Stage) -> Story:
    """Keep the texts that come back every quarter."""
    yield stage.pace("templates").begin(400)
    by = stage.cast.who("lj", Role.SYSTEM_ADMINISTRATOR)
    for row in read("notices")["templates"]:
        text = TemplateText(row["name"], NoticeKind(row["kind"]), row["title"], row["body"].strip())
        actions.keep_template(text, None, by=by)


def _manuscript(stage: Stage) -> Story:
    """Bring in a text that somebody wants to have set."""
    yield stage.pace("manuscript").begin(2)
    row = read("notices")["manuscript"]
    text = row["text"].strip().format(**stage.years())
    manuscripts.take(sheet.of(recognise(text)), by=stage.cast.account(row["by"]))


def _notice(stage: Stage, pace: Pace, row: dict[str, Any]) -> Story:
    yield pace.begin(row["age"])
    drafter, fate = stage.cast.account(row["by"]), row["fate"]
    notice = actions.draft(_text(stage, pace, row, by=drafter), by=drafter)
    if fate == "drafting":
        return
    yield pace.after(0)
    actions.submit(notice, by=drafter)
    if fate == "submitted":
        return
    yield pace.after(1)
    reviewer = stage.cast.who(row["bureau"], Role.REVIEWER)
    if fate == "returned":
        actions.return_(notice, reason=row["reason"], by=reviewer)
        return
    actions.review(notice, by=reviewer)
    if fate == "reviewed":
        return
    leader = stage.cast.who(row["bureau"], Role.UNIT_LEADER)
    yield Sent(actions.sign(notice, verify_root=VERIFY_ROOT, by=leader).id)
    yield from _taken_in(stage, pace, row, notice)
    if "urged" in row:
        yield pace.after(row["urged"])
        actions.urge(notice, by=drafter)
    if fate == "withdrawn":
        yield pace.after(row["withdraw_after"])
        actions.withdraw(notice, reason=row["reason"], by=leader)


def _text(stage: Stage, pace: Pace, row: dict[str, Any], *, by: Identity) -> Text:
    asked = row.get("acknowledge")
    old = {notice.title: notice for notice in queries.replaceable(by)}
    return Text(
        kind=NoticeKind(row["kind"]),
        title=row["title"].format(**stage.years()),
        body=row["body"].strip(),
        openness=Openness(row["openness"]),
        basis=row.get("basis", ""),
        acknowledge_by=add_working_days(pace.day, asked, stage.days) if asked else None,
        addressees=[units.by_code(code) for code in row.get("addressees", ())],
        replaces=old[row["replaces"]] if "replaces" in row else None,
    )


def _taken_in(stage: Stage, pace: Pace, row: dict[str, Any], notice: Notice) -> Story:
    """Let the bureaus that did take it in do so, each after its own number of working days."""
    passed = 0
    for unit, account, days in sorted(row.get("taken", ()), key=lambda line: int(line[2])):
        yield pace.after(days - passed)
        passed = days
        actions.acknowledge(notice, by=stage.cast.account(account, unit))
