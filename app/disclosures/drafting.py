"""How does a decided case become a draft: the summary worded, every private string ruled on?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.cases import queries as cases
from app.cases.models import Case, Decision
from app.cases.penalties import PartyKind
from app.codes import queries as codes
from app.disclosures import consistency, publications, queries, rules
from app.disclosures.consistency import Disagreement, Told
from app.disclosures.models import Disclosure, Mark
from app.disclosures.redacting import Redaction
from app.disclosures.rules import DisclosureAction, DisclosureState, KeepGround, Ruling
from app.disclosures.steps import KIND, new_record, take, touch
from app.disclosures.summaries import Summary, summary_of
from app.kernel import audit
from app.kernel.db import db
from app.kernel.errors import Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.kernel.redaction import ASKING, Kind, Source
from app.kernel.text import fold
from app.people import queries as people

DRAFTED = audit.declare("disclosure.drafted", "case", "marks")
AMENDED = audit.declare("disclosure.amended")
RULED = audit.declare("disclosure.ruled", "hidden", "kept", "undecided")
MARKED = audit.declare("disclosure.marked", "kind", "places", "reason")

#: A name that was written masked from the start shows nobody and cannot be looked for.
_MASKED = re.compile(r"[某*＊×]")


def start(case: Case, *, by: Identity) -> Disclosure:
    """Open a decided case for disclosure: the summary filled in, every private string marked."""
    require(by, "disclosure:draft", case)
    decision = case.decision
    rules.check_disclosable(
        has_decision=decision is not None,
        warning_only=decision is not None and decision.warning_only,
    )
    assert decision is not None  # noqa: S101 - checked above
    disclosure = new_record(case, DisclosureState.DRAFTING, by)
    disclosure.original = decision.text
    disclosure.people = _people(case, decision)
    disclosure.terms = _terms(decision)
    disclosure.summary = summary_of(
        case, decision, authority=case.bureau.name, product=_product(case)
    ).to_row()
    disclosure.in_key_field = case.product_code in codes.below("products", "industrial")
    db.session.add(disclosure)
    propose(disclosure)
    audit.record(
        DRAFTED, KIND, disclosure.reference, by=by,
        case=case.reference, marks=len(disclosure.marks),
    )  # fmt: skip
    return disclosure


def _product(case: Case) -> str:
    return codes.label("products", case.product_code) if case.product_code else ""


def _people(case: Case, decision: Decision) -> list[dict[str, str]]:
    """Name the natural persons the case knows: the party's side first, then the bureau's."""
    named = [(decision.legal_representative, "representative")]
    if decision.party_kind is PartyKind.PERSON:
        named.insert(0, (decision.party_name, "party"))
    staff = {*cases.handlers(case), decision.decided_by_id, case.reviewed_by_id, case.filed_by_id}
    ids = sorted(person for person in staff if person is not None)
    found = people.names(ids)
    named += [(found[person], "staff") for person in ids]
    roles: dict[str, str] = {}
    for name, role in named:
        if name and not _MASKED.search(name):
            roles.setdefault(name, role)
    return [{"name": name, "role": role} for name, role in roles.items()]


def _terms(decision: Decision) -> list[dict[str, str]]:
    """A natural person's dwelling is private; a firm's place of business is not."""
    if decision.party_kind is PartyKind.PERSON and decision.party_address:
        return [{"text": decision.party_address, "kind": Kind.ADDRESS.value}]
    return []


def propose(disclosure: Disclosure) -> None:
    """Mark what may have to be hidden; rulings on stretches that stay the same are carried over.

    The place of business of a firm is public, so its address is a question, never a certainty.
    """
    decision = queries.decision_of(disclosure)
    is_firm = decision.party_kind is not PartyKind.PERSON
    business = fold(decision.party_address) if is_firm else ""
    before = {(mark.start, mark.end): mark for mark in disclosure.marks}
    marks = []
    for span in Redaction.of(disclosure).proposals():
        mark = before.get((span.start, span.end)) or Mark(
            start=span.start, end=span.end, ruling=Ruling.OPEN, reason=""
        )
        is_business = span.kind is Kind.ADDRESS and fold(span.text) in business
        mark.kind = span.kind.value
        mark.source = Source.QUESTION.value if is_business else span.source.value
        mark.replacement = span.replacement
        marks.append(mark)
    disclosure.marks = marks


@dataclass(frozen=True)
class Amendment:
    """What a drafter may word in the summary; all else stands as decided."""

    title: str
    violation: str
    product: str
    penalty: tuple[str, ...]
    is_mitigated: bool
    in_key_field: bool
    restricted_until: date | None = None


def amend(disclosure: Disclosure, to: Amendment, *, by: Identity) -> None:
    """Word the summary; number, party, organ and day are the decision's own."""
    take(disclosure, DisclosureAction.AMEND, by)
    summary = Summary.from_row(disclosure.summary)
    changed = replace(
        summary, title=to.title, violation=to.violation, product=to.product, penalty=to.penalty
    )
    disclosure.summary = changed.to_row()
    disclosure.is_mitigated, disclosure.in_key_field = to.is_mitigated, to.in_key_field
    disclosure.restricted_until = to.restricted_until
    touch(disclosure, by)
    audit.record(AMENDED, KIND, disclosure.reference, by=by)


