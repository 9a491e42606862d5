"""Do headings that only the file marks get the marks of an official document?"""

import pytest

from app.typesetting.manuscript import Recognised, recognise, recognise_file
from tests.support import docx as word

STYLES = "".join(
    f'<w:style w:styleId="{level}"><w:name w:val="heading {level}"/>'
    f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    for level in (1, 2)
)


def blocks(found: Recognised) -> list[object]:
    return [piece.block for piece in found.body]


def from_word(*lines: tuple[int, str]) -> Recognised:
    body = "".join(
        word.paragraph(word.run(text), properties=f'<w:pStyle w:val="{level}"/>' if level else "")
        for level, text in lines
    )
    return recognise_file(word.docx(body, word__styles_xml=word.part("styles", STYLES)), "a.docx")


def test_headings_of_markdown_are_numbered_by_their_level() -> None:
    found = recognise(
        "# 样例工作要点\n\n各所：\n\n## 示范目标\n\n### 原则\n\n要求。\n\n"
        "### 步骤\n\n## 保障\n\n### 经费\n"
    )
    assert found.title.text == "样例工作要点"
    assert blocks(found) == [
        "一、示范目标", "（一）原则", "要求。", "（二）步骤", "二、保障", "（一）经费",
    ]  # fmt: skip


@pytest.mark.parametrize("level", [0, 1])
def test_headings_of_word_are_numbered_and_the_title_is_not(level: int) -> None:
    found = from_word(
        (level, "关于样例检查的通知"), (0, "各所："), (1, "示范目标"), (2, "原则"), (0, "要求。"),
        (1, "保障"),
    )  # fmt: skip
    assert found.title.text == "关于样例检查的通知"
    assert blocks(found) == ["一、示范目标", "（一）原则", "要求。", "二、保障"]


def test_who_numbers_one_heading_numbers_all() -> None:
    found = from_word(
        (0, "关于样例检查的通知"), (0, "各所："), (1, "一、示范目标"), (0, "要求。"),
        (1, "保障措施"),
    )  # fmt: skip
    assert blocks(found) == ["一、示范目标", "要求。", "保障措施"]


def test_an_annex_begins_anew_and_its_title_gets_no_number() -> None:
    found = recognise(
        "# 关于样例的通知\n\n各所：\n\n## 甲\n\n要求。\n\n## 乙\n\n附件：样例要点\n\n"
        "澄州市示范局\n\n2026年3月9日\n\n附件\n\n## 样例要点\n\n## 丙\n\n要求。\n"
    )
    assert blocks(found) == ["一、甲", "要求。", "二、乙"]
    assert found.appended[0].title.text == "样例要点"
    assert [piece.block for piece in found.appended[0].body] == ["一、丙", "要求。"]


def test_links_code_and_rules_leave_their_words() -> None:
    found = recognise(
        "# 样例工作要点\n\n各所：\n\n见[附表](https://portal.example/a)，型号`BV-450`。\n\n---\n\n另见[2026]3号(略)。\n"
    )
    assert blocks(found) == ["见附表，型号BV-450。", "另见[2026]3号(略)。"]
