"""Is each unsafe setting refused, and a safe installation let through?"""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.administration import commands, instance, safety
from app.administration.instance import Contents
from app.config import Settings
from app.kernel import clock
from app.kernel.db import db, wire
from app.typesetting import faces
from tests.support import certificates


@dataclass
class Site:
    """An installation and the means to spoil it."""

    settings: Settings
    patch: pytest.MonkeyPatch


Plant = Callable[[Site], object]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A safe installation."""
    monkeypatch.delenv("FLASK_DEBUG", raising=False)
    safe = Settings(
        instance_path=tmp_path / "instance", https=True, trusted_hosts="lijian.example",
        database_url="", debug=False, testing=False, demo=False, sqlite_synchronous="FULL",
    )  # fmt: skip
    instance.make_private(safe.instance_path)
    for name in ("session", "vault"):
        safe.secret(name)
    return safe


@pytest.fixture
def database(settings: Settings) -> Iterator[None]:
    """An application that knows the database and nothing else."""
    app = Flask("small")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.url
    db.init_app(app)
    with app.app_context():
        wire(db.engine, synchronous=settings.sqlite_synchronous)
        yield
        db.session.remove()
        db.engine.dispose()


def faults(settings: Settings) -> list[str]:
    return [finding.question for finding in safety.examine(settings) if finding.fault]


def test_a_safe_installation_is_let_through(settings, database):
    assert faults(settings) == []
    assert [finding.question for finding in safety.examine(settings)] == list(safety.CHECKS)


def key(settings: Settings, name: str = "session") -> Path:
    return settings.instance_path / "keys" / f"{name}.json"


def write_key(value: object) -> Plant:
    def plant(site: Site) -> None:
        key(site.settings).write_text(json.dumps({"value": value}), "utf-8")

    return plant


def without_pango(site: Site) -> None:
    real = ctypes.CDLL

    def load(name: str | None) -> ctypes.CDLL:
        if name == "libpango-1.0.so.0":
            raise OSError(name)
        return real(name)

    site.patch.setattr(ctypes, "CDLL", load)


def with_an_altered_font(site: Site) -> None:
    first, *others = faces.bundled()
    altered = site.settings.instance_path / first.path.name
    altered.write_bytes(first.path.read_bytes() + b"\0")
    site.patch.setattr(faces, "bundled", lambda: (replace(first, path=altered), *others))


def twin_keys(site: Site) -> None:
    key(site.settings).write_text(key(site.settings, "vault").read_text("utf-8"), "utf-8")


LAST = datetime(2026, 9, 22, tzinfo=UTC)


def with_a_signature(open_to_others: str = "", passphrase: bytes = b"", **over: object) -> Plant:
    def plant(site: Site) -> None:
        signer = certificates.certified(certificates.HOLDER, **over)
        folder = site.settings.instance_path
        kept = certificates.keep(folder, signer, above=())
        kept.passphrase.write_bytes(passphrase or certificates.PASSPHRASE)
        site.settings.signature_file = kept.file
        site.settings.signature_passphrase_file = kept.passphrase
        if open_to_others:
            (folder / open_to_others).chmod(0o640)

    return plant


def in_the_source(site: Site) -> None:
    with_a_signature()(site)
    site.patch.setattr(safety, "ROOT", site.settings.instance_path.parent)
    site.settings.signature_file = moved(site.settings.signature_file)


def moved(file: Path) -> Path:
    return file.rename(file.parent.parent / file.name)


PLANTS: dict[str, tuple[str, Plant]] = {
    "debug": ("debug", lambda at: setattr(at.settings, "debug", True)),
    "testing": ("debug", lambda at: setattr(at.settings, "testing", True)),
    "flask debug": ("debug", lambda at: at.patch.setenv("FLASK_DEBUG", "1")),
    "demo accounts": ("demo", lambda at: setattr(at.settings, "demo", True)),
    "no TLS": ("https", lambda at: setattr(at.settings, "https", False)),
    "any host": ("hosts", lambda at: setattr(at.settings, "trusted_hosts", "")),
    "default secret": ("secrets", write_key("changeme")),
    "short secret": ("secrets", write_key("4f2a9c")),
    "dull secret": ("secrets", write_key("abab" * 16)),
    "no text": ("secrets", write_key(12345)),
    "not even JSON": ("secrets", lambda at: key(at.settings).write_text("{")),
    "one secret for two": ("secrets", twin_keys),
    "readable key": ("privacy", lambda at: key(at.settings).chmod(0o644)),
    "group may read key": ("privacy", lambda at: key(at.settings).chmod(0o640)),
    "open key folder": ("privacy", lambda at: key(at.settings).parent.chmod(0o755)),
    "open instance": ("privacy", lambda at: at.settings.instance_path.chmod(0o755)),
    "readable certificate": ("privacy", with_a_signature(open_to_others="signer.p12")),
    "readable passphrase": ("privacy", with_a_signature(open_to_others="passphrase")),
    "expired certificate": ("signature", with_a_signature(until=LAST)),
    "wrong passphrase": ("signature", with_a_signature(passphrase=b"wrong")),
    "certificate in the source": ("signature", in_the_source),
    "no pango": ("libraries", without_pango),
    "altered font": ("fonts", with_an_altered_font),
}


@pytest.mark.parametrize("name", PLANTS)
def test_each_unsafe_setting_is_refused(name, settings, database, monkeypatch):
    question, plant = PLANTS[name]
    plant(Site(settings, monkeypatch))
    assert faults(settings) == [question]


@pytest.mark.parametrize(("days", "told"), [(100, "ok"), (31, "ok"), (30, "warn"), (0, "warn")])
def test_a_sound_certificate_is_told_and_an_ending_one_warned_of(
    days, told, settings, database, monkeypatch
):
    with clock.frozen(LAST):
        until = LAST + timedelta(days=days)
        with_a_signature(until=until)(Site(settings, monkeypatch))
        (found,) = [each for each in safety.examine(settings) if each.question == "signature"]
        assert certificates.HOLDER in found.note
        assert f"{until:%Y-%m-%d}" in found.note
        assert commands.line(found).startswith(f"{told:5} signature: names ")
        assert ("left, renew it" in found.note) == (told == "warn")
        assert faults(settings) == []


def test_a_database_that_does_not_wait_for_the_disk_is_refused(settings):
    app = Flask("small")
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.url
    db.init_app(app)
    with app.app_context():
        wire(db.engine, synchronous="OFF")
        assert faults(settings) == ["durability"]
        settings.sqlite_synchronous = "OFF"
        assert faults(settings) == ["durability", "durability"]
        db.session.remove()
        db.engine.dispose()


def test_a_database_that_does_not_answer_is_refused(settings, database):
    db.engine.dispose()
    (settings.instance_path / "portal.db").unlink(missing_ok=True)
    (settings.instance_path / "portal.db").mkdir()
    assert faults(settings) == ["durability"]


def test_every_fault_has_a_remedy(settings, database):
    settings.debug = settings.demo = True
    settings.https, settings.trusted_hosts = False, ""
    key(settings).chmod(0o666)
    found = [finding for finding in safety.examine(settings) if finding.fault]
    assert len(found) == 5
    assert all(finding.remedy for finding in found)


def test_the_instance_folder_remembers_its_demo_data(settings, monkeypatch):
    monkeypatch.setenv("PORTAL_INSTANCE_PATH", str(settings.instance_path))
    assert instance.contents(settings.instance_path) is None
    assert instance.settings().demo is False
    instance.note_contents(settings.instance_path, Contents.DEMO)
    assert instance.settings().demo is True


def test_the_instance_folder_is_closed_to_others(tmp_path):
    (tmp_path / "open").mkdir(mode=0o777)
    instance.make_private(tmp_path / "open")
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o700
