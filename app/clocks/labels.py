"""Which words stand for terms, grounds, days and what is refused to a clock?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import get_locale, gettext, ngettext
from flask_babel import lazy_gettext as _l

from app.clocks.rules import Outcome, SpanAct
from app.kernel.calendar import DayKind, RollOver
from app.kernel.deadlines import LegalRule, SpanKind, Unit
from app.kernel.statutes import Effect, load_statutes
from app.web import words

#: Why a clock stands still, as short as "暂停 · 检验" needs it.
GROUNDS = {
    "appraisal": _l("鉴定"),
    "inspection": _l("检验"),
    "identification": _l("辨认鉴别"),
    "hearing": _l("听证"),
    "announcement": _l("公告"),
    "stay": _l("中止"),
    "refund": _l("责令退还"),
    "given": _l("法定事由"),
}

HOLIDAYS = {
    "元旦": _l("元旦"),
    "春节": _l("春节"),
    "清明节": _l("清明节"),
    "劳动节": _l("劳动节"),
    "端午节": _l("端午节"),
    "中秋节": _l("中秋节"),
    "国庆节": _l("国庆节"),
    "抗战胜利70周年纪念日": _l("抗战胜利70周年纪念日"),
}

DAY_KINDS = {
    DayKind.WORKING: _l("工作日"),
    DayKind.MAKE_UP: _l("调休上班"),
    DayKind.WEEKEND: _l("周末"),
    DayKind.HOLIDAY: _l("放假"),
}

EFFECTS = {
    Effect.ACT_BY: _l("应在期满前完成"),
    Effect.LAPSES: _l("期满即失效或视为放弃"),
    Effect.NOT_BEFORE: _l("期满后方可进行"),
}

ROLL_OVERS = {
    RollOver.REST_DAYS: _l("末日逢休息日，顺延到其后第一个工作日"),
    RollOver.HOLIDAYS: _l("末日逢法定节假日才顺延，普通周末不顺延"),
    RollOver.NEVER: _l("末日不顺延"),
}

SPANS = {
    SpanKind.RUNNING: _l("计时"),
    SpanKind.SUSPENDED: _l("暂停"),
    SpanKind.EXTENDED: _l("延长"),
    SpanKind.ROLLED: _l("顺延"),
}

SPAN_ACTS = {SpanAct.SUSPEND: _l("暂停计时"), SpanAct.EXTEND: _l("延长期限")}

OUTCOMES = {
    Outcome.MET: _l("按期办结"),
    Outcome.LATE: _l("逾期办结"),
    Outcome.WITHDRAWN: _l("不再计时"),
    Outcome.RESTARTED: _l("重新计算"),
}


@dataclass(frozen=True)
class Title:
    """What a rule is for, said in the language of whoever reads it."""

    code: str

    def __str__(self) -> str:
        """Return the title of the rule's latest version."""
        return title(load_statutes().of(self.code)[-1])


TITLES = {rule.code: Title(rule.code) for rule in load_statutes()}
CLOCK_ACTS = ("extended", "recounted", "resumed", "started", "stopped", "suspended")

words.register_facts(
    {
        "clock.stopped.outcome": OUTCOMES,
        "clock.suspended.ground": GROUNDS,
        **{f"clock.{act}.rule": TITLES for act in CLOCK_ACTS},
    }
)
words.register(
    refusals={
        "clock_running_already": _l("这一期限已经在计时。"),
        "clock_stopped": _l("这一期限已经结束，不能再改动。"),
        "clock_paused": _l("这一期限正在暂停。"),
        "clock_not_paused": _l("这一期限没有暂停，不需要恢复。"),
        "clock_ground_not_in_law": _l("%(article)s没有规定因这一事由暂停计时。"),
        "clock_resumed_too_early": _l("恢复日不能早于暂停日 %(since)s。"),
        "clock_before_start": _l("日期不能早于起算日 %(start)s。"),
        "clock_term_over": _l("期限已于 %(due)s 届满，只能在届满前暂停或延长。"),
        "clock_no_extension": _l("%(article)s不允许再延长。"),
        "clock_end_is_fixed": _l("这次延长的时间由规定确定，不需要填写届满日。"),
        "clock_end_needed": _l("规定没有写明延长多久，请填写决定的届满日。"),
        "clock_end_too_early": _l("延长后的届满日须晚于 %(due)s。"),
        "calendar_year": _l("年份应在 %(first)s 至 %(last)s 之间。"),
        "calendar_line": _l("第 %(line)s 行读不懂，请写成“春节 2027-02-05..2027-02-11”。"),
        "calendar_no_such_day": _l("第 %(line)s 行有不存在的日期。"),
        "calendar_span": _l("第 %(line)s 行的起止颠倒，或者超过 31 天。"),
        "calendar_day_twice": _l("%(day)s 写了两次。"),
        "calendar_no_holiday": _l("请填写放假日期。"),
        "count_day": _l("没有这一天，请按 2026-09-22 的样子填写。"),
        "count_span": _l("请把暂停的起止日写成 2026-08-03..2026-08-14。"),
        "count_no_rule": _l("%(day)s 没有这一期限的规定。"),
        "count_impossible": _l("按这些条件算不出届满日，请核对暂停和延长。"),
        "day_outside_year": _l("%(day)s 不在这一年（或上一年 12 月）。"),
        "day_off_and_worked": _l("%(day)s 既放假又上班。"),
        "make_up_day_is_a_weekday": _l("%(day)s 不是周六或周日，不能是调休上班日。"),
    },
    events={
        "clock.started": _l("开始计时"),
        "clock.suspended": _l("暂停计时"),
        "clock.resumed": _l("恢复计时"),
        "clock.extended": _l("延长期限"),
        "clock.stopped": _l("停止计时"),
        "clock.recounted": _l("放假安排变动，重算期限"),
        "calendar.year_entered": _l("录入放假安排"),
    },
    permissions={
        "calendar:read": _l("查看工作日历"),
        "calendar:keep": _l("录入放假安排"),
        "legal_rule:read": _l("查看法定期限"),
        "clock:count": _l("计算期限"),
    },
)


