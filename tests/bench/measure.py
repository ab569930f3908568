"""One run of a command: how long it took and how much memory its process held at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Wall-clock seconds from start to exit, and the peak resident memory in MiB."""

    seconds: float
    peak_mib: float

    def as_json(self) -> dict[str, float]:
        """As a plain mapping."""
        return asdict(self)


def timed(command: list[str]) -> Reading:
    """Run the command with its output thrown away; RuntimeError with its last words when it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {said[-2000:]}")
    scale = 1024.0 if sys.platform != "darwin" else 1024.0 * 1024.0
    return Reading(seconds, usage.ru_maxrss / scale)
