"""`python -m tests.mistakes`: the corpus of mistakes, judged. Further: `mutants`, `sixty`, `clean`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.mistakes.corpus import corpus
from tests.mistakes.judge import judge
from tests.mistakes.table import misses, table


def main() -> None:
    """Print the table, then the misses."""
    parser = argparse.ArgumentParser(prog="python -m tests.mistakes")
    parser.add_argument("--family", help="only this family")
    parser.add_argument("--match", help="only mistakes whose name holds this")
    parser.add_argument("--misses", type=Path, help="write the misses here, not to the screen")
    options = parser.parse_args()
    chosen = [
        m
        for m in corpus()
        if options.family in (None, m.family) and (options.match is None or options.match in m.name)
    ]
    verdicts = [judge(mistake) for mistake in chosen]
    print(table(verdicts))
    missed = misses(verdicts)
    if options.misses:
        options.misses.write_text(missed, "utf-8")
    else:
        print("\n" + missed)


if __name__ == "__main__":
    main()
