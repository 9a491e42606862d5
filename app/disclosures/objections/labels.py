"""Which words stand for states, answers and refusals of objections?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.objections.rules import Answer, ObjectionState
from app.web import words

STATES = {
    ObjectionState.RECEIVED: _l("待核实"),
    ObjectionState.EXAMINED: _l("待答复"),
    ObjectionState.ANSWERED: _l("已答复"),
}
SHAPES = {
    ObjectionState.RECEIVED: "waiting",
    ObjectionState.EXAMINED: "waiting",
    ObjectionState.ANSWERED: "done",
}
ANSWERS = {
    Answer.KEEP: _l("异议不成立，继续公示"),
    Answer.CORRECT: _l("异议成立，更正公示"),
    Answer.WITHDRAW: _l("异议成立，撤下公示"),
}
BUTTONS = {"examine": _l("登记核实情况"), "answer": _l("答复")}
TONES = {"answer": "primary"}

words.register_facts(
    {
        "objection.answered.answer": ANSWERS,
    }
)
words.register(
    refusals={
        "objection_not_shown": _l("只有正在公示的处罚才能登记异议。"),
        "objection_in_future": _l("收到异议之日不能晚于今天。"),
        "objection_answer_before_receipt": _l("最迟答复之日不能早于收到异议之日。"),
        "objection_second_person": _l("核实的人不能答复，请由另一人答复。"),
    },
    events={
        "objection.received": _l("收到异议"),
        "objection.letter": _l("制作异议答复书"),
        "objection.examined": _l("登记核实情况"),
        "objection.answered": _l("答复异议"),
    },
    permissions={
        "objection:read": _l("查看公示异议"),
        "objection:receive": _l("登记公示异议"),
        "objection:examine": _l("核实公示异议"),
        "objection:answer": _l("答复公示异议"),
    },
    asks={
        "objection.examine": _l("核实公示异议"),
        "objection.answer": _l("答复公示异议"),
        "objection.correct": _l("更正公示（异议成立）"),
        "objection.withdraw": _l("撤下公示（异议成立）"),
    },
)

RAIL = _l("公示异议")
