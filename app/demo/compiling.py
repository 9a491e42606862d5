"""What is done with what is shown: a batch, an export, requests of the parties?"""

from __future__ import annotations

from datetime import timedelta

from app.demo.agenda import Sent, Story
from app.demo.stage import VERIFY_ROOT, Stage
from app.disclosures import queries as disclosures
from app.disclosures.batches import actions as batches
from app.disclosures.batches import jobs as _bulletins  # noqa: F401 - declares the work of the queue
from app.disclosures.batches.actions import Choice, Frame
from app.disclosures.exports import actions as exports
from app.disclosures.exports import queries as shown
from app.disclosures.exports.rules import Target
from app.disclosures.objections import actions as objections
from app.disclosures.objections.actions import Claim
from app.disclosures.repairs import actions as repairs
from app.disclosures.repairs.actions import Request
from app.disclosures.repairs.rules import Paper
from app.kernel import clock
from app.kernel.roles import Role

BUREAU = "qs"
#: What a party may hand in to have its credit repaired, without the last one.
SOME_PAPERS = tuple(Paper)[:-1]
CLAIM = "公示的处罚金额与实际缴纳的不一致，请核对后更正（演示）。"
CHOSEN = 3
#: Longer than the batch takes to go out: none of its cases may end meanwhile.
MONTH = timedelta(days=30)
FRAME = Frame(
    "重点消费品质量",
    "今年以来，本局围绕群众反映集中的产品质量问题开展检查，依法查处了一批案件。"
    "现选取其中部分予以通报（演示）。",
)
COMMENT = (
    "生产者、销售者应当落实进货检查验收制度，查验合格证明和标识；"
    "发现不合格的，立即停止销售（演示）。"
)


def compile_batch(stage: Stage) -> Story:
    """Choose shown penalties, comment on each, and let a second person release them."""
    pace = stage.pace("batch")
    yield pace.begin(12)
    publisher = stage.cast.who(BUREAU, Role.PUBLISHER)
    rows = shown.to_hand_on(publisher, Target.NATIONAL, everything=True)
    lasting = [row for row in rows if row.displayed_until > clock.today() + MONTH]
    chosen = [row.reference for row in lasting[-CHOSEN:]]
    batch = batches.start(FRAME, by=publisher)
    batches.amend(batch, FRAME, Choice({}, {}, chosen), by=publisher)
    yield pace.after(0)
    comments = dict.fromkeys(chosen, COMMENT)
    places = {one: place for place, one in enumerate(chosen)}
    batches.amend(batch, FRAME, Choice(comments, places), by=publisher)
    batches.submit(batch, by=publisher)
    yield pace.after(1)
    reviewer = stage.cast.who(BUREAU, Role.REVIEWER)
    yield Sent(batches.approve(batch, verify_root=VERIFY_ROOT, by=reviewer).id)


def hand_on(stage: Stage) -> Story:
    """Hand what is shown on to the national system, and enter what it answered."""
    pace = stage.pace("export")
    yield pace.begin(9)
    publisher = stage.cast.who(BUREAU, Role.PUBLISHER)
    made = exports.make(Target.NATIONAL, everything=False, by=publisher)
    yield pace.after(1)
    first, *others = [row.publication.reference for row in made.rows]
    lines = [f"{first},退回,样例：主体信息未登记", *(f"{one},成功" for one in others)]
    exports.answer(made, "\n".join(lines), by=publisher)


def ask(stage: Stage) -> Story:
    """Enter what two parties ask for: one to end its display early, one to have it corrected."""
    pace = stage.pace("asked")
    yield pace.begin(6)
    publisher = stage.cast.who(BUREAU, Role.PUBLISHER)
    rows = shown.to_hand_on(publisher, Target.NATIONAL, everything=True)
    first, second = (disclosures.by_reference(row.reference, publisher) for row in rows[:2])
    repairs.receive(first, Request(clock.today(), SOME_PAPERS), by=publisher)
    yield pace.after(1)
    claim = Claim(clock.today(), clock.today() + timedelta(days=20), CLAIM)
    objections.receive(second, claim, by=publisher)
