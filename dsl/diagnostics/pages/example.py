"""An example of a page: blocks of the bakery's strategy, or a whole one, with what stands beside it.

In: the fenced blocks of a page. Out: `Example`: the strategy they make, and which of its lines are the example's own.
"""

from __future__ import annotations

import base64
import re
from dataclasses import field
from functools import cache
from pathlib import Path

from stratagem.dsl.record import record

MAIN = "bakery.strategy"
"""What the examples' strategy is called, in messages and in commands."""
DATA = Path(__file__).parent / "data"
"""The bakery's own files, which stand beside its strategy; a file of an example takes the place of one."""

_SINGLE = frozenset({"language", "business", "resources", "decide"})
"""Blocks without a name; there is one of each."""
_HEAD = re.compile(r'(contact policy|\w+)(?:\s+("[^"\n]*"|\S+))?')
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|(t)|\{(\d+) ([^}]*)\}|\n)")


@record
class Beside:
    """A file that an example has beside its strategy. `shown`: as the page gives it; `spelled`: how that differs from
    what the file holds, "escaped", "base64" or ""."""

    name: str
    shown: str
    content: bytes
    spelled: str = ""


@record(slots=False)
class Example:
    """One example. `shown` is what the page gives of the strategy; `before` the page's words above the example.

    `content` is the whole strategy as it stands in its file, `own` the numbers of its lines that the page gives.
    `command`: what is typed to see it, where it takes more than reading the text. `setting`: what a machine must be
    like, for what no file can show; such an example cannot be tried.
    """

    shown: str = ""
    whole: bool = False
    escaped: bool = False
    before: str = ""
    files: tuple[Beside, ...] = ()
    command: str = ""
    setting: str = ""
    content: bytes = b""
    own: frozenset[int] = field(default_factory=frozenset)

    @property
    def text(self) -> str:
        """The strategy as text. Raises UnicodeDecodeError for an example of wrong bytes."""
        return self.content.decode("utf-8")

    @property
    def is_text(self) -> bool:
        """Does reading this one text show it: no other files, no command, no bytes that were spelled out."""
        return not (self.files or self.command or self.setting or self.escaped)


@cache
def bakery() -> str:
    """The strategy that examples are parts of."""
    return (Path(__file__).parent / MAIN).read_text("utf-8")


def assembled(shown: str) -> tuple[str, frozenset[int]]:
    """The bakery's strategy with these blocks in it, and the numbers of their lines.

    A block takes the place of the bakery's block with the same keyword and name; another one is added at the end.
    """
    given: dict[tuple[str, str], list[str]] = {}
    for block in _blocks(shown):
        given.setdefault(_key(block), []).extend(block)
    lines: list[str] = []
    own: set[int] = set()
    for block in _blocks(bakery()):
        mine = given.pop(_key(block), None)
        _put(mine or block, mine is not None, lines, own)
    for block in given.values():
        _put(block, True, lines, own)
    return "\n".join(lines) + "\n", frozenset(own)


def _put(block: list[str], is_own: bool, lines: list[str], own: set[int]) -> None:
    if is_own:
        own.update(range(len(lines) + 1, len(lines) + len(block) + 1))
    lines.extend(block)


def _blocks(text: str) -> list[list[str]]:
    """The lines of each block: one at the left edge, those below it, and comments above it."""
    blocks: list[list[str]] = []
    above: list[str] = []
    for line in text.rstrip("\n").split("\n"):
        at_edge = bool(line) and not line[0].isspace() and line[0] != ")"
        if at_edge and line.startswith("#"):
            above.append(line)
        elif at_edge or not blocks:
            blocks.append([*above, line])
            above = []
        else:
            blocks[-1] += [*above, line]
            above = []
    if above:
        blocks.append(above)
    return blocks


def _key(block: list[str]) -> tuple[str, str]:
    """The keyword and the name of a block; what has none is like nothing else."""
    head = next((line for line in block if not line.startswith("#")), "")
    found = _HEAD.match(head)
    if found is None:
        return head, str(block)
    return found[1], "" if found[1] in _SINGLE else found[2] or ""


def unescaped(shown: str) -> bytes:
    r"""`\xE4` as that byte, `\t` as a tab, `\{20 ab}` as `ab` twenty times, no line end after `\`; all else UTF-8."""
    parts: list[bytes] = []
    end = 0
    for found in _ESCAPE.finditer(shown):
        parts.append(shown[end : found.start()].encode())
        byte, tab, times, text = found.groups()
        parts.append(bytes([int(byte, 16)]) if byte else b"\t" if tab else (text or "").encode() * int(times or 0))
        end = found.end()
    return b"".join([*parts, shown[end:].encode()])


def packed(shown: str) -> bytes:
    """Bytes that are no text, written in base64."""
    return base64.b64decode("".join(shown.split()), validate=True)
