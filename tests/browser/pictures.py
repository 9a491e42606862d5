"""What does the portal look like? Takes the README's pictures of the demonstration, anew each time.

``python -m tests.browser.pictures`` acts the demonstration out in a folder of its own, on the day
of all tests, and writes ``docs/screenshots/``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from app import create_app, demo
from app.config import Settings
from app.kernel import clock
from tests.conftest import NOW
from tests.support import databases
from tests.support.live import HEIGHT, Live, Window, serving
from tests.tools import chromium

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
#: File, who looks (None: the public), the page, and the link on it that is opened, if any.
PICTURES = (
    ("queue.png", "zhoumin", "/tips/", ""),
    ("disclosure.png", None, "/disclosures?q=线缆", "article a"),
)


def take(live: Live) -> None:
    """Take every picture, 1366 pixels wide."""
    with chromium.browser() as browser:
        for name, account, address, link in PICTURES:
            window = Window.open(browser, live).be(account)
            page = window.go(address)
            if link:
                page.locator(link).first.click()
            page.wait_for_function("() => !document.querySelector('main [hx-trigger=load]')")
            page.wait_for_load_state("networkidle")
            page.mouse.move(0, HEIGHT)
            page.screenshot(path=FOLDER / name)
            window.close()
            # A third of the bytes; small marks keep their colours, which a mean would take.
            drawn = Image.open(FOLDER / name).convert("RGB")
            few = drawn.quantize(128, method=Image.Quantize.MAXCOVERAGE)
            few.save(FOLDER / name, optimize=True)


def main() -> None:
    """Act the demonstration out and take the pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, clock.frozen(NOW):
        settings = Settings(instance_path=Path(folder), demo=True, jobs_immediate=True)
        app = create_app(settings)
        with app.app_context():
            databases.migrate(app)
            demo.load()
        with serving(app) as live:
            take(live)


if __name__ == "__main__":
    main()
