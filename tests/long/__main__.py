"""Long runs: `make long-NAME SEED=1 MINUTES=10`, or `python -m tests.long NAME --seed 1 --minutes 10`.

In: the name of a module in this folder that has `main(seed: int, minutes: float) -> int | None`. Out: what it
prints, and its exit code: 0 or None when nothing was found, anything else when something was. Such a run is
random by its seed alone, stops by itself once its minutes are over, and says at its end what it covered.
Without a name: which runs there are.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent


def runs() -> dict[str, str]:
    """Each long run's name with the first line of its docstring."""
    found = {}
    for path in sorted(FOLDER.glob("[a-z]*.py")):
        said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        found[path.stem.replace("_", "-")] = said.partition("\n")[0]
    return found


def main(arguments: list[str]) -> int:
    """Start the run that `arguments` name, and return its exit code; 2 when there is none of that name."""
    parser = argparse.ArgumentParser(prog="make long-NAME", description="A long run of tests/long/NAME.py.")
    parser.add_argument("name", nargs="?")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10.0)
    chosen = parser.parse_args(arguments)
    known = runs()
    if chosen.name not in known:
        print(f"There is no long run {chosen.name!r}." if chosen.name else "Long runs:")
        for name, said in known.items():
            print(f"  make long-{name}    {said}")
        return 2 if chosen.name else 0
    print(f"long run {chosen.name}: seed {chosen.seed}, at most {chosen.minutes:g} minutes", flush=True)
    began = time.monotonic()
    module = importlib.import_module(f"tests.long.{chosen.name.replace('-', '_')}")
    code = int(module.main(chosen.seed, chosen.minutes) or 0)
    verdict = "nothing found" if code == 0 else f"found something (exit {code})"
    print(f"long run {chosen.name}: {verdict} after {(time.monotonic() - began) / 60:.1f} minutes", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
