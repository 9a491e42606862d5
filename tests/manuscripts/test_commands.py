"""Does ``./portal typeset`` find records, read files, and say clearly what it cannot do?"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import timedelta
from html import escape
from pathlib import Path

import pytest

from app import cli
from app.disclosures import publications
from app.disclosures.rules import DisclosureState
from app.kernel import clock, storage
from app.kernel.db import db, unit_of_work
from app.kernel.errors import PortalError, Refused
from app.manuscripts import commands
from app.notices.models import Notice
from app.people import queries as people
from app.supervision import actions as supervision
from app.typesetting import TypesettingError
from tests.support import docx as word
from tests.support.make import disclosures, notices
from tests.support.make import supervision as make_supervision
from tests.support.pdf import Pdf

pytestmark = pytest.mark.database
Portal = Callable[..., tuple[int, str, str]]
TEXT = """样例局文件

样〔2026〕3号

关于开展样例检查的通知

各样例所：

一、示范目标

请于{}月底前完成样例检查。<b>样例</b>

样例局

2026年3月9日
"""


@pytest.fixture
def portal(context: None, capsys: pytest.CaptureFixture[str]) -> Portal:
    """Run the verb and return exit code, standard output and standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser(prog="portal")
        commands.add_commands(parser.add_subparsers(required=True))
        asked = parser.parse_args([str(word) for word in ("typeset", *words)])
        code = asked.act(asked)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def send_letter() -> str:
    """Send the first letter of the ladder; returns its number."""
    with unit_of_work():
        listing = make_supervision.listing()
        letter = supervision.urge(
            listing,
            text="请说明样例进展。\n并报送样例材料。",
            answer_due_on=clock.today() + timedelta(days=7),
            by=people.today_identity("cz.supervisor"),
        )
        return letter.number


def test_the_verb_belongs_to_the_portal() -> None:
    asked = cli.build_parser().parse_args(["typeset", "--list"])
    assert asked.list


def test_the_kinds_are_listed(portal: Portal) -> None:
    code, out, _ = portal("--list", "--json")
    assert code == 0
    assert set(json.loads(out)) == {"decision", "notice", "letter"}
    assert [line.split()[0] for line in portal("--list")[1].splitlines()] == list(json.loads(out))


def test_a_letter_is_set_from_its_record(portal: Portal, tmp_path: Path) -> None:
    first = send_letter()
    second = send_letter()
    out = tmp_path / "letter.pdf"
    assert portal("letter", "--out", out) == (0, f"{second}  {out}\n", "")
    assert portal("letter", "--record", first, "--out", out)[0] == 0
    pdf = Pdf(out.read_bytes())
    assert first in pdf.text()
    assert "并报送样例材料。" in pdf.text()
    assert "请于2026年9月29日前书面答复。" in pdf.text()
    assert pdf.faults() == []


def test_a_published_decision_is_handed_out_byte_for_byte(portal: Portal, tmp_path: Path) -> None:
    reference = disclosures.reference(DisclosureState.PUBLISHED)
    shown = publications.by_reference(reference)
    out = tmp_path / "decision.pdf"
    code, said, _ = portal("decision", "--record", shown.number, "--out", out, "--json")
    assert (code, json.loads(said)["record"]) == (0, shown.number)
    with storage.shelf().open(shown.pdf.sha256) as kept:
        assert out.read_bytes() == kept.read()


def test_a_withdrawn_decision_is_not_handed_out(portal: Portal, tmp_path: Path) -> None:
    reference = disclosures.reference(DisclosureState.PUBLISHED)
    disclosures.withdraw(reference)
    with pytest.raises(Refused, match="no_record"):
        portal("decision", "--record", reference, "--out", tmp_path / "a.pdf")


def test_a_notice_is_handed_out_as_published_or_set_from_its_draft(
    portal: Portal, tmp_path: Path
) -> None:
    drafted, published = notices.notice(), notices.notice(published=True)
    out = tmp_path / "notice.pdf"
    number = db.session.query(Notice).filter_by(reference=published).one().number
    assert portal("notice", "--out", out) == (0, f"{number}  {out}\n", "")
    assert number in Pdf(out.read_bytes()).text()
    assert portal("notice", "--record", drafted, "--out", out)[1].startswith(drafted)


