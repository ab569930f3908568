"""Reads files compressed with gzip or Zstandard, by the ending that stands before `.gz` or `.zst`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stratagem.engine.data.readers import Table, Unreadable, endings, reader_for


class CompressedReader:
    """Hands the file to the reader of its inner name; that one must say `reads_packed = True`."""

    endings = (".gz", ".zst")

    def open(self, path: Path, wanted: Sequence[str]) -> Table:
        """The table inside."""
        inner = reader_for(path.name.removesuffix(path.suffix))
        if inner is None:
            raise Unreadable("D113", endings=", ".join(endings()))
        if not getattr(inner, "reads_packed", False):
            raise Unreadable("D114")
        return inner.open(path, wanted)


READER = CompressedReader()
