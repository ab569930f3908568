"""Hand-over as JSON lines: UTF-8, one object a row, empty cells as null."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from stratagem.engine.plug.channels import CHANNEL_VERSION
from stratagem.plugins.channels.plain import plain


class JsonLines:
    """See the head of this module."""

    version = CHANNEL_VERSION
    ending = ".jsonl"

    def escape(self, value: str) -> str:
        """Plain text; JSON's own escaping is done when rows are written."""
        return plain(value)

    def write(self, columns: Sequence[str], rows: Iterable[Sequence[str | None]], to: BinaryIO) -> int:
        """One line a row, its keys in the order of the columns."""
        count = 0
        for row in rows:
            line = json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)
            to.write(line.encode("utf-8") + b"\n")
            count += 1
        return count


FORMAT = JsonLines()
