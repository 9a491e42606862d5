"""What may be typed into the pages of credit repair?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.disclosures.repairs import labels
from app.disclosures.repairs.actions import Request
from app.web.wtf import BlockField, HouseDateField, HouseForm, TickField, options, required


class ReceiveForm(HouseForm):
    """A request as it came in."""

    received_on = HouseDateField(_l("收到申请之日"), [required()])
    papers = TickField(_l("收到的材料"), choices=options(labels.PAPERS))
    note = BlockField(_l("备注"), most=500)

    def request(self) -> Request:
        """Return what was typed."""
        return Request(self.received_on.day, tuple(self.papers.data or ()), self.note.text)


class ActForm(HouseForm):
    """An act of one button."""


class PapersForm(HouseForm):
    """What the party handed in afterwards."""

    papers = TickField(_l("补来的材料"), choices=options(labels.PAPERS))


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class GrantForm(HouseForm):
    """What the deciding person found."""

    conditions = TickField(_l("经核实，下列条件都具备"), choices=options(labels.CONDITIONS))
    reason = BlockField(_l("核实情况"), most=500)


#: The form of each act of the record page.
OF_ACTS: dict[str, type[HouseForm]] = {
    "accept": ActForm,
    "ask_more": ReasonForm,
    "complete": PapersForm,
    "refuse": ReasonForm,
    "extend": ReasonForm,
    "grant": GrantForm,
    "deny": ReasonForm,
    "apply": ActForm,
    "revoke": ReasonForm,
}
