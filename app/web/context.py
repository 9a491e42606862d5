"""What does every template know without being told?"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import format_date
from jinja2 import StrictUndefined

from app.config import Settings
from app.kernel import clock, permissions, text
from app.kernel.identity import Identity
from app.web import words
from app.web.access import viewer
from app.web.navigation import rail
from app.web.pages import wants_fragment

STATIC = Path(__file__).resolve().parent.parent / "static"


def init_app(app: Flask, settings: Settings) -> None:
    """Set up the templates' common ground."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        can=can,
        static_url=static_url,
        event_title=words.event,
        permission_title=words.permission,
        settings=settings,
        this_year=lambda: str(clock.today().year),
    )
    app.jinja_env.filters.update(
        day=lambda on: text.day(_legal(on), _locale()),
        short_day=lambda on: text.short_day(_legal(on), _locale()),
        near_day=lambda on: _near(_legal(on)),
        moment=lambda at: text.moment(at.astimezone(clock.LEGAL_ZONE), _locale()),
        money=lambda amount: text.money(amount, _locale()),
        law=lambda cited: text.law(cited, _locale()),
        wan=lambda amount: text.wan(amount, _locale()),
        count=text.count,
    )
    app.context_processor(_ground)


def _legal(on: date | datetime) -> date:
    """Return the day in China on which an instant falls; a day is itself."""
    return clock.legal_day(on) if isinstance(on, datetime) else on


def _near(on: date) -> str:
    """A day without its year, which is named only where it is not the present one."""
    told = text.short_day if on.year == clock.today().year else text.day
    return told(on, _locale())


def _locale() -> str:
    return str(g.get("locale", "zh"))


def can(permission: str, subject: object = None) -> bool:
    """Tell a template whether the viewer may; a page never shows what cannot be done."""
    who = viewer()
    if who is None:
        return False
    if subject is None:
        return permissions.may(who, permission)
    return permissions.allows(who, permission, subject)


@lru_cache(maxsize=64)
def _digest(filename: str) -> str:
    return hashlib.sha256((STATIC / filename).read_bytes()).hexdigest()[:10]


def static_url(filename: str) -> str:
    """Return a static file's address with its content in it, so browsers may keep it for good."""
    return url_for("static", filename=filename, v=_digest(filename))


def _today_words() -> str:
    now = clock.now().astimezone(clock.LEGAL_ZONE)
    weekday = format_date(now.date(), "EEEE")
    day = text.short_day(now.date(), _locale())
    return f"{day} {weekday} {now:%H:%M}" if _locale() == "zh" else f"{weekday} {day} {now:%H:%M}"


def _address(endpoint: str, who: Identity | None, permission: str) -> str:
    """Return an address of a slice that may be absent on this face, or nothing."""
    known = endpoint in current_app.view_functions
    return url_for(endpoint) if known and who and permissions.may(who, permission) else ""


def _ground() -> dict[str, Any]:
    # The page of a fault asks the database nothing: it may be the database that failed.
    who = None if g.get("has_failed") else viewer()
    return {
        "viewer": who,
        "navigation": rail(who) if who and not wants_fragment() else [],
        "locale": _locale(),
        "today_words": _today_words(),
        "search_url": _address("desk.search", who, "desk:open"),
        "new_tip_url": _address("calls.new", who, "tip:register"),
        "request_path": request.full_path.rstrip("?"),
        "face": current_app.config["SETTINGS"].face,
    }
