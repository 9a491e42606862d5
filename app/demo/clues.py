"""Which leads does the demonstration keep besides reports and findings, and how do they end?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.cases import actions as cases
from app.cases.models import Case
from app.demo.agenda import Pace, Story
from app.demo.stage import Stage
from app.demo.texts import read
from app.kernel import clock
from app.kernel.calendar import add_working_days
from app.kernel.identity import Identity
from app.kernel.roles import Role
from app.leads import actions, letters
from app.leads.actions import CaseWords, Found, Passage
from app.leads.letters import Asked
from app.leads.models import Lead, LeadLetter
from app.leads.rules import NAMED, Origin, Source
from app.units import queries as units

Rest = Sequence[Any]


class Clue:
    """One lead on its way, the last letter about it, and the case that came of it."""

    lead: Lead
    letter: LeadLetter
    case: Case

    def __init__(self, stage: Stage, pace: Pace) -> None:
        """Begin with nothing known."""
        self.stage, self.pace = stage, pace

    def said(self, text: str) -> str:
        """Return a written text with the year in it."""
        return text.format(**self.stage.years())

    def by_day(self, days: int, text: str, enclosed: str) -> Asked:
        """Return what a letter asks for within so many working days."""
        return Asked(text, enclosed, add_working_days(clock.today(), days, self.stage.days))


def stories(stage: Stage) -> Iterator[Story]:
    """Yield the story of each written lead."""
    for row in read("leads")["leads"]:
        yield _story(stage, stage.pace(f"lead/{row['key']}"), row)


def _story(stage: Stage, pace: Pace, row: dict[str, Any]) -> Story:
    yield pace.begin(stage.workdays_ago(row["age"]))
    clue = Clue(stage, pace)
    clue.lead = actions.enter(_found(clue, row), by=stage.cast.account(row["by"]))
    stage.leads[row["key"]] = clue.lead.reference
    for wait, act, account, *rest in row.get("steps", ()):
        yield pace.after(wait)
        STEPS[act](clue, rest, stage.cast.account(account))


def _found(clue: Clue, row: dict[str, Any]) -> Found:
    source = Source(row["source"])
    origin = Origin(
        source,
        came_from=row.get("from", ""),
        number=clue.said(row.get("number", "")),
        link=row.get("link", ""),
        dated_on=clock.today() if source in NAMED else None,
    )
    return Found(
        title=row["title"],
        summary=row["summary"],
        found_on=clock.today(),
        origin=origin,
        party_name=row.get("party", ""),
        party_address=row.get("address", ""),
        product_code=row["product"],
        violation_code=row.get("violation", ""),
    )


def _propose(clue: Clue, rest: Rest, by: Identity) -> None:
    second = clue.stage.cast.who(clue.lead.bureau.code, Role.CASE_OFFICER, 1)
    words = CaseWords(
        rest[0], clue.lead.party_name, clue.lead.summary, by.person_id, second.person_id
    )
    clue.case = actions.propose(clue.lead, words, by=by)


def _transfer(clue: Clue, rest: Rest, by: Identity) -> None:
    bureau, authority, number, reason = rest
    to = units.by_code(bureau) if bureau else None
    actions.transfer(clue.lead, Passage(to, authority, clue.said(number), reason), by=by)


def _assist(clue: Clue, rest: Rest, by: Identity) -> None:
    bureau, text, enclosed, days = rest
    asked = clue.by_day(days, text, enclosed)
    clue.letter = letters.ask_assistance(clue.lead, units.by_code(bureau), asked, by=by)


def _organise(clue: Clue, rest: Rest, by: Identity) -> None:
    text, enclosed, days = rest
    clue.letter = letters.ask_to_organise(clue.lead, clue.by_day(days, text, enclosed), by=by)


def _answer(clue: Clue, rest: Rest, by: Identity) -> None:
    reply, bureaus = rest
    letters.answer(clue.letter, reply, by=by, bureaus=[units.by_code(code) for code in bureaus])


#: What each word of a written step does.
STEPS: dict[str, Callable[[Clue, Rest, Identity], object]] = {
    "propose": _propose,
    "file": lambda clue, _rest, by: cases.file(clue.case, by=by),
    "decline": lambda clue, rest, by: actions.decline(clue.lead, reason=rest[0], by=by),
    "transfer": _transfer,
    "receipt": lambda clue, _rest, by: actions.note_receipt(clue.lead, clock.today(), by=by),
    "merge": lambda clue, rest, by: actions.merge(
        clue.lead, clue.stage.leads[rest[0]], reason=rest[1], by=by),
    "assist": _assist,
    "organise": _organise,
    "answer": _answer,
}  # fmt: skip
