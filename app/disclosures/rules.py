"""What does the regulation ask before, while and after a penalty is shown to the public?

令45: 市场监督管理行政处罚信息公示规定 (with orders 101 and 108 of 2025).  The terms themselves are
dated rules of ``kernel.statutes``; here are their codes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.cases.penalties import Item, PartyKind, PenaltyKind
from app.kernel.deadlines import LegalRule, NoSuchRule, days_of, rule_at
from app.kernel.errors import Refused
from app.kernel.redaction import Kind, Source
from app.kernel.workflow import Transition, Workflow

#: Twenty working days from the decision (令45 art. 9); it runs on the case.
PUBLICATION = "disclosure.publish"
#: Three working days from the day the decision was overturned (令45 art. 11); on the disclosure.
WITHDRAWAL = "disclosure.withdraw"
#: Below these a fine from the milder steps is a low one, everywhere in the country (令45 art. 13).
LOW_FINE = Decimal(50_000)
LOW_FINE_PERSON = Decimal(5_000)


class DisclosureState(StrEnum):
    """How far a disclosure is."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    NOT_DISCLOSED = "not_disclosed"
    CORRECTED = "corrected"
    ENDED = "ended"
    DROPPED = "dropped"


class DisclosureAction(StrEnum):
    """What people do with a disclosure.

    ``publish`` and ``supersede`` are done by the approved job, ``end`` also by the hour's own.
    """

    AMEND = "amend"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    REVOKE = "revoke"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    CORRECT = "correct"
    SUPERSEDE = "supersede"
    DROP = "drop"
    OVERTURN = "overturn"
    END = "end"


class Ground(StrEnum):
    """Why a penalty is not shown (令45 art. 2 and 5; local rules on minors and privacy)."""

    WARNING_ONLY = "warning_only"
    MINOR = "minor"
    SECRET = "secret"  # noqa: S105 - a state secret, not a password
    PRIVACY = "privacy"
    SAFETY = "safety"
    OTHER = "other"


class WithdrawalGround(StrEnum):
    """Why a shown penalty is taken back (令45 art. 11; 令2 art. 63)."""

    CHANGED = "changed"
    REVOKED = "revoked"
    UNLAWFUL = "unlawful"
    VOID = "void"
    MISTAKE = "mistake"


class Ending(StrEnum):
    """Why a penalty is shown no longer, without having been taken back."""

    EXPIRED = "expired"
    CORRECTED = "corrected"
    REPAIRED = "repaired"
    DEREGISTERED = "deregistered"


class KeepGround(StrEnum):
    """Why something that has the form of a private identifier may stay in the text."""

    UNIT_ADDRESS = "unit_address"
    OWN_PREMISES = "own_premises"
    UNIT_CONTACT = "unit_contact"
    NOT_AN_IDENTIFIER = "not_an_identifier"


class Ruling(StrEnum):
    """What a person decided about one mark on the text."""

    OPEN = "open"
    HIDDEN = "hidden"
    KEPT = "kept"


class Tier(StrEnum):
    """How long a penalty is shown (令45 art. 13 to 15)."""

    MINOR = "minor"
    ORDINARY = "ordinary"
    SEVERE = "severe"
    GRAVE = "grave"


