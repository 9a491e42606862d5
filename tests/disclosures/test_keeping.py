"""What may stay in the open, and on which ground?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.disclosures import drafting, rules
from app.disclosures.rules import (
    KeepGround,
    Ruling,
)
from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.redaction import Kind, Source
from tests.support.make import disclosures as make
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Who = Callable[..., Identity]
NEVER: frozenset[KeepGround] = frozenset()


@pytest.mark.parametrize(
    ("kind", "source", "of_person", "allowed"),
    [
        (Kind.RESIDENT_ID, Source.CHECKED, False, NEVER),
        (Kind.RESIDENT_ID, Source.PATTERN, False, {KeepGround.NOT_AN_IDENTIFIER}),
        (Kind.MOBILE, Source.LABELLED, False, NEVER),
        (Kind.BANK_CARD, Source.KNOWN, False, NEVER),
        (Kind.ADDRESS, Source.KNOWN, False, {KeepGround.UNIT_ADDRESS}),
        (Kind.ADDRESS, Source.KNOWN, True, {KeepGround.OWN_PREMISES}),
        (Kind.ADDRESS, Source.PATTERN, True,
         {KeepGround.OWN_PREMISES, KeepGround.NOT_AN_IDENTIFIER}),
        (Kind.ADDRESS, Source.QUESTION, False,
         {KeepGround.UNIT_ADDRESS, KeepGround.NOT_AN_IDENTIFIER}),
        (Kind.LANDLINE, Source.LABELLED, False, {KeepGround.UNIT_CONTACT}),
        (Kind.PERSON, Source.KNOWN, False, None),
    ],
)  # fmt: skip
def test_a_private_identifier_stays_on_a_ground_of_the_list_or_never(
    kind: Kind, source: Source, of_person: object, allowed: object
) -> None:
    assert rules.keep_grounds(kind, source, of_person=bool(of_person)) == allowed


def test_a_proven_identity_number_is_never_kept(writing: None, identity: Who) -> None:
    draft = make.private_draft()
    proven = next(mark for mark in draft.marks if mark.kind == Kind.RESIDENT_ID)
    with pytest.raises(Refused, match="mark_never_kept"):
        drafting.rule_on(
            draft, {proven.id: (Ruling.KEPT, "样例：任何理由")}, by=identity("qs.publisher"),
            grounds={proven.id: KeepGround.NOT_AN_IDENTIFIER},
        )  # fmt: skip


def test_the_page_offers_no_way_to_keep_it(app: Flask, open_page: Open) -> None:
    with app.app_context():
        with unit_of_work():
            draft = make.private_draft()
            reference = draft.reference
            proven = next(mark.id for mark in draft.marks if mark.kind == Kind.RESIDENT_ID)
        db.session.remove()
    page = open_page(f"/publicity/{reference}", "qs.publisher")
    offered = {n.get("value") for n in page.all("input", name=f"ruling_{proven}")}
    assert offered == {"hidden", "open"}
