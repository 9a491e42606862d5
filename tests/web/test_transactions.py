"""A POST answered below 400 is kept; everything else leaves no trace."""

from __future__ import annotations

import pytest

from tests.support.page import Page
from tests.web.conftest import done

pytestmark = pytest.mark.database
KEY = {"form_key": "a" * 32}


@pytest.mark.parametrize("status", [200, 201, 204, 303])
def test_a_post_answered_below_400_is_kept(bench, taken, status):
    assert bench.test_client().post(f"/bench/write?status={status}").status_code == status
    assert taken() == 1
    assert done == ["sent"]


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 500])
def test_a_post_answered_400_or_above_is_not(bench, taken, status):
    assert bench.test_client().post(f"/bench/write?status={status}").status_code == status
    assert taken() == 0
    assert done == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("refused", 422),
        ("stale", 409),
        ("illegal", 409),
        ("missing", 404),
        ("fault", 500),
        ("database", 503),
    ],
)
def test_what_raises_is_undone(bench, taken, kind, status):
    answer = bench.test_client().post(f"/bench/raising?kind={kind}")
    assert answer.status_code == status
    assert taken() == 0


def test_a_get_cannot_write_at_all(bench, taken):
    # SQLite calls it a fault of the database, PostgreSQL one of ours: a page says so either way.
    assert bench.test_client().get("/bench/dirty").status_code in {500, 503}
    assert taken() == 0


@pytest.mark.parametrize("address", ["/bench/lost_race", "/bench/doubled"])
def test_a_race_lost_at_the_commit_is_a_conflict_not_a_fault(bench, address):
    answer = bench.test_client().post(address)
    assert answer.status_code == 409
    assert "别人刚刚办过" in answer.get_data(as_text=True)


def test_after_a_lost_race_the_next_request_writes_again(bench, taken):
    client = bench.test_client()
    client.post("/bench/lost_race")
    assert client.post("/bench/write").status_code == 303
    assert taken() == 1


# One rendered form is one act ---------------------------------------------------------------------


def test_the_same_form_sent_twice_is_done_once_and_led_to_the_same_place(bench, taken):
    client = bench.test_client()
    answers = [client.post("/bench/write", data=KEY) for _ in range(3)]
    assert {(a.status_code, a.headers["Location"]) for a in answers} == {(303, "/bench/next")}
    assert taken() == 1
    assert done == ["sent"]


def test_the_same_form_with_other_content_is_another_act(bench, taken):
    client = bench.test_client()
    client.post("/bench/write", data={**KEY, "name": "一"})
    client.post("/bench/write", data={**KEY, "name": "二"})
    assert taken() == 2


def test_a_forms_token_may_change_without_making_it_another_act(bench, taken):
    client = bench.test_client()
    client.post("/bench/write", data={**KEY, "csrf_token": "1"})
    client.post("/bench/write", data={**KEY, "csrf_token": "2"})
    assert taken() == 1


def test_two_forms_on_one_page_have_their_own_keys(bench, taken):
    client = bench.test_client()
    for prefix in ("route", "return", "route"):
        client.post("/bench/write", data={f"{prefix}-form_key": "b" * 32})
    assert taken() == 2


def test_a_refused_form_may_be_sent_again(bench, taken):
    client = bench.test_client()
    assert client.post("/bench/write?status=422", data=KEY).status_code == 422
    assert client.post("/bench/write", data=KEY).status_code == 303
    assert taken() == 1


def test_after_a_failed_database_the_same_form_is_sent_again(bench, taken):
    client = bench.test_client()
    assert client.post("/bench/raising?kind=database", data=KEY).status_code == 503
    assert client.post("/bench/write", data=KEY).status_code == 303
    assert taken() == 1


def test_the_same_key_of_somebody_else_is_another_act(bench, sign_in, taken):
    stranger = bench.test_client()
    stranger.post("/bench/write", data=KEY)
    with sign_in("qs.inspector").session_transaction() as cookie:
        token = cookie["_user_id"]
    client = bench.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    client.post("/bench/write", data=KEY)
    assert taken() == 2


@pytest.mark.parametrize(
    ("referrer", "led"),
    [
        ("http://localhost/units/qs", "/units/qs"),
        ("http://example.org/units/qs", "/"),
        ("http://localhost//example.org", "/"),
        (None, "/"),
    ],
)
def test_a_repeated_act_that_led_nowhere_goes_back_to_its_page(bench, referrer, led):
    client = bench.test_client()
    client.post("/bench/write?status=200", data=KEY)
    headers = {"Referer": referrer} if referrer else {}
    again = client.post("/bench/write?status=200", data=KEY, headers=headers)
    assert (again.status_code, again.headers["Location"]) == (303, led)


def test_a_view_that_computes_first_holds_no_lock_meanwhile(bench, taken):
    client = bench.test_client()
    for _ in range(2):
        assert client.post("/bench/late", data=KEY).status_code == 303
    assert done == ["closed", "closed"]
    assert taken() == 1


def test_the_conflict_page_keeps_what_was_typed_but_no_password(bench):
    fields = {
        "reason": "铜芯发黑", "route-note": "转青石县", "password": "geheim", "x-totp": "123456",
        "form_key": "k", "x-form_key": "k2", "csrf_token": "t",
    }  # fmt: skip
    client = bench.test_client()
    page = Page(client, client.post("/bench/raising?kind=stale", data=fields))
    typed = ["".join(p.itertext()) for p in page.all("p", class_="typed")]
    assert typed == ["铜芯发黑", "转青石县"]
    assert page.links()["看 qs 现在的样子"] == "/units/qs"
