"""How does somebody of the test world sit down at a browser without the sign-in page?"""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from app.kernel import clock
from app.kernel.db import unit_of_work
from app.people import queries as people
from app.people.models import SignInSession


def begin(app: Flask, account: str) -> dict[str, str | bool]:
    """Begin a session below the pages; returns what its cookie says."""
    token = secrets.token_urlsafe(16)
    with app.app_context(), unit_of_work() as session:
        who, at = people.today_identity(account), clock.now()
        session.add(
            SignInSession(
                token_hash=people.token_hash(token), person_id=who.person_id,
                unit_id=who.unit_id, agent="test", source_digest="test", began_at=at,
                last_seen_at=at, expires_at=at + timedelta(hours=12),
            )
        )  # fmt: skip
    return {"_user_id": token, "_fresh": True}


def signed_in(app: Flask, account: str) -> FlaskClient:
    """Return a browser in which somebody is signed in."""
    client, said = app.test_client(), begin(app, account)
    with client.session_transaction() as cookie:
        cookie.update(said)
    return client
