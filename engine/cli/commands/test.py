"""`stratagem test`: the `test` blocks of strategies, what they have tried, and which mistakes they would notice."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from stratagem.engine.cli.belonging import strategies_of
from stratagem.engine.cli.exits import FINDINGS, FINE, Refused
from stratagem.engine.cli.opening import open_strategy
from stratagem.engine.cli.options import debug_option, formats_option, out_option, paths_argument, watch_option
from stratagem.engine.cli.output import deliver, json_text, page_text, say_page
from stratagem.engine.cli.progress import progress
from stratagem.engine.cli.settings import FORMATS

if TYPE_CHECKING:
    from stratagem.engine.cli.testing import Asked, Tried

PERCENT = click.FloatRange(0, 100)


@click.command("test")
@paths_argument
@click.option("-k", "wanted", metavar="TEXT", default="", help="Only the tests whose title holds TEXT.")
@click.option("--coverage", is_flag=True, help="Say which conditions no test made true, and which none made false.")
@click.option("--fail-under", type=PERCENT, metavar="PERCENT", help="Least coverage; below it the exit code is 1.")
@click.option("--mutate", is_flag=True, help="Make small mistakes in the strategy, and list those no test notices.")
@click.option(
    "--fail-under-mutants", type=PERCENT, metavar="PERCENT", help="Least share of mutants that a test must notice."
)
@formats_option(*FORMATS["test"])
@out_option
@watch_option
@debug_option
def command(
    path: tuple[str, ...],
    wanted: str,
    coverage: bool,
    fail_under: float | None,
    mutate: bool,
    fail_under_mutants: float | None,
    output: str,
    out: Path | None,
    watch: bool,
) -> int:
    """Run the tests that stand in a strategy, and say for each what was expected, what came and why.

    A mutant is the strategy with one threshold moved, one condition dropped, or two actions or channels swapped.
    Exit code 0 when all pass (and the shares asked for are reached), 1 when not.
    """
    from stratagem.engine.cli.files import fit_for_writing
    from stratagem.engine.cli.testing import Asked

    asked = Asked(wanted, coverage, mutate or fail_under_mutants is not None, fail_under, fail_under_mutants)
    if out is not None:
        fit_for_writing(out)
    if watch:
        from stratagem.engine.cli.watch import strategy_files, watched

        if "-" in path:
            raise Refused("--watch looks at files that you change.", "name files or a folder.")
        return watched(lambda changed: _once(path, asked, output, out), lambda: strategy_files(path))
    return _once(path, asked, output, out)


def _once(path: tuple[str, ...], asked: Asked, output: str, out: Path | None) -> int:
    from stratagem.engine.cli.testing import try_tests

    with progress() as step:
        tried = [try_tests(open_strategy(each), asked, step) for each in strategies_of(path)]
    if asked.wanted and not any(one.results for one in tried):
        raise Refused(f"no test has {asked.wanted!r} in its title.")
    _told(tried, asked, output, out)
    return FINE if all(one.enough(asked) for one in tried) else FINDINGS


def _told(tried: list[Tried], asked: Asked, output: str, out: Path | None) -> None:
    from stratagem.engine.cli import testing

    match output:
        case "json":
            deliver(json_text(testing.record(tried)), out)
        case "junit":
            deliver(testing.junit(tried, asked), out)
        case "github":
            deliver(testing.github(tried, Path.cwd(), asked), out)
        case _ if out is None:
            say_page(testing.page(tried, asked))
        case _:
            deliver(page_text(testing.page(tried, asked)), out)
