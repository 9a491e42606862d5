"""Builders of notices."""

from __future__ import annotations

from typing import Any

from app.kernel import jobs
from app.kernel.db import db, unit_of_work
from app.notices import actions, queries
from app.notices import jobs as _jobs  # noqa: F401 - the queue must know the kind
from app.notices.rules import NoticeKind, Openness
from app.people import queries as people
from app.units import queries as units

ROOT = "https://example.test/verify"


def notice(
    *, place: str = "cz", to: tuple[str, ...] = (), published: bool = False, **text: Any
) -> str:
    """Draft a notice, and carry it to publication if asked."""
    with unit_of_work():
        facts = {
            "kind": NoticeKind.PUBLIC_NOTICE,
            "title": "关于样例电线抽查情况的通告",
            "body": "一、抽查情况\n共抽查样例电线 20 批次。\n二、消费提示\n购买时请查看认证标志。",
            "openness": Openness.OPEN,
            "addressees": [units.by_code(code) for code in to],
            **text,
        }
        made = actions.draft(actions.Text(**facts), by=people.today_identity(f"{place}.drafter"))
        reference, job_id = made.reference, None
        if published:
            actions.submit(made, by=people.today_identity(f"{place}.drafter"))
            actions.review(made, by=people.today_identity(f"{place}.reviewer"))
            leader = people.today_identity(f"{place}.unit_leader")
            job_id = actions.sign(made, verify_root=ROOT, by=leader).id
    db.session.remove()
    if job_id:
        jobs.send(job_id)
    return reference


def template() -> int:
    """Keep a template of notices; returns its number in the table."""
    kept = actions.TemplateText("样例模板", NoticeKind.NOTICE, "样例通知", "样例。")
    with unit_of_work():
        actions.keep_template(kept, None, by=people.today_identity("lj.system_administrator"))
        found = queries.template_named(kept.name)
        assert found is not None
        number = found.id
    db.session.remove()
    return number
