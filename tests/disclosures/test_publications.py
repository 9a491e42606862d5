"""Does nothing leave that was hidden, and does what left come back when it must?"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pikepdf
import pytest
from flask import Flask

from app.cases.penalties import Item, PenaltyKind
from app.clocks import queries as clocks
from app.clocks.rules import Outcome
from app.disclosures import actions, drafting, publications, queries
from app.disclosures.drafting import Amendment
from app.disclosures.models import INDEX, Disclosure
from app.disclosures.redacting import Redaction
from app.disclosures.rules import DisclosureState, Ground, WithdrawalGround
from app.kernel import clock, jobs, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import NotAllowed, NotFound, Refused
from app.kernel.identity import Identity
from app.kernel.jobs import JobState
from app.kernel.search import Query
from app.people import queries as people
from app.typesetting import Document, logged
from app.typesetting.leaks import leakcheck
from tests.support.make import cases
from tests.support.make import disclosures as make

pytestmark = pytest.mark.database
Who = Callable[..., Identity]
S = DisclosureState


def approve(draft: Disclosure, by: Identity) -> jobs.Job:
    seen = actions.content_hash(draft)
    return actions.approve(draft, seen=seen, verify_root=make.ROOT, by=by)


def amended(disclosure: Disclosure, **over: object) -> Amendment:
    given = {name: disclosure.summary[name] for name in ("title", "violation", "product")} | {
        "penalty": tuple(disclosure.summary["penalty"])
    }
    return Amendment(**{**given, "is_mitigated": False, "in_key_field": False, **over})


# The finished file --------------------------------------------------------------------------------


def attached(content: bytes, secret: str) -> bytes:
    """Plant a string in a finished file where no page shows it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, secret.encode())
        pdf.save(out)
    return out.getvalue()


