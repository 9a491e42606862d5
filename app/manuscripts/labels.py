"""Which words stand for manuscripts, their parts and what became of them?"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.typesetting import Fault
from app.web import words

RAIL = _l("文稿排版")

PARTS = {
    "serial": _l("份号"),
    "secrecy": _l("密级和保密期限"),
    "urgency": _l("紧急程度"),
    "head": _l("发文机关标志"),
    "number": _l("发文字号"),
    "signer": _l("签发人"),
    "title": _l("标题"),
    "addressees": _l("主送机关"),
    "body": _l("正文"),
    "attachments": _l("附件说明"),
    "signed_by": _l("发文机关署名"),
    "signed_on": _l("成文日期"),
    "note": _l("附注"),
    "keywords": _l("主题词"),
    "copies_to": _l("抄送机关"),
    "distribution": _l("其他分送"),
    "issued_by": _l("印发机关"),
    "issued_on": _l("印发日期"),
    "proofread_by": _l("录入和校对"),
}
#: What stands side by side on the form.
ROWS = (
    ("serial", "secrecy", "urgency"), ("head", "number", "signer"), ("title",), ("addressees",),
    ("body",), ("attachments",), ("signed_by", "signed_on"), ("note", "keywords"),
    ("copies_to", "distribution"), ("issued_by", "issued_on", "proofread_by"),
)  # fmt: skip
HINTS = {
    "title": _l("要换行的地方另起一行"),
    "body": _l("一段一行；“一、”“（一）”“1.”“（1）”开头的短行是标题；表格一行写成 |甲|乙|"),
    "attachments": _l("一行一个，不写序号"),
    "signed_by": _l("一行一个机关"),
    "signed_on": _l("2026年9月22日，或者用汉字写"),
    "distribution": _l("一行一项"),
    "issued_on": _l("2026年9月22日"),
}
FORMS = {"notice": _l("红头文件格式"), "letter": _l("信函格式")}
LEVELS = {
    "first": _l("一级标题"),
    "second": _l("二级标题"),
    "third": _l("三级标题"),
    "fourth": _l("四级标题"),
}
FAULTS = {
    Fault.MISSING_GLYPHS: _l(
        "字库里没有这些字：%(details)s。请换字，或者请管理员装入有这些字的字体。"
    ),
    Fault.TOO_LONG: _l("文字超过 %(details)s 字，请拆成几份。"),
    Fault.TOO_MANY_PAGES: _l("排出来超过 %(details)s 页，请拆成几份。"),
    Fault.TABLE_TOO_WIDE: _l("有 %(details)s 列的表格横排也放不下，请拆成几个表格。"),
}
FAILED = _l("排版没有成功，请再试一次。")


def signs(details: Sequence[str]) -> list[str]:
    """Return the characters that code points name."""
    return [chr(int(point.removeprefix("U+"), 16)) for point in details]


def fault(code: str, details: Sequence[str]) -> str:
    """Return why there is no PDF; a missing character is shown beside its code point."""
    sentence = FAULTS.get(Fault(code))
    if sentence is None:
        return str(FAILED)
    said = details
    if code == Fault.MISSING_GLYPHS:
        said = [f"{sign}（{point}）" for sign, point in zip(signs(details), details, strict=True)]
    return str(sentence) % {"details": "、".join(said)}


words.register(
    refusals={
        "manuscript_needed": _l("请粘贴文稿，或者选择一个文件。"),
        "manuscript_twice": _l("文字和文件只能选一样，请删去文字，或者不选文件。"),
    },
    events={
        "manuscript.taken": _l("收入文稿"),
        "manuscript.corrected": _l("更正文稿"),
        "manuscript.typeset": _l("文稿排版"),
        "manuscript.dropped": _l("删除文稿"),
    },
    permissions={"manuscript:typeset": _l("文稿排版")},
)
