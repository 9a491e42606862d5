"""What does a file of plain text say, whatever program saved it?"""

from __future__ import annotations

from app.kernel.errors import Refused

LONGEST = 100_000  # characters; some sixty pages of the densest print
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: What a text may hold below the space: tab, line ends, page break.
_ALLOWED = frozenset("\t\n\r\f")


def decode(content: bytes) -> str:
    r"""Read UTF-8, UTF-16 with its mark, or GB 18030, with line ends as ``\n``.

    Refuses what is none of them or holds control characters (``text_unreadable``) and what is
    longer than ``LONGEST`` (``text_too_long``).
    """
    marked = next((code for mark, code in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(sign < " " and sign not in _ALLOWED for sign in set(text)):
            raise Refused("text_unreadable")
        if len(text) > LONGEST:
            raise Refused("text_too_long", limit=LONGEST)
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    raise Refused("text_unreadable")
