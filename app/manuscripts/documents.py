"""What does a manuscript say when it is typeset?"""

from __future__ import annotations

from app.typesetting import Document, NoticeFacts, typeset
from app.typesetting.manuscript import in_form


def typeset_manuscript(facts: NoticeFacts, *, letter: bool) -> Document:
    """Set a manuscript; raises ``TypesettingError``."""
    title = facts.title.replace("\n", "") or "文稿"
    author = facts.head.removesuffix("文件") or facts.signed_by.replace("\n", "、") or title
    return typeset(
        "letter" if letter else "notice", in_form(facts, letter=letter), title=title, author=author
    )
