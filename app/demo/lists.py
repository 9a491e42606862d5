"""Which foreign lists of tips were handed in, and how far is each?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.demo.agenda import Sent, Story
from app.demo.stage import Stage
from app.demo.texts import read
from app.tips.imports import actions, queries, tables
from app.tips.imports import jobs as _work  # noqa: F401 - declares the work of the queue
from app.tips.imports.headings import Field

#: Longer ago than any list names a day.
MOST_DAYS = 40


def kept_rows() -> int:
    """Return how many tips come of the lists that were taken in."""
    lists = [row for row in read("lists")["lists"] if row["fate"] == "kept"]
    return sum(len(row["content"].strip().splitlines()) - 1 for row in lists)


def stories(stage: Stage) -> Iterator[Story]:
    """Yield the story of each list."""
    for number, row in enumerate(read("lists")["lists"]):
        yield _list(stage, number, row)


def _list(stage: Stage, number: int, row: dict[str, Any]) -> Story:
    pace = stage.pace(f"list/{number}")
    yield pace.begin(stage.workdays_ago(row["age"]))
    days = [f"{pace.day - timedelta(days=ago):%Y-%m-%d}" for ago in range(MOST_DAYS)]
    content = row["content"].strip().format(*days).encode()
    by = stage.cast.account(row["by"])
    run = actions.upload(tables.read(content), content, row["filename"], by=by)
    if row["fate"] == "uploaded":
        return
    yield pace.after(0)
    columns = {Field(name): at for name, at in run.columns.items()}
    job = actions.check(run, columns, row["source"], by=by)
    if "mapping" in row:
        actions.save_mapping(run, row["mapping"], by=by)
    number_of_run = run.id
    yield Sent(job.id)
    if row["fate"] == "checked":
        return
    again = queries.by_number(number_of_run, by)
    yield Sent(actions.keep(again, by=by).id)
