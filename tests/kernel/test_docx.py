"""Is a Word document read as it is seen, and does every other place give up its words?"""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.kernel import docx_package
from app.kernel.docx import Cell, Paragraph, Part, Place, Table, read
from app.kernel.errors import Refused
from tests.support.docx import (
    archive,
    cell,
    docx,
    paragraph,
    part,
    relationships,
    row,
    run,
    table,
)

NAME = "样例甲乙"


def parts(content, place):
    return [one.text for one in read(content).parts if one.place is place]


# --- what is seen ---------------------------------------------------------------------------------


def test_the_body_is_read_in_order_with_tables_among_paragraphs():
    body = paragraph("第一段") + table(row("甲", "乙"), row("丙", "丁")) + paragraph("末段")
    found = read(docx(body))
    assert found.text == "第一段\n甲\t乙\n丙\t丁\n末段"
    assert [type(block) for block in found.blocks] == [Paragraph, Table, Paragraph]
    assert found.parts == ()


def test_words_cut_into_runs_controls_and_links_are_one_text():
    body = (
        f"<w:p>{run('样')}<w:smartTag>{run('例')}</w:smartTag><w:sdt><w:sdtContent>{run('电')}"
        f"</w:sdtContent></w:sdt><w:hyperlink>{run('器')}</w:hyperlink>"
        "<w:r><w:t>厂</w:t><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/></w:r></w:p>"
    )
    assert read(docx(body)).text == "样例电器厂\t甲\n乙-"


def test_a_paragraph_keeps_style_level_and_alignment():
    styles = part(
        "styles",
        '<w:style w:styleId="a"><w:name w:val="标题一"/><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="1"/>'
        '<w:jc w:val="center"/></w:pPr></w:style>',
    )
    body = paragraph("题", properties='<w:pStyle w:val="a"/>') + paragraph(
        "文", properties='<w:jc w:val="end"/><w:outlineLvl w:val="9"/>'
    )
    title, text = read(docx(body, word__styles_xml=styles)).blocks
    assert (title.style, title.level, title.align) == ("标题一", 2, "center")
    assert (text.style, text.level, text.align) == ("", None, "right")


def test_a_page_break_starts_the_paragraph_behind_it():
    brk = '<w:r><w:br w:type="page"/></w:r>'
    body = (
        paragraph("一", brk)
        + paragraph("二")
        + paragraph(brk, "三")
        + paragraph("四", properties="<w:pageBreakBefore/>")
    )
    assert [block.new_page for block in read(docx(body)).blocks] == [False, True, True, True]


def test_the_numbers_word_draws_are_part_of_the_line():
    def level(at, shape, text):
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{text}"/>{"<w:isLgl/>" if at else ""}</w:lvl>'
        )

    numbering = part(
        "numbering",
        '<w:abstractNum w:abstractNumId="5">'
        + level(0, "chineseCountingThousand", "%1、")
        + level(1, "decimal", "%1.%2 ")
        + level(2, "bullet", "\uf0b7")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>',
    )

    def item(text, depth):
        return paragraph(
            text,
            properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>',
        )

    body = (
        item("甲", 0)
        + item("乙", 1)
        + item("丙", 1)
        + item("丁", 0)
        + item("戊", 1)
        + item("己", 2)
    )
    text = read(docx(body, word__numbering_xml=numbering)).text
    assert text == "一、甲\n1.1 乙\n1.2 丙\n二、丁\n2.1 戊\n己"


