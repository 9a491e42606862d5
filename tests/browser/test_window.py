"""Would the browser tests notice? Each watch is seen to bark at a planted fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.live import Window
from tests.tools import axe

pytestmark = pytest.mark.browser
Open = Callable[..., Window]

#: What a page might do, and the words of the complaint.
FAULTS = {
    "policy: connect-src forbids": "fetch('http://192.0.2.1/').catch(() => 0)",
    "asked outside: http://192.0.2.1/": "location = 'http://192.0.2.1/'",
    "policy: style-src-attr forbids inline": "document.body.setAttribute('style', 'color: red')",
    "policy: script-src-elem forbids inline": """{ const script = document.createElement('script');
      script.textContent = 'window.ran = true'; document.body.append(script); }""",
    "script: planted": "setTimeout(() => { throw new Error('planted') })",
    "404: ": """{ const image = document.createElement('img'); image.alt = '';
      image.src = '/static/nothing.svg'; document.body.append(image); }""",
}


@pytest.mark.parametrize("complaint", FAULTS)
def test_a_window_complains(window: Open, complaint: str) -> None:
    watched = window()
    page = watched.go("/about")
    page.route("http://192.0.2.1/**", lambda route: route.fulfill(body="somewhere else"))
    assert not watched.complaints()
    page.evaluate(FAULTS[complaint])
    page.wait_for_load_state("networkidle")
    found = watched.complaints()
    assert any(complaint in said for said in found), found


def test_a_barrier_and_a_page_too_wide_are_seen(window: Open) -> None:
    watched = window(width=360)
    page = watched.go("/about")
    assert not axe.violations(page)
    assert watched.overflow() == 0
    page.evaluate(
        """() => { const input = document.createElement('input'); input.size = 90;
        document.querySelector('main').append(input); }"""
    )
    assert any("label" in said for said in axe.violations(page))
    assert watched.overflow() > 0


def test_a_page_that_is_loaded_anew_is_seen(window: Open) -> None:
    watched = window()
    watched.go("/about")
    with pytest.raises(AssertionError, match="loaded anew"), watched.in_place():
        watched.go("/about")
