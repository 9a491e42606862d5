"""Which pages are looked at, by whom, over which records?

A new page is one line in ``PLACES``: its name, who opens it, its address (``{name}`` stands for a
record of ``records``) and, where the page only appears after an act, the act.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Response
from sqlalchemy import select

from app.cases.rules import CaseState
from app.disclosures.batches.rules import BatchState
from app.disclosures.rules import DisclosureState
from app.kernel.db import db, unit_of_work
from app.kernel.jobs import Job
from app.notices.actions import acknowledge
from app.notices.queries import by_reference
from app.people import queries as people
from app.rewards.rules import RewardState
from app.supervision.rules import ListingState
from app.tips.rules import TipKind
from app.units.models import UnitJurisdiction
from tests.support.live import Live, answer_to
from tests.support.make import (
    batches,
    campaigns,
    cases,
    disclosures,
    enterprises,
    inspections,
    leads,
    manuscripts,
    mediations,
    notices,
    requests,
    rewards,
    supervision,
    tips,
)

#: Returns the answer that the page now shows, or nothing when none was asked for.
Act = Callable[[Page], Response | None]

PARTY = "测试线缆有限公司"
TOLD = "样例五金店卖的电线铜芯发黑，一撕就裂。"


@dataclass(frozen=True)
class Place:
    """One page as one person sees it."""

    name: str
    account: str | None
    address: str
    act: Act | None = None
    #: What the server says to the last request of all.
    status: int = 200


# What is looked at --------------------------------------------------------------------------------


def records(live: Live) -> dict[str, str]:
    """Make one record of every kind and of every state that has a page of its own."""
    build = live.build
    made = {
        "tip": build(tips.tip),
        "routed": build(tips.tip, routed_to="qs"),
        "complaint": build(tips.tip, kinds=(TipKind.COMPLAINT,), routed_to="qs"),
        "campaign": build(campaigns.campaign),
        "lead": (lead := build(leads.lead)),
        "letter": build(leads.letter, lead),
        "disputed": build(tips.disputed, "qs", "bs"),
        "consultation": build(tips.consultation),
        "mediation": build(mediations.mediation),
        "manuscript": build(manuscripts.manuscript),
        "shown": (shown := build(disclosures.reference, DisclosureState.PUBLISHED)),
        "repair": build(requests.repair, shown),
        "objection": build(requests.objection, shown),
        "batch": build(batches.batch, shown),
        "public_batch": build(batches.batch, shown, BatchState.PUBLISHED),
        "export": build(requests.export),
        "gathering": build(tips.gathering, "qs"),
        "tip_import": build(tips.foreign_list),
        "accepted": build(mediations.accepted),
        "notice_template": build(notices.template),
        "draft_campaign": build(campaigns.campaign, issued=False),
        "task": build(inspections.task),
        "begun": build(inspections.task, started=True),
        "done": build(inspections.task, of_tip=build(tips.tip, routed_to="qs"), closed=True),
        "enterprise": build(_enterprise),
        "draft_notice": build(notices.notice),
        "notice": build(_acknowledged_notice),
    }
    made |= {"rewardable": build(rewards.rewardable), "reward": build(_told_reward)}
    made |= {f"case_{state}": build(cases.reference, state) for state in CaseState}
    made |= {f"listing_{state}": build(supervision.reference, state) for state in ListingState}
    made |= {f"disclosure_{state}": build(disclosures.reference, state) for state in SHOWN}
    made["job"] = build(lambda: db.session.scalars(select(Job.id)).first())
    area = select(UnitJurisdiction.id).where(UnitJurisdiction.division_code == "990121")
    made["area"] = build(lambda: str(db.session.scalar(area)))
    return made


#: Without a state of its own in the builder: "not disclosed" is an act of the case's page.
SHOWN = (
    DisclosureState.DRAFTING, DisclosureState.SUBMITTED, DisclosureState.RETURNED,
    DisclosureState.PUBLISHED, DisclosureState.WITHDRAWN,
)  # fmt: skip


def _enterprise() -> str:
    with unit_of_work():
        return enterprises.enterprise(people.today_identity("qs.case_officer"), PARTY).reference


def _told_reward() -> str:
    return rewards.reward(RewardState.TOLD)


def _acknowledged_notice() -> str:
    reference = notices.notice(to=("qs", "bs"), published=True)
    with unit_of_work():
        county = people.today_identity("bs.unit_leader")
        acknowledge(by_reference(reference, county), by=county)
    return reference


# What is done before looking ----------------------------------------------------------------------


def send(selector: str) -> Act:
    """Send a form as it stands, also one that is folded away."""

    def act(page: Page) -> Response:
        form = page.locator(selector)
        form.evaluate("form => form.closest('details')?.setAttribute('open', '')")
        buttons = form.locator("button:not([type=button], [formaction])")
        primary = form.locator("button.btn-primary")
        button = primary.first if primary.count() else buttons.first
        return answer_to(page, button.click)

    return act


def unfold(page: Page) -> None:
    """Open every act that is folded away, and the person's menu."""
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")


