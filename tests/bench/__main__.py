"""The benchmark: `make bench`, or `python -m tests.bench NAME … --households 1000000 --runs 3`.

In: the names of measurements (all of them without a name). Out: for each, the median and the range of several runs
in seconds, and the peak resident memory of the process that did the work, as a table and with `--json` as JSON. It is
no test: nothing fails when it is slow.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench import language
from tests.bench.measure import Reading, timed
from tests.bench.workloads import WORKLOADS, Settings


def main(arguments: list[str]) -> int:
    """Measure what is asked for; 2 for a name that is not there."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the main jobs.")
    known = {**{n: w.what for n, w in WORKLOADS.items()}, "language": "check and edits of large strategies"}
    parser.add_argument("names", nargs="*", help="; ".join(f"{n}: {what}" for n, what in known.items()))
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder for the generated data, kept for the next time")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(arguments)
    unknown = [n for n in chosen.names if n not in (*WORKLOADS, "language")]
    if unknown:
        there = ", ".join((*WORKLOADS, "language"))
        print(f"There is no measurement {', '.join(unknown)}; there are: {there}.", file=sys.stderr)
        return 2
    if not chosen.names or "language" in chosen.names:
        language.measure(chosen.runs)
        chosen.names = [n for n in chosen.names or WORKLOADS if n != "language"]
        if not chosen.names:
            return 0
    with tempfile.TemporaryDirectory(prefix="stratagem-bench-") as scratch:
        settings = Settings(chosen.households, chosen.keep or Path(scratch), Path(scratch))
        found = {n: _measure(n, settings, chosen.runs) for n in chosen.names or WORKLOADS}
    if chosen.json:
        chosen.json.write_text(json.dumps({n: [r.as_json() for r in rs] for n, rs in found.items()}, indent=1) + "\n")
    return 0


def _measure(name: str, settings: Settings, runs: int) -> list[Reading]:
    workload = WORKLOADS[name]
    command = workload.prepare(settings)
    readings = [timed(command) for _ in range(runs)]
    seconds = [r.seconds for r in readings]
    size = f"{settings.households:,} households" if workload.scales else ""
    print(
        f"{name:<12} median {statistics.median(seconds):7.2f} s   range {min(seconds):.2f}–{max(seconds):.2f} s   "
        f"peak {max(r.peak_mib for r in readings):6.0f} MiB   runs {runs}   {size}",
        flush=True,
    )
    return readings


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
