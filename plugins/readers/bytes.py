"""The bytes of a file, unpacked when it is compressed: for the checks that Polars does not make."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import polars as pl

from stratagem.engine.data.readers import Unreadable

CHUNK = 1 << 20
PACKED = (".gz", ".zst")


def is_packed(path: Path) -> bool:
    """Is the file compressed, by its ending."""
    return path.suffix.lower() in PACKED


def start_of(path: Path, size: int = 4096) -> bytes:
    """The first bytes, unpacked; of Zstandard files the first whole lines, nothing when they are no text."""
    if path.suffix.lower() == ".zst":
        return b"\n".join(_zst_lines(path, 8))[:size]
    with _open(path) as file:
        return file.read(size)


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines, unpacked, with their line ends. Raises Unreadable when the file is cut short."""
    if path.suffix.lower() == ".zst":
        yield from (line + b"\n" for line in _zst_lines(path, None))
        return
    with _open(path) as file:
        try:
            yield from file
        except (EOFError, zlib.error, gzip.BadGzipFile) as broken:
            raise Unreadable("D105") from broken


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")  # type: ignore[return-value]


def _zst_lines(path: Path, most: int | None) -> list[bytes]:
    # The standard library of Python 3.11 has no Zstandard; Polars has, for text that is UTF-8.
    try:
        lines = pl.scan_lines(path, glob=False, n_rows=most).collect()["line"]
    except (pl.exceptions.PolarsError, OSError):
        return []
    return [line.encode() for line in lines]


def text_fault(path: Path) -> Unreadable | None:
    """Is it no text at all, or text that is not UTF-8? Looks at the start only; None when nothing is wrong there."""
    try:
        head = start_of(path)
    except PermissionError:
        return Unreadable("D112")
    except (EOFError, OSError, zlib.error):
        return Unreadable("D105")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Unreadable("D103", encoding="UTF-16")
    if b"\x00" in head:
        return Unreadable("D104")
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        return Unreadable("D102")
    return None


def encoding_fault(path: Path) -> Unreadable | None:
    """The first line that is not UTF-8, if any."""
    for number, line in enumerate(lines_of(path), 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            binary = sum(b < 9 or 13 < b < 32 for b in line[:4096]) > len(line[:4096]) // 20
            return Unreadable("D104") if binary else Unreadable("D103", number, encoding="Windows-1252 or Latin-1")
    return None
