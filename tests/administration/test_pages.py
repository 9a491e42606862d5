"""The trail, its proof, the queue: what each administrator and auditor sees."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from app.administration import actions, labels, queries, safety
from app.kernel import audit, checkpoints, clock, jobs
from app.kernel.db import unit_of_work
from app.kernel.signature import Fault
from app.people import queries as people
from app.people.labels import SUBJECTS
from app.tips import actions as routing
from app.tips import queries as lookups
from app.units import queries as units
from app.web import words
from tests.support import certificates
from tests.support.apps import another
from tests.support.make import tips
from tests.support.page import Page

pytestmark = pytest.mark.database
SYSTEM, SECURITY, AUDITING = (
    "lj.system_administrator", "lj.security_administrator", "lj.audit_administrator",
)  # fmt: skip
EVERYBODY = (SYSTEM, SECURITY, AUDITING, "qs.auditor", "qs.unit_leader", "cz.supervisor")
READS = {
    "/administration/": {SYSTEM, SECURITY, AUDITING},
    "/administration/trail": {AUDITING, "qs.auditor"},
    "/administration/verification": {AUDITING},
    "/administration/jobs": {SYSTEM, AUDITING},
}
ACTS = {
    "/administration/verification": {AUDITING},
    "/administration/trail/export": {AUDITING},
    "/administration/trail/checkpoints": {AUDITING},
}


@pytest.fixture(autouse=True)
def book(app, tmp_path):
    kept = checkpoints.book()
    checkpoints.install(checkpoints.Book(tmp_path / "checkpoints", "22" * 32))
    yield checkpoints.book()
    checkpoints.install(kept)


@pytest.fixture
def two_tips(app):
    """One tip held by 青石县, one by its sibling 白沙县."""
    with app.app_context(), unit_of_work():
        by = people.today_identity("cz.triage_officer")
        made = [tips.receipt().tips[0] for _ in range(2)]
        for tip, bureau in zip(made, ("qs", "bs"), strict=True):
            routing.route(tip, units.by_code(bureau), by=by)
        return [tip.reference for tip in made]


def _open(client, address, **kwargs):
    return Page(client, client.get(address, **kwargs))


# Who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", EVERYBODY)
def test_each_page_opens_to_its_readers_only(sign_in, account):
    client = sign_in(account)
    for address, allowed in READS.items():
        assert client.get(address).status_code == (200 if account in allowed else 403), address
    for address, allowed in ACTS.items():
        assert (client.post(address).status_code == 403) is (account not in allowed), address


def test_the_overview_leads_to_what_one_may_open(open_page):
    for account, seen, hidden in (
        (SYSTEM, {"组织单位", "人员", "后台任务"}, {"会话", "审计日志"}),
        (SECURITY, {"组织单位", "人员", "会话"}, {"后台任务", "审计日志"}),
        (AUDITING, {"人员", "会话", "审计日志", "日志核验"}, set()),
    ):
        links = set(open_page("/administration/", account).links())
        assert seen <= links
        assert not hidden & links


# The trail ----------------------------------------------------------------------------------------


def test_the_overview_tells_whether_files_can_be_signed(app, sign_in, open_page, tmp_path):
    assert "公开文件不签名" in open_page("/administration/", SYSTEM).text
    kept = certificates.keep(tmp_path)
    given = {"signature_file": kept.file, "signature_passphrase_file": kept.passphrase}
    with another(app, **given):
        shown = _open(sign_in(SYSTEM), "/administration/").text
        assert "可以签名" in shown
        assert f"证书：{certificates.HOLDER}，有效期至 2027年1月1日" in shown
        for days, told in ((12, "还有 12 天到期"), (-1, "证书已过期")):
            until = clock.now() + timedelta(days=days)
            certificates.keep(tmp_path, certificates.certified(certificates.HOLDER, until=until))
            shown = _open(sign_in(SYSTEM), "/administration/").text
            assert told in shown
            assert ("不能发布新的公开文件" in shown) == (days < 0)
        kept.passphrase.write_text("wrong", "utf-8")
        assert "口令不对" in _open(sign_in(SYSTEM), "/administration/").text


def test_every_fault_of_a_certificate_has_a_sentence_and_a_remedy():
    assert set(labels.SIGNATURE_FAULTS) == set(safety.REMEDIES) == set(Fault)


def test_the_audit_administrator_reads_everything(open_page, two_tips):
    page = open_page("/administration/trail", AUDITING)
    told = " ".join(" ".join(row) for row in page.rows())
    for reference in two_tips:
        assert reference in told
    assert "分办" in told
    assert "市样·triageofficer澄州市局" in told


@pytest.mark.parametrize(
    ("account", "sees"),
    [
        ("qs.auditor", (True, False)),
        ("bs.auditor", (False, True)),
        ("cz.auditor", (True, True)),
        ("dl.auditor", (False, False)),
    ],
)
def test_an_auditor_reads_the_trail_of_records_in_the_own_subtree(
    open_page, two_tips, account, sees
):
    page = open_page("/administration/trail", account)
    assert tuple(reference in page.text for reference in two_tips) == sees


def test_an_auditor_reads_nothing_about_accounts_and_units(app, open_page):
    with app.app_context(), unit_of_work():
        by = people.today_identity("qs.inspector")
        audit.record(routing.ACCEPTED, "tip", "nowhere", by=by)
        audit.record(actions.EXPORTED, "audit", "chain", by=by, seq=1)
    page = open_page("/administration/trail", "lj.auditor")
    assert "nowhere" not in page.text
    assert "chain" not in page.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("event=tip.routed", 2), ("event=tip.accepted", 0), ("kind=tip&event=tip.received", 2),
        ("kind=case", 0),
        ("account=cz.triage_officer", 4), ("account=CZ.Triage_Officer", 4), ("account=nobody", 0),
        ("event=tip.routed&since=2026-09-22&until=2026-09-22", 2), ("kind=tip&until=2026-09-21", 0),
        ("kind=tip&since=2026-09-23", 0),
    ],
)  # fmt: skip
def test_the_trail_is_narrowed_by_its_address(open_page, two_tips, query, count):
    page = open_page(f"/administration/trail?{query}", AUDITING)
    assert len(page.rows()) == count
    if not count:
        assert "没有符合条件的记录。" in page.text


def test_one_record_is_followed_by_its_number(open_page, two_tips):
    page = open_page(f"/administration/trail?reference={two_tips[0]}", AUDITING)
    assert {row[3] for row in page.rows()} == {f"线索 {two_tips[0]}"}


@pytest.mark.parametrize(
    "query",
    ["since=2026-02-30", "reference=" + "x" * 99, "event=nothing", "before=abc", "before=-1"],
)
def test_a_strange_filter_breaks_nothing(open_page, query):
    assert open_page(f"/administration/trail?{query}", AUDITING).status == 200


def test_a_day_begins_at_midnight_in_china(app, open_page):
    with (
        app.app_context(),
        clock.frozen(clock.now() - timedelta(hours=10, minutes=43)),
        unit_of_work(),
    ):
        by = people.today_identity("qs.inspector")
        audit.record(routing.ACCEPTED, "tip", "late", by=by)
    until = open_page("/administration/trail?until=2026-09-21", AUDITING)
    since = open_page("/administration/trail?since=2026-09-22", AUDITING)
    assert any("late" in cell for row in until.rows() for cell in row)
    assert not any("late" in cell for row in since.rows() for cell in row)


def test_every_subject_of_the_trail_has_a_word(app):
    own = {"test"}  # events that other tests declare for themselves
    assert set(queries.kinds()) - set(SUBJECTS) - own == set()


def test_every_fact_that_stands_alone_in_the_trail_has_a_word(app):
    shown = {
        key
        for event, keys in audit.declared().items()
        if not event.startswith("test.") and not words.detail(event, dict.fromkeys(keys, "1"))
        for key in keys
    }
    assert shown - set(labels.FACTS) == set()


def test_the_trail_tells_facts_in_the_reader_s_words(app, open_page, two_tips):
    with app.app_context(), unit_of_work():
        desk = people.today_identity("qs.triage_officer")
        routing.reveal_reporter(lookups.by_reference(two_tips[0], desk), purpose="contact", by=desk)
    reference = f"/administration/trail?reference={two_tips[0]}"
    told = open_page(reference, AUDITING).text
    assert "查看用途 联系核实情况" in told
    assert "渠道 电话" in told
    assert "期限名称 举报核查" in told
    assert not re.search(r"\b[a-z_]+=", told)


def test_the_trail_goes_on_below_the_last_entry_shown(app, open_page):
    with app.app_context(), unit_of_work():
        by = people.today_identity("qs.inspector")
        for number in range(120):
            audit.record(routing.ACCEPTED, "tip", f"t{number}", by=by)
    page = open_page("/administration/trail?event=tip.accepted", AUDITING)
    seen = [row[3] for row in page.rows()]
    while "更早的" in page.links():
        page = page.click("更早的")
        seen += [row[3] for row in page.rows()]
    assert seen == [f"线索 t{number}" for number in reversed(range(120))]


def test_the_trail_is_the_same_whole_or_in_part(sign_in, two_tips):
    client = sign_in(AUDITING)
    address = "/administration/trail?kind=tip"
    part = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True).strip()
    assert part.startswith('<div id="entries">')
    assert part in client.get(address).get_data(as_text=True)


# The proof ----------------------------------------------------------------------------------------


def test_a_sound_chain_is_verified_in_the_queue_and_witnessed(app, sign_in, two_tips, book):
    client = sign_in(AUDITING)
    with app.app_context():
        seq, digest = audit.head()
    page = _open(client, "/administration/verification")
    assert digest in page.text
    page = page.submit("核验全部日志")
    assert "完成" in page.text
    page = page.click("看核验结果")
    assert f"到第 {seq} 条完整" in page.text
    assert digest in page.text
    assert (book.last().seq, book.last().hash) == (seq, digest)
    assert f"到第 {seq} 条完整" in _open(client, "/administration/").text


def _tamper(app, statement):
    with app.app_context(), unit_of_work() as session:
        raw = session.connection()
        if app.config["SETTINGS"].database_url:
            raw.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_keep ON audit_entry")
        else:
            raw.exec_driver_sql("DROP TRIGGER IF EXISTS audit_entry_keep_UPDATE")
        raw.exec_driver_sql(statement)


def test_a_broken_chain_is_said_and_not_witnessed(app, sign_in, two_tips, book):
    _tamper(app, "UPDATE audit_entry SET subject_reference = 'planted' WHERE seq = 3")
    page = _open(sign_in(AUDITING), "/administration/verification").submit("核验全部日志")
    page = page.click("看核验结果")
    assert "第 3 条起对不上" in page.text
    assert book.last() is None
    assert "第 3 条起对不上" in _open(page.client, "/administration/").text


def test_a_denied_checkpoint_is_said(app, sign_in, two_tips, book):
    with app.app_context():
        seq, _digest = audit.head()
    book.write(seq, "0" * 64)
    page = _open(sign_in(AUDITING), "/administration/verification").submit("核验全部日志")
    assert f"第 {seq} 条起对不上" in page.click("看核验结果").text


def test_the_trail_leaves_the_house_line_by_line_and_that_is_written_down(app, sign_in, two_tips):
    client = sign_in(AUDITING)
    answer = client.post("/administration/trail/export")
    lines = [json.loads(line) for line in answer.get_data(as_text=True).splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[-1]["event"] == "audit.exported"
    assert "attachment" in answer.headers["Content-Disposition"]
    with app.app_context():
        assert audit.head()[0] == len(lines)


def test_the_checkpoints_leave_the_house(sign_in, book):
    book.write(1, "ab" * 32)
    answer = sign_in(AUDITING).post("/administration/trail/checkpoints")
    assert json.loads(answer.get_data(as_text=True))["seq"] == 1


# The queue ----------------------------------------------------------------------------------------


def test_a_jobs_panel_asks_for_itself_until_it_is_done(app, sign_in):
    client = sign_in(AUDITING)
    with app.app_context(), unit_of_work():
        job_id = actions.ask_for_verification(by=people.today_identity(AUDITING)).id
    address = f"/administration/jobs/{job_id}"
    page = _open(client, address)
    link = page.one("a", hx_target="#progress")
    assert (link.get("href"), link.get("hx-get")) == (address, address)
    assert "排队" in page.text
    part = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True).strip()
    assert part.startswith('<section class="section" id="progress"')
    assert part in page.html
    with app.app_context():
        jobs.run(job_id)
    done = client.get(address, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert "hx-get" not in done
    assert "完成" in done


def test_a_strangers_job_is_not_found(app, sign_in):
    with app.app_context(), unit_of_work():
        job_id = actions.ask_for_verification(by=people.today_identity(AUDITING)).id
    assert sign_in(SECURITY).get(f"/administration/jobs/{job_id}").status_code == 404
    assert sign_in("qs.inspector").get(f"/administration/jobs/{job_id}").status_code == 404
    assert sign_in(SYSTEM).get(f"/administration/jobs/{job_id}").status_code == 200
    assert sign_in(SYSTEM).get("/administration/jobs/nothing").status_code == 404


def test_the_list_of_jobs_shows_what_failed(app, open_page):
    with app.app_context(), unit_of_work():
        job = actions.ask_for_verification(by=people.today_identity(AUDITING))
        job.state, job.fault, job.ended_at = jobs.JobState.FAILED, "ValueError", clock.now()
        job_id = job.id
    page = open_page("/administration/jobs", SYSTEM)
    assert page.rows()[0][:2] == ["核验审计日志", "失败"]
    assert "ValueError" in _open(page.client, f"/administration/jobs/{job_id}").text


def test_an_empty_queue_says_so(open_page):
    assert "还没有后台任务。" in open_page("/administration/jobs", SYSTEM).text


def test_the_three_pages_speak_english(sign_in):
    client = sign_in(AUDITING)
    client.get("/language/en")
    assert _open(client, "/administration/").heading == "Administration"
    assert _open(client, "/administration/trail").heading == "Audit trail"
    assert _open(client, "/administration/people").heading == "People"
