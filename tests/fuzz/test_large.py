"""Texts of 64 KiB take little room: what they take in time is for `make long-fuzz`, which has the machine to itself."""

from __future__ import annotations

import subprocess
import sys

from tests.fuzz.large import MAKERS, SIZE, text
from tests.tools.house import ROOT

MOST_MIB = 256


def test_texts_of_64_kib_are_answered_within_256_mib() -> None:
    command = [sys.executable, "-m", "tests.fuzz.large", "0", str(len(MAKERS))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split(" ", 3) for line in done.stdout.splitlines()]
    assert [int(row[0]) for row in rows] == list(range(len(MAKERS)))
    assert max(float(row[2]) for row in rows) <= MOST_MIB, done.stdout


def test_the_texts_are_that_large_and_the_room_is_measured() -> None:
    sizes = [len(text(seed).encode()) for seed in range(len(MAKERS))]
    assert sum(size > 0.9 * SIZE for size in sizes) >= len(MAKERS) - 6
    assert measured("x = bytearray(300 << 20)") > MOST_MIB
    held = bytearray(b"x") * (300 << 20)
    assert measured("") < MOST_MIB, f"what starts it took {len(held)}, not the process itself"


def measured(work: str) -> float:
    """What a process that does so takes, in MiB."""
    command = [sys.executable, "-c", f"from tests.fuzz.large import room\n{work}\nprint(room())"]
    return float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
