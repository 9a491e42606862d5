"""Does a list come in by its pages: tried first, changing nothing; then all of it, once?"""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from sqlalchemy import func, select

from app.cli import _act, build_parser
from app.clocks.models import Clock
from app.kernel import audit, vault
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.people import queries as people
from app.tips import duplicates, intake
from app.tips.imports import actions, queries
from app.tips.imports.models import ImportState, TipImport, TipImportFault, TipImportFile
from app.tips.models import Reporter, Tip, TipPrint
from tests.support.make import tips as make
from tests.support.page import Page

pytestmark = pytest.mark.database
WHO = "qs.triage_officer"
COLUMNS = {
    "number": "0", "kind": "1", "received": "2", "facts": "3", "subject_name": "4",
    "caller_name": "5", "phone": "6", "wishes": "7",
}  # fmt: skip


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def browser(sign_in):
    return sign_in(WHO)


def chosen(page: Page, name: str) -> str:
    select_ = page.one("select", name=name)
    return next(o.text for o in select_.iter() if o.get("selected") is not None)


def upload(browser, content: bytes = make.LIST.encode(), name: str = "清单.csv"):
    return browser.post("/tips/imports/", data={"file": (io.BytesIO(content), name)})


def test_the_whole_way_of_a_list(app, browser) -> None:
    there = upload(browser).headers["Location"]
    page = Page(browser, browser.get(there))
    assert "按 UTF-8 读取，2 行" in page.text
    assert chosen(page, "facts") == "投诉内容"
    tried = Page(browser, browser.post(f"{there}/check", data=COLUMNS, follow_redirects=True))
    assert "没有错误" in tried.text
    with app.app_context():
        assert count(Tip) == 0
        assert count(TipImportFile) == 1
    done = Page(browser, browser.post(f"{there}/keep", follow_redirects=True))
    assert "已导入" in done.text
    with app.app_context():
        complaint, report = db.session.scalars(select(Tip).order_by(Tip.id)).all()
        assert (complaint.reference, report.reference) == ("260921-001", "260920-001")
        assert complaint.unit_path == people.today_identity(WHO).bureau_path
        reporter = db.session.get_one(Reporter, complaint.reporter_id)
        assert vault.unseal(reporter.name_sealed, field="reporter.name") == "样例来件人丙"
        starts = dict(db.session.execute(select(Clock.subject_reference, Clock.started_on)).all())
        assert starts["260921-001"] == date(2026, 9, 21)
        assert count(TipImportFile) == 0
        assert audit.first_broken() is None
        assert [e.event for e in audit.trail("tip", "260921-001")] == [
            "tip.received", "clock.started",
        ]  # fmt: skip
        told = intake.Account(
            kinds=frozenset(), facts="水泥三天了不凝固", subject_name="测试建材市场"
        )
        found = duplicates.candidates(told, people.today_identity(WHO), date(2026, 9, 22))
        assert [each.tip.reference for each in found] == ["260920-001"]


def test_the_same_list_again_is_nothing_new(app, browser) -> None:
    for _ in range(2):
        there = upload(browser).headers["Location"]
        page = Page(browser, browser.post(f"{there}/check", data=COLUMNS, follow_redirects=True))
        browser.post(f"{there}/keep")
    assert "没有可导入的新行" in page.text
    with app.app_context():
        assert count(Tip) == 2


def test_rows_without_a_number_are_known_by_their_content(app, browser) -> None:
    columns = {**COLUMNS, "number": ""}
    for _ in range(2):
        there = upload(browser).headers["Location"]
        browser.post(f"{there}/check", data=columns)
        browser.post(f"{there}/keep")
    with app.app_context():
        assert count(Tip) == 2


def test_a_row_that_is_both_becomes_two_linked_records(app, browser) -> None:
    there = upload(browser, make.LIST.replace("1,投诉,", "1,投诉举报,").encode())
    browser.post(f"{there.headers['Location']}/check", data=COLUMNS)
    browser.post(f"{there.headers['Location']}/keep")
    with app.app_context():
        one, other, _third = db.session.scalars(select(Tip).order_by(Tip.id)).all()
        assert (one.twin_reference, other.twin_reference) == (other.reference, one.reference)
        assert _third.twin_reference is None


