"""What is measured: each workload prepares its data once and gives the command that does the work."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COFFEE = ROOT / "strategies" / "coffee"
AS_OF = "2026-11-21"
STRATAGEM = [sys.executable, "-m", "stratagem"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How large, and where generated data and output go."""

    households: int
    data: Path
    scratch: Path


@dataclass(frozen=True, slots=True)
class Workload:
    """`what` in one line; `prepare` gives the command; `scales` when the number of households matters."""

    what: str
    prepare: Callable[[Settings], list[str]]
    scales: bool = False


def generated(settings: Settings) -> Path:
    """Coffee households as Parquet, made once for each size."""
    folder = settings.data / f"coffee-{settings.households}"
    if not (folder / "households.parquet").exists():
        folder.mkdir(parents=True, exist_ok=True)
        make = [sys.executable, str(COFFEE / "make_customers.py"), "--households", str(settings.households)]
        subprocess.run([*make, "--seed", "7", "--out", str(folder), "--parquet"], check=True)
    return folder


def _plan(settings: Settings) -> list[str]:
    folder = generated(settings)
    names = ("households", "orders", "complaints", "taste_survey")
    sources = [part for name in names for part in ("--source", f"{name}={folder / name}.parquet")]
    out = str(settings.scratch / "actions.parquet")
    return [*STRATAGEM, "plan", str(COFFEE), *sources, "--as-of", AS_OF, "--out", out]


def _check(settings: Settings) -> list[str]:
    return [*STRATAGEM, "check", str(COFFEE)]


def _sample(settings: Settings) -> list[str]:
    return [*STRATAGEM, "plan", str(COFFEE), "--as-of", AS_OF]


WORKLOADS = {
    "check": Workload("check of the worked example, from process start", _check),
    "sample": Workload("the main job on the sample's 2,000 households", _sample),
    "plan": Workload("the main job on generated households, Parquet to Parquet", _plan, scales=True),
}
