"""What somebody at an editor does to a text: edits of every kind, chosen by chance, the same for the same seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_NAME = re.compile(r"\b[a-z][a-z0-9_]{2,}\b")
_NUMBER = re.compile(r"\d+")
_BLOCK = re.compile(r"^(?=[a-z])", re.M)
GARBAGE = ['"', "(", ")", "#", "  ", "\t", "\n", "=", "%", "€", "“", "when ", '"""', ",", "é", "\u00a0", ":"]


class Typist:
    """One person editing one text. `undo` goes back to an earlier state."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.before: list[str] = []

    def edit(self, text: str) -> tuple[str, str]:
        """The kind of edit and the text after it."""
        kind = self.chance.choice(list(EDITS))
        if kind == "undo" and not self.before:
            kind = "number"
        after = EDITS[kind](self, text)
        if kind != "undo":
            self.before.append(text)
        return kind, after

    def lines(self, text: str) -> tuple[list[str], int]:
        lines = text.split("\n")
        return lines, self.chance.randrange(len(lines))


def _number(t: Typist, text: str) -> str:
    found = list(_NUMBER.finditer(text))
    if not found:
        return text
    one = t.chance.choice(found)
    return text[: one.start()] + str(t.chance.randrange(1, 99)) + text[one.end() :]


def _insert_line(t: Typist, text: str) -> str:
    """A line from elsewhere, as it stands or at another depth."""
    lines, at = t.lines(text)
    line = t.chance.choice(lines)
    if t.chance.random() < 0.3:
        line = " " * t.chance.randrange(7) + line.strip()
    return "\n".join([*lines[:at], line, *lines[at:]])


def _blank(t: Typist, text: str) -> str:
    lines, at = t.lines(text)
    return "\n".join([*lines[:at], t.chance.choice(["", "# aside", "## what it means", "  # deeper"]), *lines[at:]])


def _delete_line(t: Typist, text: str) -> str:
    lines, at = t.lines(text)
    return "\n".join([*lines[:at], *lines[at + 1 :]])


def _garbage(t: Typist, text: str) -> str:
    at = t.chance.randrange(len(text) + 1)
    return text[:at] + t.chance.choice(GARBAGE) + text[at:]


def _backspace(t: Typist, text: str) -> str:
    at = t.chance.randrange(len(text) + 1)
    return text[:at] + text[at + t.chance.randrange(1, 4) :]


def _move_block(t: Typist, text: str) -> str:
    blocks = _BLOCK.split(text)
    one = blocks.pop(t.chance.randrange(len(blocks)))
    if one and not one.endswith("\n"):
        one += "\n"
    blocks.insert(t.chance.randrange(len(blocks) + 1), one)
    return "".join(blocks)


def _copy_block(t: Typist, text: str) -> str:
    blocks = _BLOCK.split(text)
    blocks.insert(t.chance.randrange(len(blocks) + 1), t.chance.choice(blocks))
    return "".join(blocks)


def _delete_block(t: Typist, text: str) -> str:
    blocks = _BLOCK.split(text)
    blocks.pop(t.chance.randrange(len(blocks)))
    return "".join(blocks)


def _rename(t: Typist, text: str) -> str:
    """A word becomes another: everywhere, or in one place only."""
    words = _NAME.findall(text)
    if not words:
        return text
    old, new = t.chance.choice(words), t.chance.choice([*words, "brand_new"])
    count = 0 if t.chance.random() < 0.5 else 1
    return re.sub(rf"\b{old}\b", new, text, count=count)


def _letter(t: Typist, text: str) -> str:
    """One letter more in one name."""
    found = list(_NAME.finditer(text))
    if not found:
        return text
    end = t.chance.choice(found).end()
    return text[:end] + t.chance.choice("abcxyz_1") + text[end:]


def _undo(t: Typist, text: str) -> str:
    return t.before.pop(t.chance.randrange(max(len(t.before) - 3, 0), len(t.before)))


def _settle(t: Typist, text: str) -> str:
    """Back to where it all began: most states in between are full of faults."""
    return t.before[0] if t.before else text


EDITS: dict[str, Callable[[Typist, str], str]] = {
    "number": _number,
    "insert line": _insert_line,
    "blank": _blank,
    "delete line": _delete_line,
    "garbage": _garbage,
    "backspace": _backspace,
    "move block": _move_block,
    "copy block": _copy_block,
    "delete block": _delete_block,
    "rename": _rename,
    "letter": _letter,
    "undo": _undo,
    "start again": _settle,
}