def wrong_password(page: Page) -> Response | None:
    """Sign in with a password that is not one's own."""
    page.locator("[name=account]").fill("nobody.here")
    page.locator("[name=password]").fill("not-a-password-26")
    return send("form:has([name=password])")(page)


def take_a_call(page: Page) -> Response | None:
    """Register a call."""
    page.locator("[name=facts]").fill(TOLD)
    page.locator("[name=kinds][value=report]").check()
    page.locator("[name=subject_name]").fill("样例五金店")
    page.locator("[name=subject_address]").fill("青石县人民路 218 号")
    page.locator("[name=caller_name]").fill("样例来件人甲")
    page.locator("[name=phone]").fill("13800000148")
    return send("#call")(page)


def report(page: Page) -> Response | None:
    """Report something as an anonymous visitor."""
    page.locator("[name=kinds][value=report]").check()
    page.locator("[name=facts]").fill(TOLD)
    page.locator("[name=subject_name]").fill("样例五金店")
    page.locator("[name=standing][value=anonymous]").check()
    return send("form[enctype]")(page)


def ask_for_nothing(page: Page) -> Response | None:
    """Ask for a tip that is not there."""
    page.locator("[name=number]").fill("260922-999")
    page.locator("[name=code]").fill("0000 0000 0000")
    return send("form[method=post]")(page)


def track(page: Page) -> Response | None:
    """Report, then ask how far it is."""
    report(page)
    number, code = (page.locator(box).inner_text() for box in ("#number", "#code"))
    page.goto("/track")
    page.locator("[name=number]").fill(number)
    page.locator("[name=code]").fill(code)
    return send("form[method=post]")(page)


def be_late(page: Page) -> Response | None:
    """Act on what somebody else has changed meanwhile."""
    page.locator("form[action$='/route'] [name$=version]").evaluate("it => it.value = '77'")
    return send("form[action$='/route']")(page)


# The pages ----------------------------------------------------------------------------------------

