"""`python -m tests.mistakes`: the corpus of mistakes, judged. Further: `mutants`, `slips`, `sixty`, `clean`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.mistakes import clean, mutants, sixty, slips
from tests.mistakes.corpus import base_names, base_text, corpus
from tests.mistakes.judge import judge
from tests.mistakes.table import misses, table


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(prog="python -m tests.mistakes")
    parser.add_argument("what", nargs="?", default="corpus", choices=["corpus", "mutants", "slips", "sixty", "clean"])
    parser.add_argument("--family", help="corpus: only this family")
    parser.add_argument("--match", help="corpus, slips: only mistakes, or ways, whose name holds this")
    parser.add_argument("--base", help="slips: only this sound strategy")
    parser.add_argument("--every", type=int, default=20, help="slips: one place in so many")
    parser.add_argument("--misses", type=Path, help="corpus: write the misses here, not to the screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="how many mutants (1,000), or clean strategies (200)")
    options = parser.parse_args()
    if options.what == "corpus":
        judge_corpus(options.family, options.match, options.misses)
    elif options.what == "sixty":
        print(sixty.report(options.seed, options.count or sixty.ERRORS))
    elif options.what == "clean":
        print(clean.report(options.count or 200, options.seed)[1])
    elif options.what == "slips":
        chosen = {name: base_text(name) for name in base_names() if options.base in (None, name)}
        print(slips.report(slips.answers(chosen, options.seed, options.every, options.match or "")))
    elif options.what == "mutants":
        print(mutants.report(mutants.outcomes(options.seed, options.count or 1000)))


def judge_corpus(family: str | None, match: str | None, page: Path | None) -> None:
    """Print the table, then the misses (or write them to a page)."""
    chosen = [m for m in corpus() if family in (None, m.family) and (match is None or match in m.name)]
    verdicts = [judge(mistake) for mistake in chosen]
    print(table(verdicts))
    missed = misses(verdicts)
    if page:
        page.write_text(missed, "utf-8")
    else:
        print("\n" + missed)


if __name__ == "__main__":
    main()
