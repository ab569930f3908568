"""Faults in data: diagnostics that point at the declaration in the strategy, and the error that carries them."""

from __future__ import annotations

from collections.abc import Iterable

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.text import words
from stratagem.dsl.model.base import Declared
from stratagem.dsl.model.data import Source
from stratagem.dsl.source import NOWHERE
from stratagem.engine.data.readers import Fault


class DataError(Exception):
    """The data cannot be used. `diagnostics` say why, all found at once; `str()` gives their codes and titles."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(f"{d.code}: {words(d).title}" for d in self.diagnostics))


def fault(code: str, at: Declared | None, close: tuple[str, ...] = (), /, **args: object) -> Diagnostic:
    """A diagnostic about a declaration; None when it is about no line of the strategy. `close`: names that are near."""
    return Diagnostic(code, NOWHERE if at is None else at.at, args, near=close)


def file_fault(found: Fault, source: Source, file: str) -> Diagnostic:
    """What a reader found wrong with a source's file."""
    return Diagnostic(found.code, source.at, {"source": source.name, "file": file, **found.args()})


def rows_word(count: int) -> str:
    """`1 row`, `12,000 rows`."""
    return f"{count:,} row{'' if count == 1 else 's'}"