def rule_on(
    disclosure: Disclosure,
    rulings: Mapping[int, tuple[Ruling, str]],
    *,
    by: Identity,
    grounds: Mapping[int, KeepGround | None] | None = None,
) -> None:
    """Accept or reject marks; showing what was proposed to be hidden needs its reason.

    What has the form of a private identifier stays only on a ground of the list.
    """
    take(disclosure, DisclosureAction.AMEND, by)
    allowed = keep_grounds(disclosure)
    for mark in disclosure.marks:
        if mark.id in rulings:
            ruling, reason = rulings[mark.id]
            ground = (grounds or {}).get(mark.id) if ruling is Ruling.KEPT else None
            if ruling is Ruling.KEPT:
                rules.check_kept(ground, allowed[mark.id], reason, mark=mark.id)
            if (mark.ruling, mark.reason, mark.ground) != (ruling, reason, ground):
                mark.ruling, mark.reason, mark.ruled_by_id = ruling, reason, by.person_id
                mark.ground = ground
    touch(disclosure, by)
    _record_rulings(disclosure, by)


def keep_grounds(disclosure: Disclosure) -> dict[int, frozenset[KeepGround] | None]:
    """Return on which grounds each mark may stay (``rules.keep_grounds``)."""
    of_person = queries.decision_of(disclosure).party_kind is PartyKind.PERSON
    return {
        mark.id: rules.keep_grounds(Kind(mark.kind), Source(mark.source), of_person=of_person)
        for mark in disclosure.marks
    }


def hide_certain(disclosure: Disclosure, *, by: Identity) -> None:
    """Accept every undecided mark that asks nothing first."""
    take(disclosure, DisclosureAction.AMEND, by)
    for mark in disclosure.marks:
        if mark.ruling is Ruling.OPEN and mark.source not in ASKING:
            mark.ruling, mark.ruled_by_id = Ruling.HIDDEN, by.person_id
    touch(disclosure, by)
    _record_rulings(disclosure, by)


def _record_rulings(disclosure: Disclosure, by: Identity) -> None:
    rulings = [mark.ruling for mark in disclosure.marks]
    audit.record(
        RULED, KIND, disclosure.reference, by=by,
        hidden=rulings.count(Ruling.HIDDEN), kept=rulings.count(Ruling.KEPT),
        undecided=rulings.count(Ruling.OPEN),
    )  # fmt: skip


def add_mark(disclosure: Disclosure, text: str, kind: Kind, *, reason: str, by: Identity) -> None:
    """Hide words the search did not propose, wherever and however they are spelled."""
    take(disclosure, DisclosureAction.AMEND, by)
    if not reason:
        raise Refused("mark_reason_needed", field="reason")
    if len(fold(text)) < 2:
        raise Refused("mark_too_short", field="text")
    if kind is Kind.PERSON:
        disclosure.people = [*disclosure.people, {"name": text, "role": "added"}]
    else:
        disclosure.terms = [*disclosure.terms, {"text": text, "kind": kind.value}]
    before = {(mark.start, mark.end) for mark in disclosure.marks}
    propose(disclosure)
    found = [
        mark
        for mark in disclosure.marks
        if mark.kind == kind and mark.source in _SURE and _is_of(mark, text, before)
    ]
    if not found:
        raise Refused("mark_not_found", field="text")
    for mark in found:
        mark.ruling, mark.reason, mark.ruled_by_id = Ruling.HIDDEN, reason, by.person_id
    touch(disclosure, by)
    audit.record(
        MARKED, KIND, disclosure.reference, by=by,
        kind=kind.value, places=len(found), reason=reason,
    )  # fmt: skip


#: What was added is found as known, or as a shorter form of a name; the rest still asks.
_SURE = frozenset({Source.KNOWN.value, Source.VARIANT.value})


def _is_of(mark: Mark, text: str, before: set[tuple[int, int]]) -> bool:
    return (mark.start, mark.end) not in before or fold(mark.text) == fold(text)


def still_shown(disclosure: Disclosure) -> int:
    """Count the strings that are hidden somewhere and yet readable in what would be published."""
    value = publications.build(disclosure, disclosure.check_code or "")
    return len(publications.still_shown(value, Redaction.of(disclosure).removed()))


def disagreements(disclosure: Disclosure) -> list[Disagreement]:
    """In what title, summary and text do not agree."""
    if not disclosure.original:
        return []
    summary, decision = Summary.from_row(disclosure.summary), queries.decision_of(disclosure)
    told = Told(
        title=summary.title,
        number=summary.number,
        party_name=summary.party_name,
        credit_code=decision.credit_code,
        authority=summary.authority,
        decided_on=summary.decided_on,
        penalty=summary.penalty,
        items=decision.items,
    )
    return consistency.disagreements(disclosure.original, told)


def checks(disclosure: Disclosure) -> dict[str, int]:
    """Count what still stands between a draft and its release."""
    redacted = Redaction.of(disclosure)
    return {
        "undecided": sum(mark.ruling is Ruling.OPEN for mark in redacted.marks),
        "uneven": len(redacted.uneven()),
        "shown": still_shown(disclosure) if disclosure.original else 0,
        "premises": redacted.premises,
    }
