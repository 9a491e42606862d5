"""The pages of the tree: everybody reads, the system administrator keeps."""

from __future__ import annotations

import pytest

from app.kernel.db import unit_of_work
from app.kernel.errors import NotFound
from app.units import queries
from tests.support.page import Page

pytestmark = pytest.mark.database
KEEPER = "lj.system_administrator"
NEW = {
    "code": "qs-dg", "name": "青石县市场监督管理局样例所", "short_name": "样例所",
    "kind": "station",
    "level": "town", "division": "990121",
}  # fmt: skip
ADDRESSES = (
    "/units/new?parent=qs", "/units/qs/amend", "/units/qs/move", "/units/qs/jurisdictions/new",
    "/units/qs/lines/new",
)  # fmt: skip
ACTS = ("/units/qs-cg/close", "/units/qs-cg/reopen", "/units/qs/lines/1/end")


@pytest.fixture
def unit(app):
    def find(code):
        with app.app_context():
            found = queries.by_code(code)
            return found.name, found.path, found.is_active, found.parent and found.parent.code

    return find


@pytest.mark.parametrize("account", ["qs.inspector", "lj.audit_administrator", KEEPER])
def test_everybody_reads_the_tree(open_page, account):
    page = open_page("/units", account)
    assert [row[1] for row in page.rows()][:4] == ["lj", "cy", "dl", "cz"]
    shown = page.click("青石县市场监督管理局")
    assert shown.heading == "青石县市场监督管理局"
    assert "澄青市监" in shown.text
    assert shown.links()["省局"] == "/units/lj"


def test_only_the_keeper_sees_what_only_the_keeper_may_do(open_page):
    reading = open_page("/units/qs", "qs.unit_leader")
    keeping = open_page("/units/qs", KEEPER)
    for word in ("修改", "设立下级", "调整隶属", "增加管辖", "设定报告对象"):
        assert word not in reading.links()
        assert word in keeping.links()
    assert "撤销单位" in keeping.buttons()
    assert "撤销单位" not in reading.buttons()


@pytest.mark.parametrize(
    "account", ["qs.unit_leader", "lj.security_administrator", "lj.audit_administrator"]
)
def test_nobody_else_opens_or_sends_the_keepers_forms(sign_in, account):
    client = sign_in(account)
    for address in ADDRESSES:
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address
    for address in ACTS:
        assert client.post(address).status_code == 403, address


def test_what_is_not_there_is_not_found(sign_in):
    client = sign_in(KEEPER)
    for address in ("/units/nowhere", "/units/new", "/units/qs/jurisdictions/999/end"):
        assert client.get(address).status_code == 404, address
    assert client.post("/units/qs/lines/999/end").status_code == 404


