"""Who may do what on the pages of cases, and who does not even find them?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app.cases.rules import CaseState
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
Made = Callable[..., str]
S = CaseState
#: state, button, fields, who may, who is refused (403), who does not find it (404).
ACTS = [
    (S.PROPOSED, "file", {}, "qs.unit_leader"),
    (S.PROPOSED, "decline", {"reason": "样例"}, "qs.unit_leader"),
    (S.FILED, "begin", {"no_ground_for_recusal": "y"}, "qs.case_officer"),
    (S.INVESTIGATING, "submit", {"report": "样例"}, "qs.case_officer"),
    (S.REVIEWING, "pass", {"opinion": "样例"}, "qs.reviewer"),
    (S.REVIEWING, "return", {"reason": "样例"}, "qs.reviewer"),
    (S.REVIEWED, "inform", {"served_on": "2026-09-22", "notice": "样例"}, "qs.case_officer"),
    (S.INFORMED, "note-statement", {"kind": "waived", "on": "2026-09-22"}, "qs.case_officer"),
    (S.DECIDED, "serve", {"served_on": "2026-09-22"}, "qs.case_officer"),
    (S.FILED, "drop", {"ground": "no_penalty", "reason": "样例"}, "qs.unit_leader"),
    (
        S.INVESTIGATING, "stay",
        {"ground": "inspection", "on": "2026-09-22", "reason": "送检"}, "qs.case_officer",
    ),
    (S.INVESTIGATING, "extend", {"reason": "案情复杂"}, "qs.unit_leader"),
]  # fmt: skip


def post(client: FlaskClient, address: str, fields: dict[str, str]) -> int:
    return client.post(address, data=fields).status_code


@pytest.mark.parametrize(("state", "act", "fields", "able"), ACTS)
def test_every_act_has_its_people_and_its_county(
    sign_in: Callable[..., FlaskClient], made: Made, state: CaseState, act: str,
    fields: dict[str, str], able: str,
) -> None:  # fmt: skip
    address = f"/cases/{made(state)}/{act}"
    for account in ("qs.inspector", "qs.publisher", "cz.supervisor", "cz.unit_leader"):
        assert post(sign_in(account), address, fields) == 403, account
    for place in ("bs", "dl"):
        stranger = f"{place}.{able.partition('.')[2]}"
        assert post(sign_in(stranger), address, fields) == 404, stranger
    assert post(sign_in(able), address, fields) == 303


def test_closing_and_deciding_have_their_people_too(
    sign_in: Callable[..., FlaskClient], made: Made
) -> None:
    served = f"/cases/{made(S.DECIDED, served=True)}/close"
    fields = {"ground": "performed", "arisen_on": "2026-09-22"}
    assert post(sign_in("qs.case_officer"), served, fields) == 403
    assert post(sign_in("bs.unit_leader"), served, fields) == 404
    assert post(sign_in("qs.unit_leader"), served, fields) == 303
    ready = f"/cases/{made(S.INFORMED)}/decide"
    assert post(sign_in("qs.case_officer"), ready, {"decided_on": "2026-09-22"}) == 403
    assert post(sign_in("bs.unit_leader"), ready, {"decided_on": "2026-09-22"}) == 404
    assert post(sign_in("qs.unit_leader"), ready, {"decided_on": "2026-09-22"}) == 422  # no draft


@pytest.mark.parametrize("path", ["", "/text", "/decision"])
def test_the_neighbouring_county_finds_no_page_of_the_case(
    open_page: Open, made: Made, path: str
) -> None:
    address = f"/cases/{made(S.DECIDED)}{path}"
    assert open_page(address, "bs.case_officer").status == 404


def test_a_superior_reads_but_does_not_act(open_page: Open, made: Made) -> None:
    page = open_page(f"/cases/{made(S.PROPOSED)}", "cz.unit_leader")
    assert page.status == 200
    assert not [word for word in page.buttons() if word.startswith("确认")]


@pytest.mark.parametrize("account", ["qs.operator", "qs.drafter", "lj.system_administrator"])
def test_who_has_no_business_with_cases_sees_none(open_page: Open, account: str) -> None:
    assert open_page("/cases/", account).status == 403


@pytest.mark.parametrize("account", ["qs.inspector", "qs.unit_leader", "cz.supervisor"])
def test_only_case_officers_propose(open_page: Open, account: str) -> None:
    assert open_page("/cases/new", account).status == 403


def test_a_second_officer_does_not_write_another_ones_decision(open_page: Open, made: Made) -> None:
    address = f"/cases/{made(S.INFORMED)}/decision"
    page = open_page(address, "bs.case_officer")
    assert page.status == 404
    assert open_page(address, "qs.inspector").status == 403
