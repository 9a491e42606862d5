"""Does a reporter's identity stay where it was put: out of pages, logs and files?

Every reporter carries words of their own that occur nowhere else; then everything is opened, and
everything on the disk is searched.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.config import Settings
from app.kernel import clock, permissions
from app.kernel.db import db, unit_of_work
from app.kernel.roles import ADMINISTRATORS, Role
from app.people import queries as people
from app.tips import actions, intake, queries
from app.tips.imports import actions as imports
from app.tips.imports import tables
from app.tips.imports.rules import Field
from app.tips.rules import Channel, Standing, TipKind, Wish
from app.tips.triage import actions as triage
from app.tips.triage.rules import MergeBasis, RemarkKind
from app.units import queries as units
from app.web.access import PUBLIC
from tests.conftest import fresh
from tests.support.databases import Template
from tests.support.eyes import FOUND, dumped, on_disk, read
from tests.support.make import canaries
from tests.support.make.canaries import TIPS, words_of
from tests.support.matrix import House, cells, rows

pytestmark = pytest.mark.database

COMPLAINT = frozenset({TipKind.COMPLAINT})
#: Which of the tips two bureaus disagree about.
DISPUTED = 1
#: A complaint and a report that go all the way; see ``go_their_way`` for the others.
MEDIATED, VISITED = 21, 22
#: Where somebody who may ask for a reporter meets tips.
NEAR = ("/tips", "/papers", "/mediations", "/inspections", "/leads", "/desk")


def report(number: int) -> str:
    """Receive a tip whose reporter is a canary, routed to the county like the others."""
    name, phone, address = words_of(number)
    is_complaint = number % 3 == 0
    told = intake.Account(
        kinds=COMPLAINT if is_complaint else frozenset({TipKind.REPORT}),
        facts="样例五金店卖的电线铜芯发黑，一撕就裂。", subject_name="样例五金店",
        subject_address="青石县人民路 218 号",
        wishes=frozenset({Wish.REFUND}) if is_complaint else frozenset(),
    )  # fmt: skip
    caller = intake.Caller(Standing.REAL_NAME, name, phone, address)
    operator = people.today_identity("cz.operator")
    made = intake.receive(told, caller, channel=Channel.TELEPHONE, by=operator).tips[0]
    triage = people.today_identity("cz.triage_officer")
    actions.route(made, units.by_code("qs"), by=triage)
    return made.reference


def foreign_lists() -> None:
    """Bring canaries in by a list, and leave another waiting whose every row is wrong."""
    rows = [words_of(number) for number in range(TIPS)]
    head = "登记编号,类别,登记时间,投诉内容,被投诉人,姓名,联系电话,联系地址"
    by = people.today_identity("qs.triage_officer")
    for told, taken in (("2026-09-20", True), ("昨天", False)):
        lines = [
            f"{told}-{at},举报,{told},电线发黑,样例五金店,{name},{phone},{address}"
            for at, (name, phone, address) in enumerate(rows)
        ]
        content = "\n".join((head, *lines)).encode()
        table = tables.read(content)
        run = imports.upload(table, content, f"样例清单{told}.csv", by=by)
        columns = {Field(each): column for each, column in run.columns.items()}
        outcome = imports.read(table, columns, "")
        imports.note_outcome(run, outcome)
        assert bool(outcome.faults) is not taken
        if taken:
            imports.take_in(outcome, imports.arrivals(outcome, by=by), "", str(run.id), by=by)


@pytest.fixture(scope="module")
def app(template: Template) -> Iterator[Flask]:
    """One house for the whole module; the control, which spoils it, comes last."""
    yield from fresh(template)


@pytest.fixture(scope="module")
def references(app: Flask) -> list[str]:
    with app.app_context():
        with unit_of_work():
            made = [report(number) for number in range(TIPS)]
            go_their_way(made)
            foreign_lists()
        db.session.remove()
    return made


@pytest.fixture(scope="module")
def house(app: Flask, references: list[str]) -> House:
    """Everything else there is, some of it about canaries."""
    made = House(app)
    with app.app_context():
        made.known.update(canaries.at_every_desk(references[MEDIATED], references[VISITED]))
    return made


def go_their_way(made: list[str]) -> None:
    """Let some tips be split, merged, gathered, commented and disputed, as real ones are."""
    desk, leader = (people.today_identity(f"qs.{r}") for r in ("triage_officer", "unit_leader"))
    tips = [queries.by_reference(reference, desk) for reference in made[:16]]
    triage.split(tips[3], facts="样例：虚假宣传", wishes=frozenset(), by=desk)
    triage.merge(tips[10], tips[11], basis=MergeBasis.SAME_MATTER, by=desk)
    triage.link(tips[13], tips[14], reason="样例", by=desk)
    triage.open_gathering(tips[6:9], title="样例事件", by=desk)
    above = people.today_identity("cz.supervisor")
    triage.remark(tips[4], kind=RemarkKind.URGE, text="样例：请加快", by=above)
    triage.answer(tips[4], text="样例：在办", by=leader)
    triage.pause(tips[7], ground="inspection", on=clock.today(), reason="样例", by=desk)
    triage.dispute(tips[DISPUTED], units.by_code("bs"), reason="样例：邻县", by=leader)


def innocent(app: Flask) -> list[str]:
    """Return one account of every role that may never see a reporter, at home and above."""
    with app.app_context():
        found = [
            account
            for role in Role
            for account in (f"{'lj' if role in ADMINISTRATORS else 'qs'}.{role.value}",)
            if not permissions.may(people.today_identity(account), "reporter:read")
        ]
    return [*found, "cz.supervisor", "cz.auditor", "bs.auditor"]


def addresses(house: House, account: str, references: Sequence[str]) -> Iterator[str]:
    """Yield every address that answers a GET, a tip's own with many canaries' references.

    What an account may not open refuses each tip in the same words: some of them will do.
    """
    role = account.partition(".")[2]
    for row in rows():
        if row["method"] != "GET":
            continue
        cell = next(cells(row))
        if row["about"] == "reference=tip":
            for reference in references if row[role] == "may" else references[:3]:
                house.known["tip"] = reference
                yield house.address(cell)
        else:
            yield house.address(cell)
    for rule in house.app.url_map.iter_rules():
        view = house.app.view_functions[rule.endpoint]
        is_open = getattr(view, "access", PUBLIC) == PUBLIC and not rule.arguments
        if is_open and "GET" in (rule.methods or set()):
            yield rule.rule
    for word in words_of(7):
        yield from (f"/tips/?view=all&q={word}", f"/enterprises/?q={word}", f"/desk?q={word}")


def documents(app: Flask) -> list[str]:
    """Return the addresses of documents that name no reporter, a few of those made for all."""
    query = "SELECT id FROM paper WHERE recipient IN ('trader', 'unit') ORDER BY id DESC LIMIT 8"
    with app.app_context():
        return [f"/papers/{number}/file.pdf" for number in db.session.scalars(text(query))]


def leaks(house: House, account: str, paths: Iterable[str]) -> list[str]:
    """Return the addresses at which an account meets a canary that it did not type itself."""
    found = []
    for path in paths:
        answer = house.client(account).get(path, headers={"HX-Request": "true"})
        met = set(FOUND.findall(read(answer.data))) - set(FOUND.findall(path))
        answer.close()
        if met:
            found.append(f"{account} {path}")
    return found


def test_nobody_without_the_right_meets_a_reporter(
    app: Flask, house: House, references: list[str], logged: io.StringIO
) -> None:
    accounts = innocent(app)
    assert {"qs.operator", "qs.auditor", "lj.audit_administrator"} <= set(accounts)
    found = []
    for account in accounts:
        # One reader opens every tip; the others the same pages with three of them.
        sample = references if account == "qs.auditor" else references[::60]
        disputed = f"/tips/{references[DISPUTED]}/dispute"
        found += leaks(house, account, [*addresses(house, account, sample), disputed])
    # Who may ask for a reporter meets none either before having asked.
    for account in ("qs.triage_officer", "qs.inspector", "qs.unit_leader", "cz.triage_officer"):
        paths = [*addresses(house, account, references[20:23]), *documents(app)]
        found += leaks(house, account, [path for path in paths if path.startswith(NEAR)])
    assert not found, found
    assert not FOUND.search(logged.getvalue())
    assert "denied" in logged.getvalue(), "the log was really caught"


def test_nothing_on_the_disk_tells_who_reported(app: Flask, house: House) -> None:
    settings: Settings = app.config["SETTINGS"]
    assert dumped(app) == []
    assert on_disk(settings.instance_path) == []


def test_whoever_has_the_right_sees_it_and_it_is_written_down(
    sign_in: Callable[[str], FlaskClient], app: Flask, references: list[str]
) -> None:
    client: FlaskClient = sign_in("qs.unit_leader")
    answer = client.post(f"/tips/{references[0]}/reporter", data={"reveal-purpose": "contact"})
    assert words_of(0)[0] in answer.get_data(as_text=True)
    with app.app_context():
        query = text("SELECT count(*) FROM audit_entry WHERE event = 'tip.reporter_shown'")
        assert db.session.execute(query).scalar_one() == 1
        assert dumped(app) == []


def test_a_planted_leak_is_found_in_page_table_and_file(
    app: Flask, house: House, references: list[str], tmp_path: Path
) -> None:
    """The control: one name written where it does not belong."""
    name = words_of(5)[0]
    with app.app_context(), unit_of_work() as session:
        session.execute(
            text("UPDATE tip SET seller = :name WHERE reference = :reference"),
            {"name": name, "reference": references[5]},
        )
    assert dumped(app) == ["tip"]
    if db_is_a_file(app):
        assert on_disk(app.config["SETTINGS"].instance_path)
    (tmp_path / "kept").write_bytes(name.encode("gb18030"))
    assert on_disk(tmp_path) == ["kept"]
    assert leaks(house, "qs.auditor", [f"/tips/{references[5]}"])
    assert not leaks(house, "qs.auditor", [f"/tips/{references[6]}"])


def db_is_a_file(app: Flask) -> bool:
    return not app.config["SETTINGS"].database_url
