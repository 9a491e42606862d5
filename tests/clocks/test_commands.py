"""Does the command line count as the regulations do, and say clearly what it cannot read?"""

from __future__ import annotations

import argparse
import json

import pytest

from app.clocks import actions, commands, rules
from app.kernel.db import unit_of_work

pytestmark = pytest.mark.database


@pytest.fixture
def portal(context, capsys):
    """Run a verb and return exit code, standard output and standard error."""

    def run(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser(prog="portal")
        commands.add_commands(parser.add_subparsers(required=True))
        asked = parser.parse_args(words)
        code = asked.act(asked)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("add", "2026-09-18", "7"), "2026-09-29"),
        (("add", "2021-09-22", "7"), "2021-09-30"),
        (("last", "2017-10-07"), "2017-09-30"),
        (("last", "2021-10-10"), "2021-10-09"),
        (("roll", "2026-08-03", "60"), "2026-10-08"),
    ],
)
def test_workdays_answers_with_the_bare_date(portal, words: tuple, answer: str) -> None:
    assert portal("workdays", *words) == (0, f"{answer}\n", "")


def test_explaining_names_each_day_and_why(portal) -> None:
    _code, out, _err = portal("workdays", "add", "2026-09-18", "7", "--explain")
    assert out.splitlines() == [
        "2026-09-29",
        "  2026-09-19 Sat weekend",
        "  2026-09-20 Sun make_up 国庆节",
        "  2026-09-25 Fri holiday 中秋节",
        "  2026-09-26 Sat holiday 中秋节",
        "  2026-09-27 Sun holiday 中秋节",
    ]
    _code, out, _err = portal("workdays", "roll", "2026-08-03", "60", "--explain")
    assert out.splitlines()[-1] == "  counted to 2026-10-02, moved to 2026-10-08"


def test_json_gives_all_of_it(portal) -> None:
    _code, out, _err = portal("workdays", "roll", "2026-08-03", "60", "--json")
    answer = json.loads(out)
    assert (answer["date"], answer["unrolled"]) == ("2026-10-08", "2026-10-02")
    assert not answer["provisional"]
    assert len(answer["steps"]) == 6


def test_a_year_without_a_notice_is_marked(portal) -> None:
    code, out, _err = portal("workdays", "add", "2026-12-28", "7")
    assert (code, out) == (0, "2027-01-07 (provisional: a year's notice is missing)\n")


def test_the_administrators_year_is_used(portal, identity) -> None:
    with unit_of_work():
        notice = rules.schedule(
            2027, "测试用放假安排", "", off="元旦 2027-01-01..2027-01-05", worked=""
        )
        actions.enter_year(notice, by=identity("lj.system_administrator"))
    assert portal("workdays", "add", "2026-12-28", "7")[1] == "2027-01-11\n"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("workdays", "add", "2026-02-30", "7"), "'2026-02-30' is no date"),
        (("workdays", "add", "gestern", "7"), "'gestern' is no date"),
        (("workdays", "add", "2026-09-18", "many"), "'many' is no number of days"),
        (("workdays", "add", "2026-09-18", "-1"), "a term has 0 to"),
        (("workdays", "roll", "2026-09-18", "999999999999"), "a term has 0 to"),
        (("workdays", "roll", "9999-12-31", "7"), "date value out of range"),
        (("deadline", "case.decision"), "--from which DATE"),
        (("deadline", "case.unheard", "--from", "2026-07-13"), "no rule case.unheard"),
        (("deadline", "tip.named_reply", "--from", "2026-07-13"), "in force on 2026-07-13"),
        (
            ("deadline", "case.decision", "--from", "2026-07-13", "--suspend", "2026-08-03"),
            "is no span of days",
        ),
        (
            ("deadline", "tip.acceptance", "--from", "2026-07-13", "--extend"),
            "can be extended 0 time(s)",
        ),
        (
            ("deadline", "case.decision", "--from", "2026-07-13", "--extend", "--extend"),
            "--until DATE",
        ),
    ],
)
def test_what_cannot_be_counted_is_one_line_and_exit_code_2(
    portal,
    words: tuple,
    complaint: str,
) -> None:
    code, out, err = portal(*words)
    assert (code, out) == (2, "")
    assert err.startswith("portal: ")
    assert err.count("\n") == 1
    assert complaint in err


def test_a_deadline_comes_with_article_start_and_what_was_left_out(portal) -> None:
    code, out, _err = portal(
        "deadline", "case.decision", "--from", "2026-07-13", "--suspend", "2026-08-03..2026-08-14"
    )
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "2026-10-23"
    assert "第64条" in lines[1]
    assert "立案 2026-07-13 + 90 calendar_days" in lines[2]
    assert lines[3] == "  suspended 2026-08-03..2026-08-14, 12 days"


def test_a_deadline_is_extended_as_the_law_allows(portal) -> None:
    words = ("deadline", "case.decision", "--from", "2026-07-06")
    assert portal(*words, "--extend")[1].splitlines()[0] == "2026-11-03"
    twice = portal(*words, "--extend", "--extend", "--until", "2026-12-11", "--json")[1]
    assert json.loads(twice)["date"] == "2026-12-11"


def test_the_version_of_the_start_day_is_used(portal) -> None:
    old = portal("deadline", "tip.mediation", "--from", "2026-04-14", "--json")[1]
    new = portal("deadline", "tip.mediation", "--from", "2026-04-15", "--json")[1]
    assert json.loads(old)["rule"]["unit"] == "working_days"
    assert json.loads(new)["date"] == "2026-06-15"


def test_the_list_shows_every_rule_with_its_article(portal) -> None:
    code, out, _err = portal("deadline", "--list")
    assert code == 0
    assert any(line.startswith("case.decision") and "第64条" in line for line in out.splitlines())
    listed = json.loads(portal("deadline", "--list", "--json")[1])
    assert len(listed) == len(out.splitlines())
    assert {"code", "law", "article", "valid_from", "source_note"} <= set(listed[0])
