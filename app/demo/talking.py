"""What is asked, answered, written and judged around the tips of the demonstration?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.demo.agenda import Pace, Story
from app.demo.stage import Stage
from app.demo.texts import read
from app.kernel import clock
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.mediations.rules import Way
from app.papers import actions as papers
from app.papers import queries as issued
from app.papers.rules import PaperKind, Recipient
from app.tips import queries as tips
from app.tips import replies
from app.tips.calls import actions as calls
from app.tips.consultations import actions as consultations
from app.tips.consultations.actions import Asked
from app.tips.conversations import actions as conversations
from app.tips.models import Tip
from app.tips.rules import Channel
from app.tips.triage import actions as triage

#: Of a hundred: tips about which the bureau asks back, askings that are answered, answers that
#: were read, ends that the reporter judges, tips about which nothing is written.
ASKS, ANSWERS, READ, JUDGES, UNWRITTEN = 30, 65, 50, 22, 55


def stories(stage: Stage) -> Iterator[Story]:
    """Yield everything that stands by itself: consultations, unfinished calls, events."""
    written = read("talks")
    for number, row in enumerate(written["consultations"]):
        yield _consultation(stage, stage.pace(f"consultation/{number}"), row)
    for number, row in enumerate(written["drafts"]):
        yield _draft(stage, stage.pace(f"draft/{number}"), row, f"demo-{number}")
    for row in written["events"]:
        yield _event(stage, stage.pace(f"event/{row['title']}"), row)


def _consultation(stage: Stage, pace: Pace, row: list[Any]) -> Story:
    bureau, account, age, topic, channel, question, answer, days = row
    yield pace.begin(stage.workdays_ago(age))
    by = stage.cast.account(account, bureau)
    at_once = answer if days == 0 else ""
    made = consultations.receive(Asked(topic, question, at_once, Channel(channel)), by=by)
    if answer and not at_once:
        yield pace.after(days)
        consultations.answer(made, answer, by=by)


def _draft(stage: Stage, pace: Pace, row: dict[str, Any], key: str) -> Story:
    began_at = pace.begin(stage.workdays_ago(row["age"]))
    yield began_at
    calls.save(key, row["typed"], began_at=began_at, by=stage.cast.account(row["account"]))


def _event(stage: Stage, pace: Pace, row: dict[str, Any]) -> Story:
    yield pace.begin(stage.workdays_ago(row["age"]))
    by = stage.cast.who(row["bureau"], Role.TRIAGE_OFFICER)
    # On a day off the last caller may ring, or be passed on, after the working day before: then
    # whoever is on duty marks the event, at any hour.
    while not (found := _in_sight(stage, row["tips"], by)):
        yield pace.later_than(pace.at)
    triage.open_gathering(found, title=row["title"], by=by)


def _in_sight(stage: Stage, seeds: list[str], by: Identity) -> list[Tip]:
    """Return the tips of these stories once an officer can see them all, else none."""
    try:
        return [tips.by_reference(stage.tips.get(seed, ""), by) for seed in seeds]
    except NotFound:
        return []


def ask_back(pace: Pace, tip: Tip, by: Identity) -> Story:
    """Ask the reporter something; many answer, and half of the answers were read."""
    written, number = read("talks"), pace.chance.randrange(len(read("talks")["questions"]))
    yield pace.after(1)
    conversations.ask(tip, text=written["questions"][number], by=by)
    if pace.chance.randint(1, 100) > ANSWERS:
        return
    yield pace.after(0, 1)
    conversations.add([tip], text=written["additions"][number], files=())
    if pace.chance.randint(1, 100) <= READ:
        yield pace.after(0, 1)
        conversations.take_note(tip, by=by)


def judge(pace: Pace, tip: Tip) -> Story:
    """Let the reporter judge how a tip was handled."""
    yield pace.after(1, 8)
    score, words = pace.chance.choice(read("talks")["judgements"])
    conversations.rate(tip, score=score, text=words)


def write(pace: Pace, tip: Tip, kind: PaperKind, by: Identity) -> Story:
    """Tell the reporter in writing how far it is, and note that it arrived."""
    yield pace.after(0)
    if (kind, Recipient.REPORTER) not in issued.offered(tip, by):
        return
    paper = papers.issue(tip, papers.Asked(kind, Recipient.REPORTER), by=by)
    yield pace.after(1, 2)
    way = pace.chance.choice((Way.MESSAGE, Way.MAIL, Way.IN_PERSON))
    papers.note_service(paper, tip, on=clock.today(), way=way, by=by)


def tell(tip: Tip, by: Identity) -> None:
    """Call a named reporter whom the older law lets hear whether a case is filed."""
    if replies.running(tip) is not None:
        papers.tell_reporter(tip, on=clock.today(), way=Way.TELEPHONE, by=by)
