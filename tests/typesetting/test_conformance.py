"""Is a finished file PDF/A-3a and PDF/UA-1, complete in its metadata and the same each time?"""

import base64
import io
import json

import page as validator
import pikepdf
import pytest

from app.typesetting import Attached, plain, typeset
from app.typesetting.pool import Pool, Terms
from tests.support.pdf import Pdf
from tests.typesetting.conftest import BUREAU, MADE, SENTENCE, disclosure, notice

RECORD = Attached("record.json", json.dumps({"文号": "样例"}).encode(), "机器可读的公示记录")


@pytest.fixture(scope="module")
def attached():
    return typeset(
        "disclosure",
        disclosure(),
        title="样例电器厂行政处罚公示",
        author=BUREAU,
        attachments=[RECORD],
    )


@pytest.fixture
def opened(attached):
    with pikepdf.open(io.BytesIO(attached.content)) as pdf:
        yield pdf


@pytest.mark.parametrize("kind", list(MADE))
def test_every_form_passes_both_standards(pressed, kind):
    assert pressed(kind).faults() == []


def test_a_long_notice_with_everything_passes_both_standards(pressed):
    pdf = pressed(
        "notice",
        body=("一、示范", "（一）示范", "1.示范", "（1）示范", SENTENCE, "（二）示范。示范。") * 6,
        attachments=("示范统计表", "示范分解表"), serial="000001", secrecy="内部", signer="样例甲",
        note="此件公开发布", copies_to="示范局", issued_by="示范办公室", sealed=True,
    )  # fmt: skip
    assert pdf.faults() == []


def test_a_file_with_its_record_attached_passes_both_standards(attached):
    for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
        assert validator.validate_pdf_bytes(attached.content, profile=profile).failures == []


@pytest.mark.parametrize("last", [b"\r", b"\n", b"\r\n", b" "])
def test_a_stream_may_end_in_any_byte(last):
    """A packed font ends in CR once in 256 times; a reader must not take that for a line end."""
    record = Attached("record.json", b'"example"' + last, "机器可读的公示记录")
    facts = disclosure(decision=("样例。",))
    made = typeset("disclosure", facts, title="样例", author=BUREAU, attachments=[record])
    assert Pdf(made.content).faults() == []


def test_the_checker_objects_to_a_file_without_the_finishing_step(opened):
    """The control: the same file with its metadata taken away is refused by both."""
    del opened.Root.Metadata
    output = io.BytesIO()
    opened.save(output)
    for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
        assert not validator.validate_pdf_bytes(output.getvalue(), profile=profile).is_compliant


def test_title_author_and_language_are_what_was_published(opened):
    assert str(opened.docinfo["/Title"]) == "样例电器厂行政处罚公示"
    assert str(opened.docinfo["/Author"]) == BUREAU
    assert str(opened.Root.Lang) == "zh-CN"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == "样例电器厂行政处罚公示"
        assert metadata["dc:creator"] == [BUREAU]


def test_nothing_says_when_or_where_the_file_was_made(attached, opened):
    assert {"/CreationDate", "/ModDate"}.isdisjoint(opened.docinfo)
    for trace in (b"/tmp", b"lijian-typesetting", b"file:"):
        assert trace not in attached.content


def test_both_parts_are_bookmarked(opened):
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["行政处罚信息摘要", "行政处罚决定书"]


def test_headings_become_bookmarks_by_level():
    made = typeset(
        "notice",
        notice(body=("一、甲事", "（一）乙事", "1.丙事", "二、丁事")),
        title="样例",
        author=BUREAU,
    )
    with pikepdf.open(io.BytesIO(made.content)) as pdf, pdf.open_outline() as outline:
        (root,) = outline.root
        first, second = root.children
    assert (first.title, second.title) == ("一、甲事", "二、丁事")
    assert first.children[0].title == "（一）乙事"
    assert first.children[0].children[0].title == "1.丙事"


def test_the_record_travels_in_the_file(opened):
    (name,) = opened.attachments
    assert name == RECORD.name
    assert opened.attachments[name].get_file().read_bytes() == RECORD.content
    assert str(opened.Root.AF[0].AFRelationship) == "/Data"


def test_no_glyph_is_a_box(attached, opened):
    """Code 0 is the box a typeface draws for what it lacks; none of the fonts maps or draws it."""
    for page in opened.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in {"Tj", "TJ"}:
                parts = operands[0] if str(operator) == "TJ" else operands
                drawn = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
                codes = b"".join(drawn)
                assert b"\0\0" not in (codes[at : at + 2] for at in range(0, len(codes), 2))


def test_the_same_facts_give_the_same_bytes_in_another_process(attached):
    pool = Pool(Terms(workers=1))
    try:
        job = {
            "template": "disclosure",
            "facts": plain(disclosure()),
            "title": "样例电器厂行政处罚公示",
            "author": BUREAU,
            "language": "zh-CN",
            "attachments": [_sent(RECORD)],
        }
        other = pool.ask(json.dumps(job).encode())
    finally:
        pool.close()
    assert base64.b64decode(other["content"]) == attached.content
    assert other["pages"] == attached.pages == 2


def _sent(part):
    return {
        "name": part.name, "description": part.description,
        "content": base64.b64encode(part.content).decode(),
    }  # fmt: skip


def test_other_facts_give_another_digest(attached):
    other = typeset("disclosure", disclosure(violation="样例"), title="样例", author=BUREAU)
    assert other.sha256 != attached.sha256
