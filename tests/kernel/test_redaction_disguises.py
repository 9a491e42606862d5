"""Are numbers and accounts found in the ways people write them to be read but not searched?"""

import pytest

from app.kernel.redaction import Kind, Source, apply, certain, find


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("号码440524/19880101/0014。", Kind.RESIDENT_ID, "440524/19880101/0014"),
        ("号码(110105)19491231(002X)", Kind.RESIDENT_ID, "110105)19491231(002X"),
        ("（+86）13800000148", Kind.MOBILE, "（+86）13800000148"),
        ("电话138/0000/0148。", Kind.MOBILE, "138/0000/0148"),
        ("电话138_0000_0148。", Kind.MOBILE, "138_0000_0148"),
        ("+86-10-66001234", Kind.LANDLINE, "+86-10-66001234"),
        ("0571-88001234（转801）", Kind.LANDLINE, "0571-88001234（转801）"),
        ("0571-88001234#801", Kind.LANDLINE, "0571-88001234#801"),
        ("0571-88001234 ext. 801", Kind.LANDLINE, "0571-88001234 ext. 801"),
        ("电话：8800123转11", Kind.LANDLINE, "8800123转11"),
        ("邮箱yangli[at]example.com", Kind.EMAIL, "yangli[at]example.com"),
        ("yangli (at) example (dot) com", Kind.EMAIL, "yangli (at) example (dot) com"),
        ("yangli艾特example点com", Kind.EMAIL, "yangli艾特example点com"),
        ("，样例@example.com", Kind.EMAIL, "样例@example.com"),
        ("yangli@样例.中国", Kind.EMAIL, "yangli@样例.中国"),
        ("车牌号：空A12345", Kind.PLATE, "空A12345"),
        ("WJ浙12345", Kind.PLATE, "WJ浙12345"),
        ("台胞证0123456789", Kind.PASSPORT, "0123456789"),
        ("微信号“yangli_2026”", Kind.SOCIAL, "yangli_2026"),
        ("微信（yangli_2026）", Kind.SOCIAL, "yangli_2026"),
        ("加V：yangli2026", Kind.SOCIAL, "yangli2026"),
        ("薇信yangli2026", Kind.SOCIAL, "yangli2026"),
        ("wx：yangli2026", Kind.SOCIAL, "yangli2026"),
        ("给wxid_yangli2026转账", Kind.SOCIAL, "wxid_yangli2026"),
        ("扣扣：123456789", Kind.SOCIAL, "123456789"),
        ("小红书号：yangli2026", Kind.SOCIAL, "yangli2026"),
        ("男，住青石县测试镇样例村", Kind.ADDRESS, "测试镇样例村"),
        ("请拨13800000148元旦后再来", Kind.MOBILE, "13800000148"),
    ],
)
def test_it_is_found_and_nothing_beside_it(text: str, kind: Kind, hidden: str) -> None:
    (span,) = certain(find(text))
    assert (span.kind, span.text) == (kind, hidden)


@pytest.mark.parametrize(
    "text",
    [
        "沪市监静处〔2026〕062026000257号",
        "合计13800000000.00元，另￥13800000148",
        "样品编号：SP-2026-0001",
        "微信（WeChat）支付",
        "住宅小区、住房和城乡建设局",
    ],
)
def test_what_only_looks_private_stays(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    "text",
    ["实测0.25 2.34 5.67 8.90", "型号为E12345678", "出厂编号13800000148", "SN：13900000148"],
)
def test_what_a_thing_may_own_is_asked_about_and_left_standing(text: str) -> None:
    spans = find(text)
    assert {span.source for span in spans} <= {Source.QUESTION}
    assert apply(text, certain(spans)) == text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("法定代表人（负责人、经营者）：王样例\n住所", ["王样例"]),
        ("执法人员张样例（执法证号01）、李样例到场", ["张样例", "李样例"]),
        ("当事人：李样例，男", ["李样例"]),
        ("联系人：稽查处 张样例，电话", ["张样例"]),
        ("经办人：林样例 审核：黄样例 ", ["林样例", "黄样例"]),
        ("户名：周样例，", ["周样例"]),
        ("当事人：安徽样例公司。审核：同意。当事人：张家港市样例厂。", []),
        ("法定代表人（负责人）：任命书。法定代表人：方正集团", []),
    ],
)
def test_names_stand_in_the_lines_of_the_printed_forms(text: str, named: list[str]) -> None:
    assert [span.text for span in find(text) if span.kind is Kind.PERSON] == named
