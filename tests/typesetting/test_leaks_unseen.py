"""Is a removed string found where only another program than a reader's would look?"""

import gzip
import io
from collections.abc import Callable

import pikepdf
import pypdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from app.typesetting.leaks import Unusable, leakcheck_file

NAME, NUMBER = "样例甲乙", "13800000148"
Change = Callable[[pikepdf.Pdf], None]


def made(change: Change) -> bytes:
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def found(content: bytes) -> set[tuple[str, str]]:
    leaks = leakcheck_file(content, [NAME, NUMBER], filename="样例.pdf")
    return {(leak.term, leak.reader) for leak in leaks}


def _written(pdf: pikepdf.Pdf, table: bytes = b"") -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    if table:
        font.ToUnicode = pdf.make_stream(table)
    page = pdf.pages[0]
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    words = b"BT /F 12 Tf 50 700 Td [(138)-50(0000)-50(0148)] TJ ET"
    page.obj.Contents = pdf.make_stream(words)


def _saying_something_else(pdf: pikepdf.Pdf) -> None:
    _written(
        pdf,
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <30> <39> <0041> endbfrange",
    )


def test_a_font_that_tells_readers_other_figures_than_it_prints_is_seen_through() -> None:
    assert found(made(_saying_something_else)) == {(NUMBER, "glyphs by code")}


def test_what_an_update_has_replaced_is_still_in_the_file() -> None:
    with io.BytesIO(made(_written)) as first:
        writer = pypdf.PdfWriter(first, incremental=True)
        empty = writer._add_object(pypdf.generic.StreamObject())
        writer.pages[0][pypdf.generic.NameObject("/Contents")] = empty
        output = io.BytesIO()
        writer.write(output)
    assert (NUMBER, "glyphs") in found(output.getvalue())
    clean = made(lambda _pdf: None)
    assert found(clean) == set()
    assert (NUMBER, "glyphs") in found(made(_written) + clean)


def _script(pdf: pikepdf.Pdf) -> None:
    escaped = NAME.encode("unicode_escape").decode()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"var a = '{escaped}'"))


def _rich_text(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, F=2, RC=String("<p>样例<b>甲乙</b></p>")
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _link(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(
        S=Name.URI, URI="https://portal.example/%E6%A0%B7%E4%BE%8B%E7%94%B2%E4%B9%99"
    )
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


@pytest.mark.parametrize("change", [_script, _rich_text, _link])
def test_escapes_and_marks_within_a_packed_object_hide_nothing(change: Change) -> None:
    assert (NAME, "objects") in found(made(change))


def test_a_packed_attachment_is_unpacked() -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        packed = gzip.compress(NAME.encode())
        pdf.attachments["a.gz"] = pikepdf.AttachedFileSpec(pdf, packed)

    assert found(made(attach)) == {(NAME, "attached archive")}


def test_a_file_called_pdf_that_is_none_is_not_clean() -> None:
    with pytest.raises(Unusable, match="not a PDF"):
        leakcheck_file("样例".encode(), [NAME], filename="样例.PDF")
