"""What may be typed into the page of a notice?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.kernel import storage
from app.web.wtf import BlockField, HouseForm, PhotoField, required

#: Papers and pictures; sound and film are evidence, no annex.
PAPERS = frozenset(kind for kind in storage.DOCUMENTS if not kind.startswith(("audio/", "video/")))


class FilesForm(HouseForm):
    """Files that go with a draft."""

    files = PhotoField(_l("附件文件"), [required(_l("请选择文件。"))], allowed=PAPERS)


class ReasonForm(HouseForm):
    """An act that needs its reason in words."""

    reason = BlockField(_l("理由"), [required(_l("请写明理由。"))], most=500)


class ActForm(HouseForm):
    """An act of one button."""
