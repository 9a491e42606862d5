"""What every answer carries, and which requests never reach a view."""

from __future__ import annotations

import pytest

from tests.support.apps import another

pytestmark = pytest.mark.database
SAME = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize("address", ["/sign-in", "/no/such/page", "/static/portal.css", "/healthz"])
def test_every_answer_carries_the_headers(visitor, address):
    with visitor.get(address) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    for part in ("default-src", "frame-ancestors", "base-uri", "object-src"):
        assert f"{part} 'none'" in policy
    for part in ("script-src", "style-src", "form-action"):
        assert f"{part} 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in headers


def test_staff_pages_are_never_kept_by_a_cache(sign_in):
    headers = sign_in("qs.inspector").get("/units").headers
    assert headers["Cache-Control"] == "no-store"
    assert {"HX-Request", "Cookie"} <= {name.strip() for name in headers["Vary"].split(",")}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app, monkeypatch, visitor):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = visitor.get("/sign-in")
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_over_https_the_cookie_is_bound_to_the_host_and_the_browser_stays(app):
    with another(app, https=True) as secure:
        secure.config["WTF_CSRF_ENABLED"] = True
        client = secure.test_client()
        answer = client.get("/sign-in", base_url="https://localhost")
        cookie = answer.headers["Set-Cookie"]
        assert cookie.startswith("__Host-portal=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        chosen = client.get("/language/en", base_url="https://localhost").headers["Set-Cookie"]
        assert "Secure" in chosen


def test_over_http_there_is_no_promise_of_https(visitor):
    assert "Strict-Transport-Security" not in visitor.get("/sign-in").headers


@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({}, True),
        (SAME, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://example.org"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://localhost:81"}, False),
        ({"Origin": "http://localhost.example.org"}, False),
    ],
)
def test_a_form_comes_from_our_own_pages(bench, taken, headers, let_in):
    answer = bench.test_client().post("/bench/write", headers=headers)
    assert (answer.status_code == 303) is let_in
    assert taken() == int(let_in)


def test_a_link_from_elsewhere_may_open_a_page(visitor):
    answer = visitor.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "PROPFIND"])
def test_methods_nobody_asked_for_are_refused(visitor, method):
    assert visitor.open("/sign-in", method=method).status_code == 405


def test_the_counters_are_for_this_machine_only(app):
    client = app.test_client()
    assert client.get("/metrics").status_code == 200
    client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert client.get("/metrics").status_code == 404


def test_the_state_of_health_names_faults_only(visitor):
    answer = visitor.get("/healthz")
    assert set(answer.json) == {"ok", "faults"}
