"""`stratagem fmt`: the one layout that everybody reads."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from stratagem.engine.cli.belonging import ENDING
from stratagem.engine.cli.exits import FINDINGS, FINE, Refused
from stratagem.engine.cli.files import reason, write_all
from stratagem.engine.cli.findings import rendered
from stratagem.engine.cli.opening import not_there
from stratagem.engine.cli.options import debug_option, paths_argument
from stratagem.engine.cli.output import in_colour, notice, say_text
from stratagem.engine.present.figures import counted


@dataclass(frozen=True)
class Laid:
    """A text before and after. `before` has its own line ends, `after` has LF."""

    name: str
    before: str
    after: str
    path: Path | None = None

    @property
    def changed(self) -> bool:
        """Is there anything to write."""
        return self.before != self.after


@click.command("fmt")
@paths_argument
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit code 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@debug_option
def command(path: tuple[str, ...], only_check: bool, diff: bool) -> int:
    """Lay strategies out in the one way everybody reads: files, folders' files, or standard input.

    What a strategy says is never changed: the result is read again and compared, and where it would say something
    else, the text stays as it was. Lines with mistakes keep their words.
    """
    texts = [_laid("-")] if path == ("-",) else [_laid(file) for file in _all_files(path)]
    changed = [text for text in texts if text.changed]
    if diff:
        from stratagem.engine.cli.diffs import diff as shown

        colour = in_colour()
        say_text("".join(shown(text.name, text.before, text.after, colour) for text in changed), colour)
    if only_check:
        for text in changed:
            notice(f"{text.name} would change.")
        return FINDINGS if changed else FINE
    if diff:
        return FINE
    if path == ("-",):
        say_text(texts[0].after)
        return FINE
    write_all({text.path: text.after.encode("utf-8") for text in changed if text.path is not None})
    same = len(texts) - len(changed)
    notice(f"{counted(len(changed), 'file')} changed, {same} already in order.")
    return FINE


def _all_files(paths: Iterable[str]) -> list[Path]:
    """The files of all paths, each once."""
    if "-" in paths:
        raise Refused("standard input is one text.", "lay the other paths out by themselves.")
    found = {file.resolve(): file for path in paths for file in _files(Path(path))}
    return list(found.values())


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise not_there(str(path))
    if not path.is_dir():
        if path.suffix != ENDING:
            raise Refused(f"{path} is no strategy file: its name does not end in {ENDING}.", "nothing was changed.")
        return [path]
    found = sorted(file for file in path.glob(f"*{ENDING}") if file.is_file())
    if not found:
        raise Refused(f"{path} holds no *{ENDING} file.")
    return found


def _laid(path: Path | str) -> Laid:
    """Read one text and lay it out. Refused, with the diagnostic shown, when it cannot be read."""
    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.dsl.format import format_source
    from stratagem.dsl.lines.read import LARGEST_FILE, read_bytes

    name = "standard input" if path == "-" else Path(path).as_posix()
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise Refused(f"cannot read {name}: {reason(fault)}.") from fault
    source = read_bytes(data, name)
    if isinstance(source, Diagnostic):
        click.echo(rendered([source], {}, in_colour()), err=True)
        raise Refused(f"{name} is no text that could be laid out.", "", FINDINGS)
    # The text as it is on disk: a byte order mark and other line ends are changes too.
    return Laid(name, data.decode("utf-8"), format_source(source), None if path == "-" else Path(path))