def test_cells_know_how_far_they_reach():
    body = table(
        row(cell("头", properties='<w:gridSpan w:val="3"/>'), properties="<w:tblHeader/>"),
        row(cell("左", properties='<w:vMerge w:val="restart"/>'), "中", "右"),
        row(cell("", properties="<w:vMerge/>"), "下", "角"),
        row("尾", properties='<w:gridBefore w:val="2"/>'),
    )
    (found,) = read(docx(body)).blocks
    assert found.columns == 3
    assert [row.is_head for row in found.rows] == [True, False, False, False]
    spans = [[(c.text, c.columns, c.rows) for c in row.cells] for row in found.rows]
    assert spans == [
        [("头", 3, 1)],
        [("左", 1, 2), ("中", 1, 1), ("右", 1, 1)],
        [("下", 1, 1), ("角", 1, 1)],
        [("", 2, 1), ("尾", 1, 1)],
    ]


def test_a_table_within_a_cell_is_kept():
    inner = table(row("内"))
    (outer,) = read(docx(table(f"<w:tr>{cell(inner)}</w:tr>"))).blocks
    (only,) = outer.rows[0].cells
    assert isinstance(only, Cell)
    assert [type(block) for block in only.blocks] == [Table]


def test_the_strict_form_reads_alike():
    body = f"<w:body>{paragraph('样例')}</w:body>"
    strict = part("document", body).replace(
        "schemas.openxmlformats.org/wordprocessingml/2006/main",
        "purl.oclc.org/ooxml/wordprocessingml/main",
    )
    content = archive({
        "_rels/.rels": relationships(("officeDocument", "/word/document.xml", False)),
        "word/document.xml": strict,
    })  # fmt: skip
    assert read(content).text == "样例"


# --- where words hide -----------------------------------------------------------------------------

BOX = f"<w:txbxContent>{paragraph(NAME)}</w:txbxContent>"
HIDING = {
    Place.HEADER: {"word__header1_xml": part("hdr", paragraph(NAME))},
    Place.FOOTER: {"word__fuss_xml": part("ftr", paragraph(NAME))},
    Place.FOOTNOTE: {"word__footnotes_xml": part(
        "footnotes", f"<w:footnote>{paragraph(NAME)}</w:footnote>")},
    Place.ENDNOTE: {"word__endnotes_xml": part(
        "endnotes", f"<w:endnote>{paragraph(NAME)}</w:endnote>")},
    Place.COMMENT: {"word__comments_xml": part(
        "comments", f"<w:comment>{paragraph(NAME)}</w:comment>")},
    Place.AUTHOR: {"docProps__core_xml": '<coreProperties xmlns:dc="x"><dc:creator>'
                   f"{NAME}</dc:creator></coreProperties>"},
    Place.PROPERTY: {"docProps__custom_xml": "<Properties><property name='承办'><lpwstr>"
                     f"{NAME}</lpwstr></property></Properties>"},
    Place.OTHER: {"customXml__item1_xml": f"<a><b>{NAME}</b></a>"},
}  # fmt: skip


@pytest.mark.parametrize("place", HIDING, ids=lambda place: place.value)
def test_a_part_beside_the_body_is_listed(place):
    content = docx(paragraph("正文"), **HIDING[place])
    assert read(content).text == "正文"
    assert any(NAME in text for text in parts(content, place))


SIGN = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (SIGN.format(kind) for kind in ("begin", "separate", "end"))


def drawn(inside):
    return f"<w:r><w:drawing>{inside}</w:drawing></w:r>"


