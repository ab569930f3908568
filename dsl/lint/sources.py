"""Which fields and sources nothing uses.

In: the context. Out: sources that nothing is read from, and the fields of a source that nothing reads.
"""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.check.context import Context
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.lint.uses import Use, uses
from stratagem.dsl.model.data import Source, SourceField


def idle_fields(c: Context, source: Source) -> Iterator[SourceField]:
    """Fields that nothing reads, and that are not there to identify, date, join, group, address or be asked for."""
    used = uses(c)
    keys = c.once(_lookup_keys, reads="names")
    undated = source.dated_by is None and source.retired_after is not None  # a warning of its own: S416
    for field in source.fields:
        joins = field.name in keys and source.shape != "lookup"
        may_date = undated and field.type.kind in (Kind.DATE, Kind.TIMESTAMP)
        if not (joins or may_date) and field.asked_as is None and not _read(used, source, field.name):
            yield field


def idle_sources(c: Context) -> frozenset[str]:
    """Sources of which nothing is used at all."""
    return c.once(_idle_sources, reads="names")


def _idle_sources(c: Context) -> frozenset[str]:
    if len(c.strategy.sources) < 2:
        return frozenset()
    used = uses(c)
    return frozenset(s.name for s in c.strategy.sources if s.shape and not _source_used(used, s))


def _source_used(used: frozenset[Use], source: Source) -> bool:
    """Is it read, or does a field of it serve otherwise than to join and date its own rows."""
    if ("source", source.name) in used or any(field.asked_as is not None for field in source.fields):
        return True
    own = {ref.name for ref in (source.key, source.dated_by) if ref is not None}
    return any(_read(used, source, field.name) for field in source.fields if field.name not in own)


def _read(used: frozenset[Use], source: Source, field: str) -> bool:
    whole = f"{source.name}.{field}"
    if ("field", whole) in used or ("any field", whole) in used or ("any field", field) in used:
        return True
    return source.shape == "lookup" and source.key is not None and ("looked up", f"{source.key.name}.{field}") in used


def _lookup_keys(c: Context) -> frozenset[str]:
    return frozenset(s.key.name for s in c.strategy.sources if s.shape == "lookup" and s.key is not None)
