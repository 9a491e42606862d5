"""Everything that waits for a person is gathered, and nothing else."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec

import pytest

import app
from app.desk import queries
from app.kernel import clock
from app.people import queries as people
from app.tips import actions as routing
from app.units import queries as units
from tests.support.make import tips

pytestmark = pytest.mark.database


def test_every_slice_with_something_that_waits_is_asked():
    gathered = {slice_.__name__ for slice_ in queries.SLICES}
    having = set()
    for found in pkgutil.walk_packages(app.__path__, "app."):
        name = f"{found.name}.queries"
        is_other = found.ispkg and found.name != "app.desk" and find_spec(name)
        if is_other and hasattr(import_module(name), "waiting"):
            having.add(name)
    assert having == gathered


@pytest.mark.usefixtures("writing")
@pytest.mark.parametrize(
    ("account", "asks"),
    [
        ("cz.triage_officer", ["tip.triage"]),
        ("qs.triage_officer", ["tip.take_up"]),
        ("qs.operator", []),
        ("qs.unit_leader", ["tip.take_up"]),
        ("bs.unit_leader", []),
        ("lj.auditor", []),
    ],
)
def test_a_person_is_asked_only_what_they_may_do_in_their_bureau(account, asks):
    made = [tips.receipt().tips[0] for _ in range(2)]
    routing.route(made[0], units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
    found = queries.gathered(people.today_identity(account), clock.today())
    assert [line.ask for line in found] == asks
