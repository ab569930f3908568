"""What a command says: a page for people or one JSON document for programs, on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from stratagem.engine.present.blocks import Block

FORMAT_VERSION = 1
"""Of every JSON document; a change that a reader of the old one would trip over raises it."""


def say(
    output: str,
    page: Callable[[], Iterable[Block]],
    record: Callable[[], Mapping[str, Any]],
    out: Path | None = None,
) -> None:
    """Print the page or the record, whichever was asked for, or write it to `out`; the other is not even made."""
    if out is not None:
        deliver(json_text(record()) if output == "json" else page_text(page()), out)
    elif output == "json":
        say_json(record())
    else:
        say_page(page())


def say_page(blocks: Iterable[Block]) -> None:
    """On a terminal with rich, else as plain text."""
    if not on_terminal():
        click.echo(page_text(blocks), nl=False, color=False)
        return
    from rich.console import Console

    from stratagem.engine.present.terminal import show

    show(blocks, Console(file=sys.stdout))


def say_json(record: Mapping[str, Any]) -> None:
    """One document; `format_version` comes first, the keys keep their order."""
    click.echo(json_text(record), nl=False, color=False)


def json_text(record: Mapping[str, Any], levels: int | None = None) -> str:
    """The document as text, with a line break at the end. `levels`: how many are broken into lines, if not all."""
    import json

    document = {"format_version": FORMAT_VERSION, **record}
    if levels is not None:
        from stratagem.dsl.diagnostics.render.layout import laid_out

        return laid_out(document, levels) + "\n"
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def page_text(blocks: Iterable[Block]) -> str:
    """The page as plain text, for a file."""
    from stratagem.engine.present.plain import plain

    return plain(blocks)


def deliver(text: str, out: Path | None) -> None:
    """A report to standard output, or into a file, whole or not at all; which, is said on standard error.

    Raises Refused where the file cannot be written.
    """
    if out is None:
        say_text(text)
        return
    from stratagem.engine.cli.files import write_text

    write_text(out, text)
    notice(f"Wrote {out}.")


def say_text(text: str, colour: bool = False) -> None:
    """Text as it is (a picture, a strategy), without wrapping. `colour`: it holds colours of our own for a terminal."""
    click.echo(text, nl=False, color=colour)


def notice(text: str) -> None:
    """A remark beside the answer, on standard error."""
    click.echo(text, err=True)


def on_terminal() -> bool:
    """Does a person read standard output."""
    return sys.stdout.isatty()


def in_colour() -> bool:
    """Are colours wanted: a terminal that can, and NO_COLOR not set."""
    return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
