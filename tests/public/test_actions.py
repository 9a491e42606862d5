"""Are doors counted by source, and does a receipt open only for whoever holds it?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.kernel import clock, vault
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.public import actions, queries
from app.public.actions import Receipt
from app.public.models import DoorUse
from app.public.rules import Door

pytestmark = pytest.mark.database


def test_each_source_has_its_own_count(writing: None) -> None:
    one, other = queries.source_digest("192.0.2.1"), queries.source_digest("192.0.2.2")
    assert [actions.knock(Door.REPORT, one) for _ in range(11)] == [True] * 10 + [False]
    assert actions.knock(Door.REPORT, other)
    assert actions.knock(Door.TRACK, one)
    assert not queries.is_open(Door.REPORT, one)


def test_an_hour_later_the_door_is_open_again_and_a_day_later_nothing_is_kept(
    writing: None,
) -> None:
    source = queries.source_digest("192.0.2.1")
    for _ in range(10):
        actions.knock(Door.REPORT, source)
    with clock.frozen(clock.now() + timedelta(minutes=61)):
        assert actions.knock(Door.REPORT, source)
    with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        assert actions.knock(Door.REPORT, source)
        kept = db.session.scalar(select(func.count()).select_from(DoorUse))
        assert kept == 2  # the one of an hour later, and this one


def test_no_address_is_kept(writing: None) -> None:
    actions.knock(Door.REPORT, queries.source_digest("192.0.2.1"))
    row = db.session.scalars(select(DoorUse)).one()
    assert "192.0.2.1" not in row.source_digest
    assert row.source_digest == queries.source_digest("192.0.2.1")


def test_a_receipt_opens_for_its_holder_for_half_an_hour(context: None) -> None:
    sealed = actions.seal_receipt(Receipt("260922-001", "ABCD"))
    assert "260922" not in sealed
    assert actions.open_receipt(sealed) == Receipt("260922-001", "ABCD")
    with clock.frozen(clock.now() + timedelta(minutes=31)), pytest.raises(NotFound):
        actions.open_receipt(sealed)


def test_a_forged_receipt_is_not_found(context: None) -> None:
    sealed = actions.seal_receipt(Receipt("260922-001", "ABCD"))
    other = vault.seal('{"number": "1", "code": "2", "at": "2026-09-22"}', field="another")
    forged = sealed[:-3] + ("AAA" if not sealed.endswith("AAA") else "BBB")
    for wrong in (forged, other, "v1.aes.0.0.0", "nothing", "", "v1.aes." + "." * 3):
        with pytest.raises(NotFound):
            actions.open_receipt(wrong)


def test_the_square_code_is_drawn_without_a_library_of_pictures(context: None) -> None:
    assert b"<svg" in actions.drawn("https://example.test/verify?code=X")
