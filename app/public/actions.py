"""What do visitors do: knock at a door, take a receipt away, bring a file to compare?"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from sqlalchemy import delete

from app.kernel import clock, storage, vault
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.public import queries, rules
from app.public.models import DoorUse
from app.public.rules import Door
from app.tips import repeats
from app.tips.intake import Account, Caller

_SEALED = "public.receipt"
_TICKET = "public.ticket"


def knock(door: Door, source: str) -> bool:
    """Count one use of a door; False when the source used it up for this hour."""
    if not queries.is_open(door, source):
        return False
    at = clock.now()
    db.session.execute(delete(DoorUse).where(DoorUse.at < at - rules.KEPT))
    db.session.add(DoorUse(door=door, source_digest=source, at=at))
    db.session.flush()
    return True


def keep_count() -> None:
    """Keep a counted use although the answer may be a refusal."""
    db.session.commit()


@dataclass(frozen=True)
class Receipt:
    """What a reporter takes away."""

    number: str
    code: str


def take_in(account: Account, caller: Caller, files: Sequence[storage.Stored]) -> str:
    """Take a report in and return its sealed receipt."""
    given = repeats.take_in(account, caller, files)
    return seal_receipt(Receipt(given.number, given.code))


def seal_receipt(receipt: Receipt) -> str:
    """Return a receipt as the address of its page carries it: unreadable without our key."""
    given = {"number": receipt.number, "code": receipt.code, "at": clock.now().isoformat()}
    return vault.seal(json.dumps(given), field=_SEALED)


def open_receipt(sealed: str) -> Receipt:
    """Return a sealed receipt within its half hour, or refuse (404)."""
    given = _opened(sealed, _SEALED)
    return Receipt(given["number"], given["code"])


def seal_ticket(number: str) -> str:
    """Return what lets whoever has shown the query code write about a call, for half an hour."""
    given = {"number": number, "at": clock.now().isoformat()}
    return vault.seal(json.dumps(given), field=_TICKET)


def open_ticket(sealed: str) -> str:
    """Return the number a ticket is for, within its half hour, or refuse (404)."""
    given = _opened(sealed, _TICKET)
    return str(given["number"])


def _opened(sealed: str, field: str) -> dict[str, str]:
    try:
        given: dict[str, str] = json.loads(vault.unseal(sealed, field=field))
    except ValueError as fault:
        raise NotFound from fault
    if not rules.is_shown(datetime.fromisoformat(given["at"]), clock.now()):
        raise NotFound
    return given


def drawn(address: str) -> bytes:
    """Draw an address as a QR code of level M, in plain SVG."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=0, scale=4, dark="#0E2340", light=None)
    return out.getvalue()
