"""What does a reader see on a page, and is the page sound?

``Page`` parses strictly on load: HTML that a browser would have to repair, a second h1, a doubled
id, a field without label, inline script or style, or an htmx target that is not there fails the
test that opened the page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NS = "{http://www.w3.org/1999/xhtml}"
LABELLED = {"input", "select", "textarea"}
QUIET = {"hidden", "submit", "image", "button"}


class Page:
    """A loaded page with the acts a person could do on it."""

    def __init__(
        self, client: FlaskClient, response: TestResponse, *, fragment: bool = False
    ) -> None:
        self.client = client
        self.response = response
        self.status = response.status_code
        self.url = response.request.path
        self.html = response.get_data(as_text=True)
        self.fragment = fragment
        if "text/html" in response.content_type and self.html.strip():
            self.root = self._parse()
            if not fragment:
                self._check()

    def _parse(self) -> Any:
        parser = html5lib.HTMLParser(strict=not self.fragment, namespaceHTMLElements=True)
        parse = parser.parseFragment if self.fragment else parser.parse
        return parse(self.html)

    # What must hold on every page -------------------------------------------------------------

    def _check(self) -> None:
        headings = list(self.all("h1"))
        assert len(headings) == 1, f"{self.url}: {len(headings)} h1"
        assert words(self.one("title")).strip(), f"{self.url}: empty title"
        assert self.one("html").get("lang"), f"{self.url}: no language"
        ids = [node.get("id") for node in self.root.iter() if node.get("id")]
        assert len(ids) == len(set(ids)), f"{self.url}: doubled ids {doubled(ids)}"
        for node in self.root.iter():
            self._check_node(node, ids)

    def _check_node(self, node: Any, ids: list[str]) -> None:
        tag = local(node)
        assert not node.get("style"), f"{self.url}: inline style on {tag}"
        assert tag != "style", f"{self.url}: style element"
        assert tag != "script" or node.get("src"), f"{self.url}: inline script"
        for name, value in node.items():
            assert not name.startswith(("on", "hx-on")), f"{self.url}: {name} on {tag}"
            if name in {"hx-target", "aria-describedby", "for"} and value.startswith("#"):
                assert value[1:] in ids, f"{self.url}: {name} points to nothing: {value}"
            if name == "for":
                assert value in ids, f"{self.url}: label for nothing: {value}"
        if tag in LABELLED and node.get("type") not in QUIET:
            self._check_label(node)

    def _check_label(self, node: Any) -> None:
        labelled = node.get("aria-label") or node.get("aria-labelledby")
        by_for = any(lab.get("for") == node.get("id") for lab in self.all("label"))
        inside = any(node in list(lab.iter()) for lab in self.all("label"))
        assert labelled or by_for or inside, f"{self.url}: no label for {node.get('name')}"

    # Looking ------------------------------------------------------------------------------------

    def all(self, tag: str, **attributes: str) -> Iterator[Any]:
        """Yield elements of a tag whose attributes equal or (class) contain the given."""
        for node in self.root.iter(NS + tag):
            if all(
                fits(node, name.rstrip("_").replace("_", "-"), v) for name, v in attributes.items()
            ):
                yield node

    def one(self, tag: str, **attributes: str) -> Any:
        """Return the only such element."""
        found = list(self.all(tag, **attributes))
        assert len(found) == 1, f"{self.url}: {len(found)} × {tag} {attributes}"
        return found[0]

    def by_id(self, name: str) -> Any:
        """Return the element of an id."""
        return next(node for node in self.root.iter() if node.get("id") == name)

    @property
    def text(self) -> str:
        """All words of the page, spaces folded."""
        return words(self.root)

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return words(self.one("h1"))

    def errors(self) -> list[str]:
        """Return the sentences at the fields and in the summary."""
        found = [
            words(n) for n in self.root.iter() if "field-error" in (n.get("class") or "").split()
        ]
        summary = [words(n) for n in self.root.iter() if n.get("role") == "alert"]
        return [*found, *summary]

    def links(self) -> dict[str, str]:
        """Return addresses by their words."""
        return {words(node): node.get("href", "") for node in self.all("a")}

    def rows(self, caption: str | None = None) -> list[list[str]]:
        """Return the body rows of the page's tables (of one, by caption)."""
        rows = []
        for table in self.all("table"):
            heads = [words(c) for c in table.iter(NS + "caption")]
            if caption and caption not in heads:
                continue
            for body in table.iter(NS + "tbody"):
                rows += [
                    [words(c) for c in row if local(c) in {"td", "th"}]
                    for row in body.iter(NS + "tr")
                ]
        return rows

    def buttons(self) -> list[str]:
        """Return the words on the page's buttons."""
        return [words(node) for node in self.all("button")]

    # Acting ---------------------------------------------------------------------------------------

    def form(self, button: str) -> Any:
        """Return the form that holds a button, found by its words."""
        for form in self.all("form"):
            for node in form.iter(NS + "button"):
                if button in (words(node), strip_keys(node)):
                    return form
        raise AssertionError(f"{self.url} has no button “{button}”: {self.buttons()}")

    def submit(
        self, button: str, *, htmx: bool = False, follow: bool = True, **fields: Any
    ) -> Page:
        """Fill in and send the form of a button, as a browser would without script."""
        form = self.form(button)
        values = dict_of(form)
        for name, value in fields.items():
            assert name in values or name in names_of(form), f"{self.url}: no field {name}"
            values[name] = value
        pressed = next(n for n in form.iter(NS + "button") if button in (words(n), strip_keys(n)))
        if pressed.get("name"):
            values[pressed.get("name")] = pressed.get("value", "")
        action = pressed.get("formaction") or form.get("action") or self.url
        headers = {"HX-Request": "true"} if htmx else {}
        if form.get("method", "get").lower() == "get":
            return self._open(action, query=values, headers=headers)
        body = {k: v for k, v in values.items() if v is not None and v != []}
        response = self.client.post(
            action, data=body, headers=headers, follow_redirects=follow,
            content_type="multipart/form-data",
        )  # fmt: skip
        return Page(self.client, response, fragment=htmx)

    def click(self, link: str) -> Page:
        """Follow a link, found by its words."""
        return self._open(self.links()[link])

    def _open(self, address: str, query: Any = None, headers: Any = None) -> Page:
        response = self.client.get(
            address, query_string=query, headers=headers, follow_redirects=True
        )
        return Page(self.client, response)


