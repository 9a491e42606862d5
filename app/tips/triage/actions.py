"""What do people do with tips on their way: hand on, join, part, dispute, pause, remind?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update

from app.clocks import actions as clocks
from app.clocks import queries as clock_queries
from app.clocks.models import Clock
from app.clocks.rules import Outcome
from app.kernel import audit, clock, storage
from app.kernel.db import db
from app.kernel.errors import PortalError, Refused, Stale
from app.kernel.identity import Identity
from app.kernel.numbering import next_number
from app.kernel.permissions import require
from app.tips import actions as tip_actions
from app.tips import duplicates, intake
from app.tips import queries as tips
from app.tips import rules as tip_rules
from app.tips.models import Tip
from app.tips.rules import Channel, Standing, TipAction, TipKind, TipState, Wish
from app.tips.triage import hops, queries, rules
from app.tips.triage.hops import Passage
from app.tips.triage.models import Dispute, Gathering, Link, Remark
from app.tips.triage.rules import DISPUTE, HopKind, MergeBasis, RemarkKind
from app.units import queries as units
from app.units.models import Unit

TRANSFERRED = audit.declare("tip.transferred", "to", "reason")
REDIRECTED = audit.declare("tip.redirected", "to", "reason")
MERGED = audit.declare("tip.merged", "into", "basis")
TOOK_IN = audit.declare("tip.took_in", "other", "basis")
SPLIT = audit.declare("tip.split", "other")
LINKED = audit.declare("tip.linked", "other", "reason")
GATHERED = audit.declare("tip.gathered", "gathering")
DISPUTED = audit.declare("tip.disputed", "counterpart", "reason")
TAKEN_OVER = audit.declare("tip.taken_over", "to_unit")
REFERRED = audit.declare("tip.referred", "to_unit", "reason")
DESIGNATED = audit.declare("tip.designated", "to_unit", "reason")
COMMENTED = audit.declare("tip.commented")
URGED = audit.declare("tip.urged")
ANSWERED = audit.declare("tip.answered")


# --- many at once --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Failure:
    """One of the chosen tips with which it could not be done, and why."""

    reference: str
    reason: PortalError


def all_or_none(
    seen: Iterable[tuple[str, str]], act: Callable[[Tip], object], *, by: Identity
) -> list[Failure]:
    """Do an act on every tip of a choice, or on none: returns each that refuses, with its reason.

    ``seen`` names each tip with the version it was chosen in.
    """
    failures = []
    with db.session.begin_nested() as whole:
        for reference, version in seen:
            try:
                with db.session.begin_nested():
                    _do_one(reference, version, act, by)
            except PortalError as reason:
                failures.append(Failure(reference, reason))
        if failures:
            whole.rollback()
    return failures


def _do_one(reference: str, version: str, act: Callable[[Tip], object], by: Identity) -> None:
    tip = tips.by_reference(reference, by)
    if str(tip.version) != version:
        raise Stale
    act(tip)


# --- out of the house ----------------------------------------------------------------------------


def transfer(tip: Tip, *, to: str, reason: str, by: Identity) -> None:
    """Hand a tip over to an authority outside the house; its clocks are met."""
    _leave(tip, TipAction.TRANSFER, to=to, reason=reason, by=by)
    audit.record(TRANSFERRED, "tip", tip.reference, by=by, to=to, reason=reason)


def redirect(tip: Tip, *, to: str, reason: str, by: Identity) -> None:
    """Tell the reporter which authority is competent instead (令121 art. 34)."""
    _leave(tip, TipAction.REDIRECT, to=to, reason=reason, by=by)
    audit.record(REDIRECTED, "tip", tip.reference, by=by, to=to, reason=reason)


def _leave(tip: Tip, action: TipAction, *, to: str, reason: str, by: Identity) -> None:
    if not to:
        raise Refused("authority_needed", field="to")
    tip_actions.step(tip, action, by=by, reason=reason)
    tip.handed_to, tip.reason = to, reason
    hops.note(tip, tip.bureau, Passage(HopKind.TRANSFER, None, reason, to), by=by)
    tip_actions.stop_clocks(tip, by=by)


# --- tips that belong together -------------------------------------------------------------------


def merge(tip: Tip, master: Tip, *, basis: MergeBasis, by: Identity) -> None:
    """Let a tip go on as part of another; new facts of the same reporter restart its clock.

    A repeat is not handled again but stays counted (令121 art. 35).
    """
    if master.reference == tip.reference or master.state is TipState.MERGED:
        raise Refused("merge_target", field="other")
    require(by, "tip:read", master)
    rules.check_merge(
        basis,
        (tip.kind, master.kind),
        is_same_reporter=queries.is_same_reporter(tip, master),
        is_open=master.state in tip_rules.OPEN,
    )
    tip_actions.step(tip, TipAction.MERGE, by=by)
    db.session.execute(
        update(Tip).where(Tip.merged_into == tip.reference).values(merged_into=master.reference)
    )
    tip.merged_into = master.reference
    tip_actions.stop_clocks(tip, by=by, outcome=Outcome.WITHDRAWN)
    if basis is MergeBasis.NEW_FACTS:
        _restart(master, clock.legal_day(tip.received_at), by=by)
    audit.record(MERGED, "tip", tip.reference, by=by, into=master.reference, basis=basis.value)
    audit.record(TOOK_IN, "tip", master.reference, by=by, other=tip.reference, basis=basis.value)


def _restart(master: Tip, received_on: date, *, by: Identity) -> None:
    running = clock_queries.main_clock("tip", master.reference)
    if running is not None and received_on > running.started_on:
        clocks.restart(running, started_on=received_on, by=by)


def link(tip: Tip, other: Tip, *, reason: str, by: Identity) -> None:
    """Note that two tips should be read together; both go on by themselves."""
    require(by, "tip:combine", tip)
    if other.reference == tip.reference or queries.are_linked(tip, other):
        raise Refused("link_target", field="other")
    first, second = sorted((tip.reference, other.reference))
    db.session.add(Link(one=first, other=second, reason=reason, at=clock.now(), by_id=by.person_id))
    for one, two in ((tip, other), (other, tip)):
        audit.record(LINKED, "tip", one.reference, by=by, other=two.reference, reason=reason)


def split(tip: Tip, *, facts: str, wishes: frozenset[Wish], by: Identity) -> Tip:
    """Give the other half of a call a record and a clock of its own (令121 art. 9).

    Both halves were received on the same day and run under the law of that day.  The trail of a
    report made this way does not say from which complaint it came (art. 37).
    """
    require(by, "tip:combine", tip)
    kind = rules.other_kind(tip.kind)
    if tip.twin_reference:
        raise Refused("has_twin")
    if tip.state not in tip_rules.OPEN:
        raise Refused("split_closed")
    if kind is TipKind.COMPLAINT:
        _check_complaint(tip, wishes)
    other = _half(tip, kind, facts, wishes, by)
    tip.twin_reference, other.twin_reference = other.reference, tip.reference
    _copy_files(tip, other, by)
    term = tip_actions.rule_at_receipt(tip, tip_rules.clock_of(kind))
    received_on = clock.legal_day(tip.received_at)
    clocks.start("tip", other.reference, term, received_on, by=by, is_main=True)
    audit.record(SPLIT, "tip", tip.reference, by=by, other=other.reference)
    audit.record(
        intake.RECEIVED, "tip", other.reference, by=by,
        channel=tip.channel.value, tip_kind=kind.value,
    )  # fmt: skip
    return other


def _check_complaint(tip: Tip, wishes: frozenset[Wish]) -> None:
    reporter = tips.reporter_of(tip)
    if reporter.standing is Standing.ANONYMOUS:
        raise Refused("complaint_not_anonymous")
    if not reporter.name_sealed:
        raise Refused("complaint_needs_name")
    if not wishes:
        raise Refused("complaint_needs_wish", field="wishes")


#: What both halves of a call share, word for word.
SHARED = (
    "received_at", "received_by_id", "bureau_id", "unit_path", "sender_id", "subject_name",
    "subject_address", "division_code", "seller", "enterprise_id", "product_code",
    "violation_code", "brand_model", "batch", "bought_on", "amount", "is_dangerous",
    "reporter_id",
)  # fmt: skip


def _half(tip: Tip, kind: TipKind, facts: str, wishes: frozenset[Wish], by: Identity) -> Tip:
    other = Tip(
        reference=intake.new_reference(clock.today()),
        kind=kind,
        channel=Channel(tip.channel),
        facts=facts,
        wishes=sorted(w.value for w in wishes) if kind is TipKind.COMPLAINT else [],
        **{name: getattr(tip, name) for name in SHARED},
    )
    other.received_by_id = tip.received_by_id or by.person_id
    db.session.add(other)
    db.session.flush()
    duplicates.note(other)
    return other


def _copy_files(tip: Tip, other: Tip, by: Identity) -> None:
    for file in storage.attachments_of("tip", tip.reference):
        kept = storage.Stored(file.sha256, file.size, file.media_type, file.name, file.view_sha256)
        storage.attach("tip", other.reference, kept, by_id=by.person_id)


def open_gathering(tip_list: Iterable[Tip], *, title: str, by: Identity) -> Gathering:
    """Mark tips as one event of many callers (聚集性): one record above, each tip stays single."""
    require(by, "tip:combine")
    today = clock.today()
    found = Gathering(
        reference=f"J{today:%y%m}-{next_number('gathering', f'{today:%y%m}'):02d}",
        title=title,
        bureau=units.by_id(by.bureau_id),
        unit_path=by.bureau_path,
        opened_at=clock.now(),
        opened_by_id=by.person_id,
    )
    db.session.add(found)
    db.session.flush()
    for tip in tip_list:
        gather(tip, found, by=by)
    return found


def gather(tip: Tip, into: Gathering, *, by: Identity) -> None:
    """Add a tip to an event."""
    require(by, "tip:combine", tip)
    if tip.gathering_reference == into.reference:
        raise Refused("gathered_already", field="gathering")
    tip.gathering_reference = into.reference
    audit.record(GATHERED, "tip", tip.reference, by=by, gathering=into.reference)


# --- disputes of competence ----------------------------------------------------------------------


def dispute(tip: Tip, counterpart: Unit, *, reason: str, by: Identity) -> Dispute:
    """Hold another bureau competent: seven working days to agree (令121 art. 33)."""
    claimant = tip.bureau
    if counterpart.id == claimant.id or counterpart.path.startswith(claimant.path):
        raise Refused("dispute_below", field="counterpart")
    if hops.is_designated(tip):
        raise Refused("designated")
    superior = hops.above_all([claimant, counterpart])
    if superior is None:
        raise Refused("dispute_no_superior", field="counterpart")
    tip_actions.step(tip, TipAction.DISPUTE, by=by, reason=reason)
    opened = Dispute(
        tip_reference=tip.reference, claimant=claimant, counterpart=counterpart,
        superior=superior, reason=reason, opened_on=clock.today(),
    )  # fmt: skip
    db.session.add(opened)
    term = tip_actions.rule_at_receipt(tip, DISPUTE)
    clocks.start("tip", tip.reference, term, opened.opened_on, by=by)
    audit.record(
        DISPUTED, "tip", tip.reference, by=by, counterpart=counterpart.short_name, reason=reason
    )
    return opened


def take_over(found: queries.Disputed, *, by: Identity) -> None:
    """Agree: the bureau of this person handles the tip."""
    tip, dispute_, origin = found.tip, found.dispute, found.tip.bureau
    _check_open(dispute_)
    tip_actions.step(tip, TipAction.TAKE_OVER, by=by, subject=dispute_)
    holder = units.by_id(by.bureau_id)
    _settle(found, holder, HopKind.TAKE_OVER, "", by=by)
    tip.sender_id = origin.id if origin.id != holder.id else tip.sender_id
    audit.record(TAKEN_OVER, "tip", tip.reference, by=by, to_unit=holder.short_name)


def refer(found: queries.Disputed, *, reason: str, by: Identity) -> None:
    """Report that no agreement was reached: the common superior designates."""
    tip, dispute_, origin = found.tip, found.dispute, found.tip.bureau
    _check_open(dispute_)
    tip_actions.step(tip, TipAction.REFER, by=by, reason=reason, subject=dispute_)
    dispute_.referred_on, dispute_.referred_because = clock.today(), reason
    _stop_dispute_clock(tip, by=by)
    superior = dispute_.superior
    tip.bureau, tip.unit_path, tip.section_id = superior, superior.path, None
    hops.note(tip, origin, Passage(HopKind.REFER, superior, reason), by=by)
    audit.record(REFERRED, "tip", tip.reference, by=by, to_unit=superior.short_name, reason=reason)


def designate(found: queries.Disputed, to: Unit, *, reason: str, by: Identity) -> None:
    """Say as the common superior who handles a tip; that is final inside the house."""
    tip, dispute_ = found.tip, found.dispute
    _check_open(dispute_)
    if not to.path.startswith(by.bureau_path):
        raise Refused("route_only_down", field="to")
    is_early = tip.state is TipState.DISPUTED and not queries.has_lapsed(dispute_, clock.today())
    if is_early:
        require(by, "dispute:designate", dispute_)
        raise Refused("dispute_running")
    tip_actions.step(tip, TipAction.DESIGNATE, by=by, reason=reason, subject=dispute_)
    dispute_.decision = reason
    _settle(found, to, HopKind.DESIGNATE, reason, by=by)
    tip.sender_id = by.bureau_id
    audit.record(DESIGNATED, "tip", tip.reference, by=by, to_unit=to.short_name, reason=reason)


def _check_open(found: Dispute) -> None:
    if found.settled_on is not None:
        raise Refused("dispute_settled")


def _settle(
    found: queries.Disputed, holder: Unit, kind: HopKind, reason: str, *, by: Identity
) -> None:
    tip, origin = found.tip, found.tip.bureau
    found.dispute.settled_on, found.dispute.holder_id = clock.today(), holder.id
    _stop_dispute_clock(tip, by=by)
    tip.bureau, tip.unit_path = holder, holder.path
    tip.section_id, tip.bounces = None, 0
    hops.note(tip, origin, Passage(kind, holder, reason), by=by)


def _stop_dispute_clock(tip: Tip, *, by: Identity) -> None:
    running = clock_queries.running_clock("tip", tip.reference, DISPUTE)
    if running is not None:
        clocks.stop(running, met_on=clock.today(), by=by)


# --- clocks --------------------------------------------------------------------------------------


def _main_clock(tip: Tip) -> Clock:
    running = clock_queries.main_clock("tip", tip.reference)
    if running is None:
        raise Refused("no_clock")
    return running


def pause(tip: Tip, *, ground: str, on: date, reason: str, by: Identity) -> None:
    """Let a tip's clock stand still while something is tested or appraised."""
    require(by, "tip:pause", tip)
    if on > clock.today():
        raise Refused("pause_in_future", field="on")
    clocks.suspend(_main_clock(tip), on=on, ground=ground, reason=reason, by=by)


