"""How the cases of these tests are read: a text with a `|` where the cursor is."""

from __future__ import annotations

from pathlib import Path

from stratagem.engine.editor.complete import Offered, completions
from stratagem.engine.editor.index import Index

KIOSK = (Path(__file__).parent / "kiosk.strategy").read_text("utf-8")
FILE = "kiosk.strategy"
Asked = tuple[Index, str, int, int]


def place(text: str, offset: int) -> tuple[int, int]:
    """The line and column of a character."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def below(text: str) -> Asked:
    """The kiosk with some lines below it, and the cursor in them."""
    return whole(f"{KIOSK.rstrip()}\n\n{text}")


def whole(text: str) -> Asked:
    """A whole file with the cursor in it: its last `|`, for messages have some of their own."""
    offset = text.rindex("|")
    bare = text[:offset] + text[offset + 1 :]
    return (Index({FILE: bare}), FILE, *place(bare, offset))


def on(words: str, text: str = KIOSK) -> Asked:
    """The cursor within the kiosk: `words` are a stretch of it with a `|`."""
    at = words.index("|")
    offset = text.index(words.replace("|", "", 1)) + at
    return (Index({FILE: text}), FILE, *place(text, offset))


def offered(text: str) -> Offered:
    """What is offered below the kiosk."""
    index, file, line, column = below(text)
    return completions(index, file, line, column, today="2026-11-02")


def labels(text: str) -> list[str]:
    """The labels of what is offered below the kiosk."""
    return [item.label for item, _ in offered(text).items]


def taken(text: str, label: str) -> str:
    """The lines after the item of that label was taken."""
    index, file, line, column = below(text)
    found = completions(index, file, line, column, today="2026-11-02")
    item, span = next((item, span) for item, span in found.items if item.label == label)
    row = index.lines(file)[span.line - 1]
    assert span.column <= column <= span.end_column
    return row[: span.column - 1] + item.text + row[span.end_column - 1 :]
