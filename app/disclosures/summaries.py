"""What do the nine rows say, and of which parts is a decision made?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from app.cases.models import Case, Decision
from app.cases.penalties import PartyKind
from app.kernel.text import day, fold

TITLE = "行政处罚决定书"
#: Labels of the lines about the party that stand before the reasons (forms of 2021).
_PARTY_LABELS = (
    "当事人", "被处罚人", "姓名", "性别", "主体资格证照名称", "统一社会信用代码", "注册号", "住所",
    "住址", "地址", "经营场所", "法定代表人", "负责人", "经营者", "身份证", "证件号码", "联系电话",
    "联系方式",
)  # fmt: skip
_LONGEST_PARTY_LINE = 120
_LABELLED = re.compile(rf"^(?:{'|'.join(_PARTY_LABELS)})[^：:]{{0,24}}[：:]")
#: The head of a decision is its organ, its name and its number, in the first lines.
_HEAD_LINES = 4


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The nine rows before a decision (令45 art. 4), with the title and the product beside them."""

    title: str
    number: str
    is_person: bool
    party_name: str
    registration_number: str
    credit_code: str
    representative: str
    violation: str
    penalty: tuple[str, ...]
    authority: str
    decided_on: date
    product: str = ""

    def to_row(self) -> dict[str, Any]:
        """Return the summary as the database keeps it."""
        return {
            **asdict(self),
            "decided_on": self.decided_on.isoformat(),
            "penalty": list(self.penalty),
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Summary:
        """Read a summary as the database keeps it."""
        kept = {**row, "decided_on": date.fromisoformat(row["decided_on"])}
        return cls(**{**kept, "penalty": tuple(kept["penalty"])})

    def rewritten(self, rewrite: Callable[[str], str]) -> Summary:
        """Return the summary with its running text rewritten; numbers and codes stay."""
        return replace(
            self,
            title=rewrite(self.title),
            party_name=rewrite(self.party_name),
            representative=rewrite(self.representative),
            violation=rewrite(self.violation),
            product=rewrite(self.product),
            penalty=tuple(map(rewrite, self.penalty)),
        )


def summary_of(case: Case, decision: Decision, *, authority: str, product: str) -> Summary:
    """Fill the nine rows from a decision; a sole trader stands where the form has 个人."""
    is_person = decision.party_kind is not PartyKind.UNIT
    registration = decision.registration_number or (decision.credit_code if is_person else "")
    return Summary(
        title=case.title,
        number=decision.number,
        is_person=is_person,
        party_name=decision.party_name,
        registration_number=registration,
        credit_code="" if is_person else decision.credit_code,
        representative="" if is_person else decision.legal_representative,
        violation=decision.violation_title,
        penalty=(
            f"违反{decision.laws_broken}，依据{decision.laws_applied}：",
            *_numbered([item.text for item in decision.items]),
        ),
        authority=authority,
        decided_on=decision.decided_on,
        product=product,
    )


def _numbered(items: list[str]) -> list[str]:
    """Number the items as a decision does: semicolons between them, a full stop at the end."""
    last = len(items)
    return [
        f"{at}. {item.rstrip('。；;')}{'。' if at == last else '；'}"
        for at, item in enumerate(items, start=1)
    ]


def opening_lines(lines: Sequence[str]) -> int:
    """Return how many lines at the beginning are the head and the party."""
    at = 0
    while at < len(lines) and (
        at < _HEAD_LINES - 1 or not lines[at].strip() or _is_party_line(lines[at].strip())
    ):
        at += 1
    return at


def shapes(lines: Sequence[str], *, authority: str, number: str, decided_on: date) -> list[str]:
    """Say how each line of a whole decision is set: title, number, party, or nothing special."""
    titles, opening = {fold(authority), fold(TITLE), fold(authority + TITLE)}, opening_lines(lines)
    shaped = ["party" if at < opening else "" for at in range(len(lines))]
    for at, line in enumerate(map(fold, lines)):
        if at < _HEAD_LINES and line in {*titles, fold(number)}:
            shaped[at] = "title" if line in titles else "number"
        if at and line == fold(day(decided_on)) and fold(lines[at - 1]) == fold(authority):
            shaped[at - 1 : at + 1] = ["number", "number"]
    return shaped


@dataclass(frozen=True)
class Parts:
    """A decision in the parts a page and a file set differently."""

    opening: tuple[str, ...]
    body: tuple[str, ...]
    #: Organ and day stood under the text and are set as a signature; else the text has its own end.
    is_signed: bool
    #: What stood under the signature: that the decision is made public, how many copies there are.
    closing: tuple[str, ...] = ()


def parts_of(text: str, *, authority: str, number: str, decided_on: date) -> Parts:
    """Take a decision's text apart: head, lines about the party, all the rest, signature."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    head = {fold(authority), fold(TITLE), fold(authority + TITLE), fold(number)}
    begins = 0
    while begins < min(len(lines), _HEAD_LINES) and fold(lines[begins]) in head:
        begins += 1
    reasons = begins
    while reasons < len(lines) and _is_party_line(lines[reasons]):
        reasons += 1
    opening, rest = tuple(lines[begins:reasons]), tuple(lines[reasons:])
    signed_at = _signed_at(rest, fold(authority), fold(day(decided_on)))
    if signed_at is None:
        return Parts(opening, rest, is_signed=False)
    return Parts(opening, rest[:signed_at], is_signed=True, closing=rest[signed_at + 2 :])


def _is_party_line(line: str) -> bool:
    return len(line) <= _LONGEST_PARTY_LINE and bool(_LABELLED.match(line))


def _signed_at(lines: Sequence[str], authority: str, on: str) -> int | None:
    for at in range(len(lines) - 2, -1, -1):
        if fold(lines[at]) == authority and fold(lines[at + 1]) == on:
            return at
    return None
