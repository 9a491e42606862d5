"""What is one act of a record's page: its name, who may do it, what it does?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.kernel.identity import Identity

Record = TypeVar("Record")


@dataclass(frozen=True)
class Act(Generic[Record]):
    """One act of a page; ``do`` takes the record, what was typed (a form's fields) and who acts.

    What ``do`` returns is where the work goes on, if it is a record of the same kind.
    """

    name: str
    permission: str
    do: Callable[[Record, Any, Identity], object]
    tone: str = ""
