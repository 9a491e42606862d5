"""Who may open an address, and where do visitors and the lapsed go?"""

from __future__ import annotations

import pytest
from flask import g

from app.kernel import permissions
from app.kernel.errors import NotAllowed
from app.web import access as doors
from app.web.access import PUBLIC, safe_next, signed_in
from tests.support.apps import another
from tests.support.page import Page

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/desk",
        "/units/qs?x=1&y=%2F",
        "/a//b",
        "/搜索?q=电线",
        "/a:b",
        "/?next=https://example.org",
    ],
)
def test_a_local_address_is_gone_on_to(target):
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None, "", "desk", "//example.org", "///example.org", "/\\example.org", "\\/example.org",
        "https://example.org", "http:example.org", "javascript:alert(1)", "/\texample.org", "/a\nb",
        "/\x00", "/a\\b", " /desk",
    ],
)  # fmt: skip
def test_every_other_is_not(target):
    assert safe_next(target) is None


def test_every_endpoint_says_who_may_open_it(app):
    for name, view in app.view_functions.items():
        if name == "static":
            continue
        declared = getattr(view, "access", None)
        assert declared is not None, f"{name} says nothing"
        assert declared == PUBLIC or declared in permissions.declared(), f"{name}: {declared}"


def test_signed_in_refuses_a_visitor(app):
    with app.test_request_context("/"):
        g.viewer = None
        with pytest.raises(NotAllowed):
            signed_in()


def test_a_get_goes_to_the_sign_in_page_and_a_post_shows_what_was_typed(bench):
    client = bench.test_client()
    assert client.get("/desk?ask=a").headers["Location"] == "/sign-in?next=/desk?ask%3Da"
    answer = client.post(
        "/bench/form", data={"name": "电线"}, headers={"Referer": "http://localhost/units/qs"}
    )
    page = Page(client, answer)
    assert page.status == 401
    assert "电线" in page.text
    assert page.links()["重新登录"] == "/sign-in?next=/units/qs"


def test_a_fragment_that_posts_gets_the_typed_text_in_its_place(bench):
    client = bench.test_client()
    answer = client.post("/bench/form", data={"name": "电线"}, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer.headers
    part = Page(client, answer, fragment=True)
    assert part.root[0].get("id") == "problem"
    assert "电线" in part.html


def test_a_head_request_is_guarded_like_a_get(bench):
    assert bench.test_client().head("/units").status_code == 303


def test_the_public_face_knows_no_staff_page_and_nobody_signed_in(app, sign_in):
    client = sign_in("qs.inspector")
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with another(app, face="public") as public:
        visitor = public.test_client()
        with visitor.session_transaction() as cookie:
            cookie["_user_id"] = token
        for address in ("/desk", "/units", "/account", "/administration/", "/sign-in"):
            assert visitor.get(address).status_code == 404, address
        with public.test_request_context("/"):
            assert doors.viewer() is None
