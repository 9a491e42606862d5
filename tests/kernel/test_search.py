"""Does a search find every row that holds the words, no other, and the same on both databases?"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, text

from app.kernel import search
from app.kernel.db import db, unit_of_work
from app.kernel.errors import Refused
from app.kernel.search import Found, Index, Page, Query, words_of

pytestmark = pytest.mark.database

NAMES = (
    "测试线缆有限公司",
    "示范液化气站",
    "样例电器厂（青石分厂）",
    "试验车业总店 BV-2.5 YJV22",
    "演示建材经营部",
    "样例样例样例劳保用品厂",
    "镕堃喆䶮示范商行",
    "澄青市监处罚〔2026〕118号 91990102MA0CK02K3L",
    "𠮷野样例𰻝面馆",
    "ＦＵＬＬ宽样例ABC厂",
)

table = Table("search_sample", MetaData(), Column("id", Integer, primary_key=True))
index = Index(table)


@pytest.fixture
def kept(context: None) -> Iterator[tuple[str, ...]]:
    """The names, indexed in order; the row number is the place in the list, from 1."""
    with unit_of_work() as session:
        table.metadata.create_all(session.connection())
        session.execute(table.insert(), [{"id": n} for n in range(1, len(NAMES) + 1)])
        for number, name in enumerate(NAMES, 1):
            index.add(number, name, [("kind", "odd" if number % 2 else "even")])
    yield NAMES
    db.session.rollback()
    with unit_of_work() as session:
        session.execute(text(f"DROP TABLE {index.name}"))
        table.metadata.drop_all(session.connection())


def found(typed: str, **marks: str) -> list[int]:
    """The rows shown for a query: those the index names, those that do not fit taken out."""
    query = Query.parse(typed)
    rows = index.find(query, Page(size=100), marks.items()).ids
    return [row for row in rows if query.fits(NAMES[row - 1])]


def test_any_two_neighbouring_characters_find_the_name(kept: tuple[str, ...]) -> None:
    for number, name in enumerate(kept, 1):
        for at in range(len(name) - 1):
            pair = name[at : at + 2]
            if any(ch.isalnum() for ch in pair):
                assert number in found(pair), (pair, name)


def test_one_character_is_enough(kept: tuple[str, ...]) -> None:
    for number, name in enumerate(kept, 1):
        for character in name:
            if character.isalnum():
                assert number in found(character), (character, name)


def test_random_fragments_give_what_a_plain_scan_gives(kept: tuple[str, ...]) -> None:
    chosen = random.Random(20260922)  # noqa: S311 - repeatable, not secret
    for _ in range(360):
        name = chosen.choice(kept)
        start = chosen.randrange(len(name))
        fragment = name[start : start + chosen.randint(1, 8)]
        query = Query.parse(fragment)
        if not query.terms:
            continue
        scan = [number for number, other in enumerate(kept, 1) if query.fits(other)]
        assert found(fragment) == scan[::-1], fragment


def test_newest_comes_first_and_pages_do_not_overlap(kept: tuple[str, ...]) -> None:
    everything = index.find(Query.parse("样例"), Page(size=100))
    assert everything.ids == (10, 9, 6, 3)
    assert everything.total == 4
    first = index.find(Query.parse("样例"), Page(size=2))
    second = index.find(Query.parse("样例"), Page(size=2, skip=2))
    assert first.ids + second.ids == everything.ids
    assert (first.total, second.total) == (4, 4)


def test_every_term_must_be_there(kept: tuple[str, ...]) -> None:
    assert found("样例 青石") == [3]
    assert found("青石 样例") == [3]
    assert found("样例 白沙") == []


def test_parts_of_numbers_and_codes_are_found(kept: tuple[str, ...]) -> None:
    for typed in (
        "118",
        "91990102",
        "MA0CK",
        "ma0ck02k3l",
        "2k3l",
        "〔2026〕118号",
        "[2026]118",
        "yjv",
    ):
        assert found(typed), typed
    assert found("yjv22") == [4]
    assert found("ＹＪＶ２２") == [4]


def test_a_row_that_holds_only_the_pieces_is_sorted_out(kept: tuple[str, ...]) -> None:
    # 样例样 and 例样例 are made of the same two pairs; only a row with the fragment is shown.
    assert found("样例样例样例样") == []
    assert found("例样例") == [6]


def test_marks_narrow_the_answer(kept: tuple[str, ...]) -> None:
    assert found("样例", kind="odd") == [9, 3]
    assert found("样例", kind="even") == [10, 6]
    assert found("§kind§odd") == []


def test_a_removed_row_is_gone_and_the_rest_stays(kept: tuple[str, ...]) -> None:
    with unit_of_work():
        index.remove(3, NAMES[2], [("kind", "odd")])
    assert found("青石") == []
    assert found("样例") == [10, 9, 6]
    with unit_of_work():
        index.add(3, NAMES[2])
    assert found("青石") == [3]


def test_a_rebuilt_index_answers_as_before(kept: tuple[str, ...]) -> None:
    before = {word: found(word) for word in ("样例", "厂", "118", "有限公司")}
    with unit_of_work():
        assert index.rebuild(enumerate(NAMES, 1)) == len(NAMES)
    assert {word: found(word) for word in before} == before


@pytest.mark.parametrize(
    "typed",
    [
        '"', "(", ")", "NEAR(", "a AND", "AND", "OR NOT", "-abc", "col:abc", "words:样例", "*",
        "^样",
        '样例" OR "1', "' OR 1=1 --", "\\", "'; DROP TABLE x; --", "{a b}", "+", "%", "_", "样%例",
        "\x00样例", "\ud800样例", "样\u200b例", "😀", "👨\u200d👩 样例", "&", "|", "!", "<->", ":*",
        "a:*b", "样例 & ! 厂", "样例*",
        "𠮷", "ŉ", "İstanbul", "ﬁ", "ß" * 90,
    ],
)  # fmt: skip
def test_hostile_queries_answer_quietly(kept: tuple[str, ...], typed: str) -> None:
    for row in found(typed):
        assert Query.parse(typed).fits(NAMES[row - 1])


def test_hidden_characters_and_signs_do_not_hide_a_name(kept: tuple[str, ...]) -> None:
    assert found("样\u200b例电器") == [3]
    assert found("样例*") == [10, 9, 6, 3]
    assert found("\x00样例电器") == [3]


def test_long_queries_are_cut_and_say_so(kept: tuple[str, ...]) -> None:
    long = Query.parse("样" * 10_000)
    assert long.was_cut
    assert len(long.typed) == 100
    many = Query.parse(" ".join("样例电器厂青石分站油"))
    assert many.was_cut
    assert len(many.terms) == 8
    assert index.find(Query.parse("样例 " * 50)).total == 4
    assert not Query.parse("样例 青石").was_cut


def test_nothing_typed_finds_nothing(kept: tuple[str, ...]) -> None:
    assert Query.parse("  ").is_blank
    assert index.find(Query.parse("  ")) == Found()
    assert not Query.parse("！？").is_blank
    assert index.find(Query.parse("！？")) == Found()


def test_a_page_far_beyond_the_end_is_bounded(kept: tuple[str, ...]) -> None:
    assert Page(skip=10**9).offset == search.DEEPEST
    assert Page(skip=-5).offset == 0
    assert index.find(Query.parse("样例"), Page(skip=10**9)) == Found((), 4)


def test_very_long_words_and_texts_can_be_kept(kept: tuple[str, ...]) -> None:
    endless = "x" * 5_000 + " " + "".join(chr(0x4E00 + n % 20_000) for n in range(100_000))
    with unit_of_work():
        db.session.execute(table.insert(), [{"id": 99}])
        index.add(99, endless)
    assert 99 in index.find(Query.parse("xxx")).ids
    with unit_of_work():
        index.remove(99, endless)
    assert 99 not in index.find(Query.parse("xxx")).ids


def test_a_search_that_takes_too_long_is_refused(
    kept: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "TIMEOUT_MS", 1)
    monkeypatch.setattr(search, "_STEPS_BETWEEN_LOOKS", 1)
    slow = (
        "SELECT count(*), 1 AS total FROM generate_series(1, 30000000), {0} LIMIT 1"
        if db.engine.dialect.name == "postgresql"
        else "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000000) "
        "SELECT count(*) FROM n, {0} LIMIT 1"
    )
    for name in ("_NEWEST_SQLITE", "_FIND_POSTGRESQL"):
        monkeypatch.setattr(search, name, slow)
    with pytest.raises(Refused, match="search_too_slow"):
        index.find(Query.parse("样例"))
    monkeypatch.undo()
    assert index.find(Query.parse("样例")).total == 4


def test_the_kept_words_are_these() -> None:
    """Whoever changes this list must rebuild every index, or rows can no longer be taken out."""
    assert words_of("样例厂 BV2 〇", [("year", "2026")]) == [
        "§year§2026", "样例", "例厂", "厂", "bv2", "v2", "2", "〇",
    ]  # fmt: skip