def resume(tip: Tip, *, on: date, by: Identity) -> None:
    """Let a tip's clock run again: the result is there."""
    require(by, "tip:pause", tip)
    if on > clock.today():
        raise Refused("pause_in_future", field="on")
    clocks.resume(_main_clock(tip), on=on, by=by)


def extend(tip: Tip, *, reason: str, by: Identity) -> None:
    """Approve, as the bureau's leader, the extension that the law allows once, with its reason."""
    require(by, "tip:extend", tip)
    if not reason:
        raise Refused("reason_needed", field="reason")
    clocks.extend(
        _main_clock(tip), on=clock.today(), reason=reason, approved_by=by.person_id, by=by
    )


# --- the superior's eye --------------------------------------------------------------------------


def remark(tip: Tip, *, kind: RemarkKind, text: str, by: Identity) -> None:
    """Comment on a tip of a bureau below, or urge it; an urged bureau owes an answer."""
    require(by, "tip:remark", tip)
    if kind is RemarkKind.URGE and tip.state not in tip_rules.OPEN:
        raise Refused("urge_closed", field="kind")
    _keep(tip, kind, text, by=by)
    audit.record(URGED if kind is RemarkKind.URGE else COMMENTED, "tip", tip.reference, by=by)


def answer(tip: Tip, *, text: str, by: Identity) -> None:
    """Answer the bureau that sent the tip or urged it: how far it is."""
    require(by, "tip:answer", tip)
    for reminder in queries.unanswered(tip.reference):
        reminder.answered_at = clock.now()
    tip.feedback_on = None
    _keep(tip, RemarkKind.FEEDBACK, text, by=by)
    audit.record(ANSWERED, "tip", tip.reference, by=by)


def _keep(tip: Tip, kind: RemarkKind, text: str, *, by: Identity) -> None:
    db.session.add(
        Remark(
            tip_reference=tip.reference, kind=kind, text=text, unit_id=by.bureau_id,
            at=clock.now(), by_id=by.person_id,
        )
    )  # fmt: skip