def test_a_file_that_still_holds_a_secret_is_not_published(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the last check: the file says more than the value it was made from."""
    real = logged.typeset

    def leaking(*args: object, **kwargs: object) -> Document:
        made = real(*args, **kwargs)
        return Document(attached(made.content, "样例法人甲"), made.sha256, made.pages)

    with app.app_context():
        reference = make.reference(S.APPROVED)
        job = queries.any_by_reference(reference).job_id
        monkeypatch.setattr(logged, "typeset", leaking)
        db.session.remove()
        jobs.send(job)
        found = queries.any_by_reference(reference)
        assert found.state is S.APPROVED
        assert queries.job_of(found).state is JobState.FAILED
        assert queries.job_of(found).fault == "StillShown"
        assert found.publication is None
        monkeypatch.undo()
        with unit_of_work():
            again = queries.any_by_reference(reference)
            retried = actions.retry(again, by=people.today_identity("qs.reviewer")).id
        jobs.send(retried)
        assert queries.any_by_reference(reference).state is S.PUBLISHED


def test_nothing_hidden_is_left_anywhere_in_what_is_published(app: Flask) -> None:
    with app.app_context():
        with unit_of_work():
            draft = make.private_draft()
            publisher = people.today_identity("qs.publisher")
            make.settle(draft, by=publisher)
            actions.submit(draft, by=publisher)
            job = approve(draft, people.today_identity("qs.reviewer")).id
            reference, removed = draft.reference, Redaction.of(draft).removed()
        jobs.send(job)
        assert len(removed) >= 4
        shown = publications.by_reference(reference)
        assert shown.value is not None
        assert publications.still_shown(shown.value, removed) == []
        with storage.shelf().open(shown.pdf.sha256) as file:
            content = file.read()
        assert leakcheck(content, removed) == []
        for secret in removed:
            assert publications.find(secret).lines == ()


# Not shown, and taken back ------------------------------------------------------------------------


def test_a_leader_declines_with_ground_and_reason(writing: None, identity: Who) -> None:
    case = make.decided(items=(cases.WARNING,))
    leader = identity("qs.unit_leader")
    with pytest.raises(Refused, match="disclosure_reason_needed"):
        actions.decline(case, ground=Ground.WARNING_ONLY, reason="", by=leader)
    made = actions.decline(case, ground=Ground.WARNING_ONLY, reason="样例：仅警告", by=leader)
    assert made.state is S.NOT_DISCLOSED
    assert queries.declined_by_ground(leader) == {Ground.WARNING_ONLY: 1}


def test_declining_stops_the_clock_as_no_longer_asked(writing: None, identity: Who) -> None:
    case = make.decided()
    leader = identity("qs.unit_leader")
    actions.decline(case, ground=Ground.SECRET, reason="样例：涉密", by=leader)
    found = [
        c.outcome
        for c in clocks.clocks_of("case", case.reference)
        if c.rule_code == "disclosure.publish"
    ]
    assert found == [Outcome.WITHDRAWN]


def test_a_draft_can_be_declined_by_the_leader_only(writing: None, identity: Who) -> None:
    draft = make.disclosure(S.SUBMITTED)
    case = queries.case_of(draft)
    given = {"ground": Ground.PRIVACY, "reason": "样例：隐私", "disclosure": draft}
    for account in ("qs.publisher", "qs.reviewer", "bs.unit_leader"):
        with pytest.raises(NotAllowed):
            actions.decline(case, by=identity(account), **given)
    actions.decline(case, by=identity("qs.unit_leader"), **given)
    assert draft.state is S.NOT_DISCLOSED


def test_a_withdrawal_empties_the_publication_and_leaves_its_mark(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        before = publications.by_reference(reference)
        assert publications.find("线缆").total == 1
        make.withdraw(reference)
        shown = publications.by_reference(reference)
        assert shown.value is None
        assert shown.standing == "withdrawn"
        assert shown.display.withdrawn_ground is WithdrawalGround.REVOKED
        assert shown.display.withdrawn_reason == "样例：复议撤销"
        assert shown.display.edition > before.display.edition
        assert publications.find("线缆").total == 0
        assert publications.latest(5) == ()
        assert INDEX.find(Query.parse("线缆")).ids == ()
        row = queries.publication_of(queries.any_by_reference(reference))
        assert (row.title, row.party_name, row.text, row.penalty) == ("", "", "", [])
        assert row.number == before.number
        assert publications.by_check_code(before.check_code).standing == "withdrawn"


@pytest.mark.parametrize("account", ["qs.publisher", "qs.case_officer", "bs.unit_leader"])
def test_only_leader_and_reviewer_withdraw(app: Flask, identity: Who, account: str) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with pytest.raises(NotAllowed), unit_of_work():
            actions.withdraw(
                queries.any_by_reference(reference),
                ground=WithdrawalGround.VOID,
                reason="样例",
                by=identity(account),
            )


def test_a_case_can_be_disclosed_anew_after_a_withdrawal(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.WITHDRAWN)
        with unit_of_work():
            case = queries.case_of(queries.any_by_reference(reference))
            again = drafting.start(case, by=people.today_identity("qs.publisher"))
            assert (again.round, again.reference) == (2, "G2026-0002")


def test_a_publication_is_frozen(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with pytest.raises(PermissionError, match="frozen"), unit_of_work():
            queries.publication_of(queries.any_by_reference(reference)).title = "样例：改了"
        with pytest.raises(PermissionError, match="never deleted"), unit_of_work() as session:
            session.delete(queries.publication_of(queries.any_by_reference(reference)))
        make.withdraw(reference)
        with pytest.raises(PermissionError, match="frozen"), unit_of_work():
            queries.publication_of(queries.any_by_reference(reference)).withdrawn_reason = "样例"


def test_penalties_of_key_products_are_shown_longer(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED, product_code="cable_pvc")
        row = queries.publication_of(queries.any_by_reference(reference))
        assert row.displayed_until == date(2029, 9, 22)
        assert row.product == "聚氯乙烯绝缘电线电缆"


def test_a_fine_alone_from_the_milder_steps_is_shown_three_months(app: Flask) -> None:
    with app.app_context():
        fine = Item(PenaltyKind.FINE, "罚款 6000 元", cases.FINE.amount)
        with unit_of_work():
            draft = make.draft(items=(fine,))
            publisher = people.today_identity("qs.publisher")
            drafting.amend(draft, amended(draft, is_mitigated=True), by=publisher)
            make.settle(draft, by=publisher)
            actions.submit(draft, by=publisher)
            job = approve(draft, people.today_identity("qs.reviewer")).id
            reference = draft.reference
        jobs.send(job)
        row = queries.publication_of(queries.any_by_reference(reference))
        assert row.displayed_until == date(2026, 12, 22)


def test_what_is_over_is_no_longer_listed(app: Flask) -> None:
    with app.app_context():
        reference = make.reference(S.PUBLISHED)
        with clock.frozen(clock.now() + timedelta(days=366)):
            assert publications.latest(5) == ()
            assert publications.find("线缆").lines == ()
            assert publications.by_reference(reference).standing == "ended"


def test_an_unknown_reference_is_not_found(context: None, identity: Who) -> None:
    with pytest.raises(NotFound):
        publications.by_reference("G2026-9999")
    with pytest.raises(NotFound):
        queries.by_reference("G2026-9999", identity("qs.publisher"))