S, A = DisclosureState, DisclosureAction
WORKFLOW = Workflow(
    "disclosure",
    (
        Transition(S.DRAFTING, A.AMEND, S.DRAFTING, "disclosure:draft"),
        Transition(S.DRAFTING, A.SUBMIT, S.SUBMITTED, "disclosure:draft"),
        Transition(S.SUBMITTED, A.RETURN, S.RETURNED, "disclosure:approve", needs_reason=True),
        Transition(S.SUBMITTED, A.APPROVE, S.APPROVED, "disclosure:approve"),
        Transition(S.RETURNED, A.AMEND, S.RETURNED, "disclosure:draft"),
        Transition(S.RETURNED, A.SUBMIT, S.SUBMITTED, "disclosure:draft"),
        Transition(S.APPROVED, A.REVOKE, S.RETURNED, "disclosure:approve", needs_reason=True),
        Transition(S.APPROVED, A.PUBLISH, S.PUBLISHED, "disclosure:approve"),
        Transition(S.PUBLISHED, A.WITHDRAW, S.WITHDRAWN, "disclosure:withdraw", needs_reason=True),
        Transition(S.PUBLISHED, A.OVERTURN, S.PUBLISHED, "disclosure:overturn"),
        Transition(S.PUBLISHED, A.CORRECT, S.PUBLISHED, "disclosure:draft", needs_reason=True),
        Transition(S.PUBLISHED, A.SUPERSEDE, S.CORRECTED, "disclosure:approve"),
        Transition(S.PUBLISHED, A.END, S.ENDED, "disclosure:withdraw"),
        *(
            Transition(state, A.DECLINE, S.NOT_DISCLOSED, "disclosure:decline", needs_reason=True)
            for state in (S.DRAFTING, S.SUBMITTED, S.RETURNED)
        ),
        *(
            Transition(state, A.DROP, S.DROPPED, "disclosure:draft", needs_reason=True)
            for state in (S.DRAFTING, S.RETURNED)
        ),
    ),
    start=(S.DRAFTING, S.NOT_DISCLOSED),
    final=(S.WITHDRAWN, S.NOT_DISCLOSED, S.CORRECTED, S.ENDED, S.DROPPED),
)  # fmt: skip

OPEN = frozenset({S.DRAFTING, S.SUBMITTED, S.RETURNED, S.APPROVED})
#: While the text and its marks may still change.
EDITABLE = frozenset({S.DRAFTING, S.RETURNED})
#: What happened to these is over.
CLOSED = frozenset({S.WITHDRAWN, S.NOT_DISCLOSED, S.CORRECTED, S.ENDED, S.DROPPED})
#: What may be done to a later version of something shown, and to no first one, and the other way.
_OF_LATER = frozenset({A.DROP})
_OF_FIRST = frozenset({A.DECLINE})


def fits_version(action: DisclosureAction, *, is_later: bool) -> bool:
    """Tell whether an act is one of a later version, or of the first, as the record is."""
    return action not in (_OF_FIRST if is_later else _OF_LATER)


def check_version(action: DisclosureAction, *, is_later: bool) -> None:
    """Refuse to decline what is shown already, and to drop what never was."""
    if not fits_version(action, is_later=is_later):
        raise Refused("later_version_only_dropped" if is_later else "first_version_not_dropped")


#: What stands for something that was hidden.
_MASKS = "某*＊×"


def check_rewording(old: str, new: str, *, places: int, is_later: bool) -> None:
    """Refuse to change words where nothing published is being corrected, and hiding by the way.

    What is wrong in public is put right in time (令45 art. 12); a first version says what was
    served.  The words must stand in one place, so that nothing else changes with them.
    """
    if not is_later:
        raise Refused("first_text_is_served")
    if places != 1:
        raise Refused("words_not_once" if places else "words_not_there", field="old", count=places)
    if not new or old == new:
        raise Refused("words_unchanged", field="new")
    if any(new.count(mask) > old.count(mask) for mask in _MASKS):
        raise Refused("words_hide", field="new")


def check_disclosable(*, has_decision: bool, warning_only: bool) -> None:
    """Refuse a case that is not decided, and one the law keeps from the public (令45 art. 2)."""
    if not has_decision:
        raise Refused("case_not_decided")
    if warning_only:
        raise Refused("warning_only_not_shown")


def check_second_person(
    person_id: int, *, hands: Collection[int], case_handlers: Collection[int]
) -> None:
    """Refuse whoever had a hand in the draft or the case (令45 art. 19): by person, not by role."""
    if person_id in hands:
        raise Refused("second_person_needed")
    if person_id in case_handlers:
        raise Refused("case_handler_cannot_release")


