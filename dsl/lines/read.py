"""Reading a file: UTF-8 only, bounded in size, line ends made one."""

from __future__ import annotations

import sys
from pathlib import Path

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.source import SourceText, Span

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes. A strategy of 6,000 lines has about a tenth of this."""

_WIDE_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}


def read_source(path: Path | str, name: str | None = None) -> SourceText | Diagnostic:
    """The text of a strategy file, or the diagnostic that says why it cannot be read.

    `name` is how messages call the file (default: the path as given); `-` reads standard input.
    """
    shown = name or ("standard input" if str(path) == "-" else Path(path).as_posix())
    try:
        if str(path) == "-":
            return read_bytes(sys.stdin.buffer.read(LARGEST_FILE + 1), shown)
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or "this is no file name"
        return Diagnostic("S105", _first(shown), {"file": shown, "reason": reason})
    return read_bytes(data, shown, str(path))


def read_bytes(data: bytes, name: str, origin: str | None = None) -> SourceText | Diagnostic:
    """The same for bytes already at hand."""
    if len(data) > LARGEST_FILE:
        return Diagnostic("S103", _first(name), {"file": name, "bound": f"{LARGEST_FILE // 1024:,} KiB"})
    if data[:2] in _WIDE_MARKS:
        return Diagnostic("S101", _first(name), {"file": name, "line": 1, "seen": _WIDE_MARKS[data[:2]]})
    if b"\x00" in data:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        return Diagnostic("S102", _on(name, line), {"file": name, "line": line})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        seen = f"the byte {data[fault.start]:#04x}"
        return Diagnostic("S101", _on(name, line), {"file": name, "line": line, "seen": seen})
    return SourceText(name, text.replace("\r\n", "\n").replace("\r", "\n"), origin)


def _first(name: str) -> Span:
    return _on(name, 1)


def _on(name: str, line: int) -> Span:
    return Span(name, line, 1, line, 1)
