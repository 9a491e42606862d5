"""Are calendars, clocks and their words found as they are kept?"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.clocks import actions, lookups, queries, rules
from app.clocks.models import Clock
from app.kernel.db import db
from app.kernel.deadlines import DueWords, WordKind
from app.kernel.errors import Refused
from app.units.models import Unit
from tests.support.days import on

pytestmark = pytest.mark.database

TODAY = date(2026, 9, 22)


def test_the_calendar_is_the_shipped_one_with_the_administrators_years(
    administrator,
    writing,
) -> None:
    def enter(off: str) -> None:
        schedule = rules.schedule(2027, "测试用放假安排", "", off=off, worked="")
        actions.enter_year(schedule, by=administrator)

    assert not queries.calendar().is_published(2027)
    enter("元旦 2027-01-01..2027-01-03")
    assert queries.calendar().is_published(2027)
    enter("元旦 2027-01-01")
    assert on("2027-01-03") not in queries.calendar().years[2027].holidays, "never a stale year"


def test_the_calendar_is_built_once_for_one_state_of_the_table(context) -> None:
    assert queries.calendar() is queries.calendar()


def test_next_year_stands_on_the_page_before_its_notice(context) -> None:
    assert lookups.listed_years(queries.calendar(), 2026)[:2] == [2027, 2026]


def test_a_months_page_names_what_is_off_and_what_is_worked(context) -> None:
    september = lookups.months(2026, queries.calendar())[8]
    assert september.off == ("9月25日至9月27日 中秋节",)
    assert september.worked == ("9月20日 国庆节",)
    assert september.working_days == 22


def test_records_clocks_come_running_first_and_nearest_first(officer, writing) -> None:
    case = ("case", "测试-1")
    late = actions.start(*case, "case.decision", on("2026-09-01"), by=officer)
    near = actions.start(*case, "case.statement", on("2026-09-21"), by=officer)
    done = actions.start(*case, "case.filing", on("2026-08-01"), by=officer)
    actions.stop(done, met_on=on("2026-08-10"), by=officer)
    actions.start("case", "测试-2", "case.decision", on("2026-09-01"), by=officer)
    assert list(queries.clocks_of(*case)) == [near, late, done]
    assert queries.main_clock(*case) is near
    assert queries.running_clock(*case, "case.filing") is None
    assert [view.clock for view in queries.views(*case, TODAY)] == [near, late]


def test_a_list_sorts_by_its_records_last_day_in_sql(officer, writing) -> None:
    terms = {"qs": "2026-09-10", "bs": "2026-09-01", "cz": "2026-07-01"}
    for code, started in terms.items():
        actions.start("unit", code, "case.decision", on(started), by=officer, is_main=True)
    # noise: another kind with the same reference, a clock that is not the main one, a stopped one
    actions.start("case", "qs", "case.decision", on("2025-01-01"), by=officer, is_main=True)
    actions.start("unit", "qs", "case.filing", on("2025-01-01"), by=officer)
    over = actions.start("unit", "lj", "case.filing", on("2025-01-02"), by=officer, is_main=True)
    actions.stop(over, met_on=on("2025-01-03"), by=officer)
    paused = queries.running_clock("unit", "cz", "case.decision")
    actions.suspend(paused, on=on("2026-07-02"), ground="stay", reason="中止", by=officer)

    statement, clock = queries.with_main_clock(
        select(Unit.code).where(Unit.code.in_(["qs", "bs", "cz", "lj"])), "unit", Unit.code
    )
    ordered = statement.order_by(*queries.due_order(clock), Unit.code)
    assert db.session.scalars(ordered).all() == ["bs", "qs", "cz", "lj"]
    late = ordered.where(queries.overdue(clock, on("2026-12-03")))
    assert db.session.scalars(late).all() == ["bs"], "one that stands still is never late"
    assert set(queries.main_clocks("unit", ["qs", "bs", "lj"])) == {"qs", "bs"}


def test_words_of_a_kept_clock(officer, writing) -> None:
    clock = actions.start("tip", "260917-901", "tip.acceptance", on("2026-09-17"), by=officer)
    said = queries.words_of(clock, TODAY)
    assert (said.kind, said.count) == (WordKind.NEAR, 3)
    actions.stop(clock, met_on=TODAY, by=officer)
    assert queries.words_of(clock, TODAY).kind is WordKind.DONE


def test_a_day_set_by_people_is_told_in_working_days(context) -> None:
    assert queries.words_for_day(on("2026-09-28"), TODAY).count == 3
    assert queries.words_for_day(on("2026-10-20"), TODAY).count == 15
    assert queries.words_for_day(on("2026-09-15"), TODAY).kind is WordKind.OVERDUE


def test_a_clock_that_stands_still_says_its_ground_in_words(officer, writing) -> None:
    clock = actions.start("tip", "260911-901", "tip.verification", on("2026-09-11"), by=officer)
    actions.suspend(clock, on=on("2026-09-14"), ground="inspection", reason="送检", by=officer)
    assert queries.words_of(clock, TODAY) == DueWords(WordKind.PAUSED, ground="检验")
    view = queries.view(clock, TODAY)
    assert view.due_on is None
    assert view.steps[-1] == "9月14日 起暂停计时（检验）"


def test_a_view_says_article_start_exclusions_and_each_step(officer, writing) -> None:
    clock = actions.start("case", "测试-3", "case.decision", on("2026-07-13"), by=officer)
    actions.suspend(clock, on=on("2026-08-03"), ground="inspection", reason="送检", by=officer)
    actions.resume(clock, on=on("2026-08-14"), by=officer)
    view = queries.view(clock, TODAY)
    assert (view.title, view.basis) == ("作出处理决定", "令2 第64条")
    assert view.notes == ["立案 7月13日起 90 日", "扣除检验 8月3日至8月14日共 12 日"]
    assert view.steps == [
        "7月13日 立案，当日不计，从次日起算",
        "8月3日至8月14日 检验，不计",
        "2026年10月23日 届满",
    ]
    assert view.words == DueWords(WordKind.LEFT, 31, view.words.unit, on("2026-10-23"))
    assert view.arguments == {
        "code": "case.decision",
        "start": "2026-07-13",
        "suspend": "2026-08-03..2026-08-14",
        "under": "2021-07-15",
    }


def test_a_postponed_last_day_is_said_with_its_reason(officer, writing) -> None:
    clock = actions.start("case", "测试-4", "seizure.period", on("2026-09-01"), by=officer)
    view = queries.view(clock, TODAY)
    assert view.notes == ["实施查封、扣押 9月1日起 30 日", "10月1日顺延"]
    assert view.steps[1:] == [
        "10月1日至10月7日 国庆节，不作末日",
        "末日 10月1日 不是工作日，顺延至 10月8日",
        "2026年10月8日 届满",
    ]


def test_working_days_are_explained_with_weekends_holidays_and_days_worked(
    officer,
    writing,
) -> None:
    clock = actions.start("tip", "260918-901", "tip.acceptance", on("2026-09-18"), by=officer)
    assert queries.view(clock, TODAY).steps == [
        "9月18日 收到投诉，当日不计，从次日起算",
        "9月19日 周末，不计",
        "9月20日 国庆节调休上班，计入",
        "9月25日至9月27日 中秋节放假，不计",
        "2026年9月29日 届满",
    ]


def test_the_count_page_reaches_the_kept_last_day(officer, leader, writing) -> None:
    clock = actions.start("case", "测试-5", "case.decision", on("2026-07-13"), by=officer)
    approved = {"reason": "集体讨论", "approved_by": leader.person_id, "by": officer}
    actions.extend(clock, on=TODAY, **approved)
    actions.extend(clock, on=TODAY, until=on("2026-12-11"), **approved)
    arguments = queries.view(clock, TODAY).arguments
    asked = rules.Asked(
        code=arguments["code"],
        start=on(arguments["start"]),
        suspensions=rules.asked_suspensions(arguments.get("suspend", "")),
        extended=arguments["extend"],
        until=on(arguments["until"]),
        under=on(arguments["under"]),
    )
    assert lookups.counted_for(asked, queries.calendar()).due_on == clock.due_on


def test_a_rule_that_did_not_hold_is_refused_at_its_field(context) -> None:
    asked = rules.Asked("tip.named_reply", on("2026-06-01"))
    with pytest.raises(Refused, match="count_no_rule") as refusal:
        lookups.counted_for(asked, queries.calendar())
    assert refusal.value.field == "code"


def test_terms_are_found_by_article_title_or_code(context) -> None:
    assert len([r for rules in lookups.rules_by_law("tip.mediation").values() for r in rules]) == 4
    assert len(lookups.rules_by_law("听证")) == 3
    assert lookups.rules_by_law("没有这样的期限") == {}


def test_every_ground_effect_and_setting_has_words(context) -> None:
    from app.clocks import labels  # noqa: PLC0415 - only here
    from app.kernel.deadlines import load_statutes  # noqa: PLC0415

    for rule in load_statutes():
        assert set(rule.exclusions) <= set(labels.GROUNDS), rule.code
        assert labels.EFFECTS[rule.effect]
        assert labels.ROLL_OVERS[rule.roll_over]
        assert labels.basis(rule)
    names = {name for year in queries.calendar().years.values() for name in year.holidays.values()}
    assert names <= set(labels.HOLIDAYS)


def test_a_clock_row_says_nothing_of_people(context) -> None:
    assert not [column.name for column in Clock.__table__.columns if "person" in column.name]
