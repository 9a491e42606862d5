"""Which accessibility rules does a page break?"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent.parent / "vendor" / "axe" / "axe-4.14.1.min.js"
#: ``preload`` fetches style sheets and media for rules that are off; frames the house has none.
RUN = """() => axe.run(document, {
  resultTypes: ["violations"], elementRef: false, preload: false, iframes: false,
})"""


def violations(page: Page) -> list[str]:
    """Return one line per broken rule and element; empty when the page breaks none.

    The script is evaluated by the browser's debugger, so the page's content policy stays in force.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT.read_text("utf-8"))
    found = page.evaluate(RUN)
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']} at {' '.join(map(str, node['target']))}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
