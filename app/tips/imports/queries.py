"""Which lists are on their way in, what is wrong with them, and what came in before?"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from sqlalchemy import select

from app.codes import queries as codes
from app.kernel import clock, jobs, vault
from app.kernel.db import db
from app.kernel.errors import NotFound
from app.kernel.identity import Identity
from app.kernel.text import fold
from app.tips.imports.models import (
    ImportedNumber,
    ImportState,
    TipImport,
    TipImportFault,
    TipImportFile,
    TipImportMapping,
)
from app.tips.imports.rules import Vocabulary
from app.units import queries as units

PER_PAGE = 50
SEALED_AS = "tip_import.content"
#: How many numbers one question names.
ASKED_AT_ONCE = 500


def by_number(number: int, who: Identity) -> TipImport:
    """Return a list of the viewer's own bureau, or refuse (404)."""
    query = select(TipImport).where(TipImport.id == number, TipImport.unit_path == who.bureau_path)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def newest(who: Identity, *, limit: int = 20) -> Sequence[TipImport]:
    """Return the bureau's lists, newest first."""
    query = select(TipImport).where(TipImport.unit_path == who.bureau_path)
    return db.session.scalars(query.order_by(TipImport.id.desc()).limit(limit)).all()


def in_state(number: int, state: ImportState) -> TipImport | None:
    """Return a list that is in a state, for the job that was asked to do the next step."""
    found = db.session.get(TipImport, number)
    return found if found is not None and found.state is state else None


def content_of(run: TipImport) -> bytes:
    """Open a list that is not in yet, or refuse (404): it is gone once it is kept."""
    kept = db.session.get(TipImportFile, run.id)
    if kept is None:
        raise NotFound
    return base64.b64decode(vault.unseal(kept.content_sealed, field=SEALED_AS))


def is_stuck(run: TipImport) -> bool:
    """Tell whether the job of a list failed, so that it may be asked for again."""
    return jobs.state_of(run.job_id) is jobs.JobState.FAILED


def faults(run: TipImport, *, page: int | None = None) -> Sequence[TipImportFault]:
    """Return what is wrong, in the order of the file: one page of it, or all."""
    query = select(TipImportFault).where(TipImportFault.import_id == run.id)
    query = query.order_by(TipImportFault.row, TipImportFault.id)
    if page is not None:
        query = query.limit(PER_PAGE).offset((page - 1) * PER_PAGE)
    return db.session.scalars(query).all()


def mappings(who: Identity) -> Sequence[TipImportMapping]:
    """Return the bureau's saved mappings."""
    query = select(TipImportMapping).where(TipImportMapping.unit_path == who.bureau_path)
    return db.session.scalars(query.order_by(TipImportMapping.name)).all()


def mapping_named(name: str, unit_path: str | None = None) -> TipImportMapping | None:
    """Return a saved mapping: a bureau's own, or (the administrator's verb) any of that name."""
    query = select(TipImportMapping).where(TipImportMapping.name == name)
    if unit_path is not None:
        query = query.where(TipImportMapping.unit_path == unit_path)
    return db.session.scalars(query.order_by(TipImportMapping.id).limit(1)).first()


def known(source: str, numbers: Sequence[str]) -> set[str]:
    """Return which numbers of a source are tips of ours already."""
    found: set[str] = set()
    for at in range(0, len(numbers), ASKED_AT_ONCE):
        asked = ImportedNumber.number.in_(numbers[at : at + ASKED_AT_ONCE])
        query = select(ImportedNumber.number).where(ImportedNumber.source == source, asked)
        found.update(db.session.scalars(query))
    return found


def vocabulary() -> Vocabulary:
    """Return the house's own words by which cells are read, today."""
    products = codes.choices("products")
    divisions = units.divisions_known()
    return Vocabulary(
        products={fold(word): code for code, name in products for word in (code, name)},
        divisions={fold(word): code for code, name in divisions.items() for word in (code, name)},
        today=clock.today(),
    )
