"""In which sentences is a count told: what stands beside the last day, and each step to it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext

from app.clocks import labels
from app.kernel import text
from app.kernel.calendar import DAY, Day, DayKind, Step, StepKind
from app.kernel.deadlines import Due, Span, SpanKind, Unit


def _day(on: date) -> str:
    return text.short_day(on, labels.locale())


def _days(first: date, last: date) -> str:
    if first == last:
        return _day(first)
    return str(gettext("%(first)s至%(last)s", first=_day(first), last=_day(last)))


def stretches(days: Iterable[Day]) -> tuple[str, ...]:
    """Return days off or worked with the holiday's name, neighbouring days together."""
    as_steps = [Step(day.on, StepKind.HOLIDAY, day.name) for day in days]
    return tuple(
        f"{_days(first, last)} {labels.holiday(name)}"
        for _kind, name, first, last in _stretches(as_steps)
    )


def notes(due: Due) -> list[str]:
    """Return start, exclusions, extension and postponement: what stands beside the last day."""
    rule = due.rule
    said = [
        gettext(
            "%(event)s %(day)s起 %(length)s",
            event=labels.start_event(rule),
            day=_day(due.started_on),
            length=labels.length(rule.length, rule.unit),
        )
    ]
    said += [_suspension(span) for span in due.spans if span.kind is SpanKind.SUSPENDED]
    extended = [span for span in due.spans if span.kind is SpanKind.EXTENDED]
    if extended:
        said.append(gettext("延长至 %(day)s", day=_day(extended[-1].last)))
    if due.due_on != due.legal_due_on:
        said.append(gettext("%(day)s顺延", day=_day(due.legal_due_on)))
    return [str(sentence) for sentence in said]


def _suspension(span: Span) -> str:
    return str(
        gettext(
            "扣除%(ground)s %(days)s共 %(length)s",
            ground=labels.ground(span.ground),
            days=_days(span.first, span.last),
            length=labels.length(span.days, Unit.CALENDAR_DAYS),
        )
    )


def steps(due: Due) -> list[str]:
    """Return the count in sentences: the first day, each stretch left out or put in, the end."""
    said = [
        gettext(
            "%(day)s %(event)s，当日不计，从次日起算",
            day=_day(due.started_on),
            event=labels.start_event(due.rule),
        )
    ]
    said += step_sentences(due.steps)
    if due.due_on != due.legal_due_on:
        said.append(
            gettext(
                "末日 %(day)s 不是工作日，顺延至 %(moved)s",
                day=_day(due.legal_due_on),
                moved=_day(due.due_on),
            )
        )
    if due.paused:
        said.append(
            gettext(
                "%(day)s 起暂停计时（%(ground)s）",
                day=_day(due.paused.first),
                ground=labels.ground(due.paused.ground),
            )
        )
    else:
        said.append(gettext("%(day)s 届满", day=text.day(due.due_on, labels.locale())))
    if due.is_provisional:
        said.append(gettext("次年放假安排尚未公布，日期暂定"))
    return [str(sentence) for sentence in said]


def step_sentences(found: Sequence[Step]) -> list[str]:
    """Return the steps of a count, neighbouring days of one kind in one sentence."""
    return [_sentence(*stretch) for stretch in _stretches(found)]


def _stretches(found: Sequence[Step]) -> list[tuple[StepKind, str, date, date]]:
    joined: list[tuple[StepKind, str, date, date]] = []
    for step in sorted(found, key=lambda step: step.day):
        if (
            joined
            and joined[-1][:2] == (step.kind, step.reason)
            and step.day == joined[-1][3] + DAY
        ):
            joined[-1] = (step.kind, step.reason, joined[-1][2], step.day)
        else:
            joined.append((step.kind, step.reason, step.day, step.day))
    return joined


def _sentence(kind: StepKind, reason: str, first: date, last: date) -> str:
    days = _days(first, last)
    match kind:
        case StepKind.WEEKEND:
            return str(gettext("%(days)s 周末，不计", days=days))
        case StepKind.HOLIDAY:
            return str(
                gettext("%(days)s %(name)s放假，不计", days=days, name=labels.holiday(reason))
            )
        case StepKind.MAKE_UP:
            return str(
                gettext("%(days)s %(name)s调休上班，计入", days=days, name=labels.holiday(reason))
            )
        case StepKind.SUSPENDED:
            return str(
                gettext("%(days)s %(ground)s，不计", days=days, ground=labels.ground(reason))
            )
        case StepKind.ROLLED:
            name = labels.holiday(reason) if reason else labels.DAY_KINDS[DayKind.WEEKEND]
            return str(gettext("%(days)s %(name)s，不作末日", days=days, name=name))