def locale() -> str:
    """Return the reader's language, zh or en."""
    return "en" if str(get_locale()).startswith("en") else "zh"


def ground(code: str | None) -> str:
    """Return the word of a ground; one the portal does not know stands as written."""
    return str(GROUNDS.get(code or "", code or ""))


def holiday(name: str) -> str:
    """Return a holiday's name in the reader's language."""
    return str(HOLIDAYS.get(name, name))


# --- a rule --------------------------------------------------------------------------------


def title(rule: LegalRule) -> str:
    """Return what the term is for."""
    return rule.title_en if locale() == "en" else rule.title_zh


def start_event(rule: LegalRule) -> str:
    """Return the event from which the term runs."""
    return rule.start_event_en if locale() == "en" else rule.start_event_zh


def law(rule: LegalRule) -> str:
    """Return the name of the law; in English with the Chinese name behind it."""
    return f"{rule.law_en} ({rule.law})" if locale() == "en" else rule.law


def article(rule: LegalRule) -> str:
    """Return the article as the reader's language writes it: 第64条, Art. 64."""
    if locale() != "en":
        return rule.article
    if "未核实" in rule.article:
        return "article not verified"
    plain = re.sub(r"第(\d+)条", r"Art. \1", rule.article)
    return re.sub(r"第(\d+)项", r"(\1)", plain).replace("、", ", ").replace("至", " to ")


def basis(rule: LegalRule) -> str:
    """Return the law and article in their short form: 令2 第64条."""
    number = re.fullmatch(r"(总局|国务院)令第(\d+)号", rule.law_number)
    if locale() == "en":
        issuer = {"总局": "SAMR Order", "国务院": "State Council Order"}
        short = f"{issuer[number[1]]} {number[2]}" if number else rule.law_en
        return f"{short}, {article(rule)}"
    if not number:
        return f"{rule.law.removeprefix('中华人民共和国')} {rule.article}"
    return f"{'国务院令' if number[1] == '国务院' else '令'}{number[2]} {rule.article}"


def source_note(rule: LegalRule) -> str:
    """Return how far the rule's numbers were verified."""
    return rule.source_note_en if locale() == "en" else rule.source_note


def length(count: int, unit: Unit) -> str:
    """Return a length with its unit: 15 个工作日, 90 日."""
    match unit:
        case Unit.WORKING_DAYS:
            said = ngettext("%(num)s 个工作日", "%(num)s 个工作日", count)
        case Unit.CALENDAR_DAYS:
            said = ngettext("%(num)s 日", "%(num)s 日", count)
        case Unit.MONTHS:
            said = ngettext("%(num)s 个月", "%(num)s 个月", count)
        case Unit.YEARS:
            said = ngettext("%(num)s 年", "%(num)s 年", count)
        case Unit.HOURS:
            said = ngettext("%(num)s 小时", "%(num)s 小时", count)
    return str(said)


def grounds(rule: LegalRule) -> str:
    """Return the grounds on which the clock stands still, in one line."""
    return str(gettext("、")).join(ground(code) for code in rule.exclusions)


def extensions(rule: LegalRule) -> list[str]:
    """Return each extension the law allows, with who decides on it."""
    said = []
    for step in rule.extensions:
        approver = step.approver_en if locale() == "en" else step.approver_zh
        time = (
            gettext("可延长 %(length)s", length=length(step.length, step.unit))
            if step.length is not None
            else gettext("可延长，期限由决定确定")
        )
        said.append(
            gettext("%(time)s（%(approver)s）", time=time, approver=approver) if approver else time
        )
    return said
