"""Files whose cells are parted by bars: `id|age` above `P1|34`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from stratagem.engine.data.readers import Table, Unreadable


class Bars:
    """A header line, then one line a row; every value is text as it stands there."""

    endings = (".bars",)

    def open(self, path: Path, wanted: Sequence[str]) -> Table:
        """The table in the file; Unreadable when a line has not as many cells as the header."""
        lines = [line.split("|") for line in path.read_text("utf-8").splitlines()]
        head, rows = lines[0], lines[1:]
        for number, row in enumerate(rows, 2):
            if len(row) != len(head):
                raise Unreadable("D112", number)
        names = [str(n) for n in range(len(head))]
        columns = {name: [row[n] for row in rows] for n, name in enumerate(names)}
        frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String)).rename(
            dict(zip(names, head, strict=True))
        )
        return Table(columns=tuple(head), frame=frame.lazy(), text=True, first_row=2)


READER = Bars()
