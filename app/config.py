"""Which settings does this installation run with, and where do its secrets live?"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.kernel import signature

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Typed settings; every one can be given as an environment variable ``PORTAL_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", extra="ignore")

    instance_path: Path = ROOT / "instance"
    database_url: str = ""
    face: Literal["staff", "public", "all"] = "all"
    https: bool = False
    trusted_hosts: str = ""
    proxy_hops: int = Field(default=0, ge=0, le=5)
    debug: bool = False
    testing: bool = False
    demo: bool = False
    sqlite_synchronous: Literal["FULL", "OFF"] = "FULL"
    cipher: Literal["aes", "sm4"] = "aes"
    redis_url: str = ""
    jobs_immediate: bool = False
    licensed_fonts: Path | None = None
    idle_minutes: int = Field(default=30, ge=5, le=240)
    session_hours: int = Field(default=12, ge=1, le=24)
    max_upload_megabytes: int = Field(default=48, ge=1, le=512)
    hotline: str = "12315"
    #: Where readers find the public face; printed in QR codes. Empty: the address that was asked.
    public_url: str = ""
    public_title: str = "产品质量执法公开"
    #: The certificate that signs published files, with its key (PKCS#12); none: no signatures.
    signature_file: Path | None = None
    #: A file whose only line opens it.
    signature_passphrase_file: Path | None = None
    #: What the signature says of itself, for readers of the file.
    signature_reason: str = ""
    signature_place: str = ""
    #: Roots (PEM) that the certificate of a signature shall lead to when one is checked.
    signature_roots: Path | None = None

    @property
    def url(self) -> str:
        """The database address: the given one, else the SQLite file of the instance folder."""
        return self.database_url or f"sqlite:///{self.instance_path / 'portal.db'}"

    @property
    def signing(self) -> signature.Terms:
        """What is said here about signing files."""
        return signature.Terms(
            self.signature_file,
            self.signature_passphrase_file,
            self.signature_reason,
            self.signature_place,
            self.signature_roots,
        )

    def secret(self, name: str) -> str:
        """Return a named secret of the instance folder, made on first use, readable by us only."""
        folder = self.instance_path / "keys"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{name}.json"
        try:
            with path.open("x", encoding="utf-8") as new:
                path.chmod(0o600)
                json.dump({"value": secrets.token_hex(32)}, new)
        except FileExistsError:
            pass
        value = json.loads(path.read_text("utf-8"))["value"]
        return str(value)
