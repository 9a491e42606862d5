"""What does a Word document say, in its body and in every other place where words hide?

``read`` gives the body as the blocks a reader sees, in order, tables with their spans, and beside
it each text that is not plainly on the page: headers, notes, comments, text boxes, tracked changes,
hidden and white words, codes of fields, alternative texts, properties, link targets, embedded
files. Nothing of the second kind is ever part of ``text``; who takes a document over decides about
it. Pure: bytes in, values out (ISO/IEC 29500-1, WordprocessingML, §17).
"""

from __future__ import annotations

from itertools import chain

from app.kernel.docx_body import Body
from app.kernel.docx_package import unpack
from app.kernel.docx_parts import parts_of
from app.kernel.docx_styles import Styles
from app.kernel.docx_values import (
    Block,
    Cell,
    Manuscript,
    Paragraph,
    Part,
    Place,
    Row,
    Table,
    lines_of,
)

__all__ = [
    "Block", "Cell", "Manuscript", "Paragraph", "Part", "Place", "Row", "Table", "lines_of", "read",
]  # fmt: skip


def read(content: bytes) -> Manuscript:
    """Read a .docx.

    Refuses with a code: ``docx_old`` (a .doc, or locked with a password), ``docx_macros``,
    ``docx_too_big`` (file, archive or number of elements), ``docx_broken`` (anything else that is
    not a whole document).
    """
    package = unpack(content)
    main = package.main()
    styles = Styles.of(package.parts.values())
    body = Body(main, styles)
    blocks = body.blocks(package.parts[main])
    parts = chain(body.parts, parts_of(package, main, styles))
    return Manuscript(tuple(blocks), tuple(dict.fromkeys(parts)))
