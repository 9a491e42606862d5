"""What does a notice say when it is typeset?"""

from __future__ import annotations

from datetime import date

from app.kernel import clock
from app.notices import rules
from app.notices.models import Notice
from app.notices.rules import NoticeKind, Openness
from app.typesetting import Document, LetterFacts, NoticeFacts, typeset

NOTES = {
    Openness.OPEN: "此件主动公开",
    Openness.ON_REQUEST: "此件依申请公开",
    Openness.CLOSED: "此件不予公开",
}


def typeset_notice(notice: Notice) -> Document:
    """Set a signed notice: a letter in letter form, everything else under a red head."""
    setter = _letter if notice.kind is NoticeKind.LETTER else _under_red_head
    return setter(notice, notice.signed_on or clock.today())


def _addressees(notice: Notice) -> str:
    return "、".join(line.unit.name for line in notice.addressees)


def _letter(notice: Notice, signed_on: date) -> Document:
    facts = LetterFacts(
        organ=notice.bureau.name,
        number=notice.number or "",
        title=notice.title,
        body=rules.paragraphs(notice.body),
        signed_by=notice.bureau.name,
        signed_on=signed_on,
        addressees=_addressees(notice),
        note=NOTES[notice.openness],
    )
    return typeset("letter", facts, title=notice.title, author=notice.bureau.name)


def _under_red_head(notice: Notice, signed_on: date) -> Document:
    facts = NoticeFacts(
        head=f"{notice.bureau.name}文件",
        number=notice.number or "",
        title=notice.title,
        body=rules.paragraphs(notice.body),
        signed_by=notice.bureau.name,
        signed_on=signed_on,
        addressees=_addressees(notice),
        note=NOTES[notice.openness],
        issued_by=notice.bureau.name,
        issued_on=signed_on,
    )
    return typeset("notice", facts, title=notice.title, author=notice.bureau.name)
