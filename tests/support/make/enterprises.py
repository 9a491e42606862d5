"""Invented enterprises for tests."""

from __future__ import annotations

from typing import Any

from app.enterprises import actions
from app.enterprises.models import Enterprise
from app.enterprises.rules import EnterpriseKind, Particulars
from app.kernel.identifiers import credit_check, organisation_check
from app.kernel.identity import Identity


def credit_code(serial: int, *, division: str = "990121", sole_trader: bool = False) -> str:
    """Return a credit code that passes its checks and belongs to nobody."""
    organisation = f"MA{serial:06d}"
    body = (
        f"{'92' if sole_trader else '91'}{division}{organisation}{organisation_check(organisation)}"
    )
    return body + credit_check(body)


def enterprise(by: Identity, name: str = "测试线缆有限公司", **particulars: Any) -> Enterprise:
    """Enter an enterprise of 青石县 into the register, inside the test's write transaction."""
    given = {"kind": EnterpriseKind.UNIT, "division_code": "990121", **particulars}
    return actions.register(Particulars(name=name, **given), by=by)
