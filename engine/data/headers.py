"""Which column of a table each declared field is read from.

In: a source and the columns of its table. Out: header by field, the columns that no field declares, and diagnostics
for the fields without one. Headers are taken as written; a column in other letters (`Amount`) is near, not equal.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.model.data import Source, SourceField
from stratagem.engine.data.problems import fault


@dataclass(frozen=True)
class Headers:
    """`by_field` holds only fields that have a column. `undeclared` keeps the file's order."""

    by_field: dict[str, str]
    undeclared: tuple[str, ...]
    missing: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def header_of(field: SourceField) -> str:
    """The column a field is read from: `from "Header"`, else its own name."""
    return (field.header or field.name).strip()


def read_fields(source: Source) -> tuple[SourceField, ...]:
    """The fields that come from the file; the others are worked out by their formulas."""
    return tuple(f for f in source.fields if f.formula is None)


def match(source: Source, columns: Sequence[str], file: str, needed: Collection[str] | None) -> Headers:
    """Find the column of each field. `needed`: `source.field` names that something reads; None means all of them."""
    fields = read_fields(source)
    by_field = {f.name: header_of(f) for f in fields if header_of(f) in columns}
    wanted = {header_of(f) for f in fields}
    undeclared = tuple(dict.fromkeys(c for c in columns if c not in wanted))
    absent = [f for f in fields if f.name not in by_field]
    problems = [_absent(source, f, undeclared, file, needed) for f in absent]
    problems += [
        fault("D123", f, source=source.name, file=file, header=header_of(f))
        for f in fields
        if columns.count(header_of(f)) > 1
    ]
    return Headers(by_field, undeclared, tuple(header_of(f) for f in absent), tuple(problems))


def _absent(
    source: Source, field: SourceField, undeclared: Sequence[str], file: str, needed: Collection[str] | None
) -> Diagnostic:
    header = header_of(field)
    joins = field.name in {str(ref) for ref in (source.key, source.dated_by) if ref is not None}
    reads = needed is None or joins or f"{source.name}.{field.name}" in needed
    close = near(header, undeclared)
    cased = next((c for c in undeclared if c.lower() == header.lower()), None)
    hint = f'The file has `{cased}`, in other letters: write `from "{cased}"` after the type.' if cased else ""
    there = ", ".join(undeclared[:12]) or "none"
    return fault(
        "D121" if reads else "D122", field, close,
        source=source.name, file=file, field=field.name, header=header, hint=hint, columns=there,
    )  # fmt: skip
