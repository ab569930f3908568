"""`stratagem test`: the `test` blocks of a strategy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from stratagem.engine.cli.exits import FINDINGS, FINE, Refused
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import debug_option, output_option, path_argument
from stratagem.engine.cli.output import say
from stratagem.engine.present.blocks import Block, Heading, Pairs, Paragraph
from stratagem.engine.present.figures import counted

if TYPE_CHECKING:
    from stratagem.engine.casework.results import Failure, TestResult


@click.command("test")
@path_argument
@click.option("-k", "wanted", metavar="TEXT", default="", help="Only the tests whose title holds TEXT.")
@output_option
@debug_option
def command(path: str, wanted: str, output: str) -> int:
    """Run the tests that stand in a strategy, and say for each what was expected, what came and why.

    Exit code 0 when all pass, 1 when one fails.
    """
    strategy = open_strategy(path).strategy
    from stratagem.engine.casework import run_tests

    results = [r for r in run_tests(strategy) if wanted.casefold() in r.label.casefold()]
    if wanted and not results:
        raise Refused(f"no test has {wanted!r} in its title.")
    say(output, lambda: page(results), lambda: record(results))
    return FINE if all(result.passed for result in results) else FINDINGS


def page(results: Sequence[TestResult]) -> Iterator[Block]:
    """One line a test; below one that failed, each expectation that did not hold."""
    for result in results:
        yield Paragraph(
            f"{'passed' if result.passed else 'FAILED'}  {result.label}", "good" if result.passed else "bad"
        )
        if result.error:
            yield Paragraph(f"{result.span.file}:{result.span.line}: {result.error}", indent=1)
        for failure in result.failures:
            yield from _failure(failure)
    failed = sum(not result.passed for result in results)
    if not results:
        yield Paragraph("The strategy has no tests.", "warning")
    elif failed:
        yield Heading(f"{failed} of {counted(len(results), 'test')} failed.")
    else:
        expectations = sum(result.expectations for result in results)
        yield Heading(f"{counted(len(results), 'test')} passed, {counted(expectations, 'expectation')}.")


def _failure(failure: Failure) -> Iterator[Block]:
    yield Paragraph(f"{failure.span.file}:{failure.span.line}", indent=1)
    reasons = tuple(("why" if number == 0 else "", reason) for number, reason in enumerate(failure.why))
    yield Pairs((("expected", failure.expected), ("got", failure.got), *reasons), indent=2)


def record(results: Sequence[TestResult]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "tests": len(results),
        "failed": sum(not result.passed for result in results),
        "results": [
            {
                "label": result.label,
                "at": f"{result.span.file}:{result.span.line}",
                "passed": result.passed,
                "expectations": result.expectations,
                "error": result.error or None,
                "failures": [
                    {"at": f"{f.span.file}:{f.span.line}", "expected": f.expected, "got": f.got, "why": list(f.why)}
                    for f in result.failures
                ],
            }
            for result in results
        ],
    }
