"""How is a page answered: whole, or only the blocks that htmx asked for?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, g, make_response, render_template, request
from jinja2_fragments.flask import render_blocks


def init_app(app: Flask) -> None:
    """Let acts lead to other pages; registered before the transaction, so that it runs after."""
    app.after_request(lead_on)


def lead_on(response: Response) -> Response:
    """Send a fragment request whose act led to another page there: a part cannot become a page.

    Followed by the browser alone, the redirect would put the other page's block into this page,
    under this page's address and heading.
    """
    here = urlsplit(request.headers.get("HX-Current-URL", "")).path
    goal = response.headers.get("Location", "")
    if response.status_code == 303 and wants_fragment() and here not in {"", urlsplit(goal).path}:
        response.status_code = 204
        response.set_data(b"")
        response.headers["HX-Redirect"] = goal
        del response.headers["Location"]
    return response


def wants_fragment() -> bool:
    """Tell whether htmx asks for a part; a history restore always gets the whole page."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render_page(template: str, *blocks: str, status: int = 200, **context: Any) -> Response:
    """Render a page, or only ``blocks`` of the same template for a fragment request."""
    if blocks and wants_fragment():
        body = render_blocks(template, list(blocks), **context)
    else:
        body = render_template(template, **context)
    return make_response(body, status)


def public_root() -> str:
    """Return where readers find this site: the address that was set, else the one asked."""
    return str(current_app.config["SETTINGS"].public_url or request.url_root).rstrip("/")


def verify_root() -> str:
    """Return where readers verify a file of ours, as its square code names it."""
    return f"{public_root()}/verify"


def about(kind: str, reference: str, address: str) -> None:
    """Note which record this request is about, so that a conflict page can show its trail."""
    g.subject = (kind, reference, address)


def page_number() -> int:
    """Return the page asked for: 1 to 500, whatever the address says."""
    raw = request.args.get("page", "1")
    return min(max(int(raw), 1), 500) if raw.isascii() and raw.isdigit() and len(raw) < 6 else 1


class Pagination:
    """One page of a list and the addresses of the others; the address is the filter."""

    def __init__(self, *, number: int, per_page: int, total: int) -> None:
        """Take the page shown, its size and how many rows there are in all."""
        self.number = number
        self.per_page = per_page
        self.total = total
        self.pages = max(1, -(-total // per_page))

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 when there is none."""
        return min((self.number - 1) * self.per_page + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.number * self.per_page, self.total)

    def url(self, number: int) -> str:
        """Return the address of another page with the same filters."""
        # Not url_for: it would take a visitor's "_scheme" or "_external" as its own.
        args = {**request.args.to_dict(flat=False), "page": [str(number)]}
        return f"{request.script_root}{request.path}?{urlencode(args, doseq=True)}"
