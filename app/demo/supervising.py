"""How do listings of the demonstration go: demanded, reported, urged, extended, delisted?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from app.cases import queries as cases
from app.demo.agenda import Story
from app.demo.stage import Stage
from app.demo.texts import read
from app.kernel.identity import Identity
from app.supervision import actions
from app.supervision.actions import Order
from app.supervision.models import Listing
from app.supervision.rules import Asked, SubjectKind
from app.units import queries as units

Row = Sequence[Any]


def stories(stage: Stage) -> Iterator[Story]:
    """Yield the story of each written listing."""
    for row in read("listings")["listings"]:
        yield _listing(stage, row)


def _listing(stage: Stage, row: dict[str, Any]) -> Story:
    pace = stage.pace(f"listing/{row['key']}")
    yield pace.on(row["listed"])
    listing = _list(stage, row)
    for step in sorted(row["steps"], key=lambda step: int(step[0])):
        offset, act, account, *rest = step
        yield pace.on(offset)
        ACTS[act](stage, listing, rest, stage.cast.account(account))


def _list(stage: Stage, row: dict[str, Any]) -> Listing:
    by, kind = stage.cast.account(row["on"]), SubjectKind(row["kind"])
    title, reference = row.get("title", ""), row.get("subject", "")
    handling = units.by_code(row["handling"]) if "handling" in row else None
    if kind is SubjectKind.CASE:
        case = cases.by_reference(stage.cases[row["subject"]], by)
        title, reference, handling = case.title, case.reference, case.bureau
    elif kind is SubjectKind.ENTERPRISE:
        reference = stage.firms.on_file(stage.firms.keyed(row["subject"])).reference
    if handling is None:
        raise ValueError(f"nobody handles the listing {row['key']}")
    order = Order(
        subject_kind=kind,
        handling=handling,
        title=title,
        reason=row["reason"],
        due_on=_day(stage, row["due"]),
        demands=[Asked(text, _day(stage, day)) for text, day in row["demands"]],
        subject_reference=reference,
        basis=row.get("basis", "").format(**stage.years()),
        contact=f"{by.name}，{by.unit_name}",
    )
    return actions.list_(order, by=by)


def _day(stage: Stage, offset: int) -> date:
    return stage.today + timedelta(days=offset)


def _report(stage: Stage, listing: Listing, rest: Row, by: Identity) -> None:
    position, text = rest
    files = stage.album.some(stage.pace(f"{listing.number}/{position}").chance, 1)
    actions.report(listing, position, text=text, files=files, by=by)


def _meet(_stage: Stage, listing: Listing, rest: Row, by: Identity) -> None:
    actions.judge(listing, rest[0], met=True, reason="", by=by)


def _refuse(_stage: Stage, listing: Listing, rest: Row, by: Identity) -> None:
    actions.judge(listing, rest[0], met=False, reason=rest[1], by=by)


def _urge(stage: Stage, listing: Listing, rest: Row, by: Identity) -> None:
    answer_day, text = rest
    actions.urge(listing, text=text, answer_due_on=_day(stage, answer_day), by=by)


def _extend(stage: Stage, listing: Listing, rest: Row, by: Identity) -> None:
    new_day, reason = rest
    actions.extend(listing, new_due_on=_day(stage, new_day), reason=reason, by=by)


#: What each word of a written step does.
ACTS: dict[str, Callable[[Stage, Listing, Row, Identity], None]] = {
    "report": _report,
    "meet": _meet,
    "refuse": _refuse,
    "urge": _urge,
    "extend": _extend,
    "answer": lambda _s, found, rest, by: actions.answer(found, text=rest[0], by=by),
    "apply": lambda _s, found, rest, by: actions.apply(found, text=rest[0], by=by),
    "return": lambda _s, found, rest, by: actions.return_(found, reason=rest[0], by=by),
    "delist": lambda _s, found, _rest, by: actions.delist(found, by=by),
    "withdraw": lambda _s, found, rest, by: actions.withdraw(found, reason=rest[0], by=by),
    "announce": lambda _s, found, rest, by: actions.announce(found, public_title=rest[0], by=by),
}
