"""Which verbs make documents? ``./portal typeset``: of a record, or of any plain text."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.kernel.errors import PortalError
from app.manuscripts import records
from app.manuscripts.documents import typeset_manuscript
from app.typesetting import close
from app.typesetting.manuscript import as_json, notice_of, recognise_file

DONE, MISUSED = 0, 2
Verbs = Any  # argparse names the type of its own sub-parsers with a leading underscore
DESCRIPTION = """\
WHAT is a kind of document of the running database (--list names them) or a file: .txt, .md or
.docx, which is taken apart into head, number, title, addressees, text, tables, attachments,
signature, note and colophon, and set by GB/T 9704-2012. Exit code 0 when the PDF was written, 1
when there is no such record or the file cannot be read or set, 2 when wrongly asked."""


def add_commands(verbs: Verbs) -> None:
    """Declare ``typeset``."""
    parser = verbs.add_parser(
        "typeset", help="an official PDF, of a record or of any text", description=DESCRIPTION
    )
    parser.add_argument("what", nargs="?", metavar="WHAT", help="a kind of document, or a file")
    parser.add_argument("--list", action="store_true", help="name the kinds of document")
    parser.add_argument("--record", metavar="NUMBER", help="which record (the newest)")
    parser.add_argument("--out", type=Path, metavar="FILE.pdf", help="where to write the PDF")
    parser.add_argument(
        "--json", action="store_true", help="print what was recognised, or done, as one JSON object"
    )
    parser.set_defaults(act=_typeset, parser=parser, wants_records=_is_of_record)


def _is_of_record(asked: argparse.Namespace) -> bool:
    """Whether there must be records: a first start brings the demonstration's."""
    return asked.what in records.KINDS and bool(asked.out)


def _typeset(asked: argparse.Namespace) -> int:
    if asked.list:
        return _list(as_object=asked.json)
    misuse = _misuse(asked)
    if misuse:
        print(f"{asked.parser.format_usage()}portal typeset: {misuse}", file=sys.stderr)
        return MISUSED
    try:
        is_kind = asked.what in records.KINDS
        return _of_record(asked) if is_kind else _of_file(Path(asked.what), asked)
    finally:
        close()


def _misuse(asked: argparse.Namespace) -> str:
    if asked.what is None:
        return "name a kind of document or a file"
    if asked.what in records.KINDS:
        return "" if asked.out else "say where to write the PDF: --out FILE.pdf"
    if asked.record is not None:
        return f"{asked.what} is no kind of document; see --list"
    if Path(asked.what).suffix == "":
        return f"{asked.what} is neither a kind of document (see --list) nor a file"
    return "" if asked.out or asked.json else "say where to write the PDF: --out FILE.pdf"


def _list(*, as_object: bool) -> int:
    told = {name: kind.told for name, kind in records.KINDS.items()}
    lines = [f"{name:10}{words}" for name, words in told.items()]
    print(json.dumps(told) if as_object else "\n".join(lines))
    return DONE


def _of_record(asked: argparse.Namespace) -> int:
    number, content = records.file_of(asked.what, asked.record)
    _write(asked.out, content)
    done = {"kind": asked.what, "record": number, "out": str(asked.out), "bytes": len(content)}
    print(json.dumps(done, ensure_ascii=False) if asked.json else f"{number}  {asked.out}")
    return DONE


def _of_file(path: Path, asked: argparse.Namespace) -> int:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise PortalError(f"{path}: {fault.strerror}") from fault
    found = recognise_file(content, path.name)
    told = as_json(found)
    if asked.out:
        document = typeset_manuscript(notice_of(found), letter=found.letter)
        _write(asked.out, document.content)
        told |= {"out": str(asked.out), "pages": document.pages, "sha256": document.sha256}
    if asked.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("\n".join(_told(told)))
    return DONE


def _told(told: dict[str, Any]) -> Iterator[str]:
    """What was recognised, a part a line; a guess is marked with a question mark."""
    guessed = {source["part"] for source in told["sources"] if source["guessed"]}
    shown = (
        "form", "head", "number", "signer", "title", "addressees", "organs", "date", "attachments",
        "note", "keywords", "copies_to", "distribution", "issued_by", "issued_on", "left_out",
    )  # fmt: skip
    for name in shown:
        value = told[name]
        if value:
            words = "; ".join(value) if isinstance(value, list | tuple) else value
            yield f"{name:13}{'? ' if name in guessed else ''}{words}"
    yield f"{'body':13}{len(told['body'])}"
    for annex in told["annexes"]:
        yield f"{'annex':13}{annex['title']}"
    if "out" in told:
        yield f"{'out':13}{told['out']} ({told['pages']})"


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise PortalError(f"{path}: {fault.strerror}") from fault