def test_a_unit_is_made_amended_moved_closed_and_reopened(open_page, unit):
    page = open_page("/units/qs", KEEPER).click("设立下级").submit("设立", **NEW)
    assert page.url == "/units/qs-dg"
    page = page.click("修改").submit("保存", name="青石县市场监督管理局东岗所", phone="0990-1234")
    assert page.heading == "青石县市场监督管理局东岗所"
    assert "0990-1234" in page.text
    page = page.click("调整隶属").submit("移动", parent="bs")
    assert unit("qs-dg")[1].startswith(unit("bs")[1])
    page = page.submit("撤销单位")
    assert not unit("qs-dg")[2]
    assert "单位已撤销" in page.text
    assert page.submit("恢复单位").status == 200
    assert unit("qs-dg")[2]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "请填写这一项。"),
        ("name", "长" * 5000, "最多 60 个字，现在太长了。"),
        ("name", "青石\x07县", "控制字符"),
        ("code", "青石", "单位代码只用小写字母"),
        ("code", "qs", "这个单位代码已经用过。"),
        ("division", "99012", "行政区划代码是六位数字"),
        ("division", "990199", "没有这个行政区划代码。"),
        ("level", "province", "单位的层级不能高于上级单位。"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_written(
    open_page, unit, field, value, told
):
    page = open_page("/units/new?parent=qs", KEEPER).submit("设立", **(NEW | {field: value}))
    assert page.status == 422
    assert any(told in error for error in page.errors()), page.errors()
    assert page.by_id("short_name").get("value") == "样例所"
    with pytest.raises(NotFound):
        unit("qs-dg")


def test_a_double_click_makes_one_unit(sign_in):
    client = sign_in(KEEPER)
    page = Page(client, client.get("/units/new?parent=qs"))
    first = page.submit("设立", **NEW)
    second = page.submit("设立", **NEW)
    assert (first.url, second.url) == ("/units/qs-dg", "/units/qs-dg")


def test_two_keepers_at_one_unit_cannot_both_win(app, sign_in):
    client = sign_in(KEEPER)
    page = Page(client, client.get("/units/qs/amend"))
    with app.app_context(), unit_of_work():
        queries.by_code("qs").phone = "0990-9999"
    answer = page.submit("保存", name="青石县样例局", address="样例路 1 号")
    assert answer.status == 409
    assert "样例路 1 号" in answer.text
    assert answer.links()["看 qs 现在的样子"] == "/units/qs"
    assert "0990-9999" in Page(client, client.get("/units/qs")).text


def test_the_conflict_page_tells_what_happened_meanwhile(sign_in):
    client = sign_in(KEEPER)
    page = Page(client, client.get("/units/qs/amend"))
    Page(client, client.get("/units/qs/amend")).submit("保存", phone="0990-9999")
    answer = page.submit("保存", name="青石县样例局")
    assert answer.status == 409
    assert "修改单位" in answer.text


def test_a_unit_that_still_has_parts_says_so(sign_in, unit):
    client = sign_in(KEEPER)
    answer = Page(client, client.get("/units/qs")).submit("撤销单位")
    assert answer.status == 422
    assert "它还有在用的下级单位" in answer.text
    assert unit("qs")[2]


def test_a_move_below_itself_is_not_even_offered(open_page, sign_in):
    page = open_page("/units/cz/move", KEEPER)
    offered = {option.get("value") for option in page.all("option")}
    assert offered == {"", "lj", "cy", "dl"}
    answer = page.submit("移动", parent="cy")
    assert "同一级的局不能互为上下级。" in " ".join(answer.errors())
    forged = page.client.post("/units/cz/move", data={"parent": "qs"})
    assert forged.status_code == 422


def test_jurisdiction_and_lines_are_kept_with_their_history(open_page):
    page = open_page("/units/qs", KEEPER)
    page = page.click("终止 990121").submit("终止管辖", last_day="2026-09-30")
    assert ["青石县", "990121", "2020年1月1日", "2026年9月30日", ""] in page.rows()
    page = page.click("增加管辖").submit("增加管辖", division="990121", since="2026-10-01")
    assert ["青石县", "990121", "2026年10月1日", "至今", "终止 990121"] in page.rows()
    page = page.click("设定报告对象").submit("设定", business="campaigns", superior="lj")
    assert ["专项行动", "临江省市场监督管理局", "取消"] in page.rows()
    page = page.submit("取消")
    assert "取消" not in page.buttons()


@pytest.mark.parametrize("day", ["2026-02-30", "gestern", "2019-12-31"])
def test_an_impossible_last_day_is_said_at_its_field(open_page, day):
    page = open_page("/units/qs", KEEPER).click("终止 990121").submit("终止管辖", last_day=day)
    assert page.status == 422
    assert page.by_id("last_day-error") is not None


def test_the_pages_speak_english(sign_in):
    client = sign_in(KEEPER)
    client.get("/language/en")
    page = Page(client, client.get("/units/qs"))
    assert page.one("html").get("lang") == "en"
    assert "Jurisdiction" in page.text
    assert "Move" in page.links()
