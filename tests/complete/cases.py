"""Reads the prose cases: a status, a gap, what it is about, and how the whole strategy is spoilt for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEAD = re.compile(r"(?P<code>[A-Z]+\d+) (?P<status>[a-z ]+?)(?: \((?P<gaps>[\w, ]+)\))?: (?P<about>.+)")
EDIT = re.compile(r"(?P<sign>[-+>~]) (?P<text>.*)")


@dataclass
class Case:
    """One case of a prose file. `edits` are (sign, text) in order."""

    code: str
    status: str
    gaps: tuple[str, ...]
    about: str
    line: int
    edits: list[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"{self.line}: {self.code} {self.status}: {self.about}"


def read_cases(path: Path) -> list[Case]:
    """The cases of a file; every line that is neither a heading, prose at its top nor a case is refused."""
    cases: list[Case] = []
    started = False
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        head, edit = HEAD.fullmatch(line), EDIT.fullmatch(line.rstrip("\n"))
        started = started or line.startswith("## ")
        if not started or line.startswith("#") or not line.strip():
            continue
        if edit and cases:
            cases[-1].edits.append((edit["sign"], edit["text"]))
        elif head:
            gaps = tuple(g.strip() for g in (head["gaps"] or "").split(",") if g.strip())
            cases.append(Case(head["code"], head["status"], gaps, head["about"], number))
        else:
            raise ValueError(f"{path.name}:{number} is no case: {line}")
    return cases


def spoilt(text: str, edits: list[tuple[str, str]]) -> str:
    """The text after the edits. ValueError when an edit finds nothing to change."""
    lines = text.splitlines()
    place: int | None = None
    indent = ""
    for sign, edit in edits:
        if sign == "~":
            old, _, new = edit.partition(" =>")
            changed = [line.replace(old, new.strip()).rstrip() for line in lines]
            if changed == lines:
                raise ValueError(f"nothing changes by {edit}")
            lines = changed
        elif sign == "+":
            at = len(lines) if place is None else place
            lines.insert(at, (indent if place is not None else "") + edit)
            place = at + 1 if place is not None else None
        else:
            found = [n for n, line in enumerate(lines) if line.strip().startswith(edit)]
            if not found:
                raise ValueError(f"no line begins with {edit}")
            if sign == ">":
                place, indent = found[0] + 1, " " * (_depth(lines[found[0]]) + 2)
            else:
                place, indent = found[0], " " * _depth(lines[found[0]])
                lines = list(_without(lines, edit))
    return "\n".join(lines) + "\n"


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _without(lines: list[str], start: str) -> Iterator[str]:
    """The lines less those that begin so and what stands under them."""
    hidden: int | None = None
    for line in lines:
        if hidden is not None and (not line.strip() or _depth(line) > hidden):
            continue
        hidden = _depth(line) if line.strip().startswith(start) else None
        if hidden is None:
            yield line