INSIDE = {
    "deleted": (
        Place.DELETED, f'<w:del w:author="x"><w:r><w:delText>{NAME}</w:delText></w:r></w:del>',
    ),
    "moved away": (Place.DELETED, f"<w:moveFrom>{run(NAME)}</w:moveFrom>"),
    "vanish": (Place.HIDDEN, run(NAME, "<w:vanish/>")),
    "vanish by style": (Place.HIDDEN, run(NAME, '<w:rStyle w:val="h"/>')),
    "inserted and hidden": (Place.HIDDEN, f"<w:ins>{run(NAME, '<w:vanish/>')}</w:ins>"),
    "field code": (
        Place.FIELD, f"{BEGIN}<w:r><w:instrText>{NAME}</w:instrText></w:r>{END}",
    ),
    "text as field code": (Place.FIELD, BEGIN + run(NAME) + END),
    "simple field": (Place.FIELD, f'<w:fldSimple w:instr="REF {NAME}"/>'),
    "text box": (Place.TEXTBOX, drawn(f"<v:textbox>{BOX}</v:textbox>")),
    "watermark": (Place.TEXTBOX, drawn(f'<v:shape><v:textpath string="{NAME}"/></v:shape>')),
    "alternative text": (Place.ALT_TEXT, drawn(f'<wp:docPr name="图片 1" descr="{NAME}"/>')),
    "name of a picture": (Place.ALT_TEXT, drawn(f'<wp:docPr name="{NAME}"/>')),
    "bookmark": (Place.BOOKMARK, f'<w:bookmarkStart w:name="{NAME}"/>'),
    "author of a change": (Place.AUTHOR, f'<w:ins w:author="{NAME}"/>'),
    "content control": (
        Place.PROPERTY, f'<w:sdt><w:sdtPr><w:alias w:val="{NAME}"/></w:sdtPr></w:sdt>',
    ),
    "other alternative": (
        Place.OTHER,
        "<mc:AlternateContent><mc:Choice/><mc:Fallback>"
        + run(NAME) + "</mc:Fallback></mc:AlternateContent>",
    ),
}  # fmt: skip
STYLES = part(
    "styles",
    '<w:style w:styleId="h"><w:basedOn w:val="g"/></w:style>'
    '<w:style w:styleId="g"><w:basedOn w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>',
)


@pytest.mark.parametrize("how", INSIDE)
def test_words_in_the_body_that_nobody_sees_are_listed_and_left_out(how):
    place, hidden = INSIDE[how]
    content = docx(f"<w:p>{run('前')}{hidden}{run('后')}</w:p>", word__styles_xml=STYLES)
    assert read(content).text == "前后"
    assert any(NAME in text for text in parts(content, place))


def test_a_switch_that_is_off_hides_nothing():
    assert read(docx(paragraph(run(NAME, '<w:vanish w:val="0"/>')))).text == NAME


def test_a_name_cut_into_runs_is_listed_in_one_piece():
    body = paragraph(*(run(sign, "<w:vanish/>") for sign in NAME))
    assert parts(docx(body), Place.HIDDEN) == [NAME]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place.INSERTED, f"<w:ins>{run(NAME)}</w:ins>"),
        (Place.FAINT, run(NAME, '<w:color w:val="FFFFFF"/>')),
        (Place.FAINT, run(NAME, '<w:sz w:val="2"/>')),
    ],
)
def test_what_is_seen_and_yet_worth_a_look_is_both(place, words):
    found = read(docx(f"<w:p>{words}</w:p>"))
    assert found.text == NAME
    assert Part(place, NAME, "word/document.xml") in found.parts
    assert not found.hidden()


def test_white_words_on_a_dark_ground_are_ordinary():
    words = run(NAME, '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>')
    assert read(docx(f"<w:p>{words}</w:p>")).parts == ()


def test_the_result_of_a_field_is_read():
    field = f"{BEGIN}<w:r><w:instrText>PAGE</w:instrText></w:r>{SEPARATE}{run('7')}{END}"
    content = docx(f"<w:p>{run('第')}{field}{run('页')}</w:p>")
    assert read(content).text == "第7页"
    assert parts(content, Place.FIELD) == ["PAGE"]


def test_a_text_box_written_twice_is_listed_once():
    choice = f"<mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
    body = f"<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"
    assert [part.text for part in read(docx(body)).parts] == [NAME]


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    end = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("样例", properties=end) + paragraph("电器厂")
    assert read(docx(body)).text == "样例电器厂"


@pytest.mark.parametrize(("setting", "place"), [("del", Place.DELETED), ("hidden", Place.HIDDEN)])
def test_a_row_that_is_not_shown_is_listed(setting, place):
    body = table(row("甲"), row(NAME, properties=f"<w:{setting}/>"))
    assert read(docx(body)).text == "甲"
    assert parts(docx(body), place) == [NAME]


