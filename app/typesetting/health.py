"""Can documents be set on this machine, and what is missing if not?"""

import ctypes
import io
from dataclasses import dataclass

from fontTools.ttLib import TTFont, TTLibError

from app.typesetting import faces
from app.typesetting.pool import isolation

# Shared library → Debian and Ubuntu package. Without the last one WeasyPrint still works, five
# times slower.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


@dataclass(frozen=True, slots=True)
class Health:
    """What is wrong. Names only: ``app.web`` has the sentences.

    ``missing_packages`` and ``damaged_typefaces`` must be empty in production;
    ``unusable_typefaces`` are files of the bureau's own folder that are passed over; without
    ``network_isolated`` the worker is kept from the network by Python alone.
    """

    missing_packages: tuple[str, ...]
    damaged_typefaces: tuple[str, ...]
    unusable_typefaces: tuple[str, ...]
    network_isolated: bool

    @property
    def sound(self) -> bool:
        return not (self.missing_packages or self.damaged_typefaces)


def health() -> Health:
    """Look at the libraries, the typefaces and the isolation; takes some 50 ms."""
    return Health(
        missing_packages=tuple(
            package for library, package in LIBRARIES.items() if not _loads(library)
        ),
        damaged_typefaces=tuple(faces.damaged()),
        unusable_typefaces=tuple(
            face.path.name for face in faces.licensed() if not _is_typeface(face.path.read_bytes())
        ),
        network_isolated=bool(isolation()),
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _is_typeface(content: bytes) -> bool:
    try:
        font = TTFont(io.BytesIO(content))
        return "hhea" in font and "OS/2" in font and bool(font.getBestCmap())
    except (TTLibError, KeyError):
        return False
