"""What do people do with a foreign list: hand it in, say what its columns are, try it, take it?

Reading and looking up happen outside any transaction; then one short transaction keeps all or
nothing.  A row whose number came in before, in this list or an earlier one, is passed over.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, insert

from app.kernel import audit, clock, jobs, vault
from app.kernel.db import db
from app.kernel.errors import IllegalTransition, Refused
from app.kernel.identity import Identity
from app.kernel.permissions import require
from app.tips import intake
from app.tips.arrivals import Arrival, LookUp, receive_all
from app.tips.imports import access as _policy  # noqa: F401 - declares the permission
from app.tips.imports import headings, queries, rules
from app.tips.imports.headings import Field
from app.tips.imports.models import (
    ImportedNumber,
    ImportState,
    TipImport,
    TipImportFault,
    TipImportFile,
    TipImportMapping,
)
from app.tips.imports.rules import Fault, Line, Reading
from app.tips.imports.tables import Table

IMPORTED = audit.declare("tip.list_imported", "rows", "tips", "known", "source")
CHECK, KEEP = "tips.check_import", "tips.keep_import"
#: After so many rows the job says how far it is.
STEP = 500
MOST_FAULTS = 100_000


def _nowhere(_done: int, _total: int) -> None:
    """Say to nobody how far it is."""


Told = Callable[[int, int], None]


@dataclass
class Outcome:
    """What a list would become, and what is wrong with it; nothing is kept yet."""

    rows: int
    lines: list[Line] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    known: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def wrong_rows(self) -> int:
        """How many rows something is wrong with."""
        return len({fault.row for fault in self.faults})


# Handing in and reading -----------------------------------------------------------------------


def upload(table: Table, content: bytes, filename: str, *, by: Identity) -> TipImport:
    """Keep a list, sealed, until it is taken in or dropped."""
    require(by, "tip:import")
    run = TipImport(
        unit_path=by.bureau_path,
        by_id=by.person_id,
        at=clock.now(),
        filename=filename[-120:],
        form=table.form,
        headings=list(table.headings),
        columns={each.value: at for each, at in headings.recognised(table.headings).items()},
        row_count=len(table.rows),
    )
    db.session.add(run)
    db.session.flush()
    sealed = vault.seal(base64.b64encode(content).decode(), field=queries.SEALED_AS)
    db.session.add(TipImportFile(import_id=run.id, content_sealed=sealed))
    return run


def read(table: Table, columns: Mapping[Field, int], source: str, told: Told = _nowhere) -> Outcome:
    """Read every row and collect every fault; keeps nothing."""
    headings.check_mapping(columns)
    words = queries.vocabulary()
    outcome = Outcome(rows=len(table.rows))
    named: list[tuple[int, str]] = []
    for at, row in enumerate(table.rows):
        if at % STEP == 0:
            told(at, len(table.rows))
        if not any(row):
            continue
        cells = {each: row[column] for each, column in columns.items() if column < len(row)}
        reading = Reading(table.first + at, cells, words)
        line = reading.line()
        outcome.faults += reading.faults
        number = reading.number or _mark(row)
        named.append((table.first + at, number))
        if line is not None:
            outcome.lines.append(line)
            outcome.numbers.append(number)
    for again, first in rules.repeated(named):
        outcome.faults.append(Fault(again, Field.NUMBER, "import_repeated", str(first)))
    outcome.faults.sort(key=lambda fault: fault.row)
    _pass_over(outcome, source)
    return outcome


def _mark(row: Sequence[str]) -> str:
    """Return what stands for a row without a number: its whole content, keyed."""
    return "=" + vault.blind_index("\x1f".join(row), field="tip_import.row")


def _pass_over(outcome: Outcome, source: str) -> None:
    known = queries.known(source, outcome.numbers)
    fresh = [
        pair
        for pair in zip(outcome.lines, outcome.numbers, strict=True)
        if pair[1] not in known
    ]  # fmt: skip
    outcome.known += len(outcome.lines) - len(fresh)
    outcome.lines = [line for line, _number in fresh]
    outcome.numbers = [number for _line, number in fresh]


# Trying and keeping ---------------------------------------------------------------------------


def check(run: TipImport, columns: Mapping[Field, int], source: str, *, by: Identity) -> jobs.Job:
    """Ask for the dry run of a list whose columns were named."""
    require(by, "tip:import", run)
    if run.state not in {ImportState.UPLOADED, ImportState.CHECKED} and not queries.is_stuck(run):
        raise IllegalTransition(run.state, "check")
    headings.check_mapping(columns)
    if any(column >= len(run.headings) for column in columns.values()):
        raise Refused("import_column_needed")
    run.columns = {each.value: column for each, column in columns.items()}
    run.source = source
    return _ask(run, CHECK, ImportState.CHECKING, by)


def keep(run: TipImport, *, by: Identity) -> jobs.Job:
    """Ask for a faultless list to be taken in."""
    require(by, "tip:import", run)
    if run.state is not ImportState.CHECKED:
        raise IllegalTransition(run.state, "keep")
    if run.fault_count:
        raise Refused("import_has_faults")
    if not run.new_count:
        raise Refused("import_nothing_new")
    return _ask(run, KEEP, ImportState.KEEPING, by)


def _ask(run: TipImport, kind: str, state: ImportState, by: Identity) -> jobs.Job:
    job = jobs.ask(
        kind, by_id=by.person_id, total=run.row_count,
        number=run.id, person_id=by.person_id, unit_id=by.unit_id,
    )  # fmt: skip
    run.state, run.job_id = state, job.id
    return job


def note_outcome(run: TipImport, outcome: Outcome) -> None:
    """Write down what the dry run found."""
    db.session.execute(delete(TipImportFault).where(TipImportFault.import_id == run.id))
    rows = [
        {
            "import_id": run.id, "row": each.row, "code": each.code, "value": each.value,
            "field": each.field.value if each.field else "",
        }
        for each in outcome.faults[:MOST_FAULTS]
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(TipImportFault), rows)
    run.new_count, run.known_count = len(outcome.lines), outcome.known
    run.wrong_count, run.fault_count = outcome.wrong_rows, len(outcome.faults)
    run.state = ImportState.CHECKED


def arrivals(outcome: Outcome, *, by: Identity | None, told: Told = _nowhere) -> list[Arrival]:
    """Look up places, enterprises and prints of a faultless list, before the write door opens."""
    look_up = LookUp((line.words.get(Field.SUBJECT, "") for line in outcome.lines), by)
    made = []
    for at, line in enumerate(outcome.lines):
        if at % STEP == 0:
            told(at, len(outcome.lines))
        made.append(_arrival(line, look_up))
    return made


def _arrival(line: Line, look_up: LookUp) -> Arrival:
    words = line.words
    account = intake.Account(
        kinds=line.kinds,
        facts=words[Field.FACTS],
        subject_name=words.get(Field.SUBJECT, ""),
        subject_address=words.get(Field.SUBJECT_ADDRESS, ""),
        division_code=line.division,
        seller=words.get(Field.SELLER, ""),
        product_code=line.product,
        brand_model=words.get(Field.BRAND, ""),
        batch=words.get(Field.BATCH, ""),
        bought_on=line.bought,
        amount=line.amount,
        wishes=line.wishes,
    )
    caller = intake.Caller(
        line.standing,
        words.get(Field.CALLER_NAME, ""),
        words.get(Field.PHONE, ""),
        words.get(Field.CALLER_ADDRESS, ""),
    )
    at = line.received.replace(tzinfo=clock.LEGAL_ZONE)
    return look_up.arrival(account, caller, channel=line.channel, at=at)


def take_in(
    outcome: Outcome,
    arriving: Sequence[Arrival],
    source: str,
    reference: str,
    *,
    by: Identity | None,
) -> int:
    """Keep a whole list in the running transaction; returns how many tips it became.

    Raises:
        Refused: ``import_changed`` when one of its rows came in meanwhile by another way.
    """
    if outcome.faults:
        raise Refused("import_has_faults")
    if queries.known(source, outcome.numbers):
        raise Refused("import_changed")
    made = receive_all(arriving, by=by) if arriving else []
    rows = [
        {"source": source, "number": number, "tip_id": ids[0]}
        for number, ids in zip(outcome.numbers, made, strict=True)
    ]
    if rows:
        db.session.execute(insert(ImportedNumber), rows)
    tips = sum(map(len, made))
    audit.record(
        IMPORTED, "import", reference, by=by,
        rows=outcome.rows, tips=tips, known=outcome.known, source=source,
    )  # fmt: skip
    return tips


def note_kept(run: TipImport) -> None:
    """Close a list that is in: the file is of no more use and goes."""
    run.state = ImportState.KEPT
    _forget_file(run)


def drop(run: TipImport, *, by: Identity) -> None:
    """Throw a list away that is not wanted; nothing of it stays."""
    require(by, "tip:import", run)
    if run.state in {ImportState.KEPT, ImportState.KEEPING} and not queries.is_stuck(run):
        raise IllegalTransition(run.state, "drop")
    db.session.execute(delete(TipImportFault).where(TipImportFault.import_id == run.id))
    _forget_file(run)
    db.session.delete(run)


def _forget_file(run: TipImport) -> None:
    db.session.execute(delete(TipImportFile).where(TipImportFile.import_id == run.id))


def save_mapping(run: TipImport, name: str, *, by: Identity) -> None:
    """Remember under a name which headings are which; the same name again replaces it."""
    require(by, "tip:import", run)
    kept = queries.mapping_named(name, by.bureau_path)
    if kept is None:
        kept = TipImportMapping(unit_path=by.bureau_path, name=name)
        db.session.add(kept)
    kept.headings = {each: run.headings[column] for each, column in run.columns.items()}
