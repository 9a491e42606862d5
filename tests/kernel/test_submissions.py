"""Is one rendered form one act, however often and however quickly it arrives?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.kernel import clock, submissions
from app.kernel.db import Writing, db, unit_of_work

pytestmark = pytest.mark.database
SignIn = Callable[..., FlaskClient]
SENDERS = 5
CALL = {
    "form_key": "f" * 32, "channel": "telephone", "standing": "anonymous", "kinds": "report",
    "facts": "样例五金店卖的电线铜芯发黑。", "seller": "样例五金店",
}  # fmt: skip


def count(app: Flask, table: str) -> int:
    with app.app_context():
        return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def send_at_once(app: Flask, account: SignIn, forms: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Send forms at the same moment, each from its own tab of one browser."""
    gate = Barrier(len(forms))
    tabs = [account("cz.operator") for _ in forms]

    def send(tab: FlaskClient, form: dict[str, Any]) -> tuple[int, str]:
        gate.wait()
        answer = tab.post("/tips/new", data=form)
        return answer.status_code, answer.headers.get("Location", "")

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, tabs, forms))


def test_keys_are_forgotten_when_no_page_can_still_be_open(app: Flask) -> None:
    with app.app_context():
        for age in (0, 1):
            with clock.frozen(clock.now() - age * submissions.KEPT), unit_of_work():
                submissions.claim(f"sent-{age}")
        with clock.frozen(clock.now() + timedelta(seconds=1)):
            submissions.forget()
        with unit_of_work():
            assert submissions.claim("sent-0") == ""
            assert submissions.claim("sent-1") is None


def test_a_form_sent_five_times_at_once_is_one_act(app: Flask, sign_in: SignIn) -> None:
    answers = send_at_once(app, sign_in, [CALL] * SENDERS)
    assert set(answers) == {(303, "/tips/260922-001/receipt")}
    assert count(app, "tip") == 1
    assert count(app, "form_submission") == 1


def test_five_forms_sent_at_once_are_five_acts(app: Flask, sign_in: SignIn) -> None:
    """The control: what joins the five above is their key, nothing else."""
    answers = send_at_once(
        app, sign_in, [{**CALL, "form_key": str(n) * 32} for n in range(SENDERS)]
    )
    assert len(set(answers)) == SENDERS
    assert count(app, "tip") == SENDERS


def test_a_late_repetition_leads_to_the_same_place(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("cz.operator")
    places = [client.post("/tips/new", data=CALL).headers["Location"] for _ in range(3)]
    assert len(set(places)) == 1
    assert count(app, "tip") == 1


def test_a_refused_act_gives_the_key_back(app: Flask, sign_in: SignIn) -> None:
    client = sign_in("cz.operator")
    refused = client.post("/tips/new", data={**CALL, "facts": ""})
    assert refused.status_code == 422
    assert count(app, "form_submission") == 0
    assert client.post("/tips/new", data=CALL).status_code == 303
    assert count(app, "tip") == 1


def test_a_key_is_free_once_and_remembers_where_it_led(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            assert submissions.claim("k") is None
            submissions.led_to("k", "/tips/260922-001")
        with unit_of_work():
            assert submissions.claim("k") == "/tips/260922-001"


def test_a_key_of_an_act_that_failed_is_free_again(app: Flask) -> None:
    with app.app_context():
        with Writing.door():
            assert submissions.claim("k") is None
            db.session.rollback()
        with unit_of_work():
            assert submissions.claim("k") is None