def local(node: Any) -> str:
    """Return a tag without its namespace."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def words(node: Any) -> str:
    """Return the words inside an element, spaces folded."""
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip()


def strip_keys(node: Any) -> str:
    """Return a button's words without the key caps shown on it."""
    keys = "".join("".join(k.itertext()) for k in node.iter(NS + "kbd"))
    return words(node).removesuffix(keys).strip()


def fits(node: Any, name: str, value: str) -> bool:
    """Tell whether an attribute has the wanted value."""
    found = node.get(name) or ""
    return value in found.split() if name == "class" else found == value


def doubled(ids: list[str]) -> set[str]:
    """Return the ids that occur twice."""
    return {name for name in ids if ids.count(name) > 1}


def names_of(form: Any) -> set[str]:
    """Return the names of a form's fields."""
    return {n.get("name") for n in form.iter() if local(n) in LABELLED and n.get("name")}


def dict_of(form: Any) -> dict[str, Any]:
    """Return what a browser would send for an untouched form."""
    values: dict[str, Any] = {}
    for node in form.iter():
        tag, name = local(node), node.get("name")
        if tag not in LABELLED or not name or node.get("disabled") is not None:
            continue
        for value in values_of(node):
            values[name] = value if name not in values else [*as_list(values[name]), value]
    return values


def as_list(value: Any) -> list[Any]:
    """Return a value as a list."""
    return value if isinstance(value, list) else [value]


def values_of(node: Any) -> list[Any]:
    """Return the value or values one field sends."""
    kind = node.get("type", "text")
    if local(node) == "textarea":
        return ["".join(node.itertext()).removeprefix("\n")]
    if local(node) == "select":
        options = list(node.iter(NS + "option"))
        chosen = [o for o in options if o.get("selected") is not None]
        if node.get("multiple") is None and not chosen:
            chosen = options[:1]
        return [o.get("value", words(o)) for o in chosen]
    if kind in {"checkbox", "radio"}:
        return [node.get("value", "on")] if node.get("checked") is not None else []
    if kind == "file":
        return []
    return [node.get("value", "")]


def upload(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """Return a file for a form's file field."""
    return io.BytesIO(content), name


def path_of(address: str) -> str:
    """Return the path of an address."""
    return urlsplit(address).path
