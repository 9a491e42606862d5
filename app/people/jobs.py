"""What does the queue do for the people slice by itself?"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from app.kernel import clock
from app.kernel.db import unit_of_work
from app.kernel.jobs import every
from app.people.models import SignInFailure

KEPT = timedelta(days=1)


@every("forget_failures", minute="40")
def forget_failures() -> None:
    """Forget failed sign-ins by source after a day; the accounts' trail keeps its own."""
    with unit_of_work() as session:
        session.execute(delete(SignInFailure).where(SignInFailure.at < clock.now() - KEPT))
