"""Which slices does each face of the portal show?"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

#: Bottom-up, as the layers contract has them.
STAFF = (
    "codes",
    "clocks",
    "units",
    "people",
    "enterprises",
    "tips",
    "tips.triage",
    "tips.disputes",
    "tips.imports",
    "tips.consultations",
    "tips.calls",
    "tips.conversations",
    "notices",
    "notices.writing",
    "mediations",
    "papers",
    "inspections",
    "campaigns",
    "cases",
    "leads",
    "rewards",
    "supervision",
    "disclosures",
    "disclosures.repairs",
    "disclosures.objections",
    "disclosures.exports",
    "disclosures.batches",
    "manuscripts",
    "desk",
    "administration",
    "administration.accounts",
)
PUBLIC = ("public", "public.log", "public.report", "public.batches")


def register(app: Flask, face: str) -> None:
    """Register the blueprints of a face; the public face knows no staff page at all."""
    names = (
        *(STAFF if face in {"staff", "all"} else ()),
        *(PUBLIC if face in {"public", "all"} else ()),
    )
    for name in (*STAFF, *PUBLIC):
        if _has(name, "models"):
            import_module(f"app.{name}.models")
    for name in names:
        if _has(name, "figures"):
            import_module(f"app.{name}.figures")
    for name in names:
        if _has(name, "routes"):
            app.register_blueprint(import_module(f"app.{name}.routes").bp)


def _has(name: str, part: str) -> bool:
    return find_spec(f"app.{name}") is not None and find_spec(f"app.{name}.{part}") is not None
