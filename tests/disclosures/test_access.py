"""Who may do what on the pages of disclosures, and who does not even find them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.disclosures import actions, queries
from app.disclosures.rules import DisclosureState
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
S = DisclosureState
ACTS = {
    # act: (state, who may, what is sent, who may not)
    "submit": (S.DRAFTING, "qs.publisher", {}, "qs.reviewer"),
    "hide-certain": (S.DRAFTING, "qs.publisher", {}, "qs.reviewer"),
    "return": (S.SUBMITTED, "qs.reviewer", {"reason": "样例"}, "qs.unit_leader"),
    "revoke": (S.APPROVED, "qs.reviewer", {"reason": "样例"}, "qs.unit_leader"),
    "decline": (
        S.SUBMITTED, "qs.unit_leader", {"reason": "样例", "ground": "secret"}, "qs.publisher",
    ),
    "withdraw": (
        S.PUBLISHED, "qs.unit_leader",
        {"reason": "样例", "ground": "revoked", "overturned_on": "2026-09-22"}, "qs.publisher",
    ),
    "correct": (S.PUBLISHED, "qs.publisher", {"reason": "样例"}, "qs.reviewer"),
    "overturn": (
        S.PUBLISHED, "qs.case_officer", {"ground": "revoked", "overturned_on": "2026-09-22"},
        "qs.supervisor",
    ),
    "drop": (S.DRAFTING, "qs.publisher", {"reason": "样例"}, "qs.reviewer"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_refused_to_the_wrong_role_and_the_wrong_county(
    sign_in: Any, made: Any, act: str
) -> None:
    state, may, sent, may_not = ACTS[act]
    reference = made(state)
    address = f"/publicity/{reference}/{act}"
    assert sign_in(may_not).post(address, data=sent).status_code == 403
    assert sign_in(may.replace("qs", "bs")).post(address, data=sent).status_code == 404
    superior = sign_in(may.replace("qs", "cz")).post(address, data=sent)
    assert superior.status_code == 403
    answer = sign_in(may).post(address, data=sent)
    # An undecided draft is not submitted, and a first version is not dropped.
    assert answer.status_code == (422 if act in {"submit", "drop"} else 303)


@pytest.mark.parametrize(
    ("address", "account"),
    [
        ("/publicity/{0}/approve", "qs.unit_leader"),
        ("/publicity/{0}/retry", "qs.unit_leader"),
        ("/publicity/{0}/marks", "qs.reviewer"),
        ("/publicity/{0}/mark", "qs.reviewer"),
        ("/publicity/{0}/summary", "qs.reviewer"),
    ],
)
def test_the_other_doors_are_shut_too(sign_in: Any, made: Any, address: str, account: str) -> None:
    reference = made(S.SUBMITTED)
    assert sign_in(account).post(address.format(reference)).status_code == 403
    wrong = {"qs.unit_leader": "bs.reviewer", "qs.reviewer": "bs.publisher"}[account]
    assert sign_in(wrong).post(address.format(reference)).status_code == 404


def test_a_case_is_opened_and_declined_by_its_own_bureau_only(sign_in: Any, decided: Any) -> None:
    case = decided()
    start, decline = f"/publicity/cases/{case}/start", f"/publicity/cases/{case}/decline"
    assert sign_in("qs.reviewer").post(start).status_code == 403
    assert sign_in("bs.publisher").post(start).status_code == 404
    assert sign_in("cz.publisher").post(start).status_code == 403
    assert sign_in("qs.publisher").get(decline).status_code == 403
    assert sign_in("bs.unit_leader").get(decline).status_code == 404


def test_the_drafter_is_refused_by_name_on_the_page(sign_in: Any, app: Flask, made: Any) -> None:
    reference = made(S.SUBMITTED)
    with app.app_context():
        seen = actions.content_hash(queries.any_by_reference(reference))
    client = sign_in("qs.publisher")
    answer = client.post(f"/publicity/{reference}/approve", data={"content": seen})
    assert answer.status_code == 422
    assert "不能是同一人" in answer.get_data(as_text=True)


def test_pages_are_not_for_outsiders(open_page: Open, made: Any, sign_in: Any) -> None:
    reference = made(S.SUBMITTED)
    assert sign_in("bs.publisher").get(f"/publicity/{reference}").status_code == 404
    assert sign_in("qs.operator").get("/publicity/").status_code == 403
    assert open_page(f"/publicity/{reference}", "cz.auditor").status == 200
    assert open_page(f"/publicity/{reference}").heading.startswith("登录")
