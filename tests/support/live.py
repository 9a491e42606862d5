"""How does a real browser meet the test application, and what must never happen while it does?

``serving`` puts the test application on a loopback port, forms guarded by their tokens as in
production.  ``Window`` is one browser context with one page, watched from its first request:
whatever it asks outside this machine, every breach of the content policy and every fault of a
script is written down, and closing the window fails the test that had it open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Condition, Thread
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
)
from werkzeug.serving import WSGIRequestHandler, make_server

from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.people import queries as people
from tests.support import sessions

HOST = "127.0.0.1"
#: The two widths of the look, and a height that shows a sticky foot.
WIDTHS = (1366, 360)
HEIGHT = 800
#: The machine is shared: what usually takes 50 ms may take seconds there.
PATIENCE_MS = 20_000
#: A page of ours that is itself an answer of refusal makes Chromium say so; that is no fault.
EXPECTED = "Failed to load resource: the server responded with a status of"
#: Says in the console what the policy forbade, with the element's own words.
LISTENER = """
addEventListener("securitypolicyviolation", (event) =>
  console.error("policy: " + event.effectiveDirective + " forbids " + event.blockedURI));
"""


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - Werkzeug's name
        """Say nothing: what went wrong is in the application's own log."""


@dataclass(frozen=True)
class Live:
    """The application on its port."""

    app: Flask
    url: str
    #: The cookie of whoever sat down before: one session each is enough.
    cookies: dict[str, str] = field(default_factory=dict)

    def within(self) -> AbstractContextManager[Any]:
        """Return an application context, for builders."""
        return self.app.app_context()

    def build(self, make: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run a builder and return what it made."""
        with self.within():
            made = make(*args, **kwargs)
            db.session.remove()
        return made

    def cookie(self, account: str) -> str:
        """Return the session's cookie of somebody who is signed in."""
        if account not in self.cookies:
            self.cookies[account] = self.begin_session(account)
        return self.cookies[account]

    def begin_session(self, account: str) -> str:
        """Sign somebody in below the pages; returns the value of the session's cookie."""
        signer = self.app.session_interface.get_signing_serializer(self.app)
        return str(signer.dumps(sessions.begin(self.app, account)))

    def end_sessions(self, account: str) -> None:
        """End somebody's sessions, as an administrator or a long lunch would."""
        self.cookies.pop(account, None)
        with self.within(), unit_of_work():
            person_id = people.today_identity(account).person_id
            for found in people.sessions_of(person_id, clock.now(), timedelta(hours=12)):
                found.ended_at = clock.now()


class Counting:
    """An application that knows how many answers are under way.

    A page that closes may send its last words after its window is gone; the database must not be
    exchanged under them.
    """

    def __init__(self, app: Flask) -> None:
        """Stand before the application."""
        self._app = app
        self._under_way: list[str] = []
        self._changed = Condition()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer, counted until the last byte is out."""
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
        with self._changed:
            self._under_way.append(asked)
        try:
            yield from self._answer(environ, start_response)
        finally:
            with self._changed:
                self._under_way.remove(asked)
                self._changed.notify_all()

    def _answer(self, environ: Any, start_response: Any) -> Iterator[bytes]:
        answer = self._app(environ, start_response)
        try:
            yield from answer
        finally:
            answer.close()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        with self._changed:
            done = self._changed.wait_for(lambda: not self._under_way, PATIENCE_MS / 1000)
            assert done, self._under_way


@contextmanager
def serving(app: Flask) -> Iterator[Live]:
    """Serve an application on a free loopback port until the end of the block."""
    counting = Counting(app)
    server = make_server(HOST, 0, counting, threaded=True, request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        yield Live(app, f"http://{HOST}:{server.server_port}")
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
        server.shutdown()
        thread.join()
        counting.settle()
        server.server_close()


@dataclass
class Window:
    """One browser context with one page, and everything it must not have done."""

    live: Live
    context: BrowserContext
    page: Page
    faults: list[str] = field(default_factory=list)
    #: Faults that a test provokes on purpose: any part of their words.
    excused: list[str] = field(default_factory=list)
    #: The last whole page as the server sent it, before the browser mended anything.
    document: Response | None = None

    @classmethod
    def open(
        cls, browser: Browser, live: Live, *, width: int = 1366, script: bool = True
    ) -> Window:
        """Open a window for a visitor."""
        context = browser.new_context(
            base_url=live.url, viewport={"width": width, "height": HEIGHT},
            java_script_enabled=script, reduced_motion="reduce", locale="zh-CN",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(LISTENER)
        window = cls(live, context, context.new_page())
        window._watch()
        return window

    def _watch(self) -> None:
        self.context.on("request", self._asked)
        self.context.on("response", self._answered)
        self.context.on("console", self._said)
        self.context.on("weberror", lambda fault: self.faults.append(f"script: {fault.error}"))
        self.context.on("dialog", lambda dialog: dialog.accept())

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != HOST:
            self.faults.append(f"asked outside: {request.url}")

    def _answered(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self.document = response
        elif response.status >= 400 and request.resource_type not in {"document", "fetch"}:
            self.faults.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.faults.append(f"console: {message.text}")

    # Who sits in front of it ----------------------------------------------------------------------

    def be(self, account: str | None, language: str = "zh") -> Window:
        """Let somebody (None: a visitor) sit down, reading a language."""
        cookies = {"language": language}
        if account:
            cookies["portal"] = self.live.cookie(account)
        self.context.clear_cookies()
        self.context.add_cookies(
            [
                {"name": name, "value": value, "url": self.live.url}
                for name, value in cookies.items()
            ]
        )
        return self

    # What is seen ---------------------------------------------------------------------------------

    def go(self, address: str) -> Page:
        """Open an address."""
        self.page.goto(address)
        return self.page

    @property
    def path(self) -> str:
        """The address's path."""
        return urlsplit(self.page.url).path

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Fail when the page is loaded anew inside the block."""
        self.page.evaluate("window.stayed = true")
        yield
        assert self.page.evaluate("window.stayed === true"), f"{self.path} was loaded anew"

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    # What is done ---------------------------------------------------------------------------------

    def fill(self, form: str, **fields: Any) -> None:
        """Fill in a form without sending it."""
        fill(self.page.locator(form), fields)

    def press(self, word: str, **fields: Any) -> Response:
        """Fill in and send the form of a button as a person would; returns the server's answer.

        A form that is folded away is opened first; keys shown on the button are not its words.
        """
        words = re.compile(rf"^\s*{re.escape(word)}\s*(Ctrl Enter|\w)?\s*$")
        named = self.page.locator("button").filter(has_text=words)
        form = self.page.locator("main form").filter(has=named).first
        button = form.locator("button").filter(has_text=words).first
        if not button.is_visible():
            self.page.locator("main details").filter(has=named).first.locator("summary").click()
        fill(form, fields)
        return answer_to(self.page, button.click)

    # The end --------------------------------------------------------------------------------------

    def complaints(self) -> list[str]:
        """Return and forget what went wrong so far."""
        found, self.faults = self.faults, []
        return [said for said in found if not any(part in said for part in self.excused)]

    def close(self) -> None:
        """Close; fails when anything went wrong."""
        self.context.close()
        found = self.complaints()
        assert not found, found


def answer_to(page: Page, act: Callable[[], None]) -> Response:
    """Send a form; returns the answer once the page shows it, or the page it led to stands."""
    with page.expect_response(_is_answer_to_an_act) as sent:
        act()
    answer = sent.value
    answer.finished()
    goal = answer.headers.get("hx-redirect")
    if goal:
        page.wait_for_url(lambda url: urlsplit(url)[2:4] == urlsplit(goal)[2:4])
    page.wait_for_function("() => !document.querySelector('form[aria-busy]')")
    return answer


def _is_answer_to_an_act(answer: Response) -> bool:
    """A draft that keeps itself is nobody's act, nor is a panel that follows the typing."""
    follows = answer.request.headers.get("hx-target", "").endswith("#preview")
    return answer.request.method == "POST" and not follows and not answer.url.endswith("/draft")


def fill(form: Locator, fields: Mapping[str, Any]) -> None:
    """Fill in fields by their names."""
    for name, value in fields.items():
        put(form.locator(f"[name='{name}']"), value)


def put(field: Locator, value: Any) -> None:
    """Give a field its value in the way its kind is filled in; several for boxes to tick."""
    kind = field.first.evaluate("field => field.type")
    if kind in {"checkbox", "radio"}:
        for one in value if isinstance(value, list) else [value]:
            field.and_(field.page.locator(f"[value='{one}']")).check()
    elif kind.startswith("select"):
        field.select_option(value)
    elif kind == "file":
        field.set_input_files(value)
    else:
        field.fill(value)
