"""Builders of manuscripts."""

from __future__ import annotations

from app.kernel.db import db, unit_of_work
from app.manuscripts import actions, sheet
from app.people import queries as people
from app.typesetting.manuscript import recognise

TEXT = """样例局文件

样〔2026〕3号

关于开展样例检查的通知

各样例所：

一、示范目标

请于9月底前完成样例检查。

附件：1. 样例清单

样例局

2026年9月9日
"""


def manuscript(account: str = "qs.drafter", text: str = TEXT) -> str:
    """Bring a text in; returns the reference."""
    with unit_of_work():
        made = actions.take(sheet.of(recognise(text)), by=people.today_identity(account))
        reference = made.reference
    db.session.remove()
    return reference
