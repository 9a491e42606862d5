"""What do we keep of an inspection task?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.enterprises.models import Enterprise
from app.inspections.rules import TaskKind, TaskState
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.people.models import Person
from app.units.models import Unit


class Task(Versioned, Model):
    """One visit by two officers."""

    __tablename__ = "task"
    __table_args__ = (
        one_of("state", TaskState),
        one_of("kind", TaskKind),
        Index("ix_task_scope", "unit_path", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[TaskKind] = mapped_column(StrEnumType(TaskKind))
    state: Mapped[TaskState] = mapped_column(StrEnumType(TaskState), default=TaskState.ASSIGNED)
    title: Mapped[str]
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    officer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    companion_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_on: Mapped[date]

    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    place_name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    product_code: Mapped[str] = mapped_column(default="")
    what_to_check: Mapped[str] = mapped_column(default="")
    tip_reference: Mapped[str | None] = mapped_column(index=True)
    campaign_reference: Mapped[str | None] = mapped_column(index=True)
    case_reference: Mapped[str | None]

    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    findings: Mapped[str] = mapped_column(default="")
    has_problem: Mapped[bool | None]
    violation_code: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")

    bureau: Mapped[Unit] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    officer: Mapped[Person] = relationship(foreign_keys=[officer_id])
    companion: Mapped[Person] = relationship(foreign_keys=[companion_id])

    @property
    def officer_ids(self) -> frozenset[int]:
        """The two who go."""
        return frozenset({self.officer_id, self.companion_id})
