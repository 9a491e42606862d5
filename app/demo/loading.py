"""How is the demonstration put into an empty database?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from app.clocks import queries as clocks
from app.codes import actions as codes
from app.demo import (
    announcing,
    answering,
    case_plan,
    cast,
    clues,
    compiling,
    disclosing,
    drives,
    guarding,
    lists,
    rewarding,
    supervising,
    talking,
    tip_plan,
    visit_plan,
)
from app.demo.agenda import Agenda, Story
from app.demo.cast import Cast
from app.demo.firms import Register, invent
from app.demo.photos import Album
from app.demo.stage import Stage
from app.kernel import clock
from app.kernel.calendar import last_working_day_on_or_before
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.units import queries as units

#: The story begins a little more than two years ago.
BEGINS = 750
REGISTERING, DOCUMENTS = 738, 736


class NotEmpty(PortalError):
    """The database already holds units: the demonstration is only for a new one."""


def load() -> None:
    """Act the whole story out, from two years ago until now; some twenty seconds.

    Raises:
        NotEmpty: when there are units already; nothing is changed then.
    """
    if units.tree():
        raise NotEmpty("the database is not empty; the demonstration needs a new one")
    album, chosen = Album(), cast.hash_of_password()
    stage = _stage(album)
    for story in _stories(stage):
        stage.agenda.add(story)
    stage.agenda.run()
    with unit_of_work():
        cast.choose_password(chosen)
    db.session.remove()


def _stage(album: Album) -> Stage:
    today = clock.today()
    days = clocks.calendar()
    begun = last_working_day_on_or_before(today - timedelta(days=BEGINS), days)
    with clock.frozen(datetime.combine(begun, time(9), clock.LEGAL_ZONE)), unit_of_work():
        codes.install_defaults()
        cast.found()
    actors = Cast()
    with clock.frozen(datetime.combine(begun, time(10), clock.LEGAL_ZONE)), unit_of_work():
        cast.set_lines(actors)
    return Stage(today, days, Agenda(clock.now()), actors, Register(invent()), album)


def _stories(stage: Stage) -> Iterator[Story]:
    yield stage.firms.story(stage.cast, stage.pace("firms"), REGISTERING)
    yield from drives.stories(stage, DOCUMENTS)
    cases = list(case_plan.plans(stage))
    for plan in tip_plan.plans(stage, cases):
        yield answering.answer(stage, plan)
    yield from visit_plan.stories(stage, cases)
    yield from supervising.stories(stage)
    yield from announcing.stories(stage)
    yield from clues.stories(stage)
    yield from rewarding.stories(stage)
    yield from talking.stories(stage)
    yield from lists.stories(stage)
    yield compiling.compile_batch(stage)
    yield compiling.hand_on(stage)
    yield compiling.ask(stage)
    yield guarding.examine(stage)
    yield disclosing.displays_end(stage)
