"""Does the bench runner tell a met target from a missed one?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.administration import benches
from app.cli import main

BENCH = """
from app.administration.benches import Figure

def figures():
    yield Figure("list page", value={value}, baseline=2.0, target=5)
    yield Figure("public page", value=3.0, baseline=2.0, target=5)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "met.py").write_text(BENCH.format(value=8.0), "utf-8")
    (tmp_path / "missed.py").write_text(BENCH.format(value=11.0), "utf-8")
    (tmp_path / "_shared.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.setattr(benches, "FOLDER", tmp_path)
    return tmp_path


def test_each_figure_is_one_line_with_name_value_baseline_ratio_and_target(folder, capsys):
    assert main(["bench", "met"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.split() == [
        "list",
        "page",
        "8.00",
        "ms",
        "2.00",
        "ms",
        "4.00",
        "x",
        "<=",
        "5",
        "x",
    ]
    assert second.startswith("public page")


def test_a_missed_target_is_marked_and_ends_with_one(folder, capsys):
    assert main(["bench", "missed"]) == 1
    assert capsys.readouterr().out.splitlines()[0].endswith("MISSED")


def test_all_benchmarks_run_when_none_is_named(folder, capsys):
    assert main(["bench"]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_a_program_reads_one_object_a_line(folder, capsys):
    main(["bench", "missed", "--json"])
    figures = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert figures[0] == {
        "name": "list page", "value": 11.0, "baseline": 2.0, "target": 5, "unit": "ms",
        "ratio": 5.5, "met": False,
    }  # fmt: skip


def test_the_full_length_is_run_where_there_is_one(folder, capsys):
    short = BENCH.format(value=8.0)
    full = short.replace("figures", "full_figures").replace("list page", "whole list")
    (folder / "met.py").write_text(short + full, "utf-8")
    main(["bench", "met", "--full"])
    assert capsys.readouterr().out.startswith("whole list")
    main(["bench", "met"])
    assert capsys.readouterr().out.startswith("list page")


def test_an_unknown_benchmark_is_refused_with_the_known_ones(folder, capsys):
    assert main(["bench", "speed"]) == 1
    assert "met, missed" in capsys.readouterr().err
