"""Do the short cuts of the press leave the page as it would be without them?"""

import re

from app.typesetting.compose import TEMPLATES

FOLDER = TEMPLATES / "typesetting"
# Set as text runs in the line, as an element without a rule is; the QR code draws its own parts.
INLINE = {"span"}


def elements(text):
    return set(re.findall(r"<([a-z][a-z0-9]*)[\s>]", text))


def test_every_element_of_the_templates_is_known_to_the_base_stylesheet():
    """Without WeasyPrint's stylesheet an unknown element would be a run of text in its line."""
    base = re.sub(r"/\*.*?\*/|\{[^}]*\}", " ", (FOLDER / "base.css").read_text(encoding="utf-8"))
    named = set(re.findall(r"\b[a-z][a-z0-9]*\b", base))
    for template in FOLDER.glob("*.html"):
        used = elements(template.read_text(encoding="utf-8"))
        assert used <= named | INLINE, template.name


def test_an_unknown_element_would_be_noticed():
    assert elements('<ul class="x"><li>{{ a }}</li></ul><h{{ level }}>') == {"ul", "li"}
