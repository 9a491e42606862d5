"""Was this very content sent in before? Then it is counted there and handled once.

Each sending still has a record, a number and a query code of its own, so that an answer tells
nobody whether somebody else wrote the same.  Two people's disputes stay two (令121 art. 12); what
one and the same person sends again, or somebody anonymous repeats word for word, is joined to the
first while that one is open (art. 35).
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.rules import Outcome
from app.kernel import audit, clock, storage, vault
from app.kernel.db import db
from app.tips import intake
from app.tips.intake import Account, Caller, Receipt
from app.tips.models import Reporter, Tip, TipContent
from app.tips.rules import OPEN, WORKFLOW, Channel, Standing, TipAction, TipKind, TipState
from app.tips.triage.actions import MERGED, TOOK_IN
from app.tips.triage.rules import MergeBasis


def take_in(account: Account, caller: Caller, files: Sequence[storage.Stored]) -> Receipt:
    """Take a visitor's tip in; the very same as an open one is joined to it."""
    receipt = intake.receive(account, caller, channel=Channel.WEB, files=files)
    for tip in receipt.tips:
        digest = _digest(account, tip.kind)
        first = _first(digest, tip, caller)
        if first is None:
            db.session.add(TipContent(tip_id=tip.id, digest=digest))
        else:
            _join(tip, first, caller)
    db.session.flush()
    return receipt


def _digest(account: Account, kind: TipKind) -> str:
    """Return the keyed digest of what was told, spaces and letter case apart."""
    told = (
        kind, account.facts, account.subject_name, account.subject_address, account.division_code,
        account.brand_model, account.bought_on, account.amount, sorted(account.wishes),
    )  # fmt: skip
    return vault.blind_index(repr([str(part) for part in told]), field="tip.content")


def _first(digest: str, tip: Tip, caller: Caller) -> Tip | None:
    """Return the open tip that says the same and may stand for this one too."""
    query = (
        select(Tip)
        .join(TipContent, TipContent.tip_id == Tip.id)
        .join(Reporter, Reporter.id == Tip.reporter_id)
        .where(TipContent.digest == digest, Tip.state.in_(OPEN), Tip.id != tip.id)
        .order_by(Tip.id)
        .limit(1)
    )
    if tip.kind is TipKind.COMPLAINT or caller.standing is not Standing.ANONYMOUS:
        if not caller.phone:
            return None
        own = vault.blind_index(caller.phone, field="phone")
        query = query.where(Reporter.phone_index == own)
    return db.session.scalars(query).first()


def _join(tip: Tip, first: Tip, caller: Caller) -> None:
    step = WORKFLOW.step(tip.state, TipAction.MERGE)
    tip.state, tip.merged_into = TipState(step.target), first.reference
    today = clock.today()
    for running in clock_queries.clocks_of("tip", tip.reference):
        clocks.stop(running, met_on=today, by=None, outcome=Outcome.WITHDRAWN)
    is_anonymous = caller.standing is Standing.ANONYMOUS
    basis = (MergeBasis.SAME_MATTER if is_anonymous else MergeBasis.REPEAT).value
    audit.record(MERGED, "tip", tip.reference, by=None, into=first.reference, basis=basis)
    audit.record(TOOK_IN, "tip", first.reference, by=None, other=tip.reference, basis=basis)
