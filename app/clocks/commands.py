"""Which days and terms can the administrator have counted on the command line?

``workdays`` counts on the calendar, ``deadline`` counts a legal term. Both answer with the bare
date, so that a script can read it; ``--explain`` names every day left out, ``--json`` gives all of
it. A date the portal cannot read, or a rule it does not know, is one line on standard error and
exit code 2. A date that rests on a year without its notice is marked provisional.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date

from app.clocks import queries
from app.kernel.calendar import (
    Counted,
    Step,
    WorkCalendar,
    explain_calendar_days,
    explain_last_working_day,
    explain_working_days,
)
from app.kernel.deadlines import (
    Due,
    Extension,
    LegalRule,
    NoSuchRule,
    SpanKind,
    Suspension,
    TermFault,
    compute,
    load_statutes,
    rule_at,
)

DONE, MISUSED = 0, 2

#: The ground written down for days given on the command line.
GIVEN = "given"


class Misuse(ValueError):
    """What was typed cannot be counted; the text is the one line to print."""


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare ``workdays`` and ``deadline``; each parser's ``act`` returns the exit code."""
    workdays = verbs.add_parser("workdays", help="count days on the published calendar")
    counts = workdays.add_subparsers(title="counts", metavar="COUNT", required=True)
    _count_verb(counts, "add", "the N-th working day after DATE", _add, with_length=True)
    _count_verb(counts, "last", "the last working day on or before DATE", _last, with_length=False)
    _count_verb(
        counts,
        "roll",
        "DATE and N calendar days, moved off a day of rest",
        _roll,
        with_length=True,
    )
    deadline = verbs.add_parser("deadline", help="count a legal term; --list shows all rules")
    deadline.add_argument("rule", nargs="?", metavar="RULE", help="code of the rule")
    deadline.add_argument("--from", dest="start", metavar="DATE", help="day of the start event")
    deadline.add_argument(
        "--suspend",
        action="append",
        default=[],
        metavar="A..B",
        help="days on which the clock stood still, both included; may be repeated",
    )
    deadline.add_argument(
        "--extend",
        action="count",
        default=0,
        help="extend as the rule allows; twice for the second extension",
    )
    deadline.add_argument("--until", metavar="DATE", help="end fixed by the extending decision")
    deadline.add_argument("--list", action="store_true", help="list every rule with its article")
    deadline.add_argument("--explain", action="store_true", help="name each day left out")
    deadline.add_argument("--json", action="store_true", help="answer as JSON")
    deadline.set_defaults(act=_guarded(_deadline))


def _count_verb(
    counts: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    count: Callable[[argparse.Namespace, WorkCalendar], Counted[date]],
    *,
    with_length: bool,
) -> None:
    parser = counts.add_parser(name, help=text, description=text)
    parser.add_argument("date", metavar="DATE")
    if with_length:
        parser.add_argument("length", metavar="N")
    parser.add_argument("--explain", action="store_true", help="name each day and why")
    parser.add_argument("--json", action="store_true", help="answer as JSON")

    def answer(asked: argparse.Namespace) -> None:
        _print_counted(count(asked, queries.calendar()), asked)

    parser.set_defaults(act=_guarded(answer))


def _guarded(
    answer: Callable[[argparse.Namespace], None],
) -> Callable[[argparse.Namespace], int]:
    """Turn what cannot be counted into one line and exit code 2."""

    def act(asked: argparse.Namespace) -> int:
        try:
            answer(asked)
        except (Misuse, NoSuchRule, TermFault, OverflowError, ValueError) as fault:
            print(f"portal: {fault}", file=sys.stderr)
            return MISUSED
        return DONE

    return act


def _add(asked: argparse.Namespace, calendar: WorkCalendar) -> Counted[date]:
    return explain_working_days(_date(asked.date), _length(asked.length), calendar)


def _last(asked: argparse.Namespace, calendar: WorkCalendar) -> Counted[date]:
    return explain_last_working_day(_date(asked.date), calendar)


def _roll(asked: argparse.Namespace, calendar: WorkCalendar) -> Counted[date]:
    return explain_calendar_days(_date(asked.date), _length(asked.length), calendar)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{text!r} is no date; write it as 2026-09-18") from None