def wrong_list(rows: int) -> bytes:
    lines = make.LIST.splitlines()[:1]
    lines += [f"W-{at},怪,昨天,发黑,样例店,样例秘密人,12,退货" for at in range(rows)]
    return "\n".join(lines).encode("gb18030")


def test_two_thousand_wrong_rows_are_all_told_paged_and_downloaded(app, browser) -> None:
    there = upload(browser, wrong_list(2_000)).headers["Location"]
    page = Page(browser, browser.post(f"{there}/check", data=COLUMNS, follow_redirects=True))
    assert "GB18030" in page.text
    assert len(page.rows()) == 50
    assert "样例秘密人" not in page.text
    body = browser.get(f"{there}/faults.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) == 1 + 3 * 2_000
    assert rows[1] == [
        "2",
        "登记时间",
        "不是日期。请写成 2026-09-18 或 2026年9月18日。",
        "昨天",
    ] or (rows[1][0] == "2")
    assert "样例秘密人" not in body
    assert browser.post(f"{there}/keep").status_code == 422
    with app.app_context():
        assert count(Tip) == count(Reporter) == 0
        assert count(TipImportFault) == 6_000


def test_nothing_of_the_caller_lies_open_while_the_list_waits(app, browser) -> None:
    upload(browser)
    folder = app.config["SETTINGS"].instance_path
    with app.app_context():
        kept = db.session.scalar(select(TipImportFile.content_sealed))
        assert kept.startswith("v1.")
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert "样例来件人丙".encode() not in content, path
            assert b"13800000163" not in content, path


def test_a_mapping_is_kept_under_its_name_and_offered_again(browser) -> None:
    there = upload(browser).headers["Location"]
    named = {**COLUMNS, "facts": "4", "subject_name": "3", "save_as": "反着的台账"}
    browser.post(f"{there}/check", data=named)
    again = upload(browser).headers["Location"]
    page = Page(browser, browser.get(f"{again}?mapping=反着的台账"))
    assert chosen(page, "facts") == "被投诉人"


def test_a_column_left_out_is_said_at_its_place(browser) -> None:
    there = upload(browser).headers["Location"]
    page = Page(browser, browser.post(f"{there}/check", data={**COLUMNS, "kind": ""}))
    assert page.status == 422
    assert "请指出这一项在哪一列" in page.text


@pytest.mark.parametrize("content", [b"", b"\xff\xff\xff", b"%PDF-1.7 none"])
def test_what_is_no_list_is_refused_in_words(browser, content: bytes) -> None:
    answer = upload(browser, content)
    assert answer.status_code == 422


def test_a_list_can_be_thrown_away_and_nothing_of_it_stays(app, browser) -> None:
    there = upload(browser, wrong_list(3)).headers["Location"]
    browser.post(f"{there}/check", data=COLUMNS)
    browser.post(f"{there}/drop")
    with app.app_context():
        assert count(TipImport) == count(TipImportFile) == count(TipImportFault) == 0


def test_another_bureau_does_not_find_the_list(browser, sign_in) -> None:
    there = upload(browser).headers["Location"]
    assert sign_in("bs.triage_officer").get(there).status_code == 404
    assert sign_in("qs.inspector").get(there).status_code == 403


def test_a_kept_list_is_not_kept_again(browser) -> None:
    there = upload(browser).headers["Location"]
    assert browser.post(f"{there}/keep").status_code == 409
    browser.post(f"{there}/check", data=COLUMNS)
    browser.post(f"{there}/keep")
    assert browser.post(f"{there}/keep").status_code == 409
    assert browser.post(f"{there}/check", data=COLUMNS).status_code == 409


def test_a_fault_in_the_middle_keeps_nothing_at_all(app, monkeypatch) -> None:
    with app.app_context():
        number = make.foreign_list()
        by = people.today_identity(WHO)
        run = queries.by_number(number, by)
        table = actions_table(run)
        columns = {actions.Field(each): at for each, at in run.columns.items()}
        outcome = actions.read(table, columns, "")
        arriving = actions.arrivals(outcome, by=by)
        monkeypatch.setattr(duplicates, "add_all", lambda _each: 1 / 0)
        with pytest.raises(ZeroDivisionError), unit_of_work():
            actions.take_in(outcome, arriving, "", "1", by=by)
        assert count(Tip) == count(Reporter) == count(TipPrint) == count(Clock) == 0
        assert queries.by_number(number, by).state is ImportState.UPLOADED


def actions_table(run):
    from app.tips.imports import tables  # noqa: PLC0415

    return tables.read(queries.content_of(run))


# The verb ---------------------------------------------------------------------------------------


@pytest.fixture
def ask(app, tmp_path, monkeypatch, capsys):
    from app import cli  # noqa: PLC0415

    monkeypatch.setattr(cli, "create_app", lambda _settings: app)
    file = tmp_path / "list.csv"

    def answer(content: bytes, *more: str):
        file.write_bytes(content)
        code = _act(build_parser().parse_args(["import", "tips", str(file), "--json", *more]))
        return code, json.loads(capsys.readouterr().out)

    return answer


def test_the_verb_tries_keeps_and_keeps_once(ask, app) -> None:
    content = make.LIST.encode("gb18030")
    code, told = ask(content, "--dry-run")
    assert (code, told["form"], told["new"], told["kept_tips"]) == (0, "GB18030", 2, 0)
    assert ask(content)[1]["kept_tips"] == 2
    assert ask(content)[1] == {**told, "new": 0, "known": 2}
    with app.app_context():
        assert count(Tip) == 2


def test_a_row_that_is_wrong_and_came_before_is_told_both_at_its_row(ask) -> None:
    head, one, other = make.LIST.splitlines()
    again = other.replace("2026-09-20", "某日")
    wrong = one.replace("Y-0001", "Y-0003").replace("投诉,", "邮件,")
    _code, told = ask(f"{head}\n{one}\n{other}\n{again}\n{wrong}".encode())
    assert [(each["row"], each["column"], each["code"]) for each in told["faults"]] == [
        (4, "登记时间", "import_bad_date"), (4, "登记编号", "import_repeated"),
        (5, "类别", "import_bad_kind"),
    ]  # fmt: skip


def test_the_verb_names_every_column_it_misses(ask) -> None:
    with pytest.raises(PortalError, match=r"反映内容 \(facts\), 收到日期 \(received\); .*号, 类别"):
        ask("号,类别,被投诉人\n1,投诉,样例五金店\n".encode())


def test_what_is_no_list_answers_an_error_as_json(app, tmp_path, monkeypatch, capsys) -> None:
    from app import cli  # noqa: PLC0415

    monkeypatch.setattr(cli, "create_app", lambda _settings: app)
    file = tmp_path / "empty.csv"
    file.touch()
    assert cli.main(["import", "tips", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {"error": "文件里没有数据行。"}


def test_the_verb_tells_every_fault_and_keeps_nothing(ask, app, tmp_path) -> None:
    code, told = ask(wrong_list(5))
    assert (code, told["wrong_rows"], len(told["faults"]), told["kept_tips"]) == (1, 5, 15, 0)
    assert {fault["row"] for fault in told["faults"]} == {2, 3, 4, 5, 6}
    mapping = tmp_path / "map.json"
    mapping.write_text(json.dumps({"facts": "没有的列"}), "utf-8")
    with pytest.raises(PortalError, match="没有的列"):
        ask(make.LIST.encode(), "--mapping", str(mapping))
    with pytest.raises(PortalError, match="no mapping"):
        ask(make.LIST.encode(), "--mapping", "nobody's")
