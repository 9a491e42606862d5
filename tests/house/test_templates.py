"""Do the templates keep the house's htmx idioms and the strict policy?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
TEMPLATES = sorted(APP.glob("**/templates/**/*.html"))
FORBIDDEN = {
    "hx-delete": "what has no meaning without script is not built",
    "hx-put": "what has no meaning without script is not built",
    "hx-patch": "what has no meaning without script is not built",
    "hx-on": "inline script is refused by the policy",
    "hx-boost": "full pages are cheap here",
    "hx-vals": "user text must not reach it",
    "|safe": "data is escaped, always",
    "javascript:": "refused by the policy",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(APP)))
def test_a_template_keeps_the_idioms(path: Path) -> None:
    text = path.read_text("utf-8")
    for word, why in FORBIDDEN.items():
        assert word not in text, f"{path.name}: {word}: {why}"
    for tag, attributes in re.findall(r"<(\w+)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>", text):
        if re.search(r"\shx-(get|post)\s*=", attributes):
            assert tag in {"a", "form", "div", "section"}, f"{path.name}: hx on <{tag}>"
        if re.search(r"\shx-post\s*=", attributes):
            assert tag == "form", f"{path.name}: hx-post outside a form"
            assert 'method="post"' in attributes, f"{path.name}: hx-post without a real form"


def test_every_page_has_a_title_and_a_main_block() -> None:
    for path in TEMPLATES:
        text = path.read_text("utf-8")
        is_page = "{% extends" in text and not {"errors", "typesetting"} & set(path.parts)
        if is_page and "components" not in path.parts:
            assert "{% block title %}" in text or "_base" in path.name, path
