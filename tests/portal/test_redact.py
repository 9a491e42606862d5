"""Do the verbs that redact and look for leaks answer at the shell, without any database?"""

import json
import subprocess

import pikepdf
import pytest

from app.config import ROOT
from tests.support.docx import docx, paragraph, part

SCRIPT = ROOT / "portal"
NUMBER, NAME = "13800000148", "李样例"
TEXT = (
    f"\ufeff当事人李样例副食店的经营者{NAME}，联系电话１３８０000\n0148，批号110105194912310021。"
)


def portal(folder, *arguments):
    return subprocess.run(
        [str(SCRIPT), *arguments],
        capture_output=True, text=True, check=False, cwd=ROOT, timeout=60,
        env={"PATH": "/usr/bin:/bin", "LIJIAN_INSTANCE_PATH": str(folder / "none")},
    )  # fmt: skip


def test_a_text_is_redacted(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, "utf-8")
    answer = portal(tmp_path, "redact", str(file), "--json")
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    plain = TEXT.removeprefix("\ufeff")
    assert all(plain[one["start"] : one["end"]] == one["text"] for one in told["spans"])
    assert {one["kind"] for one in told["spans"]} == {"person", "mobile", "resident-id"}
    assert told["text"] == (
        "当事人李样例副食店的经营者李某某，联系电话（电话略），批号110105194912310021。"
    )
    assert not (tmp_path / "none").exists()
    assert "（电话略）" in portal(tmp_path, "redact", str(file)).stdout


def test_gb18030_and_a_named_person(tmp_path):
    file = tmp_path / "a.txt"
    file.write_bytes("样例甲到场，样 例 甲签字。".encode("gb18030"))
    answer = portal(tmp_path, "redact", str(file), "--person", "样例甲", "--json")
    assert json.loads(answer.stdout)["text"] == "样某某到场，样某某签字。"


def test_what_a_document_hides_is_listed_and_not_taken_over(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(
        docx(paragraph("电话" + NUMBER), word__header1_xml=part("hdr", paragraph(NAME)))
    )
    told = json.loads(portal(tmp_path, "redact", str(file), "--json").stdout)
    assert told["text"] == "电话（电话略）"
    assert told["hidden"] == [{"place": "header", "text": NAME, "where": "word/header1.xml"}]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.docx", b"PK"), ("a.txt", b"\xff\x00\x01"), ("a.exe", b"MZ"), ("a.txt", None)],
)
def test_a_file_that_cannot_be_used_says_so(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    answer = portal(tmp_path, "redact", str(tmp_path / name), "--json")
    assert answer.returncode == 2
    assert "error" in json.loads(answer.stdout)
    assert "Traceback" not in answer.stderr


@pytest.fixture
def files(tmp_path):
    (tmp_path / "terms.txt").write_text(f"{NAME}\n{NUMBER}\n", "utf-8")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "clean.pdf")
        pdf.docinfo["/Title"] = NAME
        pdf.save(tmp_path / "titled.pdf")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "page.html").write_text(f"<p>{NUMBER}</p>", "utf-8")
    (tmp_path / "empty.txt").write_text("\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("file", "terms", "code"),
    [
        ("clean.pdf", "terms.txt", 0),
        ("titled.pdf", "terms.txt", 1),
        ("page.html", "terms.txt", 1),
        ("broken.pdf", "terms.txt", 2),
        ("missing.pdf", "terms.txt", 2),
        ("clean.pdf", "empty.txt", 2),
        ("clean.pdf", "missing.txt", 2),
    ],
)
def test_a_file_is_searched_for_leaks(files, file, terms, code):
    answer = portal(
        files, "leakcheck", str(files / file), "--terms", str(files / terms), "--json"
    )  # fmt: skip
    assert answer.returncode == code, answer.stderr
    told = json.loads(answer.stdout)
    assert told.get("clean", None) == {0: True, 1: False, 2: None}[code]
    if file == "titled.pdf":
        assert {"term": NAME, "reader": "pypdf", "where": "metadata"} in told["found"]


@pytest.mark.parametrize("verb", ["redact", "leakcheck"])
def test_the_verbs_explain_themselves(tmp_path, verb):
    answer = portal(tmp_path, verb, "--help")
    assert answer.returncode == 0
    assert "Exit code" in answer.stdout
