"""Is the look still one short file, in its own colours, and clean under the strict policy?"""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "app"
STATIC = APP / "static"
CSS = (STATIC / "portal.css").read_text("utf-8")
BUDGET = 40_000
LAYERS = ["reset", "tokens", "base", "layout", "components", "print"]
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
#: Names and functions that would bring in a colour behind the tokens' back.
FOREIGN = re.compile(
    r"\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(|"
    r":[^;{}]*\b(black|white|red|green|blue|gr[ae]y|silver|navy|orange|yellow|purple|maroon)\b"
)
#: Tokens that colour words, and so must be readable on white and on the grey of rails and heads.
INKS = ["ink", "ink-2", "ink-3", "link", "law", "ochre", "green", "navy-700", "navy-900"]
TEMPLATES = sorted(
    path for path in APP.glob("**/templates/**/*.html") if "typesetting" not in path.parts
)


def layer(name: str) -> str:
    """Return the text of one layer's block."""
    start = CSS.index(f"@layer {name} {{")
    end = CSS.find("\n@layer ", start + 1)
    return CSS[start : end if end > 0 else len(CSS)]


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def tokens() -> dict[str, str]:
    """Return the colour tokens as they stand on a screen."""
    screen = layer("tokens").split("@media print")[0]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});", screen))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_stylesheet_keeps_its_budget() -> None:
    size = len(CSS.encode())
    assert size < BUDGET, f"portal.css has {size} bytes; cut something before adding"


def test_the_layers_come_in_their_order() -> None:
    assert f"@layer {', '.join(LAYERS)};" in CSS
    assert re.findall(r"^@layer (\w+) \{", CSS, re.MULTILINE) == LAYERS


def test_no_colour_outside_the_tokens() -> None:
    rest = without_comments(CSS.replace(layer("tokens"), ""))
    assert HEX.findall(rest) == []
    found = FOREIGN.search(re.sub(r"var\(--[a-z0-9-]+\)", "", rest))
    assert found is None, f"{found and found.group()}: name a token instead"


def test_every_token_used_is_defined() -> None:
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", CSS))
    assert used <= set(re.findall(r"(--[a-z0-9-]+):", CSS))


@pytest.mark.parametrize("name", INKS)
def test_words_are_readable_on_every_ground(name: str) -> None:
    grounds = {"white": tokens()["white"], "ground": tokens()["ground"]}
    if name in {"law", "ochre", "green"}:
        grounds["tint"] = tokens()[f"{name}-050"]
    for ground, colour in grounds.items():
        assert contrast(tokens()[name], colour) >= 4.5, f"{name} on {ground}"


def test_words_are_readable_on_the_navy_bar() -> None:
    bar = tokens()["navy-900"]
    assert contrast(tokens()["on-navy-3"], bar) >= 4.5
    assert contrast(tokens()["white"], tokens()["navy-700"]) >= 4.5


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.svg")), ids=lambda p: p.name)
def test_drawings_use_the_same_colours(path: Path) -> None:
    known = {colour.upper() for colour in tokens().values()} | {"#FFF"}
    assert {colour.upper() for colour in HEX.findall(path.read_text("utf-8"))} <= known


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: "/".join(p.parts[-3:]))
def test_templates_are_clean_under_the_strict_policy(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"<[^>]*\sstyle\s*=", text), "a style attribute: add a class to portal.css"
    assert "<style" not in text, "a style element: portal.css is the only stylesheet"
    assert not re.search(r"<script(?![^>]*\ssrc=)", text), "inline script: it belongs in portal.js"
    assert not re.search(r"<[^>]*\s(on[a-z]+|hx-on[:\w-]*)\s*=", text), "an event attribute"
    assert not re.search(r"javascript:|\bjs:", text), "script in an address or a value"
    assert not re.search(r"hx-trigger=\"[^\"]*\[", text), "a trigger filter needs eval"


def vendored() -> list[dict[str, str]]:
    return tomllib.loads((STATIC / "MANIFEST.toml").read_text("utf-8"))["file"]


@pytest.mark.parametrize("entry", vendored(), ids=lambda e: e["path"])
def test_vendored_files_are_what_the_manifest_says(entry: dict[str, str]) -> None:
    content = (STATIC / entry["path"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).exists()
    assert entry["version"] in entry["path"], "the version stands in the file's name"


def test_nothing_is_vendored_without_a_line_in_the_manifest() -> None:
    ours = {"portal.js", "call.js", "marks.js", "numbers.js", "photos.js", "portal.css"}
    scripts = {p.name for p in STATIC.iterdir() if p.suffix in {".js", ".css"}} - ours
    assert scripts == {entry["path"] for entry in vendored()}