def check_ready(rulings: Iterable[Ruling], *, uneven: Collection[str]) -> None:
    """Refuse a text with an undecided mark, or one in which the same words are hidden and shown."""
    undecided = sum(ruling is Ruling.OPEN for ruling in rulings)
    if undecided:
        raise Refused("marks_undecided", count=undecided)
    if uneven:
        raise Refused("marks_uneven", count=len(uneven))


def check_reason(reason: str) -> None:
    """Refuse an act that must be reasoned without its reason."""
    if not reason.strip():
        raise Refused("disclosure_reason_needed", field="reason")


def content_hash(content: Mapping[str, object]) -> str:
    """Return the SHA-256 an approval is bound to: one changed byte is another content."""
    canonical = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


# --- how long ------------------------------------------------------------------------------------

#: Kinds that take a licence or the business away: shown to the end (令45 art. 14).
_GRAVE = frozenset({PenaltyKind.DOWNGRADE, PenaltyKind.REVOKE_LICENCE, PenaltyKind.CLOSE_DOWN})
#: Kinds that restrict the business for a time.
_SEVERE = frozenset({PenaltyKind.RESTRICT, PenaltyKind.SUSPEND_BUSINESS, PenaltyKind.BAR_PERSON})
#: Kinds beside which a low fine is still a low one.
_LIGHT = frozenset({PenaltyKind.WARNING, PenaltyKind.CIRCULAR, PenaltyKind.ORDER})


@dataclass(frozen=True)
class Gravity:
    """What decides the tier of a penalty."""

    items: tuple[Item, ...]
    party: PartyKind
    #: The fine was set from the milder steps (从轻、减轻).
    is_mitigated: bool = False
    #: Food, drugs, devices, cosmetics, special equipment, key industrial products.
    in_key_field: bool = False

    @property
    def fine(self) -> Decimal:
        """The fine in 元."""
        fines = (i.amount for i in self.items if i.kind is PenaltyKind.FINE and i.amount)
        return sum(fines, start=Decimal(0))


def tier_of(penalty: Gravity) -> Tier:
    """Return the tier of a penalty; several kinds count as the longest (令45 art. 13 to 15)."""
    kinds = {item.kind for item in penalty.items}
    if kinds & _GRAVE:
        return Tier.GRAVE
    if kinds & _SEVERE:
        return Tier.SEVERE
    if _is_light(penalty, kinds):
        return Tier.MINOR
    return Tier.SEVERE if penalty.in_key_field else Tier.ORDINARY


def _is_light(penalty: Gravity, kinds: set[PenaltyKind]) -> bool:
    if kinds <= _LIGHT:
        return True
    limit = LOW_FINE_PERSON if penalty.party is PartyKind.PERSON else LOW_FINE
    only_a_fine = kinds - _LIGHT == {PenaltyKind.FINE}
    return only_a_fine and penalty.is_mitigated and penalty.fine <= limit


_END = {
    Tier.MINOR: "disclosure.minor_end",
    Tier.ORDINARY: "disclosure.ordinary_end",
    Tier.SEVERE: "disclosure.severe_end",
    Tier.GRAVE: "disclosure.severe_end",
}
_EARLIEST = {Tier.ORDINARY: "disclosure.ordinary_minimum", Tier.SEVERE: "disclosure.severe_minimum"}


@dataclass(frozen=True)
class Display:
    """From when to when a penalty is shown; ``earliest_end`` None where it cannot be shortened."""

    tier: Tier
    until: date
    earliest_end: date | None


def display(tier: Tier, published_on: date, *, restricted_until: date | None = None) -> Display:
    """Return how long a penalty of a tier is shown, under the rules of its day.

    A restriction of the business that lasts longer carries the display with it (令45 art. 14).
    """
    until = _after(_version(_END[tier], published_on), published_on)
    earliest = None
    if tier in _EARLIEST:
        try:
            earliest = _after(rule_at(_EARLIEST[tier], published_on), published_on)
        except NoSuchRule:
            earliest = None
    if restricted_until is not None:
        until = max(until, restricted_until)
        earliest = max(earliest, restricted_until) if earliest else None
    return Display(tier, until, earliest)


