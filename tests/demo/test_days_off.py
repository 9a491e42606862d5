"""Does the story also load on the first start that falls on a day off?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask_migrate import downgrade
from sqlalchemy import func, select

from app import demo
from app.kernel import clock
from app.kernel.db import Writing, db
from app.tips.models import Tip
from app.tips.triage.models import Gathering
from tests.support import databases

pytestmark = [pytest.mark.slow, pytest.mark.database]
SUNDAY = datetime(2026, 11, 22, 13, 30, tzinfo=clock.LEGAL_ZONE)


def test_the_story_loads_on_a_sunday(template: databases.Template) -> None:
    template.copy()
    with clock.frozen(SUNDAY), template.app.app_context():
        with Writing.door():
            downgrade(str(Path(template.app.root_path).parent / "migrations"), "base")
        databases.migrate(template.app)
        demo.load()
        tips, events = (
            db.session.scalar(select(func.count()).select_from(model)) for model in (Tip, Gathering)
        )
        db.session.rollback()
    assert tips == 400
    assert events, "the list of events is not empty, though not everything was passed on yet"
