"""What do we keep of a campaign, its task table and its duties?"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.campaigns.rules import CampaignState, DutyKind
from app.kernel.db import Model, StrEnumType, UtcDateTime, Versioned, one_of
from app.units.models import Unit


class Campaign(Versioned, Model):
    """A special drive, as its document orders it."""

    __tablename__ = "campaign"
    __table_args__ = (one_of("state", CampaignState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    #: The organ that issued the document; it need not be a unit of this installation.
    issuer: Mapped[str]
    issued_on: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    period: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    products: Mapped[list[str]] = mapped_column(JSON, default=list)
    areas: Mapped[str] = mapped_column(default="")
    goals: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[CampaignState] = mapped_column(
        StrEnumType(CampaignState), default=CampaignState.DRAFT
    )
    bureau_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str] = mapped_column(index=True)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)

    bureau: Mapped[Unit] = relationship()
    specials: Mapped[list[Special]] = relationship(
        back_populates="campaign", order_by="Special.position"
    )
    duties: Mapped[list[Duty]] = relationship(back_populates="campaign", order_by="Duty.id")


class Special(Model):
    """One row of the task table (序号、专项名称、主要内容、工作要求、开展时间)."""

    __tablename__ = "campaign_special"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    content: Mapped[str]
    demands: Mapped[str]
    period: Mapped[str]

    campaign: Mapped[Campaign] = relationship(back_populates="specials")


class Duty(Model):
    """Something to be reported, with the rule for when."""

    __tablename__ = "campaign_duty"
    __table_args__ = (one_of("kind", DutyKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    special_id: Mapped[int | None] = mapped_column(ForeignKey("campaign_special.id"))
    deliverable: Mapped[str]
    kind: Mapped[DutyKind] = mapped_column(StrEnumType(DutyKind))
    due_on: Mapped[date | None]
    day: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")

    campaign: Mapped[Campaign] = relationship(back_populates="duties")
    special: Mapped[Special | None] = relationship()