def display_under(code: str, tier: Tier, begins: date) -> Display:
    """Return a display that a rule of its own decides; it cannot be shortened."""
    return Display(tier, _after(rule_at(code, begins), begins), None)


def _version(code: str, on: date) -> LegalRule:
    try:
        return rule_at(code, on)
    except NoSuchRule:
        # Before the tiers of 2025 everything but the minor ones was shown alike.
        return rule_at(_END[Tier.ORDINARY], on)


def _after(rule: LegalRule, day: date) -> date:
    return day + timedelta(days=days_of(day, rule.length, rule.unit))


# --- what may stay -------------------------------------------------------------------------------

#: Grounds on which each kind of identifier may stay; kinds not named here need reasons in words.
_KEPT_ON: Mapping[Kind, frozenset[KeepGround]] = {
    Kind.RESIDENT_ID: frozenset({KeepGround.NOT_AN_IDENTIFIER}),
    Kind.PASSPORT: frozenset({KeepGround.NOT_AN_IDENTIFIER}),
    Kind.BANK_CARD: frozenset({KeepGround.NOT_AN_IDENTIFIER}),
    Kind.MOBILE: frozenset({KeepGround.NOT_AN_IDENTIFIER}),
    Kind.PLATE: frozenset({KeepGround.NOT_AN_IDENTIFIER}),
    Kind.LANDLINE: frozenset({KeepGround.UNIT_CONTACT, KeepGround.NOT_AN_IDENTIFIER}),
    Kind.EMAIL: frozenset({KeepGround.UNIT_CONTACT, KeepGround.NOT_AN_IDENTIFIER}),
    Kind.SOCIAL: frozenset({KeepGround.UNIT_CONTACT, KeepGround.NOT_AN_IDENTIFIER}),
    Kind.ADDRESS: frozenset({KeepGround.UNIT_ADDRESS, KeepGround.NOT_AN_IDENTIFIER}),
}
#: How a mark was found that cannot be something else by its form alone.
_PROVEN = frozenset({Source.KNOWN, Source.CHECKED, Source.LABELLED})


def keep_grounds(kind: Kind, source: Source, *, of_person: bool) -> frozenset[KeepGround] | None:
    """Return on which grounds a mark may stay; None asks for words only, nothing for never.

    What the case or a check digit proves to be somebody's number is no other thing, and the
    address in a natural person's decision is a dwelling (令45 art. 6), unless the business is run
    there: then the second person agrees to it as well (``check_premises``).
    """
    allowed = _KEPT_ON.get(kind)
    if allowed is None:
        return None
    if source in _PROVEN:
        allowed -= {KeepGround.NOT_AN_IDENTIFIER}
    if of_person and KeepGround.UNIT_ADDRESS in allowed:
        allowed = allowed - {KeepGround.UNIT_ADDRESS} | {KeepGround.OWN_PREMISES}
    return allowed


def check_kept(
    ground: KeepGround | None, allowed: frozenset[KeepGround] | None, reason: str, *, mark: int
) -> None:
    """Refuse to show a private identifier: only on a ground of the list, and with a reason."""
    if allowed is not None and not allowed:
        raise Refused("mark_never_kept", field=f"ruling_{mark}")
    if not reason:
        raise Refused("mark_reason_needed", field=f"reason_{mark}")
    if allowed is not None and ground not in allowed:
        raise Refused("mark_ground_needed", field=f"ground_{mark}")


def check_premises(kept: int, *, agreed: bool) -> None:
    """Refuse to release a natural person's address before the second person agreed to it too."""
    if kept and not agreed:
        raise Refused("premises_not_agreed", field="premises", count=kept)


# --- taken back in time --------------------------------------------------------------------------


def check_overturned(on: date, *, decided_on: date, today: date) -> None:
    """Refuse a day on which the decision was not yet made, or which has not come."""
    if not decided_on <= on <= today:
        raise Refused("overturned_day_impossible", field="overturned_on")
