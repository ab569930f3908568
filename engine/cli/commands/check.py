"""`stratagem check`: what is wrong with a strategy, and, with data, with the data it is to run on."""

from __future__ import annotations

import gc
from pathlib import Path

import click
from click.core import ParameterSource

from stratagem.engine.cli import checking
from stratagem.engine.cli.belonging import strategies_of
from stratagem.engine.cli.exits import FINDINGS, FINE, Refused
from stratagem.engine.cli.options import (
    NamedShare,
    as_of_option,
    data_options,
    debug_option,
    formats_option,
    out_option,
    paths_argument,
    watch_option,
)
from stratagem.engine.cli.output import deliver, in_colour, notice, say_text
from stratagem.engine.cli.settings import FORMATS


@click.command("check")
@paths_argument
@click.option("--strict", is_flag=True, help="Warnings count as findings too.")
@click.option("--require", type=NamedShare(), multiple=True, help="Ask for a completeness score; may be repeated.")
@click.option("--fix", is_flag=True, help="Put the safe fixes into the files.")
@click.option("--unsafe", is_flag=True, help="With --fix: also fixes that assume what you meant; each is said.")
@click.option("--diff", is_flag=True, help="With --fix: show what would change, and write nothing.")
@data_options
@as_of_option
@formats_option(*FORMATS["check"])
@out_option
@watch_option
@click.option("--no-cache", is_flag=True, help="Look at everything anew, and keep nothing for the next check.")
@debug_option
def command(
    path: tuple[str, ...],
    strict: bool,
    require: tuple[tuple[str, float], ...],
    fix: bool,
    unsafe: bool,
    diff: bool,
    data: Path | None,
    source: tuple[tuple[str, Path], ...],
    as_of: str | None,
    output: str,
    out: Path | None,
    watch: bool,
    no_cache: bool,
) -> int:
    """Find mistakes in a strategy, or in several. With --data or --source, hold the data against the strategy too.

    A file that is part of a folder's strategy stands for all of it. Exit code 1 when there are errors, with --strict
    also for warnings, and for a score below what --require asks.
    """
    asked = checking.Asked(data, source, as_of, require, strict, fix, unsafe, keep=diff)
    _fits_together(asked, path, output, out, watch)
    if watch:
        from stratagem.engine.cli.watch import watch_check

        return watch_check(path, asked, lambda report: _told(report, asked, path, output, out))
    if click.get_current_context().find_root().obj.last:
        gc.disable()  # what a check makes it keeps to its end: looking through it for circles frees nothing
    report = checking.check_all(strategies_of(path), asked, cache=not no_cache)
    return _told(report, asked, path, output, out)


def _told(report: checking.Report, asked: checking.Asked, path: tuple[str, ...], output: str, out: Path | None) -> int:
    """Show the report; the exit code."""
    for done in report.fixed:
        for line in done.said(written=not asked.keep):
            notice(line)
    if report.fixed and (asked.keep or path == ("-",)):
        _show_fixed(report, asked)
    elif output == "text" and out is None:
        say_text(checking.page(report, in_colour()), in_colour())
    else:
        deliver(checking.FORMATS[output](report), out)
        for line in checking.unsaid(report, output):
            notice(line)
    return FINDINGS if report.failed(asked.strict) else FINE


def _show_fixed(report: checking.Report, asked: checking.Asked) -> None:
    """The difference, or the text of standard input as it is now; what is left to do goes beside it."""
    if asked.keep:
        say_text("".join(done.diff(in_colour()) for done in report.fixed), in_colour())
        fixes = sum(len(done.repaired.applied) for done in report.fixed)
        notice(f"{fixes} fix{'' if fixes == 1 else 'es'} would be put in; nothing was written.")
        if more := checking.offered(report):
            notice(more)
        return
    say_text("".join(source.text for done in report.fixed for source in done.repaired.texts.values()))
    notice(checking.page(report, colour=False).rstrip("\n"))


def _fits_together(asked: checking.Asked, path: tuple[str, ...], output: str, out: Path | None, watch: bool) -> None:
    """Refuse what says nothing, or contradicts itself."""
    if not (asked.data or asked.source or asked.require) and _typed("as_of"):
        raise Refused("--as-of says nothing about a text alone.", "add --data, --source or --require.")
    if not asked.fix and (asked.unsafe or asked.keep):
        raise Refused(f"--{'unsafe' if asked.unsafe else 'diff'} says nothing without --fix.", "add --fix.")
    if "-" in path and len(path) > 1:
        raise Refused("standard input is one strategy.", "check the other paths by themselves.")
    if watch and ("-" in path or asked.fix):
        raise Refused("--watch looks at files that you change.", "leave out --fix, and name files or a folder.")
    shows_text = asked.fix and (asked.keep or path == ("-",))
    if shows_text and (out is not None or _typed("output")):
        raise Refused("--diff and standard input print the text itself.", "leave out --output and --out.")
    if out is not None:
        from stratagem.engine.cli.files import fit_for_writing

        fit_for_writing(out)


def _typed(option: str) -> bool:
    """Was an option typed, and not taken from the settings."""
    return click.get_current_context().get_parameter_source(option) is ParameterSource.COMMANDLINE
