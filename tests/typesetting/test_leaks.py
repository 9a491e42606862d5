"""Does the re-reading find a removed string wherever it may hide? Every control must be caught."""

import io
import zipfile

import pikepdf
import pytest

from app.kernel import logged_file
from app.kernel.redaction import Person, apply, find
from app.typesetting import Attached, leaks, typeset
from app.typesetting.leaks import Reread, Unusable, leakcheck, leakcheck_file
from tests.support.shared import samples
from tests.typesetting.conftest import BUREAU, disclosure

NAME, NUMBER = "样例甲乙", "13800000148"
TERMS = (NAME, NUMBER)


@pytest.fixture(scope="module")
def clean():
    facts = disclosure(decision=("当事人样例电器厂的负责人李某某（电话略）到场。",))
    return typeset("disclosure", facts, title="样例电器厂行政处罚公示", author=BUREAU).content


def test_a_clean_file_leaks_nothing(clean):
    assert leakcheck(clean, TERMS) == []


@pytest.fixture(scope="module")
def blank():
    """A file with room for its log entry."""
    place = Attached(logged_file.NAME, logged_file.BLANK, "公开日志条目")
    facts = disclosure(decision=("样例。",))
    made = typeset("disclosure", facts, title="样例", author=BUREAU, attachments=(place,))
    return made.content


def test_what_the_log_entry_says_is_read_without_reading_the_file_again(blank, monkeypatch):
    read = Reread(blank)
    monkeypatch.setattr(leaks, "_read", None)  # the file itself cannot be read a second time
    assert (
        read.leaks_once_filled(logged_file.filled(blank, {"reference": "样例〔2026〕1号"}), TERMS)
        == []
    )
    found = read.leaks_once_filled(logged_file.filled(blank, {"reference": NAME}), TERMS)
    assert {leak.term for leak in found} == {NAME}


def test_a_file_that_changed_elsewhere_is_read_again_as_a_whole(blank):
    read, final = Reread(blank), logged_file.filled(blank, {"reference": "样例"})
    assert readers(final + NAME.encode()) == {"raw bytes"}
    assert {leak.term for leak in read.leaks_once_filled(final + NAME.encode(), TERMS)} == {NAME}
    same_length = final.replace(b"%%EOF", b"%%EO ")
    assert logged_file.written(blank, final) is not None
    assert logged_file.written(blank, same_length) is None


def readers(content, term=NAME):
    return {leak.reader for leak in leakcheck(content, TERMS) if leak.term == term}


def changed(content, change):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(output)
    return output.getvalue()


DRAWN = {"pypdf", "glyphs", "glyphs by place"}


def test_text_on_the_page_is_seen_by_three_readers():
    facts = disclosure(decision=(f"负责人{NAME}，电话{NUMBER}。",))
    content = typeset("disclosure", facts, title="样例", author=BUREAU).content
    assert readers(content) == DRAWN
    assert readers(content, NUMBER) == DRAWN


def test_a_name_divided_between_two_lines_is_seen():
    for shift in range(20, 28):
        facts = disclosure(decision=("样" * shift + NAME,))
        content = typeset("disclosure", facts, title="样例", author=BUREAU).content
        assert readers(content) >= DRAWN, shift


def _with_visible_name():
    facts = disclosure(decision=(f"负责人{NAME}到场。",))
    return typeset("disclosure", facts, title="样例", author=BUREAU).content


def test_a_black_box_over_the_text_hides_nothing():
    def cover(pdf):
        for page in pdf.pages:
            page.contents_add(b"q 0 0 0 rg 0 0 600 850 re f Q")

    assert readers(changed(_with_visible_name(), cover)) >= DRAWN


def test_white_and_invisible_text_is_seen():
    def whiten(pdf):
        for page in pdf.pages:
            page.contents_add(b"1 1 1 rg 1 1 1 RG 3 Tr", prepend=True)

    assert readers(changed(_with_visible_name(), whiten)) >= DRAWN


def test_a_layer_that_is_switched_off_is_seen():
    def hide(pdf):
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="样例"))
        off = pikepdf.Dictionary(OFF=pikepdf.Array([layer]), BaseState=pikepdf.Name.ON)
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)
        for page in pdf.pages:
            page.resources.Properties = pikepdf.Dictionary(L=layer)
            page.contents_add(b"/OC /L BDC", prepend=True)
            page.contents_add(b"EMC")

    assert readers(changed(_with_visible_name(), hide)) >= DRAWN


def _as_form(pdf, page):
    content = b"".join(part.read_bytes() for part in page.contents_coalesce() or [page.Contents])
    return pdf.make_stream(
        content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, 600, 850]), Resources=page.obj.Resources,
    )  # fmt: skip


def test_a_stamp_with_a_picture_of_its_own_is_seen():
    """Its words are glyph numbers in a form that no page draws itself."""

    def stamp(pdf):
        page = pdf.pages[0]
        form = _as_form(pdf, page)
        page.obj.Annots = pikepdf.Array([
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 9, 9], F=2,
                AP=pikepdf.Dictionary(N=form),
            )
        ])  # fmt: skip
        page.Contents = pdf.make_stream(b"")

    assert {"glyphs", "glyphs by place"} <= readers(changed(_with_visible_name(), stamp))


def test_a_name_drawn_in_another_order_is_seen():
    """Each character put in its place by itself, the last one first."""

    def scramble(pdf):
        page = pdf.pages[0]
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        drawn = b" ".join(
            b"1 0 0 1 %d 700 Tm (%c) Tj" % (100 + 9 * at, sign)
            for at, sign in reversed(list(enumerate(NUMBER.encode())))
        )
        page.Contents = pdf.make_stream(b"BT /F 9 Tf " + drawn + b" ET")

    found = readers(changed(_with_visible_name(), scramble), NUMBER)
    assert "glyphs by place" in found
    assert "glyphs" not in found


