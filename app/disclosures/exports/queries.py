"""What can be looked up about exports, and what do their rows say today?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Select, func, or_, select

from app.cases.penalties import Item, PartyKind, PenaltyKind
from app.disclosures import publications
from app.disclosures import queries as disclosures
from app.disclosures.exports import rules
from app.disclosures.exports.models import Export, ExportRow
from app.disclosures.exports.rules import Answer, Target
from app.disclosures.models import Publication
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.units import queries as units

PER_PAGE = 30
MOST_ROWS = 5000
KINDS = {
    PenaltyKind.WARNING: "警告", PenaltyKind.CIRCULAR: "通报批评", PenaltyKind.FINE: "罚款",
    PenaltyKind.CONFISCATE_INCOME: "没收违法所得", PenaltyKind.CONFISCATE_GOODS: "没收非法财物",
    PenaltyKind.SUSPEND_LICENCE: "暂扣许可证件", PenaltyKind.DOWNGRADE: "降低资质等级",
    PenaltyKind.REVOKE_LICENCE: "吊销许可证件", PenaltyKind.RESTRICT: "限制开展生产经营活动",
    PenaltyKind.SUSPEND_BUSINESS: "责令停产停业", PenaltyKind.CLOSE_DOWN: "责令关闭",
    PenaltyKind.BAR_PERSON: "限制从业",
}  # fmt: skip
_LICENCE = {PenaltyKind.SUSPEND_LICENCE, PenaltyKind.REVOKE_LICENCE, PenaltyKind.DOWNGRADE}
_TAKEN = {PenaltyKind.CONFISCATE_INCOME, PenaltyKind.CONFISCATE_GOODS}
#: The province's code of a party: a natural person, a firm, a sole trader.
_PARTY = {PartyKind.PERSON: "1", PartyKind.UNIT: "2", PartyKind.SOLE_TRADER: "4"}
_STANDING = {
    "genuine": "正常", "withdrawn": "撤销", "corrected": "已更正", "repaired": "信用修复",
    "deregistered": "企业注销", "ended": "公示期满",
}  # fmt: skip


def visible_to(who: Identity) -> Select[Export]:
    """Return the exports in the viewer's scope: own bureau and everything below it."""
    return select(Export).where(units.within(Export.unit_path, who))


def by_reference(reference: str, who: Identity) -> Export:
    """Return an export in the viewer's scope, or refuse (404)."""
    found = db.session.scalar(visible_to(who).where(Export.reference == reference))
    if found is None:
        raise NotFound
    return found


def register(who: Identity, *, page: int) -> tuple[Sequence[Export], int]:
    """Return a page of exports, the latest first, and how many there are."""
    query = visible_to(who)
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    ordered = query.order_by(Export.id.desc()).limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return db.session.scalars(ordered).all(), total


def counts(found: Export) -> dict[Answer, int]:
    """Return how many rows were answered how."""
    query = select(ExportRow.answer, func.count()).where(ExportRow.export_id == found.id)
    answered = db.session.execute(query.group_by(ExportRow.answer))
    return {row[0]: row[1] for row in answered}


def to_hand_on(who: Identity, target: Target, *, everything: bool) -> Sequence[Publication]:
    """Return what of the bureau changed in public since the last export, or all still shown.

    A row that was refused comes again with the next export.
    """
    mine = Publication.unit_id == who.bureau_id
    if everything:
        query = select(Publication).where(
            mine, Publication.withdrawn_on.is_(None), Publication.ended_on.is_(None)
        )
        return db.session.scalars(query.order_by(Publication.id).limit(MOST_ROWS)).all()
    earlier = select(Export.id).where(Export.bureau_id == who.bureau_id, Export.target == target)
    last = db.session.scalar(select(func.max(Export.edition)).where(Export.id.in_(earlier))) or 0
    latest = select(func.max(ExportRow.id)).where(ExportRow.export_id.in_(earlier))
    refused = select(ExportRow.publication_id).where(
        ExportRow.id.in_(latest.group_by(ExportRow.publication_id)),
        ExportRow.answer == Answer.REFUSED,
    )
    changed = or_(Publication.edition > last, Publication.id.in_(refused))
    query = select(Publication).where(mine, changed)
    return db.session.scalars(query.order_by(Publication.edition).limit(MOST_ROWS)).all()


def table(found: Export) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows, as of now: of what is shown no longer only number and standing."""
    columns = rules.COLUMNS[found.target]
    rows = [_values(row.publication) for row in found.rows]
    return list(columns.values()), [[values.get(name, "") for name in columns] for values in rows]


def _values(row: Publication) -> dict[str, str]:
    shown = publications.by_reference(row.reference)
    values = {
        "number": shown.number,
        "authority": shown.authority,
        "source": shown.unit_name,
        "decided_on": row.decided_on.isoformat(),
        "published_on": shown.display.published_on.isoformat(),
        "displayed_until": shown.display.last_on.isoformat(),
        "standing": _STANDING[shown.standing],
        "reference": shown.reference,
        "ended_reason": shown.display.withdrawn_reason or shown.display.ending_reason,
        "is_public": "是" if shown.value else "否",
    }
    return values if shown.value is None else {**values, **_of_value(row, shown.value)}


def _of_value(row: Publication, value: publications.PublicDisclosure) -> dict[str, str]:
    decision = disclosures.decision_of(row.disclosure)
    items = decision.items
    facts = "\n".join(value.parts.body)
    penalty = "\n".join(value.penalty[1:])
    kinds = "、".join(dict.fromkeys(KINDS[i.kind] for i in items if i.kind in KINDS))
    return {
        "title": value.title,
        "party_name": value.party_name,
        "credit_code": value.credit_code or value.registration_number,
        "representative": value.representative,
        "party_kind": _PARTY[decision.party_kind],
        "kinds": kinds,
        "penalty": penalty,
        "fine": rules.in_ten_thousands(_sum(items, {PenaltyKind.FINE})),
        "confiscated": rules.in_ten_thousands(_sum(items, _TAKEN)),
        "licence": kinds if any(item.kind in _LICENCE for item in items) else "",
        "violation": value.violation,
        "facts": facts,
        "basis": "".join(value.penalty[:1]).rstrip("：:"),
        "merged": "\n".join((value.violation, kinds, *value.penalty)),
        "form": "全文",
    }


def _sum(items: Sequence[Item], kinds: set[PenaltyKind]) -> Decimal:
    return sum((i.amount for i in items if i.kind in kinds and i.amount), start=Decimal(0))
