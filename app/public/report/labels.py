"""Which words ask each question?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.public.report.rules import Question

#: The heading of a page and the sentence below it.
QUESTIONS = {
    Question.KINDS: (_l("您要投诉还是举报？"), _l("可以都选，会分成两件办理。")),
    Question.FACTS: (_l("出了什么事？"), _l("照您的话写就行，知道多少写多少。")),
    Question.SUBJECT: (
        _l("在哪里，是谁？"),
        _l("名称和地址至少填一项。这能帮我们找到该由哪个县区处理。"),
    ),
    Question.PRODUCT: (_l("是什么产品？"), _l("不是产品的问题，可以不填。")),
    Question.PURCHASE: (_l("什么时候买的，花了多少钱？"), _l("不是买的，可以不填。")),
    Question.WISHES: (_l("您想要什么结果？"), _l("选一项以上。")),
    Question.REPORTER: (_l("怎么找到您？"), _l("只用于核实和答复，不会告诉被举报人。")),
}