def test_the_title_is_seen(clean):
    def entitle(pdf):
        pdf.docinfo["/Title"] = f"{NAME}行政处罚公示"

    assert {"pypdf", "objects"} <= readers(changed(clean, entitle))


def test_the_title_of_the_job_is_seen():
    content = typeset("disclosure", disclosure(), title=f"{NAME}案", author=BUREAU).content
    assert {"pypdf", "objects", "decoded stream"} <= readers(content)


def test_a_bookmark_is_seen(clean):
    def mark(pdf):
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"关于{NAME}", 0))

    assert "objects" in readers(changed(clean, mark))


def test_a_link_target_is_seen(clean):
    def link(pdf):
        target = "https://portal.example/%E6%A0%B7%E4%BE%8B%E7%94%B2%E4%B9%99"
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=target)
        pdf.pages[0].obj.Annots = pikepdf.Array([
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
        ])  # fmt: skip

    assert readers(changed(clean, link)) == {"objects", "raw bytes"}


def test_an_alternative_text_is_seen(clean):
    def describe(pdf):
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                item.Alt = NAME

    assert "objects" in readers(changed(clean, describe))


@pytest.mark.parametrize(
    "attached",
    [
        f'{{"name": "{NAME}"}}'.encode(),
        f'{{"name": "{NAME}"}}'.encode("unicode_escape"),
        NAME.encode("utf-16-le"),
        NAME.encode("gb18030"),
    ],
    ids=["utf-8", "json-escapes", "utf-16", "gb18030"],
)
def test_an_attachment_is_seen_in_any_encoding(attached):
    content = typeset(
        "disclosure", disclosure(), title="样例", author=BUREAU,
        attachments=[Attached("record.json", attached)],
    ).content  # fmt: skip
    assert "decoded stream" in readers(content)


def test_an_office_document_inside_is_opened():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:t>样例</w:t><w:r/><w:t>甲乙</w:t>")
    content = typeset(
        "disclosure", disclosure(), title="样例", author=BUREAU,
        attachments=[Attached("a.docx", output.getvalue())],
    ).content  # fmt: skip
    assert readers(content) == {"attached archive"}


def test_a_pdf_inside_a_pdf_is_opened(clean):
    content = typeset(
        "disclosure", disclosure(), title="样例", author=BUREAU,
        attachments=[Attached("old.pdf", _with_visible_name())],
    ).content  # fmt: skip
    assert readers(content) >= DRAWN


def test_the_file_name_is_seen(clean):
    (leak,) = leakcheck(clean, TERMS, filename=f"{NAME}.pdf")
    assert (leak.term, leak.reader) == (NAME, "file name")


def test_a_file_that_cannot_be_read_is_no_clean_file():
    with pytest.raises(pikepdf.PdfError):
        leakcheck(b"%PDF-1.7 nothing", TERMS)


@pytest.mark.parametrize(
    "written",
    [
        f"<title>{NAME}</title>",
        "<p>样例<b>甲</b>乙</p>",
        '<img alt="&#26679;&#20363;&#30002;&#20057;">',
        '<a href="/search?q=%E6%A0%B7%E4%BE%8B%E7%94%B2%E4%B9%99">x</a>',
        f"<feed><entry><title>{NAME}</title></entry></feed>",
        '{"title": "\\u6837\\u4f8b\\u7532\\u4e59"}',
        "样例\u200b甲 乙",
    ],
)
def test_pages_feeds_and_search_entries_are_read_too(written):
    (leak, *_) = leakcheck_file(written.encode(), TERMS, filename="a.html")
    assert leak.term == NAME
    assert leakcheck_file(b"<p>\xe6\xa0\xb7</p>", TERMS) == []


def _bomb():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(21):
            archive.writestr(f"{number}.txt", bytes(10 << 20))
    return output.getvalue()


@pytest.mark.parametrize(
    "make",
    [lambda: b"", lambda: b"%PDF-1.7 nothing", lambda: b"PK\x03\x04", _bomb],
    ids=["empty", "broken", "half an archive", "bomb"],
)
def test_what_cannot_be_read_to_its_end_is_unusable(make):
    with pytest.raises(Unusable):
        leakcheck_file(make(), TERMS)


def test_a_locked_file_is_unusable(clean):
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        pdf.save(output, encryption=pikepdf.Encryption(owner="样例", user="示范"))
    with pytest.raises(Unusable, match="locked with a password"):
        leakcheck_file(output.getvalue(), TERMS)


@pytest.mark.parametrize("path", samples("penalties"), ids=lambda path: path.stem)
def test_a_published_decision_with_planted_people_comes_out_clean(path):
    """Real text through the whole way: planted identifiers, redaction, typesetting, re-reading."""
    planted = f"。联系人{NAME}，电话{NUMBER}，身份证号11010519491231002X。"
    text = path.read_text(encoding="utf-8").replace("。", planted, 3)
    spans = find(text, people=[Person(NAME)])
    redacted = apply(text, spans)
    removed = tuple({span.text for span in spans})
    assert {NAME, NUMBER, "11010519491231002X"} <= set(removed)
    lines = tuple(line for line in redacted.splitlines() if line.strip())
    made = typeset("disclosure", disclosure(decision=lines), title="样例", author=BUREAU)
    assert leakcheck(made.content, removed) == []
    lines = tuple(line for line in text.splitlines() if line.strip())
    made = typeset("disclosure", disclosure(decision=lines), title="样例", author=BUREAU)
    assert {leak.term for leak in leakcheck(made.content, removed)} >= {NAME, NUMBER}
