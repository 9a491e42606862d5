"""How long do a call's acts take among 500,000 tips: saving it, the hints while typing, the queue?

``./portal bench tips`` builds 20,000 tips, ``--full`` 500,000, once: the database is kept in
``.cache/bench`` for the schema it was made for.  Real rows are made through the operator's door and
multiplied by the database itself; each of the multiplied tips has its reporter, its clock, its two
entries in the trail and its prints.  One in fifty is still open, as in a bureau that keeps up.

Each figure is a 95th percentile: beside the limit promised, by the clock on the wall and of the
processor alone (what a machine that others use lets the two differ by), and beside a bare durable
insert or a bare Flask page of the same run.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from sqlalchemy import Connection, text

from app import create_app
from app.administration.benches import Figure
from app.config import ROOT, Settings
from app.enterprises import queries as enterprises
from app.kernel import clock
from app.kernel.db import BUSY_TIMEOUT_MS, db, unit_of_work
from app.people import queries as people
from app.tips import duplicates, intake, queries
from app.tips.likeness import Story, prints_of
from app.tips.rules import Channel, Standing, TipKind
from app.units import queries as units
from tests.bench.pages import signed_in
from tests.support import databases, world
from tests.support.make import enterprises as make_enterprises
from tests.support.make import tips as make

SMALL, FULL = 20_000, 500_000
#: So many tips tell the same words: more doubles than any bureau has, so buckets are fuller.
TELLINGS = 25
OPEN_ONE_IN = 50
ENTERPRISES = 300
ROUNDS, WARM = 200, 20
SAVE_MS, TYPE_MS = 50.0, 80.0
#: Above every key of the world that is multiplied; from then on, for twenty months.
FIRST = 10_000
BEGIN, PAST_SECONDS = "2025-01-01 02:00:00", 52_000_000

GOODS = (
    ("wire_cable", "电线", "铜芯发黑，外皮一撕就裂，通电半小时就烫手"),
    ("gas_appliance", "燃气灶", "点火后火苗发红，三次自己熄灭，没有熄火保护"),
    ("cement", "水泥", "袋子上没有生产日期，和水两天都不凝固"),
    ("e_bicycle", "电动自行车", "骑了一周刹车失灵，最高时速超过四十公里"),
    ("paint", "墙面漆", "刷完味道刺鼻，孩子头晕，罐上查不到厂名"),
)
TRADES = ("五金店", "家电商行", "建材市场", "超市", "童车专营店", "农资站", "灯具城", "百货")
SYLLABLES = "安宝昌成大德东方丰福光广贵海和恒宏华佳建金锦景久康乐利龙美明南宁庆荣瑞盛顺泰通万旺祥新"
CLOSING = ("去找老板他不承认", "要求退货", "请尽快来查", "还有别人也买到了", "包装上什么都没写")


def figures() -> Iterator[Figure]:
    """Yield the figures among 20,000 tips."""
    yield from _figures(SMALL)


def full_figures() -> Iterator[Figure]:
    """Yield the figures among 500,000 tips; building them takes some minutes, once."""
    yield from _figures(FULL)


def _figures(count: int) -> Iterator[Figure]:
    bare = Flask("bare")
    bare.add_url_rule("/", view_func=lambda: "hello")
    hello = bare.test_client()
    with tempfile.TemporaryDirectory(dir=built(count).parent) as folder:
        live = Path(folder) / "instance"
        shutil.copytree(built(count), live)
        app = application(live)
        with app.app_context(), closing(scratch(live)) as raw:
            yield from beside("saving", saving(), lambda: bare_insert(raw), (SAVE_MS, 60))
            yield from beside("typing", typing(), lambda: hello.get("/"), (TYPE_MS, 400))
        triage = signed_in(app, "qs.triage_officer")
        queue, page = measured(lambda: triage.get("/tips/?view=triage"), lambda: hello.get("/"))
        yield Figure("queue page, p95 / bare page", queue.wall, page.wall, 800)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


class Slow(NamedTuple):
    """95th percentiles in milliseconds: by the clock on the wall, and of the processor alone."""

    wall: float
    processor: float


def beside(
    name: str, act: Callable[[], object], bare: Callable[[], object], most: tuple[float, float]
) -> Iterator[Figure]:
    """Yield an act's figures: beside its limit, without waiting for others, beside the bare act."""
    limit, ratio = most
    ours, theirs = measured(act, bare)
    yield Figure(f"{name}, p95 / limit", ours.wall, limit, 1)
    yield Figure(f"{name}, processor p95 / limit", ours.processor, limit, 1)
    yield Figure(f"{name}, p95 / bare", ours.wall, theirs.wall, ratio)


