"""What does the bulletin of a batch say, to people and to machines?"""

from __future__ import annotations

from app.disclosures.batches.publications import Bulletin, Case
from app.kernel.query_codes import spoken
from app.kernel.text import day
from app.kernel.verify_publication import canonical
from app.typesetting import Annex, NoticeFacts, Table
from app.typesetting.compose import number_in_characters
from app.typesetting.facts import Cell
from app.typesetting.logged import Manuscript

HEADS = ("序号", "当事人", "违法行为", "处罚机关和文号")
ANNEX = "案例和评析"
#: The mark of what is shown no longer.
GONE = {
    "withdrawn": "已撤下", "corrected": "已更正，见新版", "repaired": "已提前停止公示",
    "deregistered": "已停止公示", "ended": "公示期满",
}  # fmt: skip


def manuscript_of(bulletin: Bulletin) -> Manuscript:
    """Return the bulletin as it is set, foreword and table before the cases, and its record."""
    return Manuscript(
        template="notice",
        facts=facts_of(bulletin),
        title=bulletin.title,
        author=bulletin.authority,
        record=record_of(bulletin),
    )


def facts_of(bulletin: Bulletin) -> NoticeFacts:
    """Return what is typeset: what is shown today and nothing beside it."""
    rows = tuple(tuple(map(Cell, _row(case))) for case in bulletin.cases)
    table = Table(head=(tuple(map(Cell, HEADS)),), rows=rows)
    cases = tuple(line for case in bulletin.cases for line in _told(case))
    return NoticeFacts(
        title=bulletin.title,
        body=(*bulletin.foreword, table),
        signed_by=bulletin.authority,
        signed_on=bulletin.published_on,
        attachments=(ANNEX,),
        annexes=(Annex(title=ANNEX, body=cases),),
        issued_by=bulletin.authority,
        issued_on=bulletin.published_on,
        check_code=spoken(bulletin.check_code),
        verify_url=bulletin.verify_url,
    )


def _mark(case: Case) -> str:
    return f"{GONE[case.shown.standing]}（{day(case.shown.display.last_on)}）"


def _row(case: Case) -> tuple[str, ...]:
    value = case.shown.value
    if value is None:
        return str(case.place), "—", _mark(case), case.shown.number
    return str(case.place), value.party_name, value.violation, f"{value.authority}\n{value.number}"


def _told(case: Case) -> tuple[str, ...]:
    """A case under a heading of the first level, which is also a bookmark."""
    place, value = number_in_characters(case.place), case.shown.value
    if value is None:
        return (f"{place}、{case.shown.number}", _mark(case))
    head, *more = case.comment or ("",)
    return (f"{place}、{value.title}", *case.lines, f"评析：{head}", *more)


def record_of(bulletin: Bulletin) -> bytes:
    """Return the bulletin as canonical JSON; its hash stands in the public log."""
    kept = {
        "schema": "lijian-batch-1",
        "reference": bulletin.reference,
        "check_code": bulletin.check_code,
        "title": bulletin.title,
        "authority": bulletin.authority,
        "published_on": bulletin.published_on.isoformat(),
        "foreword": list(bulletin.foreword),
        "cases": [
            {
                "place": case.place,
                "reference": case.shown.reference,
                "number": case.shown.number,
                "standing": case.shown.standing,
                "lines": list(case.lines),
                "comment": list(case.comment),
            }
            for case in bulletin.cases
        ],
    }
    return canonical(kept)
