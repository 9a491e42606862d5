"""Which words does ``./portal`` understand, and which slice answers each?

A slice adds verbs in its ``commands.py``: ``add_commands(verbs)`` declares parsers with a default
``act``, a function that takes the parsed arguments and returns an exit code (0 done, 1 refused,
2 wrongly asked).  It runs inside the application context and writes through ``unit_of_work``.  A
verb that must not open the application (it replaces the database, say) has ``run`` instead; one
that shows records (``wants_records``) brings the demo data along when nothing was started yet.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import flask_migrate
import sqlalchemy
from pydantic import ValidationError

from app import create_app
from app.administration import backups, diagrams, instance
from app.administration import commands as administration
from app.administration.instance import Contents
from app.clocks import commands as clocks
from app.codes import actions as codes
from app.config import ROOT, Settings
from app.disclosures import commands as disclosures
from app.disclosures import logbook
from app.kernel.db import Writing, db, unit_of_work
from app.kernel.errors import PortalError, Refused
from app.manuscripts import commands as manuscripts
from app.people import queries as people
from app.public import commands as public
from app.serving import PortInUse, address_of, listen, serve
from app.tips import commands as tips
from app.tips.imports import commands as tip_imports
from app.web import words

DONE, REFUSED, PORT_IN_USE = 0, 1, 4
SLICES = (
    administration, diagrams, clocks, tips, tip_imports, disclosures, public, manuscripts,
)  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all verbs."""
    parser = argparse.ArgumentParser(prog="portal", description="利剑 Lijian, the one command")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    run = verbs.add_parser("run", help="start everything; see ./portal run --help")
    run.add_argument("--host", default="127.0.0.1")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--workers", type=int, default=2)
    run.add_argument("--empty", action="store_true")
    run.set_defaults(run=_run)
    migrate = verbs.add_parser("migrate", help="bring the database to this version's schema")
    migrate.set_defaults(run=_migrate)
    for commands in SLICES:
        commands.add_commands(verbs)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; returns the exit code."""
    asked = build_parser().parse_args(arguments)
    try:
        return _flushed(asked.run(asked) if hasattr(asked, "run") else _act(asked))
    except Refused as refusal:
        told = words.refusal(refusal.code, refusal.facts)
    except PortalError as refusal:
        told = str(refusal) or type(refusal).__name__
    except ValidationError as fault:
        told = f"a setting cannot be used: {fault}"
    except BrokenPipeError:
        # Whoever read the answer has enough of it: head, say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    if getattr(asked, "json", False):
        print(json.dumps({"error": told}, ensure_ascii=False))
    print(f"portal: {told}", file=sys.stderr)
    return REFUSED


def _flushed(code: int) -> int:
    """Return an exit code once the answer is out: who reads it may be gone by then."""
    sys.stdout.flush()
    return int(code)


def _act(asked: argparse.Namespace) -> int:
    settings = instance.settings()
    instance.make_private(settings.instance_path)
    if hasattr(asked, "wants_records") and asked.wants_records(asked):
        settings = _prepare(settings.instance_path, with_demo=True)
    with create_app(settings).app_context():
        if not _has_schema():
            _upgrade()
        return int(asked.act(asked))


def _has_schema() -> bool:
    return sqlalchemy.inspect(db.engine).has_table("alembic_version")


def _upgrade() -> None:
    with Writing.door():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    with unit_of_work():
        codes.install_defaults()
        logbook.log_what_was_published()


def _migrate(_asked: argparse.Namespace) -> int:
    settings = instance.settings()
    instance.make_private(settings.instance_path)
    with create_app(settings).app_context():
        _upgrade()
    return DONE


def _run(asked: argparse.Namespace) -> int:
    folder = Settings().instance_path
    instance.make_private(folder)
    try:
        with listen(asked.host, asked.port) as listener:
            settings = _prepare(folder, with_demo=not asked.empty)
            with backups.in_use(folder):
                _greet(settings, address_of(listener))
                return serve(
                    listener,
                    make_app=lambda: create_app(settings),
                    make_queue=lambda: create_app(settings).extensions["queue"],
                    workers=asked.workers,
                )
    except PortInUse:
        told = (
            f"port {asked.port} on {asked.host} is in use; stop what uses it, or choose another:"
            f" ./portal run --port {asked.port + 1}"
        )
        code = PORT_IN_USE
    except (backups.BackupFault, OSError) as fault:
        told, code = str(fault), REFUSED
    except KeyboardInterrupt:
        told, code = "interrupted before it served; start again", REFUSED
    print(f"portal: {told}", file=sys.stderr)
    return code


def _prepare(folder: Path, *, with_demo: bool) -> Settings:
    """Migrate; the first start, which nobody else may join, also decides about the demo data."""
    if instance.contents(folder) not in {Contents.DEMO, Contents.OWN}:
        with backups.in_use(folder, alone=True):
            _first_start(folder, with_demo=with_demo)
    settings = instance.settings()
    with create_app(settings).app_context():
        _upgrade()
        db.engine.dispose()
    return settings


def _first_start(folder: Path, *, with_demo: bool) -> None:
    """Fill a new database; demo data that an interrupted start left half loaded is begun anew."""
    settings = Settings()
    if instance.contents(folder) is Contents.DEMO_WANTED:
        backups.remove_database(settings)
    with create_app(settings).app_context():
        _upgrade()
        if not with_demo or people.everybody():
            instance.note_contents(folder, Contents.OWN)
        else:
            from app import demo  # noqa: PLC0415 - heavy, and wanted once

            instance.note_contents(folder, Contents.DEMO_WANTED)
            print("Loading demo data, about a minute …", file=sys.stderr, flush=True)
            demo.load()
            instance.note_contents(folder, Contents.DEMO)
        db.session.remove()
        db.engine.dispose()


def _greet(settings: Settings, address: str) -> None:
    print(f"利剑 Lijian\n  public face   {address}/\n  staff         {address}/desk")
    if settings.demo:
        from app import demo  # noqa: PLC0415 - an installation of its own never needs it

        print(f"  demo accounts, all with the password {demo.PASSWORD}:")
        for guide in demo.accounts():
            print(f"    {guide.account:<14} {guide.unit} {guide.title} {guide.name}: {guide.shows}")
    print("Ctrl-C ends everything.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