def _length(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Misuse(f"{text!r} is no number of days") from None


def _print_counted(counted: Counted[date], asked: argparse.Namespace) -> None:
    if asked.json:
        _print_json(
            {
                "date": counted.value,
                "unrolled": counted.unrolled,
                "provisional": counted.is_provisional,
                "steps": _steps_table(counted.steps),
            }
        )
        return
    print(_marked(counted.value, is_provisional=counted.is_provisional))
    if asked.explain:
        _print_steps(counted.steps)
        if counted.unrolled and counted.unrolled != counted.value:
            print(f"  counted to {counted.unrolled}, moved to {counted.value}")


def _deadline(asked: argparse.Namespace) -> None:
    if asked.list:
        _print_rules(asked)
        return
    if not asked.rule or not asked.start:
        raise Misuse("say which RULE and --from which DATE, or --list")
    start = _date(asked.start)
    rule = rule_at(asked.rule, start)
    due = compute(
        rule,
        start,
        calendar=queries.calendar(),
        suspensions=[_suspension(text) for text in asked.suspend],
        extensions=_extensions(rule, asked),
    )
    if asked.json:
        _print_json(_due_table(due))
    else:
        _print_due(due, asked)


def _suspension(text: str) -> Suspension:
    first, dots, last = text.partition("..")
    if not dots:
        raise Misuse(f"{text!r} is no span of days; write it as 2026-08-03..2026-08-14")
    return Suspension(_date(first), _date(last), GIVEN)


def _extensions(rule: LegalRule, asked: argparse.Namespace) -> list[Extension]:
    if asked.extend > len(rule.extensions):
        raise Misuse(f"{rule.code} can be extended {len(rule.extensions)} time(s) at most")
    taken = []
    for step in rule.extensions[: asked.extend]:
        if step.length is not None:
            taken.append(Extension(step.length, step.unit))
        elif asked.until:
            taken.append(Extension(until=_date(asked.until)))
        else:
            raise Misuse("the law gives this extension no length; say --until DATE")
    return taken


def _print_due(due: Due, asked: argparse.Namespace) -> None:
    rule = due.rule
    print(_marked(due.due_on, is_provisional=due.is_provisional))
    print(f"  {rule.title_zh}  {rule.law}（{rule.law_number}）{rule.article}")
    print(f"  {rule.start_event_zh} {due.started_on} + {rule.length} {rule.unit}")
    for span in due.spans:
        if span.kind in {SpanKind.SUSPENDED, SpanKind.EXTENDED}:
            print(f"  {span.kind} {span.first}..{span.last}, {span.days} days")
    if due.legal_due_on != due.due_on:
        print(f"  counted to {due.legal_due_on}, moved to {due.due_on}")
    if asked.explain:
        _print_steps(due.steps)


def _print_rules(asked: argparse.Namespace) -> None:
    rules = list(load_statutes())
    if asked.json:
        _print_json([_rule_table(rule) for rule in rules])
        return
    for rule in rules:
        until = rule.valid_to or ""
        print(
            f"{rule.code:32} {rule.length:>3} {rule.unit:13} {rule.valid_from}..{until!s:10} "
            f"{rule.law_number or rule.law} {rule.article}  {rule.title_zh}"
        )


def _print_steps(steps: Iterable[Step]) -> None:
    for step in steps:
        print(f"  {step.day} {step.day:%a} {step.kind} {step.reason}".rstrip())


def _marked(day: date, *, is_provisional: bool) -> str:
    return f"{day} (provisional: a year's notice is missing)" if is_provisional else str(day)


def _steps_table(steps: Iterable[Step]) -> list[dict[str, object]]:
    return [{"date": step.day, "kind": step.kind, "reason": step.reason} for step in steps]


def _due_table(due: Due) -> dict[str, object]:
    return {
        "date": due.due_on,
        "unrolled": due.legal_due_on,
        "provisional": due.is_provisional,
        "rule": _rule_table(due.rule),
        "from": due.started_on,
        "spans": [
            {"kind": span.kind, "first": span.first, "last": span.last, "days": span.days}
            for span in due.spans
        ],
        "steps": _steps_table(due.steps),
    }


def _rule_table(rule: LegalRule) -> dict[str, object]:
    return {
        "code": rule.code,
        "title": rule.title_zh,
        "law": rule.law,
        "number": rule.law_number,
        "article": rule.article,
        "start_event": rule.start_event_zh,
        "length": rule.length,
        "unit": rule.unit,
        "valid_from": rule.valid_from,
        "valid_to": rule.valid_to,
        "source_note": rule.source_note,
    }


def _print_json(table: object) -> None:
    print(json.dumps(table, ensure_ascii=False, indent=2, default=str))
