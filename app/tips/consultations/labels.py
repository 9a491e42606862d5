"""Which words stand for the states, acts and events of consultations?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.tips.consultations.rules import ConsultationAction, ConsultationState
from app.web import words

RAIL = _l("咨询")
STATES = {ConsultationState.OPEN: _l("待答复"), ConsultationState.ANSWERED: _l("已答复")}
SHAPES = {ConsultationState.OPEN: "waiting", ConsultationState.ANSWERED: "done"}
ACTIONS = {ConsultationAction.ANSWER: _l("答复")}
VIEWS = {"open": _l("待答复"), "answered": _l("已答复"), "all": _l("全部")}

words.register(
    refusals={
        "answer_needed": _l("请写下怎样答复的。"),
        "topic_needed": _l("请选择咨询事项。"),
    },
    events={
        "consultation.received": _l("登记咨询"),
        "consultation.answered": _l("答复咨询"),
    },
    asks={"consultation.answer": _l("答复咨询")},
    permissions={
        "consultation:read": _l("查看咨询"),
        "consultation:answer": _l("答复咨询"),
    },
)
