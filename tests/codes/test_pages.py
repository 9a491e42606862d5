"""What does a keeper of code lists see and do on the pages?"""

import pytest

from app.codes import queries
from tests.support.page import Page, words

pytestmark = pytest.mark.database

KEEPER = "lj.system_administrator"


def faults(page):
    """Return the sentences at the fields."""
    return [words(node) for node in page.all("p", class_="field-error")]


def test_every_list_is_shown_with_its_size(open_page):
    page = open_page("/code-lists", KEEPER)
    assert page.heading == "代码表"
    assert ["投诉问题", "13", "0"] in page.rows()


def test_the_pages_speak_english(sign_in):
    client = sign_in(KEEPER)
    client.set_cookie("language", "en")
    page = Page(client, client.get("/code-lists/fields"))
    assert page.heading == "Fields"
    assert "Circulation" in page.text


def test_an_entry_is_added_on_the_page(open_page, app):
    page = open_page("/code-lists/products", KEEPER)
    page = page.submit(
        "新增", code="sample_lamp", zh="演示灯具", en="Sample lamps", parent="electrical"
    )
    assert page.status == 200
    assert "演示灯具" in page.links()
    with app.app_context():
        assert queries.label("products", "sample_lamp") == "演示灯具"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "cement"}, "这个代码已经用过；停用的代码也不能另作他用。"),
        ({"code": "水泥"}, "代码须以小写字母开头，只用小写字母、数字和下划线，最多 40 个。"),
        ({"zh": ""}, "请填写这一项。"),
        ({"zh": "长" * 5000}, "最多 60 个字，现在太长了。"),
        ({"zh": "坏\x07字"}, "这里有看不见的控制字符，请删去后重新输入。"),
        ({"zh": "坏\ufffd字"}, "这里有无法识别的字符，请重新输入。"),
        ({"position": "100000"}, "排序是 0 到 99999 之间的整数。"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(open_page, app, fields, sentence):
    typed = {"code": "sample", "zh": "演示", "en": "Sample words", **fields}
    page = open_page("/code-lists/products", KEEPER).submit("新增", **typed)
    assert page.status == 422
    assert sentence in faults(page)
    assert page.one("input", name="en").get("value") == "Sample words"
    assert page.one("input", name="code").get("value") == typed["code"]
    with app.app_context():
        assert queries.label("products", "sample") == "sample"


def test_an_entry_is_renamed_on_its_page(open_page):
    page = open_page("/code-lists/topics/price", KEEPER).submit("保存", zh="价格违法")
    assert page.heading == "投诉问题"
    assert "价格违法" in page.links()
    assert "修改代码" in page.click("价格违法").text


def test_an_entry_is_retired_and_reinstated_on_its_page(open_page):
    page = open_page("/code-lists/topics/price", KEEPER).submit("停用", last_day="2026-09-30")
    assert "最后可选日是 2026年9月30日" in page.text
    page = page.submit("恢复使用")
    assert "停用" in page.buttons()


def test_an_impossible_day_is_said_at_its_field(open_page):
    page = open_page("/code-lists/topics/price", KEEPER).submit("停用", last_day="2026-02-30")
    assert page.status == 422
    assert "没有这一天，请按 2026-09-22 的样子填写。" in faults(page)


def test_two_keepers_at_once_do_not_overwrite_each_other(open_page):
    first = open_page("/code-lists/topics/price", KEEPER)
    second = open_page("/code-lists/topics/price", KEEPER)
    first.submit("保存", zh="价格违法")
    late = second.submit("保存", zh="价格欺诈")
    assert late.status == 409
    assert "价格欺诈" in late.text


def test_other_administrators_read_but_do_not_keep(open_page):
    page = open_page("/code-lists/topics", "lj.audit_administrator")
    assert "新增" not in page.buttons()
    assert "价格" in page.text
    assert open_page("/code-lists/topics/price", "lj.audit_administrator").status == 403


@pytest.mark.parametrize(
    "address", ["/code-lists", "/code-lists/topics", "/code-lists/topics/price"]
)
def test_staff_have_no_business_there(open_page, address):
    assert open_page(address, "qs.inspector").status == 403


@pytest.mark.parametrize("address", ["/code-lists/nonsense", "/code-lists/topics/nonsense"])
def test_what_is_not_there_is_not_found(open_page, address):
    assert open_page(address, KEEPER).status == 404


@pytest.mark.parametrize(
    "address",
    ["/code-lists/topics", "/code-lists/topics/price", "/code-lists/topics/price/retire",
     "/code-lists/topics/price/reinstate"],
)  # fmt: skip
def test_a_post_by_the_wrong_role_is_refused(sign_in, address):
    for account in ("lj.audit_administrator", "qs.inspector"):
        assert sign_in(account).post(address, data={"zh": "改"}).status_code == 403
