"""What does a page of ours cost beside a bare Flask page in the same run?

In-process, one database of 2,000 tips made through the operator's door.  Baseline and page are
measured in turns, so a slow minute of the machine slows both; each figure is the median.
"""

from __future__ import annotations

import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.administration.benches import Figure
from app.config import Settings
from app.kernel import clock
from app.kernel.db import unit_of_work
from app.people import queries as people
from app.people.models import SignInSession
from tests.support import databases, world
from tests.support.make import tips as make

TIPS = 2_000
ROUNDS = 40
WARM = 5


def figures() -> Iterator[Figure]:
    """Yield the queue, the public front page and the intake of a call."""
    with tempfile.TemporaryDirectory() as folder:
        app = prepared(Path(folder))
        bare = Flask("bare")
        bare.add_url_rule("/", view_func=lambda: "hello")
        hello = bare.test_client()
        staff = signed_in(app, "cz.triage_officer")
        operator = signed_in(app, "cz.operator")
        visitor = app.test_client()
        yield compared("staff list, 30 of 2,000", hello, lambda: staff.get("/tips/?view=all"), 150)
        yield compared("public front page", hello, lambda: visitor.get("/"), 40)
        yield compared("intake POST", hello, lambda: call(operator), 60)


def prepared(folder: Path) -> Flask:
    """Return an application over a filled database, durable as in production."""
    app = create_app(Settings(instance_path=folder, testing=True, demo=True, jobs_immediate=True))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        databases.migrate(app)
        world.build()
        with unit_of_work():
            for _ in range(TIPS):
                make.receipt()
    return app


def signed_in(app: Flask, account: str) -> FlaskClient:
    """Return a browser with a living session."""
    token = secrets.token_urlsafe(16)
    with app.app_context(), unit_of_work() as session:
        who = people.today_identity(account)
        at = clock.now()
        session.add(
            SignInSession(
                token_hash=people.token_hash(token), person_id=who.person_id,
                unit_id=who.unit_id, agent="bench", source_digest="bench", began_at=at,
                last_seen_at=at, expires_at=at + timedelta(hours=12),
            )
        )  # fmt: skip
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


def call(operator: FlaskClient) -> object:
    """Register a call: clocks, sealed identity, audit, durable commit."""
    return operator.post(
        "/tips/new",
        data={
            "form_key": secrets.token_hex(16), "standing": "real_name", "channel": "telephone",
            "phone": "13800000148", "caller_name": "样例来件人", "kinds": "report",
            "facts": "样例五金店卖的电线铜芯发黑。", "subject_name": "样例五金店",
            "subject_address": "青石县人民路 218 号",
        },
    )  # fmt: skip


def compared(name: str, hello: FlaskClient, act: Callable[[], object], target: float) -> Figure:
    """Measure a page and the bare page in turns; returns the medians in milliseconds."""
    ours: list[float] = []
    theirs: list[float] = []
    for turn in range(ROUNDS + WARM):
        for what, into in ((act, ours), (lambda: hello.get("/"), theirs)):
            began = time.perf_counter()
            answer = what()
            took = time.perf_counter() - began
            if getattr(answer, "status_code", 200) >= 400:
                raise RuntimeError(f"{name}: {answer}")
            if turn >= WARM:
                into.append(took * 1000)
    return Figure(name, statistics.median(ours), statistics.median(theirs), target)
