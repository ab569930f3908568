"""Templates filled for all rows at once, in Polars: each different value of a slot is put into words once.

In: a tree that the first fence let through, and rows with a column for each slot. Out: a column of texts, and for each
slot the rows in which it was shown and missing. A template with filters inside its conditions is filled by the sandbox
instead, once for each different set of values; both ways give the same text (a test holds this).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from stratagem.dsl.expressions.types import Kind
from stratagem.engine.handover import words
from stratagem.engine.handover.conditions import expression
from stratagem.engine.handover.sandbox import Filled, Finish
from stratagem.engine.handover.templates import Both, Choice, Compare, Condition, Not, Part, Template, Value

DTYPES: dict[Kind, pl.DataType] = {
    Kind.DATE: pl.Date(),
    Kind.TIMESTAMP: pl.Datetime("us"),
    Kind.YES_NO: pl.Boolean(),
    Kind.TEXT: pl.String(),
    Kind.CHOICE: pl.String(),
    Kind.CHANNEL: pl.String(),
}
"""How values stand in a column; those of every other kind are floats."""


@dataclass
class FilledColumn:
    """`texts`: one a row. `missing`: by name of a slot, the rows in which it was shown and missing."""

    texts: pl.Series
    missing: dict[str, pl.Series] = field(default_factory=dict)


def fill(template: Template, rows: pl.DataFrame, finish: Finish | None) -> FilledColumn:
    """The template for every row. `rows` has the column of every slot, or lacks it where nobody has a value.

    Without `finish` the texts do not matter: only what is missing is worked out.
    """
    values = _values(template, rows)
    if simple(template):
        columns = _Columns(values, rows.height, finish)
        return FilledColumn(columns.stretch(template.parts, _all(True, rows.height)), columns.missing)
    return by_distinct(template, values, rows.height, finish or str)


def _values(template: Template, rows: pl.DataFrame) -> pl.DataFrame:
    """The columns of the template's slots; one that is absent is missing throughout."""
    found = []
    for slot in {slot.column: slot for slot in template.slots.values()}.values():
        if slot.column in rows.columns:
            column = rows.get_column(slot.column)
        else:
            column = pl.Series(slot.column, [None]).new_from_index(0, rows.height)
        found.append(column.cast(DTYPES.get(slot.type.kind, pl.Float64())))
    return pl.DataFrame(found)


# ---- column by column ----


def simple(template: Template) -> bool:
    """Are its conditions free of filters, and each about something of the customer."""
    return all(_simple(condition) for condition in _conditions(template.parts))


def _conditions(parts: Sequence[Part]) -> Iterator[Condition]:
    for part in parts:
        if isinstance(part, Choice):
            for condition, body in part.branches:
                yield condition
                yield from _conditions(body)
            yield from _conditions(part.otherwise)


def _simple(found: Condition) -> bool:
    if isinstance(found, Not):
        return _simple(found.part)
    if isinstance(found, Both):
        return _simple(found.left) and _simple(found.right)
    if isinstance(found, Compare):
        sides = (found.left, found.right)
        return not any(side.filters for side in sides) and any(side.slot for side in sides)
    return found.value.slot is not None and not found.value.filters


class _Columns:
    """One template on its way into texts. `missing`: by slot, the rows in which it was shown and missing."""

    def __init__(self, values: pl.DataFrame, height: int, finish: Finish | None) -> None:
        self._values = values
        self._height = height
        self._finish = finish
        self.missing: dict[str, pl.Series] = {}

    def stretch(self, parts: Sequence[Part], here: pl.Series) -> pl.Series:
        """The parts one after the other. `here`: the rows that the stretch is for; elsewhere it does not count."""
        texts = [pl.lit(part) if isinstance(part, str) else self._part(part, here) for part in parts]
        if self._finish is None or all(isinstance(part, str) for part in parts):
            return _all("".join(part for part in parts if isinstance(part, str)), self._height)
        return pl.select(pl.concat_str(texts).alias("text")).to_series()

    def _part(self, part: Value | Choice, here: pl.Series) -> pl.Series:
        if isinstance(part, Choice):
            return self._choice(part, here)
        if part.slot is not None:
            gone = self._values.get_column(part.slot.column).is_null() & here
            self.missing[part.slot.name] = self.missing.get(part.slot.name, gone) | gone
        if self._finish is None:
            return _all("", self._height)
        return self._said(part, self._finish)

    def _said(self, value: Value, finish: Finish) -> pl.Series:
        """In words; the work is done once for each different value."""
        if value.slot is None:
            return _all(said(value, None, finish), self._height)
        column = self._values.get_column(value.slot.column)
        known = column.unique().drop_nulls()
        texts = [said(value, raw, finish) for raw in known.to_physical().to_list()]
        table = pl.DataFrame([known.alias("value"), pl.Series("text", texts, pl.String)])
        joined = column.alias("value").to_frame().join(table, on="value", how="left", maintain_order="left")
        return joined.get_column("text").fill_null(said(value, None, finish))

    def _choice(self, choice: Choice, here: pl.Series) -> pl.Series:
        """The first branch whose condition is known to be true."""
        branches = []
        for condition, parts in choice.branches:
            met = self._values.select(expression(condition).fill_null(False).alias("met")).to_series()
            branches.append((met, self.stretch(parts, here & met)))
            here = here & ~met
        chosen = self.stretch(choice.otherwise, here)
        for met, text in reversed(branches):
            chosen = text.zip_with(met, chosen)
        return chosen


def said(value: Value, raw: words.Raw, finish: Finish) -> str:
    """What is shown for one value, its filters applied."""
    shown = words.literal(value.literal) if value.literal is not None else None
    if value.slot is not None:
        shown = value.slot.shown(raw)
    assert shown is not None  # a value is a slot or a literal
    for name, arguments in value.filters:
        shown = words.filtered(shown, name, arguments)
    return finish(words.words(shown))


def _all(value: str | bool, height: int) -> pl.Series:
    return pl.Series("text", [value], pl.Boolean if isinstance(value, bool) else pl.String).new_from_index(0, height)


# ---- by the sandbox ----


def by_distinct(template: Template, values: pl.DataFrame, height: int, finish: Finish) -> FilledColumn:
    """Filled once for each different set of values."""
    filled = Filled(template)
    if not values.width:
        text, _ = filled.text({}, finish)
        return FilledColumn(_all(text, height))
    distinct = values.unique()
    texts: list[str] = []
    missing: dict[str, list[bool]] = {name: [] for name in template.slots}
    for row in distinct.select(pl.all().to_physical()).iter_rows(named=True):
        text, gone = filled.text({name: row[slot.column] for name, slot in template.slots.items()}, finish)
        texts.append(text)
        for name, rows in missing.items():
            rows.append(name in gone)
    answers = distinct.with_columns(
        pl.Series("@text", texts, pl.String),
        *(pl.Series(f"@missing {name}", rows, pl.Boolean) for name, rows in missing.items()),
    )
    found = values.join(answers, on=values.columns, how="left", nulls_equal=True, maintain_order="left")
    gone_by = {name: found.get_column(f"@missing {name}") for name in missing}
    return FilledColumn(found.get_column("@text"), {name: rows for name, rows in gone_by.items() if rows.any()})
