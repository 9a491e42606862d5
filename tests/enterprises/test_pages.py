"""What do people see and do on the pages of the register?"""

import pytest

from app.enterprises import queries
from app.kernel.db import unit_of_work
from tests.support.make.enterprises import credit_code, enterprise
from tests.support.page import Page, words

pytestmark = pytest.mark.database

INSPECTOR = "qs.inspector"


def faults(page):
    """Return the sentences at the fields."""
    return [words(node) for node in page.all("p", class_="field-error")]


@pytest.fixture
def known(app, identity):
    who = identity(INSPECTOR)
    with app.app_context(), unit_of_work():
        enterprise(
            who, "测试线缆有限公司", credit_code=credit_code(1), aliases=("老测试电线厂",),
            products=("wire_cable",), fields=("production",), address="人民路 218 号",
        )  # fmt: skip
        enterprise(who, "演示建材经营部", division_code="990122", products=("cement",))


@pytest.mark.parametrize("account", ["qs.operator", "bs.inspector", "dl.unit_leader", "lj.auditor"])
def test_all_staff_share_the_register(known, open_page, account):
    page = open_page("/enterprises/", account)
    assert page.heading == "企业档案"
    assert [row[:2] for row in page.rows()] == [
        ["Q000002", "演示建材经营部"],
        ["Q000001", "测试线缆有限公司"],
    ]


def test_the_list_is_narrowed_by_its_address(known, open_page):
    page = open_page("/enterprises/?q=%E7%BA%BF%E7%BC%86", INSPECTOR)
    assert [row[0] for row in page.rows()] == ["Q000001"]
    assert "线缆" in [node.get("value") for node in page.all("input", name="q")]
    page = page.submit("筛选", q="", division="990122")
    assert [row[0] for row in page.rows()] == ["Q000002"]
    page = page.submit("筛选", q="没有这家")
    assert "没有找到这样的企业。" in page.text
    assert "清除" in page.links()


@pytest.mark.parametrize(
    "query", ["page=99999999", "page=-1", "status=nonsense", "division=x'", "q=%ED%A0%80"]
)
def test_a_strange_address_still_answers(known, open_page, query):
    assert open_page(f"/enterprises/?{query}", INSPECTOR).status == 200


def test_the_list_fragment_is_the_same_element_of_the_page(known, sign_in):
    client = sign_in(INSPECTOR)
    whole = Page(client, client.get("/enterprises/?q=csxl"))
    part = Page(
        client, client.get("/enterprises/?q=csxl", headers={"HX-Request": "true"}), fragment=True
    )
    assert words(part.by_id("register")) == words(whole.by_id("register"))
    assert "h1" not in part.html


def test_an_enterprise_is_registered_and_shown(open_page):
    page = open_page("/enterprises/new?name=样例电器厂", INSPECTOR)
    assert page.one("input", name="name").get("value") == "样例电器厂"
    page = page.submit(
        "登记", kind="unit", credit_code=credit_code(7).lower(), address="青石县人民路 1 号",
        phone="0990 8888 0000", fields=["production"], products=["wire_cable", "cement"],
        aliases="老样例厂\n样例小厂", legal_representative="样某",
    )  # fmt: skip
    assert (page.status, page.heading) == (200, "样例电器厂")
    for told in (credit_code(7), "临江省澄州市青石县", "0990-88880000", "老样例厂、样例小厂",
                 "青石县市场监督管理局", "登记企业"):  # fmt: skip
        assert told in page.text


