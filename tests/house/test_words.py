"""Does everything the reader sees exist in both languages, once and completely?"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask

from app.kernel import audit
from app.slices import STAFF
from app.web import words

APP = Path(__file__).resolve().parents[2] / "app"
SLICES = sorted(p.parent.name for p in APP.glob("*/__init__.py"))
KEYWORDS = {
    "_": None, "_l": None, "_p": ((1, "c"), 2), "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "N_": None,
}  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACES = re.compile(r"%\((\w+)\)")


def catalogue(name: str) -> Catalog:
    path = APP / name / "translations/en/LC_MESSAGES/messages.po"
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as source:
        return read_po(source, locale="en")


def asked(name: str) -> set[str]:
    """Return every string a slice's code and templates ask a translation for."""
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    found = extract_from_dir(str(APP / name), methods, keywords=KEYWORDS)
    return {first(m[2]) for m in found}


@pytest.mark.parametrize("name", SLICES)
def test_every_string_of_a_slice_is_in_its_english_catalogue(name: str) -> None:
    known = {
        (m.id if isinstance(m.id, str) else m.id[0]): m.string for m in catalogue(name) if m.id
    }
    missing = sorted(s for s in asked(name) if not known.get(s))
    assert not missing, f"translate in app/{name}/translations: {missing}"


@pytest.mark.parametrize("name", SLICES)
def test_no_translation_outlives_its_string(name: str) -> None:
    strings = asked(name)
    stale = [m.id for m in catalogue(name) if m.id and first(m.id) not in strings]
    assert not stale, f"remove from app/{name}/translations: {stale}"


@pytest.mark.parametrize("name", SLICES)
def test_a_translation_keeps_the_places_and_is_english(name: str) -> None:
    for message in catalogue(name):
        if not message.id:
            continue
        for string in [message.string] if isinstance(message.string, str) else message.string:
            if isinstance(message.id, str):
                assert set(PLACES.findall(string)) == set(PLACES.findall(message.id)), message.id


def test_a_string_has_one_translation_in_the_whole_house() -> None:
    """The catalogues are read as one: of two translations, chance would choose."""
    found: dict[object, dict[object, str]] = {}
    for name in SLICES:
        for message in catalogue(name):
            if message.id:
                key = message.context, first(message.id)
                found.setdefault(key, {}).setdefault(message.string, name)
    assert {key: said for key, said in found.items() if len(said) > 1} == {}


def first(message_id: object) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]  # type: ignore[index]


def test_no_chinese_in_templates_outside_translations() -> None:
    comment = re.compile(r"\{#.*?#\}", re.DOTALL)
    call = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
    faults = []
    for path in sorted(APP.glob("**/templates/**/*.html")):
        if path.name == "patterns.html" or "typesetting" in path.parts:
            continue
        bare = call.sub("", comment.sub("", path.read_text("utf-8")))
        faults += [
            f"{path.name}: {line.strip()}" for line in bare.splitlines() if CHINESE.search(line)
        ]
    assert not faults, faults


@pytest.mark.database
def test_every_refusal_and_event_has_its_words(app: Flask) -> None:
    for name in STAFF:
        if (APP / name / "labels.py").exists():
            import_module(f"app.{name}.labels")
    refusals, events, _permissions = words.known()
    declared = {name for name in audit.declared() if not name.startswith("test.")}
    assert not declared - set(events), "audit events without words"
    raised = set()
    for path in APP.glob("**/*.py"):
        raised |= set(re.findall(r'Refused\(\s*"(\w+)"', path.read_text("utf-8")))
    assert not raised - set(refusals), "refusals without words"
