"""What is written to the log? One JSON line an event, without personal data."""

from __future__ import annotations

import logging
import sys

import structlog
from flask import Flask, Response, g, request
from structlog.processors import ExceptionRenderer
from structlog.tracebacks import ExceptionDictTransformer


def init_app(app: Flask) -> None:
    """Write JSON lines with the request's id; addresses, queries and bodies stay out."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Frames without their variables: those hold passwords and personal data.
            ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # Standard output belongs to the answers of commands.
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=not app.testing,
    )
    app.after_request(_answered)


def _answered(response: Response) -> Response:
    if response.status_code >= 500:
        structlog.get_logger().error(
            "answered",
            request_id=g.get("request_id", ""),
            endpoint=request.endpoint,
            method=request.method,
            status=response.status_code,
        )
    return response
