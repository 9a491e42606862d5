"""Is this installation safe enough for real reports? Each answer comes with its remedy."""

from __future__ import annotations

import ctypes
import json
import math
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from app.config import ROOT, Settings
from app.kernel import clock, signature
from app.kernel.db import db, durability_faults
from app.typesetting import faces

LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
#: Of a key in hexadecimal: 32 random bytes have 64 digits and nearly 4 bits of entropy in each.
KEY_DIGITS = 64
KEY_ENTROPY = 3.0


@dataclass(frozen=True)
class Finding:
    """One question that was asked: what is wrong (nothing when empty) and how to mend it."""

    question: str
    fault: str = ""
    remedy: str = ""
    #: What is worth knowing though nothing is wrong; ``warns`` when that will not last.
    note: str = ""
    warns: bool = False


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> list[Finding]:
    """Ask every question; a question without a fault is listed too."""
    return [
        finding
        for question, check in CHECKS.items()
        for finding in (list(check(settings)) or [Finding(question)])
    ]


def _debug(settings: Settings) -> Iterator[Finding]:
    for name, value in (("PORTAL_DEBUG", settings.debug), ("PORTAL_TESTING", settings.testing)):
        if value:
            yield Finding("debug", f"{name} is on", f"unset {name}")
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        yield Finding("debug", "FLASK_DEBUG is on", "unset FLASK_DEBUG")


def _demo(settings: Settings) -> Iterator[Finding]:
    if settings.demo:
        yield Finding(
            "demo",
            "demo accounts with known passwords are here",
            "start anew: ./portal run --empty",
        )


def _https(settings: Settings) -> Iterator[Finding]:
    if not settings.https:
        yield Finding(
            "https", "cookies travel unencrypted", "serve through TLS and set PORTAL_HTTPS=1"
        )


def _hosts(settings: Settings) -> Iterator[Finding]:
    if not settings.trusted_hosts:
        yield Finding(
            "hosts", "any Host header is believed", "set PORTAL_TRUSTED_HOSTS to our names"
        )


def _secrets(settings: Settings) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for path in _key_files(settings):
        fault = weakness(path.read_text("utf-8"))
        twin = seen.setdefault(path.read_text("utf-8"), path.name)
        if twin != path.name:
            fault = f"is the same as {twin}"
        if fault:
            yield Finding("secrets", f"{path.name} {fault}", f"remove {path}, a new one is made")


def weakness(content: str) -> str:
    """Say why the content of a key file is no secret; empty when it is one."""
    try:
        value = json.loads(content)["value"]
    except (ValueError, TypeError, KeyError):
        return "cannot be read"
    if not isinstance(value, str) or len(value) < KEY_DIGITS:
        return "is too short"
    shares = [count / len(value) for count in Counter(value).values()]
    if -sum(share * math.log2(share) for share in shares) < KEY_ENTROPY:
        return "is not random"
    return ""


def _privacy(settings: Settings) -> Iterator[Finding]:
    instance = settings.instance_path
    given = (settings.signature_file, settings.signature_passphrase_file)
    for path in (instance, instance / "keys", *_key_files(settings), *filter(None, given)):
        if not path.exists():  # what is not made yet is open to nobody
            continue
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            wanted = "700" if path.is_dir() else "600"
            yield Finding(
                "privacy", f"{path} is open to others ({mode:o})", f"chmod {wanted} {path}"
            )


def _key_files(settings: Settings) -> list[Path]:
    return sorted((settings.instance_path / "keys").glob("*.json"))


def _durability(settings: Settings) -> Iterator[Finding]:
    if settings.sqlite_synchronous != "FULL":
        yield Finding(
            "durability",
            f"PORTAL_SQLITE_SYNCHRONOUS is {settings.sqlite_synchronous}",
            "unset PORTAL_SQLITE_SYNCHRONOUS",
        )
    try:
        with db.engine.connect() as connection:
            faults = durability_faults(connection)
    except SQLAlchemyError as fault:
        faults = [f"the database does not answer: {fault.__class__.__name__}"]
    for fault_found in faults:
        yield Finding("durability", fault_found, "a power cut could lose what was acknowledged")


def _libraries(_settings: Settings) -> Iterator[Finding]:
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            yield Finding("libraries", f"{library} is missing", f"apt-get install -y {package}")


def _fonts(_settings: Settings) -> Iterator[Finding]:
    for name in faces.damaged():
        yield Finding("fonts", f"{name} is missing or altered", "restore it from the source")


REMEDIES = {
    signature.Fault.NO_FILE: "PORTAL_SIGNATURE_FILE names a PKCS#12 file that is there",
    signature.Fault.NO_PASSPHRASE: "PORTAL_SIGNATURE_PASSPHRASE_FILE names a file we may read",
    signature.Fault.UNREADABLE: "give the passphrase of this PKCS#12 file, or export it anew",
    signature.Fault.NO_KEY: "export the certificate together with its key",
    signature.Fault.ALGORITHM: "RSA from 2048 bits or a NIST curve; SM2 cannot be used yet",
    signature.Fault.USAGE: "the certificate must be issued for signing",
    signature.Fault.EARLY: "wait, or correct the clock of this machine",
    signature.Fault.EXPIRED: "renew it; unset PORTAL_SIGNATURE_FILE to publish without signature",
}


def _signature(settings: Settings) -> Iterator[Finding]:
    found = signature.condition(settings.signing)
    if found is None:
        return
    named = f"names {found.holder}, until {found.until:%Y-%m-%d}" if found.until else ""
    if found.fault:
        told = f"the certificate cannot sign ({found.fault}) {named}".strip()
        yield Finding("signature", f"{told}: nothing is published", REMEDIES[found.fault])
    elif found.is_ending(clock.now()):
        told = f"{named}: {found.days_left(clock.now())} days left, renew it"
        yield Finding("signature", note=told, warns=True)
    else:
        yield Finding("signature", note=named)
    for path in filter(None, (settings.signature_file, settings.signature_passphrase_file)):
        if path.resolve().is_relative_to(ROOT) and not path.resolve().is_relative_to(
            settings.instance_path.resolve()
        ):
            yield Finding("signature", f"{path} lies in the source", "keep it elsewhere")


CHECKS: Mapping[str, Check] = {
    "debug": _debug,
    "demo": _demo,
    "https": _https,
    "hosts": _hosts,
    "secrets": _secrets,
    "privacy": _privacy,
    "signature": _signature,
    "durability": _durability,
    "libraries": _libraries,
    "fonts": _fonts,
}