def test_a_double_click_registers_once(sign_in, app):
    client = sign_in(INSPECTOR)
    page = Page(client, client.get("/enterprises/new"))
    for _ in range(2):
        answer = page.submit("登记", name="样例电器厂", address="青石县人民路 1 号")
        assert answer.heading == "样例电器厂"
    with app.app_context():
        assert queries.search(queries.Filter()).total == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "请填写这一项。"),
        ({"name": "长" * 5000}, "最多 200 个字，现在太长了。"),
        ({"name": "坏\x07字"}, "这里有看不见的控制字符，请删去后重新输入。"),
        ({"name": "坏\ufffd字"}, "这里有无法识别的字符，请重新输入。"),
        ({"credit_code": "91990121MA000001"}, "统一社会信用代码应为 18 位。"),
        ({"credit_code": "91990102MA0CQ01A8W"}, "末位校验码不符，请逐位核对。"),
        ({"credit_code": "91990102MAOCQ01A8U"},
         "第 11 位不是统一社会信用代码的字符；代码里没有字母 I、O、S、V、Z。"),
        ({"kind": "person"}, "个人没有统一社会信用代码，请改选类型或清空这一项。"),
        ({"phone": "88880000"}, "固定电话请加区号。"),
        ({"address": "朝阳区建国路", "division_code": ""},
         "地址可能在 北京市朝阳区、吉林省长春市朝阳区，请选择属地。"),
        ({"address": "人民路", "division_code": ""}, "从地址看不出属地，请选择。"),
        ({"registration_number": "1"}, "只有个体工商户还使用 15 位注册号。"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_typed_text_is_kept(open_page, app, typed, sentence):
    filled = {"name": "样例电器厂", "credit_code": credit_code(7), "division_code": "990121",
              "contact": "样某某", **typed}  # fmt: skip
    page = open_page("/enterprises/new", INSPECTOR).submit("登记", **filled)
    assert page.status == 422
    assert sentence in faults(page)
    assert page.one("input", name="contact").get("value") == "样某某"
    assert page.one("input", name="credit_code").get("value") == filled["credit_code"]
    with app.app_context():
        assert queries.search(queries.Filter()).total == 0


def test_several_mistakes_are_said_at_once(open_page):
    page = open_page("/enterprises/new", INSPECTOR).submit(
        "登记", name="", credit_code="91", phone="88880000", division_code="990121"
    )
    assert len(faults(page)) == 3
    assert "有 3 处需要改" in page.text


def test_a_lone_surrogate_in_a_form_is_refused_at_its_field(sign_in):
    client = sign_in(INSPECTOR)
    parts = {
        "kind": b"unit",
        "status": b"active",
        "division_code": b"990121",
        "name": b"\xed\xa0\x80",
    }
    body = b"".join(
        b'--part\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), value)
        for name, value in parts.items()
    )
    answer = client.post(
        "/enterprises/new", data=body + b"--part--\r\n",
        content_type="multipart/form-data; boundary=part",
    )  # fmt: skip
    page = Page(client, answer)
    assert page.status == 422
    assert "这里有无法识别的字符，请重新输入。" in faults(page)


def test_a_taken_credit_code_names_its_bearer(known, open_page):
    page = open_page("/enterprises/new", INSPECTOR).submit(
        "登记", name="另一家测试厂", credit_code=credit_code(1), division_code="990121"
    )
    assert page.status == 422
    assert "这个代码已登记为 Q000001 “测试线缆有限公司”。" in faults(page)


def test_the_refused_form_is_the_same_fragment(open_page):
    page = open_page("/enterprises/new", INSPECTOR)
    part = page.submit("登记", htmx=True, name="")
    assert part.status == 422
    assert part.by_id("entry") is not None
    assert "h1" not in part.html


def test_an_entry_is_amended_on_its_page(known, open_page):
    page = open_page("/enterprises/Q000001", INSPECTOR).click("修改")
    assert page.one("input", name="credit_code").get("value") == credit_code(1)
    assert "老测试电线厂" in words(page.one("textarea", name="aliases"))
    page = page.submit("保存", name="测试电工有限公司", status="suspended")
    assert page.heading == "测试电工有限公司"
    assert "停业" in page.text
    assert "老测试电线厂、测试线缆有限公司" in page.text
    assert "名称、状态、别名和曾用名" in page.text


def test_two_people_at_once_do_not_overwrite_each_other(known, open_page):
    first = open_page("/enterprises/Q000001/amend", INSPECTOR)
    second = open_page("/enterprises/Q000001/amend", "cz.inspector")
    assert first.submit("保存", contact="样某").status == 200
    late = second.submit("保存", contact="例某某")
    assert late.status == 409
    assert "例某某" in late.text
    assert "样某" in open_page("/enterprises/Q000001", INSPECTOR).text


@pytest.mark.parametrize(
    "account", ["bs.inspector", "dl.case_officer", "qs.operator", "qs.unit_leader"]
)
def test_others_read_but_do_not_amend(known, open_page, sign_in, account):
    page = open_page("/enterprises/Q000001", account)
    assert page.heading == "测试线缆有限公司"
    assert "修改" not in page.links()
    assert open_page("/enterprises/Q000001/amend", account).status == 403
    refused = sign_in(account).post("/enterprises/Q000001/amend", data={"name": "改"})
    assert refused.status_code == 403


@pytest.mark.parametrize("account", ["qs.operator", "qs.unit_leader"])
def test_others_do_not_register(open_page, sign_in, account):
    assert "登记企业" not in open_page("/enterprises/", account).links()
    assert open_page("/enterprises/new", account).status == 403
    assert sign_in(account).post("/enterprises/new", data={"name": "改"}).status_code == 403


@pytest.mark.parametrize("address", ["/enterprises/", "/enterprises/Q000001", "/enterprises/new"])
def test_administrators_have_no_business_there(known, open_page, address):
    assert open_page(address, "lj.system_administrator").status == 403


def test_a_visitor_is_sent_to_sign_in(visitor):
    answer = visitor.get("/enterprises/")
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]


def test_an_unknown_number_is_not_found(open_page):
    assert open_page("/enterprises/Q999999", INSPECTOR).status == 404


def test_the_pages_speak_english(known, sign_in):
    client = sign_in(INSPECTOR)
    client.set_cookie("language", "en")
    for address in ("/enterprises/", "/enterprises/Q000001", "/enterprises/new"):
        page = Page(client, client.get(address))
        assert page.status == 200
    shown = Page(client, client.get("/enterprises/Q000001"))
    assert "Unified social credit code" in shown.text
    assert "Wires and cables" in shown.text


@pytest.mark.parametrize("account", ["qs.unit_leader", "qs.inspector", "bs.case_officer"])
def test_each_panel_of_another_slice_opens_with_and_without_script(known, sign_in, account):
    client = sign_in(account)
    page = Page(client, client.get("/enterprises/Q000001"))
    places = [node for node in page.all("section", class_="panel") if node.get("id")]
    assert places
    for place in places:
        (link,) = (node for node in place.iter() if node.get("hx-trigger") == "load")
        assert link.get("hx-target") == f"#{place.get('id')}"
        assert Page(client, client.get(link.get("href"))).status == 200
        answer = client.get(link.get("hx-get"), headers={"HX-Request": "true"})
        assert Page(client, answer, fragment=True).by_id(place.get("id")) is not None
