"""What does a stranger see who starts the portal for the first time? A province at work.

Everything is invented and marked so; every record was made by the slices' own acts, in the order
of the calendar, each by somebody who may.
"""

from __future__ import annotations

from app.demo.cast import PASSWORD, Guide
from app.demo.cast import guides as accounts
from app.demo.loading import NotEmpty, load

__all__ = ["PASSWORD", "Guide", "NotEmpty", "accounts", "load"]
