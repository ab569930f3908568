"""Every statement of the language, as data. Parser messages, checker, formatter, editor and reference read it.

`STATEMENTS` are all of them; `below(block)` those that may stand in one block; `phrase(pattern)` how one is written.
"""

from __future__ import annotations

from functools import cache, lru_cache

from stratagem.dsl.catalogue.blocks import ALL as STATEMENTS
from stratagem.dsl.catalogue.pattern import compile_pattern, leading_words
from stratagem.dsl.catalogue.statement import TOP, Statement

__all__ = ["STATEMENTS", "TOP", "Statement", "below", "by_id", "by_phrase", "first_words"]


@cache
def below(block: str) -> tuple[Statement, ...]:
    """The statements that may stand in a block (or TOP), in the order of the reference."""
    return tuple(s for s in STATEMENTS if block in s.under)


@lru_cache(maxsize=1)
def _ids() -> dict[str, Statement]:
    return {s.id: s for s in STATEMENTS}


def by_id(statement_id: str) -> Statement:
    """The statement of that id. Raises KeyError."""
    return _ids()[statement_id]


@cache
def first_words(statement: Statement) -> tuple[str, ...]:
    """The literal words a statement starts with; `when` where it is nothing but its condition; () for a name first."""
    parts = compile_pattern(statement.pattern)
    words = list(leading_words(parts))
    if not parts and statement.tail == "when":
        return ("when",)
    flag = parts[0] if parts and not words else None
    if getattr(flag, "kind", "") == "flag":
        words = flag.arguments[0].split()  # type: ignore[union-attr]
    return tuple(words)


@cache
def by_phrase(words: str) -> tuple[Statement, ...]:
    """The statements that start with exactly these words, of any block."""
    return tuple(s for s in STATEMENTS if " ".join(first_words(s)) == words)
