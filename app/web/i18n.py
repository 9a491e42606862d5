"""Which language does this reader get, and are the catalogues compiled?"""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup
from werkzeug.wrappers import Response

LANGUAGES = {"zh": "中文", "en": "English"}
COOKIE = "language"
DEFAULT = "zh_Hans_CN"
YEAR = 365 * 24 * 3600
APP = Path(__file__).resolve().parent.parent


def select() -> str:
    """Return the locale: the reader's own choice, else Chinese."""
    chosen = request.cookies.get(COOKIE, "") if has_request_context() else ""
    return "en" if chosen == "en" else DEFAULT


def remember(answer: Response, language: str) -> None:
    """Keep a reader's language in the browser for a year; an unknown one is Chinese."""
    secure = current_app.config["SETTINGS"].https
    chosen = language if language in LANGUAGES else "zh"
    answer.set_cookie(COOKIE, chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=secure)


def folders() -> list[Path]:
    """Return every slice's catalogue folder."""
    return sorted(APP.glob("*/translations"))


def compile_catalogues() -> None:
    """Compile each ``.po`` that is newer than its ``.mo``."""
    for po in APP.glob("*/translations/*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source:
                catalogue = read_po(source, locale=po.parts[-3])
            # Two workers may start at once: each writes aside under its own name.
            with NamedTemporaryFile(dir=mo.parent, suffix=".new", delete=False) as out:
                write_mo(out, catalogue)
            Path(out.name).chmod(0o644)
            Path(out.name).replace(mo)


def init_app(app: Flask) -> None:
    """Let Flask-Babel speak Chinese from the source and English from the catalogues."""
    compile_catalogues()
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(str(f) for f in folders())
    Babel(app, locale_selector=select)
    # A list page asks for hundreds of words: the catalogue is looked up once a request, not each.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue().gettext(text),
        lambda one, many, number: _catalogue().ngettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals.update({"_": word, "gettext": word})
    app.before_request(_note)


@pass_eval_context
def word(context: EvalContext, text: str, **values: object) -> str:
    """Translate for a template; a word without values is escaped and formatted once for all."""
    catalogue = _catalogue()
    known: dict[tuple[str, bool], str] = catalogue.__dict__.setdefault("known_words", {})
    key = text, context.autoescape
    if values or key not in known:
        told = catalogue.gettext(text)
        told = (Markup(told) if context.autoescape else told) % values  # noqa: S704 — our own words
        if values:
            return told
        known[key] = told
    return known[key]


def _catalogue() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = get_translations()
    return cast("NullTranslations", g.catalogue)


def locale() -> str:
    """Return the reader's language as the house names it: ``zh`` or ``en``."""
    return "en" if select() == "en" else "zh"


def _note() -> None:
    g.locale = locale()
