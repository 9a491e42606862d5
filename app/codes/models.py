"""What do we keep of an entry of a code list?"""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.codes.rules import CodeList
from app.kernel.db import Model, StrEnumType, Versioned, one_of


class CodeEntry(Versioned, Model):
    """One word that may be chosen; renamed and retired, never deleted."""

    __tablename__ = "code_entry"
    __table_args__ = (one_of("list_name", CodeList), UniqueConstraint("list_name", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    list_name: Mapped[CodeList] = mapped_column(StrEnumType(CodeList))
    code: Mapped[str]
    name_zh: Mapped[str]
    name_en: Mapped[str]
    #: Code of the group above in the same list, empty at the top.
    parent_code: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    def name(self, locale: str) -> str:
        """Return the name in a reader's language."""
        return self.name_en if locale == "en" else self.name_zh
