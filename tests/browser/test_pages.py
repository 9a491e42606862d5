"""Is every page sound for everybody: no barrier, no broken HTML, nothing wider than a phone?

Each page of ``places`` is opened in Chinese and English and measured in both widths of the look.
The rules for everybody are asked once a language, each in the other width: what a rule finds hangs
on the words or on the layout, never on one pair of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.places import PLACES, Place
from tests.browser.places import records as make_records
from tests.support.live import HEIGHT, WIDTHS, Live, Window
from tests.tools import axe, vnu

pytestmark = pytest.mark.browser
#: The widths of the look by language; the last is the one the rules are asked in.
LANGUAGES = {"zh": WIDTHS, "en": WIDTHS[::-1]}
#: The checker knows HTML, not htmx: the only attributes of the house it has not heard of.
UNKNOWN_TO_HTML = re.compile(r"Attribute “hx-[a-z-]+” not allowed")


@dataclass
class Tour:
    """One window that goes from page to page."""

    window: Window
    records: dict[str, str]
    #: The pages as the server sent them, for the HTML checker.
    sources: dict[tuple[Place, str], str] = field(default_factory=dict)

    def stand(self, place: Place, language: str) -> None:
        """Open a page."""
        self.window.be(place.account, language)
        page = self.window.page
        answer = page.goto(place.address.format_map(self.records))
        answer = (place.act(page) if place.act else None) or answer
        page.wait_for_function("() => !document.querySelector('main [hx-trigger=load]')")
        assert answer is not None
        assert answer.status == place.status, page.locator("main").inner_text()
        self.sources[place, language] = self.source(answer)

    def source(self, answer: Response) -> str:
        """Return the page as the server sent it; as it stands, where only a part of it was sent."""
        whole = self.window.document
        assert whole is not None
        in_place = answer.request.resource_type == "fetch"
        return self.window.page.content() if in_place else whole.text()

    def look(self, width: int) -> None:
        """Look at the open page through a window of a width."""
        self.window.page.set_viewport_size({"width": width, "height": HEIGHT})


@pytest.fixture(scope="module")
def records(live: Live) -> dict[str, str]:
    """Something to see on every page."""
    return make_records(live)


@pytest.fixture(scope="module")
def tour(chrome: Browser, live: Live, records: dict[str, str]) -> Iterator[Tour]:
    """A window that goes from page to page."""
    window = Window.open(chrome, live)
    window.context.add_init_script(path=axe.SCRIPT)  # cheaper than sending it to every page
    yield Tour(window, records)
    window.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_a_page_bars_nobody_and_fits(tour: Tour, place: Place, language: str) -> None:
    tour.stand(place, language)
    for width in LANGUAGES[language]:
        tour.look(width)
        assert tour.window.overflow() <= 0, width
    broken = axe.violations(tour.window.page)
    assert not broken, "\n".join(broken)
    assert not tour.window.complaints()


def test_the_html_of_every_page_is_valid(tour: Tour) -> None:
    if not vnu.available():
        pytest.skip("HTML checker: no Java or not fetched (./portal test fetches it)")
    for place in PLACES:
        for language in LANGUAGES:
            if (place, language) not in tour.sources:
                tour.stand(place, language)
    pages = {f"{at.name} ({language})": html for (at, language), html in tour.sources.items()}
    found = [said for said in vnu.errors(pages) if not UNKNOWN_TO_HTML.search(said)]
    assert not found, "\n".join(found)


#: Not pages: files, feeds, answers to programs, the language link.
NO_PAGES = {
    "static", "healthz", "metrics", "language", "public.robots", "public.feed",
    "public.disclosure_file", "public.disclosure_code", "public.notice_file",
    "public.notice_attachment", "publicbatches.file", "publiclog.checkpoint",
    "publiclog.consistency", "publiclog.entries", "publiclog.entry_json", "publiclog.key",
    "publiclog.verifier", "notices.pdf", "notices.preview", "notices.attachment",
    "tips.attachment", "inspections.attachment", "cases.attachment", "supervision.attachment",
    "batches.file", "exports.download", "imports.faults", "leads.export", "manuscripts.pdf",
    "objections.letter", "papers.file", "supervision.letter", "rewards.export", "rewards.sheet",
}  # fmt: skip
#: Pages whose address only an act knows; the acts of the places lead there.
BEHIND_ACTS = {"public.receipt", "public.progress", "publicreport.check"}


def test_every_page_is_looked_at(live: Live, records: dict[str, str]) -> None:
    addresses = live.app.url_map.bind("localhost")
    seen = {
        addresses.match(place.address.format_map(records).partition("?")[0])[0] for place in PLACES
    }
    pages = {rule.endpoint for rule in live.app.url_map.iter_rules() if "GET" in rule.methods}
    assert sorted(pages - seen - NO_PAGES - BEHIND_ACTS) == []
    assert sorted((NO_PAGES | BEHIND_ACTS) - pages) == []
