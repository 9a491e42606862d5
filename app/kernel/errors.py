"""In which four ways may an act be refused?"""

from __future__ import annotations


class PortalError(Exception):
    """A refusal that a person will read; sentences are made by templates, never here."""


class NotAllowed(PortalError):
    """The person lacks the permission for this act (403)."""

    def __init__(self, permission: str) -> None:
        """Name the permission that was missing."""
        super().__init__(permission)
        self.permission = permission


class NotFound(PortalError):
    """There is no such record, or it is outside the viewer's scope (404)."""


class IllegalTransition(PortalError):
    """The record's present state does not know this act (409)."""

    def __init__(self, state: str, action: str) -> None:
        """Name the state the record is in and the act that was tried."""
        super().__init__(f"{state} -> {action}")
        self.state = state
        self.action = action


class Stale(PortalError):
    """Somebody changed the record since the page was read (409)."""


class Refused(PortalError):
    """A rule says no (422); ``code`` is a slug that labels turn into a sentence."""

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        """Name the rule, the form field it speaks of, and facts for the sentence."""
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts = facts
