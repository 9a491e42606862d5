"""Real tips of real people, entered through the operator's page and carried to a routed record.

The texts are read where they lie; their publishers made persons and places anonymous, so most
addresses name no division, and the page must say so instead of guessing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.kernel import divisions
from app.kernel.divisions import Status
from tests.support.page import Page
from tests.support.shared import samples, shared_or_skip

pytestmark = pytest.mark.database
Open = Callable[..., Page]


def told(path: Path) -> tuple[str, str]:
    """Return a sample's heading and what the citizen wrote."""
    lines = path.read_text("utf-8").splitlines()
    heading = next(line for line in lines if "主题" in line).partition("：")[2]
    start = next(n for n, line in enumerate(lines) if "留言详情" in line) + 1
    end = next((n for n, line in enumerate(lines) if "答复意见" in line), len(lines))
    return heading, "\n".join(lines[start:end]).strip()


def test_the_samples_are_at_hand() -> None:
    shared_or_skip("samples/tips")
    assert len(samples("tips")) >= 10


@pytest.mark.parametrize("path", samples("tips"), ids=lambda p: p.stem)
def test_a_real_tip_is_registered_and_routed(open_page: Open, path: Path) -> None:
    heading, facts = told(path)
    receipt = open_page("/tips/new", "cz.operator").submit(
        "登记", channel="platform", standing="anonymous", kinds=["report"], facts=facts,
        subject_name=heading[:60],
    )  # fmt: skip
    assert receipt.status == 200, receipt.errors()
    number = receipt.heading.removeprefix("受理号 ")
    page = open_page(f"/tips/{number}", "cz.triage_officer")
    for line in facts.splitlines():
        assert " ".join(line.split()) in page.text
    assert "建议承办" in page.text
    routed = page.submit("分办", **{"route-to": "qs"})
    assert "待办理" in routed.text
    assert "青石县市场监督管理局" in routed.text
    assert open_page(f"/tips/{number}", "qs.unit_leader").status == 200


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("湖南省株洲市醴陵市来龙门街道", Status.RESOLVED, "430281"),
        ("安徽省蚌埠市怀远县荆山镇", Status.RESOLVED, "340321"),
        ("江西省赣州市章贡区", Status.RESOLVED, "360702"),
        ("浙江省宁波市北仑区", Status.RESOLVED, "330206"),
        ("朝阳区建国路 88 号", Status.AMBIGUOUS, ""),
        ("襄樊市人民路", Status.HISTORICAL, "420600"),
        ("东北省某地", Status.UNRESOLVABLE, ""),
        ("人民路 218 号", Status.UNRESOLVABLE, ""),
    ],
)
def test_real_addresses_resolve_or_say_why_not(address: str, status: Status, code: str) -> None:
    found = divisions.resolve(address)
    assert (found.status, found.code) == (status, code)
    if status is Status.AMBIGUOUS:
        assert len(found.candidates) >= 2
