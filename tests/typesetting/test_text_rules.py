"""Are headings recognised, titles broken well, and facts carried through JSON unchanged?"""

import json
from datetime import date

import pytest

from app.typesetting import Annex, plain, restore
from app.typesetting.facts import TEMPLATES, NoticeFacts
from app.typesetting.paragraphs import paragraphs
from app.typesetting.titles import columns, title_lines
from tests.typesetting.conftest import MADE, notice


@pytest.mark.parametrize(
    ("text", "style", "level", "lead"),
    [
        ("一、工作目标", "first", 2, "一、工作目标"),
        ("十二、工作要求", "first", 2, "十二、工作要求"),
        ("一、查清流向；", "body", 0, ""),
        ("二、依法处理。", "body", 0, ""),
        ("（一）加强检查。各所逐户检查。", "second", 0, "（一）加强检查。"),
        ("(二)加强检查", "second", 2, "(二)加强检查"),
        ("1.检查台账", "third", 2, "1.检查台账"),
        ("（1）检验报告", "fourth", 2, "（1）检验报告"),
        ("1.5毫米以下的电线", "body", 0, ""),
        ("3月9日起施行", "body", 0, ""),
        ("一是加强检查，二是严格处罚。", "body", 0, ""),
        ("2026年工作安排", "body", 0, ""),
        (f"一、{'很长的' * 20}", "body", 0, ""),
    ],
)
def test_a_paragraph_is_recognised_by_its_mark(text, style, level, lead):
    (found,) = paragraphs((text,))
    assert (found.style, found.level, found.lead) == (style, level, lead)
    assert found.lead + found.rest == text


def test_levels_never_skip_one_going_down():
    texts = ("（1）甲", "一、乙", "（1）丙", "（一）丁", "1.戊", "（1）己", "二、庚")
    levels = [found.level for found in paragraphs(texts)]
    assert levels == [2, 2, 3, 3, 4, 5, 2]


def test_empty_paragraphs_are_dropped():
    assert paragraphs(("", "  ", "样例")) == paragraphs(("样例",))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于示范的通知", ("关于示范的通知",)),
        (
            "青石县市场监督管理局关于开展电线电缆产品质量安全专项整治行动的通知",
            ("青石县市场监督管理局关于开展电线电缆", "产品质量安全专项整治行动的通知"),
        ),
        ("样例一\n样例二", ("样例一", "样例二")),
        (
            "关于测试线缆有限公司生产不符合国家标准的电线案的提醒函",
            ("关于测试线缆有限公司", "生产不符合国家标准的电线案的提醒函"),
        ),
    ],
)
def test_a_title_is_broken_between_words(title, lines):
    assert title_lines(title) == lines


@pytest.mark.parametrize(
    "title",
    [
        "澄州市市场监督管理局关于印发《2026年全市重点工业产品质量安全专项整治工作方案》的通知",
        "青石县市场监督管理局转发澄州市市场监督管理局关于进一步加强电热毯等季节性产品质量监督抽查工作的通知",
        "关于对样例电器厂生产不合格电热毯案件实行挂牌督办的通知（青市监函〔2026〕第118号）",
        "样" * 120,
    ],
)
def test_a_long_title_loses_nothing_and_fits(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(columns(line) <= 20 for line in lines)
    assert not any(line[0] in "》）”、，的" for line in lines[1:])
    assert not any(
        "2026年" in title and line.endswith(("2", "20", "202", "2026")) for line in lines
    )


@pytest.mark.parametrize("kind", list(MADE))
def test_facts_survive_json(kind):
    facts = MADE[kind]()
    assert restore(TEMPLATES[kind], json.loads(json.dumps(plain(facts)))) == facts


def test_annexes_and_dates_survive_json():
    facts = notice(annexes=(Annex(title="甲", body=("乙",)),), issued_on=date(2026, 3, 10))
    assert restore(NoticeFacts, json.loads(json.dumps(plain(facts)))) == facts


def test_plain_wants_a_value_of_facts():
    with pytest.raises(TypeError):
        plain({"a": 1})
    with pytest.raises(TypeError):
        plain(NoticeFacts)
