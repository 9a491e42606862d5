"""How fast is it, beside what? Runs the benchmarks of ``tests/bench`` and judges their figures.

A benchmark is a module with a function ``figures()`` that yields ``Figure`` values, each measured
in the same run as its baseline, so that a slow machine slows both. Where the honest run takes
minutes the module has a ``full_figures()`` too.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass

from app.config import ROOT

FOLDER = ROOT / "tests" / "bench"


@dataclass(frozen=True)
class Figure:
    """One measured value and its baseline, in ``unit``; the ratio should not exceed the target."""

    name: str
    value: float
    baseline: float
    target: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the baseline the value is."""
        return self.value / self.baseline

    @property
    def is_met(self) -> bool:
        """Whether the ratio is within the target."""
        return self.ratio <= self.target

    def __str__(self) -> str:
        """Write name, value, baseline, ratio and target on one line."""
        return (
            f"{self.name:<32} {self.value:>10.2f} {self.unit} {self.baseline:>10.2f} {self.unit}"
            f" {self.ratio:>7.2f} x <= {self.target:g} x{'' if self.is_met else '  MISSED'}"
        )


def names() -> list[str]:
    """Return the names of all benchmarks."""
    return sorted(path.stem for path in FOLDER.glob("[!_]*.py"))


def run(name: str, *, full: bool = False) -> Iterator[Figure]:
    """Run one benchmark, in its full length if asked, yielding its figures as they come."""
    path = FOLDER / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"bench_{name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield from getattr(module, "full_figures" if full else "figures", module.figures)()
