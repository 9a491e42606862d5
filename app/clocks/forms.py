"""What may be typed in for a year's notice, and for a count?"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField

from app.clocks import rules
from app.web.wtf import BlockField, HouseForm, LineField, SelectField, optional, options, required


class YearForm(HouseForm):
    """A year's notice: its title, and days as lines of a name and dates."""

    title = LineField(_l("通知名称"), [required()])
    number = LineField(_l("文号"), [optional()])
    holidays = BlockField(_l("放假日"), [required()], most=4000, render_kw={"rows": 10})
    make_up_days = BlockField(_l("调休上班日"), [optional()], most=2000, render_kw={"rows": 8})


class RuleFilter(Form):
    """What narrows the list of legal terms."""

    q = LineField(_l("在结果中查找"), [optional()])


class CountForm(Form):
    """A term to be counted; everything stands in the address, nothing is kept."""

    code = SelectField(_l("期限"), validate_choice=False)
    start = LineField(_l("起算日"), [required()], most=10)
    suspend = LineField(_l("暂停计时"), [optional()])
    extend = SelectField(
        _l("延长"),
        choices=options({"1": _l("延长一次"), "2": _l("延长两次")}, empty=_l("不延长")),
        validate_choice=False,
    )
    until = LineField(_l("决定的届满日"), [optional()], most=10)
    under = HiddenField()

    def offer(self, titles: Mapping[str, str]) -> None:
        """Say which terms can be chosen, by code."""
        self.code.choices = options(titles)

    @property
    def is_asked(self) -> bool:
        """Whether the address asks for a count at all."""
        return bool(self.start.data)

    def asked(self) -> rules.Asked:
        """Return what is to be counted; raises ``Refused`` at the field that cannot be read."""
        under, until = self.under.data, self.until.data
        return rules.Asked(
            code=self.code.data or "",
            start=rules.asked_day(self.start.data or "", "start"),
            suspensions=rules.asked_suspensions(self.suspend.data or ""),
            extended={"1": 1, "2": 2}.get(self.extend.data or "", 0),
            until=rules.asked_day(until, "until") if until else None,
            under=rules.asked_day(under, "code") if under else None,
        )

    def refuse(self, field: str | None, sentence: str) -> None:
        """Say a rule's refusal at its field."""
        found = getattr(self, field, None) if field else None
        if found is None:
            self.form_errors.append(sentence)
        else:
            found.errors = [*found.errors, sentence]