def measured(act: Callable[[], object], bare: Callable[[], object]) -> tuple[Slow, Slow]:
    """Do both in turns, so that a slow minute of the machine slows both."""
    took: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    for turn in range(ROUNDS + WARM):
        for what, (wall, processor) in zip((act, bare), took, strict=True):
            began, begun = time.perf_counter(), time.thread_time()
            what()
            if turn >= WARM:
                processor.append((time.thread_time() - begun) * 1000)
                wall.append((time.perf_counter() - began) * 1000)
    ours, theirs = (Slow(*(statistics.quantiles(each, n=20)[-1] for each in of)) for of in took)
    return ours, theirs


# What is measured -------------------------------------------------------------------------------


def saving() -> Callable[[], object]:
    """Return the act of saving: contents, sealing, clock, trail, prints, durable commit."""
    number = itertools.count(1)

    def save() -> None:
        operator = people.today_identity("qs.operator")
        with unit_of_work():
            told = account(next(number) * 7_919)
            caller = intake.Caller(Standing.REAL_NAME, "样例来件人丁", "13800000150", "样例路 1 号")
            intake.receive(told, caller, channel=Channel.TELEPHONE, by=operator)
        db.session.remove()

    return save


def typing() -> Callable[[], object]:
    """Return everything that is looked up while a call is typed, together."""
    number = itertools.count(1)
    operator, bureau = people.today_identity("qs.operator"), units.by_code("qs")

    def look() -> None:
        told = account(next(number) * 104_729)
        duplicates.candidates(told, operator, clock.today())
        enterprises.suggestions(told.subject_name[:4])
        queries.same_caller("13800000148", operator)
        intake.division_of(told.subject_address, bureau, demo=True)
        db.session.remove()

    return look


def account(number: int) -> intake.Account:
    """Return what a caller tells: words like those of kept tips, never the very same."""
    told = story(number)
    return intake.Account(
        kinds=frozenset({TipKind.REPORT}),
        facts=told.facts.replace("买了", "前天买的") + "，快来人",
        subject_name=told.names[0],
        subject_address=told.address,
        product_code=told.product_code,
    )


