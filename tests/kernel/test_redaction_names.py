"""Who else is named in a text: suggested where a text names people, never taken for granted?"""

import pytest

from app.kernel.redaction import Kind, Person, Source, apply, certain, find, marks


def asked(text, **known):
    return [span.text for span in find(text, **known) if span.kind is Kind.PERSON]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("举报人王样例反映", ["王样例"]),
        ("证人陈小试陈述，该批产品未经检验", ["陈小试"]),
        ("抽样人员赵测试、钱示范在场", ["赵测试", "钱示范"]),
        ("执法人员孙演示和李样板到场检查", ["孙演示", "李样板"]),
        ("法定代表人：欧阳样例", ["欧阳样例"]),
        ("经营者：周样。", ["周样"]),
        ("员工吴样例称", ["吴样例"]),
        ("见证人郑样例（签名）", ["郑样例"]),
        ("根据林女士举报，向王样例先生核实", ["林", "王样例"]),
    ],
)
def test_people_named_in_a_capacity_are_suggested(text, names):
    spans = find(text)
    assert asked(text) == names
    assert {span.source for span in spans} == {Source.SUGGESTION}
    assert certain(spans) == []


@pytest.mark.parametrize(
    "text",
    [
        "经营者应当建立进货查验制度，负责人任命书，员工和平时一样",
        "法定代表人（负责人）：李某某，消费者应当索取凭证",
        "证人证言、检查人员于2026年到场，消费者向本局投诉",
        "承办人意见，负责人意见，联系人电话，店长已经离职",
        "执法人员对现场进行检查，抽样人员从成品库抽取样品",
    ],
)
def test_a_capacity_without_a_name_suggests_nothing(text):
    assert find(text) == []


def test_a_suggested_person_has_one_mark_everywhere_and_keeps_off_the_known():
    text = "证人李样例陈述。李小明与李样例到场，李样例签字。"
    spans = find(text, people=[Person("李小明")])
    assert apply(text, spans) == "证人李某乙陈述。李某某与李某乙到场，李某乙签字。"
    assert [span.source for span in spans].count(Source.KNOWN) == 1


def test_a_suggestion_never_changes_the_mark_of_a_known_person():
    people = [Person("李小明"), Person("王丽")]
    alone = marks(people)
    more = marks(people, ["李样例", "李示范", "赵测试", "王丽"])
    assert {name: more[name] for name in alone} == alone
    assert len(set(more.values())) == len(more)


def test_a_name_that_is_also_a_word_is_a_question_wherever_it_stands():
    text = "店员高兴到场。顾客购买时很高兴。"
    spans = find(text, people=[Person("高兴")])
    assert [(span.text, span.source) for span in spans] == [("高兴", Source.QUESTION)] * 2


def test_a_given_name_that_is_also_a_word_is_a_question():
    spans = find("李文明到场，本局开展文明执法。", people=[Person("李文明")])
    assert [span.source for span in spans] == [Source.KNOWN, Source.QUESTION]


@pytest.mark.parametrize(
    "text",
    ["批号：110105194912310021", "订单编号6228480402564890018", "物流单号：4111111111111111"],
)
def test_a_number_that_only_looks_like_a_persons_is_a_question(text):
    (span,) = find(text)
    assert span.source is Source.QUESTION
    assert certain([span]) == []


def test_a_mistyped_identity_number_is_hidden_all_the_same():
    (span,) = find("身份证号110105194912310021。")
    assert span.source is Source.PATTERN


def test_a_number_that_is_right_as_a_persons_and_as_a_units_goes_by_the_word_before_it():
    number = "830000198801206756"
    assert [span.text for span in find(f"身份证号码为{number}。")] == [number]
    assert find(f"统一社会信用代码：{number}。") == []


@pytest.mark.parametrize("kind", ["港澳居民来往内地通行证", "台湾居民居住证", "外国人永久居留证"])
def test_permits_are_found_behind_their_names(kind):
    (span,) = find(f"{kind}号码：H12345678。")
    assert (span.kind, span.text) == (Kind.PASSPORT, "H12345678")
