"""Every refusal and fault has its page, and the page never fails itself."""

from __future__ import annotations

import json

import pytest

from app.kernel.identity import Identity
from app.web import navigation
from tests.support.page import Page

pytestmark = pytest.mark.database
HEADINGS = {
    "refused": "不能这样办理，没有写入",
    "stale": "别人刚刚办过，您的操作没有写入",
    "illegal": "别人刚刚办过，您的操作没有写入",
    "missing": "没有这一页",
    "fault": "系统出错了，这一步没有办成",
    "database": "暂时不能办理",
}


def _page(client, address, **kwargs):
    return Page(client, client.get(address, **kwargs))


@pytest.mark.parametrize(("kind", "heading"), list(HEADINGS.items()))
def test_each_refusal_has_a_sound_page(bench, kind, heading):
    page = _page(bench.test_client(), f"/bench/raising-page?kind={kind}")
    assert page.heading == heading


@pytest.mark.parametrize("kind", ["refused", "stale", "missing", "fault", "database"])
def test_a_fragment_gets_a_fragment_of_the_same_page(bench, kind):
    client = bench.test_client()
    address = f"/bench/raising-page?kind={kind}"
    part = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.strip().startswith('<div class="problem" id="problem">')
    assert "<html" not in part


def test_a_refused_person_reads_what_was_needed_and_who_has_it(open_page):
    page = open_page("/units/new?parent=qs", "qs.inspector")
    assert page.status == 403
    assert "这里需要的权限：管理单位。" in page.text
    assert "可以办理的人：系统管理员。" in page.text


def test_an_unknown_address_is_not_found_for_visitors_and_staff(open_page, sign_in):
    assert open_page("/no/such/page").status == 404
    assert open_page("/no/such/page", "qs.inspector").status == 404


def test_a_wrong_method_is_said_plainly(sign_in):
    client = sign_in("qs.inspector")
    assert Page(client, client.delete("/desk")).status == 405


def test_a_form_without_its_token_has_expired_and_keeps_the_text(bench, monkeypatch):
    monkeypatch.setitem(bench.config, "WTF_CSRF_ENABLED", True)
    client = bench.test_client()
    page = Page(
        client, client.post("/bench/write", data={"reason": "铜芯发黑", "password": "geheim"})
    )
    assert (page.status, page.heading) == (400, "这一页过期了，没有提交")
    assert "铜芯发黑" in page.text
    assert "geheim" not in page.html


def test_too_large_a_form_is_refused_without_being_read(bench, monkeypatch):
    monkeypatch.setitem(bench.config, "MAX_CONTENT_LENGTH", 1000)
    client = bench.test_client()
    page = Page(client, client.post("/bench/write", data={"reason": "铜" * 2000}))
    assert (page.status, page.heading) == (413, "文件太大，没有收下")


def test_too_many_fields_are_refused(bench, monkeypatch):
    monkeypatch.setitem(bench.config, "MAX_FORM_PARTS", 5)
    fields = {f"f{n}": (None, "x") for n in range(9)}
    answer = bench.test_client().post(
        "/bench/write", data=dict.fromkeys(fields, "x"), content_type="multipart/form-data"
    )
    assert answer.status_code == 413


def test_a_host_that_is_not_ours_gets_plain_words(bench):
    answer = bench.test_client().get("/sign-in", headers={"Host": "example.org"})
    assert answer.status_code == 400
    assert answer.content_type.startswith("text/plain")
    assert "example.org" not in answer.get_data(as_text=True)


def test_a_fault_shows_its_number_and_the_log_has_it_once_without_values(bench, capsys):
    client = bench.test_client()
    page = _page(client, "/bench/raising-page?kind=fault")
    lines = [
        json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")
    ]
    unforeseen = [line for line in lines if line["event"] == "unforeseen"]
    assert len(unforeseen) == 1
    assert unforeseen[0]["request_id"] in page.text
    assert unforeseen[0]["exception"][0]["exc_type"] == "ZeroDivisionError"
    assert "locals" not in json.dumps(unforeseen[0])
    assert "secret text" not in page.html


def test_a_fault_in_the_rail_does_not_break_the_page_of_the_fault(bench, sign_in):
    def broken(_who: Identity) -> navigation.Counts:
        raise ZeroDivisionError

    entry = navigation.Entry("desk", 99, "x", "units.tree", "desk:open", broken)
    with sign_in("qs.inspector").session_transaction() as cookie:
        token = cookie["_user_id"]
    client = bench.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    bench.config["PROPAGATE_EXCEPTIONS"] = False  # as it runs in earnest
    navigation._entries.append(entry)
    try:
        for address in ("/desk", "/no/such/page"):
            page = _page(client, address)
            assert (page.status, page.heading) == (500, HEADINGS["fault"])
    finally:
        navigation._entries.remove(entry)
    assert client.get("/desk").status_code == 200


def test_refusals_are_never_kept_by_a_cache(bench):
    client = bench.test_client()
    for kind in HEADINGS:
        answer = client.get(f"/bench/raising-page?kind={kind}")
        assert answer.headers["Cache-Control"] == "no-store"


def test_refusals_speak_english(bench):
    client = bench.test_client()
    client.get("/language/en")
    for kind, heading in HEADINGS.items():
        page = _page(client, f"/bench/raising-page?kind={kind}")
        assert page.one("html").get("lang") == "en"
        assert page.heading != heading
