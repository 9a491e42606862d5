"""What does each component look like? One page shows all of them with invented words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace as Row
from typing import Any

from flask import Blueprint, Response
from wtforms import FileField, widgets

from app.kernel.deadlines import CountUnit, DueWords, WordKind
from app.web.access import open_to_public
from app.web.pages import Pagination, render_page
from app.web.wtf import (
    BlockField,
    BooleanField,
    HouseDateField,
    HouseForm,
    LineField,
    MoneyField,
    RadioField,
    SelectField,
    SelectMultipleField,
    options,
)

bp = Blueprint("patterns", __name__)


class SampleForm(HouseForm):
    """One field of every kind; its words are samples and stay Chinese."""

    phone = LineField("来电号码", default="000 0000 0148")
    party = LineField("被反映单位", default="测试线缆有限公司")
    district = SelectField("属地", choices=options({"990121": "青石县", "990122": "白沙县"}))
    amount = MoneyField("金额")
    bought_on = HouseDateField("购买日期", default=date(2026, 9, 18))
    words = BlockField("来电人原话", default="样例：铜芯发黑，BV 2.5 电线两卷共 376 元。")
    wants = SelectMultipleField(
        "请求",
        choices=options({"return": "退货", "change": "更换", "repair": "修理"}),
        default=["return"],
        option_widget=widgets.CheckboxInput(),
        widget=widgets.ListWidget(prefix_label=False),
    )
    place = RadioField(
        "在哪里买的？",
        choices=options({"shop": "实体店、市场", "net": "网店、直播", "door": "上门推销"}),
        default="shop",
    )
    danger = BooleanField("危及人身安全")
    photo = FileField("照片")


def _words() -> list[tuple[DueWords, date]]:
    """Return every kind of deadline words with its day."""
    days, working = CountUnit.CALENDAR_DAYS, CountUnit.WORKING_DAYS
    return [
        (DueWords(WordKind.OVERDUE, 2, days), date(2026, 9, 20)),
        (DueWords(WordKind.TODAY), date(2026, 9, 22)),
        (DueWords(WordKind.NEAR, 3, working), date(2026, 9, 28)),
        (DueWords(WordKind.LEFT, 14, working), date(2026, 10, 19)),
        (DueWords(WordKind.LEFT, 31, days), date(2026, 10, 23)),
        (DueWords(WordKind.PAUSED, ground="鉴定"), date(2026, 10, 23)),
        (
            DueWords(WordKind.PROVISIONAL, on=date(2027, 1, 8), is_provisional=True),
            date(2027, 1, 8),
        ),
        (DueWords(WordKind.DONE), date(2026, 9, 1)),
    ]


def _clocks() -> list[Row]:
    near, left = _words()[2], _words()[4]
    return [
        Row(
            title="作出处理决定",
            words=left[0],
            due_on=left[1],
            basis="令2 第64条",
            notes=["立案 7月13日起 90 日", "扣除检验 8月3日至14日共 12 日"],
            steps=["从 7月14日数起", "8月3日至14日检验，停 12 日"],
        ),
        Row(
            title="提醒函答复",
            words=near[0],
            due_on=near[1],
            basis="临市监督函〔2026〕31号",
            notes=[],
            steps=[],
        ),
    ]


def _entries() -> list[Row]:
    def entry(at: Any, title: str, *, filled: bool, detail: str = "") -> Row:
        return Row(at=at, title=title, by="样例县局 演示员", detail=detail, filled=filled)

    return [
        entry(datetime(2026, 9, 21, 1, 30, tzinfo=UTC), "省局催办", filled=False, detail="待答复"),
        entry(date(2026, 8, 14), "收到检验报告 2 份", filled=True),
        entry(date(2025, 12, 30), "负责人批准立案", filled=True),
    ]


def samples() -> dict[str, Any]:
    """Return what the pattern page needs: forms, words, rows, all invented."""
    form, faulty = SampleForm(prefix="a"), SampleForm(prefix="b")
    faulty.amount.data = "三百多"
    faulty.amount.errors = ["金额应为数字"]
    faulty.form_errors.append("样例：要求没有全部销号，不能摘牌。")
    stages = [
        ("立案", "7月13日", "done"),
        ("调查取证", "第 71 日", "current"),
        ("案件审核", "10 个工作日", ""),
        ("决定", "10月23日前", ""),
        ("结案归档", "", ""),
    ]
    return {
        "form": form,
        "faulty": faulty,
        "words": _words(),
        "clocks": _clocks(),
        "entries": _entries(),
        "stages": [Row(name=name, note=note, state=state) for name, note, state in stages],
        "demands": [Row(state=state) for state in ("met", "met", "overdue", "open", "open")],
        "urgings": [
            Row(word="提醒函", state="sent"),
            Row(word="交办函", state="late"),
            Row(word="督办函", state=""),
        ],
        "files": [
            Row(name="样例照片.jpg", size=214_016, sha256="8a41" + "0" * 56 + "07e2", url="#")
        ],
        "page": Pagination(number=2, per_page=17, total=52),
    }


@bp.get("/_patterns")
@open_to_public
def show() -> Response:
    """Show every component once."""
    return render_page("patterns.html", **samples())
