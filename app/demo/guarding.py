"""When was the audit trail of the demonstration examined, and by whom?"""

from __future__ import annotations

from app.administration import actions
from app.administration import jobs as _work  # noqa: F401 - declares the work of the queue
from app.demo.agenda import Sent, Story
from app.demo.stage import Stage

#: Early: an examination reads the whole trail, and that one is still short.
AGE = 700


def examine(stage: Stage) -> Story:
    """Have the chain examined once, as its administrator would."""
    yield stage.pace("trail").begin(AGE)
    yield Sent(actions.ask_for_verification(by=stage.cast.account("hanxi")).id)
