"""`python -m tests.mistakes`: the corpus, judged. Further: `mutants`, `slips`, `together`, `sixty`, `clean`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.mistakes import clean, mutants, sixty, slips, together
from tests.mistakes.corpus import base_names, base_text, corpus
from tests.mistakes.judge import judge
from tests.mistakes.table import misses, table


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(prog="python -m tests.mistakes")
    measures = ["corpus", "mutants", "slips", "together", "sixty", "clean"]
    parser.add_argument("what", nargs="?", default="corpus", choices=measures)
    parser.add_argument("--family", help="corpus: only this family")
    parser.add_argument("--match", help="corpus, slips: only mistakes, or ways, whose name holds this")
    parser.add_argument("--base", help="slips, together: only this sound strategy")
    parser.add_argument("--each", type=int, default=5, help="together: slips of a text")
    parser.add_argument("--every", type=int, default=20, help="slips: one place in so many")
    parser.add_argument("--misses", type=Path, help="corpus: write the misses here, not to the screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, help="how many mutants (1,000), clean strategies (200), or texts (10)")
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
    elif options.what == "together":
        for name in (name for name in base_names() if options.base in (None, name)):
            made = together.outcomes(name, base_text(name), options.each, options.count or 10, options.seed)
            print(f"{name}: {together.report(list(made))}\n", flush=True)
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
