"""What do we keep of a case, its draft decision and its decision?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, BigInteger, Dialect, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from app.cases import rules
from app.cases.penalties import Item, Party, PartyKind, Row, Totals, is_warning_only, totals
from app.cases.rules import CaseState, ClosingGround, DropGround, Source, StatementKind
from app.enterprises.models import Enterprise
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.units.models import Unit

FEN = Decimal(100)


class Yuan(TypeDecorator[Decimal]):
    """An amount in 元, kept as whole fen: exact on both databases, also when they add it up."""

    impl = BigInteger().with_variant(Integer, "sqlite")
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Turn 元 into fen, refusing a fraction of a fen."""
        if value is None:
            return None
        fen = value * FEN
        if fen != fen.to_integral_value():
            raise ValueError("money is exact to the fen")
        return int(fen)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Return 元 with two decimals."""
        return None if value is None else Decimal(int(value)).scaleb(-2)


class Case(Versioned, Model):
    """One case of one bureau."""

    __tablename__ = "enforcement_case"
    __table_args__ = (
        one_of("state", CaseState),
        one_of("source", Source),
        one_of("statement_kind", StatementKind),
        one_of("drop_ground", DropGround),
        one_of("closing_ground", ClosingGround),
        UniqueConstraint("number"),
        Index("ix_enforcement_case_scope", "unit_path", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    #: 立案号, taken when the filing is approved.
    number: Mapped[str | None]
    title: Mapped[str]
    state: Mapped[CaseState] = mapped_column(StrEnumType(CaseState), default=CaseState.PROPOSED)
    source: Mapped[Source] = mapped_column(StrEnumType(Source))

    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    unit_path: Mapped[str]
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"), index=True)
    #: Whom the case is about, also where no enterprise is on file.
    party_name: Mapped[str]
    product_code: Mapped[str] = mapped_column(default="")
    violation_code: Mapped[str] = mapped_column(default="")
    goods_value: Mapped[Decimal | None] = mapped_column(Yuan)
    summary: Mapped[str]
    task_reference: Mapped[str | None] = mapped_column(index=True)
    tip_reference: Mapped[str | None] = mapped_column(index=True)

    #: 发现线索或者收到材料之日: from here the filing term is counted.
    clue_on: Mapped[date]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    officer_one_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    officer_two_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    filed_on: Mapped[date | None]
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recusal_declared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: When the state last changed: what waits, waits since then.
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    report: Mapped[str] = mapped_column(default="")
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_on: Mapped[date | None]
    review_opinion: Mapped[str] = mapped_column(default="")

    notice_on: Mapped[date | None]
    notice_text: Mapped[str] = mapped_column(default="")
    statement_kind: Mapped[StatementKind | None] = mapped_column(StrEnumType(StatementKind))
    statement_on: Mapped[date | None]
    statement_outcome: Mapped[str] = mapped_column(default="")
    #: When the notice, and then the statement, was last written down: an older draft is outdated.
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    #: Why it was not filed, sent back or dropped; the latest.
    reason: Mapped[str] = mapped_column(default="")
    drop_ground: Mapped[DropGround | None] = mapped_column(StrEnumType(DropGround))
    closing_ground: Mapped[ClosingGround | None] = mapped_column(StrEnumType(ClosingGround))
    ended_on: Mapped[date | None]

    bureau: Mapped[Unit] = relationship()
    enterprise: Mapped[Enterprise | None] = relationship()
    draft: Mapped[DecisionDraft | None] = relationship(back_populates="case")
    decision: Mapped[Decision | None] = relationship(back_populates="case")

    @property
    def officer_ids(self) -> tuple[int, int]:
        """The two officers (令2 art. 22)."""
        return self.officer_one_id, self.officer_two_id

    @property
    def label(self) -> str:
        """How people name the case: its number, or the reference while it has none."""
        return self.number or self.reference

    @property
    def is_open(self) -> bool:
        """Whether anything may still happen to it."""
        return self.state in rules.OPEN


class Ruling:
    """What a decision says (令2 art. 62; the summary's fields of 令45 art. 4)."""

    party_kind: Mapped[PartyKind] = mapped_column(StrEnumType(PartyKind))
    party_name: Mapped[str]
    credit_code: Mapped[str] = mapped_column(default="")
    registration_number: Mapped[str] = mapped_column(default="")
    legal_representative: Mapped[str] = mapped_column(default="")
    party_address: Mapped[str] = mapped_column(default="")
    violation_title: Mapped[str]
    laws_broken: Mapped[str]
    laws_applied: Mapped[str]
    #: [{"kind": …, "text": …, "amount": "5000.00" or null}]
    penalty_items: Mapped[list[Row]] = mapped_column(JSON)
    facts: Mapped[str]
    evidence: Mapped[str]
    statement: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str]
    performance: Mapped[str]
    remedies: Mapped[str]
    text: Mapped[str]

    @property
    def items(self) -> tuple[Item, ...]:
        """The penalty items as the rules know them."""
        return tuple(Item.from_row(row) for row in self.penalty_items)

    @property
    def totals(self) -> Totals:
        """What the items come to."""
        return totals(self.items)

    @property
    def is_warning_only(self) -> bool:
        """Whether the penalty is a warning and nothing else."""
        return is_warning_only(self.items)

    @property
    def party(self) -> Party:
        """Whom the decision is made against."""
        return Party(
            self.party_kind, self.party_name, self.credit_code, self.registration_number,
            self.legal_representative, self.party_address,
        )  # fmt: skip


class DecisionDraft(Ruling, Versioned, Model):
    """The decision while it is written; the text carries places for number and day."""

    __tablename__ = "case_decision_draft"
    __table_args__ = (one_of("party_kind", PartyKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), unique=True)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)

    case: Mapped[Case] = relationship(back_populates="draft")


class Decision(Ruling, Model):
    """The decision as made and served; only the day of service is added later."""

    __tablename__ = "case_decision"
    __table_args__ = (one_of("party_kind", PartyKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), unique=True)
    number: Mapped[str] = mapped_column(unique=True)
    decided_on: Mapped[date] = mapped_column(index=True)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    fine: Mapped[Decimal] = mapped_column(Yuan)
    confiscated_income: Mapped[Decimal] = mapped_column(Yuan)
    confiscated_goods: Mapped[Decimal] = mapped_column(Yuan)
    warning_only: Mapped[bool]
    served_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="decision")
