"""How does a tip enter the house? The one thing the public may do, and the operator's first act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.clocks import actions as clocks
from app.enterprises import queries as enterprises
from app.kernel import audit, clock, divisions, storage, vault
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.kernel.query_codes import new_code
from app.tips import duplicates, rules
from app.tips.models import Reporter, Tip
from app.tips.rules import Channel, IdKind, Standing, TipKind, Wish
from app.units import queries as units
from app.units.models import Unit
from app.units.rules import UnitLevel

RECEIVED = audit.declare("tip.received", "channel", "tip_kind")
#: What a tip keeps just as it was told.
COPIED = (
    "facts", "subject_name", "subject_address", "subject_contact", "subject_phone",
    "division_code", "seller", "product_code", "violation_code", "brand_model", "batch",
    "bought_on", "amount", "is_dangerous", "is_for_trade",
)  # fmt: skip


@dataclass(frozen=True)
class Caller:
    """Who reports; kept sealed, apart from the tip."""

    standing: Standing
    name: str = ""
    phone: str = ""
    address: str = ""
    id_kind: IdKind | None = None
    id_number: str = ""
    principal: str = ""


@dataclass(frozen=True)
class Account:
    """What was told, and about whom."""

    kinds: frozenset[TipKind]
    facts: str
    subject_name: str = ""
    subject_address: str = ""
    subject_contact: str = ""
    subject_phone: str = ""
    division_code: str = ""
    seller: str = ""
    product_code: str = ""
    violation_code: str = ""
    brand_model: str = ""
    batch: str = ""
    bought_on: date | None = None
    amount: Decimal | None = None
    wishes: frozenset[Wish] = frozenset()
    is_dangerous: bool = False
    is_for_trade: bool = False
    may_publish: bool = False
    may_entrust: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes away; the code is shown once and kept only as a keyed hash."""

    tips: Sequence[Tip]
    code: str

    @property
    def number(self) -> str:
        """The number that is read to the caller first."""
        return self.tips[0].reference


def receive(
    account: Account,
    caller: Caller,
    *,
    channel: Channel,
    by: Identity | None = None,
    files: Sequence[storage.Stored] = (),
) -> Receipt:
    """Take a tip in: one record, or two linked ones when a call is both (令121 art. 9)."""
    if by is not None:
        require(by, "tip:register")
    today = clock.today()
    rules.check_contents(_told(account, caller), today=today)
    code = new_code()
    reporter = _reporter(caller, code)
    bureau = units.by_id(by.bureau_id) if by else _public_desk(account)
    kinds = [kind for kind in TipKind if kind in account.kinds]
    tips = [_tip(account, kind, reporter, bureau, channel=channel, by=by) for kind in kinds]
    if len(tips) == 2:
        tips[0].twin_reference, tips[1].twin_reference = tips[1].reference, tips[0].reference
    for tip in tips:
        for file in files:
            storage.attach("tip", tip.reference, file, by_id=by.person_id if by else None)
        clocks.start("tip", tip.reference, rules.clock_of(tip.kind), today, by=by, is_main=True)
        audit.record(
            RECEIVED, "tip", tip.reference, by=by,
            channel=channel.value, tip_kind=tip.kind.value,
        )  # fmt: skip
    return Receipt(tips, code)


def faults(account: Account, caller: Caller, *, today: date) -> Iterator[Refused]:
    """Yield everything that what was told lacks on a day."""
    return rules.faults_of(_told(account, caller), today=today)


def _told(account: Account, caller: Caller) -> rules.Told:
    return rules.Told(
        kinds=account.kinds,
        standing=caller.standing,
        name=caller.name,
        phone=caller.phone,
        facts=account.facts,
        subject=account.subject_name or account.seller,
        address=account.subject_address,
        wishes=account.wishes,
        bought_on=account.bought_on,
    )


def _reporter(caller: Caller, code: str) -> Reporter:
    reporter = sealed_reporter(caller, code)
    db.session.add(reporter)
    db.session.flush()
    return reporter


def sealed_reporter(caller: Caller, code: str) -> Reporter:
    """Return a reporter with every field sealed."""

    def sealed(name: str, value: str) -> str | None:
        return vault.seal(value, field=f"reporter.{name}") if value else None

    return Reporter(
        standing=caller.standing,
        name_sealed=sealed("name", caller.name),
        phone_sealed=sealed("phone", caller.phone),
        address_sealed=sealed("address", caller.address),
        id_kind=caller.id_kind if caller.id_number else None,
        id_number_sealed=sealed("id_number", caller.id_number),
        principal_sealed=sealed("principal", caller.principal),
        phone_index=vault.blind_index(caller.phone, field="phone") if caller.phone else None,
        code_index=vault.blind_index(code, field="code"),
    )


def _tip(
    account: Account,
    kind: TipKind,
    reporter: Reporter,
    bureau: Unit,
    *,
    channel: Channel,
    by: Identity | None,
) -> Tip:
    at = clock.now()
    known = enterprises.by_name(account.subject_name) if account.subject_name else None
    placed = replace(
        account, division_code=account.division_code or _division(account.subject_address, bureau)
    )
    tip = Tip(
        reference=new_reference(clock.legal_day(at)),
        channel=channel,
        received_at=at,
        received_by_id=by.person_id if by else None,
        bureau_id=bureau.id,
        unit_path=bureau.path,
        enterprise_id=known.id if known else None,
        reporter_id=reporter.id,
        **told_columns(placed, kind),
    )
    db.session.add(tip)
    db.session.flush()
    duplicates.add(tip)
    return tip


def told_columns(account: Account, kind: TipKind) -> dict[str, Any]:
    """Return what a record of one kind keeps of an account."""
    is_complaint = kind is TipKind.COMPLAINT
    return {
        **{name: getattr(account, name) for name in COPIED},
        "kind": kind,
        "wishes": sorted(w.value for w in account.wishes) if is_complaint else [],
        "may_publish": account.may_publish and is_complaint,
        "may_entrust": account.may_entrust and is_complaint,
    }


def new_reference(day: date) -> str:
    """Return the next number of a day: ``260922-001``."""
    scope = f"{day:%y%m%d}"
    return reference_of(scope, next_number("tip", scope))


def reference_of(scope: str, number: int) -> str:
    """Return a number of a day as it is written."""
    return f"{scope}-{number:03d}"


def _division(address: str, bureau: Unit) -> str:
    return division_of(address, bureau, demo=has_demo_divisions())


def division_of(address: str, bureau: Unit, *, demo: bool) -> str:
    """Return the division that the address names beyond doubt, else nothing."""
    found = divisions.resolve(address, within=bureau.division_code, demo=demo)
    return found.code or "" if found.status in {"resolved", "historical"} else ""


def has_demo_divisions() -> bool:
    """Tell whether the fictional province of the demo data is in use."""
    return bool(units.top().division_code.startswith("99"))


def _public_desk(account: Account) -> Unit:
    """Return the city's bureau for a public tip whose place is known, else the topmost bureau."""
    top = units.top()
    code = account.division_code or _division(account.subject_address, top)
    return desk_of(code, top)


def desk_of(code: str, top: Unit) -> Unit:
    """Return the city's bureau of a division, else the topmost one."""
    city = units.competent(code, clock.today(), level=UnitLevel.CITY) if code else None
    return city or top
