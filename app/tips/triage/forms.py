"""What may be typed into the pages on which tips are handed on, joined and disputed?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.tips import labels as tip_labels
from app.tips.rules import Wish
from app.tips.triage import labels
from app.web.wtf import (
    BlockField,
    HiddenField,
    HouseDateField,
    HouseForm,
    LineField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TickField,
    chosen,
    options,
    required,
)

REASON = _l("请写明理由。")


class AwayForm(HouseForm):
    """To which authority outside the house, and why."""

    to = LineField(_l("机关名称"), [required(_l("请写明是哪个机关。"))], most=100)
    reason = BlockField(_l("理由"), [required(REASON)], most=500)


class MergeForm(HouseForm):
    """Into which tip, and on what basis."""

    other = LineField(_l("并入的编号"), [required(_l("请填写编号。"))], most=20)
    basis = RadioField(_l("依据"), [chosen()], choices=options(labels.BASES))


class LinkForm(HouseForm):
    """With which tip, and why."""

    other = LineField(_l("关联的编号"), [required(_l("请填写编号。"))], most=20)
    reason = BlockField(_l("理由"), [required(REASON)], most=500)


class SplitForm(HouseForm):
    """What the other half says, and what a complainant asks for."""

    facts = BlockField(_l("另一件的内容"), [required(_l("请写明另一件反映的事。"))], most=5000)
    wishes = TickField(_l("请求"), choices=options(tip_labels.WISHES))

    def wishes_told(self) -> frozenset[Wish]:
        """Return what the complainant asks for."""
        return frozenset(Wish(value) for value in self.wishes.data or ())


class GatherForm(HouseForm):
    """Which event a tip belongs to: one that is known, or a new one by its name."""

    gathering = SelectField(_l("已有事件"), default="")
    title = LineField(_l("新事件名称"), most=80)


class DisputeForm(HouseForm):
    """Which bureau is held competent, and why."""

    counterpart = SelectField(_l("认为有权处理的局"), [chosen()])
    reason = BlockField(_l("理由"), [required(REASON)], most=500)


class DesignateForm(HouseForm):
    """Who handles it, as the common superior says."""

    to = SelectField(_l("指定承办"), [chosen()])
    reason = BlockField(_l("理由"), [required(REASON)], most=500)


class BulkForm(HouseForm):
    """An act over the tips that were ticked in the queue, each with the version it was seen in."""

    act = SelectField(_l("处置"), [chosen()], choices=options(labels.BULK))
    to = SelectField(_l("承办单位"), default="")
    feedback_on = HouseDateField(_l("反馈日期"))
    title = LineField(_l("新事件名称"), most=80)
    back = HiddenField()
    ticked = SelectMultipleField(_l("选择"), validate_choice=False)

    def seen(self) -> list[tuple[str, str]]:
        """Return number and version of every tip that was ticked, each once."""
        pairs = (value.partition(":") for value in dict.fromkeys(self.ticked.data or ()))
        return [(number, version) for number, _colon, version in pairs]


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(REASON)], most=500)


class ActForm(HouseForm):
    """An act of one button."""


class PauseForm(HouseForm):
    """On which ground a clock stands still, from which day."""

    ground = RadioField(_l("事由"), [chosen()])
    on = HouseDateField(_l("暂停日"), [required(_l("请填写日期。"))])
    reason = BlockField(_l("理由"), [required(REASON)], most=500)


class ResumeForm(HouseForm):
    """From which day a clock runs again."""

    on = HouseDateField(_l("恢复日"), [required(_l("请填写日期。"))])


class RemarkForm(HouseForm):
    """What a superior writes."""

    kind = RadioField(_l("性质"), [chosen()], choices=options(labels.REMARKS_DOWN))
    text = BlockField(_l("内容"), [required(_l("请写明内容。"))], most=1000)


class AnswerForm(HouseForm):
    """What a superior is answered."""

    text = BlockField(_l("办理进展"), [required(_l("请写明内容。"))], most=1000)
