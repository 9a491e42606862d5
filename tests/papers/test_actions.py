"""What is issued on a tip, what stands in it, and who may open it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from app.kernel import audit, clock
from app.kernel.errors import NotAllowed, Refused
from app.kernel.identity import Identity
from app.mediations import actions as mediations
from app.mediations import queries as mediation_queries
from app.mediations.models import Mediation
from app.mediations.rules import Ending, Letter, Side, Way, endings_at
from app.papers import actions, documents, orders, queries
from app.papers.models import Paper
from app.papers.rules import PaperKind, Recipient
from app.people import queries as people
from app.tips import actions as tips
from app.tips.models import Tip
from app.tips.rules import ORDER_20, ORDER_121, Ground, TipKind
from app.units import queries as units
from tests.support.make import mediations as make
from tests.support.make import tips as make_tips

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
K, R = PaperKind, Recipient


@pytest.fixture
def leader(writing: None, identity: Who) -> Identity:
    return identity("qs.unit_leader")


def routed(kind: TipKind = TipKind.COMPLAINT, **facts: str) -> Tip:
    tip = make_tips.receipt(kinds=(kind,), **facts).tips[0]
    tips.route(tip, units.by_code("qs"), by=people.today_identity("cz.triage_officer"))
    return tip


def tabled(leader: Identity) -> tuple[Tip, Mediation]:
    tip = routed()
    tips.accept(tip, by=leader)
    made = mediations.open_(tip, by=leader)
    for side in Side:
        mediations.note_consent(made, side, agrees=True, by=leader)
    mediations.begin(made, mediation_queries.mediators(leader)[0], by=leader)
    return tip, made


def issue(tip: Tip, kind: PaperKind, recipient: Recipient, by: Identity) -> Paper:
    until = clock.today() + timedelta(days=5) if kind is K.IDENTITY_DEMAND else None
    return actions.issue(tip, actions.Asked(kind, recipient, until), by=by)


def said(paper: Paper) -> str:
    return json.dumps(paper.words, ensure_ascii=False)


def test_series_count_by_kind_and_bureau(leader: Identity) -> None:
    one, other = routed(), routed()
    numbers = [issue(tip, K.COMPLAINT_FORM, R.FILE, leader).number for tip in (one, other)]
    assert numbers == ["澄青市监投登〔2026〕第1号", "澄青市监投登〔2026〕第2号"]
    assert issue(one, K.IDENTITY_DEMAND, R.REPORTER, leader).number == "澄青市监限提〔2026〕第1号"
    with pytest.raises(Refused, match="paper_issued_already"):
        issue(one, K.COMPLAINT_FORM, R.FILE, leader)


def test_no_kept_word_names_the_reporter_and_typed_places_stay_harmless(
    leader: Identity,
) -> None:
    tip = routed(facts="样例：⟦name⟧ 电线铜芯发黑。")
    paper = issue(tip, K.COMPLAINT_FORM, R.FILE, leader)
    assert make_tips.REPORTER not in said(paper)
    assert make_tips.PHONE not in said(paper)
    assert said(paper).count("⟦name⟧") == 1  # the form's own; the typed one is no place
    revealed = tips.reveal_reporter(tip, purpose="paper", by=leader)
    words = json.dumps(documents.filled(paper.words, revealed), ensure_ascii=False)
    assert words.count(make_tips.REPORTER) == 1
    assert "⟦" not in words


def test_a_named_document_asks_for_the_right_and_leaves_a_trace(
    leader: Identity, identity: Who
) -> None:
    tip = routed()
    paper = issue(tip, K.COMPLAINT_FORM, R.FILE, leader)
    with pytest.raises(NotAllowed):
        actions.set_plain(paper, tip, by=leader)
    with pytest.raises(NotAllowed):
        actions.named_words(paper, tip, purpose="paper", by=identity("qs.auditor"))
    with pytest.raises(Refused, match="purpose_needed"):
        actions.named_words(paper, tip, purpose="", by=leader)
    words = actions.named_words(paper, tip, purpose="paper", by=leader)
    assert make_tips.REPORTER in json.dumps(words, ensure_ascii=False)
    newest = audit.trail("tip", tip.reference)[0]
    assert (newest.event, newest.facts["purpose"]) == ("tip.reporter_shown", "paper")


def test_a_complaint_has_its_documents_from_acceptance_to_the_end(leader: Identity) -> None:
    tip, made = tabled(leader)
    assert "决定予以受理" in said(issue(tip, K.ACCEPTANCE, R.REPORTER, leader))
    with pytest.raises(Refused, match="paper_does_not_fit"):
        issue(tip, K.MEDIATION_NOTICE, R.TRADER, leader)
    mediations.invite(made, make.call(), by=leader)
    notice = issue(tip, K.MEDIATION_NOTICE, R.TRADER, leader)
    assert "9:30" in said(notice) or "09:30" in said(notice)
    assert "⟦" not in said(notice)
    assert notice.words["addressees"] == "样例五金店"
    mediations.end(made, Ending.REFUSED, reason="样例：店方拒绝。", by=leader)
    for recipient in (R.REPORTER, R.TRADER):
        assert "第二十三条第二项" in said(issue(tip, K.MEDIATION_END, recipient, leader))


def test_an_agreement_becomes_a_letter_that_both_sign(leader: Identity) -> None:
    tip, made = tabled(leader)
    mediations.agree(
        made, terms="样例：退款 50 元。\n样例：三日内付清。", letter=Letter.MADE,
        are_represented_agreeing=False, by=leader,
    )  # fmt: skip
    letter = issue(tip, K.MEDIATION_LETTER, R.BOTH, leader)
    assert "三日内付清" in said(letter)
    assert "⟦name⟧" in said(letter)


def test_a_name_that_ends_in_brackets_stands_in_no_others(leader: Identity) -> None:
    tip = routed(subject_name="样例五金店（个体工商户）")
    tips.accept(tip, by=leader)
    words = said(issue(tip, K.ACCEPTANCE, R.REPORTER, leader))
    assert f"提出的涉及样例五金店（个体工商户）的投诉（编号{tip.reference}）已收悉。" in words
    assert "））" not in words


def test_refusal_names_ground_and_other_ways(leader: Identity) -> None:
    tip = routed()
    refusal = tips.Refusal(Ground.PAPERS_MISSING, "没有购货凭证", None)
    tips.decline(tip, refusal, reason="样例：未补材料。", by=leader)
    words = said(issue(tip, K.REFUSAL, R.REPORTER, leader))
    assert "第十六条第五项" in words
    assert "第三十九条" in words


def test_what_came_under_the_older_law_cites_it(leader: Identity) -> None:
    with clock.frozen(datetime(2026, 4, 14, 4, tzinfo=UTC)):
        tip, (other, made) = routed(), tabled(leader)
    (forwarded,) = queries.of_tip(other, leader)
    assert "暂行办法》第三十七条" in said(forwarded)
    assert "四十五个工作日" in said(issue(other, K.ACCEPTANCE, R.REPORTER, leader))
    refusal = tips.Refusal(Ground.OTHER, "样例条款", None)
    tips.decline(tip, refusal, reason="样例：不予受理。", by=leader)
    assert "暂行办法》第十五条第六项" in said(issue(tip, K.REFUSAL, R.REPORTER, leader))
    mediations.end(made, Ending.REFUSED, reason="样例：店方拒绝。", by=leader)
    words = said(issue(other, K.MEDIATION_END, R.TRADER, leader))
    assert "暂行办法》第二十一条第三项" in words
    assert "被投诉人明确拒绝" in words


def test_the_words_of_both_laws_are_complete() -> None:
    for order, endings, grounds in (
        (orders.OLD, endings_at(ORDER_20), ORDER_20.grounds),
        (orders.NEW, endings_at(ORDER_121), ORDER_121.grounds),
    ):
        assert set(order.endings) == set(endings)
        assert tuple(order.refusals) == grounds


def test_whoever_sends_a_tip_down_writes_the_notice_with_it(writing: None, identity: Who) -> None:
    sender, holder = identity("cz.triage_officer"), identity("qs.unit_leader")
    tip = make_tips.receipt(kinds=(TipKind.REPORT,)).tips[0]
    day = clock.today() + timedelta(days=9)
    tips.route(tip, units.by_code("qs"), by=sender, feedback_on=day)
    (paper,) = queries.of_tip(tip, sender)
    assert (paper.kind, paper.recipient) == (K.FORWARDING, R.UNIT)
    assert paper.number == "澄市监分送〔2026〕第1号"
    assert paper.words["addressees"] == "青石县市场监督管理局"
    assert "2026年10月1日前反馈" in said(paper)
    assert "⟦" not in said(paper)
    assert queries.of_tip(tip, holder) == [paper], "whom it is addressed to reads it too"
    with pytest.raises(NotAllowed):
        issue(tip, K.FORWARDING, R.UNIT, identity("bs.triage_officer"))
    with pytest.raises(Refused, match="paper_does_not_fit"):
        issue(tip, K.FORWARDING, R.UNIT, sender)


def test_a_tip_that_comes_back_and_goes_again_has_a_notice_for_each_passage(
    writing: None, identity: Who
) -> None:
    sender = identity("cz.triage_officer")
    tip = routed(TipKind.REPORT)
    tips.return_(tip, reason="样例：不在本县。", by=identity("qs.unit_leader"))
    tips.route(tip, units.by_code("bs"), by=sender)
    numbers = [paper.number for paper in queries.of_tip(tip, sender)]
    assert numbers == ["澄市监分送〔2026〕第2号", "澄市监分送〔2026〕第1号"]
    assert audit.trail("tip", tip.reference)[0].event == "tip.routed"


def test_handing_a_tip_inside_one_s_own_bureau_needs_no_notice(leader: Identity) -> None:
    tip = routed(TipKind.REPORT)
    section = units.by_code("qs-cg")
    tips.route(tip, section, by=people.today_identity("qs.triage_officer"))
    assert [paper.bureau.code for paper in queries.of_tip(tip, leader)] == ["cz"]


def test_a_real_name_reporter_is_told_the_result(leader: Identity) -> None:
    tip = routed(TipKind.REPORT)
    tips.begin_verification(tip, task_reference="J2026-0001", by=leader)
    tips.note_task_closed(tip, task_reference="J2026-0001", has_problem=False, by=leader)
    tips.decide_not_to_file(tip, reason="样例：经查无违法。", by=leader)
    words = said(issue(tip, K.REPORT_RESULT, R.REPORTER, leader))
    assert "不予立案" in words
    assert "经查无违法" in words


def test_the_service_is_noted_once_in_its_time(leader: Identity) -> None:
    tip, tomorrow = routed(), clock.today() + timedelta(days=1)
    paper = issue(tip, K.COMPLAINT_FORM, R.FILE, leader)
    with pytest.raises(Refused, match="served_on"):
        actions.note_service(paper, tip, on=tomorrow, way=Way.LETTER, by=leader)
    actions.note_service(paper, tip, on=clock.today(), way=Way.LETTER, by=leader)
    assert (paper.served_on, paper.served_by) == (clock.today(), Way.LETTER)


def test_a_strange_bureau_finds_no_document(leader: Identity, identity: Who) -> None:
    tip = routed()
    issue(tip, K.COMPLAINT_FORM, R.FILE, leader)
    assert queries.of_tip(tip, identity("bs.unit_leader")) == []
    kinds = {paper.kind for paper in queries.of_tip(tip, identity("cz.auditor"))}
    assert kinds == {K.COMPLAINT_FORM, K.FORWARDING}