def test_words_under_a_merged_cell_are_listed():
    down = cell(NAME, properties="<w:vMerge/>")
    body = table(row(cell("甲", properties='<w:vMerge w:val="restart"/>')), row(down))
    assert read(docx(body)).text.strip() == "甲"
    assert parts(docx(body), Place.HIDDEN) == [NAME]


def test_links_and_files_within_the_file_are_listed():
    content = docx(
        paragraph("正文"),
        **{
            "word/_rels/document.xml.rels": relationships(
                ("hyperlink", f"https://portal.example/{NAME}", True),
                ("image", "media/a.png", False),
            ),
            "word/embeddings/a.xlsx": b"PK",
            "word/fonts/font1.odttf": b"x",
        },
    )
    assert parts(content, Place.LINK) == [f"https://portal.example/{NAME}"]
    assert parts(content, Place.EMBEDDED) == ["word/embeddings/a.xlsx"]


# --- what is refused ------------------------------------------------------------------------------


def refused(content):
    with pytest.raises(Refused) as refusal:
        read(content)
    return refusal.value.code


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "样例"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "docx_broken"),
        (b"PK\x03\x04", "docx_broken"),
        (b"not a document", "docx_broken"),
        (docx_package.OLD_OFFICE + b"x" * 600, "docx_old"),
        (archive({"a.xml": "<a/>"}), "docx_broken"),
        (docx("<w:p>"), "docx_broken"),
        (docx(paragraph("a"), **{"word/vbaProject.bin": b"x"}), "docx_macros"),
        (docx(paragraph("a"), x_xml=DOCTYPE + "<a>&b;</a>"), "docx_broken"),
        (docx(paragraph("a"), x_xml=(DOCTYPE + "<a>&c;</a>").encode("utf-16")), "docx_broken"),
        (docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "docx_broken"),
        (docx(paragraph("a"), x_xml="<a>" + " " * (31 << 20) + "</a>"), "docx_too_big"),
        (docx(paragraph("a"), x_xml="<a>" + "<b/>" * 600_001 + "</a>"), "docx_too_big"),
        (archive({f"{n}.xml": "<a/>" for n in range(3_001)}), "docx_too_big"),
        (b"x" * (docx_package.MOST_BYTES + 1), "docx_too_big"),
    ],
)  # fmt: skip
def test_a_file_that_could_hurt_or_is_none_is_refused(content, code):
    assert refused(content) == code


def test_a_second_member_of_the_same_name_is_refused():
    output = io.BytesIO(docx(paragraph("a")))
    with zipfile.ZipFile(output, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr("word/document.xml", part("document", f"<w:body>{paragraph(NAME)}</w:body>"))
    assert refused(output.getvalue()) == "docx_broken"


def test_an_archive_that_lies_about_its_length_is_refused():
    honest = docx(paragraph("a"), x_xml="<a>" + "b" * 9_000 + "</a>")
    size = (9_007).to_bytes(4, "little")
    assert honest.count(size) == 2
    assert refused(honest.replace(size, (90).to_bytes(4, "little"))) == "docx_broken"


WHOLE = docx(
    paragraph("样例") + table(row("甲", "乙")), word__header1_xml=part("hdr", paragraph(NAME))
)


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_no_damage_does_more_than_refuse(at, value):
    damaged = WHOLE[:at] + bytes([value]) + WHOLE[at + 1 :]
    try:
        read(damaged)
    except Refused as refusal:
        assert refusal.code.startswith("docx_")  # noqa: PT017 - either answer is right


@given(st.integers(0, len(WHOLE) - 1))
@settings(max_examples=60, deadline=None)
def test_half_a_file_is_refused(length):
    assert refused(WHOLE[:length]).startswith("docx_")
