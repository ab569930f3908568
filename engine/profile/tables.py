"""Files as tables: the reader that fits, the names a strategy would use, a profile of every column.

In: paths. Out: `Table`s, in the order given. Raises DataError where a file cannot be read; it says why.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from stratagem.dsl.grammar.line_grammar import RESERVED
from stratagem.engine.data.readers import Fault, Unreadable, endings, reader_for
from stratagem.engine.profile.columns import Column, profile

MOST_COLUMNS = 200
"""More are left out, and said."""


class Unusable(Exception):
    """A file that no strategy could be made from; the message says why, in the reader's words, `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True)
class Table:
    """A file: its path, the name of a source for it, its columns by the names of fields, and its rows.

    `rows` has a column for each field, by the field's name; texts are without blanks around them, empty ones null.
    """

    path: Path
    name: str
    columns: dict[str, Column]
    rows: pl.DataFrame
    left_out: tuple[str, ...] = ()
    """Headers of columns that are not looked at: repeats, and those beyond the first MOST_COLUMNS."""

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self.rows.height

    @property
    def timed(self) -> bool:
        """Has it a column of dates or times."""
        return any(column.is_time for column in self.columns.values())

    @property
    def has_figures(self) -> bool:
        """Has it a column that can be added up."""
        return any(column.is_figure for column in self.columns.values())

    def figures(self, name: str) -> pl.Series:
        """The field's values as numbers, whatever stands around them (`1,234.50 EUR`); null where there is none."""
        values = self.rows[name]
        if values.dtype == pl.String:
            values = values.str.replace_all(r"[^0-9.eE+-]", "").str.strip_chars("eE")
        return values.cast(pl.Float64, strict=False)

    def different(self, *fields: str) -> int:
        """How many different combinations of these fields there are, among rows that have all of them."""
        return self.rows.select(fields).drop_nulls().unique().height


def read_tables(paths: Iterable[Path]) -> list[Table]:
    """Every file as a table; sources of the same name get numbers."""
    found: list[Table] = []
    for path in paths:
        name = snake(_stem(path.name)) or "source"
        name = _free(f"{name}file" if name.endswith("_") else name, [table.name for table in found])
        found.append(read_table(path, name))
    return found


def read_table(path: Path, name: str) -> Table:
    """One file. Raises Unusable."""
    if path.is_dir():
        raise Unusable(f"{path} is a folder", "name the files in it.")
    if not path.is_file():
        raise Unusable(f"there is no file {path}")
    reader = reader_for(path.name)
    if reader is None:
        raise _unusable(Fault("D113", words=(("endings", ", ".join(endings())),)), path)
    try:
        opened = reader.open(path, ())
    except Unreadable as error:
        raise _unusable(error.fault, path) from error
    except OSError as error:
        raise Unusable(f"{path.name} cannot be read: {error.strerror or type(error).__name__}") from error
    try:
        frame = opened.frame.collect(engine="streaming")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unusable(opened.explain(error) or Fault("D112"), path) from error
    if not frame.width or not frame.height:
        raise Unusable(f"{path.name} has no rows")
    return _table(path, name, opened.columns, frame, opened.text)


def _unusable(found: Fault, path: Path) -> Unusable:
    """What the finding of such a file says, without the source that there is none of yet."""
    from stratagem.dsl.diagnostics.diagnostic import Diagnostic
    from stratagem.dsl.diagnostics.text import texts, words

    needed = dict.fromkeys(texts()[found.code].arguments, path.name)
    said = words(Diagnostic(found.code, args={**needed, **found.args()}))
    return Unusable(f"{path.name} cannot be read: {said.reason.rstrip('.')}", said.help)


def _table(path: Path, name: str, headers: tuple[str, ...], frame: pl.DataFrame, text: bool) -> Table:
    columns: dict[str, Column] = {}
    kept: dict[str, pl.Series] = {}
    left_out: list[str] = []
    seen: set[str] = set()
    for header, column in zip(headers, frame.get_columns(), strict=True):
        if header in seen or not header.strip() or len(columns) >= MOST_COLUMNS or '"' in header:
            left_out.append(header)
            continue
        seen.add(header)
        field = _free(snake(header) or "field", columns)
        values = _bare(column) if text or column.dtype == pl.String else column
        columns[field] = profile(header, values)
        kept[field] = values.alias(field)
    return Table(path, name, columns, pl.DataFrame(list(kept.values())), tuple(left_out))


def _bare(values: pl.Series) -> pl.Series:
    texts = values.cast(pl.String).str.strip_chars()
    return texts.set(texts == "", None)


def snake(text: str) -> str:
    """A name as the language wants it, of the letters of a header or file name: `Unit  Price` is `unit_price`."""
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")
    if name[:1].isdigit():
        name = f"n{name}"
    return f"{name}_" if name in RESERVED or name in _MORE else name


_MORE = frozenset({"stage", "customers", "contacts", "decisions", "outcomes", "stage_moves"})
"""Names that formulas give a meaning of their own."""


def _free(name: str, taken: Iterable[str]) -> str:
    known, number, found = set(taken), 2, name
    while found in known:
        found, number = f"{name}_{number}", number + 1
    return found


def _stem(name: str) -> str:
    low = name.lower()
    for ending in sorted(endings(), key=len, reverse=True):
        if low.endswith(ending):
            return _stem(name[: -len(ending)])
    return name
