"""Which acts does the record page of a case offer, and what does each of them do?"""

from __future__ import annotations

from app.cases import actions
from app.cases.models import Case
from app.cases.rules import ClosingGround, DropGround, StatementKind
from app.kernel.acts import Act

#: In the order in which the page shows them.
ACTS: tuple[Act[Case], ...] = (
    Act("file", "case:file", lambda c, _typed, by: actions.file(c, by=by)),
    Act(
        "begin",
        "case:investigate",
        lambda c, typed, by: actions.begin(
            c, no_ground_for_recusal=typed.no_ground_for_recusal.data, by=by
        ),
    ),
    Act(
        "submit",
        "case:investigate",
        lambda c, typed, by: actions.submit(c, report=typed.report.data, by=by),
    ),
    Act(
        "pass",
        "case:review",
        lambda c, typed, by: actions.pass_(c, opinion=typed.opinion.data, by=by),
    ),
    Act(
        "inform",
        "case:investigate",
        lambda c, typed, by: actions.inform(
            c, served_on=typed.served_on.data, notice=typed.notice.data, by=by
        ),
    ),
    Act(
        "decide",
        "case:decide",
        lambda c, typed, by: actions.decide(c, decided_on=typed.decided_on.data, by=by),
    ),
    Act(
        "note_statement",
        "case:investigate",
        lambda c, typed, by: actions.note_statement(
            c,
            kind=StatementKind(typed.kind.data),
            on=typed.on.data,
            outcome=typed.outcome.data or "",
            by=by,
        ),
    ),
    Act(
        "serve",
        "case:investigate",
        lambda c, typed, by: actions.serve(c, served_on=typed.served_on.data, by=by),
    ),
    Act(
        "close",
        "case:close",
        lambda c, typed, by: actions.close(
            c, ground=ClosingGround(typed.ground.data), arisen_on=typed.arisen_on.data, by=by
        ),
    ),
    Act(
        "evidence",
        "case:investigate",
        lambda c, typed, by: actions.add_evidence(c, typed.files.stored, by=by),
    ),
    Act(
        "stay",
        "case:investigate",
        lambda c, typed, by: actions.stay(
            c, ground=typed.ground.data, on=typed.on.data, reason=typed.reason.data, by=by
        ),
    ),
    Act(
        "resume",
        "case:investigate",
        lambda c, typed, by: actions.resume(c, on=typed.on.data, by=by),
    ),
    Act(
        "extend",
        "case:extend",
        lambda c, typed, by: actions.extend(
            c, reason=typed.reason.data, until=typed.until.data, by=by
        ),
    ),
    Act(
        "return",
        "case:review",
        lambda c, typed, by: actions.return_(c, reason=typed.reason.data, by=by),
        "refuse",
    ),
    Act(
        "decline",
        "case:file",
        lambda c, typed, by: actions.decline(c, reason=typed.reason.data, by=by),
        "refuse",
    ),
    Act(
        "drop",
        "case:drop",
        lambda c, typed, by: actions.drop(
            c, ground=DropGround(typed.ground.data), reason=typed.reason.data, by=by
        ),
        "refuse",
    ),
)
