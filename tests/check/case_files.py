"""Cases in prose: a sound strategy, a few lines of it changed, and what the checker is to say of them.

In: the markdown files beside this one. Out: `Case`s. A case is a heading, a diff of the sound strategy (`- ` lines
leave, `+ ` lines come, others stay as anchors) or a whole strategy, and one line `finds CODE at \\`text\\`` for each
finding, or `finds nothing`. The text is what the finding blames, to the letter; it stands on a line that came, unless
`in \\`line\\`` names another. `near \\`name\\`` is the first name offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"
SOUND = (FOLDER / "sound.strategy").read_text("utf-8")

_CASE = re.compile(r"^## (?P<title>.+?)\n(?P<rest>.*?)(?=^## |\Z)", re.M | re.S)
_DIFF = re.compile(r"```diff\n(?P<diff>.*?)```", re.S)
_WHOLE = re.compile(r"```strategy\n(?P<text>.*?)```", re.S)
_FINDS = re.compile(
    r"^finds (?P<code>[A-Z]\d+) at `(?P<text>[^`]+)`(?: in `(?P<line>[^`]+)`)?(?:, near `(?P<near>[^`]+)`)?$"
)


@dataclass(frozen=True)
class Expected:
    """One finding: its code, the text it blames, the line that text stands on, the first name it offers."""

    code: str
    text: str
    line: str = ""
    near: str = ""


@dataclass(frozen=True)
class Case:
    """A changed strategy with what is to be found in it. `changed`: the numbers of the lines that came."""

    title: str
    text: str
    changed: frozenset[int]
    expected: tuple[Expected, ...]


def cases(name: str, folder: Path = FOLDER, sound: str = SOUND) -> Iterator[Case]:
    """The cases of one file; `sound`: the strategy that its diffs change."""
    for found in _CASE.finditer((folder / name).read_text("utf-8")):
        whole = _WHOLE.search(found["rest"])
        text = whole["text"] if whole else sound
        changed = frozenset(range(1, text.count("\n") + 2)) if whole else frozenset[int]()
        for diff in _DIFF.finditer(found["rest"]):
            text, changed = patched(text, diff["diff"], changed, found["title"])
        yield Case(found["title"], text, changed, _expected(found["rest"], found["title"]))


def _expected(rest: str, title: str) -> tuple[Expected, ...]:
    lines = [line for line in rest.split("\n") if line.startswith("finds ")]
    assert lines, f"{title}: no line says what is found"
    if lines == ["finds nothing"]:
        return ()
    found = [_FINDS.match(line) for line in lines]
    assert all(found), f"{title}: {lines}"
    return tuple(Expected(m["code"], m["text"], m["line"] or "", m["near"] or "") for m in found if m)


def patched(text: str, diff: str, changed: frozenset[int], title: str) -> tuple[str, frozenset[int]]:
    """The text with a diff applied, whose lines that leave or stay stand together in the text exactly once."""
    old = [line[2:] for line in diff.split("\n") if line[:2] in ("- ", "  ") and line.strip()]
    lines = text.split("\n")
    places = [n for n in range(len(lines)) if lines[n : n + len(old)] == old]
    assert len(places) == 1, f"{title}: the lines {old} stand {len(places)} times in the strategy"
    new, marks = [], []
    for line in diff.split("\n"):
        if line[:2] in ("  ", "+ ") and line.strip():
            marks.append(line[0] == "+")
            new.append(line[2:])
    start, grown = places[0], len(new) - len(old)
    lines[start : start + len(old)] = new
    kept = {n if n <= start else n + grown for n in changed}
    return "\n".join(lines), frozenset(kept | {start + n + 1 for n, mark in enumerate(marks) if mark})