def scratch(folder: Path) -> sqlite3.Connection:
    """Return a durable database of one table, on the same disk."""
    raw = sqlite3.connect(folder / "scratch.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("CREATE TABLE call (id INTEGER PRIMARY KEY, facts TEXT)")
    return raw


def bare_insert(raw: sqlite3.Connection) -> None:
    """Insert one row in a transaction of its own."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO call (facts) VALUES (?)", ("样例五金店卖的电线铜芯发黑",))
    raw.execute("COMMIT")


# Building ---------------------------------------------------------------------------------------


def story(number: int) -> Story:
    """Return one of a great many stories, the same for the same number."""
    size = len(SYLLABLES)
    first, second = SYLLABLES[number % size], SYLLABLES[number // size % size]
    third = SYLLABLES[number // size**2 % size]
    shop = f"样例{first}{second}{third}{TRADES[number % len(TRADES)]}"
    code, goods, fault = GOODS[number // 3 % len(GOODS)]
    parts = [*fault.split("，"), CLOSING[number // 11 % len(CLOSING)], f"花了{number % 997}元"]
    turned = parts[number % len(parts) :] + parts[: number % len(parts)]
    return Story(
        facts=f"我在{shop}买了{goods}，" + "，".join(turned),
        names=(shop,),
        address=f"青石县人民路 {number % 1_499} 号",
        division_code="990121",
        product_code=code,
    )


def application(folder: Path) -> Flask:
    """Return an application over a folder, durable as in production."""
    app = create_app(Settings(instance_path=folder, testing=True, demo=True, jobs_immediate=True))
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def built(count: int) -> Path:
    """Return the folder of a filled database, made when there is none for this schema."""
    schema = max(path.name[:4] for path in (ROOT / "migrations" / "versions").glob("*.py"))
    folder = ROOT / ".cache" / "bench" / f"tips-{count}-{schema}"
    if not folder.exists():
        making = folder.with_suffix(".new")
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(parents=True)
        fill(making, count)
        making.rename(folder)
    return folder


def fill(folder: Path, count: int) -> None:
    """Make the world, one tip of it, and multiply that."""
    app = application(folder)
    with app.app_context():
        databases.migrate(app)
        world.build()
        with unit_of_work():
            by = people.today_identity("qs.triage_officer")
            for number in range(ENTERPRISES):
                make_enterprises.enterprise(by, f"{story(number).names[0]}有限公司")
        make.tip(routed_to="qs")
        with unit_of_work() as session:
            multiply(session.connection(), count)
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def multiply(connection: Connection, count: int) -> None:
    """Write so many tips like the one there is, below the application."""
    stories = max(1, count // TELLINGS)
    tell(connection, stories, count)
    past = f"n.i * 60 % {PAST_SECONDS}"
    closed = f"CASE WHEN n.i % {OPEN_ONE_IN} THEN"
    key, reference = f"n.i + {FIRST}", "'b' || n.i"
    head = connection.execute(text("SELECT seq FROM audit_head")).scalar_one()
    copies: list[tuple[str, dict[str, str]]] = [
        ("reporter", {"id": key, "phone_index": reference, "code_index": reference}),
        (
            "tip",
            {
                "id": key, "reporter_id": key, "reference": reference, "facts": "s.facts",
                "received_at": f"datetime('{BEGIN}', '+' || ({past}) || ' seconds') || '.000000'",
                "state": f"{closed} 'concluded' ELSE 'routed' END", "subject_name": "s.name",
                "subject_address": "s.address", "product_code": "s.product",
            },
        ),
        (
            "clock",
            {
                "id": key, "subject_reference": reference, "outcome": f"{closed} 'met' END",
                "stopped_on": f"{closed} t.started_on END",
            },
        ),
        *(
            ("audit_entry", {"seq": f"{head} + 2 * n.i - {half}", "subject_reference": reference})
            for half in (0, 1)
        ),
    ]  # fmt: skip
    for table, changed in copies:
        copy(connection, table, changed, stories)
    connection.exec_driver_sql(f"UPDATE audit_head SET seq = {head + 2 * count}")
    connection.exec_driver_sql(
        "INSERT INTO tip_print (print, tip_id) SELECT p.print, t.id FROM tip t JOIN story_print p"
        f" ON p.story_id = (t.id - {FIRST}) % {stories} WHERE t.id > {FIRST}"
        " ORDER BY p.print, t.id"
    )
    connection.exec_driver_sql("ANALYZE")


def tell(connection: Connection, stories: int, count: int) -> None:
    """Put the stories, their prints and the numbers to count by where the database finds them."""
    run = connection.exec_driver_sql
    run("CREATE TEMP TABLE story (id INTEGER PRIMARY KEY, facts, name, address, product)")
    run("CREATE TEMP TABLE story_print (story_id INTEGER, print INTEGER)")
    told = [(number, story(number * 31)) for number in range(stories)]
    rows = [(at, s.facts, s.names[0], s.address, s.product_code) for at, s in told]
    run("INSERT INTO story VALUES (?, ?, ?, ?, ?)", rows)
    run(
        "INSERT INTO story_print VALUES (?, ?)",
        [(at, number) for at, each in told for number in prints_of(each)],
    )
    run("CREATE INDEX temp.of_story ON story_print (story_id)")
    run(
        "CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS"
        f" (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < {count}) SELECT i FROM c"
    )


def copy(connection: Connection, table: str, changed: dict[str, str], stories: int) -> None:
    """Insert one row of a table for every number, some columns changed, the rest as in its last."""
    names = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
    key = "seq" if "seq" in names else "id"
    values = ", ".join(changed.get(name, f't."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    last = f'SELECT * FROM "{table}" WHERE "{key}" = (SELECT max("{key}") FROM "{table}")'
    connection.exec_driver_sql(
        f'INSERT INTO "{table}" ({quoted}) SELECT {values} FROM n'
        f" JOIN ({last}) t JOIN story s ON s.id = n.i % {stories}"
    )
