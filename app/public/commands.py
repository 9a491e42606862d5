"""Which verbs check what was published? ``verify FILE.pdf`` and ``log verify``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from app.kernel import notebook, proof, publiclog, signature
from app.kernel.proof import Finding
from app.kernel.signature import Chain, Signature, Standing

GENUINE, NOT_GENUINE, UNUSABLE = 0, 1, 2
CHAINS = {
    Chain.TRUSTED: "its certificate leads to one of our roots",
    Chain.UNTRUSTED: "its certificate does NOT lead to one of our roots",
    Chain.UNCHECKED: "whether its certificate can be trusted was not checked: no roots are given",
}


def add_commands(verbs: Any) -> None:
    """Declare ``verify`` and ``log``."""
    verify = verbs.add_parser(
        "verify",
        help="is a PDF one that was published here",
        description="Compare a file with the public log, and check its signature if it has one."
        " Exit codes: 0 genuine, 1 not (or its signature does not hold, or leads to none of our"
        " roots), 2 the file cannot be read as a PDF.",
    )
    verify.add_argument("file", type=Path, metavar="FILE.pdf")
    verify.add_argument("--json", action="store_true", help="answer as one JSON object")
    verify.set_defaults(act=_verify)
    acts = verbs.add_parser("log", help="the public log").add_subparsers(
        metavar="ACT", required=True
    )
    whole = acts.add_parser(
        "verify",
        help="examine every entry, its hashes and its checkpoints, here and beside the database",
        description="Exit codes: 0 the log holds, 1 it does not.",
    )
    whole.add_argument("--json", action="store_true", help="answer as one JSON object")
    whole.set_defaults(act=_verify_log)


def _verify(asked: argparse.Namespace) -> int:
    try:
        content = asked.file.read_bytes()
    except OSError as fault:
        return _unusable(f"{asked.file}: {fault.strerror}", as_json=asked.json)
    if not content.startswith(b"%PDF-"):
        return _unusable(f"{asked.file} is no PDF", as_json=asked.json)
    found = proof.examined(content)
    sealed = signature.told(content, at=found.entry.at if found.entry else None)
    if asked.json:
        print(json.dumps(_table(found) | {"signature": _seal(sealed)}, ensure_ascii=False))
    else:
        print("\n".join([*_told(found), *_seal_told(sealed)]))
    return GENUINE if found.entry and not sealed.is_doubtful else NOT_GENUINE


def _unusable(told: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": told}, ensure_ascii=False))
    print(f"portal: {told}", file=sys.stderr)
    return UNUSABLE


def _table(found: Finding) -> dict[str, object]:
    return {
        "genuine": found.entry is not None,
        "standing": found.standing,
        "has_proof": found.has_proof,
        "entry": found.entry.leaf if found.entry else None,
        "later": [entry.leaf for entry in found.later],
    }


def _told(found: Finding) -> list[str]:
    if found.entry is None:
        return ["not genuine: changed, or never published here"]
    entry = found.entry
    how = "carries its proof" if found.has_proof else "known by its hash; it carries no proof"
    return [
        f"genuine: {entry.kind} {entry.reference}, version {entry.version}; {how}",
        *(f"  {name:8} {value}" for name, value in entry.leaf.items() if value is not None),
        *(f"since then: entry {each.index} {_act(each)}" for each in found.later),
    ]


def _seal(found: Signature) -> dict[str, object]:
    return {
        "standing": found.standing,
        "holder": found.holder or None,
        "issuer": found.issuer or None,
        "until": found.until.isoformat() if found.until else None,
        "chain": found.chain,
    }


def _seal_told(found: Signature) -> list[str]:
    if found.standing is Standing.UNSIGNED:
        return ["signature: none"]
    if found.standing is Standing.BROKEN:
        return ["signature: does NOT hold over these bytes by the certificate they were set for"]
    return [
        f"signature: of {found.holder}, holds over every byte of the file",
        f"  issued by {found.issuer}, valid until {found.until:%Y-%m-%d}",
        f"  {CHAINS[found.chain]}",
    ]


def _act(entry: publiclog.LogEntry) -> str:
    return f"{entry.act} ({entry.reason})" if entry.reason else entry.act.value


def _verify_log(asked: argparse.Namespace) -> int:
    fault, size = proof.first_fault(), publiclog.size()
    newest = publiclog.newest()
    answer = {
        "holds": fault is None,
        "entries": size,
        "first_fault": fault,
        "checkpoint": newest.note if newest else None,
        "kept_outside": sum(1 for _ in notebook.book().notes()),
    }
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif fault is None:
        print(f"the log holds: {size} entries")
        print(newest.note if newest else "", end="")
    else:
        print(f"the log does NOT hold: first at entry {fault} of {size}")
    return GENUINE if fault is None else NOT_GENUINE
