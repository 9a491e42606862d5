"""How is the record that a request is about found and guarded, and how does one come back to it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Response, redirect, url_for

from app.kernel.identity import Identity
from app.web.access import opened_for, signed_in
from app.web.pages import about

Record = TypeVar("Record")


@dataclass(frozen=True)
class Subject(Generic[Record]):
    """A kind of record that requests are about, and the page of one, at its ``reference``."""

    kind: str
    endpoint: str
    #: Returns the record in the viewer's scope, or refuses (404).
    find: Callable[[str, Identity], Record]

    def load(self, reference: str) -> Record:
        """Return the record; refuse (403) who may not do to this very one what was asked."""
        found = self.find(reference, signed_in())
        about(self.kind, reference, url_for(self.endpoint, reference=reference))
        opened_for(found)
        return found

    def done(self, record: Any) -> Response:
        """Send the browser back to the record's page."""
        return redirect(url_for(self.endpoint, reference=record.reference), 303)  # type: ignore[return-value]
