"""Which verbs does an administrator have: first accounts, safety, backup, restore, figures?"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.administration import backups, benches, instance, originals, safety, sweeping
from app.administration.postgresql import ProgramFault
from app.config import Settings
from app.kernel import clock
from app.kernel.db import unit_of_work
from app.kernel.errors import PortalError
from app.kernel.roles import ADMINISTRATORS, Role
from app.people import actions as people
from app.units import actions as units
from app.units import queries
from app.units.models import Unit
from app.units.rules import UnitKind, UnitLevel

DONE, REFUSED = 0, 1
Verbs = Any  # argparse names the type of its own sub-parsers with a leading underscore


def add_commands(verbs: Verbs) -> None:
    """Declare the verbs; see app.cli for ``act`` (inside the application) and ``run`` (without)."""
    _add_admin(verbs)
    check = verbs.add_parser("check", help="refuse settings that are unsafe in production")
    check.add_argument("--json", action="store_true", help="answer as one JSON object")
    check.set_defaults(act=_check)
    _add_backup(verbs)
    sweep = verbs.add_parser(
        "sweep",
        help="remove kept files that no record names any more",
        description="Remove files that a refused form or an upload that never ended left on the"
        " shelf. The queue does so every night; what is younger than a week is never touched.",
    )
    sweep.add_argument(
        "--days", type=int, default=sweeping.YOUNGEST.days, help="not younger than this (7)"
    )
    sweep.add_argument("--dry-run", action="store_true", help="only say how many would go")
    sweep.add_argument("--json", action="store_true", help="answer as one JSON object")
    sweep.set_defaults(act=_sweep)
    _add_original(verbs)
    bench = verbs.add_parser("bench", help="measured figures beside their baselines")
    bench.add_argument("name", nargs="?", metavar="NAME", help="one benchmark; all when left out")
    bench.add_argument("--json", action="store_true", help="answer with one JSON object a line")
    bench.add_argument("--full", action="store_true", help="in full length, some take minutes")
    bench.set_defaults(run=_bench)


def _add_original(verbs: Verbs) -> None:
    original = verbs.add_parser(
        "original",
        help="a picture as it was sent in, as evidence",
        description="Pages show pictures without place and device; the originals lie sealed."
        " Without --take the record's files are listed. Taking one out is written into the trail.",
    )
    original.add_argument("record", help="number of the record")
    original.add_argument("--take", metavar="SHA256", help="the file to take out")
    original.add_argument("--out", type=Path, help="where to; nothing is written over")
    original.add_argument("--reason", help="what it is needed for")
    original.add_argument("--json", action="store_true", help="answer as one JSON object")
    original.set_defaults(act=_original)


def _add_admin(verbs: Verbs) -> None:
    admin = verbs.add_parser("admin", help="the first administrators")
    create = admin.add_subparsers(metavar="ACT", required=True).add_parser(
        "create",
        help="an administrator with a one-time password",
        description="Make an administrator's account. The password is printed once and must be"
        " changed at the first sign-in. The three roles are kept apart: one person, one role.",
    )
    create.add_argument("account")
    create.add_argument("--name", required=True, help="the person's name")
    create.add_argument(
        "--role", required=True, choices=sorted(role.value for role in ADMINISTRATORS)
    )
    create.add_argument("--unit", required=True, help="code of the unit, see --found")
    create.add_argument("--found", metavar="NAME", help="make the first unit, of this name")
    create.add_argument("--division", metavar="CODE", help="with --found: its GB/T 2260 division")
    create.add_argument("--json", action="store_true", help="answer as one JSON object")
    create.set_defaults(act=_create_administrator)


def _add_backup(verbs: Verbs) -> None:
    acts = verbs.add_parser("backup", help="a copy that can prove itself").add_subparsers(
        metavar="ACT", required=True
    )
    make = acts.add_parser("make", help="copy database and attachments; keys are never included")
    make.add_argument("--to", type=Path, help="a folder to make (instance/backups/TIME)")
    make.set_defaults(run=_make_backup)
    verify = acts.add_parser("verify", help="read every byte of a backup and prove it")
    verify.add_argument("folder", type=Path)
    verify.set_defaults(run=_verify_backup)
    restore = verbs.add_parser("restore", help="put a backup in place, verified before and after")
    restore.add_argument("folder", type=Path)
    restore.add_argument(
        "--replace", action="store_true", help="move the present database aside (never deleted)"
    )
    restore.set_defaults(run=_restore)
    for parser in (make, verify, restore):
        parser.add_argument("--json", action="store_true", help="answer as one JSON object")


def _tell(asked: argparse.Namespace, answer: dict[str, Any], lines: Iterable[str]) -> None:
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print("\n".join(lines))


def _create_administrator(asked: argparse.Namespace) -> int:
    with unit_of_work():
        unit = _found(asked) if asked.found else queries.by_code_or_none(asked.unit)
        if unit is None:
            raise PortalError(f"no unit has the code {asked.unit}")
        person, password = people.create_person(asked.account, asked.name, by=None)
        people.grant_post(person, unit, Role(asked.role), by=None)
        answer = {"account": person.account, "role": asked.role, "password": password}
    _tell(
        asked,
        answer,
        (
            f"account   {answer['account']} ({answer['role']})",
            f"password  {password}",
            "It is shown this once and must be changed at the first sign-in.",
        ),
    )
    return DONE


def _found(asked: argparse.Namespace) -> Unit:
    """Make the first unit, a bureau of the level its division code shows."""
    if queries.tree():
        raise PortalError("there are units already; leave --found out")
    division = asked.division or asked.unit
    level = (
        UnitLevel.PROVINCE if division.endswith("0000")
        else UnitLevel.CITY if division.endswith("00")
        else UnitLevel.COUNTY
    )  # fmt: skip
    facts = units.UnitFacts(asked.found, asked.found, UnitKind.BUREAU, level, division)
    return units.create(asked.unit, facts, parent=None, by=None)


def _check(asked: argparse.Namespace) -> int:
    findings = safety.examine(instance.settings())
    faults = [finding for finding in findings if finding.fault]
    _tell(
        asked,
        {"safe": not faults, "findings": [asdict(finding) for finding in findings]},
        (line(finding) for finding in findings),
    )
    return REFUSED if faults else DONE


def line(finding: safety.Finding) -> str:
    """Return what a terminal is told of one question."""
    if finding.fault:
        return f"FAULT {finding.question}: {finding.fault}; {finding.remedy}"
    word = "warn" if finding.warns else "ok"
    return f"{word:5} {finding.question}{': ' if finding.note else ''}{finding.note}"


def _sweep(asked: argparse.Namespace) -> int:
    swept = sweeping.sweep(timedelta(days=asked.days), is_trial=asked.dry_run)
    said = "would go" if asked.dry_run else "removed"
    told = (
        f"{swept.files} files of {swept.bytes} bytes {said}, {swept.unfinished} unfinished uploads"
    )
    _tell(asked, {"removed": not asked.dry_run, **asdict(swept)}, (told,))
    return DONE


def _original(asked: argparse.Namespace) -> int:
    found = originals.of(asked.record)
    if not asked.take:
        files = [{"sha256": file.sha256, "name": file.name, "size": file.size} for file in found]
        lines = [f"{file['sha256']}  {file['name']}  {file['size']} bytes" for file in files]
        _tell(asked, {"files": files}, lines)
        return DONE if files else REFUSED
    if asked.take not in {file.sha256 for file in found} or not asked.out or not asked.reason:
        raise PortalError("taking a file out needs one of this record's, --out and --reason")
    try:
        size = originals.take(asked.take, asked.out, reason=asked.reason)
    except (OSError, ValueError) as fault:
        raise PortalError(str(fault)) from fault
    _tell(asked, {"size": size}, (f"{size} bytes written to {asked.out}",))
    return DONE


def _guarded(asked: argparse.Namespace, work: Callable[[], tuple[backups.Summary, str]]) -> int:
    try:
        summary, said = work()
    except (backups.BackupFault, ProgramFault) as fault:
        if asked.json:
            print(json.dumps({"ok": False, "fault": str(fault)}, ensure_ascii=False))
        print(f"portal: refused: {fault}", file=sys.stderr)
        return REFUSED
    _tell(
        asked,
        {"ok": True, **asdict(summary)},
        (
            f"{said}: {summary.folder}",
            f"made at {summary.made_at}, {summary.database}, schema {summary.revision}",
            f"{summary.files} files, {summary.bytes} bytes",
            f"reporters' fields are sealed with vault key {summary.vault_key}, which is not inside",
        ),
    )
    return DONE


def _make_backup(asked: argparse.Namespace) -> int:
    settings, at = Settings(), clock.now()
    target = asked.to or settings.instance_path / "backups" / f"{at:%Y%m%dT%H%M%SZ}"
    return _guarded(asked, lambda: (backups.make(settings, target, at), "made and verified"))


def _verify_backup(asked: argparse.Namespace) -> int:
    return _guarded(asked, lambda: (backups.verify(asked.folder), "verified"))


def _restore(asked: argparse.Namespace) -> int:
    def work() -> tuple[backups.Summary, str]:
        summary, replaced = backups.restore(
            Settings(), asked.folder, clock.now(), replace=asked.replace
        )
        return (
            summary,
            f"restored (the former database is in {replaced})" if replaced else "restored",
        )

    return _guarded(asked, work)


def _bench(asked: argparse.Namespace) -> int:
    known = benches.names()
    if asked.name and asked.name not in known:
        print(f"portal: no benchmark {asked.name}; there are: {', '.join(known)}", file=sys.stderr)
        return REFUSED
    met = True
    for name in [asked.name] if asked.name else known:
        for figure in benches.run(name, full=asked.full):
            met = met and figure.is_met
            _tell(
                asked, asdict(figure) | {"ratio": figure.ratio, "met": figure.is_met}, [str(figure)]
            )
    return DONE if met else REFUSED
