"""Which sentence does a code become? Slices register theirs; nobody else words a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from flask import g, has_app_context
from flask_babel import lazy_gettext as _l

from app.kernel import text

_DAY = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?: ((?:[01]\d|2[0-3]):[0-5]\d))?"
)


#: What is so and what is not, in every language.
YES, NO = "✓", "✗"


class Sentence(Protocol):
    """A translatable sentence with ``%(name)s`` places."""

    def __mod__(self, facts: Mapping[str, object]) -> str:
        """Fill the places."""


_refusals: dict[str, object] = {}
_events: dict[str, object] = {}
_permissions: dict[str, object] = {}
_asks: dict[str, object] = {}
_details: dict[str, object] = {}
_roles: dict[str, object] = {}
_facts: dict[str, object] = {}


def register(
    *,
    refusals: Mapping[str, object] | None = None,
    events: Mapping[str, object] | None = None,
    permissions: Mapping[str, object] | None = None,
    asks: Mapping[str, object] | None = None,
    details: Mapping[str, object] | None = None,
    roles: Mapping[str, object] | None = None,
) -> None:
    """Add a slice's words: refusal codes, audit events and their details, permissions, 待办."""
    _add(_refusals, refusals)
    _add(_events, events)
    _add(_permissions, permissions)
    _add(_asks, asks)
    _add(_details, details)
    _add(_roles, roles)


def register_facts(facts: Mapping[str, Mapping[Any, object]]) -> None:
    """Add the words for what facts of events may say, each by ``event.key``."""
    _add(_facts, facts)


def _add(known: dict[str, object], new: Mapping[str, object] | None) -> None:
    for code, sentence in (new or {}).items():
        if known.setdefault(code, sentence) is not sentence:
            raise ValueError(f"{code} has two sentences")


def refusal(code: str, facts: Mapping[str, object]) -> str:
    """Return the sentence of a refusal; an unknown code is a fault of ours and says so."""
    sentence = str(_refusals[code])
    return sentence % facts if facts else sentence


def event(name: str) -> str:
    """Return the title of an audit event."""
    return str(_events.get(name, name))


def detail(name: str, facts: Mapping[str, object]) -> str:
    """Return an event's second line: its own sentence, else the reason that was given."""
    sentence = _details.get(name)
    if not sentence:
        return str(facts.get("reason") or "")
    return str(sentence) % {key: _told(fact) for key, fact in facts.items()}


def fact(event: str, key: str, value: object) -> object:
    """Return what a fact of an event says, in the reader's words where it has any."""
    if isinstance(value, bool):
        return YES if value else NO
    known = _facts.get(f"{event}.{key}")
    if isinstance(known, Mapping) and isinstance(value, str):
        return known.get(value, value)
    return _told(value)


def _told(fact: object) -> object:
    """Tell a day, or an hour of it, which the trail keeps as 2026-09-22 09:30, to its reader."""
    found = _DAY.fullmatch(fact) if isinstance(fact, str) else None
    if found is None:
        return fact
    locale = str(g.get("locale", "zh")) if has_app_context() else "zh"
    if found[2]:
        return text.moment(datetime.fromisoformat(found[0]), locale)
    return text.day(date.fromisoformat(found[1]), locale)


def permission(name: str) -> str:
    """Return what a permission allows, in words."""
    return str(_permissions.get(name, name))


def role(name: str) -> str:
    """Return what a role is called."""
    return str(_roles.get(name, name))


def ask(code: str) -> str:
    """Return what a line of 待办 asks of the person."""
    return str(_asks[code])


def known() -> tuple[Mapping[str, object], Mapping[str, object], Mapping[str, object]]:
    """Return all registered words, for the house tests."""
    return dict(_refusals), dict(_events), dict(_permissions)


register(
    refusals={
        "file_empty": _l("文件“%(name)s”是空的，请重新选择。"),
        "file_too_big": _l("文件“%(name)s”超过 %(limit)s MB，请压缩或分开上传。"),
        "file_type": _l("不收“%(name)s”这种文件。可以上传照片、PDF、Word、Excel、录音和录像。"),
        "file_no_photo": _l("不收“%(name)s”，这里只收照片（JPG、PNG、WebP）。"),
        "picture_heic": _l(
            "“%(name)s”是 HEIC 照片，这里打不开。请在手机设置里把相机格式改为“兼容性最佳”，"
            "或者截图后上传。"
        ),
        "file_not_what_it_says": _l("文件“%(name)s”的内容与扩展名不符，请核对后重新上传。"),
        "picture_too_big": _l("照片“%(name)s”像素过大，请缩小到 4000 万像素以内。"),
        "picture_unreadable": _l("照片“%(name)s”已损坏，无法打开。"),
        "docx_old": _l("这是旧格式（.doc）或者加了密码的文件，请在 Word 里另存为不加密的 .docx。"),
        "docx_too_big": _l("Word 文件超过 %(limit)s MB 或者展开后过大，请拆分后上传。"),
        "docx_macros": _l("Word 文件里有宏，不收。请另存为普通的 .docx。"),
        "docx_broken": _l("Word 文件已损坏，无法读取。"),
        "no_record": _l("没有这样的记录：%(kind)s %(record)s。"),
        "file_gone": _l("文件 %(sha256)s 已不在存储中，请从备份恢复。"),
        "manuscript_type": _l("只收 .txt、.md 和 .docx 文件，不收 %(suffix)s。"),
        "manuscript_empty": _l("文稿里没有可以排版的文字。"),
        "text_unreadable": _l("文本读不出来，请用 UTF-8 或者 GB18030 编码另存后上传。"),
        "text_too_long": _l("文本超过 %(limit)s 字，请拆分。"),
    }
)
