"""What the documentation shows is what happens: every `console` and `python` block of it is run.

A console block holds `$ stratagem …` lines, each followed by what it prints. `…` alone on a line stands for any number
of lines, at the end of a line for its rest. A line without output below it only has to end well; `# exit 1` after
a command says how else it ends. Blocks of one page run one after the other, in one folder that holds `strategies`;
a block that names a file (```json new.json) writes it, one with a plus before the name adds to it.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import run
from tests.tools.house import ROOT

PAGES = sorted(path for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
RUN = ("console", "python")
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)#:\s]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Shown:
    """One command of a page with what the page says it prints."""

    line: str
    output: tuple[str, ...]
    code: int


def blocks(page: Path) -> list[tuple[str, str]]:
    """What is run, and the files among it (`file NAME`, with a `+` before the name for what is added at its end)."""
    found = FENCE.findall(page.read_text("utf-8"))
    return [(f"file {name}" if name else kind, body) for kind, name, body in found if name or kind in RUN]


def files(page: Path) -> dict[str, str]:
    """The named blocks of a page, by their names."""
    return {name: body for _, name, body in FENCE.findall(page.read_text("utf-8")) if name}


def put(folder: Path, name: str, body: str) -> None:
    """A named block becomes the file, or is added to it after a blank line."""
    file = folder / name.removeprefix("+")
    before = file.read_text("utf-8") if name.startswith("+") else ""
    file.write_text(before + "\n" * bool(before) + body, "utf-8")


def commands(block: str) -> list[Shown]:
    found: list[Shown] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            text, _, code = line[2:].partition("  # exit ")
            found.append(Shown(text, (), int(code or 0)))
        else:
            last = found[-1]
            found[-1] = Shown(last.line, (*last.output, line), last.code)
    return found


def agrees(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Is what was printed what the page shows, its `…` taken for anything."""
    if not shown:
        return not printed
    first, rest = shown[0], shown[1:]
    if first.strip() == "…":
        return any(agrees(rest, printed[skip:]) for skip in range(len(printed) + 1))
    if not printed:
        return False
    fits = printed[0].startswith(first[:-1].rstrip()) if first.endswith("…") else printed[0].rstrip() == first.rstrip()
    return (fits or printed[0].rstrip() == first.rstrip()) and agrees(rest, printed[1:])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "strategies").symlink_to(ROOT / "strategies", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_shows_what_happens(page: Path, place: Path) -> None:
    space: dict[str, Any] = {}
    shown = blocks(page)
    for kind, body in shown:  # a page may show a file after the command that reads it
        if kind.startswith("file ") and [k.replace("+", "") for k, _ in shown].count(kind) == 1:
            put(place, kind.removeprefix("file "), body)
    for kind, body in shown:
        if kind.startswith("file "):
            put(place, kind.removeprefix("file "), body)
            continue
        if kind == "python":
            exec(compile(body, page.name, "exec"), space)  # noqa: S102 our own pages
            continue
        for command in commands(body):
            line, _, given = command.line.partition(" < ")
            name, *words = shlex.split(line)
            assert name == "stratagem", f"{page.name}: only stratagem is run: {command.line}"
            done = run(*words, stdin=(place / given).read_bytes() if given else None)
            assert done.code == command.code, f"{page.name}: {command.line}\n{done.out}{done.err}"
            printed = done.out + done.err
            if command.output:
                assert agrees(command.output, printed.splitlines()), f"{page.name}: {command.line}\n{printed}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_is_shown_and_every_page_is_reached() -> None:
    from stratagem.engine.cli.app import COMMANDS

    text = "\n".join(body for kind, body in blocks(ROOT / "docs" / "commands.md") if kind == "console")
    assert [name for name in COMMANDS if f"$ stratagem {name} " not in text] == []
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert [p.name for p in (ROOT / "docs").glob("*.md") if p.name != "index.md" and f"({p.name})" not in index] == []


def test_a_wrong_page_is_seen() -> None:
    assert agrees(("a", "…", "z"), ["a", "b", "c", "z"]) and agrees(("a b…",), ["a b c"])
    assert not agrees(("a", "…", "z"), ["a", "b"]) and not agrees(("a",), ["a", "b"]) and not agrees(("b…",), ["a b"])
    assert commands("$ stratagem x  # exit 1\nout\n$ stratagem y\n") == [
        Shown("stratagem x", ("out",), 1), Shown("stratagem y", (), 0),
    ]  # fmt: skip
