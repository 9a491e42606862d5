"""How does an act come from its form on a record's page to the rule, and what is answered?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from app.kernel.acts import Act
from app.web.access import access, signed_in
from app.web.subjects import Subject
from app.web.wtf import HouseForm

Record = TypeVar("Record")


@dataclass(frozen=True)
class RecordPage(Generic[Record]):
    """What all acts of a record's page share: finding it, the forms, both answers."""

    subject: Subject[Record]
    form: Callable[[str, Record], HouseForm]
    #: Draws the record, its forms in what was sent by name, as ``show(record, sent, status=422)``.
    show: Callable[..., Response]

    def offer(self, bp: Blueprint, *acts: Act[Record]) -> None:
        """Give each act its address: the record's, and the act's name."""
        for act in acts:
            rule = f"/<reference>/{act.name.replace('_', '-')}"
            bp.add_url_rule(rule, act.name, self._view(act), methods=["POST"])

    def _view(self, act: Act[Record]) -> Callable[..., ResponseReturnValue]:
        @access(act.permission)
        def view(reference: str) -> ResponseReturnValue:
            record = self.subject.load(reference)
            form = self.form(act.name, record)
            if form.sent_for(record):
                with form.refusals():
                    went_on = act.do(record, form, signed_in())
                    here = went_on if isinstance(went_on, type(record)) else record
                    return self.subject.done(here)
            return self.show(record, {act.name: form}, status=422)

        return view


def plain(kinds: Mapping[str, type[HouseForm]]) -> Callable[[str, object], HouseForm]:
    """Return how an act's form is made where it asks nothing that only the record knows."""
    return lambda name, _record: kinds[name]()


def offered(
    acts: Iterable[Act[Record]],
    record: Any,
    allowed: Collection[str],
    sent: Mapping[str, HouseForm],
    fresh: Callable[[str], HouseForm],
) -> list[tuple[Act[Record], HouseForm]]:
    """Return the acts that may be done now, each with its form; one sent back keeps its text."""
    found = []
    for act in acts:
        if act.name in sent:
            found.append((act, sent[act.name]))
        elif act.name in allowed:
            form = fresh(act.name)
            form.version.data = str(record.version)
            found.append((act, form))
    return found