@pytest.mark.parametrize("kind", ["decision", "notice", "letter"])
@pytest.mark.parametrize("record", [(), ("--record", "样〔2026〕404号")])
def test_a_record_that_is_not_there_is_named(
    portal: Portal, tmp_path: Path, kind: str, record: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        portal(kind, *record, "--out", tmp_path / "a.pdf")
    assert (refused.value.code, refused.value.facts["kind"]) == ("no_record", kind)
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_a_text_becomes_a_document_and_says_what_was_recognised(
    portal: Portal, tmp_path: Path, suffix: str
) -> None:
    source, out = tmp_path / f"a{suffix}", tmp_path / "a.pdf"
    source.write_text(TEXT, encoding="utf-8")
    code, said, _ = portal(source, "--out", out, "--json")
    told = json.loads(said)
    assert (code, told["number"], told["title"], told["date"]) == (
        0, "样〔2026〕3号", "关于开展样例检查的通知", "2026-03-09",
    )  # fmt: skip
    assert {"part": "number", "lines": [3], "guessed": False} in told["sources"]
    pdf = Pdf(out.read_bytes())
    assert "<b>样例</b>" in pdf.text()
    assert (pdf.pages, pdf.faults()) == (told["pages"], [])
    assert "number       样〔2026〕3号" in portal(source, "--out", out)[1]


def test_a_word_file_becomes_the_same_document(portal: Portal, tmp_path: Path) -> None:
    spanned = word.cell(word.paragraph(word.run("合计")), properties='<w:gridSpan w:val="2"/>')
    single = [word.cell(word.paragraph(word.run(text))) for text in ("类别", "甲", "1", "2")]
    grid = word.table(word.row(single[0], spanned), word.row(*single[1:]))
    lines = (word.paragraph(word.run(escape(line))) for line in TEXT.splitlines() if line)
    source = tmp_path / "a.docx"
    source.write_bytes(word.docx("".join(lines) + grid))
    told = json.loads(portal(source, "--json")[1])
    assert told["title"] == "关于开展样例检查的通知"
    (annex,) = told["annexes"]
    assert annex["body"][0]["head"][0][1] == {"text": "合计", "columns": 2, "rows": 1}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("a.pdf", b"%PDF", "manuscript_type"), ("a.txt", b" \n", "manuscript_empty"),
     ("a.docx", b"PK", "docx_broken"), ("a.md", b"\xff\x00\xff", "text_unreadable")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(
    portal: Portal, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=code):
        portal(tmp_path / name, "--out", tmp_path / "out.pdf")


def test_characters_no_typeface_has_stop_the_file(portal: Portal, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT.replace("样例检查", "\U0001f600"), encoding="utf-8")
    with pytest.raises(TypesettingError, match=r"missing-glyphs U\+1F600"):
        portal(tmp_path / "a.txt", "--out", tmp_path / "a.pdf")


def test_a_file_that_is_not_there_is_named(portal: Portal, tmp_path: Path) -> None:
    with pytest.raises(PortalError, match=r"none\.txt"):
        portal(tmp_path / "none.txt", "--out", tmp_path / "a.pdf")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(PortalError, match="no-folder"):
        portal(tmp_path / "a.txt", "--out", tmp_path / "no-folder" / "a.pdf")


@pytest.mark.parametrize(
    "words", [(), ("decision",), ("sonnet",), ("a.txt",), ("a.txt", "--record", "1")]
)
def test_a_wrong_question_is_told_how_to_ask(portal: Portal, words: tuple[str, ...]) -> None:
    code, out, err = portal(*words)
    assert (code, out) == (2, "")
    assert err.startswith("usage: ")
    assert "portal typeset: " in err


def test_a_title_of_120_characters_is_set_whole(portal: Portal, tmp_path: Path) -> None:
    title = "关于" + "开展样例产品质量专项检查" * 9 + "的样例通知公告通知"
    source, out = tmp_path / "a.txt", tmp_path / "a.pdf"
    source.write_text(
        TEXT.replace("关于开展样例检查的通知", title[:118] + "通知"), encoding="utf-8"
    )
    told = json.loads(portal(source, "--out", out, "--json")[1])
    assert told["title"] == title[:118] + "通知"
    assert told["title"] in Pdf(out.read_bytes()).text(1)


def test_a_text_of_60_pages_is_set(portal: Portal, tmp_path: Path) -> None:
    line = "各地要建立样例台账，逐户核对样例数量，并于每月底前报送样例结果。" * 10
    source, out = tmp_path / "a.txt", tmp_path / "a.pdf"
    source.write_text(TEXT.replace("请于{}", "\n".join([line] * 105) + "\n请于"), encoding="utf-8")
    told = json.loads(portal(source, "--out", out, "--json")[1])
    assert 55 <= told["pages"] <= 65


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("decision", "--out", "x.pdf"), True),
        (("--list",), False),
        (("sample.txt", "--out", "x.pdf"), False),
        (("decision",), False),
    ],
)
def test_only_a_record_s_document_needs_records(words: tuple[str, ...], wanted: bool) -> None:  # noqa: FBT001
    asked = cli.build_parser().parse_args(["typeset", *words])
    assert asked.wants_records(asked) is wanted