PLACES = (
    # Everybody
    Place("sign-in", None, "/sign-in"),
    Place("sign-in refused", None, "/sign-in", wrong_password, 422),
    Place("account", "qs.inspector", "/account", unfold),
    Place("second factor", "qs.inspector", "/account/second-factor"),
    Place("patterns", "qs.inspector", "/_patterns", unfold),
    Place("calendar", "qs.inspector", "/calendar"),
    Place("calendar year", "qs.inspector", "/calendar/2026"),
    Place("legal terms", "qs.inspector", "/legal-terms"),
    Place("legal term", "qs.inspector", "/legal-terms/tip.acceptance"),
    Place("count", "qs.inspector", "/count"),
    Place("units", "qs.inspector", "/units"),
    Place("unit", "qs.inspector", "/units/qs"),
    # What waits
    Place("desk of triage", "cz.triage_officer", "/desk"),
    Place("desk of a leader", "qs.unit_leader", "/desk"),
    Place("desk of an inspector", "qs.inspector", "/desk"),
    Place("desk of a case officer", "qs.case_officer", "/desk"),
    Place("desk of a supervisor", "cz.supervisor", "/desk"),
    Place("desk of a publisher", "qs.publisher", "/desk"),
    Place("desk with nothing", "dl.statistician", "/desk"),
    Place("search", "qs.case_officer", "/search"),
    Place("search with hits", "qs.case_officer", "/search?q=测试"),
    Place("search in vain", "qs.case_officer", "/search?q=没有这个词"),
    # Tips
    Place("queue", "cz.triage_officer", "/tips/?view=all"),
    Place("queue narrowed", "cz.triage_officer", "/tips/?view=all&q=样例&kind=report&unit=qs"),
    Place("queue empty", "dl.triage_officer", "/tips/"),
    Place("intake", "cz.operator", "/tips/new"),
    Place("intake with errors", "cz.operator", "/tips/new", send("#call"), 422),
    Place("receipt", "cz.operator", "/tips/new", take_a_call, 204),
    Place("receipt again", "cz.operator", "/tips/{tip}/receipt"),
    Place("tip to the operator", "cz.operator", "/tips/{tip}"),
    Place("tip to triage", "cz.triage_officer", "/tips/{tip}"),
    Place("tip to its leader", "qs.unit_leader", "/tips/{routed}", unfold),
    Place("tip to an inspector", "qs.inspector", "/tips/{routed}"),
    Place("tip to the auditor", "lj.auditor", "/tips/{routed}"),
    Place("complaint", "qs.triage_officer", "/tips/{complaint}", unfold),
    Place("complaint declined without words", "qs.triage_officer", "/tips/{complaint}",
          send("form[action$='/decline']"), 422),
    Place("reporter", "cz.triage_officer", "/tips/{tip}", send("form[action$='/reporter']")),
    # Enterprises
    Place("enterprises", "qs.case_officer", "/enterprises/"),
    Place("enterprise", "qs.case_officer", "/enterprises/{enterprise}"),
    Place("enterprise's tips", "qs.case_officer", "/tips/panel/enterprise/{enterprise}"),
    Place("enterprise's tasks", "qs.case_officer", "/inspections/panel/enterprise/{enterprise}"),
    Place("enterprise's cases", "qs.case_officer", "/cases/panel/enterprise/{enterprise}"),
    Place("enterprise's listings", "cz.supervisor", "/supervision/panel/enterprise/{enterprise}"),
    Place("enterprise's penalties", "qs.publisher", "/publicity/panel/enterprise/{enterprise}"),
    Place("new enterprise with errors", "qs.case_officer", "/enterprises/new", send("#entry"), 422),
    Place("enterprise amended", "qs.case_officer", "/enterprises/{enterprise}/amend"),
    # Inspections
    Place("tasks", "qs.inspector", "/inspections/?view=open"),
    Place("tasks of a leader", "qs.unit_leader", "/inspections/"),
    Place("new task", "qs.unit_leader", "/inspections/new?tip={routed}"),
    Place("new task with errors", "qs.unit_leader", "/inspections/new", send("#assign"), 422),
    Place("task", "qs.inspector", "/inspections/{task}"),
    Place("task to its leader", "qs.unit_leader", "/inspections/{task}", unfold),
    Place("task begun", "qs.inspector", "/inspections/{begun}"),
    Place("task with errors", "qs.inspector", "/inspections/{begun}", send("#closing"), 422),
    Place("task done", "qs.case_officer", "/inspections/{done}"),
    # Beside the queue
    Place("merging", "qs.triage_officer", "/tips/{routed}/merge"),
    Place("dispute", "qs.unit_leader", "/tips/{disputed}/dispute", unfold),
    Place("dispute begun", "qs.unit_leader", "/tips/{routed}/disagree"),
    Place("transfer", "qs.triage_officer", "/tips/{routed}/transfer"),
    Place("telling where to go", "qs.triage_officer", "/tips/{routed}/redirect"),
    Place("linking", "qs.triage_officer", "/tips/{routed}/link"),
    Place("splitting", "qs.triage_officer", "/tips/{routed}/split"),
    Place("gathering", "qs.triage_officer", "/tips/{routed}/gather"),
    Place("pausing", "qs.unit_leader", "/tips/{routed}/pause"),
    Place("resuming", "qs.unit_leader", "/tips/{routed}/resume"),
    Place("extending", "qs.unit_leader", "/tips/{routed}/extend"),
    Place("remark of a superior", "cz.supervisor", "/tips/{routed}/remark"),
    Place("answer to a superior", "qs.unit_leader", "/tips/{routed}/answer"),
    Place("sample of closed tips", "cz.supervisor", "/tips/sample"),
    Place("asking back", "qs.triage_officer", "/tips/{routed}/ask"),
    Place("satisfaction", "qs.unit_leader", "/tips/satisfaction"),
    Place("events", "qs.triage_officer", "/tips/events"),
    Place("event", "qs.triage_officer", "/tips/events/{gathering}"),
    Place("foreign list", "qs.triage_officer", "/tips/imports/{tip_import}"),
    Place("foreign lists", "cz.triage_officer", "/tips/imports/"),
    Place("consultations", "qs.operator", "/consultations/"),
    Place("consultation", "qs.operator", "/consultations/{consultation}"),
    Place("mediations", "qs.unit_leader", "/mediations/"),
    Place("new mediation", "qs.unit_leader", "/mediations/new?tip={accepted}"),
    Place("mediation", "qs.unit_leader", "/mediations/{mediation}", unfold),
    Place("papers of a tip", "qs.unit_leader", "/papers/tips/{complaint}", unfold),
    Place("manuscripts", "qs.drafter", "/manuscripts/"),
    Place("manuscript", "qs.drafter", "/manuscripts/{manuscript}", unfold),
    # Leads and campaigns
    Place("ledger of leads", "qs.unit_leader", "/leads/"),
    Place("new lead with errors", "qs.inspector", "/leads/new", send("#draft"), 422),
    Place("lead", "qs.unit_leader", "/leads/{lead}", unfold),
    Place("letters about leads", "bs.case_officer", "/leads/letters"),
    Place("rewards", "qs.unit_leader", "/rewards/?view=all"),
    Place("rewards to propose", "qs.triage_officer", "/rewards/?view=possible"),
    Place(
        "new reward with errors", "qs.triage_officer", "/rewards/new?tip={rewardable}",
        send("#proposal form"), 422,
    ),
    Place("reward", "qs.unit_leader", "/rewards/{reward}", unfold),
    Place("rewards of a report", "qs.auditor", "/rewards/panel/tip/{rewardable}"),
    Place("rewards of a case", "qs.auditor", "/rewards/panel/case/{case_closed}"),
    Place("letter about a lead", "bs.case_officer", "/leads/letters/{letter}"),
    Place("campaigns", "lj.drafter", "/campaigns/"),
    Place("new campaign with errors", "lj.drafter", "/campaigns/new", send("#draft"), 422),
    Place("campaign drafted", "lj.drafter", "/campaigns/{draft_campaign}", unfold),
    Place("campaign", "qs.unit_leader", "/campaigns/{campaign}", unfold),
    # Cases
    Place("cases", "qs.case_officer", "/cases/?view=all"),
    Place("new case", "qs.case_officer", "/cases/new?task={done}"),
    Place("new case with errors", "qs.case_officer", "/cases/new", send("#proposal"), 422),
    Place("case proposed", "qs.unit_leader", "/cases/{case_proposed}", unfold),
    Place("case not filed", "qs.case_officer", "/cases/{case_not_filed}"),
    Place("case filed", "qs.case_officer", "/cases/{case_filed}", unfold),
    Place("case investigated", "qs.case_officer", "/cases/{case_investigating}", unfold),
    Place("case reviewed", "qs.reviewer", "/cases/{case_reviewing}", unfold),
    Place("case returned without words", "qs.reviewer", "/cases/{case_reviewing}",
          send("form[action$='/return']"), 422),
    Place("case informed", "qs.case_officer", "/cases/{case_informed}", unfold),
    Place("case to its leader", "qs.unit_leader", "/cases/{case_informed}", unfold),
    Place("case decided", "qs.case_officer", "/cases/{case_decided}", unfold),
    Place("case closed", "cz.supervisor", "/cases/{case_closed}"),
    Place("case dropped", "qs.unit_leader", "/cases/{case_dropped}"),
    Place("decision", "qs.case_officer", "/cases/{case_informed}/decision"),
    Place("decision with errors", "qs.case_officer", "/cases/{case_informed}/decision",
          send("#decision"), 422),
    Place("decision's text", "qs.case_officer", "/cases/{case_decided}/text"),
    Place("case's listings", "cz.supervisor",
          "/supervision/panel?kind=case&reference={case_investigating}"),
    Place("case's penalties", "qs.publisher", "/publicity/panel/case/{case_decided}"),
    # Supervision
    Place("board", "cz.supervisor", "/supervision/"),
    Place("board of a county", "qs.unit_leader", "/supervision/"),
    Place("board empty", "dl.supervisor", "/supervision/"),
    Place("new listing", "cz.supervisor",
          "/supervision/new?kind=case&reference={case_investigating}"),
    Place("new listing with errors", "cz.supervisor", "/supervision/new", send("#listing"), 422),
    Place("listing", "cz.supervisor", "/supervision/{listing_listed}", unfold),
    Place("listing to the county", "qs.unit_leader", "/supervision/{listing_listed}", unfold),
    Place("listing to the leader", "cz.unit_leader", "/supervision/{listing_listed}", unfold),
    Place("listing applied for", "cz.supervisor", "/supervision/{listing_applied}", unfold),
    Place("listing delisted", "cz.supervisor", "/supervision/{listing_delisted}"),
    Place("listing withdrawn", "qs.unit_leader", "/supervision/{listing_withdrawn}"),
    # Publicity
    Place("disclosures to make", "qs.publisher", "/publicity/"),
    Place("disclosures", "qs.publisher", "/publicity/?view=all"),
    Place("disclosure drafted", "qs.publisher", "/publicity/{disclosure_drafting}", unfold),
    Place("summary", "qs.publisher", "/publicity/{disclosure_drafting}/summary"),
    Place("disclosure submitted", "qs.reviewer", "/publicity/{disclosure_submitted}", unfold),
    Place("disclosure returned", "qs.publisher", "/publicity/{disclosure_returned}", unfold),
    Place("disclosure published", "qs.unit_leader", "/publicity/{disclosure_published}", unfold),
    Place("repairs of credit", "qs.publisher", "/publicity/repairs/"),
    Place("repair of credit", "qs.unit_leader", "/publicity/repairs/{repair}", unfold),
    Place("repair asked for", "qs.publisher", "/publicity/repairs/of/{shown}"),
    Place("objection received", "qs.publisher", "/publicity/objections/of/{shown}"),
    Place("objections", "qs.publisher", "/publicity/objections/"),
    Place("objection", "qs.unit_leader", "/publicity/objections/{objection}", unfold),
    Place("exports", "qs.publisher", "/publicity/exports/"),
    Place("export", "qs.publisher", "/publicity/exports/{export}"),
    Place("batch amended", "qs.publisher", "/publicity/batches/{batch}/amend"),
    Place("batches", "qs.publisher", "/publicity/batches/"),
    Place("batch", "qs.unit_leader", "/publicity/batches/{batch}", unfold),
    Place("disclosure's file", "qs.reviewer", "/publicity/{disclosure_published}/job"),
    Place("disclosure withdrawn", "qs.publisher", "/publicity/{disclosure_withdrawn}"),
    Place("case not disclosed", "qs.unit_leader", "/publicity/cases/{case_decided}/decline"),
    Place("notices", "cz.drafter", "/notices-desk/"),
    Place("new notice with errors", "cz.drafter", "/notices-desk/new", send("#edit"), 422),
    Place("notice templates", "lj.system_administrator", "/notices-desk/templates"),
    Place("new notice template", "lj.system_administrator", "/notices-desk/templates/new"),
    Place("notice template", "lj.system_administrator",
          "/notices-desk/templates/{notice_template}"),
    Place("notice drafted", "cz.drafter", "/notices-desk/{draft_notice}", unfold),
    Place("notice amended", "cz.drafter", "/notices-desk/{draft_notice}/edit"),
    Place("notice to its leader", "cz.unit_leader", "/notices-desk/{notice}", unfold),
    Place("notice to an addressee", "qs.unit_leader", "/notices-desk/{notice}", unfold),
    # Administration
    Place("administration", "lj.system_administrator", "/administration/"),
    Place("people", "lj.system_administrator", "/administration/people"),
    Place("new person with errors", "lj.system_administrator", "/administration/people/new",
          send("main form[method=post]"), 422),
    Place("person", "lj.system_administrator", "/administration/people/qs.inspector", unfold),
    Place("person's posts", "lj.security_administrator", "/administration/people/qs.inspector",
          unfold),
    Place("sessions", "lj.security_administrator", "/administration/sessions"),
    Place("trail", "lj.audit_administrator", "/administration/trail"),
    Place("trail of a bureau", "lj.auditor", "/administration/trail?kind=case"),
    Place("verification", "lj.audit_administrator", "/administration/verification"),
    Place("jobs", "lj.system_administrator", "/administration/jobs"),
    Place("job", "lj.system_administrator", "/administration/jobs/{job}"),
    Place("holiday notice", "lj.system_administrator", "/calendar/2027/notice"),
    Place("unit kept", "lj.system_administrator", "/units/qs", unfold),
    Place("unit's people", "qs.inspector", "/units/qs/people"),
    Place("unit's changes", "lj.system_administrator", "/units/qs/changes"),
    Place("unit amended", "lj.system_administrator", "/units/qs/amend"),
    Place("unit's area ended", "lj.system_administrator", "/units/qs/jurisdictions/{area}/end"),
    Place("new unit", "lj.system_administrator", "/units/new?parent=qs"),
    Place("unit moved", "lj.system_administrator", "/units/qs/move"),
    Place("unit's areas", "lj.system_administrator", "/units/qs/jurisdictions/new"),
    Place("unit's lines", "lj.system_administrator", "/units/qs/lines/new"),
    Place("code lists", "lj.system_administrator", "/code-lists"),
    Place("code list", "lj.system_administrator", "/code-lists/products"),
    Place("code", "lj.system_administrator", "/code-lists/products/cement"),
    # The public face
    Place("front", None, "/"),
    Place("penalties", None, "/disclosures"),
    Place("penalties found", None, "/disclosures?q=线缆"),
    Place("penalties not found", None, "/disclosures?q=没有这个词"),
    Place("penalty", None, "/disclosures/{disclosure_published}"),
    Place("penalty withdrawn", None, "/disclosures/{disclosure_withdrawn}"),
    Place("public notices", None, "/notices"),
    Place("public notice", None, "/notices/{notice}"),
    Place("report", None, "/report"),
    Place("report with errors", None, "/report", send("form[enctype]"), 422),
    Place("report received", None, "/report", report, 303),
    Place("report, first question", None, "/report/steps"),
    Place("report, a question", None, "/report/steps/kinds"),
    Place("batches for all", None, "/batches"),
    Place("batch for all", None, "/batches/{public_batch}"),
    Place("public log", None, "/log"),
    Place("entry of the log", None, "/log/entries/0"),
    Place("track", None, "/track"),
    Place("track in vain", None, "/track", ask_for_nothing, 422),
    Place("progress", None, "/report", track),
    Place("verify", None, "/verify"),
    Place("verify in vain", None, "/verify?code=0000-0000-0000"),
    Place("verify without file", None, "/verify", send("form[method=post]"), 422),
    Place("about", None, "/about"),
    Place("accessibility", None, "/accessibility"),
    Place("privacy", None, "/privacy"),
    # Refusals
    Place("not allowed", "qs.inspector", "/tips/new", status=403),
    Place("not found", "qs.inspector", "/tips/260922-999", status=404),
    Place("not found by a visitor", None, "/notices/T2026-9999", status=404),
    Place("somebody was faster", "cz.triage_officer", "/tips/{tip}", be_late, 409),
)  # fmt: skip
