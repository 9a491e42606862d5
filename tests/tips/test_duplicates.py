"""Are doubles found, best first and with their reason, and is nothing found that is none?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from app.cli import _act, build_parser
from app.kernel import clock
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError
from app.kernel.identity import Identity
from app.tips import duplicates, labels, likeness
from app.tips.intake import Account
from app.tips.jobs import print_tips
from app.tips.likeness import Story, compare, prints_of
from app.tips.models import Tip, TipPrint
from app.tips.rules import TipKind
from tests.support.make import tips as make

Who = Callable[..., Identity]
TODAY = date(2026, 9, 22)

SHOPS = ("样例五金店", "示范家电商行", "测试建材市场", "演示超市", "样例童车专营店", "示范农资站")
GOODS = (
    ("wire_cable", "电线", "铜芯发黑，外皮一撕就裂，通电半小时就烫手"),
    ("gas_appliance", "燃气灶", "点火后火苗发红，三次自己熄灭，没有熄火保护"),
    ("cement", "水泥", "袋子上没有生产日期，和水两天都不凝固"),
    ("e_bicycle", "电动自行车", "骑了一周刹车失灵，最高时速超过四十公里"),
    ("paint", "墙面漆", "刷完味道刺鼻，孩子头晕，罐上查不到厂名"),
)
PLACES = tuple(f"{road} {at} 号" for at in range(1, 11) for road in ("人民路", "建设街", "东市场"))


def story(shop: str, goods: tuple[str, str, str], place: str, **changed: object) -> Story:
    code, name, fault = goods
    told = Story(
        facts=f"我在{shop}买了{name}，{fault}，去找老板他不承认。",
        names=(shop,), address=place, division_code="990121", product_code=code, told_on=TODAY,
    )  # fmt: skip
    return replace(told, **changed)


def variants(told: Story) -> list[Story]:
    """The same matter as another person, another day or another hand would tell it."""
    shop, fault = told.names[0], told.facts.split("，", 1)[1].rsplit("，", 1)[0]
    clauses = fault.split("，")
    return [
        replace(told, told_on=TODAY - timedelta(days=6)),
        replace(
            told, facts="，".join(reversed(clauses)) + f"。是{shop}卖的。",
            told_on=TODAY - timedelta(days=2),
        ),
        replace(
            told, names=(f"青石县{shop}",), address="",
            facts=f"{shop}的货有问题，{clauses[0]}，{clauses[-1]}，希望查一查",
            told_on=TODAY - timedelta(days=20),
        ),
        replace(told, names=(), facts=f"请管管：{fault}！", told_on=TODAY - timedelta(days=1)),
    ]  # fmt: skip


def test_precision_and_recall_over_invented_variants() -> None:
    every = zip(product(SHOPS, GOODS), PLACES, strict=True)
    matters = [story(shop, goods, place) for (shop, goods), place in every]
    kept = [(at, each) for at, told in enumerate(matters) for each in variants(told)]
    right = called = wanted = retrieved = 0
    for at, told in enumerate(matters):
        prints = set(prints_of(told))
        for of, each in kept:
            shares = bool(prints & set(prints_of(each)))
            likely = shares and compare(told, each).score >= likeness.LIKELY
            wanted += of == at
            retrieved += of == at and shares
            right += of == at and likely
            called += likely
    assert retrieved / wanted >= 0.97, retrieved / wanted
    assert right / wanted >= 0.9, right / wanted
    assert right / called >= 0.9, right / called


def test_another_matter_of_the_same_shop_ranks_below_the_same_matter() -> None:
    told = story(SHOPS[0], GOODS[0], PLACES[0])
    other = story(SHOPS[0], GOODS[4], PLACES[0])
    assert compare(told, other).score < min(compare(told, v).score for v in variants(told)[:2])


def test_two_known_enterprises_of_like_names_are_two() -> None:
    one = Story(names=("样例一厂",), enterprise_id=1, facts="电线发黑")
    two = Story(names=("样例一厂",), enterprise_id=2, facts="电线发黑")
    assert compare(one, two).enterprise == 0.5


@pytest.mark.parametrize("told", [Story(), Story(facts="？"), Story(names=("有限公司",))])
def test_a_story_that_says_next_to_nothing_is_printed_and_no_double(told: Story) -> None:
    assert prints_of(told)
    assert compare(told, Story()).score < likeness.WORTH_SHOWING


def account(**told: str) -> Account:
    words = {"facts": "样例五金店的电线一撕就裂，铜芯是黑的", "subject_name": "样例五金店", **told}
    return Account(kinds=frozenset({TipKind.REPORT}), **words)


@pytest.mark.database
def test_candidates_come_best_first_with_their_reason(context: None, identity: Who) -> None:
    same = make.tip()
    make.tip(
        facts="超市卖的牛奶过期三天了", subject_name="样例超市", subject_address="青石县东街 1 号"
    )
    found = duplicates.candidates(account(), identity("cz.operator"), TODAY)
    assert [each.tip.reference for each in found] == [same]
    assert found[0].is_likely
    why = labels.why_alike(found[0])
    assert why.startswith("同一单位，")
    assert "同一天，内容相似" in why


@pytest.mark.database
def test_nothing_outside_the_viewer_s_scope_is_named(context: None, identity: Who) -> None:
    theirs, ours = make.tip(routed_to="bs"), make.tip(routed_to="qs")
    found = duplicates.candidates(account(), identity("qs.inspector"), TODAY)
    assert [each.tip.reference for each in found] == [ours]
    seen = duplicates.candidates(account(), identity("cz.triage_officer"), TODAY)
    assert {each.tip.reference for each in seen} == {theirs, ours}


@pytest.mark.database
def test_a_tip_is_no_double_of_itself_or_of_its_other_half(context: None, identity: Who) -> None:
    earlier = make.tip()
    with unit_of_work():
        twins = make.receipt(kinds=(TipKind.COMPLAINT, TipKind.REPORT)).tips
        found = duplicates.of_tip(twins[0], identity("cz.operator"))
        assert [each.tip.reference for each in found] == [earlier]


@pytest.mark.database
def test_changed_words_get_new_prints(context: None, identity: Who) -> None:
    reference = make.tip()
    with unit_of_work() as session:
        tip = session.scalar(select(Tip).where(Tip.reference == reference))
        tip.facts, tip.subject_name, tip.subject_address = "别的事，与电器无关", "演示书店", ""
        duplicates.note(tip)
    assert not duplicates.candidates(account(), identity("cz.operator"), TODAY)


@pytest.mark.database
def test_tips_of_before_are_printed_by_the_queue(context: None, identity: Who) -> None:
    references = {make.tip() for _ in range(3)}
    with unit_of_work() as session:
        session.execute(delete(TipPrint))
    assert not duplicates.candidates(account(), identity("cz.operator"), TODAY)
    print_tips()
    found = duplicates.candidates(account(), identity("cz.operator"), TODAY)
    assert {each.tip.reference for each in found} == references
    before = db.session.scalar(select(func.count()).select_from(TipPrint))
    print_tips()
    assert db.session.scalar(select(func.count()).select_from(TipPrint)) == before


# The verb ---------------------------------------------------------------------------------------


@pytest.fixture
def ask(app, tmp_path, monkeypatch, capsys):
    from app import cli  # noqa: PLC0415

    monkeypatch.setattr(cli, "create_app", lambda _settings: app)
    file = tmp_path / "tip.json"

    def answer(told: object, *more: str) -> tuple[int, str]:
        file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
        asked = build_parser().parse_args(["tips", "duplicates", str(file), *more])
        return _act(asked), capsys.readouterr().out

    return answer


@pytest.mark.database
def test_the_verb_answers_with_scores_and_reasons(ask, app) -> None:
    with app.app_context(), clock.frozen(datetime(2026, 9, 20, 2, tzinfo=clock.LEGAL_ZONE)):
        reference = make.tip()
    told = {"facts": "样例五金店的电线一撕就裂", "subject_name": "样例五金店"}
    code, out = ask(told, "--json")
    (found,) = json.loads(out)["candidates"]
    assert (code, found["reference"], found["days_apart"]) == (0, reference, 2)
    assert found["score"] > found["parts"]["time"] * 0.1
    code, out = ask({**told, "told_on": "2026-09-21"})
    assert out.split()[1] == reference
    assert "相差1天" in out


@pytest.mark.database
def test_what_is_left_out_or_null_is_not_compared(ask, app) -> None:
    with app.app_context():
        reference = make.tip()
    told = {"facts": "样例五金店的电线一撕就裂", "batch": None, "told_on": None}
    code, out = ask("\ufeff" + json.dumps(told))
    assert (code, out.split()[1]) == (0, reference)


@pytest.mark.database
@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_a_limit_is_a_number_of_candidates(ask, limit: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        ask({}, "--limit", limit)


@pytest.mark.database
@pytest.mark.parametrize("told", ["[]", "{", {"phone": "1"}, {"facts": 3}, {"told_on": "gestern"}])
def test_the_verb_refuses_what_is_no_tip(ask, told) -> None:
    with pytest.raises(PortalError):
        ask(told)


@pytest.mark.database
def test_a_file_that_is_not_there_is_one_line(ask, tmp_path: Path) -> None:
    from app.cli import main  # noqa: PLC0415

    assert main(["tips", "duplicates", str(tmp_path / "none.json")]) == 1
