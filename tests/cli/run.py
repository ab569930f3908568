"""A command line run within the test's process: what it printed, and its exit code."""

from __future__ import annotations

from dataclasses import dataclass

from click.testing import CliRunner


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str


def run(*args: object, stdin: str | bytes | None = None) -> Done:
    """Run `stratagem ARGS`; standard output and standard error apart. Output is a pipe, never a terminal."""
    from stratagem.engine.cli.app import app

    result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)
