"""For which reasons can a document not be made?"""

from enum import StrEnum

from app.kernel.errors import PortalError


class Fault(StrEnum):
    """Why a job ended without a document."""

    UNKNOWN_TEMPLATE = "unknown-template"
    WRONG_FACTS = "wrong-facts"
    MISSING_GLYPHS = "missing-glyphs"
    TOO_LONG = "too-long"
    TOO_MANY_PAGES = "too-many-pages"
    TABLE_TOO_WIDE = "table-too-wide"
    FOREIGN_ADDRESS = "foreign-address"
    TIMED_OUT = "timed-out"
    WORKER_LOST = "worker-lost"
    FAILED = "failed"


class TypesettingError(PortalError):
    """No document was made. ``fault`` says why; ``details`` lists code points, limits or names."""

    def __init__(self, fault: Fault, *details: str) -> None:
        super().__init__(" ".join((fault, *details)))
        self.fault = fault
        self.details = details
