"""What does an operator find beside a call: drafts, the caller, the firm, doubles, the bureau?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import case, func, select

from app.codes import queries as codes
from app.enterprises import queries as enterprises
from app.enterprises.models import Enterprise
from app.kernel import clock, vault
from app.kernel.db import db
from app.kernel.identity import Identity
from app.tips import duplicates, intake, rules
from app.tips import queries as tips
from app.tips.calls.models import CallDraft, CallRecord
from app.tips.calls.rules import DRAFT_KEPT
from app.tips.duplicates import Candidate
from app.tips.models import Tip
from app.tips.queries import Place, Proposal
from app.tips.rules import TipKind
from app.units import queries as units
from app.units.models import Unit

SEALED_AS = "call_draft"
#: So much is shown beside a call: what a glance can take in.
MOST_ENTERPRISES = 4
MOST_DOUBLES = 3
#: Below these many characters a name or a story finds everything and nothing.
LEAST_NAME = 2
LEAST_FACTS = 6
QUESTIONS = "questions"


# Drafts -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """What was typed and not registered, opened for the operator who typed it."""

    key: str
    began_at: datetime
    saved_at: datetime
    typed: Mapping[str, Sequence[str]]

    @property
    def facts(self) -> str:
        """The first words, by which the operator knows it again."""
        told = " ".join(self.typed.get("facts", ())).strip()
        return told if len(told) <= 30 else told[:29] + "…"


def draft(key: str, who: Identity) -> CallDraft | None:
    """Return a kept draft of this operator's own."""
    query = select(CallDraft).where(CallDraft.key == key, CallDraft.operator_id == who.person_id)
    return db.session.scalar(query)


def opened(key: str, who: Identity) -> Draft | None:
    """Return a draft of this operator's own, unsealed."""
    kept = draft(key, who)
    return _opened(kept) if kept is not None and kept.sealed else None


def drafts_of(who: Identity) -> Sequence[Draft]:
    """Return what this operator typed and did not register, newest first."""
    query = (
        select(CallDraft)
        .where(CallDraft.operator_id == who.person_id, CallDraft.sealed != "")
        .where(CallDraft.saved_at >= clock.now() - DRAFT_KEPT)
        .order_by(CallDraft.saved_at.desc())
    )
    return [_opened(kept) for kept in db.session.scalars(query)]


def _opened(kept: CallDraft) -> Draft:
    typed = json.loads(vault.unseal(kept.sealed, field=SEALED_AS))
    return Draft(kept.key, kept.began_at, kept.saved_at, typed)


def of_tip(reference: str) -> CallRecord | None:
    """Return the call behind a tip."""
    return db.session.get(CallRecord, reference)


# Beside the call --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Earlier:
    """Earlier tips from the number that is calling."""

    tips: Sequence[Tip]
    days_ago: int


@dataclass(frozen=True)
class Firm:
    """An enterprise that may be meant, with what the bureau has about it."""

    enterprise: Enterprise
    open_tips: int


@dataclass(frozen=True)
class Goal:
    """The bureau that a half of the call seems to belong to, with what lies there already."""

    kind: TipKind
    proposal: Proposal
    load: int


@dataclass(frozen=True)
class Beside:
    """All that stands beside the form."""

    earlier: Earlier | None = None
    firms: Sequence[Firm] = ()
    #: The one firm whose very name was typed: then its own panels are shown.
    firm: Firm | None = None
    doubles: Sequence[Candidate] = ()
    goals: Sequence[Goal] = ()
    questions: Sequence[str] = field(default=())


def beside(
    account: intake.Account, phone: str, who: Identity, *, today: date, locale: str
) -> Beside:
    """Return what is known about a call that is being taken down, in the operator's scope."""
    firms = _firms(account.subject_name or account.seller, who)
    known = enterprises.by_name(account.subject_name) if account.subject_name else None
    tells = len(account.facts) >= LEAST_FACTS
    return Beside(
        earlier=_earlier(phone, who, today) if phone else None,
        firms=firms,
        firm=next((firm for firm in firms if known and firm.enterprise.id == known.id), None),
        doubles=duplicates.candidates(account, who, today, MOST_DOUBLES) if tells else (),
        goals=_goals(account, who, today),
        questions=questions(account.product_code, today, locale),
    )


def _earlier(phone: str, who: Identity, today: date) -> Earlier | None:
    found = tips.same_caller(phone, who)
    if not found:
        return None
    return Earlier(found, (today - clock.legal_day(found[0].received_at)).days)


def _firms(typed: str, who: Identity) -> list[Firm]:
    if len(typed.strip()) < LEAST_NAME:
        return []
    found = enterprises.suggestions(typed, limit=MOST_ENTERPRISES)
    counts = _open_tips([enterprise.id for enterprise in found], who)
    return [Firm(enterprise, counts.get(enterprise.id, 0)) for enterprise in found]


def _open_tips(ids: Sequence[int], who: Identity) -> dict[int, int]:
    if not ids:
        return {}
    is_open = func.sum(case((Tip.state.in_(rules.OPEN), 1), else_=0))
    query = select(Tip.enterprise_id, is_open).where(
        Tip.enterprise_id.in_(ids), units.within(Tip.unit_path, who)
    )
    found = db.session.execute(query.group_by(Tip.enterprise_id))
    return {enterprise_id: int(number) for enterprise_id, number in found}


def _goals(account: intake.Account, who: Identity, today: date) -> list[Goal]:
    told = account.subject_address or account.facts
    if not (account.division_code or told):
        return []
    place = Place(account.division_code, told, units.by_id(who.bureau_id).division_code)
    kinds = [kind for kind in TipKind if kind in account.kinds] or [TipKind.REPORT]
    found = []
    for kind in kinds:
        proposal = tips.proposed(place, kind, on=today, demo=intake.has_demo_divisions())
        found.append(Goal(kind, proposal, load_of(proposal.unit) if proposal.unit else 0))
    return found


def load_of(unit: Unit) -> int:
    """Return how many open tips lie at a bureau."""
    query = select(func.count()).where(Tip.unit_path == unit.path, Tip.state.in_(rules.OPEN))
    return db.session.scalar(query) or 0


def questions(product: str, today: date, locale: str) -> list[str]:
    """Return what to ask about a product: its own questions, else those of its group, else of all.

    The code list ``questions`` names the product before ``_q``: ``wire_cable_q1``; ``any_q1``.
    """
    asked: dict[str, list[str]] = {}
    for code, name in codes.choices(QUESTIONS, locale, today):
        asked.setdefault(code.rpartition("_q")[0], []).append(name)
    for each in (*_with_groups(product), "any"):
        if each in asked:
            return asked[each]
    return []


def _with_groups(product: str) -> list[str]:
    above = {entry.code: entry.parent_code for entry in codes.entries("products")}
    found = []
    while product in above:
        found.append(product)
        product = above[product]
    return found
