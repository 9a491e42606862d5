"""The ledger of leads through its pages: one list of everything found, and four ways to end it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases import actions as case_actions
from app.cases import queries as cases
from app.kernel.db import db, unit_of_work
from app.leads.rules import LetterKind
from app.people import queries as people
from app.tips.rules import TipKind
from tests.support.make import cases as make_cases
from tests.support.make import inspections, leads, tips
from tests.support.page import Page

pytestmark = pytest.mark.database
Open = Callable[..., Page]
OFFICER, LEADER = "qs.case_officer", "qs.unit_leader"


@pytest.fixture
def make(app: Flask) -> Callable[..., Any]:
    def within(builder: Callable[..., Any], *given: Any, **named: Any) -> Any:
        with app.app_context():
            return builder(*given, **named)

    return within


def references(page: Page) -> set[str]:
    return {row[0] for row in page.rows()}


def state_of(make: Any, reference: str) -> str:
    return str(make(lambda: leads.load(reference).state.value))


def test_reports_findings_and_leads_stand_in_one_ledger_once(open_page: Open, make: Any) -> None:
    report = make(tips.tip, routed_to="qs")
    complaint = make(
        tips.tip, routed_to="qs", kinds=(TipKind.COMPLAINT,), bought_on=None, amount=None
    )
    finding, clean = make(inspections.task, closed=True), None
    clean = make(inspections.task, closed=True, has_problem=False)
    of_report = make(inspections.task, of_tip=make(tips.tip, routed_to="qs"), closed=True)
    lead = make(leads.lead)
    found = references(open_page("/leads/", OFFICER))
    assert {report, finding, lead} <= found
    assert not {complaint, clean, of_report} & found
    entered = make(leads.of_task, finding)
    found = references(open_page("/leads/", OFFICER))
    assert entered in found
    assert finding not in found, "the lead entered for a finding is its line"


def test_the_ledger_is_narrowed_by_its_address(open_page: Open, make: Any) -> None:
    report, lead = make(tips.tip, routed_to="qs"), make(leads.lead)
    other = make(leads.lead, place="bs", title="样例白沙作坊")
    assert references(open_page("/leads/?source=own", "cz.unit_leader")) == {lead, other}
    assert references(open_page("/leads/?source=tip", OFFICER)) == {report}
    assert references(open_page("/leads/?q=白沙", "cz.unit_leader")) == {other}
    assert references(open_page("/leads/?view=all&bureau=bs", "cz.unit_leader")) == {other}
    assert references(open_page("/leads/?view=merged", OFFICER)) == set()


def test_a_transfer_of_another_department_is_entered_and_receipted(open_page: Open) -> None:
    page = open_page("/leads/new", "qs.triage_officer")
    wrong = page.submit("列入台账", title="样例移送", source="transfer", summary="样例")
    assert wrong.status == 422
    assert any("移送部门" in said for said in wrong.errors())
    page = page.submit(
        "列入台账", title="样例移送", source="transfer", summary="样例：工地电缆不合格",
        came_from="样例住建局", number="样建函〔2026〕1号",
    )  # fmt: skip
    assert "待处置" in page.text
    assert "样建函〔2026〕1号" in page.text
    page = page.submit("确认登记移送回执")
    assert "登记移送回执" in page.text
    assert "确认登记移送回执" not in page.buttons()


def test_a_case_proposed_from_a_lead_ends_it_when_it_is_filed(open_page: Open, make: Any) -> None:
    reference = make(leads.lead)
    second = make(_second)
    page = open_page(f"/leads/{reference}", OFFICER)
    first = next(
        o.get("value") for o in page.one("select", name="propose-officer_one") if o.get("value")
    )
    page = page.submit(
        "确认提请立案", **{"propose-officer_one": first, "propose-officer_two": str(second)}
    )
    assert "样例电线作坊" in page.heading
    assert state_of(make, reference) == "proposed"
    case = make(lambda: str(leads.load(reference).case_reference))
    make(_decide, case, filed=True)
    assert state_of(make, reference) == "filed"
    assert case in open_page(f"/leads/{reference}", LEADER).text


def _second() -> int:
    with unit_of_work():
        return make_cases.second_officer("qs")


def _decide(reference: str, *, filed: bool) -> None:
    with unit_of_work():
        leader = people.today_identity(LEADER)
        case = cases.by_reference(reference, leader)
        if filed:
            case_actions.file(case, by=leader)
        else:
            case_actions.decline(case, reason="样例：查无实据", by=leader)
    db.session.remove()


def _propose_from_task(task: str) -> str:
    with unit_of_work():
        asked = make_cases.proposal(task_reference=task)
        reference = case_actions.propose(asked, by=people.today_identity(OFFICER)).reference
    db.session.remove()
    return reference


def test_a_case_not_filed_ends_the_finding_with_its_reason(open_page: Open, make: Any) -> None:
    finding = make(inspections.task, closed=True)
    case = make(_propose_from_task, finding)
    assert finding in references(open_page("/leads/", OFFICER))
    make(_decide, case, filed=False)
    assert finding not in references(open_page("/leads/", OFFICER))
    assert finding in references(open_page("/leads/?view=not_filed", OFFICER))
    again = make(_propose_from_task, finding)
    assert finding in references(open_page("/leads/", OFFICER)), "open again while proposed"
    make(_decide, again, filed=True)
    assert finding in references(open_page("/leads/?view=filed", OFFICER))


def test_a_case_filed_straight_from_a_finding_ends_its_lead_too(make: Any) -> None:
    finding = make(inspections.task, closed=True)
    lead = make(leads.of_task, finding)
    make(_decide, make(_propose_from_task, finding), filed=True)
    assert state_of(make, lead) == "filed"


def test_a_finding_is_entered_from_its_line_and_only_once(open_page: Open, make: Any) -> None:
    finding = make(inspections.task, closed=True)
    page = open_page("/leads/", "qs.inspector").click("登记处置")
    page = page.submit("列入台账")
    assert finding in page.text
    second = open_page(f"/leads/new?task={finding}", "qs.inspector").submit("列入台账")
    assert any("已经登记处置" in said for said in second.errors())


def test_no_case_needs_a_reason_and_another_person(open_page: Open, make: Any) -> None:
    own = make(leads.lead, role="unit_leader")
    assert "确认不予立案" not in open_page(f"/leads/{own}", LEADER).buttons()
    reference = make(leads.lead)
    page = open_page(f"/leads/{reference}", LEADER)
    assert page.submit("确认不予立案").status == 422
    assert state_of(make, reference) == "open"
    page = page.submit("确认不予立案", **{"decline-reason": "样例：已停产，无违法事实"})
    assert "样例：已停产" in page.text
    assert "青样·unitleader" in page.text
    assert reference in references(open_page("/leads/?view=not_filed", OFFICER))


def test_a_lead_handed_over_in_the_house_opens_there(open_page: Open, make: Any) -> None:
    reference = make(leads.lead)
    page = open_page(f"/leads/{reference}", LEADER)
    both = page.submit(
        "确认移送",
        **{"transfer-bureau": "bs", "transfer-authority": "样例公安局", "transfer-reason": "属地"},
    )
    assert any("两者只填一项" in said for said in both.errors())
    page.submit("确认移送", **{"transfer-bureau": "bs", "transfer-reason": "样例：所在地在白沙"})
    assert state_of(make, reference) == "transferred"
    there = open_page("/leads/?source=transfer", "bs.case_officer").rows()
    assert len(there) == 1
    assert "样例电线作坊" in there[0][1]


def test_a_lead_handed_outside_needs_its_letter_and_waits_for_a_receipt(
    open_page: Open, make: Any
) -> None:
    reference = make(leads.lead)
    page = open_page(f"/leads/{reference}", LEADER)
    given = {"transfer-authority": "样例公安局", "transfer-reason": "样例：涉嫌犯罪"}
    assert page.submit("确认移送", **given).status == 422
    page.submit("确认移送", **given, **{"transfer-number": "青市监移〔2026〕1号"})
    assert state_of(make, reference) == "transferred"
    page = open_page(f"/leads/{reference}", OFFICER).submit("确认登记移送回执")
    assert "对方回执" in page.text
    assert make(lambda: leads.load(reference).handed_receipt_on) is not None


def test_a_lead_goes_on_as_part_of_a_report(open_page: Open, make: Any) -> None:
    report, reference = make(tips.tip, routed_to="qs"), make(leads.lead)
    foreign = make(tips.tip, routed_to="bs")
    page = open_page(f"/leads/{reference}", OFFICER)
    for into in (reference, foreign, "L2026-9999"):
        wrong = page.submit("确认并入其他记录", **{"merge-into": into, "merge-reason": "同一事"})
        assert any("并入的记录不存在" in said for said in wrong.errors()), into
    page = page.submit("确认并入其他记录", **{"merge-into": report, "merge-reason": "样例：同一事"})
    assert state_of(make, reference) == "merged"
    assert report in page.text


def test_a_letter_is_answered_by_its_addressee(open_page: Open, make: Any) -> None:
    reference = make(leads.lead)
    page = open_page(f"/leads/{reference}", OFFICER).submit(
        "确认发协查函", **{"letter-kind": "assist", "letter-bureau": "bs", "letter-asked": "查进货"}
    )
    letter = page.url
    assert open_page(letter, "dl.case_officer").status == 404
    assert "答复" not in open_page(letter, OFFICER).buttons()
    assert any("答复案源函件" in " ".join(r) for r in open_page("/desk", "bs.case_officer").rows())
    there = open_page(letter, "bs.case_officer")
    assert open_page(f"/leads/{reference}", "bs.case_officer").status == 404
    there.submit("答复", reply="样例：进货两次，单据附后")
    assert "样例：进货两次" in open_page(letter, OFFICER).text
    assert "收到复函" in open_page(f"/leads/{reference}", OFFICER).text


def test_a_superior_organises_and_each_bureau_gets_its_lead(open_page: Open, make: Any) -> None:
    letter = make(leads.letter, make(leads.lead), kind=LetterKind.ORGANISE)
    page = open_page(f"/leads/letters/{letter}", "cz.unit_leader")
    page = page.submit("答复", reply="样例：同意组织", bureaus=["cz", "bs"])
    assert "由此产生的案源" in page.text
    mine = open_page("/leads/?source=upper", "bs.case_officer").rows()
    assert len(mine) == 1
    assert letter in open_page(f"/leads/{mine[0][0]}", "bs.case_officer").text


def test_the_workbook_holds_the_narrowed_ledger_and_no_formula(
    open_page: Open, make: Any, sign_in: Any
) -> None:
    make(leads.lead, title="=HYPERLINK(样例)")
    make(tips.tip, routed_to="qs")
    answer = sign_in(OFFICER).get("/leads/ledger.xlsx?source=own")
    assert answer.status_code == 200
    book = zipfile.ZipFile(io.BytesIO(answer.data))
    sheet, strings = (book.read(f"xl/{n}.xml").decode() for n in
                      ("worksheets/sheet1", "sharedStrings"))  # fmt: skip
    assert "'=HYPERLINK(样例)" in strings
    assert "<f>" not in sheet
    assert sheet.count("<row ") == 2


@pytest.mark.parametrize("account", ["qs.operator", "qs.publisher", "lj.system_administrator"])
def test_whoever_handles_no_leads_is_refused(open_page: Open, account: str) -> None:
    assert open_page("/leads/", account).status == 403


def test_the_ledger_speaks_english(open_page: Open, make: Any, sign_in: Any) -> None:
    reference = make(leads.lead)
    client = sign_in(OFFICER)
    client.get("/language/en")
    for address in ("/leads/", "/leads/new", f"/leads/{reference}", "/leads/letters"):
        assert "Ledger of leads" in client.get(address).get_data(as_text=True), address
