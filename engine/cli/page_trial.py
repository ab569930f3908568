"""An example of a page tried: what is really said of it, at this moment.

In: an `Example`. Out: `Tried`: the codes that were found, and the words that a reader would see. An example that is one
text is read in memory; any other is laid out in a folder of its own, and its command is typed there.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import tomllib
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from stratagem.dsl.diagnostics.pages import Example
from stratagem.dsl.diagnostics.pages.example import DATA, MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.dsl.pipeline import Checked

_CODE = re.compile(r"\b([A-Z]\d{3})\b")
_AT_START = re.compile(r"^(?:error|warning|note) [A-Z]\d{3}: ", re.M)
PATIENCE = 60
"""Seconds that an example's program may take."""


@dataclass(frozen=True)
class Tried:
    """What came of an example. `checked` where its text was read in memory, `printed` where a command ran."""

    example: Example
    checked: Checked | None = None
    printed: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """All codes that were told."""
        if self.checked is not None:
            return frozenset(d.code for d in self.checked.diagnostics)
        return frozenset(_CODE.findall(self.printed))

    def here(self, code: str) -> tuple[Diagnostic, ...]:
        """The findings of a code on the example's own lines."""
        found = self.checked.diagnostics if self.checked is not None else ()
        return tuple(d for d in found if d.code == code and d.span.line in self.example.own)

    def shows(self, code: str) -> bool:
        """Was the code told where the example shows it: on its own lines, or by its command."""
        return bool(self.here(code)) if self.checked is not None else code in self.codes

    def said(self, code: str, colour: bool = False) -> str:
        """The words about a code, as `check` says them."""
        if self.checked is not None:
            from stratagem.engine.cli.findings import rendered

            return rendered(self.here(code)[:1], self.checked.sources, colour)
        heads = [found.start() for found in _AT_START.finditer(self.printed)]
        ends = [*heads[1:], len(self.printed)]
        parts = [self.printed[a:b] for a, b in zip(heads, ends, strict=False)]
        lines = [line for line in self.printed.splitlines() if f"{code}:" in line]
        return next((part.split("\n\n")[0] + "\n" for part in parts if code in part), "\n".join(lines[:1]) + "\n")


@lru_cache(maxsize=100)
def tried(example: Example) -> Tried:
    """Try an example; the same example gives the same again."""
    if example.is_text:
        from stratagem.dsl.pipeline import check_text

        return Tried(example, check_text(example.text, MAIN))
    with TemporaryDirectory() as folder:
        lay_out(example, Path(folder))
        return Tried(example, printed=_typed(example.command or f"stratagem check {MAIN}", Path(folder)))


def lay_out(example: Example, folder: Path) -> None:
    """Write an example's files into a folder, beside the bakery's data, and install the plug-in that it may hold."""
    (folder / MAIN).write_bytes(example.content)
    for csv in DATA.glob("*.csv"):
        (folder / csv.name).write_bytes(csv.read_bytes())
    for file in example.files:
        place = folder / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
    if (folder / "pyproject.toml").is_file():
        _installed(folder)


def _installed(folder: Path) -> None:
    """What an installer would note beside the plug-in's modules: its name, its version, its entry points."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    name, version = str(project["name"]), str(project["version"])
    notes = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    notes.mkdir()
    (notes / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
    groups = project.get("entry-points", {}).items()
    lines = [line for group, names in groups for line in (f"[{group}]", *(f"{n} = {v}" for n, v in names.items()))]
    (notes / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _typed(command: str, folder: Path) -> str:
    """What a command prints. Only our own command and Python are run, and never by a shell."""
    line, _, given = command.partition(" < ")
    program, *words = shlex.split(line)
    if program not in ("stratagem", "python"):
        raise ValueError(f"an example runs stratagem or python, not {program}")
    if program == "stratagem" and not (folder / "pyproject.toml").exists():
        return _called(words, folder, (folder / given).read_bytes() if given else b"")
    arguments = [sys.executable, *(["-m", "stratagem"] if program == "stratagem" else []), *words]
    settings = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1"}
    ran = subprocess.run(
        arguments, cwd=folder, env=settings, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE
    )
    return ran.stdout + ran.stderr


def _called(words: list[str], folder: Path, given: bytes) -> str:
    """Our own command, called in this process as if it were typed in the folder."""
    from stratagem.engine.cli.app import app

    said = io.StringIO()
    with chdir(folder), redirect_stdout(said), redirect_stderr(said), _standard_input(given), suppress(SystemExit):
        app.main(words)
    return said.getvalue()


@contextmanager
def _standard_input(given: bytes) -> Iterator[None]:
    before = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    try:
        yield
    finally:
        sys.stdin = before
