"""Is the service well? One address for a supervisor program, counters for a monitor."""

from __future__ import annotations

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST, Counter, generate_latest

from app.kernel.db import db, durability_faults
from app.web import i18n
from app.web.access import open_to_public, safe_next

answers = Counter("portal_answers", "Answers by status", ["status"])
LOCAL = frozenset({"127.0.0.1", "::1"})


def init_app(app: Flask) -> None:
    """Add the addresses that belong to no slice."""
    app.add_url_rule("/healthz", "healthz", open_to_public(healthz))
    app.add_url_rule("/metrics", "metrics", open_to_public(metrics))
    app.add_url_rule("/language/<code>", "language", open_to_public(language))

    @app.after_request
    def count(response: Response) -> Response:
        answers.labels(response.status_code).inc()
        return response


def healthz() -> ResponseReturnValue:
    """Answer whether the database is there and durable."""
    faults = durability_faults(db.session.connection())
    return jsonify(ok=not faults, faults=faults), 503 if faults else 200


def metrics() -> ResponseReturnValue:
    """Answer the counters, to this machine only."""
    if request.remote_addr not in LOCAL:
        return "", 404
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def language(code: str) -> ResponseReturnValue:
    """Remember a reader's language in a cookie and go back."""
    answer = redirect(safe_next(request.args.get("next")) or "/", 303)
    i18n.remember(answer, code)
    return answer
