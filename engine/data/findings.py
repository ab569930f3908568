"""A data report → diagnostics, each at the line of the strategy that it is about.

In: the report and its strategy. Out: diagnostics with D-codes, by source and field in declared order.
"""

from __future__ import annotations

from collections.abc import Iterator

from stratagem.dsl.diagnostics.diagnostic import Diagnostic
from stratagem.dsl.diagnostics.suggest import near
from stratagem.dsl.expressions.types import Kind
from stratagem.dsl.model.base import literal_text
from stratagem.dsl.model.data import Source, SourceField
from stratagem.dsl.model.strategy import Strategy
from stratagem.engine.data.problems import fault, rows_word
from stratagem.engine.data.report import DataReport, FieldReport, SourceReport

KINDS = {
    Kind.NUMBER: "a number",
    Kind.SHARE: "a share",
    Kind.MONEY: "money",
    Kind.DURATION: "a duration",
    Kind.DATE: "a date",
    Kind.TIMESTAMP: "a date with a time",
    Kind.TEXT: "text",
    Kind.YES_NO: "yes or no",
    Kind.CHOICE: "one of its choices",
    Kind.CHANNEL: "a channel",
}
_NUMBERS = "Write numbers as 12.50 or 1,234.50; a lone 12,000 could be twelve thousand or twelve, and is not read."
_DATES = 'Write dates as 2026-10-01, or say how they are written: `date as "%d.%m.%Y"`.'
HELP = {
    Kind.NUMBER: _NUMBERS,
    Kind.SHARE: "Write shares as 38% or 0.38.",
    Kind.MONEY: _NUMBERS,
    Kind.DURATION: "Write durations as 36 months or 90 days.",
    Kind.DATE: _DATES,
    Kind.TIMESTAMP: _DATES,
    Kind.YES_NO: 'Yes/no, true/false and 1/0 are known; say others with `yes_no as ("J", "N")`.',
}


def findings(report: DataReport, strategy: Strategy) -> tuple[Diagnostic, ...]:
    """Every count of the report that is worth a word."""
    found: list[Diagnostic] = []
    for told in report.sources:
        source = strategy.source(told.name)
        if source is not None:
            found += _about_columns(source, told)
            for field in source.fields:
                of_field = told.field(field.name)
                if of_field is not None:
                    found += _about_values(source, field, of_field)
            found += _about_rows(source, told, report, strategy)
    for shared in report.likely_duplicates:
        customers, values = f"{shared.customers:,}", f"{shared.values:,}"
        found.append(fault("D150", strategy.customer, customers=customers, values=values, field=shared.field))
    return tuple(found)


def _about_columns(source: Source, told: SourceReport) -> Iterator[Diagnostic]:
    for header in told.missing_columns:
        columns = ", ".join(told.undeclared_columns) or "none"
        field = next((f for f in source.fields if (f.header or f.name).strip() == header), None)
        close = near(header, told.undeclared_columns)
        yield fault(
            "D122", field or source, close, source=source.name, file=told.path, header=header,
            field=field.name if field else header, hint="", columns=columns,
        )  # fmt: skip
    if told.undeclared_columns:
        listed = ", ".join(told.undeclared_columns)
        yield fault("D124", source, source=source.name, file=told.path, columns=listed)
    if told.rows_short:
        count, line = rows_word(told.rows_short), f"{told.first_short_line:,}"
        yield fault("D126", source, source=source.name, file=told.path, count=count, line=line)
    if not told.rows_read:
        yield fault("D125", source, source=source.name, file=told.path)


def _about_values(source: Source, field: SourceField, told: FieldReport) -> Iterator[Diagnostic]:
    kind = field.type.kind
    args: dict[str, object] = {
        "source": source.name,
        "field": field.name,
        "rows": "row " + ", ".join(f"{row:,}" for row in told.first_rows),
        "examples": f" ({', '.join(f'`{text}`' for text in told.examples)})" if told.examples else "",
    }
    if told.too_large:
        where = f"; first seen at row {', '.join(f'{row:,}' for row in told.first_too_large)}"
        yield fault("D135", field, source=source.name, field=field.name, count=values_word(told.too_large), where=where)
    if told.other_currency:
        yield fault("D132", field, count=values_word(told.other_currency), currency=field.type.currency, **args)
    plain = told.failed - told.other_currency
    if not plain:
        return
    if kind in (Kind.CHOICE, Kind.CHANNEL):
        options = field.type.options
        close = tuple(dict.fromkeys(n for text in told.examples for n in near(text, options, 1)))
        yield fault("D134", field, close, count=values_word(plain), options=", ".join(options), **args)
    else:
        yield fault("D131", field, count=values_word(plain), kind=KINDS[kind], help=HELP.get(kind, ""), **args)


def values_word(count: int) -> str:
    """`1 value`, `12,000 values`."""
    return f"{count:,} value{'' if count == 1 else 's'}"


def _about_rows(source: Source, told: SourceReport, report: DataReport, strategy: Strategy) -> Iterator[Diagnostic]:
    customer = strategy.customer
    key = source.key.name if source.key else "row number"
    period = literal_text(source.retired_after) if source.retired_after else ""
    matched = ", ".join(f"`{ref}`" for ref in customer.matched_on) if customer else ""
    lists = customer.listed_in.name if customer and customer.listed_in else ""
    rule = f"the latest by `{source.dated_by}`" if source.dated_by else "the first row"
    rows: tuple[tuple[str, int, dict[str, object]], ...] = (
        ("D141", told.rows_without_identity, {"key": key}),
        ("D142", told.duplicates, {"key": key, "rule": rule}),
        ("D143", told.orphans, {"lists": lists}),
        ("D144", told.unmatched, {"fields": matched}),
        ("D145", told.ambiguous, {"fields": matched}),
        ("D146", told.stale, {"period": period}),
        ("D147", told.rows_retired, {"period": period}),
        ("D148", told.rows_not_yet, {"as_of": report.as_of}),
        ("D151", told.rows_ahead, {"as_of": report.as_of}),
    )
    for code, count, args in rows:
        if count:
            yield fault(code, source, source=source.name, count=rows_word(count), **args)
    for lookup, count in told.unjoined.items():
        key = _key(strategy, lookup)
        yield fault("D149", source, source=source.name, count=rows_word(count), lookup=lookup, key=key)


def _key(strategy: Strategy, lookup: str) -> str:
    found = strategy.source(lookup)
    return found.key.name if found is not None and found.key is not None else lookup
